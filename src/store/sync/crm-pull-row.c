#include "base/crm-bug.h"
#include "model/crm-builtin.h"
#include "store/log/crm-change-fields-private.h"
#include "store/sync/crm-pull-writer-private.h"

/* ---- The table ---- */

/* @indexes gets the fields that differ. */
static CrmRecord *
make_record (const CrmEdit *edit, const CrmPullBase *target, GArray *indexes)
{
  CrmRecord *record = crm_record_new (edit->table->kind, edit->id);

  for (guint i = 0; i < crm_kind_get_n_fields (edit->table->kind); i++)
    {
      const char *old = edit->old != NULL ? crm_record_get_at (edit->old, i) : NULL;

      if (target->values[i] != NULL)
        crm_record_set_at (record, i, target->values[i]);
      if (g_strcmp0 (old, target->values[i]) != 0)
        g_array_append_val (indexes, i);
    }

  return record;
}

gboolean
crm_pull_row_write (CrmPullWriter *self, CrmEdit *edit, const CrmPullBase *target, GError **error)
{
  g_autoptr (GArray) indexes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *fver = NULL;

  g_clear_object (&edit->new);
  if (!target->exists)
    {
      self->result->n_rows += edit->old != NULL;
      return edit->old == NULL || crm_row_writer_delete (&self->rows, edit, error);
    }

  edit->new = make_record (edit, target, indexes);
  fver = crm_pull_base_dup_fver (target);
  if (edit->old == NULL)
    {
      self->result->n_rows++;
      return crm_row_writer_insert (&self->rows, edit, target->row_seq, fver, error);
    }
  if (indexes->len == 0 && edit->row_seq == target->row_seq && g_strcmp0 (edit->fver, fver) == 0)
    return TRUE;

  self->result->n_rows += indexes->len > 0;

  return crm_row_writer_update (&self->rows, edit, indexes, target->row_seq, fver, error);
}

/* ---- A line of a page ---- */

/* The value as the table gives it back; what the table cannot hold is left empty, for the server
 * keeps it. */
static const char *
normalize (const CrmPulledRow *row,
           const CrmField *field,
           const CrmKind *kind,
           const char *value,
           char buffer[G_ASCII_DTOSTR_BUF_SIZE])
{
  g_autoptr (GError) error = NULL;

  if (value == NULL || *value == '\0')
    return NULL;

  value = crm_table_normalize (kind, field, value, buffer, &error);
  if (value == NULL)
    g_warning ("%s %s came with a bad value: %s", row->kind, row->id, error->message);

  return value;
}

static void
take_field (CrmPullBase *base,
            const CrmPulledRow *row,
            const CrmPulledField *field,
            gboolean force,
            gboolean *named)
{
  const CrmKind *kind = base->table->kind;
  const int index = crm_kind_find_index (kind, field->name);
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (index < 0)
    return;

  named[index] = TRUE;
  if (!force && field->seq <= base->versions[index])
    return;

  crm_pull_base_set (base,
                     (guint) index,
                     normalize (row,
                                crm_kind_get_field (kind, (guint) index),
                                kind,
                                field->value,
                                buffer),
                     field->seq);
}

/* What the row makes of the server's row as it was known. */
static void
take_row (CrmPullBase *base, const CrmPulledRow *row, gboolean force)
{
  const guint n_fields = crm_kind_get_n_fields (base->table->kind);
  g_autofree gboolean *named = g_new0 (gboolean, n_fields);
  gboolean anew = !base->exists || (row->full && (force || row->row_seq > base->row_seq));

  base->exists = TRUE;
  if (anew)
    crm_pull_base_clear (base, row->row_seq);
  for (guint i = 0; i < row->n_fields; i++)
    take_field (base, row, &row->fields[i], force || anew, named);

  for (guint i = 0; (row->full || CRM_BUG ("absence-is-empty")) && !anew && i < n_fields; i++)
    if (!named[i] && base->values[i] != NULL)
      crm_pull_base_set (base, i, NULL, base->versions[i]);
}

static gboolean
fail_partial (const CrmPulledRow *row, GError **error)
{
  g_set_error (error,
               CRM_STORE_ERROR,
               CRM_STORE_ERROR_PARTIAL,
               "Only some fields of %s %s came, which is not here; pull its scopes whole",
               row->kind,
               row->id);

  return FALSE;
}

