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
/*
 * crm_db_fail_place:
 *
 * Sets @error when @code is about where the file lies, not about what is in it: no room, no rights.
 * The message is for people, not for programmers.
 *
 * Returns: whether it did
 */
gboolean crm_db_fail_place (sqlite3 *handle, int code, const char *path, GError **error);
