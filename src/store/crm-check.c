#include "store/crm-backup.h"

#include "model/crm-value.h"
#include "store/crm-copy-private.h"
#include "store/crm-index-private.h"
#include "store/crm-member-sum-private.h"
#include "store/log/crm-change-fields-private.h"
#include "store/log/crm-log-writer-private.h"
#include "store/sync/crm-sync-set-private.h"
#include "store/sync/crm-sync-state-private.h"

#include <string.h>

/* Enough to see what is going on. */
#define MAX_PROBLEMS 100

G_GNUC_PRINTF (2, 3)
static void
add_problem (GPtrArray *problems, const char *format, ...)
{
  va_list args;

  if (problems->len >= MAX_PROBLEMS)
    return;

  va_start (args, format);
  g_ptr_array_add (problems, g_strdup_vprintf (format, args));
  va_end (args);
}

static gboolean
check_set (CrmReplica *self, gint64 n, guint8 *digest, GPtrArray *problems, GError **error)
{
  g_autoptr (CrmSyncSet) set = crm_sync_set_load (self, n, error);
  guint8 stored[CRM_SET_DIGEST_SIZE];

  if (set == NULL)
    return FALSE;

  /* A fork starts another chain. */
  if (set->n > 1)
    memcpy (set->previous, digest, sizeof set->previous);
  memcpy (stored, set->digest, sizeof stored);
  crm_sync_set_hash (set);
  if (!set->scrubbed && memcmp (stored, set->digest, sizeof stored) != 0)
    add_problem (problems, "Change set %" G_GINT64_FORMAT " is not as it was written", n);
  /* Go on from what stands there, to tell one bad set from all that follow. */
  memcpy (digest, stored, sizeof stored);

  return TRUE;
}

static gboolean
check_log (CrmReplica *self, GPtrArray *problems, GCancellable *cancellable, GError **error)
{
  static const char sql[] = "SELECT n FROM change_set ORDER BY n";
  guint8 digest[CRM_SET_DIGEST_SIZE] = { 0 };
  g_autoptr (CrmStmt) stmt = NULL;
  gint64 n_changes = 0;
  gint64 expected = 1;
  CrmStep step;

  if (!(stmt = crm_db_prepare (self->db, sql, error)))
    return FALSE;

  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      const gint64 n = crm_stmt_get_int64 (stmt, 0);

      if (n != expected)
        add_problem (problems, "Change set %" G_GINT64_FORMAT " is missing", expected);
      expected = n + 1;
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !check_set (self, n, digest, problems, error))
        return FALSE;
    }
  if (step == CRM_STEP_ERROR)
    return FALSE;

  if (!crm_db_query_int64 (self->db,
                           "SELECT count(*) FROM change"
                           " WHERE n NOT IN (SELECT n FROM change_set)",
                           &n_changes,
                           error))
    return FALSE;
  if (n_changes > 0)
    add_problem (problems, "%" G_GINT64_FORMAT " changes belong to no set", n_changes);

  return TRUE;
}

/* A record as the log tells it. */
typedef struct
{
  char *id;
  const CrmTable *table;
  CrmRecord *record; /* NULL: not there */
  gboolean unmade;   /* the set that made it was refused, or given up */
  gint64 n;          /* the last set that changed it */
} Replay;

