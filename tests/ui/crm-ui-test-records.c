#include "crm-ui-test-records.h"

void
crm_ui_test_apply (CrmStore *store, CrmChangeSet *set)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *set_id = NULL;

  crm_store_apply_async (store, set, NULL, crm_ui_test_result_cb, &result);
  crm_ui_test_wait_until (result != NULL);
  set_id = crm_store_apply_finish (store, result, &error);
  g_assert_no_error (error);
}

char *
crm_ui_test_put (CrmStore *store, const char *kind, const char *id, ...)
{
  g_autoptr (CrmRecord) record = NULL;
  g_autofree char *action = g_strconcat (kind, ".new", NULL);
  CrmChangeSet *set = crm_change_set_new (action);
  const char *field;
  va_list pairs;

  record = crm_record_new (crm_model_find_kind (crm_store_get_model (store), kind), id);
  va_start (pairs, id);
  while ((field = va_arg (pairs, const char *)) != NULL)
    crm_record_set (record, field, va_arg (pairs, const char *));
  va_end (pairs);
  crm_change_set_put (set, record);
  crm_ui_test_apply (store, set);

  return g_strdup (crm_record_get_id (record));
}

CrmRecord *
crm_ui_test_get (CrmStore *store, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;

  crm_store_get_async (store, id, NULL, crm_ui_test_result_cb, &result);
  crm_ui_test_wait_until (result != NULL);

  return crm_store_get_finish (store, result, NULL);
}

void
crm_ui_test_set (CrmStore *store, const char *id, const char *field, const char *value)
{
  g_autoptr (CrmRecord) record = crm_ui_test_get (store, id);
  CrmChangeSet *set = crm_change_set_new ("person.edit");

  g_assert_nonnull (record);
  crm_change_set_set (set, crm_record_get_kind (record), id, field, value);
  crm_ui_test_apply (store, set);
}

void
crm_ui_test_delete (CrmStore *store, const char *id)
{
  g_autoptr (CrmRecord) record = crm_ui_test_get (store, id);
  CrmChangeSet *set = crm_change_set_new ("person.delete");

  g_assert_nonnull (record);
  crm_change_set_delete (set, crm_record_get_kind (record), id);
  crm_ui_test_apply (store, set);
}

GPtrArray *
crm_ui_test_list_activities (CrmStore *store, const char *relation)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmQuery) query = crm_query_new ("activity");
  g_autoptr (CrmExpr) where = crm_expr_new_term ("relation", CRM_OP_EQ, CRM_EXPR_TEXT, relation);
  GPtrArray *found;

  crm_query_set_where (query, where);
  crm_store_list_async (store, query, 0, NULL, crm_ui_test_result_cb, &result);
  crm_ui_test_wait_until (result != NULL);
  found = crm_store_list_finish (store, result, &error);
  g_assert_no_error (error);

  return found;
}

static gpointer
get_history_on_worker (CrmReplica *replica, gpointer id, GCancellable *cancellable, GError **error)
{
  return crm_replica_get_history (replica, id, error);
}

GPtrArray *
crm_ui_test_get_history (CrmStore *store, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *history;

  crm_store_run_async (store,
                       CRM_STORE_READ,
                       get_history_on_worker,
                       g_strdup (id),
                       g_free,
                       (GDestroyNotify) g_ptr_array_unref,
                       NULL,
                       crm_ui_test_result_cb,
                       &result);
  crm_ui_test_wait_until (result != NULL);
  history = crm_store_run_finish (store, result, NULL);
  g_assert_nonnull (history);

  return history;
}

void
crm_ui_test_keep_picture (GtkWidget *widget, const char *name)
{
  const char *folder = g_getenv ("CRM_PICTURES");
  g_autofree char *file = NULL;

  if (folder == NULL)
    return;

  file = g_strdup_printf ("%s/%s.png", folder, name);
  crm_ui_test_settle (300);
  crm_ui_test_picture (widget, file);
}

void
crm_ui_test_check_names (GtkWidget *root)
{
  g_autoptr (GPtrArray) nameless = crm_ui_test_list_nameless (root);

  for (guint i = 0; i < nameless->len; i++)
    g_test_message ("nameless: %s", (char *) g_ptr_array_index (nameless, i));
  g_assert_cmpuint (nameless->len, ==, 0);
}
