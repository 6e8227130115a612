#include "store/sync/crm-pull-writer-private.h"

#include "base/crm-bug.h"
#include "store/crm-index-private.h"
#include "store/sync/crm-sync-set-private.h"

#include <string.h>

static void
free_stepped_back (gpointer data)
{
  CrmSteppedBack *item = data;

  g_free (item->id);
  g_free (item->title);
  g_free (item->field);
  g_free (item->old_value);
  g_free (item->new_value);
  g_free (item);
}

void
crm_pull_result_free (CrmPullResult *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->stepped_back, g_ptr_array_unref);
  g_free (self);
}

static gboolean
load_pending (CrmPullWriter *self, GError **error)
{
  gint64 any = 0;

  if (!crm_db_query_int64 (self->replica->db,
                           "SELECT EXISTS (SELECT 1 FROM change_set WHERE n > ifnull ((SELECT"
                           " CAST (value AS INTEGER) FROM sync_state WHERE name = 'acked'), 0))"
                           " OR EXISTS (SELECT 1 FROM change_set WHERE state = 3)",
                           &any,
                           error))
    return FALSE;

  self->any_pending = any != 0;

  return TRUE;
}

CrmPullWriter *
crm_pull_writer_begin (CrmReplica *replica, GError **error)
{
  g_autoptr (CrmPullWriter) self = NULL;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);

  self = g_new0 (CrmPullWriter, 1);
  self->replica = g_object_ref (replica);
  self->past = g_array_new (FALSE, FALSE, sizeof (CrmPastRow));
  g_array_set_clear_func (self->past, crm_pull_past_clear_change);
  self->sums = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->others = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->result = g_new0 (CrmPullResult, 1);
  self->result->stepped_back = g_ptr_array_new_with_free_func (free_stepped_back);

  if (!crm_replica_check_writable (replica, error) ||
      !(self->transaction = crm_transaction_begin (replica->db, CRM_TRANSACTION_WRITE, error)) ||
      !load_pending (self, error) || !crm_row_writer_init (&self->rows, replica, error) ||
      !crm_replica_load_meta_int64 (replica, "chain", 0, &self->chain, error) ||
      !crm_sync_state_load_acked (replica, &self->acked, error))
    {
      crm_store_error_translate (error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
crm_pull_writer_free (CrmPullWriter *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->transaction, crm_transaction_free);
  crm_row_writer_clear (&self->rows);
  g_clear_pointer (&self->past, g_array_unref);
  g_clear_pointer (&self->sums, g_hash_table_unref);
  g_clear_pointer (&self->others, g_hash_table_unref);
  g_clear_pointer (&self->result, crm_pull_result_free);
  g_object_unref (self->replica);
  g_free (self->after);
  g_free (self);
}

gboolean
crm_pull_writer_set_boot (CrmPullWriter *self,
                          gint64 scope,
                          gint64 seq,
                          const char *after,
                          GError **error)
{
  CrmScopeState state;
  gint64 head;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (scope > 0, FALSE);

  if (!crm_sync_state_load_int64 (self->replica, CRM_SYNC_STATE_HEAD, &head, error))
    return crm_store_error_translate (error);
  if (seq < head && !CRM_BUG ("old-boot-page"))
    {
      g_set_error (error,
                   CRM_STORE_ERROR,
                   CRM_STORE_ERROR_STALE,
                   "A page of scope %" G_GINT64_FORMAT " is of %" G_GINT64_FORMAT
                   ", and %" G_GINT64_FORMAT " was pulled already; ask for it again",
                   scope,
                   seq,
                   head);
      return FALSE;
    }
  if (!crm_sync_state_load_scope (self->replica, scope, &state, error))
    return crm_store_error_translate (error);

  self->boot = scope;
  self->force = state == CRM_SCOPE_RECONCILING;
  self->rows.bare = state == CRM_SCOPE_BOOTING;
  g_set_str (&self->after, after);

  return !self->rows.bare || crm_index_set_stale (self->replica, TRUE, error) ||
         crm_store_error_translate (error);
}

/* ---- Scopes ---- */

static gboolean
add_scope (CrmPullWriter *self, gint64 scope, const char *mask, GError **error)
{
  static const char sql[] = "INSERT INTO scope (id, mask, state) VALUES (:id, :mask, 1)"
                            " ON CONFLICT DO UPDATE SET mask = excluded.mask,"
                            " state = CASE WHEN mask IS excluded.mask OR mask IS NULL THEN state"
                            " ELSE max (state, 1) END";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->replica->db, sql, error);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64 (stmt, ":id", scope);
  if (mask != NULL)
    crm_stmt_bind_text (stmt, ":mask", mask);

  return crm_stmt_run (stmt, error);
}

gboolean
crm_pull_writer_add_scope (CrmPullWriter *self, gint64 scope, const char *mask, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (scope > 0, FALSE);

  return add_scope (self, scope, mask, error) || crm_store_error_translate (error);
}

