#include "crm-sim-replica-private.h"

#include "crm-sim-user.h"

#include "store/crm-backup.h"
#include "store/crm-replica-private.h"
#include "store/sync/crm-sync-store.h"

/* A machine that is killed again and again while it starts. */
#define MAX_KILLS_AT_START 3
/* Percent of the long actions that have more than one set. */
#define MANY_ALONE  8
#define MANY_SHARED 1
#define DAY         (24 * 3600 * (gint64) G_USEC_PER_SEC)

/* What a step leads to when it succeeds. */
typedef enum
{
  STEP_NOTHING,
  STEP_DO,
  STEP_UNDO,
  STEP_REDO,
  /* Done, and not to be undone. */
  STEP_SET,
  /* Undo of what was done before others changed things: it is not known what that gives. */
  STEP_BLIND,
} Step;

static CrmSimModel *
get_expected (CrmSimReplica *self, Step step, CrmSimModel *after)
{
  switch (step)
    {
    case STEP_DO:
    case STEP_SET:
      return after;

    case STEP_UNDO:
      return g_ptr_array_index (self->states, self->position - 1);

    case STEP_REDO:
      return g_ptr_array_index (self->states, self->position + 1);

    case STEP_NOTHING:
    case STEP_BLIND:
    default:
      return crm_sim_replica_get_model (self);
    }
}

static gboolean
is_loading (CrmSimReplica *self)
{
  gint64 scope = 0;

  return crm_sync_store_load_boot (self->replica, &scope, NULL, NULL) && scope != 0;
}

/* The step was made: it is part of what is true from now on. @n: of its first set */
static void
adopt (CrmSimReplica *self, Step step, CrmSimModel *after, gint64 n)
{
  g_autofree char *difference = NULL;

  if (step == STEP_NOTHING)
    return;

  /* What was typed may be there already, hidden until all of it is loaded: then it is no change. */
  if (is_loading (self))
    crm_sim_typed_forget (self->typed, get_expected (self, step, after));
  else
    crm_sim_typed_add (self->typed,
                       crm_sim_replica_get_model (self),
                       get_expected (self, step, after),
                       n);
  if (step == STEP_UNDO)
    self->position--;
  else if (step == STEP_REDO)
    self->position++;
  else if (step == STEP_SET)
    crm_sim_replica_take_model (self, crm_sim_model_copy (after));
  /* A step that changes nothing is none. */
  else if (step == STEP_DO &&
           (difference = crm_sim_model_dup_difference (crm_sim_replica_get_model (self), after)) !=
               NULL)
    {
      g_ptr_array_set_size (self->states, (int) self->position + 1);
      g_ptr_array_add (self->states, crm_sim_model_copy (after));
      self->position++;
    }
}

typedef struct
{
  CrmSimModel *after;
  GPtrArray *ids;
} Arrived;

static void
note_arrived (const char *id, const char *field, const char *value, gpointer data)
{
  Arrived *arrived = data;

  if (*field == '\0' && value != NULL && !crm_sim_model_has (arrived->after, id))
    g_ptr_array_add (arrived->ids, g_strdup (id));
}

/* While a first load is under way its rows are not in the lists; the next start puts those there
 * that have come so far. */
static void
leave_out_arrived (CrmSimReplica *self, CrmSimModel *state, CrmSimModel *after)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  Arrived arrived = { after, ids };

  if (!is_loading (self))
    return;

  crm_sim_model_foreach_difference (crm_sim_replica_get_model (self),
                                    state,
                                    note_arrived,
                                    &arrived);
  for (guint i = 0; i < ids->len; i++)
    crm_sim_model_remove (state, ids->pdata[i]);
}

