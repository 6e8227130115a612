#include "store/log/crm-change-fields-private.h"
#include "store/sync/crm-pull-writer-private.h"

void
crm_pull_past_clear_change (gpointer data)
{
  CrmPastRow *row = data;

  g_free (row->id);
  g_free (row->fields);
}

static void
add_row (CrmPullWriter *self,
         const CrmPullBase *base,
         const char *id,
         gint64 seq,
         CrmChangeOp op,
         const GString *fields)
{
  const CrmPastRow row = { .seq = seq,
                           .kind = crm_kind_get_number (base->table->kind),
                           .id = g_strdup (id),
                           .op = op,
                           .fields = g_strdup (fields->str) };

  g_array_append_val (self->past, row);
}

static gboolean
differs (const CrmPullBase *old, const CrmPullBase *new, guint index)
{
  return g_strcmp0 (old != NULL ? old->values[index] : NULL, new->values[index]) != 0;
}

/* The fields that @seq wrote. */
static void
add_seq (CrmPullWriter *self,
         const char *id,
         const CrmPullBase *old,
         const CrmPullBase *new,
         gint64 seq)
{
  const CrmKind *kind = new->table->kind;
  const gboolean made = old == NULL && seq == new->row_seq;
  g_autoptr (GString) fields = g_string_new (NULL);

  crm_change_fields_begin (fields);
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    if (new->versions[i] == seq && differs (old, new, i))
      crm_change_fields_add (fields,
                             crm_kind_get_field (kind, i)->name,
                             old != NULL ? old->values[i] : NULL,
                             new->values[i],
                             old != NULL ? old->versions[i] : 0);
  crm_change_fields_end (fields);
  add_row (self, new, id, seq, made ? CRM_CHANGE_NEW : CRM_CHANGE_SET, fields);
}

void
crm_pull_past_add (CrmPullWriter *self,
                   const char *id,
                   const CrmPullBase *old,
                   const CrmPullBase *new)
{
  const guint n_fields = crm_kind_get_n_fields (new->table->kind);

  if (self->boot != 0)
    return;

  for (guint i = 0; i < n_fields; i++)
    {
      gboolean first = differs (old, new, i);

      for (guint k = 0; first && k < i; k++)
        first = !differs (old, new, k) || new->versions[k] != new->versions[i];
      if (first)
        add_seq (self, id, old, new, new->versions[i]);
    }
}

void
crm_pull_past_add_gone (CrmPullWriter *self, const char *id, const CrmPullBase *old, gint64 seq)
{
  const CrmKind *kind = old->table->kind;
  g_autoptr (GString) fields = g_string_new (NULL);

  if (seq <= 0 || self->boot != 0)
    return;

  crm_change_fields_begin (fields);
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    if (old->values[i] != NULL)
      crm_change_fields_add (fields,
                             crm_kind_get_field (kind, i)->name,
                             old->values[i],
                             NULL,
                             old->versions[i]);
  crm_change_fields_end (fields);
  add_row (self, old, id, seq, CRM_CHANGE_DELETE, fields);
}

static gboolean
is_foreign (CrmPullWriter *self, gint64 seq, gboolean *foreign, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  *foreign = g_hash_table_contains (self->others, &seq);
  if (*foreign)
    return TRUE;

  stmt = crm_db_prepare (self->replica->db, "SELECT 1 FROM foreign_set WHERE seq = ?1", error);
  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, seq);
  step = crm_stmt_step (stmt, error);
  *foreign = step == CRM_STEP_ROW;

  return step != CRM_STEP_ERROR;
}

static gboolean
write_row (CrmPullWriter *self, const CrmPastRow *row, GError **error)
{
  static const char sql[] = "INSERT INTO foreign_change (id, seq, kind, op, fields)"
                            " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
  g_autoptr (CrmStmt) stmt = NULL;
  gboolean foreign = FALSE;

  if (!is_foreign (self, row->seq, &foreign, error))
    return FALSE;
  /* Our own sets are in the log, and what we may not know the author of is not told. */
  if (!foreign)
    return TRUE;

  if (!(stmt = crm_db_prepare (self->replica->db, sql, error)))
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, row->id);
  crm_stmt_bind_int64_at (stmt, 2, row->seq);
  crm_stmt_bind_int64_at (stmt, 3, row->kind);
  crm_stmt_bind_int64_at (stmt, 4, row->op);
  crm_stmt_bind_text_at (stmt, 5, row->fields);

  return crm_stmt_run (stmt, error);
}

gboolean
crm_pull_past_write (CrmPullWriter *self, GError **error)
{
  for (guint i = 0; i < self->past->len; i++)
    if (!write_row (self, &g_array_index (self->past, CrmPastRow, i), error))
      return FALSE;

  return TRUE;
}

