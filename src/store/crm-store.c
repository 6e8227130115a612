#include "store/crm-store-private.h"

#include "base/crm-clock.h"
#include "store/crm-index-private.h"
#include "store/query/crm-search-index-private.h"

/* A burst of commits of others is looked at so often at most. */
#define MONITOR_RATE_MS 200
/* Where the file system tells nothing of changes. */
#define POLL_SECONDS 2
/* The search index is made tidy when nobody waits for anything: after so long, in slices with so
 * long between them. */
#define TIDY_START_MS 3000
#define TIDY_PAUSE_MS 20
/* And not in the midst of what people do, here or elsewhere: each slice would make them wait. */
#define TIDY_QUIET_MS 250
/* Texts at once: some 30 ms, which an edit may have to wait. */
#define CATCH_UP_SLICE 300

struct _CrmStore
{
  GObject parent_instance;

  char *dir;
  CrmKey *key;
  CrmModel *model;

  /* Each with its own connection; the replicas belong to their worker's thread. */
  CrmWorker *writer_worker;
  CrmWorker *reader_worker;
  CrmWorker *long_worker;
  CrmReplica *writer;
  CrmReplica *reader;
  /* NULL until somebody asks for it. */
  CrmReplica *long_reader;

  CrmStoreWatch *watch;
  GFileMonitor *monitor;
  guint poll_source;
  guint tidy_source;
  /* A slice of tidying is on its way. */
  gboolean tidying;
  gint64 changed_at; /* monotonic: the last change that was no bulk */
  /* A look at other programs' commits is on its way. */
  gboolean looking;
};

G_DEFINE_FINAL_TYPE (CrmStore, crm_store, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
} CrmStoreSignal;

static guint signals[N_SIGNALS];

static void schedule_tidy (CrmStore *self, guint milliseconds);

/* A slice of what the search lacks since the program changed. */
static gboolean
catch_up (CrmStore *self, GError **error)
{
  const CrmCommit all = { .kinds = ~0U };
  guint n_done;

  if (!crm_index_catch_up_slice (self->writer, CATCH_UP_SLICE, &n_done, error))
    return FALSE;
  /* Searches that found too little are made again. */
  if (!crm_index_is_behind (self->writer))
    crm_store_watch_note (self->watch, &all);

  return n_done > 0;
}

static void
tidy_on_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  CrmStore *self = CRM_STORE (source_object);
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;

  if (crm_index_is_behind (self->writer))
    more = catch_up (self, &error);
  else
    crm_search_index_tidy (self->writer, &more, &error);
  if (error != NULL)
    g_debug ("The search index is not tidied: %s", error->message);
  g_task_return_boolean (task, error == NULL && more);
}

static void
tidied_cb (GObject *source, GAsyncResult *result, gpointer unused)
{
  CrmStore *self = CRM_STORE (source);

  self->tidying = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), NULL))
    schedule_tidy (self, TIDY_PAUSE_MS);
}

static gboolean
tidy_cb (gpointer user_data)
{
  CrmStore *self = user_data;
  const gint64 quiet_ms = (crm_clock_get_monotonic () - self->changed_at) / 1000;
  GTask *task;

  self->tidy_source = 0;
  if (self->changed_at != 0 && quiet_ms < TIDY_QUIET_MS)
    {
      schedule_tidy (self, (guint) (TIDY_QUIET_MS - quiet_ms));
      return G_SOURCE_REMOVE;
    }

  task = g_task_new (self, NULL, tidied_cb, NULL);
  self->tidying = TRUE;
  g_task_set_priority (task, G_PRIORITY_LOW);
  crm_worker_push (self->writer_worker, task, tidy_on_worker);

  return G_SOURCE_REMOVE;
}

/* The source holds no reference: nobody waits for an index to be tidy. */
static void
schedule_tidy (CrmStore *self, guint milliseconds)
{
  if (self->tidy_source == 0 && !self->tidying)
    self->tidy_source = g_timeout_add (milliseconds, tidy_cb, self);
}

static void
emit_changed (CrmStore *self, const CrmStoreChange *change)
{
  /* Too many to tell: a bulk. */
  if (change->ids == NULL)
    schedule_tidy (self, TIDY_START_MS);
  else
    self->changed_at = crm_clock_get_monotonic ();
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, change);
}