/* @done: the call succeeded, so only the state after it will do. */
static gboolean
check_state (CrmSimReplica *self,
             Step step,
             CrmSimModel *after,
             gboolean done,
             gint64 n,
             char **failure)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmSimModel) state = crm_sim_model_new_from_replica (self->replica, &error);
  g_autofree char *to_after = NULL;
  g_autofree char *to_before = NULL;

  if (state == NULL)
    return crm_sim_replica_fail (failure, "the records cannot be read: %s", error->message);
  if (step == STEP_BLIND)
    {
      crm_sim_typed_add (self->typed, crm_sim_replica_get_model (self), state, n);
      crm_sim_replica_take_model (self, g_steal_pointer (&state));
      return TRUE;
    }

  /* Killed while a first load was under way: rows show that were hidden, also among those edited.
   */
  if (!done && is_loading (self))
    {
      crm_sim_typed_forget (self->typed, state);
      crm_sim_replica_take_model (self, g_steal_pointer (&state));
      return TRUE;
    }

  leave_out_arrived (self, state, get_expected (self, step, after));
  to_after = crm_sim_model_dup_difference (state, get_expected (self, step, after));
  if (to_after == NULL)
    {
      adopt (self, step, after, n);
      return TRUE;
    }
  if (done)
    return crm_sim_replica_fail (failure, "after the call returned: %s", to_after);

  to_before = crm_sim_model_dup_difference (state, crm_sim_replica_get_model (self));
  if (to_before != NULL)
    return crm_sim_replica_fail (failure,
                                 "neither before (%s) nor after (%s)",
                                 to_before,
                                 to_after);

  return TRUE;
}

static gboolean
run_edit (CrmSimReplica *self, CrmSimRandom *random, CrmSimModel *after, GError **error)
{
  g_autoptr (CrmChangeSet)
      set = crm_sim_user_edit (crm_replica_get_model (self->replica), random, after);

  return crm_replica_apply (self->replica, set, NULL, error);
}

/* Two fields of kinds that others have too, and what the company has one of. */
static gboolean
run_special (CrmSimReplica *self,
             CrmSimEventType type,
             CrmSimRandom *random,
             CrmSimModel *after,
             GError **error)
{
  CrmModel *model = crm_replica_get_model (self->replica);
  g_autoptr (CrmChangeSet) set = type == CRM_SIM_EVENT_TEMPLATE
                                     ? crm_sim_user_edit_template (model, random, after)
                                     : crm_sim_user_give_number (model, random, after);

  return set == NULL || crm_replica_apply (self->replica, set, NULL, error);
}

static gboolean
run_setting (CrmSimReplica *self, CrmSimRandom *random, CrmSimModel *after, GError **error)
{
  const char *name;
  const char *value;

  crm_sim_user_choose_setting (random, after, &name, &value);

  return crm_replica_set_setting (self->replica, name, value, error);
}

static gboolean
run_resolve (CrmSimReplica *self, CrmSimRandom *random, CrmSimModel *after, GError **error)
{
  g_autoptr (CrmChangeSet)
      set = crm_sim_user_resolve (crm_replica_get_model (self->replica), random, after);

  return set == NULL || crm_replica_apply (self->replica, set, NULL, error);
}

/* Somebody else wants to write: a long action commits after each set. */
static gboolean
is_wanted (gpointer data)
{
  return TRUE;
}

static gboolean
run_action (CrmSimReplica *self, CrmSimRandom *random, CrmSimModel *after, GError **error)
{
  /* Where each page has some rows only, they are taken in a hundred steps. */
  const guint many = self->closing != NULL ? MANY_SHARED : MANY_ALONE;
  g_autoptr (GPtrArray)
      records = crm_sim_user_import (crm_replica_get_model (self->replica), random, many, after);
  g_autoptr (CrmAction) action = crm_action_begin (self->replica, "import", NULL, error);

  if (action == NULL)
    return FALSE;

  crm_replica_set_yield_hooks (self->replica,
                               NULL,
                               crm_sim_random_chance (random, 70) ? is_wanted : NULL,
                               NULL);
  crm_action_set_bulk (action, crm_sim_random_chance (random, 30));
  for (guint i = 0; i < records->len; i++)
    if (!crm_action_put (action, records->pdata[i], error))
      return FALSE;

  return crm_action_finish (action, NULL, error);
}

static gboolean
run_undo (CrmSimReplica *self, Step step, GError **error)
{
  g_autoptr (CrmUndoResult) result = step != STEP_REDO
                                         ? crm_replica_undo (self->replica, NULL, NULL, NULL, error)
                                         : crm_replica_redo (self->replica, NULL, NULL, error);

  if (result != NULL || step != STEP_BLIND ||
      !g_error_matches (*error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOTHING))
    return result != NULL;

  g_clear_error (error);

  return TRUE;
}

