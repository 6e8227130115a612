#include "server/sqlite/crm-sqlite-store-private.h"

#include "server/crm-server-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

gboolean
crm_sqlite_sync_file (const char *path, GError **error)
{
  const int fd = open (path, O_RDONLY | O_CLOEXEC);
  const gboolean synced = fd >= 0 && fsync (fd) == 0;

  if (!synced)
    g_set_error (error,
                 CRM_SERVER_ERROR,
                 CRM_SERVER_ERROR_FAILED,
                 "“%s” cannot be written for good: %s",
                 path,
                 g_strerror (errno));
  if (fd >= 0)
    close (fd);

  return synced;
}

static gboolean
vacuum_into (CrmDb *db, const char *path, GError **error)
{
  CrmStmt *stmt = crm_db_prepare (db, "VACUUM INTO :path", error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, ":path", path);

  return crm_sqlite_run (stmt, error);
}

gboolean
crm_sqlite_copy (const char *from, const char *to, GError **error)
{
  g_autoptr (CrmDb) db = crm_db_open (from, NULL, CRM_DB_READ_ONLY, error);

  /* Writing a copy elsewhere counts as writing. */
  if (db == NULL || !crm_db_exec (db, "PRAGMA query_only = OFF", error) ||
      !vacuum_into (db, to, error))
    return FALSE;
  if (g_chmod (to, 0600) == 0)
    return TRUE;

  g_set_error (error,
               CRM_SERVER_ERROR,
               CRM_SERVER_ERROR_FAILED,
               "“%s” cannot be kept to its owner",
               to);
  return FALSE;
}

/* Made beside its place and synced by us, as SQLite does not: a file of that name is whole or not
 * there. */
static gboolean
write_backup (CrmDb *db, const char *part, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (!vacuum_into (db, part, error) || !crm_sqlite_sync_file (part, error))
    return FALSE;
  if (g_chmod (part, 0600) == 0 && g_rename (part, path) == 0)
    return crm_sqlite_sync_file (folder, error);

  g_set_error (error,
               CRM_SERVER_ERROR,
               CRM_SERVER_ERROR_FAILED,
               "“%s” cannot be written: %s",
               path,
               g_strerror (errno));
  return FALSE;
}

gboolean
crm_sqlite_back_up (CrmServerStore *self, const char *path, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  gboolean done;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error,
                   CRM_SERVER_ERROR,
                   CRM_SERVER_ERROR_NOT_FOUND,
                   "There is no folder “%s”: make it first",
                   folder);
      return FALSE;
    }
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error,
                   CRM_SERVER_ERROR,
                   CRM_SERVER_ERROR_EXISTS,
                   "“%s” exists already; a backup is a new file",
                   path);
      return FALSE;
    }

  g_unlink (part);
  done = write_backup (crm_sqlite_store_get_db (self), part, path, error);
  if (!done)
    g_unlink (part);

  return done;
}

/* Each query gives a line for each thing that is wrong; the first of them “ok” for nothing. */
static const char *const checks[] = {
  "PRAGMA integrity_check (20)",
  "SELECT 'table ' || \"table\" || ': row ' || rowid || ' points at nothing in ' || parent"
  " FROM pragma_foreign_key_check LIMIT 20",
  "SELECT 'record ' || id || ' is newer than the clock' FROM record, clock WHERE row_seq > seq"
  " LIMIT 20",
  "SELECT 'record ' || id || ' is older than what is in it' FROM record r WHERE EXISTS"
  " (SELECT 1 FROM json_each (r.fver) f WHERE f.value > r.row_seq) LIMIT 20",
  "SELECT 'record ' || r.id || ' is in no scope' FROM record r WHERE NOT EXISTS"
  " (SELECT 1 FROM scope_entry e WHERE e.kind = r.kind AND e.id = r.root) LIMIT 20",
  "SELECT 'entry of ' || e.id || ' in scope ' || e.scope || ' does not say what its record is'"
  " FROM scope_entry e LEFT JOIN record r ON r.id = e.id"
  " WHERE r.id IS NULL OR r.deleted <> e.gone OR e.seq < r.row_seq LIMIT 20",
  "SELECT 'scope ' || h.scope || ' counts ' || h.live || ' records and has ' || count(e.id)"
  " FROM scope_head h LEFT JOIN scope_entry e ON e.scope = h.scope AND NOT e.gone"
  " GROUP BY h.scope HAVING count(e.id) <> h.live",
  "SELECT 'number ' || u.value || ' is kept for ' || u.id || ', which does not have it'"
  " FROM unique_value u LEFT JOIN record r ON r.id = u.id"
  " WHERE r.id IS NULL OR r.deleted OR json_extract (r.fields, '$.' || u.field) IS NOT u.value"
  " LIMIT 20",
  "SELECT 'replica ' || r.id || ' has ' || count(s.n) || ' of its ' || r.last_n || ' sets'"
  " FROM replica r LEFT JOIN change_set s ON s.replica = r.id AND s.n <= r.last_n"
  " GROUP BY r.id HAVING count(s.n) <> r.last_n",
  /* Above it after a restore, until the next set. */
  "SELECT 'the clock stands at ' || seq || ', before the last set' FROM clock"
  " WHERE seq < (SELECT coalesce(max(seq), 0) FROM change_set)",
  "SELECT 'the chain of sets does not end where the clock says' FROM clock"
  " WHERE h <> coalesce((SELECT h FROM change_set ORDER BY seq DESC LIMIT 1), zeroblob(32))",
};

gboolean
crm_sqlite_check (CrmServerStore *self, GPtrArray *problems, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_sqlite_store_get_db (self), checks[i], error);
      CrmStep step;

      if (stmt == NULL)
        return FALSE;
      while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
        if (strcmp (crm_stmt_get_text (stmt, 0), "ok") != 0)
          g_ptr_array_add (problems, crm_stmt_dup_text (stmt, 0));
      if (step == CRM_STEP_ERROR)
        return FALSE;
    }

  return TRUE;
}
