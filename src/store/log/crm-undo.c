#include "store/log/crm-action-private.h"

#include "base/crm-bug.h"
#include "base/crm-id.h"
#include "store/crm-index-private.h"
#include "store/log/crm-action-lock-private.h"
#include "store/log/crm-revert-private.h"

/* From so many records on, search rows are made at the end. */
#define BULK_RECORDS 2000

void
crm_undo_result_free (CrmUndoResult *self)
{
  if (self == NULL)
    return;

  g_free (self->action);
  g_free (self->set);
  g_free (self->title);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_free (self);
}

static CrmUndoResult *
new_result (const CrmUndoStep *target, CrmRevert *revert, gint64 n_records)
{
  CrmUndoResult *result = g_new0 (CrmUndoResult, 1);
  g_autoptr (CrmUndoStep) original = NULL;

  /* A redo is named after what it does again. */
  if (target->role == CRM_ROLE_UNDO)
    original = crm_undo_step_load (revert->replica->db, target->target, NULL);
  result->action = g_strdup (original != NULL ? original->action : target->action);
  result->set = g_strdup (target->id);
  result->title = g_strdup (target->title);
  result->n_records = (guint) n_records;
  result->kept = g_ptr_array_ref (revert->kept);

  return result;
}

/* The step that takes @target back. */
static CrmUndoStep *
new_step (CrmReplica *self, const CrmUndoStep *target, CrmStepState state, GError **error)
{
  g_autoptr (CrmUndoStep) step = g_new0 (CrmUndoStep, 1);
  const gboolean redo = target->role == CRM_ROLE_UNDO;

  step->is_group = target->is_group;
  step->action = g_strdup (redo ? "redo" : "undo");
  step->title = g_strdup (target->title);
  step->role = redo ? CRM_ROLE_REDO : CRM_ROLE_UNDO;
  step->state = state;
  step->target = g_strdup (target->id);

  return crm_replica_load_user (self, &step->user, error) ? g_steal_pointer (&step) : NULL;
}

/* In the transaction that ends the undoing. */
static gboolean
mark_target (CrmReplica *self, const CrmUndoStep *target, GError **error)
{
  if (!crm_undo_step_set_state (self->db, target->id, CRM_STATE_UNDONE, error))
    return FALSE;

  /* Undoing an undo makes the original stand again. */
  return target->role != CRM_ROLE_UNDO ||
         crm_undo_step_set_state (self->db, target->target, CRM_STATE_DONE, error);
}

static CrmUndoResult *
revert_single (CrmReplica *self, const CrmUndoStep *target, GError **error)
{
  g_auto (CrmRevert) revert = { NULL };
  g_autoptr (CrmUndoStep) step = new_step (self, target, CRM_STATE_DONE, error);
  g_autoptr (CrmLogWriter) writer = NULL;
  g_autoptr (GPtrArray) edits = NULL;
  guint n_changed = 0;

  crm_revert_init (&revert, self, target->role == CRM_ROLE_DO);
  if (step == NULL || !(writer = crm_log_writer_begin (self, error)) ||
      !(edits = crm_revert_set (&revert, target->first_n, error)) ||
      !crm_log_writer_write (writer, step->action, NULL, NULL, edits, &step->id, &n_changed, error))
    return NULL;

  step->first_n = crm_log_writer_get_n (writer);
  step->last_n = step->first_n;
  step->n_records = n_changed;
  /* All was changed since: nothing was written, and there is nothing to redo. */
  if (step->id != NULL && !crm_undo_step_save (step, self->db, error))
    return NULL;
  if (!mark_target (self, target, error) || !crm_log_writer_commit (writer, error))
    return NULL;

  return new_result (target, &revert, n_changed);
}

/* The group's set before @n, or 0. */
static gboolean
find_earlier (CrmReplica *self,
              const CrmUndoStep *target,
              gint64 n,
              gint64 *earlier,
              GError **error)
{
  static const char sql[] =
      "SELECT max (n) FROM change_set WHERE n < :n AND n >= :first AND group_ = :group";
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  if (!(stmt = crm_db_prepare (self->db, sql, error)))
    return FALSE;

  crm_stmt_bind_int64 (stmt, ":n", n);
  crm_stmt_bind_int64 (stmt, ":first", target->first_n);
  crm_stmt_bind_text (stmt, ":group", target->id);
  step = crm_stmt_step (stmt, error);
  if (step == CRM_STEP_ROW)
    *earlier = crm_stmt_get_int64 (stmt, 0);

  return step == CRM_STEP_ROW;
}

