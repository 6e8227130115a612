#include "store/sync/crm-sync-state-private.h"

#include "store/crm-member-sum-private.h"
#include "store/sync/crm-conflict-private.h"
#include "store/sync/crm-sync-set-private.h"

static gboolean
load_state (CrmReplica *replica, const char *name, char **value, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  *value = NULL;
  stmt = crm_db_prepare (replica->db, "SELECT value FROM sync_state WHERE name = :name", error);
  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_text (stmt, ":name", name);
  if ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    *value = crm_stmt_dup_text (stmt, 0);

  return step != CRM_STEP_ERROR;
}

gboolean
crm_sync_store_load_state (CrmReplica *replica, const char *name, char **value, GError **error)
{
  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);
  g_return_val_if_fail (name != NULL && value != NULL, FALSE);

  return load_state (replica, name, value, error) || crm_store_error_translate (error);
}

char *
crm_sync_store_dup_state (CrmReplica *replica, const char *name)
{
  g_autoptr (GError) error = NULL;
  char *value = NULL;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);
  g_return_val_if_fail (replica->db != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (!load_state (replica, name, &value, &error))
    g_warning ("“%s” cannot be read: %s", name, error->message);

  return value;
}

gboolean
crm_sync_state_save (CrmReplica *replica, const char *name, const char *value, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;

  if (!crm_replica_check_writable (replica, error))
    return FALSE;

  stmt = crm_db_prepare (replica->db,
                         value != NULL ? "INSERT INTO sync_state VALUES (:name, :value)"
                                         " ON CONFLICT DO UPDATE SET value = excluded.value"
                                       : "DELETE FROM sync_state WHERE name = :name",
                         error);
  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_text (stmt, ":name", name);
  if (value != NULL)
    crm_stmt_bind_text (stmt, ":value", value);

  return crm_stmt_run (stmt, error);
}

gboolean
crm_sync_store_set_state (CrmReplica *replica, const char *name, const char *value, GError **error)
{
  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  return crm_sync_state_save (replica, name, value, error) || crm_store_error_translate (error);
}

gboolean
crm_sync_state_load_int64 (CrmReplica *replica, const char *name, gint64 *value, GError **error)
{
  g_autofree char *text = NULL;

  *value = 0;
  if (!load_state (replica, name, &text, error))
    return FALSE;
  if (text != NULL)
    *value = g_ascii_strtoll (text, NULL, 10);

  return TRUE;
}

gboolean
crm_sync_state_set_int64 (CrmReplica *replica, const char *name, gint64 value, GError **error)
{
  char text[32];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);

  return crm_sync_state_save (replica, name, text, error);
}

gboolean
crm_sync_state_load_acked (CrmReplica *replica, gint64 *acked, GError **error)
{
  return crm_sync_state_load_int64 (replica, CRM_SYNC_STATE_ACKED, acked, error);
}

static gboolean
load_numbers (CrmReplica *replica, gint64 *acked, gint64 *last, GError **error)
{
  gint64 chain;

  *last = 0;
  if (!crm_sync_set_load_chain (replica, &chain, error) ||
      !crm_sync_state_load_acked (replica, acked, error) ||
      !crm_db_query_int64 (replica->db, "SELECT ifnull (max (n), 0) FROM change_set", last, error))
    return FALSE;

  *acked -= chain;
  *last -= chain;

  return TRUE;
}

gboolean
crm_sync_store_load_numbers (CrmReplica *replica, gint64 *acked, gint64 *last, GError **error)
{
  gint64 n_acked = 0;
  gint64 n_last = 0;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);

  if (!load_numbers (replica, &n_acked, &n_last, error))
    return crm_store_error_translate (error);

  if (acked != NULL)
    *acked = n_acked;
  if (last != NULL)
    *last = n_last;

  return TRUE;
}

