#include "store/sync/crm-sync-store.h"

#include "base/crm-bug.h"
#include "db/crm-transaction.h"
#include "model/crm-value.h"
#include "store/log/crm-change-fields-private.h"
#include "store/log/crm-log-writer-private.h"
#include "store/sync/crm-sync-set-private.h"
#include "store/sync/crm-sync-state-private.h"

static gboolean
save_versions (CrmReplica *replica, const CrmEdit *edit, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET row_seq = ?2, fver = ?3 WHERE nr = ?1",
                                          edit->table->name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (replica->db, sql, error);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, edit->nr);
  crm_stmt_bind_int64_at (stmt, 2, edit->row_seq);
  if (edit->fver != NULL && *edit->fver != '\0')
    crm_stmt_bind_text_at (stmt, 3, edit->fver);
  else
    crm_stmt_bind_null_at (stmt, 3);

  return crm_stmt_run (stmt, error);
}

/* Fields that still have the value of the set are its own again; a colleague's later value is not
 * ours to send. */
static gboolean
reclaim (CrmReplica *replica, gint64 n, const CrmSyncOp *op, GError **error)
{
  g_autoptr (CrmEdit) edit = crm_edit_new (crm_replica_get_table (replica, op->kind), op->id);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));

  if (!crm_edit_load (edit, replica->db, error))
    return FALSE;
  if (edit->old == NULL)
    return TRUE;

  for (guint i = 0; i < op->fields->len; i++)
    {
      const CrmSyncField *field = g_ptr_array_index (op->fields, i);
      const CrmField *described = crm_kind_find_field (op->kind, field->name);

      if (described != NULL &&
          crm_value_equal (field->value, crm_record_get (edit->old, field->name)))
        g_array_append_val (numbers, described->number);
    }

  if (op->op == CRM_SET_OP_NEW)
    edit->row_seq = -n;
  if (numbers->len > 0)
    {
      g_autofree char *fver = crm_fver_set (edit->fver, numbers, -n);

      g_set_str (&edit->fver, fver);
    }

  return save_versions (replica, edit, error);
}

static gboolean
reclaim_sets (CrmReplica *replica, gint64 after, GError **error)
{
  gint64 last = 0;

  if (!crm_db_query_int64 (replica->db, "SELECT ifnull (max (n), 0) FROM change_set", &last, error))
    return FALSE;

  for (gint64 n = after + 1; n <= last; n++)
    {
      g_autoptr (CrmSyncSet) set = crm_sync_set_load (replica, n, error);

      if (set == NULL)
        return FALSE;
      for (guint i = 0; i < set->ops->len; i++)
        if (!reclaim (replica, n, g_ptr_array_index (set->ops, i), error))
          return FALSE;
    }

  return TRUE;
}

/* Of sets that go again without what was taken from them, as the server will see them. */
static gboolean
hash_scrubbed (CrmReplica *replica, gint64 acked, GError **error)
{
  static const char sql[] =
      "SELECT 1 FROM change_set WHERE n > ?1 AND instr (body, '" CRM_SET_BODY_SCRUBBED "') > 0";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (replica->db, sql, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, acked);
  step = crm_stmt_step (stmt, error);
  crm_stmt_reset (stmt);

  return step == CRM_STEP_DONE ||
         (step == CRM_STEP_ROW && crm_sync_set_rehash (replica, acked, error));
}

/* Sets above @acked, of the log, go again: the server has lost them. */
static gboolean
take_back_ack (CrmReplica *replica, gint64 acked, GError **error)
{
  gint64 known;

  if (!crm_sync_state_load_acked (replica, &known, error))
    return FALSE;
  if (acked >= known || CRM_BUG ("restore-heals-nothing"))
    return TRUE;

  return crm_sync_state_run (replica,
                             "UPDATE change_set SET state = 0, seq = NULL"
                             " WHERE n > ?1 AND state < 3",
                             acked,
                             error) &&
         crm_sync_state_run (replica,
                             "DELETE FROM result WHERE n > ?1 AND status <> 'parked'",
                             acked,
                             error) &&
         crm_sync_state_set_int64 (replica, CRM_SYNC_STATE_ACKED, acked, error) &&
         reclaim_sets (replica, acked, error) && hash_scrubbed (replica, acked, error);
}

/* Members wait below zero until the boot brings them. */
static gboolean
unsee (CrmReplica *replica, GError **error)
{
  return crm_db_exec (replica->db,
                      "INSERT OR IGNORE INTO scope (id, state)"
                      " SELECT DISTINCT scope, 2 FROM member WHERE scope > 0;"
                      "UPDATE OR REPLACE member SET scope = -scope WHERE scope > 0;"
                      "DELETE FROM member_sum;"
                      "UPDATE scope SET state = 2;"
                      "DELETE FROM pending_row;",
                      error);
}

