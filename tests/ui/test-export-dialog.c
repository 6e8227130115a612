#include "crm-ui-test.h"
#include "ui/import/crm-export-dialog.h"

#include <string.h>

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

static void
test_export (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (TRUE);
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (GFile) file = g_file_new_build_filename (world->dir, "out.csv", NULL);
  CrmExportDialog *dialog = crm_export_dialog_new (world->store, query);
  GtkWindow *window = crm_ui_test_present (GTK_WIDGET (dialog), 600, 700);
  g_autoptr (GPtrArray) nameless = crm_ui_test_list_nameless (GTK_WIDGET (dialog));
  g_autofree char *text = NULL;

  g_assert_cmpuint (nameless->len, ==, 0);
  take_picture (GTK_WIDGET (window), "export");
  crm_export_dialog_save (dialog, file);
  crm_ui_test_wait_until (g_file_query_exists (file, NULL));
  crm_ui_test_settle (100);
  g_assert_true (g_file_load_contents (file, NULL, &text, NULL, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "\xEF\xBB\xBFuid;kind;number;"));
  g_assert_nonnull (strstr (text, CRM_UI_TEST_JAN ";person;"));
  g_assert_nonnull (strstr (text, "Bakker Techniek B.V.;" CRM_UI_TEST_BAKKER));

  crm_ui_test_close (window);
}

static void
test_fails (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (TRUE);
  g_autoptr (CrmQuery) query = crm_query_new ("person");
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nonexistent/folder/out.csv");
  CrmExportDialog *dialog = crm_export_dialog_new (world->store, query);
  GtkWindow *window = crm_ui_test_present (GTK_WIDGET (dialog), 360, 640);

  g_test_expect_message ("crm", G_LOG_LEVEL_MESSAGE, "Nothing was exported: *");
  crm_export_dialog_save (dialog, nowhere);
  crm_ui_test_wait_until (crm_ui_test_get_toast (GTK_WIDGET (dialog)) != NULL);
  g_test_assert_expected_messages ();
  g_assert_cmpstr (crm_ui_test_get_toast (GTK_WIDGET (dialog)), ==, "Nothing was exported");

  crm_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/ui/export-dialog/export", test_export);
  g_test_add_func ("/ui/export-dialog/fails", test_fails);

  return g_test_run ();
}
