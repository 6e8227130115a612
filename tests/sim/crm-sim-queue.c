#include "crm-sim-queue.h"

#include "crm-sim-clock.h"

typedef struct
{
  gint64 at;
  guint64 order;
  CrmSimFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Task;

struct _CrmSimQueue
{
  GSequence *tasks;
  guint64 n_added;
};

static void
free_task (gpointer data)
{
  Task *task = data;

  if (task->destroy != NULL)
    task->destroy (task->data);
  g_free (task);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer unused)
{
  const Task *task = a;
  const Task *other = b;

  if (task->at != other->at)
    return task->at < other->at ? -1 : 1;

  return task->order < other->order ? -1 : task->order > other->order;
}

CrmSimQueue *
crm_sim_queue_new (void)
{
  CrmSimQueue *self = g_new0 (CrmSimQueue, 1);

  self->tasks = g_sequence_new (free_task);

  return self;
}

void
crm_sim_queue_free (CrmSimQueue *self)
{
  g_sequence_free (self->tasks);
  g_free (self);
}

void
crm_sim_queue_add (CrmSimQueue *self,
                   gint64 at,
                   CrmSimFunc func,
                   gpointer data,
                   GDestroyNotify destroy)
{
  Task *task = g_new0 (Task, 1);

  *task = (Task) { at, self->n_added++, func, data, destroy };
  g_sequence_insert_sorted (self->tasks, task, compare, NULL);
}

gint64
crm_sim_queue_get_next (CrmSimQueue *self)
{
  return g_sequence_is_empty (self->tasks)
             ? G_MAXINT64
             : ((Task *) g_sequence_get (g_sequence_get_begin_iter (self->tasks)))->at;
}

gboolean
crm_sim_queue_run (CrmSimQueue *self)
{
  Task task;

  if (g_sequence_is_empty (self->tasks))
    return FALSE;

  /* It may add others, so it is taken out first, and freed last. */
  task = *(Task *) g_sequence_get (g_sequence_get_begin_iter (self->tasks));
  ((Task *) g_sequence_get (g_sequence_get_begin_iter (self->tasks)))->destroy = NULL;
  g_sequence_remove (g_sequence_get_begin_iter (self->tasks));
  crm_sim_clock_advance (task.at);
  task.func (task.data);
  if (task.destroy != NULL)
    task.destroy (task.data);

  return TRUE;
}