static void
crm_store_finalize (GObject *object)
{
  CrmStore *self = CRM_STORE (object);

  g_clear_handle_id (&self->poll_source, g_source_remove);
  g_clear_handle_id (&self->tidy_source, g_source_remove);
  g_clear_object (&self->monitor);
  /* Tasks hold the store, so the threads have nothing to do any more. */
  g_clear_object (&self->writer_worker);
  g_clear_object (&self->reader_worker);
  g_clear_object (&self->long_worker);
  g_clear_object (&self->long_reader);
  g_clear_object (&self->reader);
  g_clear_object (&self->writer);
  g_clear_pointer (&self->watch, crm_store_watch_unref);
  g_clear_pointer (&self->model, crm_model_unref);
  g_clear_pointer (&self->key, crm_key_free);
  g_free (self->dir);

  G_OBJECT_CLASS (crm_store_parent_class)->finalize (object);
}

static void
crm_store_class_init (CrmStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = crm_store_finalize;

  /**
   * CrmStore::changed:
   * @change: (type CrmStoreChange): of one or more commits
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          CRM_TYPE_STORE,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          CRM_TYPE_STORE_CHANGE | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
crm_store_init (CrmStore *self)
{
  self->writer_worker = crm_worker_new ("crm-writer");
  self->reader_worker = crm_worker_new ("crm-reader");
  self->long_worker = crm_worker_new ("crm-long-reader");
  self->watch = crm_store_watch_new (self, emit_changed);
}

static void
commit_hook (const CrmCommit *commit, gpointer data)
{
  crm_store_watch_note (CRM_STORE (data)->watch, commit);
}

static void
yield_hook (gpointer data)
{
  crm_worker_yield (CRM_STORE (data)->writer_worker);
}

static gboolean
wanted_hook (gpointer data)
{
  return crm_worker_is_wanted (CRM_STORE (data)->writer_worker);
}

static CrmStore *
new_store (const char *dir, const CrmKey *key, CrmModel *model)
{
  CrmStore *self = g_object_new (CRM_TYPE_STORE, NULL);

  self->dir = g_strdup (dir);
  self->key = crm_key_copy (key);
  self->model = crm_model_ref (model != NULL ? model : crm_model_get_default ());

  return self;
}

typedef CrmReplica *(*OpenFunc) (const char *dir,
                                 const CrmKey *key,
                                 CrmModel *model,
                                 CrmReplicaMode mode,
                                 GError **error);

/* Blocking. @open: what leaves the index behind does so for the writer's own thread. */
static gboolean
open_replicas (CrmStore *self, gboolean create, OpenFunc open, GError **error)
{
  self->writer = create ? crm_replica_create (self->dir, self->key, self->model, error)
                        : open (self->dir, self->key, self->model, CRM_REPLICA_READ_WRITE, error);
  if (self->writer == NULL)
    return FALSE;

  self->reader = crm_replica_open (self->dir, self->key, self->model, CRM_REPLICA_READ_ONLY, error);
  if (self->reader == NULL)
    return FALSE;

  crm_store_watch_start (self->watch, self->reader);
  crm_replica_set_commit_hook (self->writer, commit_hook, self);
  crm_replica_set_yield_hooks (self->writer, yield_hook, wanted_hook, self);

  return TRUE;
}

static void
look_on_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  CrmStore *self = CRM_STORE (source_object);

  crm_store_watch_look (self->watch, self->reader);
  g_task_return_boolean (task, TRUE);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer unused)
{
  CRM_STORE (source)->looking = FALSE;
}

static void
look (CrmStore *self)
{
  if (self->looking)
    return;

  self->looking = TRUE;
  crm_worker_push (self->reader_worker, g_task_new (self, NULL, looked_cb, NULL), look_on_worker);
}

static void
wal_changed_cb (GFileMonitor *monitor,
                GFile *file,
                GFile *other_file,
                GFileMonitorEvent event,
                CrmStore *self)
{
  look (self);
}

static gboolean
poll_cb (gpointer user_data)
{
  look (CRM_STORE (user_data));

  return G_SOURCE_CONTINUE;
}

/* On the main thread. Every commit of anyone appends to the WAL file. */
static void
start_monitor (CrmStore *self)
{
  g_autofree char *path = g_build_filename (self->dir, "replica.db-wal", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, &error);
  if (self->monitor == NULL)
    {
      g_debug ("“%s” is polled: %s", path, error->message);
      self->poll_source = g_timeout_add_seconds (POLL_SECONDS, poll_cb, self);
      return;
    }

  g_file_monitor_set_rate_limit (self->monitor, MONITOR_RATE_MS);
  g_signal_connect_object (self->monitor,
                           "changed",
                           G_CALLBACK (wal_changed_cb),
                           self,
                           G_CONNECT_DEFAULT);
}