/* Set by set from the last to the first; leaves a transaction open. */
static gboolean
revert_sets (CrmRevert *revert,
             const CrmUndoStep *target,
             CrmGroupWriter *writer,
             CrmProgress *progress,
             GCancellable *cancellable,
             GError **error)
{
  gint64 n = target->last_n + 1;
  guint64 done = 0;

  while (TRUE)
    {
      g_autoptr (GPtrArray) edits = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !crm_group_writer_begin (writer, error) ||
          !find_earlier (revert->replica, target, n, &n, error))
        return FALSE;
      if (n == 0)
        return TRUE;

      if (!(edits = crm_revert_set (revert, n, error)))
        return FALSE;

      done += edits->len;
      if (!crm_group_writer_write (writer, edits, error))
        return FALSE;
      crm_progress_set (progress, done, target->n_records);
    }
}

static CrmUndoResult *
run_group (CrmReplica *self,
           const CrmUndoStep *target,
           CrmGroupWriter *writer,
           CrmProgress *progress,
           GCancellable *cancellable,
           GError **error)
{
  g_auto (CrmRevert) revert = { NULL };
  CrmUndoStep *step = crm_group_writer_get_step (writer);

  crm_revert_init (&revert, self, target->role == CRM_ROLE_DO);

  /* The marker first; see crm-action.c. */
  if (!crm_group_writer_begin (writer, error) || !crm_group_writer_commit (writer, error) ||
      !revert_sets (&revert, target, writer, progress, cancellable, error))
    return NULL;

  step->state = step->last_n > 0 ? CRM_STATE_DONE : CRM_STATE_ABORTED;
  if (!mark_target (self, target, error) || !crm_group_writer_commit (writer, error))
    return NULL;

  return new_result (target, &revert, step->n_records);
}

static CrmUndoResult *
revert_group (CrmReplica *self,
              const CrmUndoStep *target,
              CrmProgress *progress,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree char *id = crm_id_new ();
  g_autoptr (CrmActionLock) lock = NULL;
  g_autoptr (CrmGroupWriter) writer = NULL;
  g_autoptr (GError) abort_error = NULL;
  CrmUndoResult *result;
  CrmUndoStep *step;

  if (!(lock = crm_action_lock_take (self->dir, id, error)) ||
      !(step = new_step (self, target, CRM_STATE_OPEN, error)))
    return NULL;

  step->id = g_strdup (id);
  writer = crm_group_writer_new (self, step, NULL);
  crm_group_writer_set_bulk (writer, target->n_records > BULK_RECORDS);

  result = run_group (self, target, writer, progress, cancellable, error);
  if (result == NULL)
    {
      g_clear_pointer (&writer, crm_group_writer_free);
      if (!crm_undo_abort (self, id, &abort_error))
        g_message ("A stopped undo is taken back at the next start: %s", abort_error->message);
      return NULL;
    }

  crm_index_follow (self);

  return result;
}

static CrmUndoStep *
load_abort_step (CrmReplica *self, const CrmUndoStep *target, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  CrmUndoStep *step = crm_undo_step_load_abort (self->db, target->id, &local_error);

  if (step != NULL || local_error != NULL)
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      return step;
    }

  if (!(step = new_step (self, target, CRM_STATE_ABORTED, error)))
    return NULL;

  step->id = crm_id_new ();
  step->is_group = TRUE;

  return step;
}

