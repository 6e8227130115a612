#include "crm-ui-test-conflicts.h"
#include "crm-ui-test-records.h"
#include "store/query/crm-record-list.h"
#include "store/sync/crm-sync-store.h"
#include "ui/relations/crm-filter-popover.h"
#include "ui/relations/crm-relation-row.h"
#include "ui/relations/crm-relation-search.h"
#include "ui/relations/crm-relation-table.h"
#include "ui/relations/crm-relations-page.h"
#include "ui/relations/crm-selection-bar.h"
#include "ui/relations/crm-tag-popover.h"

typedef struct
{
  CrmUiTestWorld *world;
  GtkWidget *page;
  GtkWindow *window;
  GtkSelectionModel *selection;
  char *selected; /* of the last signal */
  char *activated;
} World;

static void
selected_cb (World *world, const char *id)
{
  g_set_str (&world->selected, id);
}

static void
activated_cb (World *world, const char *id)
{
  g_set_str (&world->activated, id);
}

static guint
count (World *world)
{
  return g_list_model_get_n_items (G_LIST_MODEL (world->selection));
}

/* NULL until it is read. */
static char *
dup_id (World *world, guint position)
{
  g_autoptr (CrmListRow) row = g_list_model_get_item (G_LIST_MODEL (world->selection), position);

  return row != NULL ? g_strdup (crm_list_row_get_id (row)) : NULL;
}

static gboolean
is_at (World *world, guint position, const char *id)
{
  g_autofree char *found = dup_id (world, position);

  return g_strcmp0 (found, id) == 0;
}

static void
set_up (World *world, gconstpointer filled)
{
  world->world = crm_ui_test_world_new (filled != NULL);
  world->page = GTK_WIDGET (crm_relations_page_new (world->world->store));
  world->selection = crm_relations_page_get_selection (CRM_RELATIONS_PAGE (world->page));
  g_signal_connect_swapped (world->page, "selected", G_CALLBACK (selected_cb), world);
  g_signal_connect_swapped (world->page, "activated", G_CALLBACK (activated_cb), world);
  world->window = crm_ui_test_present (world->page, 400, 700);
  if (filled != NULL)
    crm_ui_test_wait_until (count (world) == 4 && is_at (world, 0, CRM_UI_TEST_BAKKER));
}

static void
tear_down (World *world, gconstpointer data)
{
  GtkWidget *page = world->page;

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  g_signal_handlers_disconnect_by_data (page, world);
  crm_ui_test_close (world->window);
  crm_ui_test_wait_until (page == NULL);
  crm_ui_test_world_free (world->world);
  g_free (world->selected);
  g_free (world->activated);
}

static void
search (World *world, const char *text)
{
  crm_relations_page_search (CRM_RELATIONS_PAGE (world->page), text);
}

static void
test_rows_show_two_lines (World *world, gconstpointer data)
{
  crm_ui_test_wait_until (crm_ui_test_find_text (world->page, "Jan de Vries") != NULL);
  crm_ui_test_wait_until (crm_ui_test_find_text (world->page, "Inkoper · Bakker Techniek B.V.") !=
                          NULL);
  g_assert_nonnull (crm_ui_test_find_text (world->page, "3 d"));
  g_assert_nonnull (crm_ui_test_find_text (world->page, "Marie <&> van der Berg"));
  crm_ui_test_wait_until (crm_ui_test_find_text (world->page, "4 relations") != NULL);
}

static void
test_rows_say_who_they_are (World *world, gconstpointer data)
{
  GtkWidget *row = NULL;

  crm_ui_test_wait_until ((row = crm_ui_test_find_type (world->page, CRM_TYPE_RELATION_ROW)) !=
                              NULL &&
                          g_strcmp0 (crm_relation_row_get_label (CRM_RELATION_ROW (row)),
                                     "Bakker Techniek B.V., Ede · 1 person") == 0);
}

