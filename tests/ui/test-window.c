#include "crm-ui-test-records.h"
#include "ui/record/crm-record-dialog.h"
#include "ui/record/crm-relation-page.h"
#include "ui/relations/crm-relation-list.h"
#include "ui/relations/crm-relations-page.h"
#include "ui/shell/crm-palette.h"
#include "ui/shell/crm-relations-view.h"
#include "ui/shell/crm-sidebar.h"
#include "ui/shell/crm-window.h"
#include "ui/tags/crm-tags-page.h"
#include "ui/widgets/crm-pane-handle.h"
#include "ui/widgets/crm-panes.h"
#include "ui/widgets/crm-screen.h"

typedef struct
{
  CrmUiTestWorld *world;
  GtkWidget *window;
} World;

static void
open_window (World *world, int width, const char *shown)
{
  world->window = crm_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (world->window), width, 700);
  crm_window_set_store (CRM_WINDOW (world->window), world->world->store);
  gtk_window_present (GTK_WINDOW (world->window));
  crm_ui_test_wait_until (crm_ui_test_find_text (world->window, shown) != NULL);
}

static void
set_up (World *world, gconstpointer width)
{
  static const char *const keys[] = { "last-relation", "last-page", "sidebar-width", "list-width" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (crm_screen_get_settings (), keys[i]);
  world->world = crm_ui_test_world_new (TRUE);
  open_window (world, GPOINTER_TO_INT (width), "Jan de Vries");
}
static void
tear_down (World *world, gconstpointer data)
{
  if (world->window != NULL)
    crm_ui_test_close (GTK_WINDOW (world->window));
  crm_ui_test_world_free (world->world);
}

static gboolean
sees (World *world, GType type)
{
  return crm_ui_test_find_type (world->window, type) != NULL;
}

static CrmRelationsView *
get_view (World *world)
{
  return CRM_RELATIONS_VIEW (crm_ui_test_find_type (world->window, CRM_TYPE_RELATIONS_VIEW));
}

static gboolean
has_focus_within (World *world, GType type)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (world->window));

  return focus != NULL && gtk_widget_get_ancestor (focus, type) != NULL;
}

/* As people do, so that the window keeps what it shows. */
static void
restart (World *world, int width, const char *shown)
{
  GtkWidget *window = world->window;
  GtkWidget *gone = window;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &gone);
  gtk_window_close (GTK_WINDOW (window));
  crm_ui_test_wait_until (gone == NULL);
  open_window (world, width, shown);
}

static void
test_opens_the_last_relation (World *world, gconstpointer data)
{
  crm_window_show_relation (CRM_WINDOW (world->window), CRM_UI_TEST_ANNA);
  crm_ui_test_wait_until (g_strcmp0 (crm_relations_view_get_open (get_view (world)),
                                     CRM_UI_TEST_ANNA) == 0);
  restart (world, 1200, "Jan de Vries");
  crm_ui_test_wait_until (g_strcmp0 (crm_relations_view_get_open (get_view (world)),
                                     CRM_UI_TEST_ANNA) == 0);
}

static void
test_last_relation_is_gone (World *world, gconstpointer data)
{
  crm_window_show_relation (CRM_WINDOW (world->window), CRM_UI_TEST_ANNA);
  crm_ui_test_wait_until (crm_relations_view_get_open (get_view (world)) != NULL);
  crm_ui_test_delete (world->world->store, CRM_UI_TEST_ANNA);
  restart (world, 1200, "Jan de Vries");
  crm_ui_test_settle (200);
  g_assert_null (crm_relations_view_get_open (get_view (world)));
  g_assert_nonnull (crm_ui_test_find_text (world->window, "Choose a Relation"));
  g_assert_null (crm_ui_test_get_toast (world->window));
}

static void
test_opens_the_last_page (World *world, gconstpointer data)
{
  gtk_widget_activate_action (world->window, "win.show", "s", "tags");
  restart (world, 1200, "beurs2025");
  g_assert_true (sees (world, CRM_TYPE_TAGS_PAGE));
}

