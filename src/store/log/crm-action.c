#include "store/log/crm-action-private.h"

#include "base/crm-id.h"
#include "store/crm-index-private.h"
#include "store/log/crm-action-lock-private.h"
#include "store/log/crm-change-set-private.h"
#include "store/log/crm-origin-private.h"

struct _CrmAction
{
  CrmReplica *replica;
  char *group;
  /* Held until the action is finished or taken back. */
  CrmActionLock *lock;
  /* Of all actions of this name; nullable. */
  CrmActionLock *alone;
  CrmGroupWriter *writer;
  /* What does not fill a set yet. */
  CrmChangeSet *set;
  gboolean bulk;
  /* A set could not be written: nothing more is, only taking back remains. */
  gboolean failed;
  gboolean ended;
};

/* The marker is written first of all, so that nothing of the action can be there without it. */
static gboolean
start (CrmAction *self, const char *name, const char *why, GError **error)
{
  CrmUndoStep *step;

  self->lock = crm_action_lock_take (crm_replica_get_dir (self->replica), self->group, error);
  if (self->lock == NULL)
    return FALSE;

  step = g_new0 (CrmUndoStep, 1);
  step->id = g_strdup (self->group);
  step->is_group = TRUE;
  step->action = g_strdup (name);
  step->role = CRM_ROLE_DO;
  step->state = CRM_STATE_OPEN;
  self->writer = crm_group_writer_new (self->replica, step, why);

  return crm_replica_load_user (self->replica, &step->user, error) &&
         crm_group_writer_begin (self->writer, error) &&
         crm_group_writer_commit (self->writer, error);
}

