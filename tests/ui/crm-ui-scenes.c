#include "crm-ui-scenes.h"

#include "crm-ui-test-conflicts.h"
#include "crm-ui-test-records.h"
#include "ui/import/crm-export-dialog.h"
#include "ui/import/crm-import-dialog.h"
#include "ui/letters/crm-letter-paper.h"
#include "ui/letters/crm-letters-page.h"
#include "ui/relations/crm-columns-dialog.h"
#include "ui/relations/crm-filter-popover.h"
#include "ui/relations/crm-relations-page.h"
#include "ui/settings/crm-passphrase-dialog.h"
#include "ui/settings/crm-settings-dialog.h"
#include "ui/shell/crm-window.h"
#include "ui/start/crm-recovery-dialog.h"
#include "ui/start/crm-start-page.h"
#include "ui/start/crm-unlock-dialog.h"
#include "ui/sync/crm-sync-line.h"
#include "ui/tags/crm-tag-row.h"
#include "ui/widgets/crm-mass-delete.h"
#include "ui/widgets/crm-screen.h"

#include <glib/gi18n-lib.h>

static GtkWidget *
get_list (GtkWindow *window)
{
  return crm_ui_test_find_type (GTK_WIDGET (window), CRM_TYPE_RELATIONS_PAGE);
}

static void
show_list (GtkWindow *window, CrmStore *store)
{
}

static void
show_table (GtkWindow *window, CrmStore *store)
{
  gtk_widget_activate_action (get_list (window), "relations.view", "s", "table");
}

static void
show_selection (GtkWindow *window, CrmStore *store)
{
  gtk_widget_activate_action (get_list (window), "relations.select-all", NULL);
}

static void
show_nothing (GtkWindow *window, CrmStore *store)
{
  crm_relations_page_search (CRM_RELATIONS_PAGE (get_list (window)), "zzzz");
}

static const CrmField *
find_field (GPtrArray *fields, const char *name)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (fields, i);

      if (g_str_equal (field->name, name))
        return field;
    }
  g_assert_not_reached ();
}

static void
show_filter (GtkWindow *window, CrmStore *store)
{
  GtkWidget *button = crm_ui_test_find_icon_button (GTK_WIDGET (window), "funnel-symbolic");
  g_autoptr (CrmFilter) filter = crm_filter_new ();
  g_autoptr (GPtrArray) fields = crm_filter_list_fields (crm_store_get_model (store));
  CrmFilterTerm town = { find_field (fields, "city"), CRM_FILTER_IS, (char *) "Ede", 0, 0 };
  CrmFilterTerm silent = {
    find_field (fields, "last_activity"), CRM_FILTER_LONGER_AGO, NULL, 6, CRM_FILTER_MONTHS
  };
  CrmFilterPopover
      *popover = CRM_FILTER_POPOVER (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));

  crm_filter_add (filter, &town);
  crm_filter_add (filter, &silent);
  crm_filter_popover_set (popover, "relation", filter);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
}

static void
show_relation (GtkWindow *window, CrmStore *store)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open-record", "s", CRM_UI_TEST_JAN);
}

static void
show_palette (GtkWindow *window, CrmStore *store)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.palette", NULL);
}

static void
show_settings (GtkWindow *window, CrmStore *store)
{
  adw_dialog_present (crm_settings_dialog_new (store, crm_window_get_sync (CRM_WINDOW (window))),
                      GTK_WIDGET (window));
}

static void
show_settings_page (GtkWindow *window, CrmStore *store, const char *page)
{
  AdwDialog *dialog = crm_settings_dialog_new (store, crm_window_get_sync (CRM_WINDOW (window)));

  adw_preferences_dialog_set_visible_page_name (ADW_PREFERENCES_DIALOG (dialog), page);
  adw_dialog_present (dialog, GTK_WIDGET (window));
}

static void
show_settings_letters (GtkWindow *window, CrmStore *store)
{
  show_settings_page (window, store, "letters");
}

static void
show_settings_data (GtkWindow *window, CrmStore *store)
{
  show_settings_page (window, store, "data");
}

