#include "db/crm-migration.h"

#include "db/crm-transaction.h"

static gboolean
load_version (CrmDb *db, guint n_migrations, gint64 *version, GError **error)
{
  if (!crm_db_query_int64 (db, "PRAGMA user_version", version, error))
    return FALSE;

  if (*version <= (gint64) n_migrations)
    return TRUE;

  g_set_error (error,
               CRM_DB_ERROR,
               CRM_DB_ERROR_TOO_NEW,
               "“%s” has format %" G_GINT64_FORMAT ", this program knows formats up to %u",
               crm_db_get_path (db),
               *version,
               n_migrations);

  return FALSE;
}

static gboolean
run_one (CrmDb *db, const CrmMigration *migration, guint version, gpointer data, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %u", version);

  if (migration->sql != NULL && !crm_db_exec (db, migration->sql, error))
    return FALSE;
  if (migration->func != NULL && !migration->func (db, data, error))
    return FALSE;

  return crm_db_exec (db, sql, error);
}

gboolean
crm_migration_run (CrmDb *db,
                   const CrmMigration *migrations,
                   guint n_migrations,
                   gpointer data,
                   GError **error)
{
  gint64 version = 0;

  g_return_val_if_fail (CRM_IS_DB (db), FALSE);

  if (!load_version (db, n_migrations, &version, error))
    return FALSE;

  while (version < (gint64) n_migrations)
    {
      g_autoptr (CrmTransaction) transaction = NULL;

      if (!(transaction = crm_transaction_begin (db, CRM_TRANSACTION_WRITE, error)))
        return FALSE;
      /* Another program may have been first while this one waited for the lock. */
      if (!load_version (db, n_migrations, &version, error))
        return FALSE;
      if (version == (gint64) n_migrations)
        break;
      if (!run_one (db, &migrations[version], version + 1, data, error) ||
          !crm_transaction_commit (transaction, error))
        return FALSE;

      version++;
    }

  return TRUE;
}

gboolean
crm_migration_check (CrmDb *db, guint n_migrations, GError **error)
{
  gint64 version = 0;

  g_return_val_if_fail (CRM_IS_DB (db), FALSE);

  return load_version (db, n_migrations, &version, error);
}
