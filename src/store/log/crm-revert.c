#include "store/log/crm-revert-private.h"

#include "base/crm-bug.h"
#include "model/crm-value.h"
#include "store/log/crm-change-fields-private.h"

#include <string.h>

void
crm_revert_init (CrmRevert *self, CrmReplica *replica, gboolean keep_linked)
{
  self->replica = replica;
  self->keep_linked = keep_linked;
  self->kept = g_ptr_array_new_with_free_func (g_object_unref);
  self->kept_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
crm_revert_clear (CrmRevert *self)
{
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_pointer (&self->kept_ids, g_hash_table_unref);
}

static void
keep (CrmRevert *self, CrmRecord *record)
{
  if (g_hash_table_add (self->kept_ids, g_strdup (crm_record_get_id (record))))
    g_ptr_array_add (self->kept, g_object_ref (record));
}

static gboolean
has_member (char **members, const char *member)
{
  return g_strv_contains ((const char *const *) members, member);
}

/* Members of @value without those that @new has more than @old, with those that it has less. */
static char *
revert_members (const char *value, const char *old, const char *new)
{
  g_auto (GStrv) now = g_strsplit (value != NULL ? value : "", ";", -1);
  g_auto (GStrv) before = g_strsplit (old != NULL ? old : "", ";", -1);
  g_auto (GStrv) after = g_strsplit (new != NULL ? new : "", ";", -1);
  g_autoptr (GPtrArray) members = g_ptr_array_new ();

  for (char **member = now; *member != NULL; member++)
    if (**member != '\0' && (has_member (before, *member) || !has_member (after, *member)))
      g_ptr_array_add (members, *member);
  for (char **member = before; *member != NULL; member++)
    if (**member != '\0' && !has_member (after, *member) && !has_member (now, *member))
      g_ptr_array_add (members, *member);

  if (members->len == 0)
    return NULL;

  g_ptr_array_sort_values (members, (GCompareFunc) strcmp);
  g_ptr_array_add (members, NULL);

  return g_strjoinv (";", (char **) members->pdata);
}

static void
revert_fields (CrmRevert *self, CrmEdit *edit, const GArray *changes)
{
  gboolean changed_since = FALSE;

  /* Deleted since: there is nothing to give a value back to. */
  if (edit->old == NULL)
    return;

  edit->new = crm_record_copy (edit->old);
  for (guint i = 0; i < changes->len; i++)
    {
      const CrmFieldChange *change = &g_array_index (changes, CrmFieldChange, i);
      const int index = crm_kind_find_index (edit->table->kind, change->name);
      const char *now = index >= 0 ? crm_record_get_at (edit->old, index) : NULL;

      if (index < 0 || crm_value_equal (now, change->old_value))
        continue;

      if (crm_value_equal (now, change->new_value))
        crm_record_set_at (edit->new, index, change->old_value);
      else if (crm_kind_get_field (edit->table->kind, index)->type == CRM_FIELD_SET)
        {
          g_autofree char *members = revert_members (now, change->old_value, change->new_value);

          crm_record_set_at (edit->new, index, members);
        }
      else
        changed_since = TRUE;
    }

  if (changed_since)
    keep (self, edit->old);
}

static gboolean
has_field (const char *fields, const char *name, gboolean *found, GError **error)
{
  g_autoptr (GArray) changes = crm_change_fields_parse (fields, error);

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    *found |= g_str_equal (g_array_index (changes, CrmFieldChange, i).name, name);

  return changes != NULL;
}

/* Whether somebody changed the field after the set that is turned around. */
static gboolean
was_edited (CrmRevert *self, const char *id, const char *name, gboolean *edited, GError **error)
{
  static const char sql[] = "SELECT fields FROM change WHERE id = ?1 AND nr >= ?2"
                            " UNION ALL SELECT fields FROM foreign_change WHERE id = ?1";
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step = CRM_STEP_DONE;

  *edited = FALSE;
  if (!(stmt = crm_db_prepare (self->replica->db, sql, error)))
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, id);
  crm_stmt_bind_int64_at (stmt, 2, CRM_CHANGE_NR (self->n + 1, 0));
  while (!*edited && (step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    if (!has_field (crm_stmt_get_text (stmt, 0), name, edited, error))
      return FALSE;

  return step != CRM_STEP_ERROR;
}

/* A number that the server gave, or took because another record has it, was changed by nobody. */
static gboolean
follow_server (CrmRevert *self, const CrmEdit *edit, CrmRecord *made, GError **error)
{
  for (guint i = 0; i < crm_kind_get_n_fields (edit->table->kind); i++)
    {
      const CrmField *field = crm_kind_get_field (edit->table->kind, i);
      const char *now = crm_record_get_at (edit->old, (int) i);
      gboolean edited;

      if (field->policy != CRM_POLICY_SERVER_ONLY ||
          crm_value_equal (now, crm_record_get_at (made, (int) i)))
        continue;
      if (!was_edited (self, edit->id, field->name, &edited, error))
        return FALSE;
      if (!edited)
        crm_record_set_at (made, (int) i, now);
    }

  return TRUE;
}

static gboolean
is_as_made (CrmRevert *self,
            const CrmEdit *edit,
            const GArray *changes,
            gboolean *same,
            GError **error)
{
  g_autoptr (CrmRecord) made = crm_record_new (edit->table->kind, edit->id);

  for (guint i = 0; i < changes->len; i++)
    {
      const CrmFieldChange *change = &g_array_index (changes, CrmFieldChange, i);
      const int index = crm_kind_find_index (edit->table->kind, change->name);

      if (index >= 0)
        crm_record_set_at (made, index, change->new_value);
    }
  if (!follow_server (self, edit, made, error))
    return FALSE;
  *same = crm_record_equal (made, edit->old);

  return TRUE;
}

/* Whether the row @id, which links to a record that is to go, goes or lets go in the same set. */
static gboolean
is_leaving (GHashTable *by_id, const char *id, guint index, const char *target)
{
  const CrmEdit *edit = g_hash_table_lookup (by_id, id);

  /* An organisation that is its own parent keeps nobody. */
  if (g_str_equal (id, target) && !CRM_BUG ("linked-to-itself"))
    return TRUE;
  if (edit == NULL)
    return FALSE;

  return edit->new == NULL || g_strcmp0 (crm_record_get_at (edit->new, index), target) != 0;
}

static gboolean
find_links (CrmRevert *self,
            const CrmTable *table,
            guint index,
            const char *target,
            GHashTable *by_id,
            gboolean *found,
            GError **error)
{
  g_autofree char *column = crm_db_quote_name (crm_kind_get_field (table->kind, index)->name);
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE %s = ?1", table->name, column);
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step = CRM_STEP_DONE;

  if (!(stmt = crm_db_prepare (self->replica->db, sql, error)))
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, target);
  while (!*found && (step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    *found = !is_leaving (by_id, crm_stmt_get_text (stmt, 0), index, target);

  return step != CRM_STEP_ERROR;
}

static gboolean
is_linked (CrmRevert *self, const CrmEdit *edit, GHashTable *by_id, gboolean *found, GError **error)
{
  const char *kind_name = crm_kind_get_name (edit->table->kind);

  *found = FALSE;
  for (guint i = 0; self->keep_linked && !*found && i < self->replica->tables->len; i++)
    {
      const CrmTable *table = g_ptr_array_index (self->replica->tables, i);

      /* A conflict tells of a record; it needs it no more than history does. */
      if (crm_kind_is_system (table->kind))
        continue;
      for (guint j = 0; !*found && j < crm_kind_get_n_fields (table->kind); j++)
        {
          const CrmField *field = crm_kind_get_field (table->kind, j);

          if (field->type == CRM_FIELD_LINK && crm_field_targets (field, kind_name) &&
              !find_links (self, table, j, edit->id, by_id, found, error))
            return FALSE;
        }
    }

  return TRUE;
}

static gboolean
revert_new (CrmRevert *self,
            CrmEdit *edit,
            const GArray *changes,
            GHashTable *by_id,
            GError **error)
{
  gboolean same, linked;

  if (edit->old == NULL)
    return TRUE;

  if (!is_as_made (self, edit, changes, &same, error))
    return FALSE;
  if (same)
    {
      if (!is_linked (self, edit, by_id, &linked, error))
        return FALSE;
      if (!linked)
        return TRUE;
    }

  edit->new = g_object_ref (edit->old);
  keep (self, edit->old);

  return TRUE;
}

static void
revert_delete (CrmRevert *self, CrmEdit *edit, const GArray *changes)
{
  if (edit->old != NULL)
    {
      edit->new = g_object_ref (edit->old);
      keep (self, edit->old);
      return;
    }

  edit->new = crm_record_new (edit->table->kind, edit->id);
  for (guint i = 0; i < changes->len; i++)
    {
      const CrmFieldChange *change = &g_array_index (changes, CrmFieldChange, i);
      const int index = crm_kind_find_index (edit->table->kind, change->name);

      if (index >= 0)
        crm_record_set_at (edit->new, index, change->old_value);
    }
}

static gboolean
revert_change (CrmRevert *self,
               CrmEdit *edit,
               CrmChangeOp op,
               const char *fields,
               GHashTable *by_id,
               GError **error)
{
  g_autoptr (GArray) changes = NULL;

  if (!(changes = crm_change_fields_parse (fields, error)) ||
      !crm_edit_load (edit, self->replica->db, error))
    return FALSE;

  switch (op)
    {
    case CRM_CHANGE_NEW:
      return revert_new (self, edit, changes, by_id, error);

    case CRM_CHANGE_DELETE:
      revert_delete (self, edit, changes);
      return TRUE;

    case CRM_CHANGE_SET:
    default:
      revert_fields (self, edit, changes);
      return TRUE;
    }
}

GPtrArray *
crm_revert_set (CrmRevert *self, gint64 n, GError **error)
{
  static const char sql[] = "SELECT kind, id, op, fields FROM change"
                            " WHERE nr >= ?1 AND nr < ?2 ORDER BY nr DESC";
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_edit_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  self->n = n;
  if (!(stmt = crm_db_prepare (self->replica->db, sql, error)))
    return NULL;

  crm_stmt_bind_int64_at (stmt, 1, CRM_CHANGE_NR (n, 0));
  crm_stmt_bind_int64_at (stmt, 2, CRM_CHANGE_NR (n + 1, 0));
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      const CrmKind *kind = crm_model_find_kind_by_number (self->replica->model,
                                                           crm_stmt_get_int64 (stmt, 0));
      CrmEdit *edit;

      if (kind == NULL)
        continue;

      edit = crm_edit_new (crm_replica_get_table (self->replica, kind),
                           crm_stmt_get_text (stmt, 1));
      g_ptr_array_add (edits, edit);
      if (!revert_change (self,
                          edit,
                          crm_stmt_get_int64 (stmt, 2),
                          crm_stmt_get_text (stmt, 3),
                          by_id,
                          error))
        return NULL;
      g_hash_table_insert (by_id, edit->id, edit);
    }
  if (CRM_BUG ("undo-forgets") && edits->len > 1)
    g_ptr_array_set_size (edits, (int) edits->len - 1);

  return step == CRM_STEP_DONE ? g_steal_pointer (&edits) : NULL;
}