gboolean
crm_pull_past_save_set (CrmReplica *replica, const CrmPulledSet *set, GError **error)
{
  static const char sql[] =
      "INSERT OR REPLACE INTO foreign_set (seq, id, user, device, at, action, why, group_)"
      " VALUES (:seq, :id, :user, :device, :at, :action, :why, :group)";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (replica->db, sql, error);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64 (stmt, ":seq", set->seq);
  crm_stmt_bind_text (stmt, ":id", set->id);
  crm_stmt_bind_text (stmt, ":user", set->user != NULL ? set->user : "");
  crm_stmt_bind_text (stmt, ":device", set->device != NULL ? set->device : "");
  crm_stmt_bind_text (stmt, ":at", set->at != NULL ? set->at : "");
  crm_stmt_bind_text (stmt, ":action", set->action != NULL ? set->action : "");
  crm_stmt_bind_text (stmt, ":why", set->why);
  crm_stmt_bind_text (stmt, ":group", set->group);

  return crm_stmt_run (stmt, error);
}

/* ---- What was asked for ---- */

/* @own: (out): also of the time before a fork, when this replica had another id */
static gboolean
is_own (CrmReplica *replica, const CrmPulledSet *set, gboolean *own, GError **error)
{
  static const char sql[] = "SELECT 1 FROM change_set WHERE id = ?1";
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  *own = set->n > 0;
  if (*own)
    return TRUE;

  if (!(stmt = crm_db_prepare (replica->db, sql, error)))
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, set->id);
  step = crm_stmt_step (stmt, error);
  *own = step == CRM_STEP_ROW;

  return step != CRM_STEP_ERROR;
}

static char *
make_fields (const CrmPulledChange *change)
{
  g_autoptr (GString) fields = g_string_new (NULL);

  crm_change_fields_begin (fields);
  for (guint i = 0; i < change->n_values; i++)
    crm_change_fields_add (fields,
                           change->values[i].name,
                           change->values[i].old_value,
                           change->values[i].value,
                           0);
  crm_change_fields_end (fields);

  return g_string_free_and_steal (g_steal_pointer (&fields));
}

G_STATIC_ASSERT ((int) CRM_SET_OP_NEW == (int) CRM_CHANGE_NEW &&
                 (int) CRM_SET_OP_DELETE == (int) CRM_CHANGE_DELETE);

/* A pull tells of a field only what the last of several sets did, so the server knows better; but
 * of a delete that was pulled all that the record had is kept. */
static gboolean
save_change (CrmReplica *replica,
             const char *id,
             const CrmPulledChange *change,
             gint64 *n_saved,
             GError **error)
{
  static const char sql[] =
      "INSERT INTO foreign_change (id, seq, kind, op, fields) VALUES (?1, ?2, ?3, ?4, ?5)"
      " ON CONFLICT DO UPDATE SET op = excluded.op, fields = excluded.fields"
      " WHERE op <> ?6 AND fields <> excluded.fields";
  const CrmKind *kind = crm_model_find_kind (crm_replica_get_model (replica), change->kind);
  g_autofree char *fields = make_fields (change);
  g_autoptr (CrmStmt) stmt = NULL;
  gboolean own = FALSE;

  if (!is_own (replica, &change->set, &own, error))
    return FALSE;
  if (own || kind == NULL)
    return TRUE;

  if (!crm_pull_past_save_set (replica, &change->set, error) ||
      !(stmt = crm_db_prepare (replica->db, sql, error)))
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, id);
  crm_stmt_bind_int64_at (stmt, 2, change->set.seq);
  crm_stmt_bind_int64_at (stmt, 3, crm_kind_get_number (kind));
  crm_stmt_bind_int64_at (stmt, 4, change->op);
  crm_stmt_bind_text_at (stmt, 5, fields);
  crm_stmt_bind_int64_at (stmt, 6, CRM_CHANGE_DELETE);
  if (!crm_stmt_run (stmt, error))
    return FALSE;

  *n_saved += crm_db_get_changes (replica->db);

  return TRUE;
}

/* The record is as it was, but a window that shows it shows its past too. */
static void
tell (CrmReplica *replica, const char *id)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  const CrmCommit commit = { .ids = ids };

  g_hash_table_add (ids, (gpointer) id);
  if (replica->commit_hook != NULL)
    replica->commit_hook (&commit, replica->commit_data);
}

gboolean
crm_sync_store_save_past (CrmReplica *replica,
                          const char *id,
                          const CrmPulledChange *changes,
                          guint n_changes,
                          GError **error)
{
  g_autoptr (CrmTransaction) transaction = NULL;
  gboolean saved;
  gint64 n_saved = 0;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (changes != NULL || n_changes == 0, FALSE);

  saved = crm_replica_check_writable (replica, error) &&
          (transaction = crm_transaction_begin (replica->db, CRM_TRANSACTION_WRITE, error)) != NULL;
  for (guint i = 0; saved && i < n_changes; i++)
    saved = save_change (replica, id, &changes[i], &n_saved, error);
  if (!saved || !crm_transaction_commit (transaction, error))
    return crm_store_error_translate (error);

  if (n_saved > 0)
    tell (replica, id);

  return TRUE;
}
