#include "store/query/crm-query-page-private.h"
#include "store/query/crm-record-list.h"

typedef struct
{
  CrmQuery *query;
  char *id;
} Question;

static void
question_free (Question *question)
{
  crm_query_free (question->query);
  g_free (question->id);
  g_free (question);
}

static gpointer
locate_on_reader (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  const Question *question = data;
  g_autofree gint64 *position = g_new (gint64, 1);

  if (!crm_query_locate (replica, question->query, question->id, position, cancellable, error))
    return NULL;

  return g_steal_pointer (&position);
}

static void
located_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gint64 *position = crm_store_run_finish (CRM_STORE (source), result, &error);

  if (position != NULL)
    g_task_return_pointer (task, position, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
crm_record_list_locate_async (CrmRecordList *self,
                              const char *id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Question *question;
  GTask *task;

  g_return_if_fail (CRM_IS_RECORD_LIST (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_record_list_locate_async);
  question = g_new (Question, 1);
  question->query = crm_query_copy (crm_record_list_get_query (self));
  question->id = g_strdup (id);
  crm_store_run_async (crm_record_list_get_store (self),
                       CRM_STORE_READ,
                       locate_on_reader,
                       question,
                       (GDestroyNotify) question_free,
                       g_free,
                       cancellable,
                       located_cb,
                       task);
}

gint64
crm_record_list_locate_finish (CrmRecordList *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *position = NULL;

  g_return_val_if_fail (CRM_IS_RECORD_LIST (self), -1);
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  position = g_task_propagate_pointer (G_TASK (result), error);

  return position != NULL ? *position : -1;
}
