#include "crm-ui-test.h"
#include "exchange/crm-import.h"
#include "ui/import/crm-export-dialog.h"
#include "ui/import/crm-import-dialog.h"
#include "ui/import/crm-import-report.h"
#include "ui/import/crm-import-session.h"
#include "ui/import/crm-import-settings.h"

#include <string.h>

static GFile *
write_file (CrmUiTestWorld *world, const char *name, const char *text)
{
  GFile *file = g_file_new_build_filename (world->dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (g_file_peek_path (file), text, -1, &error);
  g_assert_no_error (error);

  return file;
}

static gpointer
count_on_reader (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  gint64 *count = g_new (gint64, 1);

  *count = crm_replica_count (replica, query, cancellable, error);

  return count;
}

static gint64
count_relations (CrmStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree gint64 *count = NULL;

  crm_store_run_async (store,
                       CRM_STORE_READ,
                       count_on_reader,
                       NULL,
                       NULL,
                       g_free,
                       NULL,
                       crm_ui_test_result_cb,
                       &result);
  crm_ui_test_wait_until (result != NULL);
  count = crm_store_run_finish (store, result, NULL);

  return *count;
}

static const char *
get_page (GtkWidget *dialog)
{
  GObject *stack = gtk_widget_get_template_child (dialog, CRM_TYPE_IMPORT_DIALOG, "stack");

  return gtk_stack_get_visible_child_name (GTK_STACK (stack));
}

static gboolean
is_on (GtkWidget *dialog, const char *page)
{
  return g_strcmp0 (get_page (dialog), page) == 0;
}

static gboolean
shows (GtkWidget *dialog, const char *text)
{
  return crm_ui_test_find_text (dialog, text) != NULL;
}

static void
take_picture (GtkWidget *widget, const char *name)
{
  const char *folder = g_getenv ("CRM_UI_TEST_PICTURES");
  g_autofree char *file = NULL;

  if (folder == NULL)
    return;
  file = g_strdup_printf ("%s/%s.png", folder, name);
  crm_ui_test_settle (400);
  crm_ui_test_picture (widget, file);
}

#define TABLE                                                                                      \
  "Nummer;Bedrijfsnaam;Voornaam;Achternaam;Adres;Postcode;Plaats;E-mail;Telefoon;Kenmerken;"       \
  "Opmerking;Schoenmaat\n"                                                                         \
  "K1;Bakker Techniek B.V.;Jan;Vries, de;Kerkstraat 12 "                                           \
  "bis;6711AB;Ede;jan@bakker.example;06-12345678;vip;;44\n"                                        \
  "K2;Nieuw & Zn.;Piet;Smit;Dorpsweg 3;6711 AC;Ede;piet@nieuw.example;geen;klant;;43\n"            \
  ";;;;;;Ede;;;;;\n"                                                                               \
  "K2;Nieuw & Zn.;Piet;Smit;Dorpsweg 3;6711 AC;Ede;;;;;43\n"

static void
test_import (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (TRUE);
  g_autoptr (GFile) file = write_file (world, "klanten.csv", TABLE);
  GtkWidget *dialog = GTK_WIDGET (crm_import_dialog_new (world->store, file));
  GtkWindow *window = crm_ui_test_present (dialog, 900, 800);
  g_autoptr (GPtrArray) nameless = NULL;
  gint64 before = count_relations (world->store);

  crm_ui_test_wait_until (is_on (dialog, "settings"));
  crm_ui_test_wait_until (shows (dialog, "1 new · 1 updated · 1 unchanged · 1 refused"));
  g_assert_true (shows (dialog, "Import 4 Rows"));
  g_assert_true (shows (dialog, "11 of 12 columns are imported"));
  nameless = crm_ui_test_list_nameless (dialog);
  for (guint i = 0; i < nameless->len; i++)
    g_printerr ("nameless: %s\n", (char *) nameless->pdata[i]);
  g_assert_cmpuint (nameless->len, ==, 0);
  take_picture (GTK_WIDGET (window), "import-settings");

  g_assert_true (gtk_widget_activate_action (dialog, "import.start", NULL));
  crm_ui_test_wait_until (is_on (dialog, "done"));
  g_assert_true (shows (dialog, "Imported"));
  g_assert_true (shows (dialog, "klanten.csv.rejected.csv"));
  g_assert_cmpint (count_relations (world->store), ==, before + 2);
  take_picture (GTK_WIDGET (window), "import-done");

  g_assert_true (gtk_widget_activate_action (dialog, "import.undo", NULL));
  crm_ui_test_wait_until (shows (dialog, "Undone"));
  crm_ui_test_wait_until (crm_ui_test_get_toast (dialog) != NULL);
  g_assert_cmpint (count_relations (world->store), ==, before);

  crm_ui_test_close (window);
}

static void
test_choose_target (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (FALSE);
  g_autoptr (GFile)
      file = write_file (world, "x.csv", "Kolom;Plaats\nJan de Vries;Ede\nAnna Smit;Ede\n");
  g_autoptr (CrmImportSession) session = crm_import_session_new (world->store);
  CrmImportTarget full_name = { CRM_TARGET_FULL_NAME, NULL };

  crm_import_session_set_file (session, file);
  crm_ui_test_wait_until (crm_import_session_get_state (session) == CRM_IMPORT_STATE_READY);
  crm_ui_test_wait_until (!crm_import_session_is_trying (session));
  g_assert_null (crm_import_session_get_preview (session));
  g_assert_error (crm_import_session_get_preview_error (session),
                  CRM_EXCHANGE_ERROR,
                  CRM_EXCHANGE_ERROR_MAPPING);

  crm_import_session_set_target (session, 0, &full_name);
  g_assert_true (crm_import_session_is_trying (session));
  crm_ui_test_wait_until (!crm_import_session_is_trying (session));
  g_assert_cmpuint (crm_import_session_get_preview (session)->n_new, ==, 2);

  crm_import_session_start (session);
  crm_ui_test_wait_until (crm_import_session_get_state (session) == CRM_IMPORT_STATE_DONE);
  g_assert_cmpuint (crm_import_session_get_result (session)->n_new, ==, 2);
}

static void
test_change_format (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (FALSE);
  g_autoptr (GFile) file = write_file (world, "x.csv", "Achternaam,Plaats\nVries,Ede\n");
  g_autoptr (CrmImportSession) session = crm_import_session_new (world->store);
  CrmCsvFormat format;

  crm_import_session_set_file (session, file);
  crm_ui_test_wait_until (crm_import_session_get_state (session) == CRM_IMPORT_STATE_READY);
  format = *crm_import_plan_get_format (crm_import_session_get_plan (session));
  g_assert_cmpint (format.separator, ==, ',');
  format.separator = ';';
  crm_import_session_set_format (session, &format);
  crm_ui_test_wait_until (crm_import_session_get_state (session) == CRM_IMPORT_STATE_READY);
  g_assert_cmpuint (crm_import_plan_get_n_columns (crm_import_session_get_plan (session)), ==, 1);
}

static void
test_unreadable (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (FALSE);
  g_autoptr (GFile) file = write_file (world, "x.csv", "a;b\n\"c;d\n");
  GtkWidget *dialog;
  GtkWindow *window;

  g_test_expect_message ("crm", G_LOG_LEVEL_MESSAGE, "Reading a file to import failed: *line 2*");
  dialog = GTK_WIDGET (crm_import_dialog_new (world->store, file));
  window = crm_ui_test_present (dialog, 900, 800);
  crm_ui_test_wait_until (is_on (dialog, "unreadable"));
  g_test_assert_expected_messages ();
  take_picture (GTK_WIDGET (window), "import-unreadable");

  crm_ui_test_close (window);
}

static void
test_choose_page (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (FALSE);
  GtkWidget *dialog = GTK_WIDGET (crm_import_dialog_new (world->store, NULL));
  GtkWindow *window = crm_ui_test_present (dialog, 360, 640);

  g_assert_true (is_on (dialog, "choose"));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, 360);
  take_picture (GTK_WIDGET (window), "import-choose");

  crm_ui_test_close (window);
}

