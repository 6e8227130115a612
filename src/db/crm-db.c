#include "db/crm-db.h"

#include "db/crm-db-open-private.h"
#include "db/crm-stmt-private.h"

#include <string.h>

/* Idle statements kept; an editor that changes other fields each time makes other texts. */
#define CACHE_SIZE 128
/* Of the end of a text. */
#define HASHED_BYTES 64
/* Steps of the engine between two questions to the cancellable: well under a millisecond. */
#define PROGRESS_STEPS 4000

struct _CrmDb
{
  GObject parent_instance;

  sqlite3 *handle;
  char *path;
  CrmDbMode mode;
  GCancellable *cancellable;

  /* (element-type utf8 CrmStmt): by text, which is the statement's own; one statement for each. */
  GHashTable *cache;
  /* Those of the cache that are not in use, least recently used first. */
  GQueue idle;
};

G_DEFINE_FINAL_TYPE (CrmDb, crm_db, G_TYPE_OBJECT)

static void
free_statement (CrmStmt *stmt)
{
  sqlite3_finalize (stmt->handle);
  g_free (stmt->sql);
  g_free (stmt);
}

/* Texts of some hundred bytes that differ near their ends: hashing all of one cost more than
 * running a simple statement. */
static guint
hash_sql (gconstpointer key)
{
  const char *sql = key;
  const gsize length = strlen (sql);

  return g_str_hash (sql + (length > HASHED_BYTES ? length - HASHED_BYTES : 0)) + (guint) length;
}

static void
drop_oldest (CrmDb *self)
{
  CrmStmt *oldest = g_queue_peek_head (&self->idle);

  g_queue_unlink (&self->idle, &oldest->link);
  g_hash_table_remove (self->cache, oldest->sql);
  free_statement (oldest);
}

void
crm_db_take_back (CrmDb *self, CrmStmt *stmt)
{
  sqlite3_reset (stmt->handle);
  sqlite3_clear_bindings (stmt->handle);
  stmt->bind_result = SQLITE_OK;

  if (self->handle == NULL && stmt->cached)
    g_hash_table_remove (self->cache, stmt->sql);
  if (self->handle == NULL || !stmt->cached)
    {
      free_statement (stmt);
      return;
    }

  g_queue_push_tail_link (&self->idle, &stmt->link);
  if (g_queue_get_length (&self->idle) > CACHE_SIZE)
    drop_oldest (self);
}

static void
crm_db_finalize (GObject *object)
{
  CrmDb *self = CRM_DB (object);

  crm_db_close (self);
  g_hash_table_unref (self->cache);
  g_free (self->path);

  G_OBJECT_CLASS (crm_db_parent_class)->finalize (object);
}

static void
crm_db_class_init (CrmDbClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = crm_db_finalize;
}

static void
crm_db_init (CrmDb *self)
{
  self->cache = g_hash_table_new (hash_sql, g_str_equal);
  g_queue_init (&self->idle);
}