static int
get_list_width (World *world)
{
  return gtk_widget_get_width (crm_ui_test_find_type (world->window, CRM_TYPE_RELATIONS_PAGE));
}

static GtkWidget *
get_edge (World *world)
{
  GtkWidget *panes = crm_ui_test_find_type (GTK_WIDGET (get_view (world)), CRM_TYPE_PANES);

  return crm_ui_test_find_type (panes, CRM_TYPE_PANE_HANDLE);
}

static void
test_list_width_is_kept (World *world, gconstpointer data)
{
  GSettings *settings = crm_screen_get_settings ();

  crm_ui_test_wait_until (get_list_width (world) == 380);
  g_signal_emit_by_name (get_edge (world), "pull", 40.0);
  crm_ui_test_wait_until (get_list_width (world) == 420);
  g_signal_emit_by_name (get_edge (world), "pulled");
  g_assert_cmpint (g_settings_get_int (settings, "list-width"), ==, 420);

  restart (world, 1200, "Jan de Vries");
  crm_ui_test_wait_until (get_list_width (world) == 420);
  g_signal_emit_by_name (get_edge (world), "reset");
  crm_ui_test_wait_until (get_list_width (world) == 380);
}

/* However far it is pulled, there is room for both and the window can be made smaller. */
static void
test_list_width_has_limits (World *world, gconstpointer data)
{
  int least;

  crm_ui_test_wait_until (get_list_width (world) == 380);
  g_signal_emit_by_name (get_edge (world), "pull", 5000.0);
  crm_ui_test_wait_until (get_list_width (world) > 450);
  g_assert_cmpint (get_list_width (world), <, 700);
  gtk_widget_measure (world->window, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
  g_signal_emit_by_name (get_edge (world), "pull", -5000.0);
  crm_ui_test_wait_until (get_list_width (world) == 280);
}

static void
test_edges_by_keys (World *world, gconstpointer data)
{
  GtkWidget *edge = get_edge (world);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (world->window));

  crm_ui_test_wait_until (get_list_width (world) == 380);
  g_assert_true (crm_panes_focus_handle (CRM_PANES (gtk_widget_get_parent (edge))));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (world->window)) == edge);
  g_signal_emit_by_name (edge, "step", 1);
  crm_ui_test_wait_until (get_list_width (world) == 396);
  g_assert_cmpint (g_settings_get_int (crm_screen_get_settings (), "list-width"), ==, 396);
  /* Tab goes on to what comes behind. */
  gtk_widget_child_focus (world->window, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (world->window)) != edge);
  g_assert_true (focus == NULL || GTK_IS_WIDGET (focus));
}

static void
test_no_edge_in_one_pane (World *world, gconstpointer data)
{
  crm_ui_test_wait_until (!sees (world, CRM_TYPE_SIDEBAR));
  g_assert_false (sees (world, CRM_TYPE_PANE_HANDLE));
}

static void
test_first_focus (World *world, gconstpointer data)
{
  crm_ui_test_wait_until (has_focus_within (world, CRM_TYPE_RELATION_LIST));
}

/* After the first key all go to the entry: a space in the list would open a row. */
static void
test_typing_in_the_list (World *world, gconstpointer data)
{
  GtkWidget *page = crm_ui_test_find_type (world->window, CRM_TYPE_RELATIONS_PAGE);
  GtkEditable *entry = GTK_EDITABLE (crm_relations_page_get_entry (CRM_RELATIONS_PAGE (page)));

  crm_ui_test_wait_until (has_focus_within (world, CRM_TYPE_RELATION_LIST));
  gtk_editable_set_text (entry, "j");
  g_assert_true (has_focus_within (world, GTK_TYPE_SEARCH_ENTRY));
  g_assert_false (gtk_editable_get_selection_bounds (entry, NULL, NULL));
  g_signal_emit_by_name (entry, "stop-search");
  crm_ui_test_wait_until (has_focus_within (world, CRM_TYPE_RELATION_LIST));
}

