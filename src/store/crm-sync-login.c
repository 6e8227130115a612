#include "store/crm-replica-private.h"
#include "store/crm-sync-state-private.h"

#include "db/crm-transaction.h"

static gboolean
rename_author (CrmDb *db, const char *sql, const char *from, const char *to, GError **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, from);
  crm_stmt_bind_text_at (stmt, 2, to);

  return crm_stmt_run (stmt, error);
}

static gboolean
save (CrmReplica *self, const char *company, const char *device, const char *user, GError **error)
{
  g_autofree char *known = NULL;
  g_autofree char *author = NULL;
  g_autoptr (CrmTransaction) transaction = NULL;

  if (!(transaction = crm_transaction_begin (self->db, CRM_TRANSACTION_WRITE, error)) ||
      !crm_sync_store_load_state (self, CRM_SYNC_STATE_USER, &known, error) ||
      !crm_replica_load_user (self, &author, error))
    return FALSE;
  /* Neither is part of a digest. */
  if (known == NULL &&
      (!rename_author (self->db,
                       "UPDATE change_set SET user = ?2 WHERE user = ?1",
                       author,
                       user,
                       error) ||
       !rename_author (self->db, "UPDATE step SET user = ?2 WHERE user = ?1", author, user, error)))
    return FALSE;

  return crm_sync_state_save (self, CRM_SYNC_STATE_COMPANY, company, error) &&
         crm_sync_state_save (self, CRM_SYNC_STATE_DEVICE, device, error) &&
         crm_sync_state_save (self, CRM_SYNC_STATE_USER, user, error) &&
         crm_transaction_commit (transaction, error);
}

gboolean
crm_sync_store_save_login (CrmReplica *replica,
                           const char *company,
                           const char *device,
                           const char *user,
                           GError **error)
{
  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);
  g_return_val_if_fail (user != NULL, FALSE);

  return (crm_replica_check_writable (replica, error) &&
          save (replica, company, device, user, error)) ||
         crm_store_error_translate (error);
}