static gboolean
abort_step (CrmReplica *replica, const CrmUndoStep *target, GError **error)
{
  g_auto (CrmRevert) revert = { NULL };
  g_autoptr (CrmGroupWriter) writer = NULL;
  CrmUndoStep *step;

  if (!(step = load_abort_step (replica, target, error)))
    return FALSE;

  crm_revert_init (&revert, replica, target->role == CRM_ROLE_DO);
  writer = crm_group_writer_new (replica, step, NULL);
  crm_group_writer_set_bulk (writer, target->n_records > BULK_RECORDS);
  if (!revert_sets (&revert, target, writer, NULL, NULL, error) ||
      !crm_undo_step_set_state (replica->db, target->id, CRM_STATE_ABORTED, error) ||
      !crm_group_writer_commit (writer, error))
    return FALSE;

  if (revert.kept->len > 0)
    g_message ("“%s” did not finish and was taken back; %u records were changed since and stay",
               target->action,
               revert.kept->len);

  crm_index_follow (replica);

  return TRUE;
}

/* Needs no marker of its own: the target stays open until all of it is back, and turning a set
 * around twice does no more than once. */
gboolean
crm_undo_abort (CrmReplica *replica, const char *id, GError **error)
{
  g_autoptr (CrmUndoStep) target = NULL;
  g_autoptr (GCancellable) cancellable = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean done = TRUE;

  /* Most often it is run because the action was cancelled. */
  g_set_object (&cancellable, crm_db_get_cancellable (replica->db));
  crm_db_set_cancellable (replica->db, NULL);

  target = crm_undo_step_load (replica->db, id, &local_error);
  if (target == NULL)
    done = local_error == NULL;
  else if (target->state == CRM_STATE_OPEN)
    done = abort_step (replica, target, &local_error);

  crm_db_set_cancellable (replica->db, cancellable);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return done;
}