static Step
choose_step (CrmSimReplica *self, CrmSimEventType type)
{
  switch (type)
    {
    case CRM_SIM_EVENT_EDIT:
    case CRM_SIM_EVENT_ACTION:
    case CRM_SIM_EVENT_RESOLVE:
    case CRM_SIM_EVENT_TEMPLATE:
    case CRM_SIM_EVENT_NUMBER:
      return STEP_DO;

    case CRM_SIM_EVENT_SETTING:
      return STEP_SET;

    case CRM_SIM_EVENT_UNDO:
      return self->position > 0 ? STEP_UNDO : self->log->len > 0 ? STEP_BLIND : STEP_NOTHING;

    case CRM_SIM_EVENT_REDO:
      return self->position + 1 < self->states->len ? STEP_REDO : STEP_NOTHING;

    case CRM_SIM_EVENT_RESTART:
    case CRM_SIM_EVENT_CLOCK:
    case CRM_SIM_EVENT_CHECK:
    case CRM_SIM_EVENT_SYNC:
    case CRM_SIM_EVENT_LATE:
    case CRM_SIM_EVENT_LID:
    case CRM_SIM_EVENT_SIGN_OUT:
    case CRM_SIM_EVENT_TWIN:
    case CRM_SIM_EVENT_JOIN:
    case CRM_SIM_EVENT_REVOKE:
    case CRM_SIM_EVENT_BACKUP:
    case CRM_SIM_EVENT_RESTORE:
    case CRM_SIM_N_EVENTS:
    default:
      return STEP_NOTHING;
    }
}

static void
set_clock (CrmSimReplica *self, CrmSimRandom *random)
{
  static const gint64 offsets[] = {
    0, -3600 * (gint64) G_USEC_PER_SEC, DAY, 3650 * DAY, -3650 * DAY
  };

  self->clock_offset = offsets[crm_sim_random_below (random, G_N_ELEMENTS (offsets))];
}

static gboolean
run_step (CrmSimReplica *self,
          const CrmSimEvent *event,
          Step step,
          CrmSimRandom *random,
          CrmSimModel *after,
          GError **error)
{
  if (event->type == CRM_SIM_EVENT_EDIT)
    return run_edit (self, random, after, error);
  if (event->type == CRM_SIM_EVENT_RESOLVE)
    return run_resolve (self, random, after, error);
  if (event->type == CRM_SIM_EVENT_ACTION)
    return run_action (self, random, after, error);
  if (event->type == CRM_SIM_EVENT_TEMPLATE || event->type == CRM_SIM_EVENT_NUMBER)
    return run_special (self, event->type, random, after, error);
  if (event->type == CRM_SIM_EVENT_SETTING)
    return run_setting (self, random, after, error);
  if (step != STEP_NOTHING)
    return run_undo (self, step, error);
  if (event->type == CRM_SIM_EVENT_CLOCK)
    set_clock (self, random);
  if (event->type != CRM_SIM_EVENT_RESTART)
    return TRUE;

  crm_sim_replica_close (self);

  return crm_sim_replica_open (self, error);
}

gboolean
crm_sim_replica_start_again (CrmSimReplica *self,
                             gboolean power,
                             CrmSimRandom *random,
                             char **failure)
{
  g_autoptr (GError) error = NULL;

  crm_sim_replica_close (self);
  for (guint i = 0; i < MAX_KILLS_AT_START; i++)
    {
      crm_sim_disk_restart (self->disk, power, random);
      if (i + 1 < MAX_KILLS_AT_START && crm_sim_random_chance (random, 30))
        crm_sim_disk_plan (self->disk,
                           CRM_SIM_FAULT_KILL,
                           CRM_SIM_OP_ANY & ~CRM_SIM_OP_READ,
                           crm_sim_random_below (random, 12),
                           1);
      g_clear_error (&error);
      if (crm_sim_replica_open (self, &error))
        break;
      if (!crm_sim_disk_is_dead (self->disk))
        return crm_sim_replica_fail (failure,
                                     "the replica does not open any more: %s",
                                     error->message);
    }
  if (self->replica == NULL)
    return crm_sim_replica_fail (failure, "the replica does not open any more: %s", error->message);
  crm_sim_disk_heal (self->disk);

  return TRUE;
}

