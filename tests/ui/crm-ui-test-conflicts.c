#include "crm-ui-test-conflicts.h"

#include "store/sync/crm-sync-store.h"

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
put (CrmPullWriter *writer, const char *kind, const char *id, const char *spec, GError **error)
{
  static const gint64 scopes[] = { 1 };
  g_auto (GStrv) parts = g_strsplit (spec, ";", -1);
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (CrmPulledField));
  CrmPulledRow row = {
    .kind = kind, .id = id, .row_seq = SEQ, .full = TRUE, .scopes = scopes, .n_scopes = 1
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

static gboolean
put_few (CrmPullWriter *writer, guint n, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (conflicts); i++)
    if (!put (writer, "conflict", conflicts[i][0], conflicts[i][1], error))
      return FALSE;

  return TRUE;
}

static gboolean
put_many (CrmPullWriter *writer, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *person = g_strdup_printf ("01900000-0000-7000-8000-0001%08x", i);
      g_autofree char *id = g_strdup_printf ("01900000-0000-7000-8000-0002%08x", i);
      g_autofree char *spec = g_strdup_printf ("surname=Many %u;city=Ede", i);
      g_autofree char *conflict = g_strdup_printf (OPEN ";type=field;record=%s;field=city;kept=Ede;"
                                                        "kept_user=bert;late=Goor;late_user=anna;"
                                                        "original=Almelo",
                                                   person);

      if (!put (writer, "person", person, spec, error) ||
          !put (writer, "conflict", id, conflict, error))
        return FALSE;
    }

  return TRUE;
}

typedef struct
{
  gboolean (*put) (CrmPullWriter *writer, guint n, GError **error);
  guint n;
} Pull;

static gpointer
pull_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  const Pull *pull = data;
  g_autoptr (CrmPullWriter) writer = NULL;
  g_autoptr (CrmPullResult) result = NULL;

  if (!crm_sync_store_set_state (replica, CRM_SYNC_STATE_USER, "anna", error) ||
      (writer = crm_pull_writer_begin (replica, error)) == NULL ||
      !pull->put (writer, pull->n, error) ||
      (result = crm_pull_writer_finish (writer, "c11", SEQ, error)) == NULL)
    return NULL;

  return g_strdup ("");
}

static gboolean
refuse (CrmReplica *replica, GPtrArray *sets, const char *code, GError **error)
{
  g_autoptr (CrmPullWriter) writer = crm_pull_writer_begin (replica, error);
  g_autoptr (CrmPullResult) result = NULL;
  CrmSyncSet *last = sets->pdata[sets->len - 1];
  gboolean forked = FALSE;

  for (guint i = 0; writer != NULL && i < sets->len; i++)
    if (!crm_pull_writer_add_result (writer,
                                     ((CrmSyncSet *) sets->pdata[i])->n,
                                     "rejected",
                                     code,
                                     NULL,
                                     error))
      return FALSE;
  if (writer == NULL || !crm_pull_writer_ack (writer, last->n, last->digest, &forked, error))
    return FALSE;
  result = crm_pull_writer_finish (writer, "c12", SEQ + 1, error);

  return result != NULL && !forked;
}

static gpointer
answer_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  const char *code = data;
  gint64 acked = crm_sync_store_get_acked (replica);
  g_autoptr (GPtrArray) sets = crm_sync_store_list_sets (replica, acked, 500, G_MAXUINT32, error);
  gboolean done;

  if (sets == NULL)
    return NULL;
  g_assert_cmpuint (sets->len, >, 0);
  if (code != NULL)
    done = refuse (replica, sets, code, error);
  else
    done = crm_sync_store_park (replica,
                                ((CrmSyncSet *) sets->pdata[sets->len - 1])->n,
                                "internal",
                                NULL,
                                error);

  return done ? g_strdup ("") : NULL;
}

static void
run (CrmStore *store, CrmStoreFunc func, gpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = NULL;

  crm_store_run_async (store,
                       CRM_STORE_USER,
                       func,
                       data,
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

void
crm_ui_test_put_conflicts (CrmStore *store)
{
  Pull pull = { put_few, 0 };

  run (store, pull_on_worker, &pull);
}

void
crm_ui_test_put_many_conflicts (CrmStore *store, guint n)
{
  Pull pull = { put_many, n };

  run (store, pull_on_worker, &pull);
}

void
crm_ui_test_answer (CrmStore *store, const char *code)
{
  run (store, answer_on_worker, (gpointer) code);
}