/* @alone: (transfer full) (nullable) */
static CrmAction *
begin (CrmReplica *replica, const char *name, const char *why, CrmActionLock *alone, GError **error)
{
  g_autoptr (CrmAction) self = g_new0 (CrmAction, 1);

  self->replica = g_object_ref (replica);
  self->group = crm_id_new ();
  self->set = crm_change_set_new (name);
  self->alone = alone;

  if (!start (self, name, why, error))
    {
      self->ended = TRUE;
      crm_store_error_translate (error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

CrmAction *
crm_action_begin (CrmReplica *replica, const char *name, const char *why, GError **error)
{
  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return begin (replica, name, why, NULL, error);
}

CrmAction *
crm_action_begin_alone (CrmReplica *replica, const char *name, const char *why, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  CrmActionLock *alone;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (!crm_replica_check_writable (replica, error))
    {
      crm_store_error_translate (error);
      return NULL;
    }
  alone = crm_action_lock_take (crm_replica_get_dir (replica), name, &local_error);
  if (alone != NULL)
    return begin (replica, name, why, alone, error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error,
                 CRM_STORE_ERROR,
                 CRM_STORE_ERROR_BUSY,
                 "Another “%s” is running on “%s”; wait until it is done",
                 name,
                 crm_replica_get_dir (replica));

  return NULL;
}

const char *
crm_action_get_group (CrmAction *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->group;
}

void
crm_action_set_bulk (CrmAction *self, gboolean bulk)
{
  g_return_if_fail (self != NULL);

  self->bulk = bulk;
  crm_group_writer_set_bulk (self->writer, bulk);
}

void
crm_action_set_confirmed (CrmAction *self, gboolean confirmed)
{
  g_return_if_fail (self != NULL);

  crm_group_writer_set_confirmed (self->writer, confirmed);
}

static gboolean
flush (CrmAction *self, GError **error)
{
  g_autoptr (CrmChangeSet) set = g_steal_pointer (&self->set);
  g_autoptr (GPtrArray) edits = NULL;

  self->set = crm_change_set_new (crm_change_set_get_action (set));
  if (self->failed)
    {
      g_set_error (error,
                   CRM_STORE_ERROR,
                   CRM_STORE_ERROR_FAILED,
                   "“%s” failed before and is taken back",
                   crm_change_set_get_action (set));
      return FALSE;
    }
  if (crm_change_set_get_n_records (set) == 0)
    return TRUE;

  self->failed = !crm_group_writer_begin (self->writer, error) ||
                 !(edits = crm_change_set_resolve (set, self->replica, error)) ||
                 !crm_group_writer_write (self->writer, edits, error);

  return !self->failed;
}

gboolean
crm_action_yield (CrmAction *self, GError **error)
{
  g_return_val_if_fail (self != NULL && !self->ended, FALSE);

  return crm_group_writer_yield (self->writer, error) || crm_store_error_translate (error);
}

static gboolean
flush_full (CrmAction *self, GError **error)
{
  if (crm_change_set_get_n_records (self->set) < CRM_CHANGE_SET_MAX)
    return TRUE;

  return flush (self, error) || crm_store_error_translate (error);
}

gboolean
crm_action_put (CrmAction *self, CrmRecord *record, GError **error)
{
  g_return_val_if_fail (self != NULL && !self->ended, FALSE);
  g_return_val_if_fail (CRM_IS_RECORD (record), FALSE);

  crm_change_set_put (self->set, record);

  return flush_full (self, error);
}

gboolean
crm_action_set (CrmAction *self,
                const CrmKind *kind,
                const char *id,
                const char *field,
                const char *value,
                GError **error)
{
  g_return_val_if_fail (self != NULL && !self->ended, FALSE);

  crm_change_set_set (self->set, kind, id, field, value);

  return flush_full (self, error);
}

gboolean
crm_action_delete (CrmAction *self, const CrmKind *kind, const char *id, GError **error)
{
  g_return_val_if_fail (self != NULL && !self->ended, FALSE);

  crm_change_set_delete (self->set, kind, id);

  return flush_full (self, error);
}

/* So many at a time, so that nobody waits long for the writer. */
#define MAX_ORIGINS 4000

static gboolean
keep_origins (CrmAction *self, const GArray *origins, GError **error)
{
  gint64 run = 0;

  if (!flush (self, error))
    return FALSE;
  if (crm_group_writer_get_step (self->writer)->last_n == 0)
    return TRUE;

  for (guint i = 0; i < origins->len; i++)
    {
      if (!crm_group_writer_begin (self->writer, error) ||
          (run == 0 && (run = crm_origin_begin (self->replica->db, self->group, error)) == 0) ||
          !crm_origin_save (self->replica->db, run, &g_array_index (origins, CrmOrigin, i), error))
        return FALSE;
      if (i % MAX_ORIGINS == MAX_ORIGINS - 1 && !crm_group_writer_commit (self->writer, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
crm_action_keep_origins (CrmAction *self, const GArray *origins, GError **error)
{
  g_return_val_if_fail (self != NULL && !self->ended, FALSE);
  g_return_val_if_fail (origins != NULL, FALSE);

  return keep_origins (self, origins, error) || crm_store_error_translate (error);
}

/* The end comes with the last sets in one transaction, or in one of its own, synced. */
static gboolean
finish (CrmAction *self, GError **error)
{
  CrmUndoStep *step = crm_group_writer_get_step (self->writer);

  if (!flush (self, error) || !crm_group_writer_begin (self->writer, error))
    return FALSE;

  /* Nothing written: nothing to undo, so not a step at all. */
  step->state = step->last_n > 0 ? CRM_STATE_DONE : CRM_STATE_ABORTED;

  return crm_group_writer_commit (self->writer, error);
}

gboolean
crm_action_finish (CrmAction *self, guint *n_changed, GError **error)
{
  g_return_val_if_fail (self != NULL && !self->ended, FALSE);

  if (!finish (self, error))
    return crm_store_error_translate (error);

  self->ended = TRUE;
  g_clear_pointer (&self->lock, crm_action_lock_free);
  g_clear_pointer (&self->alone, crm_action_lock_free);
  if (n_changed != NULL)
    *n_changed = (guint) crm_group_writer_get_step (self->writer)->n_records;

  crm_index_follow (self->replica);

  return TRUE;
}

gboolean
crm_action_abort (CrmAction *self, GError **error)
{
  g_return_val_if_fail (self != NULL && !self->ended, FALSE);

  /* What is in the open transaction needs no undo. */
  g_clear_pointer (&self->writer, crm_group_writer_free);
  self->ended = TRUE;

  if (!crm_undo_abort (self->replica, self->group, error))
    return crm_store_error_translate (error);

  g_clear_pointer (&self->lock, crm_action_lock_free);
  g_clear_pointer (&self->alone, crm_action_lock_free);

  return TRUE;
}

void
crm_action_free (CrmAction *self)
{
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return;

  if (!self->ended && !crm_action_abort (self, &error))
    g_message ("An unfinished action is undone at the next start only: %s", error->message);

  g_clear_pointer (&self->writer, crm_group_writer_free);
  g_clear_pointer (&self->lock, crm_action_lock_free);
  g_clear_pointer (&self->alone, crm_action_lock_free);
  g_clear_pointer (&self->set, crm_change_set_free);
  g_object_unref (self->replica);
  g_free (self->group);
  g_free (self);
}