static void
test_narrow (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (TRUE);
  g_autoptr (GFile) file = write_file (world, "klanten.csv", TABLE);
  GtkWidget *dialog = GTK_WIDGET (crm_import_dialog_new (world->store, file));
  GtkWindow *window = crm_ui_test_present (dialog, 360, 700);

  crm_ui_test_wait_until (is_on (dialog, "settings"));
  crm_ui_test_wait_until (shows (dialog, "1 new · 1 updated · 1 unchanged · 1 refused"));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, 360);
  take_picture (GTK_WIDGET (window), "import-narrow");

  crm_ui_test_close (window);
}

/* The longest time that the main loop did nothing else. */
typedef struct
{
  gint64 last;
  gint64 longest;
} Pulse;

static gboolean
pulse_cb (gpointer data)
{
  Pulse *pulse = data;
  gint64 now = g_get_monotonic_time ();

  pulse->longest = MAX (pulse->longest, now - pulse->last);
  pulse->last = now;

  return G_SOURCE_CONTINUE;
}

static void
test_cancel_and_flow (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (FALSE);
  g_autoptr (CrmImportSession) session = crm_import_session_new (world->store);
  g_autoptr (GString) text = g_string_new ("Nummer;Voornaam;Achternaam;E-mail;Plaats\n");
  g_autoptr (GFile) file = NULL;
  Pulse pulse = { 0 };
  guint timer;

  for (guint i = 0; i < 6000; i++)
    g_string_append_printf (text, "K%u;Jan;Jong%u;p%u@x.example;Ede\n", i, i, i);
  file = write_file (world, "big.csv", text->str);
  crm_import_session_set_file (session, file);
  crm_ui_test_wait_until (crm_import_session_get_state (session) == CRM_IMPORT_STATE_READY);

  pulse.last = g_get_monotonic_time ();
  timer = g_timeout_add (1, pulse_cb, &pulse);
  crm_import_session_start (session);
  g_assert_cmpint (crm_import_session_get_state (session), ==, CRM_IMPORT_STATE_IMPORTING);
  crm_ui_test_wait_until (crm_progress_get_done (crm_import_session_get_progress (session)) > 1000);
  crm_import_session_cancel (session);
  crm_ui_test_wait_until (crm_import_session_get_state (session) == CRM_IMPORT_STATE_READY);
  g_source_remove (timer);
  g_test_minimized_result (pulse.longest / 1000.0, "longest stall %.1f ms", pulse.longest / 1000.0);
  g_assert_null (crm_import_session_get_error (session));
  g_assert_cmpint (count_relations (world->store), ==, 0);

  crm_import_session_start (session);
  crm_ui_test_wait_until (crm_import_session_get_state (session) == CRM_IMPORT_STATE_DONE);
  g_assert_cmpint (count_relations (world->store), ==, 6000);
}

