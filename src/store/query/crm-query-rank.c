#include "store/query/crm-query-plan-private.h"

#include "store/query/crm-search-index-private.h"

/* More rows are not counted out: then the first page fills early on, class by class. */
#define ROWS_MAX 600

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const CrmQueryHit *first = a;
  const CrmQueryHit *second = b;

  if (first->segment != second->segment)
    return first->segment < second->segment ? -1 : 1;

  return first->ord < second->ord ? -1 : first->ord > second->ord;
}

static CrmStmt *
prepare (const CrmQueryPlan *self, GError **error)
{
  const CrmQuerySegment *all = self->all;
  const CrmKind *kind = self->sql->kinds->pdata[0];
  g_autofree char *table = crm_search_index_dup_table (self->sql->replica->model,
                                                       crm_search_index_get_space (kind));
  g_autofree char *number = g_strdup_printf ("%u", crm_kind_get_number (kind));
  g_autofree char *sql = g_strdup_printf ("SELECT crm_hits (s.%s), s.rowid, %s, l.nr FROM %s"
                                          " WHERE %s LIMIT %d",
                                          table,
                                          self->sql->relations ? "l.kind" : number,
                                          all->from,
                                          all->where,
                                          ROWS_MAX + 1);
  CrmStmt *stmt = crm_db_prepare (crm_replica_get_db (self->sql->replica), sql, error);

  if (stmt == NULL)
    return NULL;

  crm_query_sql_bind (self->sql, stmt);
  crm_stmt_bind_text (stmt, ":match", crm_search_rank_get_match (self->rank));

  return stmt;
}

gboolean
crm_query_plan_rank (const CrmQueryPlan *self, guint from, GArray **hits, GError **error)
{
  g_autoptr (GArray) found = NULL;
  g_autoptr (CrmStmt) stmt = NULL;
  guint n_rows = 0;
  CrmStep step;

  *hits = NULL;
  if (self->rank == NULL)
    return TRUE;
  if (!(stmt = prepare (self, error)))
    return FALSE;

  found = g_array_new (FALSE, FALSE, sizeof (CrmQueryHit));
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      const guint64 mask = (guint64) crm_stmt_get_int64 (stmt, 0);
      const CrmQueryHit hit = { crm_search_rank_get_class (self->rank, mask),
                                crm_stmt_get_int64 (stmt, 1),
                                (guint) crm_stmt_get_int64 (stmt, 2),
                                crm_stmt_get_int64 (stmt, 3) };

      n_rows++;
      if (hit.segment >= from)
        g_array_append_val (found, hit);
    }
  if (step == CRM_STEP_ERROR)
    return FALSE;
  if (n_rows > ROWS_MAX)
    return TRUE;

  g_array_sort (found, compare_hits);
  *hits = g_steal_pointer (&found);

  return TRUE;
}
