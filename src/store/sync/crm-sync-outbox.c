#include "store/sync/crm-sync-store.h"

#include "base/crm-bug.h"
#include "base/crm-id.h"
#include "db/crm-transaction.h"
#include "store/log/crm-log-writer-private.h"
#include "store/sync/crm-sync-set-private.h"
#include "store/sync/crm-sync-state-private.h"

#include <string.h>

/* The last set that may go: before the first one of a long action that has not finished, which may
 * still be taken back whole. */
static gboolean
load_end (CrmReplica *replica, gint64 *end, GError **error)
{
  static const char open_sql[] =
      "SELECT min (n) - 1 FROM change_set WHERE group_ IN (SELECT id FROM step WHERE state = 2)"
      " AND n > ifnull ((SELECT CAST (value AS INTEGER) FROM sync_state WHERE name = 'acked'), 0)"
      " HAVING min (n) IS NOT NULL";

  return crm_db_query_int64 (replica->db,
                             "SELECT ifnull (max (n), 0) FROM change_set",
                             end,
                             error) &&
         crm_db_query_int64 (replica->db, open_sql, end, error);
}

static gboolean
fill (CrmReplica *replica,
      GPtrArray *sets,
      gint64 n,
      guint max_sets,
      gsize max_bytes,
      GError **error)
{
  guint8 previous[CRM_SET_DIGEST_SIZE];
  gsize size = 0;
  gint64 end = 0;

  if (!load_end (replica, &end, error) ||
      !crm_sync_set_load_digest (replica, n - 1, previous, error))
    return FALSE;

  for (; n <= end && sets->len < max_sets; n++)
    {
      g_autoptr (CrmSyncSet) set = crm_sync_set_load (replica, n, error);

      if (set == NULL)
        return FALSE;
      size += crm_sync_set_get_size (set);
      if (sets->len > 0 && size > max_bytes)
        break;
      if (set->n > 1)
        memcpy (set->previous, previous, sizeof previous);
      memcpy (previous, set->digest, sizeof previous);
      g_ptr_array_add (sets, g_steal_pointer (&set));
    }

  return TRUE;
}

GPtrArray *
crm_sync_store_list_sets (CrmReplica *replica,
                          gint64 after,
                          guint max_sets,
                          gsize max_bytes,
                          GError **error)
{
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_sync_set_free);
  g_autoptr (CrmTransaction) transaction = NULL;
  gint64 chain;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);
  g_return_val_if_fail (after >= 0, NULL);

  if (!(transaction = crm_transaction_begin (replica->db, CRM_TRANSACTION_READ, error)) ||
      !crm_sync_set_load_chain (replica, &chain, error) ||
      !fill (replica, sets, after + 1 + chain, max_sets, max_bytes, error))
    {
      crm_store_error_translate (error);
      return NULL;
    }

  return g_steal_pointer (&sets);
}

/* ---- Parking ---- */

/* What a parked set holds: ids of its records, and of those that it made. */
typedef struct
{
  GHashTable *touched;
  GHashTable *made;
} Parked;

static gboolean
is_on_parked (const CrmSyncSet *set, const Parked *parked)
{
  for (guint i = 0; i < set->ops->len; i++)
    {
      const CrmSyncOp *op = g_ptr_array_index (set->ops, i);

      if (g_hash_table_contains (parked->touched, op->id))
        return TRUE;
      for (guint k = 0; k < op->fields->len; k++)
        {
          const CrmSyncField *field = g_ptr_array_index (op->fields, k);

          if (field->value != NULL && g_hash_table_contains (parked->made, field->value))
            return TRUE;
        }
    }

  return FALSE;
}

static void
add_parked (const Parked *parked, const char *id, gint64 op)
{
  g_hash_table_add (parked->touched, g_strdup (id));
  if (op == CRM_SET_OP_NEW)
    g_hash_table_add (parked->made, g_strdup (id));
}

static gboolean
park_set (CrmReplica *replica,
          gint64 n,
          const CrmSyncSet *set,
          const Parked *parked,
          const char *why,
          GError **error)
{
  static const char sql[] = "INSERT OR REPLACE INTO result (n, status, code, seen)"
                            " VALUES (?1, 'parked', ?2, 0)";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (replica->db, sql, error);

  if (stmt == NULL)
    return FALSE;

  for (guint i = 0; i < set->ops->len; i++)
    {
      const CrmSyncOp *op = g_ptr_array_index (set->ops, i);

      add_parked (parked, op->id, op->op);
    }

  crm_stmt_bind_int64_at (stmt, 1, n);
  if (why != NULL)
    crm_stmt_bind_text_at (stmt, 2, why);

  return crm_stmt_run (stmt, error) &&
         crm_sync_state_run (replica, "UPDATE change_set SET state = 3 WHERE n = ?1", n, error);
}

/* What sets hold that were set aside before, from @first up to before @end; not what was let go. */
static gboolean
take_parked (CrmReplica *replica, gint64 first, gint64 end, const Parked *parked, GError **error)
{
  static const char sql[] = "SELECT c.id, c.op FROM change_set AS s JOIN change AS c"
                            " ON c.nr >= s.n << 10 AND c.nr < (s.n + 1) << 10"
                            " WHERE s.state = 3 AND s.n >= ?1 AND s.n < ?2";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (replica->db, sql, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, first);
  crm_stmt_bind_int64_at (stmt, 2, end);
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    add_parked (parked, crm_stmt_get_text (stmt, 0), crm_stmt_get_int64 (stmt, 1));

  return step == CRM_STEP_DONE;
}