static void
test_rows_count_people_at_once (World *world, gconstpointer data)
{
  crm_ui_test_wait_until (crm_ui_test_find_text (world->page, "Ede · 1 person") != NULL);
  crm_ui_test_set (world->world->store, CRM_UI_TEST_ANNA, "organisation", CRM_UI_TEST_BAKKER);
  crm_ui_test_wait_until (crm_ui_test_find_text (world->page, "Ede · 2 people") != NULL);
  crm_ui_test_delete (world->world->store, CRM_UI_TEST_JAN);
  crm_ui_test_set (world->world->store, CRM_UI_TEST_ANNA, "organisation", NULL);
  crm_ui_test_wait_until (crm_ui_test_find_text (world->page, "Ede") != NULL);
}

static void
test_search_as_one_types (World *world, gconstpointer data)
{
  search (world, "devries");
  crm_ui_test_wait_until (count (world) == 1 && is_at (world, 0, CRM_UI_TEST_JAN));
  search (world, "");
  crm_ui_test_wait_until (count (world) == 4);
}

static void
test_nothing_found_can_be_cleared (World *world, gconstpointer data)
{
  GtkWidget *button = NULL;

  search (world, "zzzz");
  crm_ui_test_wait_until ((button = crm_ui_test_find_named (world->page,
                                                            "Clear Search and Filter")) != NULL);
  gtk_widget_activate (button);
  crm_ui_test_wait_until (count (world) == 4);
}

static void
test_enter_opens_the_first (World *world, gconstpointer data)
{
  GtkWidget *entry = crm_ui_test_find_type (world->page, GTK_TYPE_SEARCH_ENTRY);

  search (world, "ozil");
  crm_ui_test_wait_until (count (world) == 1 && is_at (world, 0, CRM_UI_TEST_ANNA));
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (world->activated, ==, CRM_UI_TEST_ANNA);
}

