#pragma once

#include "server/crm-server-store.h"

G_BEGIN_DECLS

/* The store in one plain SQLite file, for one process that serves; administrators may use others
 * beside it. */
CrmServerStore *crm_sqlite_store_open (const char *path, gboolean create, GError **error);

G_END_DECLS