/* From @first on: set @n, and those that build on a parked one. */
static gboolean
park_all (CrmReplica *replica,
          gint64 first,
          gint64 n,
          const char *why,
          guint *n_parked,
          GError **error)
{
  g_autoptr (GHashTable) touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const Parked parked = { touched, made };
  gint64 last = 0;

  *n_parked = 0;
  if (!crm_db_query_int64 (replica->db, "SELECT max (n) FROM change_set", &last, error) ||
      !take_parked (replica, 0, first, &parked, error))
    return FALSE;

  for (gint64 i = first; i <= last; i++)
    {
      g_autoptr (CrmSyncSet) set = crm_sync_set_load (replica, i, error);

      if (set == NULL || (set->parked && !take_parked (replica, i, i + 1, &parked, error)))
        return FALSE;
      if (set->parked || (i != n && !is_on_parked (set, &parked)))
        continue;
      if (!park_set (replica, i, set, &parked, why, error))
        return FALSE;
      (*n_parked)++;
    }

  return *n_parked == 0 || crm_sync_set_rehash (replica, first - 1, error);
}

/* What the server has under a number stays what it is. @n: of the log */
static gboolean
check_unacked (CrmReplica *replica, gint64 n, GError **error)
{
  gint64 acked;

  if (!crm_sync_state_load_acked (replica, &acked, error))
    return FALSE;
  if (n > acked)
    return TRUE;

  g_set_error (error,
               CRM_STORE_ERROR,
               CRM_STORE_ERROR_FAILED,
               "Change set %" G_GINT64_FORMAT " of “%s” is with the server already",
               n,
               replica->dir);

  return FALSE;
}

gboolean
crm_sync_store_park (CrmReplica *replica,
                     gint64 n,
                     const char *why,
                     guint *n_parked,
                     GError **error)
{
  g_autoptr (CrmTransaction) transaction = NULL;
  gint64 chain;
  guint count;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);

  if (!crm_replica_check_writable (replica, error))
    return FALSE;
  if (!(transaction = crm_transaction_begin (replica->db, CRM_TRANSACTION_WRITE, error)) ||
      !crm_sync_set_load_chain (replica, &chain, error) ||
      !check_unacked (replica, n + chain, error) ||
      !park_all (replica, n + chain, n + chain, why, &count, error) ||
      !crm_transaction_commit (transaction, error))
    return crm_store_error_translate (error);

  /* Whoever lists what waits for a decision has to see it. */
  if (replica->commit_hook != NULL)
    replica->commit_hook (&(const CrmCommit) { .kinds = G_MAXUINT }, replica->commit_data);
  if (n_parked != NULL)
    *n_parked = count;

  return TRUE;
}

static gboolean
park_more (CrmReplica *replica, gint64 after, guint *n_parked, GError **error)
{
  static const char sql[] = "SELECT EXISTS (SELECT 1 FROM change_set WHERE state = 3)";
  static const char why[] = "It builds on a change that the server could not take";
  g_autoptr (CrmTransaction) transaction = NULL;
  gint64 any = 0;
  gint64 chain;

  *n_parked = 0;
  if (!crm_db_query_int64 (replica->db, sql, &any, error))
    return FALSE;
  if (any == 0 || CRM_BUG ("parked-alone"))
    return TRUE;

  return crm_replica_check_writable (replica, error) &&
         (transaction = crm_transaction_begin (replica->db, CRM_TRANSACTION_WRITE, error)) &&
         crm_sync_set_load_chain (replica, &chain, error) &&
         park_all (replica, after + 1 + chain, 0, why, n_parked, error) &&
         (*n_parked == 0 || crm_transaction_commit (transaction, error));
}

gboolean
crm_sync_store_park_more (CrmReplica *replica, gint64 after, guint *n_parked, GError **error)
{
  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);
  g_return_val_if_fail (n_parked != NULL, FALSE);

  return park_more (replica, after, n_parked, error) || crm_store_error_translate (error);
}

/* ---- Forking ---- */

gboolean
crm_sync_set_fork (CrmReplica *replica, const char *id, GError **error)
{
  g_autoptr (CrmTransaction) transaction = NULL;
  gint64 acked;

  if (!(transaction = crm_transaction_begin (replica->db, CRM_TRANSACTION_WRITE, error)) ||
      !crm_sync_state_load_acked (replica, &acked, error))
    return FALSE;
  if (CRM_BUG ("fork-forgets"))
    {
      acked += crm_sync_store_get_last (replica) - crm_sync_store_get_acked (replica);
      crm_sync_state_set_int64 (replica, CRM_SYNC_STATE_ACKED, acked, NULL);
    }

  return crm_replica_set_meta (replica, "replica", id, error) &&
         crm_replica_set_meta_int64 (replica, "chain", acked, error) &&
         crm_sync_state_run (replica,
                             "UPDATE change_set SET chain = ?1 WHERE n > ?1",
                             acked,
                             error) &&
         crm_sync_set_rehash (replica, acked, error) &&
         crm_sync_state_save (replica, CRM_SYNC_STATE_DEVICE, NULL, error) &&
         crm_transaction_commit (transaction, error);
}

gboolean
crm_sync_store_fork (CrmReplica *replica, GError **error)
{
  g_autofree char *id = crm_id_new ();

  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);

  if (!crm_replica_check_writable (replica, error) || !crm_sync_set_fork (replica, id, error))
    return crm_store_error_translate (error);

  g_set_str (&replica->id, id);

  return TRUE;
}
