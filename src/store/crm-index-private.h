#pragma once

#include "store/crm-replica-private.h"

/*
 * What search and lists keep beside the tables of kinds. The change log calls these for every record
 * it writes or deletes, inside the transaction. `nr` is the record's row number, unique over all kinds
 * and never used again.
 *
 * The tables of kinds have, besides a column per field (named as the field, quoted) and nr, id:
 * sort_key (crm_name_dup_sort_key(), indexed with nr), name_key (crm_text_fold() of the title,
 * indexed), row_seq and fver (versions, for sync). Fields with %CRM_FIELD_SORTED and links are indexed.
 */

/* The tables of the index, in an empty database. */
gboolean crm_index_create (CrmDb *db, GError **error);

/*
 * @record: as it is now; its row has been written
 * @old: (nullable): as it was; NULL for a new record
 * @later: a bulk action: remember @nr only, crm_index_catch_up() will do the rest
 */
gboolean crm_index_put (CrmReplica *replica,
                        gint64 nr,
                        CrmRecord *record,
                        CrmRecord *old,
                        gboolean later,
                        GError **error);
/* @old: as it was; its row is gone. */
gboolean crm_index_remove (CrmReplica *replica,
                           gint64 nr,
                           CrmRecord *old,
                           gboolean later,
                           GError **error);
/*
 * Indexes what was put off, in transactions of its own. Called at the end of a bulk action, and when a
 * replica is opened for writing: the program may have been killed before the end.
 */
gboolean crm_index_catch_up (CrmReplica *replica, GCancellable *cancellable, GError **error);
/* Adds a line to @problems for what does not match the tables. */
gboolean crm_index_check (CrmReplica *replica,
                          GPtrArray *problems,
                          GCancellable *cancellable,
                          GError **error);
