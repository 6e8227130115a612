#include "store/log/crm-change-log.h"

#include "store/crm-index-private.h"
#include "store/log/crm-change-set-private.h"
#include "store/log/crm-undo-step-private.h"

static char *
dup_title (GPtrArray *edits)
{
  const CrmEdit *edit;

  if (edits->len != 1)
    return NULL;

  edit = g_ptr_array_index (edits, 0);

  return crm_record_dup_title (edit->new != NULL ? edit->new : edit->old);
}

static gboolean
save_step (CrmReplica *self,
           CrmLogWriter *writer,
           const CrmChangeSet *set,
           const char *id,
           GPtrArray *edits,
           guint n_changed,
           GError **error)
{
  g_autofree char *title = dup_title (edits);
  CrmUndoStep step = {
    .id = (char *) id,
    .first_n = crm_log_writer_get_n (writer),
    .last_n = crm_log_writer_get_n (writer),
    .action = (char *) crm_change_set_get_action (set),
    .user = (char *) crm_log_writer_get_user (writer),
    .title = title,
    .n_records = n_changed,
    .role = CRM_ROLE_DO,
    .state = CRM_STATE_DONE,
  };

  return crm_undo_step_save (&step, self->db, error);
}

static gboolean
apply (CrmReplica *self, CrmChangeSet *set, char **set_id, GError **error)
{
  g_autoptr (CrmLogWriter) writer = NULL;
  g_autoptr (GPtrArray) edits = NULL;
  g_autofree char *id = NULL;
  guint n_changed = 0;

  if (!(writer = crm_log_writer_begin (self, error)))
    return FALSE;
  crm_log_writer_set_confirmed (writer, crm_change_set_is_confirmed (set));
  if (!(edits = crm_change_set_resolve (set, self, error)))
    return FALSE;
  if (!crm_log_writer_write (writer,
                             crm_change_set_get_action (set),
                             crm_change_set_get_why (set),
                             NULL,
                             edits,
                             &id,
                             &n_changed,
                             error))
    return FALSE;

  /* Nothing differed: the transaction goes back unused. */
  if (id == NULL)
    return TRUE;

  if (!save_step (self, writer, set, id, edits, n_changed, error) ||
      !crm_log_writer_commit (writer, error))
    return FALSE;

  if (set_id != NULL)
    *set_id = g_steal_pointer (&id);

  return TRUE;
}

gboolean
crm_replica_apply (CrmReplica *self, CrmChangeSet *set, char **set_id, GError **error)
{
  g_return_val_if_fail (CRM_IS_REPLICA (self), FALSE);
  g_return_val_if_fail (set != NULL, FALSE);

  if (set_id != NULL)
    *set_id = NULL;

  if (crm_change_set_get_n_records (set) > CRM_CHANGE_SET_MAX)
    {
      g_set_error (error,
                   CRM_STORE_ERROR,
                   CRM_STORE_ERROR_FAILED,
                   "A change set of %u records; more than %d is a long action",
                   crm_change_set_get_n_records (set),
                   CRM_CHANGE_SET_MAX);
      return FALSE;
    }

  if (!apply (self, set, set_id, error))
    return crm_store_error_translate (error);

  /* A renamed organisation of thousands: the set is there, the rest of its people follow. */
  crm_index_follow (self);

  return TRUE;
}
