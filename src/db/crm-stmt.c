#include "db/crm-stmt-private.h"

void
crm_stmt_free (CrmStmt *self)
{
  g_autoptr (CrmDb) db = NULL;

  if (self == NULL)
    return;

  db = g_steal_pointer (&self->db);
  crm_db_take_back (db, self);
}

static void
keep_result (CrmStmt *self, int result)
{
  if (self->bind_result == SQLITE_OK)
    self->bind_result = result;
}

/* 0, which every bind refuses, when there is no such parameter. */
static int
find_place (CrmStmt *self, const char *name)
{
  return sqlite3_bind_parameter_index (self->handle, name);
}

void
crm_stmt_bind_text (CrmStmt *self, const char *name, const char *value)
{
  keep_result (self,
               sqlite3_bind_text (self->handle,
                                  find_place (self, name),
                                  value,
                                  -1,
                                  SQLITE_TRANSIENT));
}

void
crm_stmt_bind_int64 (CrmStmt *self, const char *name, gint64 value)
{
  crm_stmt_bind_int64_at (self, find_place (self, name), value);
}

void
crm_stmt_bind_double (CrmStmt *self, const char *name, double value)
{
  crm_stmt_bind_double_at (self, find_place (self, name), value);
}

void
crm_stmt_bind_blob (CrmStmt *self, const char *name, gconstpointer data, gsize size)
{
  const int place = find_place (self, name);

  keep_result (self, sqlite3_bind_blob64 (self->handle, place, data, size, SQLITE_TRANSIENT));
}

void
crm_stmt_bind_null (CrmStmt *self, const char *name)
{
  crm_stmt_bind_null_at (self, find_place (self, name));
}

void
crm_stmt_bind_text_at (CrmStmt *self, int place, const char *value)
{
  keep_result (self, sqlite3_bind_text (self->handle, place, value, -1, SQLITE_STATIC));
}

void
crm_stmt_bind_int64_at (CrmStmt *self, int place, gint64 value)
{
  keep_result (self, sqlite3_bind_int64 (self->handle, place, value));
}

void
crm_stmt_bind_double_at (CrmStmt *self, int place, double value)
{
  keep_result (self, sqlite3_bind_double (self->handle, place, value));
}

void
crm_stmt_bind_blob_at (CrmStmt *self, int place, gconstpointer data, gsize size)
{
  keep_result (self, sqlite3_bind_blob64 (self->handle, place, data, size, SQLITE_STATIC));
}

void
crm_stmt_bind_null_at (CrmStmt *self, int place)
{
  keep_result (self, sqlite3_bind_null (self->handle, place));
}

CrmStep
crm_stmt_step (CrmStmt *self, GError **error)
{
  int result = self->bind_result;

  if (result != SQLITE_OK)
    {
      g_set_error (error,
                   CRM_DB_ERROR,
                   CRM_DB_ERROR_FAILED,
                   "A value could not be bound to “%s”: %s",
                   self->sql,
                   sqlite3_errstr (result));
      return CRM_STEP_ERROR;
    }

  result = sqlite3_step (self->handle);
  if (result == SQLITE_ROW)
    return CRM_STEP_ROW;
  if (result == SQLITE_DONE)
    return CRM_STEP_DONE;

  crm_db_fail (self->db, result, self->sql, error);

  return CRM_STEP_ERROR;
}

gboolean
crm_stmt_run (CrmStmt *self, GError **error)
{
  CrmStep step;

  do
    step = crm_stmt_step (self, error);
  while (step == CRM_STEP_ROW);

  crm_stmt_reset (self);

  return step == CRM_STEP_DONE;
}

void
crm_stmt_reset (CrmStmt *self)
{
  sqlite3_reset (self->handle);
}

int
crm_stmt_get_n_columns (CrmStmt *self)
{
  return sqlite3_column_count (self->handle);
}

const char *
crm_stmt_get_column_name (CrmStmt *self, int column)
{
  return sqlite3_column_name (self->handle, column);
}

gboolean
crm_stmt_is_null (CrmStmt *self, int column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

const char *
crm_stmt_get_text (CrmStmt *self, int column)
{
  return (const char *) sqlite3_column_text (self->handle, column);
}

char *
crm_stmt_dup_text (CrmStmt *self, int column)
{
  return g_strdup (crm_stmt_get_text (self, column));
}

gint64
crm_stmt_get_int64 (CrmStmt *self, int column)
{
  return sqlite3_column_int64 (self->handle, column);
}

double
crm_stmt_get_double (CrmStmt *self, int column)
{
  return sqlite3_column_double (self->handle, column);
}

gconstpointer
crm_stmt_get_blob (CrmStmt *self, int column, gsize *size)
{
  gconstpointer data = sqlite3_column_blob (self->handle, column);

  if (size != NULL)
    *size = sqlite3_column_bytes (self->handle, column);

  return data;
}
