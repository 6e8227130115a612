#pragma once

#include "db/crm-db.h"

G_BEGIN_DECLS

/* Brings the database from one version (PRAGMA user_version) to the next. */
typedef struct
{
  /* What to run; nullable. */
  const char *sql;
  /* Called after it in the same transaction; nullable. */
  gboolean (*func) (CrmDb *db, gpointer data, GError **error);
} CrmMigration;

/*
 * crm_migration_run:
 * @migrations: the first one makes version 1 from an empty file
 *
 * Each missing migration runs in a transaction of its own with the change of version. Fails with
 * %CRM_DB_ERROR_TOO_NEW when the file's version is above @n_migrations.
 */
gboolean crm_migration_run (CrmDb *db,
                            const CrmMigration *migrations,
                            guint n_migrations,
                            gpointer data,
                            GError **error);
/* Reads the version only; for connections that may not write. */
gboolean crm_migration_check (CrmDb *db, guint n_migrations, GError **error);

G_END_DECLS
