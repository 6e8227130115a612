#include "crm-ui-test-records.h"
#include "ui/record/crm-record-dialog.h"

static void
saved_cb (gboolean *saved)
{
  *saved = TRUE;
}

/* A call with Jan that is entered in its form, done at @done; NULL when it is not. */
static void
enter_call (CrmStore *store, const char *done)
{
  const CrmKind *kind = crm_model_find_kind (crm_store_get_model (store), "activity");
  CrmRecordDialog *dialog = crm_record_dialog_new (store, kind, NULL);
  GtkWindow *window;
  gboolean saved = FALSE;

  crm_record_dialog_set_value (dialog, "type", "call");
  crm_record_dialog_set_value (dialog, "relation", CRM_UI_TEST_JAN);
  if (done != NULL)
    crm_record_dialog_set_value (dialog, "done", done);
  g_signal_connect_swapped (dialog, "saved", G_CALLBACK (saved_cb), &saved);
  window = crm_ui_test_present (GTK_WIDGET (dialog), 700, 600);
  crm_ui_test_settle (100);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "record.save", NULL);
  crm_ui_test_wait_until (saved);
  crm_ui_test_close (window);
}

/* What is ticked off in its form counts for its relation as what is ticked off on the page: it
 * moves the last activity, never back, and in the same set. */
static void
test_form_moves_last_activity (void)
{
  static const char *const cases[][2] = {
    { "2025-05-04T08:00:00Z", "2025-05-04" },
    { "2025-02-01T08:00:00Z", "2025-05-04" },
    { NULL, "2025-05-04" },
  };
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (TRUE);

  crm_ui_test_set (world->store, CRM_UI_TEST_JAN, "last_activity", "2025-03-01");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CrmRecord) jan = NULL;

      enter_call (world->store, cases[i][0]);
      jan = crm_ui_test_get (world->store, CRM_UI_TEST_JAN);
      g_assert_cmpstr (crm_record_get (jan, "last_activity"), ==, cases[i][1]);
    }
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/ui/activity-draft/form", test_form_moves_last_activity);

  return g_test_run ();
}
