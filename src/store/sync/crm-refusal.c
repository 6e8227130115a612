#include "store/sync/crm-conflict-private.h"

#include "store/log/crm-change-fields-private.h"
#include "store/log/crm-log-writer-private.h"

/* Sets that the server did not take, as items of the list of conflicts. */

static CrmConflictValue *
add_value (CrmConflict *self, const CrmKind *kind, const char *id, const char *title)
{
  CrmConflictValue *value = g_new0 (CrmConflictValue, 1);

  value->kind = kind;
  value->record = g_strdup (id);
  value->title = g_strdup (title);
  g_ptr_array_add (self->values, value);

  return value;
}

/* One that the set made, and that is nowhere now, has its title from what was typed. */
static char *
dup_made_title (const CrmKind *kind, const GArray *changes)
{
  g_autoptr (CrmRecord) record = crm_record_new (kind, NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const CrmFieldChange *change = &g_array_index (changes, CrmFieldChange, i);
      const int index = crm_kind_find_index (kind, change->name);

      if (index >= 0)
        crm_record_set_at (record, (guint) index, change->new_value);
    }

  return crm_record_dup_title (record);
}

static void
add_values (CrmConflict *self,
            const CrmKind *kind,
            const char *id,
            const char *title,
            CrmChangeOp op,
            const GArray *changes)
{
  if (op == CRM_CHANGE_DELETE || changes->len == 0)
    {
      add_value (self, kind, id, title)->deleted = op == CRM_CHANGE_DELETE;
      return;
    }

  for (guint i = 0; i < changes->len && self->values->len < CRM_CONFLICT_MAX_VALUES; i++)
    {
      const CrmFieldChange *change = &g_array_index (changes, CrmFieldChange, i);
      CrmConflictValue *value = add_value (self, kind, id, title);

      value->field = g_strdup (change->name);
      value->old_value = g_strdup (change->old_value);
      value->new_value = g_strdup (change->new_value);
    }
}

static gboolean
add_change (CrmConflict *self, CrmReplica *replica, CrmStmt *stmt, GError **error)
{
  const CrmKind *kind = crm_model_find_kind_by_number (replica->model,
                                                       (guint) crm_stmt_get_int64 (stmt, 0));
  const char *id = crm_stmt_get_text (stmt, 1);
  const CrmChangeOp op = (CrmChangeOp) crm_stmt_get_int64 (stmt, 2);
  g_autoptr (GArray) changes = NULL;
  g_autoptr (CrmRecord) record = NULL;
  g_autofree char *title = NULL;

  self->n_records++;
  if (kind == NULL || self->values->len >= CRM_CONFLICT_MAX_VALUES)
    return TRUE;
  if (!(changes = crm_change_fields_parse (crm_stmt_get_text (stmt, 3), error)) ||
      !crm_conflict_find_record (replica, kind, id, &record, &title, error))
    return FALSE;

  if (title == NULL && op == CRM_CHANGE_NEW)
    title = dup_made_title (kind, changes);
  if (self->n_records == 1)
    {
      self->kind = kind;
      self->record = g_strdup (id);
      self->title = g_strdup (title);
      self->gone = record == NULL;
    }
  add_values (self, kind, id, title, op, changes);

  return TRUE;
}

static gboolean
load_changes (CrmConflict *self, CrmReplica *replica, gint64 n, GError **error)
{
  static const char sql[] = "SELECT kind, id, op, fields FROM change"
                            " WHERE nr >= ?1 AND nr < ?2 ORDER BY nr";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (replica->db, sql, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, CRM_CHANGE_NR (n, 0));
  crm_stmt_bind_int64_at (stmt, 2, CRM_CHANGE_NR (n + 1, 0));
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    if (!add_change (self, replica, stmt, error))
      return FALSE;
  if (step != CRM_STEP_DONE)
    return FALSE;

  /* Of one record the item is about that; of one field, about that. */
  if (self->n_records > 1)
    {
      g_clear_pointer (&self->record, g_free);
      g_clear_pointer (&self->title, g_free);
      self->kind = NULL;
    }
  else if (self->values->len == 1)
    {
      const CrmConflictValue *value = g_ptr_array_index (self->values, 0);

      self->field = g_strdup (value->field);
      self->original = g_strdup (value->old_value);
      self->mine = g_strdup (value->new_value);
    }

  return TRUE;
}

static CrmConflict *
new_item (CrmReplica *replica, CrmStmt *stmt, GError **error)
{
  g_autoptr (CrmConflict) self = g_new0 (CrmConflict, 1);
  const gint64 n = crm_stmt_get_int64 (stmt, 0);
  const char *group = crm_stmt_get_text (stmt, 4);

  self->type = g_strcmp0 (crm_stmt_get_text (stmt, 1), "parked") == 0 ? CRM_CONFLICT_PARKED
                                                                      : CRM_CONFLICT_REFUSED;
  self->open = TRUE;
  self->can_decide = TRUE;
  self->mine_is_late = TRUE;
  self->code = crm_stmt_dup_text (stmt, 2);
  self->id = crm_stmt_dup_text (stmt, 3);
  self->group = g_strdup (group != NULL ? group : self->id);
  self->action = crm_stmt_dup_text (stmt, 5);
  self->at = crm_stmt_dup_text (stmt, 6);
  self->mine_why = crm_stmt_dup_text (stmt, 7);
  self->mine_author = crm_stmt_dup_text (stmt, 8);
  self->values = crm_conflict_new_values ();

  return load_changes (self, replica, n, error) ? g_steal_pointer (&self) : NULL;
}

CrmConflict *
crm_refusal_find (CrmReplica *replica, const char *id, GError **error)
{
  static const char sql[] =
      "SELECT r.n, r.status, r.code, s.id, s.group_, s.action, s.at, s.why, s.user"
      " FROM " CRM_REFUSAL_FROM " WHERE " CRM_REFUSAL_WAITS " AND s.id = ?1";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (replica->db, sql, error);

  if (stmt == NULL)
    return NULL;

  crm_stmt_bind_text_at (stmt, 1, id);

  return crm_stmt_step (stmt, error) == CRM_STEP_ROW ? new_item (replica, stmt, error) : NULL;
}