static void
show_columns (GtkWindow *window, CrmStore *store)
{
  adw_dialog_present (crm_columns_dialog_new (crm_store_get_model (store),
                                              (const char *[]) { "city", "organisation", NULL }),
                      GTK_WIDGET (window));
}

static void
show_passphrase (GtkWindow *window, CrmStore *store)
{
  adw_dialog_present (crm_passphrase_dialog_new (_("Passphrase of the Back-up"),
                                                   _("Without it nobody can restore the back-up, you "
                                                   "neither. At least eight characters."),
                                                     _("_Back Up"), TRUE),
                                                   GTK_WIDGET (window));
}

static void
show_letters (GtkWindow *window, CrmStore *store)
{
  const char *const ids[] = { CRM_UI_TEST_JAN, CRM_UI_TEST_ANNA, NULL };
  g_autoptr (GVariant) parameter = g_variant_ref_sink (g_variant_new_strv (ids, -1));

  gtk_widget_activate_action_variant (GTK_WIDGET (window), "win.make-letters", parameter);
}

static void
show_letters_nobody (GtkWindow *window, CrmStore *store)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show", "s", "letters");
}

/* One of them cannot be made, one has a warning. */
static void
show_letters_attention (GtkWindow *window, CrmStore *store)
{
  const char *const ids[] = { CRM_UI_TEST_BAKKER, CRM_UI_TEST_MARIE, NULL };
  GtkWidget *toggle;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.make-letters", "^as", ids);
  crm_ui_test_settle (300);
  toggle = crm_ui_test_find_icon_button (GTK_WIDGET (window), "sidebar-show-right-symbolic");
  if (toggle != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
}

static void
press_on_letters (GtkWindow *window, CrmStore *store, const char *action)
{
  GtkWidget *page;
  GtkWidget *paper;

  show_letters (window, store);
  crm_ui_test_wait_until ((page = crm_ui_test_find_type (GTK_WIDGET (window),
                                                         CRM_TYPE_LETTERS_PAGE)) != NULL &&
                          (paper = crm_ui_test_find_type (page, CRM_TYPE_LETTER_PAPER)) != NULL &&
                          crm_letter_paper_get_n_pages (CRM_LETTER_PAPER (paper)) > 0);
  gtk_widget_activate_action (page, action, NULL);
}

static void
show_template (GtkWindow *window, CrmStore *store)
{
  press_on_letters (window, store, "letters.edit-template");
}

static void
show_sender (GtkWindow *window, CrmStore *store)
{
  press_on_letters (window, store, "letters.sender");
}

static void
show_new_person (GtkWindow *window, CrmStore *store)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.new-record", "s", "person");
}

static void
show_edit (GtkWindow *window, CrmStore *store)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.edit-record", "s", CRM_UI_TEST_BAKKER);
}

static void
show_week (GtkWindow *window, CrmStore *store)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show", "s", "week");
}

static void
show_tags (GtkWindow *window, CrmStore *store)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show", "s", "tags");
}

static void
show_tag (GtkWindow *window, CrmStore *store)
{
  GtkWidget *row = NULL;

  show_tags (window, store);
  crm_ui_test_wait_until ((row = crm_ui_test_find_type (GTK_WIDGET (window), CRM_TYPE_TAG_ROW)) !=
                          NULL);
  gtk_widget_activate_action (row, "tags.edit", "s", "beurs2025");
}

static void
show_import (GtkWindow *window, CrmStore *store)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.import", NULL);
}

#define TABLE                                                                                      \
  "Bedrijfsnaam;Aanhef;Voornaam;Achternaam;Adres;Postcode;Plaats;Telefoon;Kleur\n"                 \
  "Bakker Techniek B.V.;Dhr.;Jan;Vries, de;Kerkstraat 12 bis;6711ab;Ede;06-12345678;rood\n"        \
  "Drukkerij Holt;Mw;Marie;van der Berg;Lindelaan 7;3511 AB;Utrecht;geen;\n"                       \
  ";;;;;;Ede;;\n"

