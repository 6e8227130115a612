#include "crm-ui-test-records.h"
#include "ui/relations/crm-relations-page.h"
#include "ui/shell/crm-window.h"
#include "ui/tags/crm-tag-dialog.h"
#include "ui/tags/crm-tag-row.h"
#include "ui/tags/crm-tags-page.h"

typedef struct
{
  CrmUiTestWorld *world;
  GtkWidget *page;
  GtkWindow *window;
} World;

static void
set_up (World *world, gconstpointer filled)
{
  world->world = crm_ui_test_world_new (filled != NULL);
  world->page = GTK_WIDGET (crm_tags_page_new (world->world->store));
  world->window = crm_ui_test_present (world->page, 360, 700);
  if (filled != NULL)
    crm_ui_test_wait_until (crm_ui_test_find_text (world->page, "klant") != NULL);
}

static void
tear_down (World *world, gconstpointer data)
{
  crm_ui_test_close (world->window);
  crm_ui_test_world_free (world->world);
}

static GtkWidget *
find (World *world, const char *text)
{
  return crm_ui_test_find_text (GTK_WIDGET (world->window), text);
}

static GtkWidget *
open_dialog (World *world, const char *tag)
{
  GtkWidget *dialog = NULL;

  if (tag != NULL)
    gtk_widget_activate_action (world->page, "tags.edit", "s", tag);
  else
    gtk_widget_activate_action (world->page, "tags.new", NULL);
  crm_ui_test_wait_until ((dialog = crm_ui_test_find_type (GTK_WIDGET (world->window),
                                                           CRM_TYPE_TAG_DIALOG)) != NULL);

  return dialog;
}

static void
type (GtkWidget *dialog, const char *row, const char *text)
{
  GtkEditable *entry = GTK_EDITABLE (gtk_widget_get_template_child (dialog,
                                                                    CRM_TYPE_TAG_DIALOG,
                                                                    row));

  gtk_editable_set_text (entry, text);
}

static gboolean
is_toast (World *world, const char *text)
{
  return g_strcmp0 (crm_ui_test_get_toast (world->page), text) == 0;
}

static void
assert_jan (World *world, const char *tags)
{
  g_autoptr (CrmRecord) jan = crm_ui_test_get (world->world->store, CRM_UI_TEST_JAN);

  g_assert_cmpstr (crm_record_get (jan, "tags"), ==, tags);
}

static void
test_rows (World *world, gconstpointer data)
{
  g_assert_nonnull (find (world, "beurs2025"));
  g_assert_nonnull (find (world, "1 relation"));
  g_assert_nonnull (crm_ui_test_find_named (world->page, "Edit “klant”"));
  crm_ui_test_check_names (GTK_WIDGET (world->window));

  /* Another tag somewhere else. */
  crm_ui_test_set (world->world->store, CRM_UI_TEST_ANNA, "tags", "klant;nieuw");
  crm_ui_test_wait_until (find (world, "nieuw") != NULL && find (world, "2 relations") != NULL);
}

static void
test_create (World *world, gconstpointer data)
{
  GtkWidget *dialog = open_dialog (world, NULL);

  crm_ui_test_check_names (dialog);
  /* One that is there is not made again. */
  type (dialog, "name_row", "klant");
  crm_ui_test_wait_until (find (world, "There is a tag of this name already.") != NULL);
  g_assert_false (gtk_widget_get_sensitive (
      GTK_WIDGET (gtk_widget_get_template_child (dialog, CRM_TYPE_TAG_DIALOG, "save_button"))));

  type (dialog, "name_row", " kerst ");
  type (dialog, "explanation_row", "Krijgt een kaart");
  gtk_widget_activate_action (dialog, "tag.save", NULL);
  crm_ui_test_wait_until (find (world, "kerst") != NULL);
  crm_ui_test_wait_until (is_toast (world, "“kerst” created"));
  g_assert_nonnull (find (world, "Krijgt een kaart"));
  g_assert_nonnull (find (world, "Not in use"));
}