/* ---- Sets ---- */

/* @own: (out): ours is in the log; after a fork the server may name it by the number that it had.
 */
static gboolean
save_own_seq (CrmPullWriter *self, const CrmPulledSet *set, gboolean *own, GError **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->replica->db,
                                             "UPDATE change_set SET seq = ?1 WHERE n = ?2"
                                             " OR id = ?3",
                                             error);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, set->seq);
  crm_stmt_bind_int64_at (stmt, 2, set->n > 0 ? set->n + self->chain : 0);
  crm_stmt_bind_text_at (stmt, 3, set->id);
  if (!crm_stmt_run (stmt, error))
    return FALSE;

  *own = set->n > 0 || crm_db_get_changes (self->replica->db) > 0;

  return TRUE;
}

static gboolean
save_foreign (CrmPullWriter *self, const CrmPulledSet *set, GError **error)
{
  g_hash_table_add (self->others, g_memdup2 (&set->seq, sizeof set->seq));

  return crm_pull_past_save_set (self->replica, set, error);
}

gboolean
crm_pull_writer_add_set (CrmPullWriter *self, const CrmPulledSet *set, GError **error)
{
  gboolean own;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (set != NULL, FALSE);

  return (save_own_seq (self, set, &own, error) && (own || save_foreign (self, set, error))) ||
         crm_store_error_translate (error);
}

gboolean
crm_pull_writer_add_result (CrmPullWriter *self,
                            gint64 n,
                            const char *status,
                            const char *code,
                            const char *const *conflicts,
                            GError **error)
{
  g_autofree char *ids = conflicts != NULL ? g_strjoinv (";", (char **) conflicts) : NULL;
  g_autoptr (CrmStmt) stmt = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (status != NULL, FALSE);

  if (CRM_BUG ("refusal-untold"))
    return TRUE;
  stmt = crm_db_prepare (self->replica->db,
                         "INSERT INTO result (n, status, code, conflicts, seen)"
                         " VALUES (:n, :status, :code, :conflicts, 0) ON CONFLICT DO UPDATE SET"
                         " status = excluded.status, code = excluded.code,"
                         " conflicts = excluded.conflicts WHERE status <> 'parked'",
                         error);
  if (stmt == NULL)
    return crm_store_error_translate (error);

  crm_stmt_bind_int64 (stmt, ":n", n + self->chain);
  crm_stmt_bind_text (stmt, ":status", status);
  if (code != NULL)
    crm_stmt_bind_text (stmt, ":code", code);
  if (ids != NULL && *ids != '\0')
    crm_stmt_bind_text (stmt, ":conflicts", ids);

  return crm_stmt_run (stmt, error) || crm_store_error_translate (error);
}

gboolean
crm_pull_writer_ack (CrmPullWriter *self,
                     gint64 n,
                     const guint8 digest[CRM_SET_DIGEST_SIZE],
                     gboolean *forked,
                     GError **error)
{
  guint8 own[CRM_SET_DIGEST_SIZE];
  const gint64 acked = n + self->chain;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (forked != NULL, FALSE);

  *forked = FALSE;
  if (n <= 0)
    return TRUE;
  if (!crm_sync_set_load_digest (self->replica, acked, own, error))
    return crm_store_error_translate (error);

  *forked = memcmp (own, digest, sizeof own) != 0 && !CRM_BUG ("ack-of-a-twin") &&
            !CRM_BUG ("no-digest-check");
  if (*forked || acked <= self->acked)
    return TRUE;

  return crm_pull_settle (self, acked, error) || crm_store_error_translate (error);
}

/* ---- The end ---- */

static gboolean
save_place (CrmPullWriter *self, const char *cursor, gint64 seq, GError **error)
{
  gint64 head;

  if (!crm_sync_state_load_int64 (self->replica, CRM_SYNC_STATE_HEAD, &head, error))
    return FALSE;
  if (cursor != NULL && !crm_sync_state_save (self->replica, CRM_SYNC_STATE_CURSOR, cursor, error))
    return FALSE;
  if (self->boot != 0 &&
      !crm_sync_state_save (self->replica, CRM_SYNC_STATE_AFTER, self->after, error))
    return FALSE;

  return self->boot != 0 || seq <= head ||
         crm_sync_state_set_int64 (self->replica, CRM_SYNC_STATE_HEAD, seq, error);
}

static gboolean
commit (CrmPullWriter *self, const char *cursor, gint64 seq, GError **error)
{
  CrmCommit noted = { NULL };

  if (!crm_pull_past_write (self, error) || !save_place (self, cursor, seq, error) ||
      !crm_pull_member_flush (self, error) || !crm_row_writer_flush (&self->rows, FALSE, error) ||
      (!self->rows.bare && !crm_pull_note_write (&self->rows, &noted, error)) ||
      !crm_transaction_commit (self->transaction, error))
    return FALSE;

  crm_row_writer_tell (&self->rows, noted);

  return TRUE;
}