static void
open_import (GtkWindow *window, CrmStore *store, const char *contents)
{
  g_autofree char *folder = g_dir_make_tmp ("crm-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "klanten.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
  adw_dialog_present (ADW_DIALOG (crm_import_dialog_new (store, file)), GTK_WIDGET (window));
  crm_ui_test_settle (400);
  crm_ui_test_remove_folder (folder);
}

static void
show_import_preview (GtkWindow *window, CrmStore *store)
{
  open_import (window, store, TABLE);
}

static void
show_import_failed (GtkWindow *window, CrmStore *store)
{
  open_import (window, store, "PK\003\004\024");
}

static void
show_export (GtkWindow *window, CrmStore *store)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");

  adw_dialog_present (ADW_DIALOG (crm_export_dialog_new (store, query)), GTK_WIDGET (window));
}

/* A week as a salesperson has. */
static void
show_week_busy (GtkWindow *window, CrmStore *store)
{
  static const char *const log[][3] = {
    { "call", "Offerte besproken", "2026-02-24T09:10:00Z" },
    { "call", "Afspraak verzet", "2026-02-25T10:30:00Z" },
    { "visit", "Rondleiding met de inkoper", "2026-02-25T13:00:00Z" },
    { "letter", "Dank voor het prettige gesprek", "2026-02-26T08:00:00Z" },
    { "call", "Vraag over levertijd", "2026-02-27T15:45:00Z" },
    { "visit", "Kennismaking", "2026-02-18T09:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (log); i++)
    g_free (crm_ui_test_put (store,
                             "activity",
                             NULL,
                             "type",
                             log[i][0],
                             "subject",
                             log[i][1],
                             "done",
                             log[i][2],
                             "relation",
                             CRM_UI_TEST_JAN,
                             NULL));
  g_free (crm_ui_test_put (store,
                           "activity",
                           NULL,
                           "type",
                           "task",
                           "subject",
                           "Offerte nabellen",
                           "due",
                           "2026-03-03T09:00:00Z",
                           "relation",
                           CRM_UI_TEST_ANNA,
                           NULL));
  show_week (window, store);
}

static void
show_start (GtkWindow *window, CrmStore *store)
{
  crm_window_show_notice (CRM_WINDOW (window), crm_start_page_new (store));
}

static void
show_recovery (GtkWindow *window, CrmStore *store)
{
  adw_dialog_present (crm_recovery_dialog_new (store), GTK_WIDGET (window));
}

static void
show_shortcuts (GtkWindow *window, CrmStore *store)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-help-overlay", NULL);
}

static void
show_unlock (GtkWindow *window, CrmStore *store)
{
  adw_dialog_present (crm_unlock_dialog_new ("nothing"), GTK_WIDGET (window));
}

static void
show_settings_server (GtkWindow *window, CrmStore *store)
{
  show_settings_page (window, store, "server");
}

static void
show_connect (GtkWindow *window, CrmStore *store)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "sync.connect", NULL);
}

static void
show_inbox (GtkWindow *window, CrmStore *store)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show", "s", "inbox");
}

static void
show_inbox_full (GtkWindow *window, CrmStore *store)
{
  crm_ui_test_put_conflicts (store);
  show_inbox (window, store);
}

/* What the server did not take, and what it set aside. */
static void
show_inbox_refused (GtkWindow *window, CrmStore *store)
{
  static const char *const many = "01900000-0000-7000-8000-000100000000";

  crm_ui_test_put_many_conflicts (store, 3);
  crm_ui_test_set (store, many, "city", "Borne");
  crm_ui_test_answer (store, "forbidden");
  crm_ui_test_delete (store, many);
  crm_ui_test_answer (store, "mass_delete");
  crm_ui_test_set (store, many, "note", "Belt liever in de ochtend");
  crm_ui_test_answer (store, NULL);
  show_inbox (window, store);
}

static void
show_sync_line (GtkWindow *window, CrmStore *store)
{
  GtkWidget *line = crm_ui_test_find_type (GTK_WIDGET (window), CRM_TYPE_SYNC_LINE);

  if (line != NULL)
    gtk_menu_button_popup (GTK_MENU_BUTTON (crm_ui_test_find_type (line, GTK_TYPE_MENU_BUTTON)));
}

static void
show_mass_delete (GtkWindow *window, CrmStore *store)
{
  adw_dialog_present (ADW_DIALOG (crm_mass_delete_alert_new (12345)), GTK_WIDGET (window));
}