/* An earlier call for the same restore, not yet at its end, has changed the epoch already. */
static gboolean
note_restore (CrmReplica *replica, const char *epoch, GError **error)
{
  g_autofree char *known = NULL;
  g_autofree char *noted = NULL;
  gint64 reconciling = 0;
  gboolean restored;

  if (!crm_sync_store_load_state (replica, CRM_SYNC_STATE_EPOCH, &known, error) ||
      !crm_sync_store_load_state (replica, CRM_SYNC_STATE_RESTORED, &noted, error) ||
      !crm_db_query_int64 (replica->db,
                           "SELECT EXISTS (SELECT 1 FROM scope WHERE state = 2)",
                           &reconciling,
                           error))
    return FALSE;

  restored = g_strcmp0 (known, epoch) != 0 || (noted != NULL && reconciling != 0);

  return crm_sync_state_save (replica, CRM_SYNC_STATE_RESTORED, restored ? "1" : NULL, error);
}

static gboolean
forget_place (CrmReplica *replica, const char *epoch, GError **error)
{
  static const char *const names[] = {
    CRM_SYNC_STATE_CURSOR, CRM_SYNC_STATE_HEAD, CRM_SYNC_STATE_BOOT, CRM_SYNC_STATE_AFTER
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (!crm_sync_state_save (replica, names[i], NULL, error))
      return FALSE;

  return crm_sync_state_save (replica, CRM_SYNC_STATE_EPOCH, epoch, error);
}

static gboolean
reconcile (CrmReplica *replica, const char *epoch, gint64 last_n, GError **error)
{
  g_autoptr (CrmTransaction) transaction = NULL;
  gint64 chain;

  if (!(transaction = crm_transaction_begin (replica->db, CRM_TRANSACTION_WRITE, error)) ||
      !crm_sync_set_load_chain (replica, &chain, error))
    return FALSE;

  return take_back_ack (replica, last_n + chain, error) && note_restore (replica, epoch, error) &&
         unsee (replica, error) && forget_place (replica, epoch, error) &&
         crm_transaction_commit (transaction, error);
}

gboolean
crm_sync_store_reconcile (CrmReplica *replica, const char *epoch, gint64 last_n, GError **error)
{
  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);
  g_return_val_if_fail (epoch != NULL, FALSE);

  return (crm_replica_check_writable (replica, error) &&
          reconcile (replica, epoch, last_n, error)) ||
         crm_store_error_translate (error);
}

/* ---- Another company ---- */

static gboolean
has_unsent (CrmReplica *replica, gboolean *unsent, GError **error)
{
  g_autoptr (CrmSyncCounts) counts = crm_sync_store_count (replica, error);

  if (counts == NULL)
    return FALSE;

  *unsent = counts->pending + counts->parked + counts->rejected > 0;

  return TRUE;
}

/* The numbers of the log go on, and what could be undone of it is not there any more. */
static gboolean
move (CrmReplica *replica, const char *id, const char *epoch, GError **error)
{
  g_autoptr (CrmTransaction) transaction = NULL;
  gboolean unsent;

  if (!(transaction = crm_transaction_begin (replica->db, CRM_TRANSACTION_WRITE, error)) ||
      !has_unsent (replica, &unsent, error))
    return FALSE;
  if (unsent)
    {
      g_set_error_literal (error,
                           CRM_STORE_ERROR,
                           CRM_STORE_ERROR_BUSY,
                           "Something here has not reached the server of its company");
      return FALSE;
    }

  return crm_sync_set_fork (replica, id, error) && reconcile (replica, epoch, 0, error) &&
         crm_db_exec (replica->db,
                      "DELETE FROM step; DELETE FROM import_row; DELETE FROM import_run;"
                      "DELETE FROM result;",
                      error) &&
         crm_transaction_commit (transaction, error);
}

gboolean
crm_sync_store_may_move (CrmReplica *replica, gboolean *may, GError **error)
{
  gboolean unsent = TRUE;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);
  g_return_val_if_fail (may != NULL, FALSE);

  if (!has_unsent (replica, &unsent, error))
    return crm_store_error_translate (error);

  *may = !unsent;

  return TRUE;
}

gboolean
crm_sync_store_move (CrmReplica *replica, const char *id, const char *epoch, GError **error)
{
  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);
  g_return_val_if_fail (id != NULL && epoch != NULL, FALSE);

  if (!crm_replica_check_writable (replica, error) || !move (replica, id, epoch, error))
    return crm_store_error_translate (error);

  g_set_str (&replica->id, id);

  return TRUE;
}
