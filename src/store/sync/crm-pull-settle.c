#include "store/sync/crm-pull-writer-private.h"

/* What the server said of the sets that are acknowledged now. */
typedef struct
{
  CrmPullWriter *writer;
  gint64 acked;
  GHashTable *lost; /* (element-type gint64): numbers of sets that lost something */
  GHashTable *refused;
} Settle;

static gboolean
load_results (Settle *self, GError **error)
{
  static const char sql[] = "SELECT n, status FROM result WHERE n > ?1 AND n <= ?2"
                            " AND status IN ('conflict', 'rejected')";
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  if (!(stmt = crm_db_prepare (self->writer->replica->db, sql, error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, self->writer->acked);
  crm_stmt_bind_int64_at (stmt, 2, self->acked);
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      const gint64 n = crm_stmt_get_int64 (stmt, 0);

      g_hash_table_add (self->lost, g_memdup2 (&n, sizeof n));
      if (g_strcmp0 (crm_stmt_get_text (stmt, 1), "rejected") == 0)
        g_hash_table_add (self->refused, g_memdup2 (&n, sizeof n));
    }

  return step == CRM_STEP_DONE;
}

void
crm_pull_add_stepped_back (CrmPullWriter *self,
                           const CrmEdit *edit,
                           const CrmField *field,
                           const char *old_value,
                           const char *new_value)
{
  CrmSteppedBack *item = g_new0 (CrmSteppedBack, 1);

  item->kind = edit->table->kind;
  item->id = g_strdup (edit->id);
  item->title = crm_record_dup_title (edit->old != NULL ? edit->old : edit->new);
  item->field = field != NULL ? g_strdup (field->name) : NULL;
  item->old_value = g_strdup (old_value);
  item->new_value = g_strdup (new_value);
  g_ptr_array_add (self->result->stepped_back, item);
}

/* After the row was written: edit->old is what was shown, edit->new what is. */
static void
report (Settle *self, const CrmEdit *edit, const CrmPullBase *local, const CrmPullBase *target)
{
  if (local->exists != target->exists)
    {
      crm_pull_add_stepped_back (self->writer, edit, NULL, NULL, NULL);
      return;
    }

  for (guint i = 0; local->exists && i < crm_kind_get_n_fields (edit->table->kind); i++)
    {
      const gint64 n = -local->versions[i];

      if (n > 0 && n <= self->acked && g_hash_table_contains (self->lost, &n) &&
          g_strcmp0 (local->values[i], target->values[i]) != 0)
        crm_pull_add_stepped_back (self->writer,
                                   edit,
                                   crm_kind_get_field (edit->table->kind, i),
                                   local->values[i],
                                   target->values[i]);
    }
}

/* Of the sets acknowledged now, the last that deleted the record; 0 when none or it was made anew.
 */
static gboolean
load_deleter (Settle *self, const char *id, gint64 *n, GError **error)
{
  static const char sql[] = "SELECT nr >> 10, op FROM change WHERE id = ?1 AND nr < ?2"
                            " ORDER BY nr DESC LIMIT 1";
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  *n = 0;
  if (!(stmt = crm_db_prepare (self->writer->replica->db, sql, error)))
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, id);
  crm_stmt_bind_int64_at (stmt, 2, CRM_CHANGE_NR (self->acked + 1, 0));
  step = crm_stmt_step (stmt, error);
  if (step == CRM_STEP_ROW && crm_stmt_get_int64 (stmt, 1) == CRM_CHANGE_DELETE)
    *n = crm_stmt_get_int64 (stmt, 0);

  return step != CRM_STEP_ERROR;
}

/* A delete that was taken needs no word of the pull. */
static gboolean
settle_delete (Settle *self, CrmPullBase *base, const char *id, gboolean found, GError **error)
{
  gint64 n = 0;

  if (found || !base->exists)
    return TRUE;
  if (!load_deleter (self, id, &n, error))
    return FALSE;

  if (n > self->writer->acked && !g_hash_table_contains (self->refused, &n))
    base->exists = FALSE;

  return TRUE;
}

