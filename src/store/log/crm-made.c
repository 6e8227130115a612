#include "store/log/crm-made.h"

#include "base/crm-clock.h"
#include "store/crm-replica-private.h"
#include "store/log/crm-log-writer-private.h"

/*
 * A record that was deleted and came back by undo counts when it was made, not when it came back.
 * Set by set, by the number of the change: left to itself SQLite makes an index of all changes of
 * the kind and walks it once for every set.
 */
static char *
dup_sql (const CrmKind *kind)
{
  return g_strdup_printf ("SELECT c.id, s.at, s.user FROM change_set AS s CROSS JOIN change AS c"
                          " ON c.nr >= s.n * 1024 AND c.nr < (s.n + 1) * 1024"
                          " WHERE s.at >= :from AND s.at < :to AND +c.kind = :kind AND +c.op = "
                          ":make"
                          " AND EXISTS (SELECT 1 FROM %s AS r WHERE r.id = c.id)"
                          " AND NOT EXISTS (SELECT 1 FROM change AS e WHERE e.id = c.id AND e.nr < "
                          "c.nr)"
                          " ORDER BY c.nr",
                          crm_kind_get_name (kind));
}

gboolean
crm_replica_each_made (CrmReplica *self,
                       const CrmKind *kind,
                       gint64 from,
                       gint64 to,
                       CrmMadeFunc func,
                       gpointer user_data,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *sql = NULL;
  g_autofree char *from_text = NULL;
  g_autofree char *to_text = NULL;
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  g_return_val_if_fail (CRM_IS_REPLICA (self), FALSE);
  g_return_val_if_fail (kind != NULL && func != NULL, FALSE);

  sql = dup_sql (kind);
  from_text = crm_clock_format (from);
  to_text = crm_clock_format (to);
  if ((stmt = crm_db_prepare (self->db, sql, error)) == NULL)
    return FALSE;

  crm_stmt_bind_text (stmt, ":from", from_text);
  crm_stmt_bind_text (stmt, ":to", to_text);
  crm_stmt_bind_int64 (stmt, ":kind", crm_kind_get_number (kind));
  crm_stmt_bind_int64 (stmt, ":make", CRM_CHANGE_NEW);
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      gint64 at = 0;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      crm_clock_parse (crm_stmt_get_text (stmt, 1), &at);
      func (kind, crm_stmt_get_text (stmt, 0), at, crm_stmt_get_text (stmt, 2), user_data);
    }

  return step == CRM_STEP_DONE;
}