static void
get_numbers (CrmReplica *replica, gint64 *acked, gint64 *last)
{
  g_autoptr (GError) error = NULL;

  if (!crm_sync_store_load_numbers (replica, acked, last, &error))
    g_warning ("The outbox cannot be read: %s", error->message);
}

gint64
crm_sync_store_get_acked (CrmReplica *replica)
{
  gint64 acked = 0;

  get_numbers (replica, &acked, NULL);

  return acked;
}

gint64
crm_sync_store_get_last (CrmReplica *replica)
{
  gint64 last = 0;

  get_numbers (replica, NULL, &last);

  return last;
}

gboolean
crm_sync_state_run (CrmReplica *replica, const char *sql, gint64 number, GError **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (replica->db, sql, error);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, number);

  return crm_stmt_run (stmt, error);
}

gboolean
crm_sync_state_load_scope (CrmReplica *replica, gint64 scope, CrmScopeState *state, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  *state = CRM_SCOPE_WHOLE;
  if (!(stmt = crm_db_prepare (replica->db, "SELECT state FROM scope WHERE id = ?1", error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, scope);
  if ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    *state = (CrmScopeState) crm_stmt_get_int64 (stmt, 0);

  return step != CRM_STEP_ERROR;
}

gboolean
crm_sync_state_save_scope (CrmReplica *replica,
                           gint64 scope,
                           const char *mask,
                           CrmScopeState state,
                           GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;

  stmt = crm_db_prepare (replica->db,
                         "INSERT INTO scope (id, mask, state) VALUES (:id, :mask, :state)"
                         " ON CONFLICT DO UPDATE SET mask = ifnull (excluded.mask, mask),"
                         " state = excluded.state",
                         error);
  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64 (stmt, ":id", scope);
  if (mask != NULL)
    crm_stmt_bind_text (stmt, ":mask", mask);
  crm_stmt_bind_int64 (stmt, ":state", state);

  return crm_stmt_run (stmt, error);
}

gboolean
crm_sync_store_load_sum (CrmReplica *replica, gint64 scope, gint64 *n, char **ids, GError **error)
{
  CrmMemberSum sum;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);
  g_return_val_if_fail (n != NULL && ids != NULL, FALSE);

  if (!crm_member_sum_load (replica->db, scope, &sum, error))
    return crm_store_error_translate (error);

  *n = sum.n;
  *ids = crm_id_sum_to_hex (&sum.ids);

  return TRUE;
}

void
crm_sync_counts_free (CrmSyncCounts *self)
{
  if (self == NULL)
    return;

  g_free (self->last_contact);
  g_free (self);
}

static gboolean
count_conflicts (CrmReplica *replica, gint64 *n, GError **error)
{
  const CrmKind *kind = crm_model_find_kind (replica->model, "conflict");

  if (kind == NULL)
    return TRUE;

  return crm_db_query_int64 (replica->db,
                             "SELECT count(*) FROM \"conflict\" WHERE state = 'open'",
                             n,
                             error);
}

CrmSyncCounts *
crm_sync_store_count (CrmReplica *replica, GError **error)
{
  g_autoptr (CrmSyncCounts) self = g_new0 (CrmSyncCounts, 1);

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);

  if (!crm_db_query_int64 (replica->db,
                           "SELECT count(*) FROM change_set WHERE state = 0",
                           &self->pending,
                           error) ||
      !crm_db_query_int64 (replica->db,
                           "SELECT count(*) FROM change_set WHERE state = 3",
                           &self->parked,
                           error) ||
      !crm_db_query_int64 (replica->db,
                           "SELECT count(*) FROM result AS r WHERE " CRM_REFUSAL_IS_OPEN,
                           &self->rejected,
                           error) ||
      !count_conflicts (replica, &self->conflicts, error))
    {
      crm_store_error_translate (error);
      return NULL;
    }
  self->last_contact = crm_sync_store_dup_state (replica, CRM_SYNC_STATE_LAST_CONTACT);

  return g_steal_pointer (&self);
}
