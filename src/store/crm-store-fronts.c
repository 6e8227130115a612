#include "store/crm-store.h"

/* The operations that pages use most, each a blocking core on one of the store's threads. */

static gpointer
get_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_replica_get (replica, data, error);
}

void
crm_store_get_async (CrmStore *self,
                     const char *id,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (id != NULL);

  crm_store_run_async (self,
                       CRM_STORE_READ,
                       get_on_worker,
                       g_strdup (id),
                       g_free,
                       g_object_unref,
                       cancellable,
                       callback,
                       user_data);
}

CrmRecord *
crm_store_get_finish (CrmStore *self, GAsyncResult *result, GError **error)
{
  return crm_store_run_finish (self, result, error);
}

static gpointer
apply_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  char *id = NULL;

  return crm_replica_apply (replica, data, &id, error) ? id : NULL;
}

void
crm_store_apply_async (CrmStore *self,
                       CrmChangeSet *set,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (set != NULL);

  crm_store_run_async (self,
                       CRM_STORE_USER,
                       apply_on_worker,
                       set,
                       (GDestroyNotify) crm_change_set_free,
                       g_free,
                       cancellable,
                       callback,
                       user_data);
}

char *
crm_store_apply_finish (CrmStore *self, GAsyncResult *result, GError **error)
{
  return crm_store_run_finish (self, result, error);
}

typedef struct
{
  CrmQuery *query;
  guint limit;
} ListJob;

static void
free_list_job (gpointer data)
{
  ListJob *job = data;

  crm_query_free (job->query);
  g_free (job);
}

static gpointer
list_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  const ListJob *job = data;

  return crm_replica_list (replica, job->query, job->limit, cancellable, error);
}

void
crm_store_list_async (CrmStore *self,
                      const CrmQuery *query,
                      guint limit,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  ListJob *job;

  g_return_if_fail (query != NULL);

  job = g_new0 (ListJob, 1);
  job->query = crm_query_copy (query);
  job->limit = limit;
  crm_store_run_async (self,
                       CRM_STORE_READ,
                       list_on_worker,
                       job,
                       free_list_job,
                       (GDestroyNotify) g_ptr_array_unref,
                       cancellable,
                       callback,
                       user_data);
}

GPtrArray *
crm_store_list_finish (CrmStore *self, GAsyncResult *result, GError **error)
{
  return crm_store_run_finish (self, result, error);
}

typedef struct
{
  char *set;
  CrmProgress *progress;
} UndoJob;

static UndoJob *
new_undo_job (const char *set, CrmProgress *progress)
{
  UndoJob *job = g_new0 (UndoJob, 1);

  job->set = g_strdup (set);
  g_set_object (&job->progress, progress);

  return job;
}

static void
free_undo_job (gpointer data)
{
  UndoJob *job = data;

  g_clear_object (&job->progress);
  g_free (job->set);
  g_free (job);
}

static gpointer
undo_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  const UndoJob *job = data;

  return crm_replica_undo (replica, job->set, job->progress, cancellable, error);
}

static gpointer
redo_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  const UndoJob *job = data;

  return crm_replica_redo (replica, job->progress, cancellable, error);
}

/* It may be an import that is taken back, so edits made meanwhile go first. */
void
crm_store_undo_async (CrmStore *self,
                      const char *set,
                      CrmProgress *progress,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  crm_store_run_async (self,
                       CRM_STORE_BULK,
                       undo_on_worker,
                       new_undo_job (set, progress),
                       free_undo_job,
                       (GDestroyNotify) crm_undo_result_free,
                       cancellable,
                       callback,
                       user_data);
}

void
crm_store_redo_async (CrmStore *self,
                      CrmProgress *progress,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  crm_store_run_async (self,
                       CRM_STORE_BULK,
                       redo_on_worker,
                       new_undo_job (NULL, progress),
                       free_undo_job,
                       (GDestroyNotify) crm_undo_result_free,
                       cancellable,
                       callback,
                       user_data);
}

CrmUndoResult *
crm_store_undo_finish (CrmStore *self, GAsyncResult *result, GError **error)
{
  return crm_store_run_finish (self, result, error);
}
