#include "store/crm-replica-private.h"

#include "base/crm-id.h"
#include "store/crm-builtin-rows-private.h"
#include "store/crm-company-setting-private.h"
#include "store/crm-index-private.h"
#include "store/crm-schema-private.h"
#include "store/log/crm-action-private.h"
#include "store/sync/crm-sync-login-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define DATABASE "replica.db"

G_DEFINE_FINAL_TYPE (CrmReplica, crm_replica, G_TYPE_OBJECT)

static void
crm_replica_finalize (GObject *object)
{
  CrmReplica *self = CRM_REPLICA (object);

  crm_replica_close (self);
  g_clear_pointer (&self->tables, g_ptr_array_unref);
  g_clear_pointer (&self->model, crm_model_unref);
  g_free (self->dir);
  g_free (self->id);

  G_OBJECT_CLASS (crm_replica_parent_class)->finalize (object);
}

static void
crm_replica_class_init (CrmReplicaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = crm_replica_finalize;
}

static void
crm_replica_init (CrmReplica *self)
{
  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_table_free);
}

static CrmReplica *
new_replica (const char *dir, const CrmKey *key, CrmModel *model, CrmReplicaMode mode)
{
  CrmReplica *self = g_object_new (CRM_TYPE_REPLICA, NULL);

  self->dir = g_strdup (dir);
  self->mode = mode;
  self->key = crm_key_copy (key);
  self->model = crm_model_ref (model != NULL ? model : crm_model_get_default ());
  for (guint i = 0; i < crm_model_get_n_kinds (self->model); i++)
    g_ptr_array_add (self->tables, crm_table_new (crm_model_get_kind (self->model, i)));

  return self;
}

static gboolean
open_db (CrmReplica *self, CrmDbMode mode, GError **error)
{
  g_autofree char *path = g_build_filename (self->dir, DATABASE, NULL);

  self->db = crm_db_open (path, crm_key_get_bytes (self->key), mode, error);

  return self->db != NULL && crm_index_connect (self->db, error);
}

gboolean
crm_replica_reopen (CrmReplica *self, GError **error)
{
  if (self->db != NULL)
    crm_db_close (self->db);
  g_clear_object (&self->db);

  return open_db (self,
                  self->mode == CRM_REPLICA_READ_ONLY ? CRM_DB_READ_ONLY : CRM_DB_READ_WRITE,
                  error);
}

static gboolean
fill_new (CrmReplica *self, GError **error)
{
  g_autofree char *id = crm_id_new ();

  return open_db (self, CRM_DB_CREATE, error) && crm_schema_ensure (self, error) &&
         crm_replica_set_meta (self, "replica", id, error) && crm_builtin_rows_ensure (self, error);
}

/* What was made of a replica that could not be made whole. */
static void
remove_files (const char *dir)
{
  const char *const names[] = { DATABASE, DATABASE "-wal", DATABASE "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (dir, names[i], NULL);

      g_unlink (path);
    }
}

CrmReplica *
crm_replica_create (const char *dir, const CrmKey *key, CrmModel *model, GError **error)
{
  g_autoptr (CrmReplica) self = NULL;

  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  if (crm_replica_exists (dir))
    {
      g_set_error (error,
                   CRM_STORE_ERROR,
                   CRM_STORE_ERROR_EXISTS,
                   "There is a replica in “%s” already; open it, or choose another folder",
                   dir);
      return NULL;
    }
  if (g_mkdir_with_parents (dir, 0700) != 0)
    {
      crm_store_error_set_file (error, dir, errno);
      return NULL;
    }

  self = new_replica (dir, key, model, CRM_REPLICA_READ_WRITE);
  if (!fill_new (self, error))
    {
      crm_replica_close (self);
      remove_files (dir);
      crm_store_error_translate (error);
      return NULL;
    }
  self->id = crm_replica_dup_meta (self, "replica");

  return g_steal_pointer (&self);
}

