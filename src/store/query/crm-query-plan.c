#include "store/query/crm-query-plan-private.h"

#include "store/query/crm-search-index-private.h"

#include <string.h>

static void
segment_free (CrmQuerySegment *segment)
{
  if (segment == NULL)
    return;

  g_free (segment->from);
  g_free (segment->where);
  g_free (segment->count_from);
  g_free (segment->after);
  g_free (segment->key);
  g_free (segment->ord);
  g_free (segment->match);
  g_free (segment->match_alone);
  g_free (segment);
}

void
crm_query_plan_free (CrmQueryPlan *self)
{
  g_clear_pointer (&self->sql, crm_query_sql_free);
  g_clear_pointer (&self->sort, crm_sort_free);
  g_ptr_array_unref (self->segments);
  segment_free (self->all);
  g_clear_pointer (&self->rank, crm_search_rank_free);
  g_clear_pointer (&self->match, crm_search_match_free);
  g_free (self);
}

/* "a AND b" of those that are not NULL; "1" when none is. */
static char *
join_conditions (const char *a, const char *b, const char *c)
{
  const char *const conditions[] = { a, b, c };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    if (conditions[i] != NULL)
      g_string_append_printf (text, text->len > 0 ? " AND %s" : "%s", conditions[i]);
  if (text->len == 0)
    g_string_append_c (text, '1');

  return g_string_free_and_steal (text);
}

static CrmQuerySegment *
segment_new (CrmQueryPlan *self, const char *where)
{
  CrmQuerySegment *segment = g_new0 (CrmQuerySegment, 1);

  segment->from = crm_query_sql_dup_from (self->sql);
  segment->count_from = g_strdup (segment->from);
  segment->where = g_strdup (where);
  segment->ord = g_strdup (crm_query_sql_get_ord (self->sql));
  segment->descending = self->sort->descending;

  return segment;
}

static void
set_after (CrmQuerySegment *segment)
{
  const char *op = segment->descending ? "<" : ">";

  if (segment->key != NULL)
    segment->after = g_strdup_printf ("(%s, %s) %s (:key, :ord)", segment->key, segment->ord, op);
  else
    segment->after = g_strdup_printf ("%s %s :ord", segment->ord, op);
}

static char *
dup_search_table (CrmQueryPlan *self)
{
  CrmReplica *replica = self->sql->replica;

  return crm_search_index_dup_table (replica->model,
                                     crm_search_index_get_space (self->sql->kinds->pdata[0]));
}

/* The search index leads: its rows come in the order of ord. */
static void
let_search_lead (CrmQueryPlan *self, CrmQuerySegment *segment, gboolean count_alone)
{
  g_autofree char *table = dup_search_table (self);
  g_autofree char *rest = g_steal_pointer (&segment->from);
  g_autofree char *where = g_steal_pointer (&segment->where);
  const char *ord = crm_query_sql_get_ord (self->sql);
  const char *joins = strstr (rest, " LEFT JOIN ");
  g_autofree char *first = joins != NULL ? g_strndup (rest, joins - rest) : g_strdup (rest);

  segment->from = g_strdup_printf ("%s s CROSS JOIN %s ON %s = s.rowid%s",
                                   table,
                                   first,
                                   ord,
                                   joins != NULL ? joins : "");
  g_free (segment->count_from);
  segment->count_from = count_alone ? g_strdup_printf ("%s s", table) : g_strdup (segment->from);
  segment->where = g_strdup_printf ("s.%s MATCH :match AND %s", table, where);
  g_set_str (&segment->ord, "s.rowid");
}

/* Texts that nothing else narrows need no look at the relations themselves to be counted. */
static gboolean
is_match_only (const CrmQueryPlan *self, const CrmQuery *query)
{
  g_autofree char *kinds = crm_query_sql_dup_kind_condition (self->sql);

  return query->where == NULL && kinds == NULL;
}