static const CrmUiScene scenes[] = {
  { "relations", show_list, "Jan de Vries" },
  { "relations-table", show_table, "06 12345678" },
  { "relations-selection", show_selection, "4 selected" },
  { "relations-nothing", show_nothing, "Nothing Found" },
  { "relations-filter", show_filter, "Persons" },
  { "relation", show_relation, "Jan de Vries" },
  { "new-person", show_new_person, "Surname" },
  { "edit-organisation", show_edit, "Name" },
  { "letters", show_letters, "Letters" },
  { "letters-nobody", show_letters_nobody, "Who Gets This Letter?" },
  { "letters-attention", show_letters_attention, "Before It Goes Out" },
  { "template", show_template, "Subject" },
  { "sender", show_sender, "Sender and Envelope" },
  { "week", show_week, "My Week" },
  { "tags", show_tags, "beurs2025" },
  { "tag", show_tag, "Delete Tag" },
  { "import", show_import, "Import a File" },
  { "import-preview", show_import_preview, "Contents" },
  { "import-failed", show_import_failed, "This File Cannot Be Imported" },
  { "export", show_export, "Semicolons (Excel)" },
  { "start", show_start, "Welcome to CRM" },
  { "recovery", show_recovery, "Recovery Key" },
  { "unlock", show_unlock, "Recovery key" },
  { "shortcuts", show_shortcuts, "Main menu" },
  { "palette", show_palette, "New Person" },
  { "settings", show_settings, "Order of names" },
  { "settings-letters", show_settings_letters, "Signature" },
  { "settings-data", show_settings_data, "Folder" },
  { "settings-server", show_settings_server, "Your company’s server" },
  { "connect", show_connect, "Address, as in crm.example.org" },
  { "inbox-empty", show_inbox, "Nothing Needs You" },
  { "sync-line", show_sync_line, "On This Laptop Only" },
  { "mass-delete", show_mass_delete, "Delete" },
  { "columns", show_columns, "Initials" },
  { "passphrase", show_passphrase, "Once more" },
  { "empty-relations", show_list, "No Relations Yet" },
  { "empty-tags", show_tags, "No Tags Yet" },
  { "empty-week", show_week, "Nothing was logged in this period" },
  /* These write, so they come last. */
  { "week-busy", show_week_busy, "Task · Offerte nabellen" },
  { "inbox", show_inbox_full, "Jan de Vries · Town" },
  { "inbox-refused", show_inbox_refused, "Not taken over: you have no right to this change." },
};

const CrmUiScene *
crm_ui_scenes_get (guint *n_scenes)
{
  *n_scenes = G_N_ELEMENTS (scenes);

  return scenes;
}

gboolean
crm_ui_scene_is_empty (const CrmUiScene *scene)
{
  return g_str_has_prefix (scene->name, "empty-");
}

/* As Start Empty does, in any language. */
static void
start_empty (GtkWindow *window)
{
  GtkWidget *page = NULL;

  crm_ui_test_wait_until ((page = crm_ui_test_find_type (GTK_WIDGET (window),
                                                         CRM_TYPE_START_PAGE)) != NULL);
  g_signal_emit_by_name (page, "done");
  crm_ui_test_wait_until (get_list (window) != NULL);
}

GtkWindow *
crm_ui_scene_open (const CrmUiScene *scene, CrmStore *store, int width, int height)
{
  GtkWidget *window;

  /* What the scene before left on this screen. */
  if (crm_screen_get_settings () != NULL)
    {
      g_settings_reset (crm_screen_get_settings (), "list-view");
      g_settings_reset (crm_screen_get_settings (), "last-page");
    }
  window = crm_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  crm_window_set_store (CRM_WINDOW (window), store);
  gtk_window_present (GTK_WINDOW (window));
  if (crm_ui_scene_is_empty (scene))
    start_empty (GTK_WINDOW (window));
  else
    crm_ui_test_wait_until (get_list (GTK_WINDOW (window)) != NULL &&
                            crm_ui_test_find_text (window, "Jan de Vries") != NULL);
  scene->show (GTK_WINDOW (window), store);

  return GTK_WINDOW (window);
}