/* Fields without a change of our own show what the base has. */
static void
show_base (CrmPullBase *local, const CrmPullBase *base)
{
  if (!local->exists || local->row_seq < 0)
    return;

  local->row_seq = base->row_seq;
  for (guint i = 0; i < crm_kind_get_n_fields (local->table->kind); i++)
    if (local->versions[i] >= 0)
      crm_pull_base_set (local, i, base->values[i], base->versions[i]);
}

/* Some own changes of the record are not acknowledged. */
static gboolean
put_under (CrmPullWriter *self, CrmEdit *edit, const CrmPulledRow *row, GError **error)
{
  g_autoptr (CrmPullBase) local = crm_pull_base_new (edit->table);
  g_autoptr (CrmPullBase) base = crm_pull_base_new (edit->table);
  g_autoptr (CrmPullBase) before = crm_pull_base_new (edit->table);

  crm_pull_base_take (local, edit);
  crm_pull_base_take (base, edit);
  if (!crm_pull_base_take_back (base, self->replica, edit->id, self->acked, NULL, error) ||
      !crm_pull_base_load_pending (base, self->replica, edit->id, NULL, error))
    return FALSE;
  if (!base->exists && !row->full)
    return fail_partial (row, error);

  before->exists = base->exists;
  for (guint i = 0; i < crm_kind_get_n_fields (edit->table->kind); i++)
    crm_pull_base_set (before, i, base->values[i], base->versions[i]);

  take_row (base, row, self->force);
  crm_pull_past_add (self, edit->id, before->exists ? before : NULL, base);
  show_base (local, base);

  return crm_pull_row_write (self, edit, local, error) &&
         crm_pull_base_save_pending (base,
                                     self->replica,
                                     edit->id,
                                     local->exists ? local : NULL,
                                     error);
}

static gboolean
put_over (CrmPullWriter *self, CrmEdit *edit, const CrmPulledRow *row, GError **error)
{
  g_autoptr (CrmPullBase) old = crm_pull_base_new (edit->table);
  g_autoptr (CrmPullBase) base = crm_pull_base_new (edit->table);

  crm_pull_base_take (old, edit);
  crm_pull_base_take (base, edit);
  if (!base->exists && !row->full && !CRM_BUG ("partial-row"))
    return fail_partial (row, error);

  take_row (base, row, self->force);
  crm_pull_past_add (self, edit->id, old->exists ? old : NULL, base);

  return crm_pull_row_write (self, edit, base, error);
}

/* Whether own changes of the record wait for the server. */
static gboolean
is_pending (CrmPullWriter *self, const CrmEdit *edit, gboolean *pending, GError **error)
{
  static const char sql[] = "SELECT 1 FROM change WHERE id = ?1 AND " CRM_CHANGE_IS_SHOWN;
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  *pending = edit->old != NULL && crm_fver_is_pending (edit->fver, edit->row_seq);
  if (edit->old != NULL || !self->any_pending)
    return TRUE;

  if (!(stmt = crm_db_prepare (self->replica->db, sql, error)))
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, edit->id);
  crm_stmt_bind_int64_at (stmt, 2, CRM_CHANGE_NR (self->acked + 1, 0));
  step = crm_stmt_step (stmt, error);
  *pending = step == CRM_STEP_ROW;

  return step != CRM_STEP_ERROR;
}

static const CrmTable *
find_table (CrmPullWriter *self, const char *name)
{
  const CrmKind *kind = crm_model_find_kind (self->replica->model, name);

  return kind != NULL ? crm_replica_get_table (self->replica, kind) : NULL;
}

static gboolean
put_row (CrmPullWriter *self, const CrmTable *table, const CrmPulledRow *row, GError **error)
{
  g_autoptr (CrmEdit) edit = crm_edit_new (table, row->id);
  gboolean pending = FALSE;

  if (!crm_edit_load (edit, self->replica->db, error) || !is_pending (self, edit, &pending, error))
    return FALSE;

  return (pending && !CRM_BUG ("pull-over-pending") ? put_under (self, edit, row, error)
                                                    : put_over (self, edit, row, error)) &&
         crm_pull_member_put (self, table, row, error);
}