static void
add_class (CrmQueryPlan *self,
           const CrmQuery *query,
           const char *where,
           const char *match,
           const char *before)
{
  CrmQuerySegment *segment = segment_new (self, where);

  segment->descending = FALSE;
  let_search_lead (self, segment, is_match_only (self, query));
  segment->match_alone = g_strdup (match);
  segment->match = before != NULL ? g_strdup_printf ("(%s) NOT (%s)", match, before)
                                  : g_strdup (match);
  set_after (segment);
  g_ptr_array_add (self->segments, segment);
}

static void
add_classes (CrmQueryPlan *self,
             const CrmQuery *query,
             const char *where,
             const CrmSearchMatch *match)
{
  g_autofree char *before = NULL;

  for (guint rank = 0; rank < CRM_SEARCH_N_CLASSES; rank++)
    {
      g_autofree char *expression = crm_search_match_dup_class (match, rank);

      if (expression == NULL)
        continue;

      add_class (self, query, where, expression, before);
      g_free (before);
      before = g_steal_pointer (&expression);
    }
}

static void
add_sorted (CrmQueryPlan *self, const char *where, const char *key, gboolean filled)
{
  CrmQuerySegment *segment = segment_new (self, where);

  if (key != NULL)
    {
      g_autofree char *condition = g_strdup_printf ("%s %s",
                                                    key,
                                                    filled ? "IS NOT NULL" : "IS NULL");
      g_autofree char *plain = g_steal_pointer (&segment->where);

      segment->where = join_conditions (condition, plain, NULL);
      segment->key = filled ? g_strdup (key) : NULL;
    }
  set_after (segment);
  g_ptr_array_add (self->segments, segment);
}

static char *
dup_match_condition (CrmQueryPlan *self)
{
  g_autofree char *table = dup_search_table (self);

  return g_strdup_printf ("%s IN (SELECT rowid FROM %s WHERE %s MATCH :match)",
                          crm_query_sql_get_ord (self->sql),
                          table,
                          table);
}

static void
set_match (CrmQueryPlan *self, const char *match)
{
  for (guint i = 0; i < self->segments->len; i++)
    g_set_str (&((CrmQuerySegment *) self->segments->pdata[i])->match, match);
}

static void
build_segments (CrmQueryPlan *self, const CrmQuery *query, const char *kinds, const char *where)
{
  const CrmSearchMatch *match = self->match;
  g_autofree char *plain = join_conditions (kinds, where, NULL);
  g_autofree char *any = NULL;
  g_autofree char *in = NULL;
  g_autofree char *narrowed = NULL;

  self->all = segment_new (self, plain);
  if (match != NULL)
    {
      any = crm_search_match_dup_class (match, CRM_SEARCH_CLASS_ANY);
      let_search_lead (self, self->all, is_match_only (self, query));
      self->all->match = g_strdup (any);
    }

  if (match != NULL && query->sort == NULL)
    {
      add_classes (self, query, plain, match);
      return;
    }

  in = match != NULL ? dup_match_condition (self) : NULL;
  narrowed = join_conditions (kinds, where, in);
  add_sorted (self, narrowed, self->sort->key, TRUE);
  if (self->sort->key != NULL)
    add_sorted (self, narrowed, self->sort->key, FALSE);
  if (match != NULL)
    set_match (self, any);
}

/* A text in a kind that has nothing to search finds nothing. */
static const char *
get_impossible (const CrmQuerySql *sql, const CrmSearchMatch *match)
{
  return match != NULL && !crm_search_index_has_kind (sql->kinds->pdata[0]) ? "0" : NULL;
}

CrmQueryPlan *
crm_query_plan_new (CrmReplica *replica, const CrmQuery *query, GError **error)
{
  g_autoptr (CrmQueryPlan) self = g_new0 (CrmQueryPlan, 1);
  g_autofree char *kinds = NULL;
  g_autofree char *where = NULL;
  const char *impossible;

  self->segments = g_ptr_array_new_with_free_func ((GDestroyNotify) segment_free);
  if (!(self->sql = crm_query_sql_new (replica, query->kinds, error)))
    return NULL;

  self->match = query->text != NULL ? crm_search_match_new (query->text) : NULL;
  if ((impossible = get_impossible (self->sql, self->match)) != NULL)
    g_clear_pointer (&self->match, crm_search_match_free);
  if (self->match != NULL && query->sort == NULL)
    self->rank = crm_search_rank_new (self->match);

  /* Sort and condition join the tables they need, so they come before the first FROM. */
  self->sort = crm_sort_new (self->sql, query->sort, query->descending);
  where = query->where != NULL ? crm_query_sql_compile (self->sql, query->where) : NULL;
  kinds = impossible != NULL ? g_strdup (impossible) : crm_query_sql_dup_kind_condition (self->sql);
  build_segments (self, query, kinds, where);

  return g_steal_pointer (&self);
}

