#pragma once

#include "store/query/crm-query-plan-private.h"

/* Pieces of a long list, read on the reader's thread; crm-record-list.c puts them together. */

/* One row, and its place in the order of the query. */
typedef struct
{
  CrmRecord *record;
  char *linked;   /* nullable: see crm_query_dup_linked() */
  guint n_people; /* see crm_query_count_people() */
  CrmQueryCursor cursor;
} CrmQueryRow;

void crm_query_row_free (CrmQueryRow *self);

/*
 * crm_query_page_load:
 * @after: (nullable): start behind this row, else at the top
 *
 * Returns: (transfer full) (element-type CrmQueryRow): at most @n rows, fewer only at the end
 */
GPtrArray *crm_query_page_load (CrmReplica *replica,
                                const CrmQuery *query,
                                const CrmQueryCursor *after,
                                gint64 skip,
                                guint n,
                                GCancellable *cancellable,
                                GError **error);

/* How many rows there are, and the rows at every @every'th place (the last one before it), so that
 * a page anywhere is a short walk away. */
typedef struct
{
  gint64 count;
  guint every;
  GArray *anchors; /* (element-type CrmQueryCursor): of rows every - 1, 2 * every - 1, … */
} CrmQuerySurvey;

CrmQuerySurvey *crm_query_survey_new (CrmReplica *replica,
                                      const CrmQuery *query,
                                      guint every,
                                      GCancellable *cancellable,
                                      GError **error);
void crm_query_survey_free (CrmQuerySurvey *self);
/* The anchor to start from for row @position, and how many rows to skip. NULL: from the top. */
const CrmQueryCursor *
crm_query_survey_find (const CrmQuerySurvey *self, gint64 position, gint64 *skip);

/* @position: -1 when the record is not among the rows, or is no more */
gboolean crm_query_locate (CrmReplica *replica,
                           const CrmQuery *query,
                           const char *id,
                           gint64 *position,
                           GCancellable *cancellable,
                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmQueryRow, crm_query_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmQuerySurvey, crm_query_survey_free)