/*
 * A commit that a killed program had written but not synced is seen by the next one, and could be
 * pushed to the server, while a loss of power would still take it away. Writing it into the
 * database syncs it first; after a clean end there is nothing to do.
 */
static void
keep_what_is_seen (CrmReplica *self)
{
  g_autoptr (GError) error = NULL;

  /* On a full disk one can still look. */
  if (!crm_db_exec (self->db, "PRAGMA wal_checkpoint (PASSIVE)", &error))
    g_message ("What a killed program left is not synced yet: %s", error->message);
}

/*
 * Half of an action that was killed, or found the disk full, is not for reading: a writer takes it
 * back first. One that cannot (the disk is still full, the folder may not be written) does not keep
 * anybody from looking.
 */
static void
take_back_halves (CrmReplica *self)
{
  g_autoptr (CrmReplica) writer = NULL;
  g_autoptr (GError) error = NULL;

  if (!crm_undo_can_recover (self))
    return;

  writer = crm_replica_open (self->dir, self->key, self->model, CRM_REPLICA_READ_WRITE, &error);
  if (writer == NULL)
    g_message ("An unfinished action is not taken back yet: %s", error->message);
}

static gboolean
prepare_to_read (CrmReplica *self, GError **error)
{
  if (!open_db (self, CRM_DB_READ_ONLY, error) || !crm_schema_check (self, error))
    return FALSE;
  take_back_halves (self);

  return TRUE;
}

static gboolean
prepare (CrmReplica *self, GError **error)
{
  if (self->mode == CRM_REPLICA_READ_ONLY)
    return prepare_to_read (self, error);

  if (!open_db (self, CRM_DB_READ_WRITE, error))
    return FALSE;

  keep_what_is_seen (self);

  return crm_schema_ensure (self, error) && crm_undo_recover (self, error) &&
         crm_builtin_rows_ensure (self, error) && crm_company_setting_move (self, error) &&
         crm_sync_login_adopt (self, error) && crm_index_ensure (self, error) &&
         crm_index_ensure_fresh (self, error);
}