CrmDb *
crm_db_open (const char *path, const guint8 *key, CrmDbMode mode, GError **error)
{
  g_autoptr (CrmDb) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (CRM_TYPE_DB, NULL);
  self->path = g_strdup (path);
  self->mode = mode;

  if (!crm_db_open_handle (self, path, key, mode, &self->handle, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
crm_db_close (CrmDb *self)
{
  g_return_if_fail (CRM_IS_DB (self));

  while (!g_queue_is_empty (&self->idle))
    drop_oldest (self);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->handle, sqlite3_close_v2);
}

const char *
crm_db_get_path (CrmDb *self)
{
  g_return_val_if_fail (CRM_IS_DB (self), NULL);

  return self->path;
}

CrmDbMode
crm_db_get_mode (CrmDb *self)
{
  g_return_val_if_fail (CRM_IS_DB (self), CRM_DB_READ_ONLY);

  return self->mode;
}

CrmStmt *
crm_db_prepare (CrmDb *self, const char *sql, GError **error)
{
  CrmStmt *cached;
  CrmStmt *stmt;
  sqlite3_stmt *handle = NULL;
  int result;

  g_return_val_if_fail (CRM_IS_DB (self), NULL);
  g_return_val_if_fail (sql != NULL, NULL);
  g_return_val_if_fail (self->handle != NULL, NULL);

  cached = g_hash_table_lookup (self->cache, sql);
  if (cached != NULL && cached->db == NULL)
    {
      g_queue_unlink (&self->idle, &cached->link);
      cached->db = g_object_ref (self);
      return cached;
    }

  result = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
  if (result != SQLITE_OK)
    {
      crm_db_fail (self, result, sql, error);
      return NULL;
    }

  stmt = g_new0 (CrmStmt, 1);
  stmt->db = g_object_ref (self);
  stmt->handle = handle;
  stmt->sql = g_strdup (sql);
  stmt->link.data = stmt;
  stmt->cached = cached == NULL;
  if (stmt->cached)
    g_hash_table_insert (self->cache, stmt->sql, stmt);

  return stmt;
}

gboolean
crm_db_exec (CrmDb *self, const char *sql, GError **error)
{
  int result;

  g_return_val_if_fail (CRM_IS_DB (self), FALSE);
  g_return_val_if_fail (sql != NULL, FALSE);
  g_return_val_if_fail (self->handle != NULL, FALSE);

  result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  return result == SQLITE_OK || crm_db_fail (self, result, sql, error);
}

gboolean
crm_db_query_int64 (CrmDb *self, const char *sql, gint64 *value, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  if (!(stmt = crm_db_prepare (self, sql, error)))
    return FALSE;

  step = crm_stmt_step (stmt, error);
  if (step == CRM_STEP_ROW)
    *value = crm_stmt_get_int64 (stmt, 0);

  return step != CRM_STEP_ERROR;
}

char *
crm_db_query_text (CrmDb *self, const char *sql, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;

  if (!(stmt = crm_db_prepare (self, sql, error)))
    return NULL;
  if (crm_stmt_step (stmt, error) != CRM_STEP_ROW)
    return NULL;

  return crm_stmt_dup_text (stmt, 0);
}

char *
crm_db_quote_name (const char *name)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *doubled = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  parts = g_strsplit (name, "\"", -1);
  doubled = g_strjoinv ("\"\"", parts);

  return g_strdup_printf ("\"%s\"", doubled);
}

gint64
crm_db_get_last_insert_id (CrmDb *self)
{
  g_return_val_if_fail (CRM_IS_DB (self), 0);

  return sqlite3_last_insert_rowid (self->handle);
}

gint64
crm_db_get_changes (CrmDb *self)
{
  g_return_val_if_fail (CRM_IS_DB (self), 0);

  return sqlite3_changes64 (self->handle);
}

gboolean
crm_db_in_transaction (CrmDb *self)
{
  g_return_val_if_fail (CRM_IS_DB (self), FALSE);

  return self->handle != NULL && !sqlite3_get_autocommit (self->handle);
}

static int
progress_cb (gpointer data)
{
  return g_cancellable_is_cancelled (CRM_DB (data)->cancellable);
}

void
crm_db_set_cancellable (CrmDb *self, GCancellable *cancellable)
{
  g_return_if_fail (CRM_IS_DB (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  if (!g_set_object (&self->cancellable, cancellable) || self->handle == NULL)
    return;

  if (cancellable == NULL)
    sqlite3_progress_handler (self->handle, 0, NULL, NULL);
  else
    sqlite3_progress_handler (self->handle, PROGRESS_STEPS, progress_cb, self);
}

GCancellable *
crm_db_get_cancellable (CrmDb *self)
{
  g_return_val_if_fail (CRM_IS_DB (self), NULL);

  return self->cancellable;
}

void
crm_db_set_busy_timeout (CrmDb *self, int milliseconds)
{
  g_return_if_fail (CRM_IS_DB (self));

  sqlite3_busy_timeout (self->handle, milliseconds);
}

gpointer
crm_db_get_handle (CrmDb *self)
{
  g_return_val_if_fail (CRM_IS_DB (self), NULL);

  return self->handle;
}

static CrmDbError
translate_code (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return CRM_DB_ERROR_BUSY;

    case SQLITE_CORRUPT:
      return CRM_DB_ERROR_CORRUPT;

    case SQLITE_CONSTRAINT:
      return CRM_DB_ERROR_CONSTRAINT;

    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return CRM_DB_ERROR_OPEN;

    case SQLITE_NOTADB:
      return CRM_DB_ERROR_KEY;

    default:
      return CRM_DB_ERROR_FAILED;
    }
}

gboolean
crm_db_fail (CrmDb *self, int code, const char *doing, GError **error)
{
  const char *message;

  g_return_val_if_fail (CRM_IS_DB (self), FALSE);

  if ((code & 0xff) == SQLITE_INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Operation was cancelled");
      return FALSE;
    }

  if (crm_db_fail_place (self->handle, code, self->path, error))
    return FALSE;

  message = self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (code);
  g_set_error (error,
               CRM_DB_ERROR,
               translate_code (code),
               "“%s”: %s (while running “%.200s”)",
               self->path,
               message,
               doing);

  return FALSE;
}
