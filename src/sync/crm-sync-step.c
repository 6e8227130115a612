#include "sync/crm-sync-private.h"

#include <string.h>

static void
step_free (gpointer data)
{
  CrmSyncStep *step = data;

  if (step->password != NULL)
    explicit_bzero (step->password, strlen (step->password));
  g_clear_pointer (&step->body, g_bytes_unref);
  g_free (step->token);
  g_free (step->user);
  g_free (step->password);
  g_free (step->device);
  g_free (step->content_type);
  g_free (step);
}

CrmSyncStep *
crm_sync_step_new (CrmSync *self, CrmSyncStepType type)
{
  CrmSyncStep *step = g_new0 (CrmSyncStep, 1);

  step->type = type;
  step->run = self->run;

  return step;
}

/* What a job is given: the object is kept by the callback. */
typedef struct
{
  CrmSync *self;
  CrmSyncStep *step;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  step_free (job->step);
  g_free (job);
}

/* ---- On the writer's thread ---- */

static void
make_machine (CrmSync *self, const CrmSyncStep *step, CrmReplica *replica)
{
  g_clear_pointer (&self->machine, crm_sync_machine_free);
  self->machine = crm_sync_machine_new (replica, step->watch, NULL);
  self->machine_run = step->run;
  self->seen_last = crm_sync_store_get_last (replica);
  crm_sync_machine_set_token (self->machine, step->token);
  if (step->type == CRM_SYNC_STEP_LOGIN)
    crm_sync_machine_set_password (self->machine,
                                   step->user,
                                   step->password,
                                   step->device != NULL ? step->device : g_get_host_name ());
  if (step->may_move)
    crm_sync_machine_allow_move (self->machine);
  crm_sync_machine_start (self->machine);
}

/* What a pull wrote is no change to send. */
static void
look_for_change (CrmSync *self, CrmReplica *replica)
{
  const gint64 last = crm_sync_store_get_last (replica);

  if (last == self->seen_last)
    return;

  self->seen_last = last;
  crm_sync_machine_local_change (self->machine);
}

static void
take_event (CrmSync *self, const CrmSyncStep *step, CrmReplica *replica)
{
  switch (step->type)
    {
    case CRM_SYNC_STEP_START:
    case CRM_SYNC_STEP_LOGIN:
      make_machine (self, step, replica);
      break;

    case CRM_SYNC_STEP_ANSWER:
      crm_sync_machine_response (self->machine,
                                 step->serial,
                                 step->status,
                                 step->content_type,
                                 step->body);
      break;

    case CRM_SYNC_STEP_ERROR:
      crm_sync_machine_network_error (self->machine, step->serial, step->error);
      break;

    case CRM_SYNC_STEP_CHANGE:
      look_for_change (self, replica);
      break;

    case CRM_SYNC_STEP_NETWORK:
      crm_sync_machine_network_available (self->machine);
      break;

    case CRM_SYNC_STEP_TIMER:
      crm_sync_machine_timer (self->machine);
      break;

    default:
      g_assert_not_reached ();
    }
}

/* What comes of a step. */
typedef struct
{
  GPtrArray *actions; /* (element-type CrmSyncAction) */
  double progress;
  guint n_arrived;
} Outcome;

static void
outcome_free (gpointer data)
{
  Outcome *outcome = data;

  g_ptr_array_unref (outcome->actions);
  g_free (outcome);
}

static gpointer
run_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  Outcome *outcome = g_new0 (Outcome, 1);
  const gboolean starts = job->step->type == CRM_SYNC_STEP_START ||
                          job->step->type == CRM_SYNC_STEP_LOGIN;
  CrmSyncMachine *machine;
  CrmSyncAction *action;

  outcome->actions = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_sync_action_free);
  outcome->progress = -1;
  /* Of a run that has ended, or whose machine is still to come. */
  if (g_cancellable_is_cancelled (cancellable) ||
      (!starts && job->step->run != job->self->machine_run))
    return outcome;

  take_event (job->self, job->step, replica);
  machine = job->self->machine;
  while ((action = crm_sync_machine_next_action (machine)) != NULL)
    g_ptr_array_add (outcome->actions, action);
  outcome->progress = crm_sync_machine_get_progress (machine);
  outcome->n_arrived = crm_sync_machine_take_arrived (machine);

  return outcome;
}

/* ---- On the main thread ---- */

typedef struct
{
  CrmSync *self;
  guint run;
} Caller;

static void
stepped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Caller *caller = data;
  g_autoptr (CrmSync) self = caller->self;
  g_autoptr (GError) error = NULL;
  Outcome *outcome = crm_store_run_finish (CRM_STORE (source), result, &error);

  if (outcome == NULL)
    return;

  if (outcome->n_arrived > 0)
    crm_sync_emit_arrived (self, outcome->n_arrived);
  if (caller->run == self->run)
    crm_sync_set_progress (self, outcome->progress);
  for (guint i = 0; i < outcome->actions->len && caller->run == self->run; i++)
    crm_sync_act (self, g_ptr_array_index (outcome->actions, i));
  outcome_free (outcome);
  crm_sync_count (self);
}

void
crm_sync_step_run (CrmSync *self, CrmSyncStep *step)
{
  Job *job = g_new0 (Job, 1);
  Caller *caller = g_new0 (Caller, 1);

  job->self = self;
  job->step = step;
  caller->self = g_object_ref (self);
  caller->run = step->run;
  /* As bulk work, so that none of these is run in the midst of another, and the user's edits go
   * first. */
  crm_store_run_async (self->store,
                       CRM_STORE_BULK,
                       run_on_worker,
                       job,
                       job_free,
                       outcome_free,
                       self->cancellable,
                       stepped_cb,
                       caller);
}
