#include "store/sync/crm-pull-writer-private.h"

#include "store/log/crm-change-fields-private.h"
#include "store/query/crm-search-index-private.h"

/*
 * A scope that is taken away takes its records along, and what the log, the history and the search
 * know of them. What the user typed and the server did not take stays his: sets that were not sent
 * yet keep all, for the server compares what they changed, and lose it with the answer; refused and
 * parked ones keep what was typed, not what stood there.
 */

gboolean
crm_pull_remove_members (CrmPullWriter *self, gint64 scope, GError **error)
{
  static const char sql[] = "SELECT kind, id FROM member AS m WHERE scope = ?1 AND NOT EXISTS"
                            " (SELECT 1 FROM member WHERE id = m.id AND scope > 0"
                            " AND scope <> ?1)";
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->replica->db, sql, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, scope);
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      const CrmKind *kind = crm_model_find_kind_by_number (self->replica->model,
                                                           (guint) crm_stmt_get_int64 (stmt, 0));

      if (kind == NULL)
        continue;
      g_ptr_array_add (tables, (gpointer) crm_replica_get_table (self->replica, kind));
      g_ptr_array_add (ids, crm_stmt_dup_text (stmt, 1));
    }
  if (step == CRM_STEP_ERROR)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    if (!crm_pull_row_remove (self, tables->pdata[i], ids->pdata[i], 0, error))
      return FALSE;

  return crm_pull_member_remove_scope (self, scope, error);
}

/* ---- The log ---- */

/* One change of a refused or parked set: what stood there goes. */
static gboolean
keep_typed (CrmPullWriter *self, gint64 nr, const char *json, GError **error)
{
  g_autoptr (GArray) changes = crm_change_fields_parse (json, error);
  g_autoptr (GString) fields = g_string_new (NULL);
  g_autoptr (CrmStmt) stmt = NULL;

  if (changes == NULL || !(stmt = crm_db_prepare (self->replica->db,
                                                  "UPDATE change SET fields = ?2 WHERE nr = ?1",
                                                  error)))
    return FALSE;

  crm_change_fields_begin (fields);
  for (guint i = 0; i < changes->len; i++)
    {
      const CrmFieldChange *change = &g_array_index (changes, CrmFieldChange, i);

      crm_change_fields_add (fields, change->name, NULL, change->new_value, change->seen);
    }
  crm_change_fields_end (fields);
  crm_stmt_bind_int64_at (stmt, 1, nr);
  crm_stmt_bind_text_at (stmt, 2, fields->str);

  return crm_stmt_run (stmt, error);
}

/* Records that are neither a member of a scope nor in a table, by the column @id. */
static char *
dup_is_lost (CrmPullWriter *self, const char *id)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "NOT EXISTS (SELECT 1 FROM member WHERE id = %s AND scope > 0)", id);
  for (guint i = 0; i < self->replica->tables->len; i++)
    {
      const CrmTable *table = g_ptr_array_index (self->replica->tables, i);

      g_string_append_printf (sql,
                              " AND NOT EXISTS (SELECT 1 FROM %s AS t WHERE t.id = %s)",
                              table->name,
                              id);
    }

  return g_string_free_and_steal (sql);
}

/* What the log has of them, in sets that the server has answered. */
#define FROM_LOST_CHANGES                                                                          \
  " FROM change AS c JOIN change_set AS s ON s.n = c.n WHERE s.state <> 0 AND "
#define IS_WAITING                                                                                 \
  " (s.state = 3 OR EXISTS (SELECT 1 FROM result WHERE n = s.n AND status = 'rejected'"            \
  " AND seen = 0))"

static gboolean
scrub_waiting (CrmPullWriter *self, const char *is_lost, GError **error)
{
  g_autofree char *sql = g_strconcat ("SELECT c.nr, c.fields" FROM_LOST_CHANGES,
                                      is_lost,
                                      " AND" IS_WAITING,
                                      NULL);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->replica->db, sql, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      const gint64 nr = crm_stmt_get_int64 (stmt, 0);

      g_array_append_val (numbers, nr);
      g_ptr_array_add (fields, crm_stmt_dup_text (stmt, 1));
    }
  for (guint i = 0; i < numbers->len && step == CRM_STEP_DONE; i++)
    if (!keep_typed (self, g_array_index (numbers, gint64, i), fields->pdata[i], error))
      return FALSE;

  return step == CRM_STEP_DONE;
}

gboolean
crm_pull_scrub (CrmPullWriter *self, GError **error)
{
  g_autofree char *is_lost = dup_is_lost (self, "c.id");
  g_autofree char *past_is_lost = dup_is_lost (self, "foreign_change.id");
  g_autofree char *sql = NULL;

  sql = g_strconcat ("UPDATE step SET title = NULL WHERE title IS NOT NULL AND first_n IN"
                     " (SELECT c.n" FROM_LOST_CHANGES,
                     is_lost,
                     "); UPDATE change_set SET body = substr (body, 1, length (body) - 1) || "
                     "'," CRM_SET_BODY_SCRUBBED "}' WHERE instr (body, '" CRM_SET_BODY_SCRUBBED
                     "') = 0 AND n IN (SELECT c.n" FROM_LOST_CHANGES,
                     is_lost,
                     "); DELETE FROM change WHERE nr IN (SELECT c.nr" FROM_LOST_CHANGES,
                     is_lost,
                     " AND NOT" IS_WAITING "); DELETE FROM foreign_change WHERE ",
                     past_is_lost,
                     "; DELETE FROM foreign_set WHERE NOT EXISTS (SELECT 1 FROM foreign_change"
                     " WHERE seq = foreign_set.seq)",
                     NULL);
  self->scrubbed = TRUE;

  return scrub_waiting (self, is_lost, error) && crm_db_exec (self->replica->db, sql, error);
}

/* The file too: words of the search that wait to be merged away, and pages of the log. Somebody who
 * reads keeps the latter until he is done. */
gboolean
crm_pull_scrub_file (CrmReplica *replica, GError **error)
{
  gint64 busy;

  return crm_search_index_optimize (replica->db, replica->model, error) &&
         crm_db_query_int64 (replica->db, "PRAGMA wal_checkpoint (TRUNCATE)", &busy, error);
}

static gboolean
drop_scope (CrmPullWriter *self, gint64 scope, GError **error)
{
  self->dropping = TRUE;
  if (!crm_pull_remove_members (self, scope, error) || !crm_pull_scrub (self, error))
    return FALSE;
  self->dropping = FALSE;

  return crm_sync_state_run (self->replica, "DELETE FROM scope WHERE id = ?1", scope, error);
}

gboolean
crm_pull_writer_drop_scope (CrmPullWriter *self, gint64 scope, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return drop_scope (self, scope, error) || crm_store_error_translate (error);
}
