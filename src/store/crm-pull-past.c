#include "store/crm-change-fields-private.h"
#include "store/crm-pull-writer-private.h"

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
