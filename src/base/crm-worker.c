#include "base/crm-worker.h"

typedef struct
{
  GTask *task;
  GTaskThreadFunc func;
  int priority;
} Job;

/* What the thread needs; it may outlive the object by a moment. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  /* (element-type Job): the most urgent first, in order of arrival within a priority. */
  GQueue jobs;
  gboolean closing;
  /* Of the running job; only the thread itself uses it. */
  int running_priority;
} Queue;

struct _CrmWorker
{
  GObject parent_instance;

  GThread *thread;
  Queue *queue;
};

G_DEFINE_FINAL_TYPE (CrmWorker, crm_worker, G_TYPE_OBJECT)

static void
clear_queue (gpointer data)
{
  Queue *queue = data;

  g_assert (g_queue_is_empty (&queue->jobs));
  g_mutex_clear (&queue->mutex);
  g_cond_clear (&queue->cond);
}

static void
release_queue (Queue *queue)
{
  g_atomic_rc_box_release_full (queue, clear_queue);
}

/* Never 0: a new job goes behind those of its own priority. */
static int
compare_jobs (gconstpointer waiting, gconstpointer new_job, gpointer unused)
{
  return ((const Job *) waiting)->priority <= ((const Job *) new_job)->priority ? -1 : 1;
}

/* Frees @job and, with the task, perhaps the last reference on the worker itself. */
static void
run_job (Queue *queue, Job *job)
{
  g_autoptr (GTask) task = job->task;
  GTaskThreadFunc func = job->func;
  int outer = queue->running_priority;

  queue->running_priority = job->priority;
  g_free (job);

  if (!g_task_return_error_if_cancelled (task))
    func (task,
          g_task_get_source_object (task),
          g_task_get_task_data (task),
          g_task_get_cancellable (task));

  queue->running_priority = outer;
}

static gpointer
run_jobs_on_worker (gpointer data)
{
  Queue *queue = data;

  while (TRUE)
    {
      Job *job;

      g_mutex_lock (&queue->mutex);
      while ((job = g_queue_pop_head (&queue->jobs)) == NULL && !queue->closing)
        g_cond_wait (&queue->cond, &queue->mutex);
      g_mutex_unlock (&queue->mutex);

      if (job == NULL)
        break;

      run_job (queue, job);
    }

  release_queue (queue);

  return NULL;
}

static void
crm_worker_finalize (GObject *object)
{
  CrmWorker *self = CRM_WORKER (object);

  g_mutex_lock (&self->queue->mutex);
  self->queue->closing = TRUE;
  g_cond_signal (&self->queue->cond);
  g_mutex_unlock (&self->queue->mutex);

  /* The last reference may be that of a task, dropped on the thread itself. */
  if (g_thread_self () == self->thread)
    g_thread_unref (self->thread);
  else
    g_thread_join (self->thread);

  release_queue (self->queue);

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
  self->queue = g_atomic_rc_box_new0 (Queue);
  g_mutex_init (&self->queue->mutex);
  g_cond_init (&self->queue->cond);
  g_queue_init (&self->queue->jobs);
  self->queue->running_priority = G_MAXINT;
}

CrmWorker *
crm_worker_new (const char *name)
{
  CrmWorker *self = g_object_new (CRM_TYPE_WORKER, NULL);

  self->thread = g_thread_new (name, run_jobs_on_worker, g_atomic_rc_box_acquire (self->queue));

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

  g_mutex_lock (&self->queue->mutex);
  g_queue_insert_sorted (&self->queue->jobs, job, compare_jobs, NULL);
  g_cond_signal (&self->queue->cond);
  g_mutex_unlock (&self->queue->mutex);
}

gboolean
crm_worker_is_wanted (CrmWorker *self)
{
  const Job *job;
  gboolean wanted;

  g_return_val_if_fail (CRM_IS_WORKER (self), FALSE);
  g_return_val_if_fail (g_thread_self () == self->thread, FALSE);

  g_mutex_lock (&self->queue->mutex);
  job = g_queue_peek_head (&self->queue->jobs);
  wanted = job != NULL && job->priority < self->queue->running_priority;
  g_mutex_unlock (&self->queue->mutex);

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
      g_mutex_lock (&self->queue->mutex);
      job = g_queue_pop_head (&self->queue->jobs);
      g_mutex_unlock (&self->queue->mutex);

      run_job (self->queue, job);
    }
}
