#pragma once

#include "store/query/crm-query-sql-private.h"
#include "store/query/crm-search-rank.h"
#include "store/query/crm-sort-private.h"

/*
 * How a query is carried out. The rows come as segments, one after the other, each of them one walk
 * over an index in order, so that a page costs the same wherever it stands:
 *
 *   by name            one segment: `listing` in the order of ord
 *   by a field         the rows that have it, then those that do not, by name
 *   by how well a      one segment per class of crm-search-match.h, each without the rows of the
 * class text matches       before: a search is in order of names by itself, because ord is the row
 * number of the search index
 *
 * Measured at 100,000 relations: first 50 of any text 0.01-3 ms, against 1-66 ms for FTS5's
 * trigrams with column filters and ORDER BY; joining the matches with an index of names takes
 * 20-90.
 */
typedef struct
{
  /* FROM and WHERE, without a cursor's condition. */
  char *from;
  char *where;
  /* For counting: without the join that only a page needs. */
  char *count_from;
  /* The condition that a row stands after the cursor. */
  char *after;
  char *key; /* nullable */
  char *ord;
  gboolean descending;
  /* For MATCH; nullable. */
  char *match;
  /* The same with the rows of the class before; nullable. Cheaper, and right when there are none.
   */
  char *match_alone;
} CrmQuerySegment;

typedef struct
{
  CrmQuerySql *sql;
  CrmSort *sort;
  /* (element-type CrmQuerySegment) */
  GPtrArray *segments;
  /* All rows as one, without an order. */
  CrmQuerySegment *all;
  /* Nullable; and what it is made of. */
  CrmSearchRank *rank;
  CrmSearchMatch *match;
} CrmQueryPlan;

/* A row of a search, and the segment it stands in. */
typedef struct
{
  guint segment;
  gint64 ord;
  guint kind;
  gint64 nr;
} CrmQueryHit;

/* A row's place in the order of a query. Any thread; a copy is a plain copy with its own text. */
typedef struct
{
  guint segment;
  gint64 ord;
  /* The key is NULL, a text or a number, as the plan says. */
  char *text;
  double number;
} CrmQueryCursor;

CrmQueryPlan *crm_query_plan_new (CrmReplica *replica, const CrmQuery *query, GError **error);
void crm_query_plan_free (CrmQueryPlan *self);

/*
 * Rows of one segment: columns are the key, ord, kind's number and nr.
 * @after: (nullable): only rows behind it
 * @limit: -1 for all
 * @first: no segment before this one has a row
 */
CrmStmt *crm_query_plan_walk (const CrmQueryPlan *self,
                              guint segment,
                              const CrmQueryCursor *after,
                              gint64 skip,
                              gint64 limit,
                              gboolean first,
                              GError **error);
/* @hits: (out) (nullable) (element-type CrmQueryHit): the rows of segment @from and of all behind
 * it, in order, in one walk; NULL when there are many, or walking segment by segment is cheaper. */
gboolean crm_query_plan_rank (const CrmQueryPlan *self, guint from, GArray **hits, GError **error);
/* The same rows, but only the key and ord, for counting. */
CrmStmt *crm_query_plan_scan (const CrmQueryPlan *self, guint segment, GError **error);
/* How many rows of the segment stand before @cursor, or all when it is NULL. */
gboolean crm_query_plan_count (const CrmQueryPlan *self,
                               guint segment,
                               const CrmQueryCursor *cursor,
                               gint64 *count,
                               GError **error);
gboolean crm_query_plan_count_all (const CrmQueryPlan *self, gint64 *count, GError **error);
/* @found: whether the record is in the query's rows, and where */
gboolean crm_query_plan_find (const CrmQueryPlan *self,
                              gint64 nr,
                              CrmQueryCursor *cursor,
                              gboolean *found,
                              GError **error);
/* From the first two columns of a walk. */
void crm_query_plan_read_cursor (const CrmQueryPlan *self,
                                 guint segment,
                                 CrmStmt *stmt,
                                 CrmQueryCursor *cursor);

void crm_query_cursor_clear (CrmQueryCursor *cursor);
void crm_query_cursor_copy (const CrmQueryCursor *from, CrmQueryCursor *to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmQueryPlan, crm_query_plan_free)