CrmReplica *
crm_replica_open_behind (const char *dir,
                         const CrmKey *key,
                         CrmModel *model,
                         CrmReplicaMode mode,
                         GError **error)
{
  g_autoptr (CrmReplica) self = NULL;

  if (!crm_replica_exists (dir))
    {
      g_set_error (error,
                   CRM_STORE_ERROR,
                   CRM_STORE_ERROR_NOT_FOUND,
                   "There is no replica in “%s”; make one with “init”",
                   dir);
      return NULL;
    }

  self = new_replica (dir, key, model, mode);
  if (!prepare (self, error) || !crm_replica_load_meta (self, "replica", &self->id, error))
    {
      crm_store_error_translate (error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

CrmReplica *
crm_replica_open (const char *dir,
                  const CrmKey *key,
                  CrmModel *model,
                  CrmReplicaMode mode,
                  GError **error)
{
  g_autoptr (CrmReplica) self = NULL;

  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  self = crm_replica_open_behind (dir, key, model, mode, error);
  if (self != NULL && mode == CRM_REPLICA_READ_WRITE && !crm_index_catch_up (self, NULL, error))
    {
      crm_store_error_translate (error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

gboolean
crm_replica_exists (const char *dir)
{
  g_autofree char *path = NULL;
  GStatBuf status;

  g_return_val_if_fail (dir != NULL, FALSE);

  path = g_build_filename (dir, DATABASE, NULL);

  /* Where one may not look, there may be one. */
  return g_stat (path, &status) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

void
crm_replica_close (CrmReplica *self)
{
  g_return_if_fail (CRM_IS_REPLICA (self));

  if (self->db != NULL)
    crm_db_close (self->db);
  g_clear_object (&self->db);
  g_clear_pointer (&self->key, crm_key_free);
}

const char *
crm_replica_get_id (CrmReplica *self)
{
  g_return_val_if_fail (CRM_IS_REPLICA (self), NULL);

  return self->id;
}

const char *
crm_replica_get_dir (CrmReplica *self)
{
  g_return_val_if_fail (CRM_IS_REPLICA (self), NULL);

  return self->dir;
}

CrmKey *
crm_replica_dup_key (CrmReplica *self)
{
  g_return_val_if_fail (CRM_IS_REPLICA (self), NULL);

  return crm_key_copy (self->key);
}

CrmModel *
crm_replica_get_model (CrmReplica *self)
{
  g_return_val_if_fail (CRM_IS_REPLICA (self), NULL);

  return self->model;
}

const CrmTable *
crm_replica_get_table (CrmReplica *self, const CrmKind *kind)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      const CrmTable *table = g_ptr_array_index (self->tables, i);

      if (table->kind == kind)
        return table;
    }

  return NULL;
}

/* One probe of a unique index per kind; UUIDs do not meet. */
static CrmRecord *
load_record (CrmReplica *self, const char *id, GError **error)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      const CrmTable *table = g_ptr_array_index (self->tables, i);
      g_autoptr (CrmStmt) stmt = crm_db_prepare (self->db, table->select_sql, error);
      CrmStep step;

      if (stmt == NULL)
        return NULL;

      crm_stmt_bind_text_at (stmt, 1, id);
      step = crm_stmt_step (stmt, error);
      if (step == CRM_STEP_ROW)
        return crm_table_read_record (table, stmt, 3);
      if (step == CRM_STEP_ERROR)
        return NULL;
    }

  return NULL;
}

CrmRecord *
crm_replica_get (CrmReplica *self, const char *id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  CrmRecord *record;

  g_return_val_if_fail (CRM_IS_REPLICA (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (self->db != NULL, NULL);

  record = load_record (self, id, &local_error);
  if (record != NULL)
    return record;

  if (local_error == NULL)
    g_set_error (&local_error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND, "No record “%s”", id);
  crm_store_error_translate (&local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

CrmRecord *
crm_replica_find (CrmReplica *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  CrmRecord *record;

  g_return_val_if_fail (CRM_IS_REPLICA (self), NULL);

  if (id == NULL)
    return NULL;

  record = crm_replica_get (self, id, &error);
  if (error != NULL && !g_error_matches (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND))
    g_warning ("A record cannot be read: %s", error->message);

  return record;
}

void
crm_replica_set_yield_hook (CrmReplica *self, void (*hook) (gpointer), gpointer data)
{
  crm_replica_set_yield_hooks (self, hook, NULL, data);
}

void
crm_replica_set_yield_hooks (CrmReplica *self,
                             void (*hook) (gpointer),
                             gboolean (*wanted) (gpointer),
                             gpointer data)
{
  g_return_if_fail (CRM_IS_REPLICA (self));

  self->yield_hook = hook;
  self->wanted_hook = wanted;
  self->yield_data = data;
}

void
crm_replica_yield (CrmReplica *self)
{
  g_return_if_fail (CRM_IS_REPLICA (self));

  if (self->yield_hook == NULL || crm_db_in_transaction (self->db) ||
      (self->wanted_hook != NULL && !self->wanted_hook (self->yield_data)))
    return;

  self->yield_hook (self->yield_data);
}

void
crm_replica_set_commit_hook (CrmReplica *self, CrmCommitHook hook, gpointer data)
{
  g_return_if_fail (CRM_IS_REPLICA (self));

  self->commit_hook = hook;
  self->commit_data = data;
}

gboolean
crm_replica_check_writable (CrmReplica *self, GError **error)
{
  if (self->mode == CRM_REPLICA_READ_WRITE && self->db != NULL)
    return TRUE;

  g_set_error (error,
               CRM_STORE_ERROR,
               CRM_STORE_ERROR_FAILED,
               self->db == NULL ? "The replica in “%s” is closed"
                                : "The replica in “%s” is open for reading only",
               self->dir);

  return FALSE;
}
