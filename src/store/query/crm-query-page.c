#include "store/query/crm-query-page-private.h"

#include "store/query/crm-query-record-private.h"

void
crm_query_row_free (CrmQueryRow *self)
{
  g_object_unref (self->record);
  g_free (self->linked);
  crm_query_cursor_clear (&self->cursor);
  g_free (self);
}

/* @cursor: (out) (nullable): of the new row, to be filled; NULL when the record is gone */
static gboolean
add_row (CrmReplica *replica,
         guint number,
         gint64 nr,
         GPtrArray *rows,
         CrmQueryCursor **cursor,
         GError **error)
{
  const CrmKind *kind = crm_model_find_kind_by_number (replica->model, number);
  CrmRecord *record;
  CrmQueryRow *row;

  *cursor = NULL;
  if (!crm_query_load_record (replica, kind, nr, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE;

  row = g_new0 (CrmQueryRow, 1);
  row->record = record;
  row->linked = crm_query_dup_linked (replica, record);
  *cursor = &row->cursor;
  g_ptr_array_add (rows, row);

  return TRUE;
}

static gboolean
add_step (const CrmQueryPlan *plan, guint segment, CrmStmt *stmt, GPtrArray *rows, GError **error)
{
  CrmQueryCursor *cursor;

  if (!add_row (plan->sql->replica,
                (guint) crm_stmt_get_int64 (stmt, 2),
                crm_stmt_get_int64 (stmt, 3),
                rows,
                &cursor,
                error))
    return FALSE;
  if (cursor != NULL)
    crm_query_plan_read_cursor (plan, segment, stmt, cursor);

  return TRUE;
}

/* The first page of a search that finds few. */
static gboolean
load_hits (const CrmQueryPlan *plan, const GArray *hits, guint n, GPtrArray *rows, GError **error)
{
  for (guint i = 0; i < hits->len && rows->len < n; i++)
    {
      const CrmQueryHit *hit = &g_array_index (hits, CrmQueryHit, i);
      CrmQueryCursor *cursor;

      if (!add_row (plan->sql->replica, hit->kind, hit->nr, rows, &cursor, error))
        return FALSE;
      if (cursor != NULL)
        *cursor = (CrmQueryCursor) { .segment = hit->segment, .ord = hit->ord };
    }

  return TRUE;
}

/* Rows of one segment until there are @n in all; @skip is what remains to be skipped. @first: see
 * crm_query_plan_walk(). */
static gboolean
load_segment (const CrmQueryPlan *plan,
              guint segment,
              const CrmQueryCursor *after,
              gint64 *skip,
              guint n,
              gboolean first,
              GPtrArray *rows,
              GError **error)
{
  const guint before = rows->len;
  g_autoptr (CrmStmt) stmt = NULL;
  gint64 rest = 0;
  CrmStep step;

  stmt = crm_query_plan_walk (plan, segment, after, *skip, n - rows->len, first, error);
  if (stmt == NULL)
    return FALSE;

  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    if (!add_step (plan, segment, stmt, rows, error))
      return FALSE;
  if (step == CRM_STEP_ERROR)
    return FALSE;

  /* What this segment did not have to skip is skipped in the next. */
  if (*skip > 0 && rows->len == before)
    {
      if (!crm_query_plan_count (plan, segment, after, &rest, error))
        return FALSE;
      if (after != NULL)
        {
          gint64 all;

          if (!crm_query_plan_count (plan, segment, NULL, &all, error))
            return FALSE;
          rest = all - rest - 1;
        }
      *skip = MAX (*skip - rest, 0);
    }
  else
    *skip = 0;

  return TRUE;
}

static gboolean
load_rows (const CrmQueryPlan *plan,
           const CrmQueryCursor *after,
           gint64 skip,
           guint n,
           GPtrArray *rows,
           GError **error)
{
  const guint from = after != NULL ? after->segment : 0;
  /* From the very top, as long as nothing was found and nothing passed over. */
  const gboolean first_page = after == NULL && skip == 0;
  gboolean first = first_page;
  g_autoptr (GArray) hits = NULL;

  for (guint i = from; i < plan->segments->len && rows->len < n; i++)
    {
      if (i == 1 && first_page && !crm_query_plan_rank (plan, i, &hits, error))
        return FALSE;
      if (hits != NULL)
        return load_hits (plan, hits, n, rows, error);
      if (!load_segment (plan, i, i == from ? after : NULL, &skip, n, first, rows, error))
        return FALSE;
      first = first && rows->len == 0;
    }

  return TRUE;
}

/* Once for the whole page. */
static gboolean
count_people (CrmReplica *replica, GPtrArray *rows, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_sized_new (rows->len);
  g_autoptr (GHashTable) counts = NULL;

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (records, ((CrmQueryRow *) rows->pdata[i])->record);
  if (!(counts = crm_query_count_people (replica, records, error)))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      CrmQueryRow *row = rows->pdata[i];
      gpointer n = g_hash_table_lookup (counts, crm_record_get_id (row->record));

      row->n_people = GPOINTER_TO_UINT (n);
    }

  return TRUE;
}

GPtrArray *
crm_query_page_load (CrmReplica *replica,
                     const CrmQuery *query,
                     const CrmQueryCursor *after,
                     gint64 skip,
                     guint n,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_query_row_free);
  g_autoptr (CrmQueryPlan) plan = crm_query_plan_new (replica, query, error);
  gboolean loaded;

  if (plan == NULL)
    return NULL;

  crm_db_set_cancellable (crm_replica_get_db (replica), cancellable);
  loaded = load_rows (plan, after, skip, n, rows, error) && count_people (replica, rows, error);
  crm_db_set_cancellable (crm_replica_get_db (replica), NULL);

  return loaded ? g_steal_pointer (&rows) : NULL;
}

