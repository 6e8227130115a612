#include "store/crm-sync-state-private.h"

#include "store/crm-conflict-private.h"
#include "store/crm-sync-set-private.h"

char *
crm_sync_store_dup_state (CrmReplica *replica, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStmt) stmt = NULL;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);
  g_return_val_if_fail (replica->db != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  stmt = crm_db_prepare (replica->db, "SELECT value FROM sync_state WHERE name = :name", &error);
  if (stmt != NULL)
    {
      crm_stmt_bind_text (stmt, ":name", name);
      if (crm_stmt_step (stmt, &error) == CRM_STEP_ROW)
        return crm_stmt_dup_text (stmt, 0);
    }
  if (error != NULL)
    g_warning ("“%s” cannot be read: %s", name, error->message);

  return NULL;
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

gint64
crm_sync_state_get_int64 (CrmReplica *replica, const char *name)
{
  g_autofree char *value = crm_sync_store_dup_state (replica, name);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

gboolean
crm_sync_state_set_int64 (CrmReplica *replica, const char *name, gint64 value, GError **error)
{
  char text[32];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);

  return crm_sync_state_save (replica, name, text, error);
}

gint64
crm_sync_state_get_acked (CrmReplica *replica)
{
  return crm_sync_state_get_int64 (replica, CRM_SYNC_STATE_ACKED);
}

gint64
crm_sync_store_get_acked (CrmReplica *replica)
{
  g_return_val_if_fail (CRM_IS_REPLICA (replica), 0);

  return crm_sync_state_get_acked (replica) - crm_sync_set_load_chain (replica);
}

gint64
crm_sync_store_get_last (CrmReplica *replica)
{
  gint64 last = 0;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), 0);

  crm_db_query_int64 (replica->db, "SELECT ifnull (max (n), 0) FROM change_set", &last, NULL);

  return last - crm_sync_set_load_chain (replica);
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