static void
bind_cursor (const CrmQueryPlan *self,
             const CrmQuerySegment *segment,
             const CrmQueryCursor *cursor,
             CrmStmt *stmt)
{
  crm_stmt_bind_int64 (stmt, ":ord", cursor->ord);
  if (segment->key == NULL)
    return;

  if (self->sort->numeric)
    crm_stmt_bind_double (stmt, ":key", cursor->number);
  else
    crm_stmt_bind_text (stmt, ":key", cursor->text);
}

static void
bind_common (const CrmQueryPlan *self, const CrmQuerySegment *segment, CrmStmt *stmt)
{
  crm_query_sql_bind (self->sql, stmt);
  if (segment->match != NULL)
    crm_stmt_bind_text (stmt, ":match", segment->match);
}

static gboolean
can_match_alone (const CrmQuerySegment *segment, gboolean first)
{
  return first && segment->match_alone != NULL;
}

static char *
dup_order (const CrmQuerySegment *segment)
{
  const char *direction = segment->descending ? " DESC" : "";

  if (segment->key == NULL)
    return g_strdup_printf ("%s%s", segment->ord, direction);

  return g_strdup_printf ("%s%s, %s%s", segment->key, direction, segment->ord, direction);
}

CrmStmt *
crm_query_plan_walk (const CrmQueryPlan *self,
                     guint index,
                     const CrmQueryCursor *after,
                     gint64 skip,
                     gint64 limit,
                     gboolean first,
                     GError **error)
{
  const CrmQuerySegment *segment = self->segments->pdata[index];
  const CrmKind *kind = self->sql->kinds->pdata[0];
  g_autofree char *number = g_strdup_printf ("%u", crm_kind_get_number (kind));
  g_autofree char *order = dup_order (segment);
  g_autofree char *sql = NULL;
  g_autoptr (CrmStmt) stmt = NULL;

  sql = g_strdup_printf ("SELECT %s, %s, %s, l.nr FROM %s WHERE %s%s%s ORDER BY %s"
                         " LIMIT :limit OFFSET :skip",
                         segment->key != NULL ? segment->key : "NULL",
                         segment->ord,
                         self->sql->relations ? "l.kind" : number,
                         segment->from,
                         segment->where,
                         after != NULL ? " AND " : "",
                         after != NULL ? segment->after : "",
                         order);
  if (!(stmt = crm_db_prepare (crm_replica_get_db (self->sql->replica), sql, error)))
    return NULL;

  bind_common (self, segment, stmt);
  if (can_match_alone (segment, first))
    crm_stmt_bind_text (stmt, ":match", segment->match_alone);
  if (after != NULL)
    bind_cursor (self, segment, after, stmt);
  crm_stmt_bind_int64 (stmt, ":limit", limit);
  crm_stmt_bind_int64 (stmt, ":skip", skip);

  return g_steal_pointer (&stmt);
}

CrmStmt *
crm_query_plan_scan (const CrmQueryPlan *self, guint index, GError **error)
{
  const CrmQuerySegment *segment = self->segments->pdata[index];
  g_autofree char *order = dup_order (segment);
  g_autofree char *sql = NULL;
  g_autoptr (CrmStmt) stmt = NULL;

  sql = g_strdup_printf ("SELECT %s, %s FROM %s WHERE %s ORDER BY %s",
                         segment->key != NULL ? segment->key : "NULL",
                         segment->ord,
                         segment->count_from,
                         segment->where,
                         order);
  if (!(stmt = crm_db_prepare (crm_replica_get_db (self->sql->replica), sql, error)))
    return NULL;

  bind_common (self, segment, stmt);

  return g_steal_pointer (&stmt);
}