/* The page beside the list answers to its keys while the focus is in the search. */
static void
test_keys_of_the_page (World *world, gconstpointer data)
{
  GtkWindow *window = GTK_WINDOW (world->window);
  GtkWidget *text;

  gtk_widget_activate_action (world->window, "win.open-record", "s", CRM_UI_TEST_JAN);
  crm_ui_test_wait_until (crm_ui_test_find_text (world->window, "What Happened?") != NULL);
  gtk_widget_activate_action (world->window, "win.search", NULL);
  g_assert_true (has_focus_within (world, GTK_TYPE_SEARCH_ENTRY));

  g_assert_true (crm_ui_test_press (window, "<Control>l"));
  g_assert_true (has_focus_within (world, GTK_TYPE_TEXT_VIEW));
  text = gtk_window_get_focus (window);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), "Belt terug", -1);
  g_assert_true (crm_ui_test_press (window, "<Control>Return"));
  crm_ui_test_wait_until (g_strcmp0 (crm_ui_test_get_toast (world->window), "Call logged") == 0);

  gtk_widget_activate_action (world->window, "win.search", NULL);
  g_assert_true (crm_ui_test_press (window, "<Control>e"));
  crm_ui_test_wait_until (sees (world, CRM_TYPE_RECORD_DIALOG));
}

/* A bottom sheet takes the focus to the next field by itself. */
static void
test_first_field (World *world, gconstpointer data)
{
  GtkWidget *row = NULL;

  gtk_widget_activate_action (world->window, "win.new-record", "s", "person");
  crm_ui_test_wait_until (has_focus_within (world, ADW_TYPE_ENTRY_ROW));
  crm_ui_test_settle (600);
  row = gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (world->window)),
                                 ADW_TYPE_ENTRY_ROW);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "First name");
}

/* A key that goes to a search entry outside the window would end the program: while another page
 * has the place of the list, none may be sent there. */
static void
test_typing_elsewhere (World *world, gconstpointer data)
{
  GtkWidget *page = crm_ui_test_find_type (world->window, CRM_TYPE_RELATIONS_PAGE);
  GtkSearchEntry *entry = crm_relations_page_get_entry (CRM_RELATIONS_PAGE (page));
  static const char *const others[] = { "letters", "week" };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      gtk_widget_activate_action (world->window, "win.show", "s", "relations");
      g_assert_nonnull (gtk_search_entry_get_key_capture_widget (entry));
      g_assert_true (gtk_widget_is_ancestor (GTK_WIDGET (entry),
                                             gtk_search_entry_get_key_capture_widget (entry)));

      gtk_widget_activate_action (world->window, "win.show", "s", others[i]);
      g_assert_null (gtk_search_entry_get_key_capture_widget (entry));
    }
  /* The next window starts with the page that was left. */
  gtk_widget_activate_action (world->window, "win.show", "s", "relations");
}

static void
test_three_panes (World *world, gconstpointer data)
{
  crm_ui_test_wait_until (sees (world, CRM_TYPE_SIDEBAR));
  g_assert_true (sees (world, CRM_TYPE_RELATIONS_PAGE));
  g_assert_nonnull (crm_ui_test_find_text (world->window, "Choose a Relation"));
}

static void
test_two_panes (World *world, gconstpointer data)
{
  crm_ui_test_wait_until (!sees (world, CRM_TYPE_SIDEBAR));
  g_assert_true (sees (world, CRM_TYPE_RELATIONS_PAGE));
  g_assert_nonnull (crm_ui_test_find_text (world->window, "Choose a Relation"));
}

static void
test_one_pane (World *world, gconstpointer data)
{
  crm_ui_test_wait_until (!sees (world, CRM_TYPE_SIDEBAR) &&
                          crm_ui_test_find_text (world->window, "Choose a Relation") == NULL);
  g_assert_true (sees (world, CRM_TYPE_RELATIONS_PAGE));

  /* Opening a relation takes the pane, Back gives it back. */
  gtk_widget_activate_action (world->window, "win.open-record", "s", CRM_UI_TEST_JAN);
  crm_ui_test_wait_until (!sees (world, CRM_TYPE_RELATIONS_PAGE));
  g_assert_cmpstr (crm_relations_view_get_open (get_view (world)), ==, CRM_UI_TEST_JAN);
  gtk_widget_activate_action (GTK_WIDGET (gtk_window_get_focus (GTK_WINDOW (world->window))
                                              ? gtk_window_get_focus (GTK_WINDOW (world->window))
                                              : world->window),
                              "navigation.pop",
                              NULL);
  crm_ui_test_wait_until (sees (world, CRM_TYPE_RELATIONS_PAGE));
  crm_ui_test_wait_until (crm_relations_view_get_open (get_view (world)) == NULL);
}

