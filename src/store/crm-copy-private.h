#pragma once

#include "base/crm-progress.h"
#include "store/key/crm-key.h"

/*
 * Copies the database @from, that may be in use, as it is at one moment, to the new file @to under
 * another key, page by page, and checks every page of the copy. What was written stays when it
 * fails: the caller removes it.
 */
gboolean crm_copy_database (const char *from,
                            const CrmKey *from_key,
                            const char *to,
                            const CrmKey *to_key,
                            CrmProgress *progress,
                            GCancellable *cancellable,
                            GError **error);
/* "FILE", "FILE-wal", "FILE-shm", "FILE-journal". */
void crm_copy_remove (const char *path);
/* Makes a rename or a new file in the folder of @path survive a power cut. */
gboolean crm_copy_sync_folder (const char *path, GError **error);
/* Adds a line to @problems for what the engine finds wrong with its file. */
gboolean crm_copy_check (gpointer db, GPtrArray *problems, GError **error);
