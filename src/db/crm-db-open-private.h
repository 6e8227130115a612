#pragma once

#include "db/crm-db.h"

#include <sqlite3.h>

/* Opens, keys and configures; @handle: (out) (transfer full). @db is for messages. */
gboolean crm_db_open_handle (CrmDb *db,
                             const char *path,
                             const guint8 *key,
                             CrmDbMode mode,
                             sqlite3 **handle,
                             GError **error);