static gboolean
count_segment (const CrmQueryPlan *self,
               const CrmQuerySegment *segment,
               const CrmQueryCursor *cursor,
               gint64 *count,
               GError **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (CrmStmt) stmt = NULL;

  sql = g_strdup_printf ("SELECT count (*) FROM %s WHERE %s%s%s%s",
                         segment->count_from,
                         segment->where,
                         cursor != NULL ? " AND NOT (" : "",
                         cursor != NULL ? segment->after : "",
                         cursor != NULL ? ")" : "");
  if (!(stmt = crm_db_prepare (crm_replica_get_db (self->sql->replica), sql, error)))
    return FALSE;

  bind_common (self, segment, stmt);
  if (cursor != NULL)
    bind_cursor (self, segment, cursor, stmt);
  if (crm_stmt_step (stmt, error) != CRM_STEP_ROW)
    return FALSE;

  /* "Not after" includes the row itself. */
  *count = crm_stmt_get_int64 (stmt, 0) - (cursor != NULL ? 1 : 0);

  return TRUE;
}

gboolean
crm_query_plan_count (const CrmQueryPlan *self,
                      guint index,
                      const CrmQueryCursor *cursor,
                      gint64 *count,
                      GError **error)
{
  return count_segment (self, self->segments->pdata[index], cursor, count, error);
}

gboolean
crm_query_plan_count_all (const CrmQueryPlan *self, gint64 *count, GError **error)
{
  return count_segment (self, self->all, NULL, count, error);
}

gboolean
crm_query_plan_find (const CrmQueryPlan *self,
                     gint64 nr,
                     CrmQueryCursor *cursor,
                     gboolean *found,
                     GError **error)
{
  *found = FALSE;
  for (guint i = 0; i < self->segments->len && !*found; i++)
    {
      const CrmQuerySegment *segment = self->segments->pdata[i];
      g_autofree char *sql = NULL;
      g_autoptr (CrmStmt) stmt = NULL;
      CrmStep step;

      sql = g_strdup_printf ("SELECT %s, %s FROM %s WHERE %s AND %s ="
                             " (SELECT %s FROM %s WHERE nr = :nr)",
                             segment->key != NULL ? segment->key : "NULL",
                             segment->ord,
                             segment->from,
                             segment->where,
                             segment->ord,
                             self->sql->relations ? "ord" : ":nr",
                             self->sql->relations ? "listing" : "(SELECT :nr AS nr)");
      if (!(stmt = crm_db_prepare (crm_replica_get_db (self->sql->replica), sql, error)))
        return FALSE;

      bind_common (self, segment, stmt);
      crm_stmt_bind_int64 (stmt, ":nr", nr);
      if ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ERROR)
        return FALSE;
      if ((*found = step == CRM_STEP_ROW))
        crm_query_plan_read_cursor (self, i, stmt, cursor);
    }

  return TRUE;
}

void
crm_query_plan_read_cursor (const CrmQueryPlan *self,
                            guint index,
                            CrmStmt *stmt,
                            CrmQueryCursor *cursor)
{
  crm_query_cursor_clear (cursor);
  cursor->segment = index;
  cursor->ord = crm_stmt_get_int64 (stmt, 1);
  if (((const CrmQuerySegment *) self->segments->pdata[index])->key == NULL)
    return;

  if (self->sort->numeric)
    cursor->number = crm_stmt_get_double (stmt, 0);
  else
    cursor->text = crm_stmt_dup_text (stmt, 0);
}

void
crm_query_cursor_clear (CrmQueryCursor *cursor)
{
  g_free (cursor->text);
  *cursor = (CrmQueryCursor) { 0 };
}

void
crm_query_cursor_copy (const CrmQueryCursor *from, CrmQueryCursor *to)
{
  crm_query_cursor_clear (to);
  *to = *from;
  to->text = g_strdup (from->text);
}
