#include "crm-ui-test.h"
#include "letters/crm-letter-settings.h"
#include "ui/settings/crm-passphrase-dialog.h"
#include "ui/settings/crm-settings-dialog.h"
#include "ui/settings/crm-settings-values.h"

static gpointer
read_on_worker (CrmReplica *replica, gpointer name, GCancellable *cancellable, GError **error)
{
  char *value = crm_replica_dup_setting (replica, name);

  return value != NULL ? value : g_strdup ("(not set)");
}

static char *
dup_setting (CrmStore *store, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;

  crm_store_run_async (store,
                       CRM_STORE_READ,
                       read_on_worker,
                       g_strdup (name),
                       g_free,
                       g_free,
                       NULL,
                       crm_ui_test_result_cb,
                       &result);
  crm_ui_test_wait_until (result != NULL);

  return crm_store_run_finish (store, result, NULL);
}

static gboolean
is_set (CrmStore *store, const char *name, const char *expected)
{
  g_autofree char *value = dup_setting (store, name);

  return g_str_equal (value, expected);
}

/* The row with this title; each has it as a label. */
static GtkWidget *
find_row (GtkWindow *window, const char *title)
{
  GtkWidget *label = crm_ui_test_find_text (GTK_WIDGET (window), title);

  return label != NULL ? gtk_widget_get_ancestor (label, ADW_TYPE_PREFERENCES_ROW) : NULL;
}

static GtkWidget *
wait_for_row (GtkWindow *window, const char *title)
{
  GtkWidget *row = NULL;

  crm_ui_test_wait_until ((row = find_row (window, title)) != NULL &&
                          gtk_widget_get_sensitive (row));

  return row;
}

static AdwDialog *
new_dialog (CrmUiTestWorld *world)
{
  g_autoptr (CrmSync) sync = crm_sync_new (world->store, NULL);

  return crm_settings_dialog_new (world->store, sync);
}

static void
test_typing_is_kept (void)
{
  CrmUiTestWorld *world = crm_ui_test_world_new (FALSE);
  GtkWindow *window = crm_ui_test_present (GTK_WIDGET (new_dialog (world)), 900, 700);
  GtkWidget *row = wait_for_row (window, "Name in the history");

  gtk_editable_set_text (GTK_EDITABLE (row), "Anna de Boer");
  crm_ui_test_wait_until (is_set (world->store, "user", "Anna de Boer"));
  gtk_editable_set_text (GTK_EDITABLE (row), "");
  crm_ui_test_wait_until (is_set (world->store, "user", "(not set)"));

  adw_combo_row_set_selected (ADW_COMBO_ROW (wait_for_row (window, "Order of names")), 1);
  crm_ui_test_wait_until (is_set (world->store, "locale", "be"));

  crm_ui_test_close (window);
  crm_ui_test_world_free (world);
}

static void
test_closing_writes_at_once (void)
{
  CrmUiTestWorld *world = crm_ui_test_world_new (FALSE);
  AdwDialog *dialog = new_dialog (world);
  GtkWindow *window = crm_ui_test_present (GTK_WIDGET (dialog), 900, 700);

  gtk_editable_set_text (GTK_EDITABLE (wait_for_row (window, "Name in the history")), "Bram");
  adw_dialog_force_close (dialog);
  crm_ui_test_wait_until (is_set (world->store, "user", "Bram"));

  crm_ui_test_close (window);
  crm_ui_test_world_free (world);
}

static void
test_shows_what_is_set (void)
{
  CrmUiTestWorld *world = crm_ui_test_world_new (FALSE);
  g_autoptr (CrmSettingsValues) values = crm_settings_values_new (world->store);
  AdwDialog *dialog;
  GtkWindow *window;

  crm_settings_values_load (values, (const char *[]) { "sender.city", "locale", NULL });
  crm_ui_test_wait_until (crm_settings_values_is_loaded (values));
  crm_settings_values_set (values, "sender.city", "Ede");
  crm_settings_values_set (values, "locale", "be");
  crm_settings_values_flush (values);
  crm_ui_test_wait_until (is_set (world->store, "locale", "be"));

  dialog = new_dialog (world);
  window = crm_ui_test_present (GTK_WIDGET (dialog), 900, 700);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (wait_for_row (window,
                                                                             "Order of names"))),
                    ==,
                    1);
  adw_preferences_dialog_set_visible_page_name (ADW_PREFERENCES_DIALOG (dialog), "letters");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (wait_for_row (window, "Town"))), ==, "Ede");

  crm_ui_test_close (window);
  g_clear_object (&values);
  crm_ui_test_world_free (world);
}