CrmPullResult *
crm_pull_writer_finish (CrmPullWriter *self, const char *cursor, gint64 seq, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->result != NULL, NULL);

  /* A setting may have changed the order of names. */
  if (!commit (self, cursor, seq, error) ||
      (self->scrubbed && !crm_pull_scrub_file (self->replica, error)) ||
      (!self->rows.bare && (!crm_index_ensure (self->replica, error) ||
                            !crm_index_catch_up (self->replica, NULL, error))))
    {
      crm_store_error_translate (error);
      return NULL;
    }

  return g_steal_pointer (&self->result);
}

/* ---- A whole scope ---- */

static gboolean
load_boot (CrmReplica *replica, gint64 *scope, GError **error)
{
  return crm_sync_state_load_int64 (replica, CRM_SYNC_STATE_BOOT, scope, error) ||
         crm_store_error_translate (error);
}

gboolean
crm_sync_store_load_boot (CrmReplica *replica, gint64 *scope, char **after, GError **error)
{
  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);
  g_return_val_if_fail (scope != NULL, FALSE);

  return load_boot (replica, scope, error) &&
         (after == NULL || crm_sync_store_load_state (replica, CRM_SYNC_STATE_AFTER, after, error));
}

gboolean
crm_sync_store_load_next_boot (CrmReplica *replica, gint64 *scope, GError **error)
{
  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);
  g_return_val_if_fail (scope != NULL, FALSE);

  if (!load_boot (replica, scope, error))
    return FALSE;

  return *scope != 0 ||
         crm_db_query_int64 (replica->db,
                             "SELECT id FROM scope WHERE state <> 0 ORDER BY id LIMIT 1",
                             scope,
                             error) ||
         crm_store_error_translate (error);
}

static gboolean
begin_boot (CrmReplica *replica, gint64 scope, GError **error)
{
  g_autoptr (CrmTransaction) transaction = NULL;
  CrmScopeState state;

  if (!(transaction = crm_transaction_begin (replica->db, CRM_TRANSACTION_WRITE, error)) ||
      !crm_sync_state_load_scope (replica, scope, &state, error))
    return FALSE;

  if (state == CRM_SCOPE_WHOLE)
    state = CRM_SCOPE_BOOTING;

  return crm_sync_state_save_scope (replica, scope, NULL, state, error) &&
         crm_sync_state_set_int64 (replica, CRM_SYNC_STATE_BOOT, scope, error) &&
         crm_sync_state_save (replica, CRM_SYNC_STATE_AFTER, NULL, error) &&
         crm_transaction_commit (transaction, error);
}

gboolean
crm_sync_store_begin_boot (CrmReplica *replica, gint64 scope, GError **error)
{
  gint64 booting;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);
  g_return_val_if_fail (scope > 0, FALSE);

  if (!load_boot (replica, &booting, error))
    return FALSE;
  if (booting == scope)
    return TRUE;

  return begin_boot (replica, scope, error) || crm_store_error_translate (error);
}

/* What a reconciling boot did not bring. */
static gboolean
remove_unseen (CrmPullWriter *self, gint64 scope, GError **error)
{
  g_autofree char *restored = NULL;

  if (!crm_sync_store_load_state (self->replica, CRM_SYNC_STATE_RESTORED, &restored, error))
    return FALSE;

  self->restored = restored != NULL;

  return crm_pull_remove_members (self, -scope, error);
}

static gboolean
finish_boot (CrmReplica *replica, gint64 scope, GError **error)
{
  g_autoptr (CrmPullWriter) writer = crm_pull_writer_begin (replica, error);
  g_autoptr (CrmPullResult) result = NULL;

  if (writer == NULL || !remove_unseen (writer, scope, error) ||
      !crm_sync_state_save_scope (replica, scope, NULL, CRM_SCOPE_WHOLE, error) ||
      !crm_sync_state_save (replica, CRM_SYNC_STATE_BOOT, NULL, error) ||
      !crm_sync_state_save (replica, CRM_SYNC_STATE_AFTER, NULL, error) ||
      !crm_index_ensure_fresh (replica, error))
    return FALSE;

  /* Everything may have changed: what shows lists reads them again. */
  writer->rows.kinds = G_MAXUINT;
  g_clear_pointer (&writer->rows.ids, g_hash_table_unref);
  result = crm_pull_writer_finish (writer, NULL, 0, error);

  return result != NULL;
}

gboolean
crm_sync_store_finish_boot (CrmReplica *replica, GCancellable *cancellable, GError **error)
{
  gint64 scope;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);

  if (!load_boot (replica, &scope, error))
    return FALSE;
  if (scope == 0)
    return TRUE;

  return (finish_boot (replica, scope, error) &&
          crm_index_catch_up (replica, cancellable, error)) ||
         crm_store_error_translate (error);
}
