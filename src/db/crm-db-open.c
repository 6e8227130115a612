#include "db/crm-db-open-private.h"

#include "base/crm-bug.h"
#include "base/crm-file-error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, sqlite3_close_v2)

/* A writer's set takes up to 50 ms, another program's checkpoint longer. */
#define BUSY_TIMEOUT_MS 5000
/* A value is at most 1 MiB by the rules of sync; a set's body holds hundreds of ordinary ones. */
#define MAX_VALUE_BYTES (64 * 1024 * 1024)
#define MAX_SQL_BYTES   (1024 * 1024)

static gboolean
is_full (sqlite3 *handle, int code)
{
  /* Growing the index of the WAL keeps no errno, and fails for nothing else. */
  if ((code & 0xff) == SQLITE_FULL || code == SQLITE_IOERR_SHMSIZE)
    return TRUE;

  return (code & 0xff) == SQLITE_IOERR && crm_file_error_is_full (sqlite3_system_errno (handle));
}

gboolean
crm_db_fail_place (sqlite3 *handle, int code, const char *path, GError **error)
{
  const int system_errno = handle != NULL ? sqlite3_system_errno (handle) : 0;

  if (handle == NULL)
    return FALSE;

  if (is_full (handle, code))
    g_set_error (error, CRM_DB_ERROR, CRM_DB_ERROR_FULL, "No room to write “%s”", path);
  else if ((code & 0xff) == SQLITE_READONLY)
    g_set_error (error,
                 CRM_DB_ERROR,
                 CRM_DB_ERROR_READ_ONLY,
                 "“%s” may not be written; give yourself the right to write it and its folder",
                 path);
  else if ((code & 0xff) == SQLITE_CANTOPEN && system_errno != 0)
    g_set_error (error,
                 CRM_DB_ERROR,
                 CRM_DB_ERROR_OPEN,
                 "“%s” cannot be opened: %s",
                 path,
                 g_strerror (system_errno));
  else
    return FALSE;

  return TRUE;
}

static gboolean
fail_open (const char *path, sqlite3 *handle, int code, GError **error)
{
  const int primary = code & 0xff;
  CrmDbError db_code = CRM_DB_ERROR_OPEN;

  if (crm_db_fail_place (handle, code, path, error))
    return FALSE;
  if (primary == SQLITE_NOTADB)
    db_code = CRM_DB_ERROR_KEY;
  else if (primary == SQLITE_BUSY)
    db_code = CRM_DB_ERROR_BUSY;
  else if (primary == SQLITE_CORRUPT)
    db_code = CRM_DB_ERROR_CORRUPT;

  if (db_code == CRM_DB_ERROR_KEY)
    g_set_error (error,
                 CRM_DB_ERROR,
                 db_code,
                 "“%s” is no database, or the key does not open it",
                 path);
  else
    g_set_error (error, CRM_DB_ERROR, db_code, "“%s”: %s", path, sqlite3_errmsg (handle));

  return FALSE;
}

static gboolean
run (sqlite3 *handle, const char *path, const char *sql, GError **error)
{
  const int result = sqlite3_exec (handle, sql, NULL, NULL, NULL);

  return result == SQLITE_OK || fail_open (path, handle, result, error);
}

/* libsqlite3 answers PRAGMA cipher_version with nothing at all. */
static gboolean
check_cipher (sqlite3 *handle, const char *path, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  gboolean answered = FALSE;

  if (sqlite3_prepare_v2 (handle, "PRAGMA cipher_version", -1, &stmt, NULL) == SQLITE_OK)
    answered = sqlite3_step (stmt) == SQLITE_ROW && sqlite3_column_bytes (stmt, 0) > 0;
  sqlite3_finalize (stmt);

  if (!answered)
    g_set_error (error,
                 CRM_DB_ERROR,
                 CRM_DB_ERROR_NO_CIPHER,
                 "The SQLite library of this process does not encrypt, so “%s” is not opened; "
                 "link SQLCipher before libsqlite3",
                 path);

  return answered;
}

static gboolean
set_key (sqlite3 *handle, const char *path, const guint8 *key, GError **error)
{
  /* PRAGMA key = "x'64 hex digits'" */
  char sql[32 + 2 * CRM_DB_KEY_SIZE];
  char *end;
  gboolean done;

  end = g_stpcpy (sql, "PRAGMA key = \"x'");
  for (guint i = 0; i < CRM_DB_KEY_SIZE; i++, end += 2)
    g_snprintf (end, 3, "%02x", key[i]);
  g_stpcpy (end, "'\"");

  done = run (handle, path, sql, error);
  explicit_bzero (sql, sizeof sql);

  /* A wrong key is told by our error, not by lines on stderr. */
  return done && run (handle, path, "PRAGMA cipher_log_level = NONE", error) &&
         run (handle, path, "PRAGMA cipher_page_size = " G_STRINGIFY (CRM_DB_PAGE_SIZE), error);
}