static gpointer
read_letterhead_on_worker (CrmReplica *replica,
                           gpointer data,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (CrmLetterSettings) settings = crm_letter_settings_load (replica);

  return g_strdup (crm_letter_settings_get_letterhead (settings) ? "printed" : "left out");
}

static gboolean
letterhead_is (CrmStore *store, const char *expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *value = NULL;

  crm_store_run_async (store,
                       CRM_STORE_READ,
                       read_letterhead_on_worker,
                       NULL,
                       NULL,
                       g_free,
                       NULL,
                       crm_ui_test_result_cb,
                       &result);
  crm_ui_test_wait_until (result != NULL);
  value = crm_store_run_finish (store, result, NULL);

  return g_str_equal (value, expected);
}

/* The letters know the words that the dialog writes. */
static void
test_letterhead (void)
{
  CrmUiTestWorld *world = crm_ui_test_world_new (FALSE);
  AdwDialog *dialog = new_dialog (world);
  GtkWindow *window = crm_ui_test_present (GTK_WIDGET (dialog), 900, 700);
  GtkWidget *row;

  adw_preferences_dialog_set_visible_page_name (ADW_PREFERENCES_DIALOG (dialog), "letters");
  row = wait_for_row (window, "Print the letterhead");
  g_assert_true (adw_switch_row_get_active (ADW_SWITCH_ROW (row)));
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), FALSE);
  crm_ui_test_wait_until (letterhead_is (world->store, "left out"));
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), TRUE);
  crm_ui_test_wait_until (letterhead_is (world->store, "printed"));

  crm_ui_test_close (window);
  crm_ui_test_world_free (world);
}

static void
given_cb (char **given, const char *passphrase)
{
  g_set_str (given, passphrase);
}

static void
type_row (GtkWindow *window, const char *title, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (wait_for_row (window, title)), text);
}

static void
test_passphrase_must_be_sure (void)
{
  AdwDialog *dialog = crm_passphrase_dialog_new ("Heading", "Body", "_Back Up", TRUE);
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);
  GtkWindow *window = crm_ui_test_present (GTK_WIDGET (dialog), 600, 600);
  g_autofree char *given = NULL;

  g_signal_connect_swapped (dialog, "given", G_CALLBACK (given_cb), &given);
  g_assert_false (adw_alert_dialog_get_response_enabled (alert, "ok"));
  type_row (window, "Passphrase", "kort");
  type_row (window, "Once more", "kort");
  g_assert_false (adw_alert_dialog_get_response_enabled (alert, "ok"));
  type_row (window, "Passphrase", "lang genoeg");
  g_assert_false (adw_alert_dialog_get_response_enabled (alert, "ok"));
  type_row (window, "Once more", "lang genoeg");
  g_assert_true (adw_alert_dialog_get_response_enabled (alert, "ok"));

  gtk_widget_activate (crm_ui_test_find_named (GTK_WIDGET (window), "Back Up"));
  crm_ui_test_wait_until (g_strcmp0 (given, "lang genoeg") == 0);

  crm_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/ui/settings-dialog/typing", test_typing_is_kept);
  g_test_add_func ("/ui/settings-dialog/closing", test_closing_writes_at_once);
  g_test_add_func ("/ui/settings-dialog/shows", test_shows_what_is_set);
  g_test_add_func ("/ui/settings-dialog/letterhead", test_letterhead);
  g_test_add_func ("/ui/settings-dialog/passphrase", test_passphrase_must_be_sure);

  return g_test_run ();
}
