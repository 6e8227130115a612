#include "server/sqlite/crm-sqlite-store-private.h"

#include "server/crm-server-error.h"

#include <glib/gstdio.h>
#include <string.h>

CrmDb *
crm_sqlite_store_get_db (CrmServerStore *store)
{
  return ((CrmSqliteStore *) store)->db;
}

GPtrArray *
crm_sqlite_list (CrmStmt *prepared,
                 gpointer (*read) (CrmStmt *stmt),
                 GDestroyNotify free_row,
                 GError **error)
{
  g_autoptr (CrmStmt) stmt = prepared;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  CrmStep step;

  if (stmt == NULL)
    return NULL;

  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    g_ptr_array_add (rows, read (stmt));

  return step == CRM_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

gpointer
crm_sqlite_get (CrmStmt *prepared, gpointer (*read) (CrmStmt *stmt), GError **error)
{
  g_autoptr (CrmStmt) stmt = prepared;

  if (stmt == NULL || crm_stmt_step (stmt, error) != CRM_STEP_ROW)
    return NULL;

  return read (stmt);
}

gboolean
crm_sqlite_run (CrmStmt *prepared, GError **error)
{
  g_autoptr (CrmStmt) stmt = prepared;

  return stmt != NULL && crm_stmt_run (stmt, error);
}

void
crm_sqlite_get_bytes (CrmStmt *stmt, int column, guint8 *bytes, gsize size)
{
  gsize length = 0;
  const guint8 *data = crm_stmt_get_blob (stmt, column, &length);

  memset (bytes, 0, size);
  if (data != NULL && length == size)
    memcpy (bytes, data, size);
}

static gboolean
crm_sqlite_begin (CrmServerStore *store, gboolean write, GError **error)
{
  CrmSqliteStore *self = (CrmSqliteStore *) store;

  g_assert (self->transaction == NULL);
  self->transaction = crm_transaction_begin (self->db,
                                             write ? CRM_TRANSACTION_WRITE : CRM_TRANSACTION_READ,
                                             error);

  return self->transaction != NULL;
}

static gboolean
crm_sqlite_commit (CrmServerStore *store, GError **error)
{
  CrmSqliteStore *self = (CrmSqliteStore *) store;
  g_autoptr (CrmTransaction) transaction = g_steal_pointer (&self->transaction);

  g_assert (transaction != NULL);

  return crm_transaction_commit (transaction, error);
}

static void
crm_sqlite_roll_back (CrmServerStore *store)
{
  CrmSqliteStore *self = (CrmSqliteStore *) store;

  g_clear_pointer (&self->transaction, crm_transaction_free);
}

static char *
crm_sqlite_get_meta (CrmServerStore *store, const char *name, GError **error)
{
  static const char sql[] = "SELECT value FROM meta WHERE name = :name";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_sqlite_store_get_db (store), sql, error);

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_text (stmt, ":name", name);

  return crm_stmt_step (stmt, error) == CRM_STEP_ROW ? crm_stmt_dup_text (stmt, 0) : NULL;
}

static gboolean
crm_sqlite_set_meta (CrmServerStore *store, const char *name, const char *value, GError **error)
{
  static const char sql[] = "INSERT INTO meta VALUES (:name, :value)"
                            " ON CONFLICT DO UPDATE SET value = excluded.value";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (store), sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, ":name", name);
  crm_stmt_bind_text (stmt, ":value", value);

  return crm_sqlite_run (stmt, error);
}

static gboolean
crm_sqlite_claim (CrmServerStore *store, GError **error)
{
  CrmSqliteStore *self = (CrmSqliteStore *) store;

  g_return_val_if_fail (self->claim == NULL, FALSE);

  self->claim = crm_sqlite_claim_new (crm_db_get_path (self->db), error);

  return self->claim != NULL;
}

static void
crm_sqlite_free (CrmServerStore *store)
{
  CrmSqliteStore *self = (CrmSqliteStore *) store;

  crm_sqlite_roll_back (store);
  crm_db_close (self->db);
  g_object_unref (self->db);
  crm_sqlite_claim_free (self->claim);
  g_free (self);
}