gboolean
crm_pull_writer_put_row (CrmPullWriter *self, const CrmPulledRow *row, GError **error)
{
  const CrmTable *table;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (row != NULL && row->kind != NULL && row->id != NULL, FALSE);

  table = find_table (self, row->kind);

  return (table != NULL ? put_row (self, table, row, error)
                        : crm_pull_member_put (self, NULL, row, error)) ||
         crm_store_error_translate (error);
}

/* What is left of a row that is removed: nothing, or what came with the program. */
static CrmPullBase *
new_left (CrmPullWriter *self, const CrmTable *table, const char *id)
{
  CrmPullBase *left = crm_pull_base_new (table);
  const int builtin = self->restored ? crm_builtin_find (id) : -1;

  if (builtin >= 0)
    {
      g_autoptr (CrmRecord) record = crm_builtin_new (self->replica->model, (guint) builtin);

      left->exists = TRUE;
      for (guint i = 0; i < crm_kind_get_n_fields (table->kind); i++)
        crm_pull_base_set (left, i, crm_record_get_at (record, i), 0);
    }

  return left;
}

/* What the server had, under own changes, is history too: a conflict may bring it back. */
static gboolean
remove_under (CrmPullWriter *self,
              CrmEdit *edit,
              const CrmPullBase *left,
              gint64 seq,
              GError **error)
{
  g_autoptr (CrmPullBase) local = crm_pull_base_new (edit->table);
  g_autoptr (CrmPullBase) base = crm_pull_base_new (edit->table);

  crm_pull_base_take (local, edit);
  crm_pull_base_take (base, edit);
  if (!crm_pull_base_take_back (base, self->replica, edit->id, self->acked, NULL, error) ||
      !crm_pull_base_load_pending (base, self->replica, edit->id, NULL, error))
    return FALSE;
  if (base->exists)
    crm_pull_past_add_gone (self, edit->id, base, seq);

  return crm_pull_base_save_pending (left,
                                     self->replica,
                                     edit->id,
                                     local->exists ? local : NULL,
                                     error);
}

/* Own changes wait, of a record that may not be seen any more: they alone stay, in the log. */
static gboolean
drop_under (CrmPullWriter *self, CrmEdit *edit, const CrmPullBase *gone, GError **error)
{
  static const char sql[] = "UPDATE pending_row SET gone = 2 WHERE id = ?1";
  g_autoptr (CrmStmt) stmt = NULL;

  if (!crm_pull_row_write (self, edit, gone, error) ||
      !crm_pull_base_save_pending (gone, self->replica, edit->id, NULL, error) ||
      !(stmt = crm_db_prepare (self->replica->db, sql, error)))
    return FALSE;

  if (edit->old != NULL)
    crm_pull_add_stepped_back (self, edit, NULL, NULL, NULL);
  crm_stmt_bind_text_at (stmt, 1, edit->id);

  return crm_stmt_run (stmt, error);
}

gboolean
crm_pull_row_remove (CrmPullWriter *self,
                     const CrmTable *table,
                     const char *id,
                     gint64 seq,
                     GError **error)
{
  g_autoptr (CrmEdit) edit = crm_edit_new (table, id);
  g_autoptr (CrmPullBase) base = crm_pull_base_new (table);
  g_autoptr (CrmPullBase) left = new_left (self, table, id);
  gboolean pending = FALSE;

  if (!crm_edit_load (edit, self->replica->db, error) ||
      !is_pending (self, edit, &pending, error) || !crm_pull_member_remove (self, id, error))
    return FALSE;
  if (pending)
    return self->dropping ? drop_under (self, edit, left, error)
                          : remove_under (self, edit, left, seq, error);

  crm_pull_base_take (base, edit);
  if (base->exists)
    crm_pull_past_add_gone (self, id, base, seq);

  return crm_pull_row_write (self, edit, left, error);
}

gboolean
crm_pull_writer_remove_row (CrmPullWriter *self,
                            const char *kind,
                            const char *id,
                            gint64 seq,
                            GError **error)
{
  const CrmTable *table;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (kind != NULL && id != NULL, FALSE);

  table = find_table (self, kind);

  return (table != NULL ? crm_pull_row_remove (self, table, id, seq, error)
                        : crm_pull_member_remove (self, id, error)) ||
         crm_store_error_translate (error);
}
