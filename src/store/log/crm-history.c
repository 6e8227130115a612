#include "store/log/crm-history.h"

#include "store/log/crm-change-fields-private.h"
#include "store/log/crm-log-writer-private.h"

void
crm_history_entry_free (CrmHistoryEntry *self)
{
  if (self == NULL)
    return;

  g_free (self->set);
  g_free (self->group);
  g_free (self->at);
  g_free (self->author);
  g_free (self->device);
  g_free (self->action);
  g_free (self->field);
  g_free (self->old_value);
  g_free (self->new_value);
  g_free (self->why);
  g_free (self);
}

static CrmHistoryEntry *
new_entry (CrmStmt *stmt)
{
  CrmHistoryEntry *entry = g_new0 (CrmHistoryEntry, 1);

  entry->set = crm_stmt_dup_text (stmt, 0);
  entry->group = crm_stmt_dup_text (stmt, 1);
  entry->at = crm_stmt_dup_text (stmt, 2);
  entry->author = crm_stmt_dup_text (stmt, 3);
  entry->device = crm_stmt_dup_text (stmt, 4);
  entry->action = crm_stmt_dup_text (stmt, 5);
  entry->why = crm_stmt_dup_text (stmt, 6);

  return entry;
}

/* A record made without a value, or deleted, has one entry without a field. */
static gboolean
add_entries (CrmStmt *stmt, GPtrArray *entries, GError **error)
{
  const CrmChangeOp op = crm_stmt_get_int64 (stmt, 7);
  g_autoptr (GArray) changes = crm_change_fields_parse (crm_stmt_get_text (stmt, 8), error);

  if (changes == NULL)
    return FALSE;

  if (op == CRM_CHANGE_DELETE || changes->len == 0)
    g_ptr_array_add (entries, new_entry (stmt));

  for (guint i = 0; i < changes->len; i++)
    {
      const CrmFieldChange *change = &g_array_index (changes, CrmFieldChange, i);
      CrmHistoryEntry *entry;

      if (g_str_equal (change->name, CRM_CHANGE_ROW))
        continue;

      entry = new_entry (stmt);
      entry->field = g_strdup (change->name);
      entry->old_value = g_strdup (change->old_value);
      entry->new_value = g_strdup (change->new_value);
      g_ptr_array_add (entries, entry);
    }

  return TRUE;
}

static GPtrArray *
load_history (CrmReplica *self, const char *id, GError **error)
{
  /*
   * Own sets and those of others in one order, that of the server. An own one whose number there is
   * not known comes after the earlier own ones, and before the server has it after everything. What
   * was refused or let go did not happen.
   */
  static const char sql[] =
      "SELECT s.id, s.group_, s.at, s.user, s.device, s.action, s.why, c.op, c.fields,"
      " CASE WHEN s.seq IS NOT NULL THEN s.seq"
      "  WHEN s.n > ifnull ((SELECT CAST (value AS INTEGER) FROM sync_state"
      "   WHERE name = 'acked'), 0) THEN 9223372036854775807"
      "  ELSE ifnull ((SELECT e.seq FROM change_set AS e WHERE e.n < s.n AND e.seq IS NOT NULL"
      "   ORDER BY e.n DESC LIMIT 1), 0) END AS place,"
      " c.nr AS nr FROM change AS c JOIN change_set AS s ON s.n = c.n WHERE c.id = :id"
      " AND s.state NOT IN (2, 4)"
      " UNION ALL SELECT ifnull (f.id, CAST (f.seq AS TEXT)), f.group_, f.at, f.user, f.device, "
      "f.action, f.why,"
      " d.op, d.fields, f.seq, 0 FROM foreign_change AS d JOIN foreign_set AS f ON f.seq = d.seq"
      " WHERE d.id = :id ORDER BY place DESC, nr DESC";
  g_autoptr (GPtrArray)
      entries = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_history_entry_free);
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  if (!(stmt = crm_db_prepare (self->db, sql, error)))
    return NULL;

  crm_stmt_bind_text (stmt, ":id", id);
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    if (!add_entries (stmt, entries, error))
      return NULL;

  return step == CRM_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}

GPtrArray *
crm_replica_get_history (CrmReplica *self, const char *id, GError **error)
{
  GPtrArray *entries;

  g_return_val_if_fail (CRM_IS_REPLICA (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  entries = load_history (self, id, error);
  if (entries == NULL)
    crm_store_error_translate (error);

  return entries;
}
