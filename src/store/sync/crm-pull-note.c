#include "store/sync/crm-pull-writer-private.h"

/* A window that looked longer ago reads everything again. */
#define KEPT 1000

/* @id: (nullable) */
static gboolean
insert (CrmReplica *replica, gint64 nr, guint kinds, const char *id, GError **error)
{
  static const char sql[] = "INSERT INTO pulled (nr, kinds, id) VALUES (?1, ?2, ?3)";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (replica->db, sql, error);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, nr);
  crm_stmt_bind_int64_at (stmt, 2, kinds);
  if (id != NULL)
    crm_stmt_bind_text_at (stmt, 3, id);
  else
    crm_stmt_bind_null_at (stmt, 3);

  return crm_stmt_run (stmt, error);
}

static gboolean
insert_ids (const CrmRowWriter *rows, gint64 *nr, GError **error)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, rows->ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!insert (rows->replica, ++*nr, rows->kinds, id, error))
      return FALSE;

  return TRUE;
}

gboolean
crm_pull_note_write (const CrmRowWriter *rows, CrmCommit *commit, GError **error)
{
  const gboolean too_many = rows->ids == NULL;

  if (!crm_db_query_int64 (rows->replica->db,
                           "SELECT ifnull (max (nr), 0) FROM pulled",
                           &commit->pulled_before,
                           error))
    return FALSE;

  commit->pulled = commit->pulled_before;
  if (!too_many && g_hash_table_size (rows->ids) > 0)
    {
      if (!insert_ids (rows, &commit->pulled, error))
        return FALSE;
    }
  /* Also when no record changed: what waits for the server may have. */
  else if (!insert (rows->replica, ++commit->pulled, too_many ? G_MAXUINT : 0, NULL, error))
    return FALSE;

  return crm_sync_state_run (rows->replica,
                             "DELETE FROM pulled WHERE nr <= ?1",
                             commit->pulled - KEPT,
                             error);
}