/* The server's row, when the acknowledged sets are in it. */
static gboolean
load_base (Settle *self, CrmPullBase *base, const CrmEdit *edit, GError **error)
{
  CrmPullWriter *writer = self->writer;
  gboolean found = FALSE;

  crm_pull_base_take (base, edit);

  return crm_pull_base_take_back (base, writer->replica, edit->id, writer->acked, NULL, error) &&
         crm_pull_base_load_pending (base, writer->replica, edit->id, &found, error) &&
         settle_delete (self, base, edit->id, found, error);
}

static gboolean
drop_pending (CrmPullWriter *writer, const char *id, GError **error)
{
  g_autoptr (CrmStmt)
      stmt = crm_db_prepare (writer->replica->db, "DELETE FROM pending_row WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, id);

  return crm_stmt_run (stmt, error);
}

/* Writes the row that @base is under what is not acknowledged; @edit is loaded. @local and @target
 * are filled: what was shown, and what is. */
static gboolean
write_over (CrmPullWriter *writer,
            CrmEdit *edit,
            const CrmPullBase *base,
            gint64 acked,
            CrmPullBase *local,
            CrmPullBase *target,
            GError **error)
{
  guint n_left = 0;

  crm_pull_base_take (local, edit);
  crm_pull_base_copy (target, base);
  if (!crm_pull_base_overlay (target,
                              writer->replica,
                              edit->id,
                              acked,
                              local->exists ? local : NULL,
                              &n_left,
                              error) ||
      !crm_pull_row_write (writer, edit, target, error))
    return FALSE;

  if (n_left == 0)
    return drop_pending (writer, edit->id, error);

  return crm_pull_base_save_pending (base,
                                     writer->replica,
                                     edit->id,
                                     target->exists ? target : NULL,
                                     error);
}

static gboolean
settle_record (Settle *self, const CrmTable *table, const char *id, GError **error)
{
  CrmPullWriter *writer = self->writer;
  g_autoptr (CrmEdit) edit = crm_edit_new (table, id);
  g_autoptr (CrmPullBase) local = crm_pull_base_new (table);
  g_autoptr (CrmPullBase) base = crm_pull_base_new (table);
  g_autoptr (CrmPullBase) target = crm_pull_base_new (table);

  if (!crm_edit_load (edit, writer->replica->db, error) || !load_base (self, base, edit, error) ||
      !write_over (writer, edit, base, self->acked, local, target, error))
    return FALSE;

  report (self, edit, local, target);

  return TRUE;
}

/* Each record once. */
static gboolean
settle_all (Settle *self, GError **error)
{
  static const char sql[] = "SELECT DISTINCT kind, id FROM change WHERE nr >= ?1 AND nr < ?2";
  CrmPullWriter *writer = self->writer;
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  if (!(stmt = crm_db_prepare (writer->replica->db, sql, error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, CRM_CHANGE_NR (writer->acked + 1, 0));
  crm_stmt_bind_int64_at (stmt, 2, CRM_CHANGE_NR (self->acked + 1, 0));
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      const gint64 number = crm_stmt_get_int64 (stmt, 0);
      const CrmKind *kind = crm_model_find_kind_by_number (writer->replica->model, (guint) number);

      if (kind != NULL && !settle_record (self,
                                          crm_replica_get_table (writer->replica, kind),
                                          crm_stmt_get_text (stmt, 1),
                                          error))
        return FALSE;
    }

  return step == CRM_STEP_DONE;
}

static gboolean
save_states (Settle *self, GError **error)
{
  static const char sql[] = "UPDATE change_set SET state = CASE WHEN n IN"
                            " (SELECT n FROM result WHERE status = 'rejected') THEN 2 ELSE 1 END"
                            " WHERE n > ?1 AND n <= ?2 AND state = 0";
  CrmPullWriter *writer = self->writer;
  g_autoptr (CrmStmt) stmt = crm_db_prepare (writer->replica->db, sql, error);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, writer->acked);
  crm_stmt_bind_int64_at (stmt, 2, self->acked);

  return crm_stmt_run (stmt, error) &&
         crm_sync_state_set_int64 (writer->replica, CRM_SYNC_STATE_ACKED, self->acked, error);
}

gboolean
crm_pull_settle (CrmPullWriter *writer, gint64 acked, GError **error)
{
  g_autoptr (GHashTable) lost = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable)
      refused = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Settle self = { writer, acked, lost, refused };
  gint64 any_dropped = 0;

  if (!crm_db_query_int64 (writer->replica->db,
                           "SELECT EXISTS (SELECT 1 FROM pending_row WHERE gone = 2)",
                           &any_dropped,
                           error) ||
      !load_results (&self, error) || !settle_all (&self, error) || !save_states (&self, error))
    return FALSE;

  writer->acked = acked;

  return any_dropped == 0 || crm_pull_scrub (writer, error);
}

