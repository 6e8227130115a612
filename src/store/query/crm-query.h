#pragma once

#include "model/crm-expr.h"
#include "store/crm-replica.h"

G_BEGIN_DECLS

/*
 * Which records, in which order. Lists of the window and of the command line are made of it; each
 * page is a keyset query, so that a million records open as fast as a hundred.
 */
typedef struct _CrmQuery CrmQuery;

/* @kinds: "person|organisation", "activity"; "relation" is both of the first. */
CrmQuery *crm_query_new (const char *kinds);
CrmQuery *crm_query_copy (const CrmQuery *self);
/* As given to crm_query_new(). */
const char *crm_query_get_kinds (const CrmQuery *self);
void crm_query_free (CrmQuery *self);
void crm_query_set_where (CrmQuery *self, const CrmExpr *where);
/* As one types: "vries", "de vries", "devries", "Vries, de", a postcode, a phone number in any
 * notation, a part of an e-mail address or of a note. Under 3 letters it finds starts of words,
 * from 3 inner parts too. With a text and no sort field, the best match is first. */
void crm_query_set_text (CrmQuery *self, const char *text);
/* @field: NULL for the name's sort key. */
void crm_query_set_sort (CrmQuery *self, const char *field, gboolean descending);
gboolean crm_query_equal (const CrmQuery *a, const CrmQuery *b);

gint64 crm_replica_count (CrmReplica *self,
                          const CrmQuery *query,
                          GCancellable *cancellable,
                          GError **error);

/* Called per record in order; @record is only lent. Returning FALSE stops without error. */
typedef gboolean (*CrmRecordFunc) (CrmRecord *record, gpointer user_data);

/* Streams: memory does not grow with the number of records. @limit: 0 for all. */
gboolean crm_replica_each (CrmReplica *self,
                           const CrmQuery *query,
                           guint limit,
                           CrmRecordFunc func,
                           gpointer user_data,
                           GCancellable *cancellable,
                           GError **error);
/* Returns: (transfer full) (element-type CrmRecord) */
GPtrArray *crm_replica_list (CrmReplica *self,
                             const CrmQuery *query,
                             guint limit,
                             GCancellable *cancellable,
                             GError **error);

/* One group of an aggregate: its keys in the order of the fields asked for, the number of records
 * and the sum of the measure. */
typedef struct
{
  char **keys;
  gint64 count;
  double sum;
} CrmAggregateRow;

void crm_aggregate_row_free (CrmAggregateRow *self);

/*
 * crm_replica_aggregate:
 * @group_by: names of fields, joined by "|"; "done:day" takes the local day of a date or time
 * field, also
 *   ":week" (ISO year and week, "2026-W09") and ":month". A set field counts a record once per
 * member.
 *   "" takes all records as one group.
 * @measure: (nullable): a money or number field to sum
 *
 * Fails with %CRM_STORE_ERROR_FAILED when none of the kinds has a field.
 *
 * Returns: (transfer full) (element-type CrmAggregateRow): in the order of their keys
 */
GPtrArray *crm_replica_aggregate (CrmReplica *self,
                                  const CrmQuery *query,
                                  const char *group_by,
                                  const char *measure,
                                  GCancellable *cancellable,
                                  GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmQuery, crm_query_free)

G_END_DECLS