gboolean
crm_undo_recover (CrmReplica *replica, GError **error)
{
  g_autoptr (GPtrArray) ids = NULL;

  if (CRM_BUG ("no-recovery"))
    return TRUE;
  if (!(ids = crm_undo_step_list_open (replica->db, error)))
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      g_autoptr (GError) local_error = NULL;
      g_autoptr (CrmActionLock) lock = crm_action_lock_take (replica->dir, id, &local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      /* Another process is at it, alive. */
      if (lock == NULL)
        continue;
      if (!crm_undo_abort (replica, id, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
crm_undo_can_recover (CrmReplica *replica)
{
  g_autoptr (GPtrArray) ids = crm_undo_step_list_open (replica->db, NULL);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (CrmActionLock)
          lock = crm_action_lock_take (replica->dir, g_ptr_array_index (ids, i), NULL);

      if (lock != NULL)
        return TRUE;
    }

  return FALSE;
}

/* What to take back when @set was named: undoing a redo is undoing what it had redone. */
static CrmUndoStep *
load_named (CrmReplica *self, const char *set, GError **error)
{
  g_autoptr (CrmUndoStep) step = crm_undo_step_load (self->db, set, error);

  while (step != NULL && step->role == CRM_ROLE_REDO)
    {
      g_autoptr (CrmUndoStep) undone = crm_undo_step_load (self->db, step->target, error);

      g_clear_pointer (&step, crm_undo_step_free);
      if (undone != NULL)
        step = crm_undo_step_load (self->db, undone->target, error);
    }

  return g_steal_pointer (&step);
}

/* Whose the named set or group is. Always FALSE. */
static gboolean
fail_unknown (CrmReplica *self, const char *set, GError **error)
{
  static const char sql[] = "SELECT user FROM foreign_set WHERE id = ?1 OR group_ = ?1 LIMIT 1";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->db, sql, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, set);
  step = crm_stmt_step (stmt, error);
  if (step == CRM_STEP_ROW)
    g_set_error (error,
                 CRM_STORE_ERROR,
                 CRM_STORE_ERROR_NOT_FOUND,
                 "Change “%s” is of %s and not of this device; set the old values to undo it",
                 set,
                 crm_stmt_get_text (stmt, 0));
  else if (step == CRM_STEP_DONE)
    g_set_error (error,
                 CRM_STORE_ERROR,
                 CRM_STORE_ERROR_NOT_FOUND,
                 "No change “%s” on this device",
                 set);

  return FALSE;
}

/* @set: (nullable): NULL for the last one; @nothing: what is said when there is none */
static gboolean
check_target (CrmReplica *self,
              const CrmUndoStep *target,
              const char *set,
              const char *nothing,
              GError **error)
{
  if (target == NULL && set == NULL)
    g_set_error_literal (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOTHING, nothing);
  else if (target == NULL)
    return fail_unknown (self, set, error);
  else if (target->state == CRM_STATE_OPEN)
    g_set_error (error,
                 CRM_STORE_ERROR,
                 CRM_STORE_ERROR_BUSY,
                 "“%s” is still running; wait until it is done",
                 target->action);
  else if (target->state != CRM_STATE_DONE)
    g_set_error (error,
                 CRM_STORE_ERROR,
                 CRM_STORE_ERROR_NOTHING,
                 "“%s” was taken back already",
                 target->action);
  else
    return TRUE;

  return FALSE;
}

static CrmUndoResult *
revert_step (CrmReplica *self,
             const CrmUndoStep *target,
             CrmProgress *progress,
             GCancellable *cancellable,
             GError **error)
{
  if (target->is_group)
    return revert_group (self, target, progress, cancellable, error);

  return revert_single (self, target, error);
}

typedef CrmUndoStep *(*LoadFunc) (CrmDb *db, const char *user, GError **error);

/* @set: (nullable): else what @load finds. @nothing: what is said when that is nothing */
static CrmUndoResult *
take_back (CrmReplica *self,
           const char *set,
           LoadFunc load,
           const char *nothing,
           CrmProgress *progress,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (CrmUndoStep) target = NULL;
  g_autofree char *user = NULL;
  CrmUndoResult *result = NULL;

  if (crm_replica_check_writable (self, &local_error))
    {
      if (set != NULL)
        target = load_named (self, set, &local_error);
      else if (crm_replica_load_user (self, &user, &local_error))
        target = load (self->db, user, &local_error);
      if (local_error == NULL && check_target (self, target, set, nothing, &local_error))
        result = revert_step (self, target, progress, cancellable, &local_error);
    }

  if (result == NULL)
    {
      crm_store_error_translate (&local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
    }

  return result;
}

CrmUndoResult *
crm_replica_undo (CrmReplica *self,
                  const char *set,
                  CrmProgress *progress,
                  GCancellable *cancellable,
                  GError **error)
{
  g_return_val_if_fail (CRM_IS_REPLICA (self), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  return take_back (self,
                    set,
                    crm_undo_step_load_undoable,
                    "There is nothing to take back",
                    progress,
                    cancellable,
                    error);
}

CrmUndoResult *
crm_replica_redo (CrmReplica *self,
                  CrmProgress *progress,
                  GCancellable *cancellable,
                  GError **error)
{
  g_return_val_if_fail (CRM_IS_REPLICA (self), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  return take_back (self,
                    NULL,
                    crm_undo_step_load_redoable,
                    "There is nothing to do again",
                    progress,
                    cancellable,
                    error);
}

static gboolean
peek (CrmReplica *self, LoadFunc load, char **action, char **title)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *user = crm_replica_dup_user (self);
  g_autoptr (CrmUndoStep) step = load (self->db, user, &error);
  g_autoptr (CrmUndoStep) original = NULL;

  if (error != NULL)
    g_warning ("What can be undone cannot be read: %s", error->message);
  if (step == NULL)
    return FALSE;

  /* A redo is named after what it does again. */
  if (step->role == CRM_ROLE_UNDO)
    original = crm_undo_step_load (self->db, step->target, NULL);
  if (action != NULL)
    *action = g_strdup (original != NULL ? original->action : step->action);
  if (title != NULL)
    *title = g_strdup (step->title);

  return TRUE;
}

gboolean
crm_replica_peek_undo (CrmReplica *self, char **action, char **title)
{
  g_return_val_if_fail (CRM_IS_REPLICA (self), FALSE);

  return peek (self, crm_undo_step_load_undoable, action, title);
}

gboolean
crm_replica_peek_redo (CrmReplica *self, char **action, char **title)
{
  g_return_val_if_fail (CRM_IS_REPLICA (self), FALSE);

  return peek (self, crm_undo_step_load_redoable, action, title);
}