static CrmFilterPopover *
get_filter (World *world)
{
  GtkWidget *button = crm_ui_test_find_named (world->page, "Filter");

  return CRM_FILTER_POPOVER (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
}

static void
test_filter_in_words (World *world, gconstpointer data)
{
  g_autoptr (CrmFilter) filter = crm_filter_new ();
  g_autoptr (GPtrArray) fields = crm_filter_list_fields (crm_store_get_model (world->world->store));
  CrmFilterTerm term = { .op = CRM_FILTER_IS, .value = (char *) "ede" };

  for (guint i = 0; i < fields->len; i++)
    if (g_str_equal (((const CrmField *) g_ptr_array_index (fields, i))->name, "city"))
      term.field = g_ptr_array_index (fields, i);
  crm_filter_add (filter, &term);

  crm_filter_popover_set (get_filter (world), "person", filter);
  crm_ui_test_wait_until (count (world) == 2);
  crm_ui_test_wait_until (crm_ui_test_find_text (world->page, "Persons: Town is ede") != NULL);

  gtk_widget_activate (crm_ui_test_find_named (world->page, "Clear the Filter"));
  crm_ui_test_wait_until (count (world) == 4);
}

static void
test_sort_by_last_activity (World *world, gconstpointer data)
{
  gtk_widget_activate_action (world->page, "relations.sort", "s", "last_activity");
  crm_ui_test_wait_until (is_at (world, 0, CRM_UI_TEST_JAN) && is_at (world, 1, CRM_UI_TEST_ANNA));
  gtk_widget_activate_action (world->page, "relations.sort", "s", "");
  crm_ui_test_wait_until (is_at (world, 0, CRM_UI_TEST_BAKKER));
}

static void
test_selecting_tells (World *world, gconstpointer data)
{
  gtk_selection_model_select_item (world->selection, 0, TRUE);
  g_assert_cmpstr (world->selected, ==, CRM_UI_TEST_BAKKER);

  /* The page's own selecting is no news. */
  crm_relations_page_show_record (CRM_RELATIONS_PAGE (world->page), CRM_UI_TEST_JAN);
  crm_ui_test_wait_until (!gtk_selection_model_is_selected (world->selection, 0));
  g_assert_cmpstr (world->selected, ==, CRM_UI_TEST_BAKKER);
}

static AdwToolbarView *
get_toolbar (World *world)
{
  return ADW_TOOLBAR_VIEW (adw_navigation_page_get_child (ADW_NAVIGATION_PAGE (world->page)));
}

static void
test_several_bring_the_bar (World *world, gconstpointer data)
{
  g_assert_false (adw_toolbar_view_get_reveal_bottom_bars (get_toolbar (world)));
  gtk_selection_model_select_range (world->selection, 0, 2, TRUE);
  g_assert_true (adw_toolbar_view_get_reveal_bottom_bars (get_toolbar (world)));
  crm_ui_test_wait_until (crm_ui_test_find_text (world->page, "2 selected") != NULL);

  gtk_widget_activate_action (world->page, "relations.select-all", NULL);
  crm_ui_test_wait_until (crm_ui_test_find_text (world->page, "4 selected") != NULL);
  gtk_widget_activate_action (world->page, "relations.unselect", NULL);
  g_assert_false (adw_toolbar_view_get_reveal_bottom_bars (get_toolbar (world)));
}

static void
test_delete_several_and_undo (World *world, gconstpointer data)
{
  GtkWidget *bar;
  GtkWidget *undo = NULL;

  /* What one row needs no bar for is not made for it. */
  gtk_selection_model_select_item (world->selection, 0, TRUE);
  g_assert_null (crm_ui_test_find_type (world->page, CRM_TYPE_SELECTION_BAR));
  gtk_selection_model_select_range (world->selection, 0, 2, TRUE);
  bar = crm_ui_test_find_type (world->page, CRM_TYPE_SELECTION_BAR);
  gtk_widget_activate_action (bar, "selection.delete", NULL);
  crm_ui_test_wait_until (count (world) == 2);
  crm_ui_test_wait_until (g_strcmp0 (crm_ui_test_get_toast (world->page), "2 relations deleted") ==
                          0);

  undo = crm_ui_test_find_named (GTK_WIDGET (world->window), "Undo");
  g_assert_nonnull (undo);
  gtk_widget_activate (undo);
  crm_ui_test_wait_until (count (world) == 4);
}

static gpointer
is_last_confirmed_on_worker (CrmReplica *replica,
                             gpointer data,
                             GCancellable *cancellable,
                             GError **error)
{
  gint64 before_last = crm_sync_store_get_last (replica) - 1;
  g_autoptr (GPtrArray)
      sets = crm_sync_store_list_sets (replica, before_last, 1, G_MAXUINT32, error);

  return GINT_TO_POINTER (sets != NULL && ((CrmSyncSet *) sets->pdata[0])->confirmed ? 2 : 1);
}

static gboolean
is_last_confirmed (CrmStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;

  crm_store_run_async (store,
                       CRM_STORE_USER,
                       is_last_confirmed_on_worker,
                       NULL,
                       NULL,
                       NULL,
                       NULL,
                       crm_ui_test_result_cb,
                       &result);
  crm_ui_test_wait_until (result != NULL);

  return GPOINTER_TO_INT (crm_store_run_finish (store, result, NULL)) == 2;
}

static void
answer (World *world, const char *response)
{
  GtkWidget *alert = NULL;

  gtk_widget_activate_action (crm_ui_test_find_type (world->page, CRM_TYPE_SELECTION_BAR),
                              "selection.delete",
                              NULL);
  crm_ui_test_wait_until ((alert = crm_ui_test_find_type (GTK_WIDGET (world->window),
                                                          ADW_TYPE_ALERT_DIALOG)) != NULL);
  crm_ui_test_wait_until (crm_ui_test_find_text (alert,
                                                 "514 go for all your colleagues too. Undo "
                                                 "brings them back.") != NULL);
  g_signal_emit_by_name (alert, "response", response);
  adw_dialog_force_close (ADW_DIALOG (alert));
}

/* More than the server takes without asking: asked here, with how many they are. */
static void
test_delete_many_asks (World *world, gconstpointer data)
{
  crm_ui_test_put_many_conflicts (world->world->store, 510);
  crm_ui_test_wait_until (count (world) == 514);
  gtk_widget_activate_action (world->page, "relations.select-all", NULL);
  crm_ui_test_wait_until (crm_ui_test_find_text (world->page, "514 selected") != NULL);

  answer (world, "cancel");
  crm_ui_test_settle (50);
  g_assert_cmpuint (count (world), ==, 514);
  answer (world, "delete");
  crm_ui_test_wait_until (count (world) == 0);
  g_assert_true (is_last_confirmed (world->world->store));
}

static void
test_tag_several (World *world, gconstpointer data)
{
  g_autoptr (CrmRecord) anna = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *button;

  gtk_widget_activate_action (world->page, "relations.select-all", NULL);
  button = crm_ui_test_find_named (world->page, "Tag");
  g_signal_emit_by_name (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)),
                         "tag",
                         "kerst",
                         FALSE);
  crm_ui_test_wait_until (g_strcmp0 (crm_ui_test_get_toast (world->page),
                                     "“kerst” given to 4 relations") == 0);

  crm_store_get_async (world->world->store, CRM_UI_TEST_ANNA, NULL, crm_ui_test_result_cb, &result);
  crm_ui_test_wait_until (result != NULL);
  anna = crm_store_get_finish (world->world->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (crm_record_get (anna, "tags"), ==, "kerst");
}

