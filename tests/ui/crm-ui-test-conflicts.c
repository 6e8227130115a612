#include "crm-ui-test-conflicts.h"

#include "store/crm-sync-store.h"

#include <string.h>

#define SEQ   11
#define GROUP "01900000-0000-7000-8000-00000000ca00"
#define OPEN  "state=open;at=2026-03-01T06:00:00Z;record_kind=person"

/* Kept is what the server has; the late one is Anna's, but for the phone. */
static const char *const conflicts[][2] = {
  { CRM_UI_TEST_CITY,
    OPEN ";type=field;record=" CRM_UI_TEST_JAN
         ";field=city;kept=Ede;kept_user=bert;kept_why=verhuisbericht;late=Goor;"
         "late_user=anna;late_why=belde zelf;original=Almelo;"
         "action_group=" GROUP },
  { CRM_UI_TEST_PHONE,
    OPEN ";type=field;record=" CRM_UI_TEST_JAN
         ";field=function;kept=Inkoper techniek;kept_user=anna;"
         "late=Hoofd inkoop techniek;late_user=bert;original=Inkoper;"
         "action_group=" GROUP },
  { CRM_UI_TEST_DELETE,
    OPEN ";type=delete;record=" CRM_UI_TEST_MARIE ";kept_user=bert;late_user=anna" },
  { CRM_UI_TEST_NUMBER,
    OPEN ";type=number;record=" CRM_UI_TEST_ANNA ";field=number;late=7;late_user=anna" },
  { CRM_UI_TEST_DOUBLE,
    OPEN ";type=double;record=" CRM_UI_TEST_ANNA ";kept=" CRM_UI_TEST_MARIE
         ";late=" CRM_UI_TEST_ANNA ";kept_user=bert;late_user=anna" },
};

static gboolean
put (CrmPullWriter *writer, const char *id, const char *spec, GError **error)
{
  static const gint64 scopes[] = { 1 };
  g_auto (GStrv) parts = g_strsplit (spec, ";", -1);
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (CrmPulledField));
  CrmPulledRow row = {
    .kind = "conflict", .id = id, .row_seq = SEQ, .full = TRUE, .scopes = scopes, .n_scopes = 1
  };

  for (char **part = parts; *part != NULL; part++)
    {
      char *value = strchr (*part, '=');
      CrmPulledField field = { *part, value + 1, SEQ };

      *value = '\0';
      g_array_append_val (fields, field);
    }
  row.fields = (const CrmPulledField *) (gpointer) fields->data;
  row.n_fields = fields->len;

  return crm_pull_writer_put_row (writer, &row, error);
}

static gpointer
pull_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmPullWriter) writer = NULL;
  g_autoptr (CrmPullResult) result = NULL;

  if (!crm_sync_store_set_state (replica, CRM_SYNC_STATE_USER, "anna", error) ||
      (writer = crm_pull_writer_begin (replica, error)) == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (conflicts); i++)
    if (!put (writer, conflicts[i][0], conflicts[i][1], error))
      return NULL;
  if ((result = crm_pull_writer_finish (writer, "c11", SEQ, error)) == NULL)
    return NULL;

  return g_strdup ("");
}

void
crm_ui_test_put_conflicts (CrmStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = NULL;

  crm_store_run_async (store,
                       CRM_STORE_USER,
                       pull_on_worker,
                       NULL,
                       NULL,
                       g_free,
                       NULL,
                       crm_ui_test_result_cb,
                       &result);
  crm_ui_test_wait_until (result != NULL);
  done = crm_store_run_finish (store, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (done);
}