static void
clear_replay (Replay *replay)
{
  g_clear_object (&replay->record);
  g_clear_pointer (&replay->id, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Replay, clear_replay)

static gboolean
replay_change (Replay *replay, CrmChangeOp op, const char *fields, GError **error)
{
  g_autoptr (GArray) changes = crm_change_fields_parse (fields, error);

  if (changes == NULL)
    return FALSE;

  if (op != CRM_CHANGE_SET)
    g_clear_object (&replay->record);
  /* Edited before it was known: it is shown as it was typed until the edit is judged too. */
  if (op == CRM_CHANGE_DELETE || (op == CRM_CHANGE_SET && replay->unmade))
    return TRUE;

  replay->unmade = FALSE;
  if (replay->record == NULL)
    replay->record = crm_record_new (replay->table->kind, replay->id);
  for (guint i = 0; i < changes->len; i++)
    {
      const CrmFieldChange *change = &g_array_index (changes, CrmFieldChange, i);
      const int index = crm_kind_find_index (replay->table->kind, change->name);

      if (index >= 0)
        crm_record_set_at (replay->record, index, change->new_value);
    }

  return TRUE;
}

/* Of a field whose version is the server's, others may have the last word; of the rest the log. */
static gboolean
is_as_replayed (const Replay *replay, const CrmEdit *edit, gint64 acked)
{
  const CrmKind *kind = replay->table->kind;

  if (edit->old == NULL || replay->record == NULL)
    return replay->unmade || (edit->old == NULL && replay->record == NULL) || replay->n <= acked;

  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    if (crm_fver_get (edit->fver, crm_kind_get_field (kind, i)->number, edit->row_seq) < 0 &&
        !crm_value_equal (crm_record_get_at (replay->record, i), crm_record_get_at (edit->old, i)))
      return FALSE;

  return TRUE;
}

static gboolean
compare_replay (CrmReplica *self, Replay *replay, GPtrArray *problems, GError **error)
{
  g_autoptr (CrmEdit) edit = NULL;
  gint64 acked;

  if (replay->id == NULL)
    return TRUE;

  edit = crm_edit_new (replay->table, replay->id);
  if (!crm_edit_load (edit, self->db, error) || !crm_sync_state_load_acked (self, &acked, error))
    return FALSE;
  if (!is_as_replayed (replay, edit, acked))
    add_problem (problems,
                 "%s %s is not as the log tells",
                 crm_kind_get_name (replay->table->kind),
                 replay->id);
  clear_replay (replay);

  return TRUE;
}

/* @stmt: a change. What was refused, or given up, is not in the records. */
static gboolean
replay_row (Replay *replay, CrmStmt *stmt, GError **error)
{
  const CrmChangeOp op = crm_stmt_get_int64 (stmt, 2);

  if (crm_stmt_get_int64 (stmt, 5) != 0)
    {
      replay->unmade |= op == CRM_CHANGE_NEW && replay->record == NULL;
      return TRUE;
    }
  replay->n = crm_stmt_get_int64 (stmt, 4);

  return replay_change (replay, op, crm_stmt_get_text (stmt, 3), error);
}

/* Record by record, each with its changes in order, so memory does not grow with the log. What may
 * not be seen any more is not in the records. */
static gboolean
check_replay (CrmReplica *self, GPtrArray *problems, GCancellable *cancellable, GError **error)
{
  static const char sql[] = "SELECT id, kind, op, fields, nr >> 10,"
                            " (nr >> 10) IN (SELECT n FROM change_set WHERE state IN (2, 4))"
                            " FROM change WHERE id NOT IN"
                            " (SELECT id FROM pending_row WHERE gone = 2) ORDER BY id, nr";
  g_auto (Replay) replay = { NULL };
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  if (!(stmt = crm_db_prepare (self->db, sql, error)))
    return FALSE;

  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      const char *id = crm_stmt_get_text (stmt, 0);
      const CrmKind *kind = crm_model_find_kind_by_number (self->model,
                                                           crm_stmt_get_int64 (stmt, 1));

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (kind == NULL)
        continue;
      if (g_strcmp0 (id, replay.id) != 0)
        {
          if (!compare_replay (self, &replay, problems, error))
            return FALSE;
          replay = (Replay) { .id = g_strdup (id), .table = crm_replica_get_table (self, kind) };
        }
      if (!replay_row (&replay, stmt, error))
        return FALSE;
    }

  return step == CRM_STEP_DONE && compare_replay (self, &replay, problems, error);
}

/* Rows of own making that the log does not know; those of the server have a row_seq above 0. */
static gboolean
check_rows (CrmReplica *self, GPtrArray *problems, GError **error)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      const CrmTable *table = g_ptr_array_index (self->tables, i);
      g_autofree char
          *sql = g_strdup_printf ("SELECT count(*) FROM %s AS t WHERE ifnull (row_seq, -1) < 0"
                                  " AND NOT EXISTS (SELECT 1 FROM change WHERE id = t.id)",
                                  table->name);
      gint64 n = 0;

      if (!crm_db_query_int64 (self->db, sql, &n, error))
        return FALSE;
      if (n > 0)
        add_problem (problems,
                     "%" G_GINT64_FORMAT " records of kind %s are not in the log",
                     n,
                     crm_kind_get_name (table->kind));
    }

  return TRUE;
}

static gboolean
check_sums (CrmReplica *self, GPtrArray *problems, GError **error)
{
  guint n_wrong;

  if (!crm_member_sum_check (self->db, &n_wrong, error))
    return FALSE;
  if (n_wrong > 0)
    add_problem (problems, "The records of %u scopes are not counted right", n_wrong);

  return TRUE;
}

GPtrArray *
crm_replica_check (CrmReplica *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (CRM_IS_REPLICA (self), NULL);
  g_return_val_if_fail (self->db != NULL, NULL);

  if (crm_copy_check (self->db, problems, error) &&
      check_log (self, problems, cancellable, error) &&
      check_replay (self, problems, cancellable, error) && check_rows (self, problems, error) &&
      check_sums (self, problems, error) && crm_index_check (self, problems, cancellable, error))
    return g_steal_pointer (&problems);

  crm_store_error_translate (error);

  return NULL;
}