/* A file of ours is data, never code: no functions in its schema, no writing to shadow tables. */
static void
set_limits (sqlite3 *handle)
{
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  sqlite3_limit (handle, SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
  sqlite3_limit (handle, SQLITE_LIMIT_SQL_LENGTH, MAX_SQL_BYTES);
  sqlite3_limit (handle, SQLITE_LIMIT_ATTACHED, 1);
  sqlite3_limit (handle, SQLITE_LIMIT_WORKER_THREADS, 0);
  sqlite3_extended_result_codes (handle, 1);
}

static gboolean
configure (sqlite3 *handle, const char *path, CrmDbMode mode, GError **error)
{
  /* Temporary files would not be encrypted, so there are none. */
  static const char common[] = "PRAGMA temp_store = MEMORY;"
                               "PRAGMA foreign_keys = ON;";
  static const char writer[] = "PRAGMA journal_mode = WAL;"
                               "PRAGMA synchronous = FULL;"
                               "PRAGMA secure_delete = ON;"
                               "PRAGMA journal_size_limit = 67108864;"
                               "PRAGMA wal_autocheckpoint = 4000;"
                               "PRAGMA cache_size = -65536;";
  static const char reader[] = "PRAGMA query_only = ON;"
                               "PRAGMA cache_size = -16384;";

  return run (handle, path, common, error)
         /* The first read: a wrong key shows here. */
         && run (handle, path, "SELECT count(*) FROM sqlite_schema", error) &&
         run (handle, path, mode == CRM_DB_READ_ONLY ? reader : writer, error) &&
         (!CRM_BUG ("no-sync") || run (handle, path, "PRAGMA synchronous = OFF", error));
}

static gboolean
open_one (const char *name,
          const char *path,
          int flags,
          const guint8 *key,
          CrmDbMode mode,
          sqlite3 **handle,
          GError **error)
{
  g_autoptr (sqlite3) opened = NULL;
  int result;

  flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  result = sqlite3_open_v2 (name, &opened, flags, NULL);
  if (result != SQLITE_OK)
    return fail_open (path, opened, result, error);

  sqlite3_busy_timeout (opened, BUSY_TIMEOUT_MS);
  set_limits (opened);

  if (key != NULL && (!check_cipher (opened, path, error) || !set_key (opened, path, key, error)))
    return FALSE;
  if (!configure (opened, path, mode, error))
    return FALSE;

  *handle = g_steal_pointer (&opened);

  return TRUE;
}

/* On a medium or in a folder that cannot be written, WAL's helper files cannot be made; without a
 * WAL file, everything is in the file itself, which nobody changes. */
static gboolean
open_immutable (const char *path, const guint8 *key, sqlite3 **handle, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *uri = NULL;
  g_autofree char *name = NULL;

  if (access (folder, W_OK) == 0 || g_file_test (wal, G_FILE_TEST_EXISTS))
    return FALSE;
  if (!(uri = g_filename_to_uri (path, NULL, error)))
    return FALSE;

  name = g_strconcat (uri, "?immutable=1", NULL);
  g_clear_error (error);

  return open_one (name,
                   path,
                   SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
                   key,
                   CRM_DB_READ_ONLY,
                   handle,
                   error);
}

static gboolean
check_new (const char *path, GError **error)
{
  GStatBuf status;

  if (g_stat (path, &status) != 0 || status.st_size == 0)
    return TRUE;

  g_set_error (error, CRM_DB_ERROR, CRM_DB_ERROR_OPEN, "“%s” exists already", path);

  return FALSE;
}

/* A reader that may not write leaves helper files that nobody may. */
static void
free_helpers (const char *path)
{
  static const char *const ends[] = { "-shm", "-wal" };
  GStatBuf status;

  if (access (path, W_OK) != 0 || g_stat (path, &status) != 0)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *name = g_strconcat (path, ends[i], NULL);

      if (access (name, F_OK) == 0 && access (name, W_OK) != 0)
        g_chmod (name, status.st_mode & 0777);
    }
}

gboolean
crm_db_open_handle (CrmDb *db,
                    const char *path,
                    const guint8 *key,
                    CrmDbMode mode,
                    sqlite3 **handle,
                    GError **error)
{
  int flags = SQLITE_OPEN_READWRITE;

  if (mode == CRM_DB_CREATE)
    {
      if (!check_new (path, error))
        return FALSE;
      flags |= SQLITE_OPEN_CREATE;
    }

  /* A reader too opens for writing where it may: it can then repair what a killed writer left in
   * the WAL. Its own writes are refused by query_only. */
  if (mode == CRM_DB_READ_ONLY && access (path, W_OK) != 0)
    flags = SQLITE_OPEN_READONLY;

  free_helpers (path);
  if (open_one (path, path, flags, key, mode, handle, error))
    return TRUE;

  return mode == CRM_DB_READ_ONLY && open_immutable (path, key, handle, error);
}