gboolean
crm_sim_replica_check (CrmSimReplica *self, char **failure)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = crm_replica_check (self->replica, NULL, &error);

  if (problems == NULL)
    return crm_sim_replica_fail (failure, "checking failed: %s", error->message);
  if (problems->len > 0)
    return crm_sim_replica_fail (failure, "%s", (char *) g_ptr_array_index (problems, 0));

  return TRUE;
}

/* Brings the program back to where its user can go on. */
gboolean
crm_sim_replica_recover (CrmSimReplica *self,
                         const CrmSimEvent *event,
                         gboolean done,
                         CrmSimRandom *random,
                         const GError *error,
                         char **failure)
{
  const gboolean had_fault = crm_sim_disk_has_failed (self->disk);

  self->n_kills += crm_sim_disk_is_dead (self->disk);
  if (crm_sim_disk_is_dead (self->disk))
    return crm_sim_replica_start_again (self, event->power, random, failure);

  crm_sim_disk_heal (self->disk);
  if (!done && !had_fault)
    return crm_sim_replica_fail (failure, "failed for no reason: %s", error->message);
  /* What is half done of an action is taken back at the next start; and some people start their
   * program anew after an error. */
  /* A page that was not read whole is a forged one to SQLCipher, which refuses all work on the
   * connection from then on. */
  if (had_fault && (event->fault_ops & CRM_SIM_OP_READ) != 0)
    return crm_sim_replica_start_again (self, FALSE, random, failure);
  if (!done && (self->replica == NULL || event->type != CRM_SIM_EVENT_EDIT ||
                crm_sim_random_chance (random, 50)))
    return crm_sim_replica_start_again (self, FALSE, random, failure);

  return TRUE;
}

gboolean
crm_sim_replica_run (CrmSimReplica *self, const CrmSimEvent *event, char **told, char **failure)
{
  const gint64 n = self->log->len + 1;
  g_autoptr (CrmSimModel) after = NULL;
  g_autoptr (GError) error = NULL;
  CrmSimRandom random;
  gboolean done;
  Step step;

  crm_sim_random_seed (&random, event->seed);
  if (self->shaky && (!crm_sim_replica_start_again (self, FALSE, &random, failure) ||
                      !crm_sim_replica_take_state (self, failure)))
    return FALSE;
  self->shaky = FALSE;
  step = choose_step (self, event->type);
  /* What is loaded and not shown yet may link to what is undone, which then stays. */
  if (step == STEP_UNDO && is_loading (self))
    step = STEP_BLIND;
  else if (step == STEP_REDO && is_loading (self))
    step = STEP_NOTHING;
  after = crm_sim_model_copy (crm_sim_replica_get_model (self));
  /* Only a program that was just started still reads. */
  if (event->fault_ops == CRM_SIM_OP_READ &&
      !crm_sim_replica_start_again (self, FALSE, &random, failure))
    return FALSE;
  if (event->fault != CRM_SIM_FAULT_NONE)
    crm_sim_disk_plan (self->disk,
                       event->fault,
                       event->fault_ops,
                       event->fault_at,
                       event->fault_times);
  done = run_step (self, event, step, &random, after, &error);
  if (!crm_sim_replica_recover (self, event, done, &random, error, failure) ||
      !crm_sim_replica_check_log (self, step != STEP_NOTHING || !done, failure) ||
      !check_state (self, step, after, done, n, failure))
    return FALSE;
  /* Until a first load is complete its rows are not in the lists. */
  if (event->type == CRM_SIM_EVENT_CHECK && !is_loading (self) &&
      !crm_sim_replica_check (self, failure))
    return FALSE;

  *told = g_strdup_printf ("%s, %u records, %s, %" G_GUINT64_FORMAT " operations",
                           done ? "done" : "failed",
                           crm_sim_model_get_n (crm_sim_replica_get_model (self)),
                           self->log->len > 0
                               ? (char *) g_ptr_array_index (self->log, self->log->len - 1)
                               : "no log",
                           crm_sim_disk_get_n_ops (self->disk));

  return TRUE;
}