void
crm_query_survey_free (CrmQuerySurvey *self)
{
  g_array_unref (self->anchors);
  g_free (self);
}

static gboolean
survey_segment (const CrmQueryPlan *plan, guint index, CrmQuerySurvey *survey, GError **error)
{
  g_autoptr (CrmStmt) stmt = crm_query_plan_scan (plan, index, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    if (++survey->count % survey->every == 0)
      {
        CrmQueryCursor cursor = { 0 };

        crm_query_plan_read_cursor (plan, index, stmt, &cursor);
        g_array_append_val (survey->anchors, cursor);
      }

  return step == CRM_STEP_DONE;
}

static gboolean
survey_all (const CrmQueryPlan *plan, CrmQuerySurvey *survey, GError **error)
{
  for (guint i = 0; i < plan->segments->len; i++)
    if (!survey_segment (plan, i, survey, error))
      return FALSE;

  return TRUE;
}

CrmQuerySurvey *
crm_query_survey_new (CrmReplica *replica,
                      const CrmQuery *query,
                      guint every,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (CrmQuerySurvey) self = NULL;
  g_autoptr (CrmQueryPlan) plan = crm_query_plan_new (replica, query, error);
  gboolean done;

  if (plan == NULL)
    return NULL;

  self = g_new0 (CrmQuerySurvey, 1);
  self->every = every;
  self->anchors = g_array_new (FALSE, FALSE, sizeof (CrmQueryCursor));
  g_array_set_clear_func (self->anchors, (GDestroyNotify) crm_query_cursor_clear);

  crm_db_set_cancellable (crm_replica_get_db (replica), cancellable);
  done = survey_all (plan, self, error);
  crm_db_set_cancellable (crm_replica_get_db (replica), NULL);

  return done ? g_steal_pointer (&self) : NULL;
}

const CrmQueryCursor *
crm_query_survey_find (const CrmQuerySurvey *self, gint64 position, gint64 *skip)
{
  gint64 index = MIN (position / self->every, (gint64) self->anchors->len);

  *skip = position - index * self->every;

  return index > 0 ? &g_array_index (self->anchors, CrmQueryCursor, index - 1) : NULL;
}

/* @nr is 0 when there is no such record of the query's kinds. */
static gboolean
find_nr (const CrmQueryPlan *plan, const char *id, gint64 *nr, GError **error)
{
  CrmReplica *replica = plan->sql->replica;

  *nr = 0;
  for (guint i = 0; i < plan->sql->kinds->len && *nr == 0; i++)
    {
      const CrmTable *table = crm_replica_get_table (replica, plan->sql->kinds->pdata[i]);
      g_autofree char *sql = g_strdup_printf ("SELECT nr FROM %s WHERE id = ?1", table->name);
      g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_replica_get_db (replica), sql, error);
      CrmStep step;

      if (stmt == NULL)
        return FALSE;

      crm_stmt_bind_text_at (stmt, 1, id);
      if ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ERROR)
        return FALSE;
      if (step == CRM_STEP_ROW)
        *nr = crm_stmt_get_int64 (stmt, 0);
    }

  return TRUE;
}

/* All of the segments before the cursor's, and what stands before it in its own. */
static gboolean
count_before (const CrmQueryPlan *plan, const CrmQueryCursor *cursor, gint64 *count, GError **error)
{
  *count = 0;
  for (guint i = 0; i <= cursor->segment; i++)
    {
      gint64 n;

      if (!crm_query_plan_count (plan, i, i == cursor->segment ? cursor : NULL, &n, error))
        return FALSE;
      *count += n;
    }

  return TRUE;
}

static gboolean
locate (const CrmQueryPlan *plan, const char *id, gint64 *position, GError **error)
{
  CrmQueryCursor cursor = { 0 };
  gboolean found = FALSE;
  gboolean done;
  gint64 nr;

  if (!find_nr (plan, id, &nr, error))
    return FALSE;
  if (nr == 0)
    return TRUE;

  done = crm_query_plan_find (plan, nr, &cursor, &found, error) &&
         (!found || count_before (plan, &cursor, position, error));
  crm_query_cursor_clear (&cursor);

  return done;
}

gboolean
crm_query_locate (CrmReplica *replica,
                  const CrmQuery *query,
                  const char *id,
                  gint64 *position,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (CrmQueryPlan) plan = crm_query_plan_new (replica, query, error);
  gboolean done;

  if (plan == NULL)
    return FALSE;

  *position = -1;
  crm_db_set_cancellable (crm_replica_get_db (replica), cancellable);
  done = locate (plan, id, position, error);
  crm_db_set_cancellable (crm_replica_get_db (replica), NULL);

  return done;
}
