#include "store/crm-copy-private.h"

#include "db/crm-db.h"
#include "store/crm-index-private.h"
#include "store/crm-store-error-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

/* 8 MiB between two looks at the cancellable. */
#define STEP_PAGES 2048

/* A read transaction keeps the source as it was while others go on writing. */
static gboolean
copy_pages (CrmDb *from,
            CrmDb *to,
            CrmProgress *progress,
            GCancellable *cancellable,
            GError **error)
{
  sqlite3_backup *backup;
  int result = SQLITE_OK;

  if (!crm_db_exec (from, "BEGIN; SELECT count(*) FROM sqlite_schema", error))
    return FALSE;

  backup = sqlite3_backup_init (crm_db_get_handle (to), "main", crm_db_get_handle (from), "main");
  if (backup == NULL)
    return crm_db_fail (to, sqlite3_errcode (crm_db_get_handle (to)), "backup", error);

  while (result == SQLITE_OK && !g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      guint64 total;

      result = sqlite3_backup_step (backup, STEP_PAGES);
      total = sqlite3_backup_pagecount (backup);
      crm_progress_set (progress, total - sqlite3_backup_remaining (backup), total);
    }
  sqlite3_backup_finish (backup);

  if (result == SQLITE_OK)
    return FALSE;

  return result == SQLITE_DONE || crm_db_fail (to, result, "backup", error);
}

static gboolean
add_rows (CrmDb *db, const char *sql, GPtrArray *problems, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  if (!(stmt = crm_db_prepare (db, sql, error)))
    return FALSE;

  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    if (g_strcmp0 (crm_stmt_get_text (stmt, 0), "ok") != 0)
      g_ptr_array_add (problems, crm_stmt_dup_text (stmt, 0));

  return step == CRM_STEP_DONE;
}

/* cipher_integrity_check reads the file without its log: after a change of key that was killed
 * before its checkpoint, pages of the old key would be called broken. So it waits for a file that
 * has all; the other check reads, and so authenticates, every page in use anyway. */
static gboolean
put_all_in_file (CrmDb *db, gboolean *all_in_file, GError **error)
{
  gint64 busy = 1;

  *all_in_file = FALSE;
  if (crm_db_get_mode (db) == CRM_DB_READ_ONLY)
    return TRUE;
  if (!crm_db_query_int64 (db, "PRAGMA wal_checkpoint (TRUNCATE)", &busy, error))
    return FALSE;

  *all_in_file = busy == 0;

  return TRUE;
}

gboolean
crm_copy_check (gpointer db, GPtrArray *problems, GError **error)
{
  gboolean all_in_file;

  if (!put_all_in_file (db, &all_in_file, error))
    return FALSE;
  if (all_in_file && !add_rows (db, "PRAGMA cipher_integrity_check", problems, error))
    return FALSE;

  return add_rows (db, "PRAGMA integrity_check (20)", problems, error);
}

static gboolean
check_copy (CrmDb *db, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  if (!crm_copy_check (db, problems, error))
    return FALSE;
  if (problems->len == 0)
    return TRUE;

  g_set_error (error,
               CRM_STORE_ERROR,
               CRM_STORE_ERROR_CORRUPT,
               "The copy “%s” is damaged: %s",
               crm_db_get_path (db),
               (const char *) g_ptr_array_index (problems, 0));

  return FALSE;
}

static gboolean
sync_file (const char *path, GError **error)
{
  const int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  const gboolean synced = fd >= 0 && fsync (fd) == 0;
  const int code = errno;

  if (fd >= 0)
    close (fd);

  return synced || crm_store_error_set_file (error, path, code);
}

gboolean
crm_copy_sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return sync_file (folder, error);
}

gboolean
crm_copy_database (const char *from,
                   const CrmKey *from_key,
                   const char *to,
                   const CrmKey *to_key,
                   CrmProgress *progress,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (CrmDb) source = NULL;
  g_autoptr (CrmDb) target = NULL;

  if (!(source = crm_db_open (from, crm_key_get_bytes (from_key), CRM_DB_READ_ONLY, error)) ||
      !(target = crm_db_open (to, crm_key_get_bytes (to_key), CRM_DB_CREATE, error)))
    return FALSE;

  /* For the check: it looks into the search tables too. */
  if (!crm_index_connect (target, error))
    return FALSE;

  /* A copy that is not whole is thrown away, so it needs no journal. */
  if (!crm_db_exec (target, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", error) ||
      !copy_pages (source, target, progress, cancellable, error) || !check_copy (target, error))
    return FALSE;

  crm_db_close (target);

  return sync_file (to, error);
}

void
crm_copy_remove (const char *path)
{
  const char *const ends[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *name = g_strconcat (path, ends[i], NULL);

      g_unlink (name);
    }
}