static void
import_rows (CrmUiTestWorld *world, CrmImportSession *session, guint from, guint n)
{
  g_autoptr (GString) text = g_string_new ("Nummer;Voornaam;Achternaam;E-mail;Plaats;Bedrijf\n");
  g_autoptr (GFile) file = NULL;

  for (guint i = from; i < from + n; i++)
    g_string_append_printf (text,
                            "K%u;Jan;Jong%u;p%u@x.example;Ede;Firma %u\n",
                            i,
                            i * 7919 % 100003,
                            i,
                            i / 3);
  file = write_file (world, "rows.csv", text->str);
  crm_import_session_set_file (session, file);
  while (crm_import_session_get_state (session) != CRM_IMPORT_STATE_READY)
    g_main_context_iteration (NULL, TRUE);
  crm_import_session_start (session);
  while (crm_import_session_get_state (session) != CRM_IMPORT_STATE_DONE)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (crm_import_session_get_result (session)->n_new, ==, n);
}

/* 30,000 rows into a replica of 100,000 while the window goes on. */
static void
test_large_flow (void)
{
  g_autoptr (CrmUiTestWorld) world = NULL;
  g_autoptr (CrmImportSession) session = NULL;
  Pulse pulse = { 0 };
  guint timer;

  if (!g_test_slow ())
    {
      g_test_skip ("slow");
      return;
    }

  world = crm_ui_test_world_new (FALSE);
  session = crm_import_session_new (world->store);
  import_rows (world, session, 0, 100000);
  pulse.last = g_get_monotonic_time ();
  timer = g_timeout_add (1, pulse_cb, &pulse);
  import_rows (world, session, 100000, 30000);
  g_source_remove (timer);
  g_test_minimized_result (pulse.longest / 1000.0, "longest stall %.1f ms", pulse.longest / 1000.0);
  g_test_minimized_result (crm_import_session_get_result (session)->seconds,
                           "matched against 100,000 in %.1f s",
                           crm_import_session_get_result (session)->seconds);
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/ui/import-dialog/import", test_import);
  g_test_add_func ("/ui/import-dialog/choose-target", test_choose_target);
  g_test_add_func ("/ui/import-dialog/change-format", test_change_format);
  g_test_add_func ("/ui/import-dialog/unreadable", test_unreadable);
  g_test_add_func ("/ui/import-dialog/choose-page", test_choose_page);
  g_test_add_func ("/ui/import-dialog/narrow", test_narrow);
  g_test_add_func ("/ui/import-dialog/cancel-and-flow", test_cancel_and_flow);

  g_test_add_func ("/ui/import-dialog/large-flow", test_large_flow);

  return g_test_run ();
}
