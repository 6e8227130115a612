#pragma once

#include "server/crm-server-store.h"

G_BEGIN_DECLS

/* The store in one plain SQLite file, for one process that serves; administrators may use others
 * beside it. */
CrmServerStore *crm_sqlite_store_open (const char *path, gboolean create, GError **error);
/* A file that is not to be written to, a backup. */
CrmServerStore *crm_sqlite_store_open_to_read (const char *path, GError **error);

/* See crm_server_store_restore(). */
gboolean crm_sqlite_restore (const char *path, const char *file, char **aside, GError **error);

G_END_DECLS