static const CrmServerStoreOps sqlite_ops = {
  .begin = crm_sqlite_begin,
  .commit = crm_sqlite_commit,
  .roll_back = crm_sqlite_roll_back,
  .get_meta = crm_sqlite_get_meta,
  .set_meta = crm_sqlite_set_meta,
  .get_head = crm_sqlite_get_head,
  .take_seqs = crm_sqlite_take_seqs,
  .set_hash = crm_sqlite_set_hash,
  .get_hash = crm_sqlite_get_hash,
  .find_set = crm_sqlite_find_set,
  .find_replica_set = crm_sqlite_find_replica_set,
  .get_set = crm_sqlite_get_set,
  .list_results = crm_sqlite_list_results,
  .count_deletes = crm_sqlite_count_deletes,
  .add_set = crm_sqlite_add_set,
  .add_change = crm_sqlite_add_change,
  .list_changes = crm_sqlite_list_changes,
  .get_record = crm_sqlite_get_record,
  .put_record = crm_sqlite_put_record,
  .count_records = crm_sqlite_count_records,
  .put_entry = crm_sqlite_put_entry,
  .list_entries = crm_sqlite_list_entries,
  .list_live = crm_sqlite_list_live,
  .has_gone = crm_sqlite_has_gone,
  .list_user_scopes = crm_sqlite_list_user_scopes,
  .get_scope_head = crm_sqlite_get_scope_head,
  .find_unique = crm_sqlite_find_unique,
  .put_unique = crm_sqlite_put_unique,
  .next_number = crm_sqlite_next_number,
  .raise_number = crm_sqlite_raise_number,
  .find_alike = crm_sqlite_find_alike,
  .put_keys = crm_sqlite_put_keys,
  .list_conflicts = crm_sqlite_list_conflicts,
  .put_conflict = crm_sqlite_put_conflict,
  .find_user = crm_sqlite_find_user,
  .get_user = crm_sqlite_get_user,
  .put_user = crm_sqlite_put_user,
  .list_users = crm_sqlite_list_users,
  .find_device = crm_sqlite_find_device,
  .get_device = crm_sqlite_get_device,
  .put_device = crm_sqlite_put_device,
  .list_devices = crm_sqlite_list_devices,
  .get_replica = crm_sqlite_get_replica,
  .put_replica = crm_sqlite_put_replica,
  .move_replica = crm_sqlite_move_replica,
  .list_profiles = crm_sqlite_list_profiles,
  .claim = crm_sqlite_claim,
  .back_up = crm_sqlite_back_up,
  .check = crm_sqlite_check,
  .free = crm_sqlite_free,
};

/* @db: (transfer full) */
static CrmServerStore *
new_store (CrmDb *db)
{
  CrmSqliteStore *self = g_new0 (CrmSqliteStore, 1);

  self->parent.ops = &sqlite_ops;
  self->db = db;

  return &self->parent;
}

/* The database's own words for these say nothing of what to do. */
static void
explain (const char *path, gboolean create, GError **error)
{
  const gboolean there = g_file_test (path, G_FILE_TEST_EXISTS);

  if (there != create)
    return;

  g_clear_error (error);
  if (there)
    g_set_error (error,
                 CRM_SERVER_ERROR,
                 CRM_SERVER_ERROR_EXISTS,
                 "“%s” exists already: init makes a new database",
                 path);
  else
    g_set_error (error,
                 CRM_SERVER_ERROR,
                 CRM_SERVER_ERROR_NOT_FOUND,
                 "There is no database “%s”: make it with init --admin NAME --password-file FILE",
                 path);
}

/*
 * A commit that a killed server had written but not synced is seen by the next one, and would be
 * acknowledged, while a loss of power would still take it away. Writing it into the database syncs
 * it first; after a clean end there is nothing to do.
 */
static void
keep_what_is_seen (CrmDb *db)
{
  g_autoptr (GError) error = NULL;

  /* On a full disk one can still read. */
  if (!crm_db_exec (db, "PRAGMA wal_checkpoint (PASSIVE)", &error))
    g_message ("What a killed server left is not synced yet: %s", error->message);
}

CrmServerStore *
crm_sqlite_store_open (const char *path, gboolean create, GError **error)
{
  g_autoptr (CrmDb) db = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  db = crm_db_open (path, NULL, create ? CRM_DB_CREATE : CRM_DB_READ_WRITE, error);
  if (db == NULL)
    {
      explain (path, create, error);
      return NULL;
    }
  /* Passwords and everybody's records: nobody else's to read. */
  if (create && g_chmod (path, 0600) != 0)
    {
      g_set_error (error,
                   CRM_SERVER_ERROR,
                   CRM_SERVER_ERROR_FAILED,
                   "“%s” cannot be kept to its owner",
                   path);
      return NULL;
    }
  if ((create && !crm_sqlite_give_away (path, error)) || !crm_sqlite_schema_migrate (db, error))
    return NULL;
  keep_what_is_seen (db);

  return new_store (g_steal_pointer (&db));
}

CrmServerStore *
crm_sqlite_store_open_to_read (const char *path, GError **error)
{
  g_autoptr (CrmDb) db = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  db = crm_db_open (path, NULL, CRM_DB_READ_ONLY, error);
  if (db == NULL || !crm_sqlite_schema_check (db, error))
    return NULL;

  return new_store (g_steal_pointer (&db));
}