/* With a relation open, and pulled narrow and wide: neither page nor store stays behind. */
static void
test_closes_with_relation (World *world, gconstpointer data)
{
  static const int widths[] = { 360, 800, 1200, 360 };
  GtkWidget *page = NULL;
  GtkWidget *window = world->window;
  CrmStore *store = world->world->store;

  crm_window_show_relation (CRM_WINDOW (world->window), CRM_UI_TEST_JAN);
  crm_ui_test_wait_until (crm_ui_test_find_text (world->window, "Timeline") != NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      page = crm_ui_test_find_type (world->window, CRM_TYPE_RELATION_PAGE);
      if (page != NULL)
        gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
      gtk_window_set_default_size (GTK_WINDOW (world->window), widths[i], 700);
      crm_ui_test_settle (200);
    }
  crm_ui_test_wait_until ((page = crm_ui_test_find_type (world->window, CRM_TYPE_RELATION_PAGE)) !=
                          NULL);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  g_object_add_weak_pointer (G_OBJECT (store), (gpointer *) &store);
  gtk_window_close (GTK_WINDOW (world->window));
  crm_ui_test_wait_until (window == NULL);
  g_clear_object (&world->world->store);
  crm_ui_test_wait_until (store == NULL);
  world->window = NULL;
}

static void
test_table_takes_the_room (World *world, gconstpointer data)
{
  GtkWidget *page = crm_ui_test_find_type (world->window, CRM_TYPE_RELATIONS_PAGE);

  gtk_widget_activate_action (page, "relations.view", "s", "table");
  crm_ui_test_wait_until (crm_ui_test_find_text (world->window, "Choose a Relation") == NULL);
  crm_ui_test_wait_until (gtk_widget_get_width (page) > 800);
  gtk_widget_activate_action (page, "relations.view", "s", "list");
  crm_ui_test_wait_until (crm_ui_test_find_text (world->window, "Choose a Relation") != NULL);
}

static void
test_selection_opens_beside (World *world, gconstpointer data)
{
  GtkWidget *page = crm_ui_test_find_type (world->window, CRM_TYPE_RELATIONS_PAGE);
  GtkSelectionModel *selection = crm_relations_page_get_selection (CRM_RELATIONS_PAGE (page));

  gtk_selection_model_select_item (selection, 0, TRUE);
  crm_ui_test_wait_until (g_strcmp0 (crm_relations_view_get_open (get_view (world)),
                                     CRM_UI_TEST_BAKKER) == 0);
  g_assert_true (sees (world, CRM_TYPE_RELATIONS_PAGE));

  /* From elsewhere: the list follows. */
  crm_window_show_relation (CRM_WINDOW (world->window), CRM_UI_TEST_JAN);
  crm_ui_test_wait_until (!gtk_selection_model_is_selected (selection, 0));
}

static void
test_sidebar_counts (World *world, gconstpointer data)
{
  GtkWidget *sidebar = crm_ui_test_find_type (world->window, CRM_TYPE_SIDEBAR);

  crm_ui_test_wait_until (crm_ui_test_find_text (sidebar, "4") != NULL);
  g_assert_nonnull (crm_ui_test_find_text (sidebar, "On this laptop only"));
}

