#include "store/log/crm-undo-step-private.h"

/* Not one set that the server refused, or that was let go: it stands nowhere. */
#define STANDS                                                                                     \
  " (is_group OR NOT EXISTS (SELECT 1 FROM change_set WHERE n = last_n AND state IN (2, 4)))"
#define COLUMNS "id, first_n, last_n, is_group, action, user, title, records, role, state, target"

void
crm_undo_step_free (CrmUndoStep *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->action);
  g_free (self->user);
  g_free (self->title);
  g_free (self->target);
  g_free (self);
}

gboolean
crm_undo_step_save (const CrmUndoStep *self, CrmDb *db, GError **error)
{
  static const char sql[] = "INSERT OR REPLACE INTO step (" COLUMNS
                            ") VALUES (:id, :first_n, :last_n, :is_group,"
                            " :action, :user, :title, :records, :role, :state, :target)";
  g_autoptr (CrmStmt) stmt = NULL;

  if (!(stmt = crm_db_prepare (db, sql, error)))
    return FALSE;

  crm_stmt_bind_text (stmt, ":id", self->id);
  crm_stmt_bind_int64 (stmt, ":first_n", self->first_n);
  crm_stmt_bind_int64 (stmt, ":last_n", self->last_n);
  crm_stmt_bind_int64 (stmt, ":is_group", self->is_group);
  crm_stmt_bind_text (stmt, ":action", self->action);
  crm_stmt_bind_text (stmt, ":user", self->user);
  crm_stmt_bind_text (stmt, ":title", self->title);
  crm_stmt_bind_int64 (stmt, ":records", self->n_records);
  crm_stmt_bind_int64 (stmt, ":role", self->role);
  crm_stmt_bind_int64 (stmt, ":state", self->state);
  crm_stmt_bind_text (stmt, ":target", self->target);

  return crm_stmt_run (stmt, error);
}

gboolean
crm_undo_step_set_state (CrmDb *db, const char *id, CrmStepState state, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;

  if (!(stmt = crm_db_prepare (db, "UPDATE step SET state = :state WHERE id = :id", error)))
    return FALSE;

  crm_stmt_bind_text (stmt, ":id", id);
  crm_stmt_bind_int64 (stmt, ":state", state);

  return crm_stmt_run (stmt, error);
}

static CrmUndoStep *
load_one (CrmDb *db, const char *sql, const char *name, const char *value, GError **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);
  CrmUndoStep *self;

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_text (stmt, name, value);
  if (crm_stmt_step (stmt, error) != CRM_STEP_ROW)
    return NULL;

  self = g_new0 (CrmUndoStep, 1);
  self->id = crm_stmt_dup_text (stmt, 0);
  self->first_n = crm_stmt_get_int64 (stmt, 1);
  self->last_n = crm_stmt_get_int64 (stmt, 2);
  self->is_group = crm_stmt_get_int64 (stmt, 3) != 0;
  self->action = crm_stmt_dup_text (stmt, 4);
  self->user = crm_stmt_dup_text (stmt, 5);
  self->title = crm_stmt_dup_text (stmt, 6);
  self->n_records = crm_stmt_get_int64 (stmt, 7);
  self->role = (CrmStepRole) crm_stmt_get_int64 (stmt, 8);
  self->state = (CrmStepState) crm_stmt_get_int64 (stmt, 9);
  self->target = crm_stmt_dup_text (stmt, 10);

  return self;
}

CrmUndoStep *
crm_undo_step_load (CrmDb *db, const char *id, GError **error)
{
  static const char sql[] = "SELECT " COLUMNS " FROM step WHERE id = :id OR"
                            " id = (SELECT group_ FROM change_set WHERE id = :id)";

  return load_one (db, sql, ":id", id, error);
}

CrmUndoStep *
crm_undo_step_load_undoable (CrmDb *db, const char *user, GError **error)
{
  static const char sql[] =
      "SELECT " COLUMNS " FROM step"
      " WHERE role = 0 AND state = 0 AND last_n > 0 AND user = :user AND" STANDS
      " ORDER BY last_n DESC LIMIT 1";

  return load_one (db, sql, ":user", user, error);
}

CrmUndoStep *
crm_undo_step_load_redoable (CrmDb *db, const char *user, GError **error)
{
  static const char sql[] =
      "SELECT " COLUMNS " FROM step"
      " WHERE role = 1 AND state = 0 AND user = :user AND" STANDS " AND last_n > ifnull ("
      "  (SELECT last_n FROM step WHERE role = 0 AND state <> 4 AND user = :user"
      "   ORDER BY last_n DESC LIMIT 1), 0)"
      " ORDER BY last_n DESC LIMIT 1";

  return load_one (db, sql, ":user", user, error);
}

GPtrArray *
crm_undo_step_list_open (CrmDb *db, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  if (!(stmt = crm_db_prepare (db,
                               "SELECT id FROM step WHERE state = 2 ORDER BY first_n DESC",
                               error)))
    return NULL;

  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    g_ptr_array_add (ids, crm_stmt_dup_text (stmt, 0));

  return step == CRM_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

CrmUndoStep *
crm_undo_step_load_abort (CrmDb *db, const char *target, GError **error)
{
  static const char sql[] = "SELECT " COLUMNS " FROM step"
                            " WHERE target = :target AND state = 4 LIMIT 1";

  return load_one (db, sql, ":target", target, error);
}
