#include "base/crm-worker.h"

typedef struct
{
  GTask *task;
  GTaskThreadFunc func;
  int priority;
} Job;

struct _CrmWorker
{
  GObject parent_instance;

  GThread *thread;
  GMutex mutex;
  GCond cond;
  /* (element-type Job): the most urgent first, in order of arrival within a priority. */
  GQueue jobs;
  gboolean closing;
  /* Of the running job; only the thread itself uses it. */
  int running_priority;
};

G_DEFINE_FINAL_TYPE (CrmWorker, crm_worker, G_TYPE_OBJECT)

/* Never 0: a new job goes behind those of its own priority. */
static int
compare_jobs (gconstpointer waiting, gconstpointer new_job, gpointer unused)
{
  return ((const Job *) waiting)->priority <= ((const Job *) new_job)->priority ? -1 : 1;
}

static gboolean
release_task_cb (gpointer task)
{
  return G_SOURCE_REMOVE;
}

/* Lets go of @task (transfer full) where it was made, after its callback. The last reference on
 * what it holds, such as the worker itself, is then never dropped on the worker's thread, where
 * nobody would wait for the end of that thread. */
static void
release_task (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_static_name (source, "release_task");
  g_source_set_callback (source, release_task_cb, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

/* Frees @job. */
static void
run_job (CrmWorker *self, Job *job)
{
  GTask *task = job->task;
  GTaskThreadFunc func = job->func;
  int outer = self->running_priority;

  self->running_priority = job->priority;
  g_free (job);

  if (!g_task_return_error_if_cancelled (task))
    func (task,
          g_task_get_source_object (task),
          g_task_get_task_data (task),
          g_task_get_cancellable (task));
  release_task (task);

  self->running_priority = outer;
}

static gpointer
run_jobs_on_worker (gpointer data)
{
  CrmWorker *self = data;

  while (TRUE)
    {
      Job *job;

      g_mutex_lock (&self->mutex);
      while ((job = g_queue_pop_head (&self->jobs)) == NULL && !self->closing)
        g_cond_wait (&self->cond, &self->mutex);
      g_mutex_unlock (&self->mutex);

      if (job == NULL)
        break;

      run_job (self, job);
    }

  return NULL;
}

static void
crm_worker_finalize (GObject *object)
{
  CrmWorker *self = CRM_WORKER (object);

  g_mutex_lock (&self->mutex);
  self->closing = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);

  g_thread_join (self->thread);

  g_assert (g_queue_is_empty (&self->jobs));
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);

  G_OBJECT_CLASS (crm_worker_parent_class)->finalize (object);
}

static void
crm_worker_class_init (CrmWorkerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = crm_worker_finalize;
}

static void
crm_worker_init (CrmWorker *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->jobs);
  self->running_priority = G_MAXINT;
}

CrmWorker *
crm_worker_new (const char *name)
{
  CrmWorker *self = g_object_new (CRM_TYPE_WORKER, NULL);

  self->thread = g_thread_new (name, run_jobs_on_worker, self);

  return self;
}

void
crm_worker_push (CrmWorker *self, GTask *task, GTaskThreadFunc func)
{
  Job *job;

  g_return_if_fail (CRM_IS_WORKER (self));
  g_return_if_fail (G_IS_TASK (task));
  g_return_if_fail (func != NULL);

  job = g_new0 (Job, 1);
  job->task = task;
  job->func = func;
  job->priority = g_task_get_priority (task);

  g_mutex_lock (&self->mutex);
  g_queue_insert_sorted (&self->jobs, job, compare_jobs, NULL);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

gboolean
crm_worker_is_wanted (CrmWorker *self)
{
  const Job *job;
  gboolean wanted;

  g_return_val_if_fail (CRM_IS_WORKER (self), FALSE);
  g_return_val_if_fail (g_thread_self () == self->thread, FALSE);

  g_mutex_lock (&self->mutex);
  job = g_queue_peek_head (&self->jobs);
  wanted = job != NULL && job->priority < self->running_priority;
  g_mutex_unlock (&self->mutex);

  return wanted;
}

void
crm_worker_yield (CrmWorker *self)
{
  g_return_if_fail (CRM_IS_WORKER (self));
  g_return_if_fail (g_thread_self () == self->thread);

  while (crm_worker_is_wanted (self))
    {
      Job *job;

      /* Only this thread takes jobs away, so the head can only have become more urgent. */
      g_mutex_lock (&self->mutex);
      job = g_queue_pop_head (&self->jobs);
      g_mutex_unlock (&self->mutex);

      run_job (self, job);
    }
}
