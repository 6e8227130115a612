#pragma once

#include "store/crm-replica-private.h"

/*
 * What search and lists keep beside the tables of kinds: `listing` (crm-listing-private.h) and the
 * search index (crm-search-index-private.h). The change log calls these for every record it writes
 * or deletes, inside the transaction. `nr` is the record's row number, unique over all kinds and
 * never used again.
 */

/* The tokenizer and functions that the tables need; for each connection, before anything else. */
gboolean crm_index_connect (CrmDb *db, GError **error);
/* Makes the tables, or makes them anew when the descriptions, the order of names or this program's
 * format changed. After the tables of kinds; the texts follow in crm_index_catch_up(). */
gboolean crm_index_ensure (CrmReplica *replica, GError **error);
/* Throws everything away and starts again from the tables of kinds. */
gboolean crm_index_rebuild (CrmReplica *replica, GError **error);

/* Rows went in without lists and search, or @stale is over; kept in the file. */
gboolean crm_index_set_stale (CrmReplica *replica, gboolean stale, GError **error);
/* Makes lists anew from the tables of kinds, and marks all texts, when they are stale. */
gboolean crm_index_ensure_fresh (CrmReplica *replica, GError **error);

/*
 * @record: as it is now; its row has been written
 * @old: (nullable): as it was; NULL for a new record
 */
gboolean
crm_index_put (CrmReplica *replica, gint64 nr, CrmRecord *record, CrmRecord *old, GError **error);
/* @old: as it was; its row is gone. */
gboolean crm_index_remove (CrmReplica *replica, gint64 nr, CrmRecord *old, GError **error);
/* Puts the texts of a set in the search index. At its end, in its transaction; a bulk action leaves
 * it to crm_index_catch_up(). */
gboolean crm_index_flush (CrmReplica *replica, GError **error);
/*
 * Indexes what was put off, in transactions of its own, with a pause for others between them.
 * Called at the end of a bulk action, and when a replica is opened for writing: the program may
 * have been killed before the end.
 */
gboolean crm_index_catch_up (CrmReplica *replica, GCancellable *cancellable, GError **error);
/* A transaction of it, of @max texts at most. @n_done: (out): texts, 0 at the end */
gboolean crm_index_catch_up_slice (CrmReplica *replica, guint max, guint *n_done, GError **error);
/* The same behind work that is committed: when it cannot (a full disk), that work did not fail, and
 * the next opening tries again. */
void crm_index_follow (CrmReplica *replica);
/* Whether crm_index_catch_up() has something to do: a set that touched very many leaves some. */
gboolean crm_index_is_behind (CrmReplica *replica);
/* Adds a line to @problems for what does not match the tables. */
gboolean crm_index_check (CrmReplica *replica,
                          GPtrArray *problems,
                          GCancellable *cancellable,
                          GError **error);