static void
test_undo_says_what (World *world, gconstpointer data)
{
  /* The last thing the test world made. */
  gtk_widget_activate_action (world->window, "win.undo", NULL);
  crm_ui_test_wait_until (g_strcmp0 (crm_ui_test_get_toast (world->window),
                                     "Undone: Creation: Marie <&> van der Berg") == 0);
  crm_ui_test_wait_until (crm_ui_test_find_text (world->window, "Marie <&> van der Berg") == NULL);
  gtk_widget_activate_action (world->window, "win.redo", NULL);
  crm_ui_test_wait_until (crm_ui_test_find_text (world->window, "Marie <&> van der Berg") != NULL);
}

static void
test_palette_finds_and_opens (World *world, gconstpointer data)
{
  GtkWidget *palette = NULL;
  GtkWidget *entry;

  gtk_widget_activate_action (world->window, "win.palette", NULL);
  crm_ui_test_wait_until ((palette = crm_ui_test_find_type (world->window, CRM_TYPE_PALETTE)) !=
                          NULL);
  crm_ui_test_wait_until (crm_ui_test_find_text (palette, "New Person") != NULL);

  crm_palette_search (CRM_PALETTE (palette), "ozil");
  crm_ui_test_wait_until (crm_ui_test_find_text (palette, "Anna Özil") != NULL &&
                          crm_ui_test_find_text (palette, "New Person") == NULL);
  entry = crm_ui_test_find_type (palette, GTK_TYPE_SEARCH_ENTRY);
  g_signal_emit_by_name (entry, "activate");
  crm_ui_test_wait_until (g_strcmp0 (crm_relations_view_get_open (get_view (world)),
                                     CRM_UI_TEST_ANNA) == 0);
}

static void
test_gone_record_is_said (World *world, gconstpointer data)
{
  g_test_expect_message ("crm", G_LOG_LEVEL_MESSAGE, "It is not there any more: *");
  gtk_widget_activate_action (world->window,
                              "win.open-record",
                              "s",
                              "01900000-0000-7000-8000-00000000dead");
  crm_ui_test_wait_until (g_strcmp0 (crm_ui_test_get_toast (world->window),
                                     "It is not there any more") == 0);
  g_test_assert_expected_messages ();
}

static void
add (const char *path, void (*func) (World *, gconstpointer), int width)
{
  g_test_add (path, World, GINT_TO_POINTER (width), set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  add ("/ui/window/three-panes", test_three_panes, 1200);
  add ("/ui/window/two-panes", test_two_panes, 800);
  add ("/ui/window/one-pane", test_one_pane, 360);
  add ("/ui/window/table", test_table_takes_the_room, 1200);
  add ("/ui/window/selection", test_selection_opens_beside, 1200);
  add ("/ui/window/first-focus", test_first_focus, 1200);
  add ("/ui/window/first-focus-narrow", test_first_focus, 360);
  add ("/ui/window/typing-in-the-list", test_typing_in_the_list, 1200);
  add ("/ui/window/typing-elsewhere", test_typing_elsewhere, 1200);
  add ("/ui/window/keys-of-the-page", test_keys_of_the_page, 1200);
  add ("/ui/window/first-field", test_first_field, 1200);
  add ("/ui/window/first-field-narrow", test_first_field, 360);
  add ("/ui/window/counts", test_sidebar_counts, 1200);
  add ("/ui/window/undo", test_undo_says_what, 1200);
  add ("/ui/window/palette", test_palette_finds_and_opens, 1200);
  add ("/ui/window/last-relation", test_opens_the_last_relation, 1200);
  add ("/ui/window/last-relation-gone", test_last_relation_is_gone, 1200);
  add ("/ui/window/last-page", test_opens_the_last_page, 1200);
  add ("/ui/window/list-width", test_list_width_is_kept, 1200);
  add ("/ui/window/list-width-limits", test_list_width_has_limits, 1200);
  add ("/ui/window/edges-by-keys", test_edges_by_keys, 1200);
  add ("/ui/window/one-pane-edge", test_no_edge_in_one_pane, 360);
  for (int width = 1200; width >= 360; width -= 140)
    {
      g_autofree char *path = g_strdup_printf ("/ui/window/closes/%d", width);

      add (path, test_closes_with_relation, width);
    }
  add ("/ui/window/gone", test_gone_record_is_said, 1200);

  return g_test_run ();
}