static void
test_rename (World *world, gconstpointer data)
{
  GtkWidget *dialog = open_dialog (world, "klant");

  type (dialog, "name_row", "afnemer");
  gtk_widget_activate_action (dialog, "tag.save", NULL);
  crm_ui_test_wait_until (find (world, "afnemer") != NULL);
  crm_ui_test_wait_until (is_toast (world, "“klant” is now “afnemer” at 1 relation"));
  assert_jan (world, "afnemer;beurs2025");

  gtk_widget_activate (crm_ui_test_find_named (GTK_WIDGET (world->window), "Undo"));
  crm_ui_test_wait_until (find (world, "klant") != NULL && find (world, "afnemer") == NULL);
  assert_jan (world, "beurs2025;klant");
}

static void
test_merge_asks (World *world, gconstpointer data)
{
  GtkWidget *dialog = open_dialog (world, "klant");

  type (dialog, "name_row", "beurs2025");
  gtk_widget_activate_action (dialog, "tag.save", NULL);
  crm_ui_test_wait_until (find (world, "Merge Two Tags?") != NULL);
  assert_jan (world, "beurs2025;klant");

  gtk_widget_activate (crm_ui_test_find_named (GTK_WIDGET (world->window), "Merge"));
  crm_ui_test_wait_until (find (world, "klant") == NULL);
  crm_ui_test_wait_until (is_toast (world, "“klant” is now “beurs2025” at 1 relation"));
  assert_jan (world, "beurs2025");
}

static void
test_delete (World *world, gconstpointer data)
{
  gtk_widget_activate_action (open_dialog (world, "klant"), "tag.delete", NULL);
  crm_ui_test_wait_until (find (world, "klant") == NULL);
  crm_ui_test_wait_until (is_toast (world, "“klant” deleted and taken from 1 relation"));

  gtk_widget_activate (crm_ui_test_find_named (GTK_WIDGET (world->window), "Undo"));
  crm_ui_test_wait_until (find (world, "klant") != NULL);
  assert_jan (world, "beurs2025;klant");
}

static void
test_search (World *world, gconstpointer data)
{
  GtkWidget *entry = GTK_WIDGET (gtk_widget_get_template_child (world->page,
                                                                CRM_TYPE_TAGS_PAGE,
                                                                "search_entry"));

  gtk_editable_set_text (GTK_EDITABLE (entry), "KLÁNT");
  crm_ui_test_wait_until (find (world, "beurs2025") == NULL);
  g_assert_nonnull (find (world, "klant"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "zzz");
  crm_ui_test_wait_until (find (world, "No tag answers to this search.") != NULL);
}

static void
test_empty (World *world, gconstpointer data)
{
  crm_ui_test_wait_until (find (world, "No Tags Yet") != NULL);
  g_assert_nonnull (crm_ui_test_find_named (world->page, "New Tag"));
}

/* From the main menu to the relations that have it. */
static void
test_shows_relations (void)
{
  CrmUiTestWorld *world = crm_ui_test_world_new (TRUE);
  GtkWidget *window = crm_window_new (NULL);
  GtkWidget *row = NULL;
  GtkWidget *list = NULL;
  GtkSelectionModel *selection;

  crm_window_set_store (CRM_WINDOW (window), world->store);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_activate_action (window, "win.show", "s", "tags");
  crm_ui_test_wait_until ((row = crm_ui_test_find_type (window, CRM_TYPE_TAG_ROW)) != NULL);
  g_signal_emit_by_name (row, "activate");

  crm_ui_test_wait_until ((list = crm_ui_test_find_type (window, CRM_TYPE_RELATIONS_PAGE)) != NULL);
  selection = crm_relations_page_get_selection (CRM_RELATIONS_PAGE (list));
  crm_ui_test_wait_until (crm_ui_test_find_text (window, "Tags has beurs2025") != NULL);
  crm_ui_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (selection)) == 1);

  crm_ui_test_close (GTK_WINDOW (window));
  crm_ui_test_world_free (world);
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

  add ("/ui/tags-page/rows", test_rows, filled);
  add ("/ui/tags-page/create", test_create, filled);
  add ("/ui/tags-page/rename", test_rename, filled);
  add ("/ui/tags-page/merge", test_merge_asks, filled);
  add ("/ui/tags-page/delete", test_delete, filled);
  add ("/ui/tags-page/search", test_search, filled);
  add ("/ui/tags-page/empty", test_empty, NULL);
  g_test_add_func ("/ui/tags-page/shows-relations", test_shows_relations);

  return g_test_run ();
}