static void
test_table_shows_columns (World *world, gconstpointer data)
{
  gtk_window_set_default_size (world->window, 1200, 700);
  gtk_widget_activate_action (world->page, "relations.view", "s", "table");
  crm_ui_test_wait_until (crm_ui_test_find_type (world->page, GTK_TYPE_COLUMN_VIEW) != NULL);
  crm_ui_test_wait_until (crm_ui_test_find_text (world->page, "Jan de Vries") != NULL);
  g_assert_nonnull (crm_ui_test_find_text (world->page, "Organisation"));
  crm_ui_test_wait_until (crm_ui_test_find_text (world->page, "06 12345678") != NULL);
}

static GtkColumnView *
get_column_view (World *world)
{
  return GTK_COLUMN_VIEW (crm_ui_test_find_type (world->page, GTK_TYPE_COLUMN_VIEW));
}

static void
test_table_sorts_by_header (World *world, gconstpointer data)
{
  GListModel *columns;

  gtk_widget_activate_action (world->page, "relations.view", "s", "table");
  crm_ui_test_wait_until (get_column_view (world) != NULL);
  columns = gtk_column_view_get_columns (get_column_view (world));
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_id (column), "city") == 0)
        gtk_column_view_sort_by_column (get_column_view (world), column, GTK_SORT_DESCENDING);
    }
  crm_ui_test_wait_until (is_at (world, 0, CRM_UI_TEST_ANNA));
}

static void
test_empty_replica_says_what_to_do (World *world, gconstpointer data)
{
  crm_ui_test_wait_until (crm_ui_test_find_text (world->page, "No Relations Yet") != NULL);
  g_assert_nonnull (crm_ui_test_find_named (world->page, "Import a File…"));
}

static void
add (const char *path, void (*func) (World *, gconstpointer), gconstpointer filled)
{
  g_test_add (path, World, filled, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  gconstpointer filled = GINT_TO_POINTER (TRUE);

  crm_ui_test_init (&argc, &argv);

  add ("/ui/relations-page/rows", test_rows_show_two_lines, filled);
  add ("/ui/relations-page/names", test_rows_say_who_they_are, filled);
  add ("/ui/relations-page/people", test_rows_count_people_at_once, filled);
  add ("/ui/relations-page/search", test_search_as_one_types, filled);
  add ("/ui/relations-page/nothing", test_nothing_found_can_be_cleared, filled);
  add ("/ui/relations-page/enter", test_enter_opens_the_first, filled);
  add ("/ui/relations-page/filter", test_filter_in_words, filled);
  add ("/ui/relations-page/sort", test_sort_by_last_activity, filled);
  add ("/ui/relations-page/selecting", test_selecting_tells, filled);
  add ("/ui/relations-page/several", test_several_bring_the_bar, filled);
  add ("/ui/relations-page/delete", test_delete_several_and_undo, filled);
  add ("/ui/relations-page/delete-many", test_delete_many_asks, filled);
  add ("/ui/relations-page/tag", test_tag_several, filled);
  add ("/ui/relations-page/table", test_table_shows_columns, filled);
  add ("/ui/relations-page/header", test_table_sorts_by_header, filled);
  add ("/ui/relations-page/empty", test_empty_replica_says_what_to_do, NULL);

  return g_test_run ();
}
