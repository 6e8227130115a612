#pragma once

#include "db/crm-db.h"
#include "model/crm-record.h"

/*
 * Persons and organisations in one order. Table `listing` (local) has a row per relation:
 *
 *   ord        INTEGER PRIMARY KEY; rises with the sort key. The search index has it as its row
 *              number, so that matches come in order and the first page needs no sorting.
 *   nr, kind   of the record
 *   sort_key   crm_name_dup_sort_key()
 *   tie        crm_listing_get_tie(): the order among equal names. Hundreds of people are called
 *              Jan Jansen; if each came behind the last, the room there were halved each time.
 *
 * Then per field with CRM_FIELD_SORTED of either kind its value, folded when it is a text; indexed.
 *
 * A new row gets a number between its neighbours'. When there is none left the numbers around are
 * spread again: see P. Dietz and D. Sleator, "Two algorithms for maintaining order in a list"
 * (1987), in the simple form of Bender e.a. (2002) that widens a window until it is sparse enough.
 */

/* Columns of `listing` that are no field. */
#define CRM_LISTING_N_FIXED 5

/* Names of the sorted fields, in the order of the columns. (transfer full) (element-type utf8) */
GPtrArray *crm_listing_list_columns (const CrmModel *model);
/* Whether `listing` has a column for it. */
gboolean crm_listing_has_column (const CrmModel *model, const char *field);
/* As it stands in the column, and as values compared with it must be. (transfer full) (nullable) */
char *crm_listing_dup_value (const CrmField *field, const char *value);

gboolean crm_listing_create (CrmDb *db, const CrmModel *model, GError **error);
gboolean crm_listing_drop (CrmDb *db, GError **error);

/* A row moved to another number; the search index follows. */
typedef gboolean (*CrmListingMovedFunc) (CrmDb *db, gint64 from, gint64 to, GError **error);

/* A number from 0 to 65535 that is as good as random, and the same on every device. In SQL:
 * crm_tie (id). */
guint crm_listing_get_tie (const char *id);
/* A free number where @sort_key and @tie belong. */
gboolean crm_listing_place (CrmDb *db,
                            const char *sort_key,
                            guint tie,
                            CrmListingMovedFunc moved,
                            gint64 *ord,
                            GError **error);
/* @ord and @sort_key are left alone when the record has no row.
 * @sort_key: (out) (optional) (transfer full) */
gboolean crm_listing_find (CrmDb *db,
                           gint64 nr,
                           gint64 *ord,
                           char **sort_key,
                           gboolean *found,
                           GError **error);
gboolean crm_listing_insert (CrmDb *db,
                             const CrmModel *model,
                             gint64 ord,
                             gint64 nr,
                             const char *sort_key,
                             CrmRecord *record,
                             GError **error);
/* The sorted fields that differ from @old. */
gboolean
crm_listing_update (CrmDb *db, gint64 ord, CrmRecord *old, CrmRecord *record, GError **error);
gboolean crm_listing_remove (CrmDb *db, gint64 ord, GError **error);
