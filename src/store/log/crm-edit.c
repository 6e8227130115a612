#include "store/log/crm-log-writer-private.h"

CrmEdit *
crm_edit_new (const CrmTable *table, const char *id)
{
  CrmEdit *self = g_new0 (CrmEdit, 1);

  self->table = table;
  self->id = g_strdup (id);

  return self;
}

void
crm_edit_free (CrmEdit *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->old);
  g_clear_object (&self->new);
  g_free (self->id);
  g_free (self->fver);
  g_free (self);
}

gboolean
crm_edit_load (CrmEdit *self, CrmDb *db, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  if (!(stmt = crm_db_prepare (db, self->table->select_sql, error)))
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, self->id);
  step = crm_stmt_step (stmt, error);
  if (step == CRM_STEP_ROW)
    {
      self->nr = crm_stmt_get_int64 (stmt, 0);
      self->row_seq = crm_stmt_get_int64 (stmt, 1);
      self->fver = crm_stmt_dup_text (stmt, 2);
      self->old = crm_table_read_record (self->table, stmt, 3);
    }

  return step != CRM_STEP_ERROR;
}