static void
open_on_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  CrmStore *self = CRM_STORE (source_object);
  GError *error = NULL;

  if (open_replicas (self, GPOINTER_TO_INT (task_data), crm_replica_open_behind, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
crm_store_open_async (const char *dir,
                      const CrmKey *key,
                      CrmModel *model,
                      gboolean create,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (CrmStore) self = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (dir != NULL);
  g_return_if_fail (key != NULL);

  self = new_store (dir, key, model);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_store_open_async);
  g_task_set_task_data (task, GINT_TO_POINTER (create), NULL);
  crm_worker_push (self->writer_worker, g_steal_pointer (&task), open_on_worker);
}

CrmStore *
crm_store_open_finish (GAsyncResult *result, GError **error)
{
  CrmStore *self;

  g_return_val_if_fail (G_IS_TASK (result), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  self = CRM_STORE (g_task_get_source_object (G_TASK (result)));
  start_monitor (self);
  schedule_tidy (self, TIDY_START_MS);

  return g_object_ref (self);
}

CrmStore *
crm_store_open (const char *dir,
                const CrmKey *key,
                CrmModel *model,
                gboolean create,
                GError **error)
{
  g_autoptr (CrmStore) self = NULL;

  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  self = new_store (dir, key, model);
  if (!open_replicas (self, create, crm_replica_open, error))
    return NULL;

  start_monitor (self);

  return g_steal_pointer (&self);
}

const char *
crm_store_get_dir (CrmStore *self)
{
  g_return_val_if_fail (CRM_IS_STORE (self), NULL);

  return self->dir;
}

CrmModel *
crm_store_get_model (CrmStore *self)
{
  g_return_val_if_fail (CRM_IS_STORE (self), NULL);

  return self->model;
}

typedef struct
{
  CrmStorePriority priority;
  CrmStoreFunc func;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job);
}

/* On the thread of that priority; NULL when it cannot be opened. */
static CrmReplica *
get_replica (CrmStore *self, CrmStorePriority priority, GError **error)
{
  if (priority == CRM_STORE_READ)
    return self->reader;
  if (priority != CRM_STORE_READ_LONG)
    return self->writer;

  if (self->long_reader == NULL)
    self->long_reader = crm_replica_open (self->dir,
                                          self->key,
                                          self->model,
                                          CRM_REPLICA_READ_ONLY,
                                          error);

  return self->long_reader;
}

static CrmWorker *
get_worker (CrmStore *self, CrmStorePriority priority)
{
  if (priority == CRM_STORE_READ)
    return self->reader_worker;

  return priority == CRM_STORE_READ_LONG ? self->long_worker : self->writer_worker;
}

static void
run_on_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  GError *error = NULL;
  CrmReplica *replica = get_replica (CRM_STORE (source_object), job->priority, &error);
  g_autoptr (GCancellable) outer = NULL;
  gpointer result;
  CrmDb *db;

  if (replica == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  db = crm_replica_get_db (replica);
  /* A job that another one let go first. */
  g_set_object (&outer, crm_db_get_cancellable (db));
  crm_db_set_cancellable (db, cancellable);
  result = job->func (replica, job->data, cancellable, &error);
  crm_db_set_cancellable (db, outer);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, job->free_result);
}

void
crm_store_run_async (CrmStore *self,
                     CrmStorePriority priority,
                     CrmStoreFunc func,
                     gpointer data,
                     GDestroyNotify free_data,
                     GDestroyNotify free_result,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (CRM_IS_STORE (self));
  g_return_if_fail (func != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  job = g_new0 (Job, 1);
  job->priority = priority;
  job->func = func;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_store_run_async);
  g_task_set_task_data (task, job, free_job);
  g_task_set_priority (task, priority == CRM_STORE_BULK ? G_PRIORITY_LOW : G_PRIORITY_DEFAULT);
  /* What was committed is told, also when it was cancelled a moment later. */
  g_task_set_check_cancellable (task, FALSE);
  crm_worker_push (get_worker (self, priority), g_steal_pointer (&task), run_on_worker);
}

gpointer
crm_store_run_finish (CrmStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (CRM_IS_STORE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