/* ---- Letting go ---- */

/* A record of sets that are let go, as the server has it. */
typedef struct
{
  CrmEdit *edit;
  CrmPullBase *base;
} Freed;

static void
clear_freed (gpointer data)
{
  Freed *freed = data;

  crm_edit_free (freed->edit);
  crm_pull_base_free (freed->base);
}

static gboolean
add_freed (CrmPullWriter *writer, GArray *records, GHashTable *ids, CrmStmt *stmt, GError **error)
{
  const gint64 number = crm_stmt_get_int64 (stmt, 0);
  const CrmKind *kind = crm_model_find_kind_by_number (writer->replica->model, (guint) number);
  const char *id = crm_stmt_get_text (stmt, 1);
  const CrmTable *table = kind != NULL ? crm_replica_get_table (writer->replica, kind) : NULL;
  Freed freed;

  if (table == NULL || !g_hash_table_add (ids, g_strdup (id)))
    return TRUE;

  freed = (Freed) { crm_edit_new (table, id), crm_pull_base_new (table) };
  g_array_append_val (records, freed);
  if (!crm_edit_load (freed.edit, writer->replica->db, error))
    return FALSE;

  crm_pull_base_take (freed.base, freed.edit);

  return crm_pull_base_take_back (freed.base, writer->replica, id, writer->acked, NULL, error) &&
         crm_pull_base_load_pending (freed.base, writer->replica, id, NULL, error);
}

static gboolean
load_freed (CrmPullWriter *writer, gint64 n, GArray *records, GHashTable *ids, GError **error)
{
  static const char sql[] = "SELECT kind, id FROM change WHERE nr >= ?1 AND nr < ?2";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (writer->replica->db, sql, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, CRM_CHANGE_NR (n, 0));
  crm_stmt_bind_int64_at (stmt, 2, CRM_CHANGE_NR (n + 1, 0));
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    if (!add_freed (writer, records, ids, stmt, error))
      return FALSE;

  return step == CRM_STEP_DONE;
}

static gboolean
write_freed (CrmPullWriter *writer, const Freed *freed, GError **error)
{
  g_autoptr (CrmPullBase) local = crm_pull_base_new (freed->base->table);
  g_autoptr (CrmPullBase) target = crm_pull_base_new (freed->base->table);

  return write_over (writer, freed->edit, freed->base, writer->acked, local, target, error);
}

/* The bases first, while the log still says that the sets are shown. */
gboolean
crm_pull_let_go (CrmPullWriter *writer, const GArray *numbers, GError **error)
{
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (Freed));
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_array_set_clear_func (records, clear_freed);
  for (guint i = 0; i < numbers->len; i++)
    if (!load_freed (writer, g_array_index (numbers, gint64, i), records, ids, error))
      return FALSE;

  for (guint i = 0; i < numbers->len; i++)
    if (!crm_sync_state_run (writer->replica,
                             "UPDATE change_set SET state = 4 WHERE n = ?1 AND state = 3",
                             g_array_index (numbers, gint64, i),
                             error))
      return FALSE;

  for (guint i = 0; i < records->len; i++)
    if (!write_freed (writer, &g_array_index (records, Freed, i), error))
      return FALSE;

  return TRUE;
}
