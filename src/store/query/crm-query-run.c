#include "store/query/crm-query-plan-private.h"
#include "store/query/crm-query-record-private.h"

/* The cancellable holds for the connection as long as this lives. */
typedef CrmDb CrmCancelScope;

static CrmCancelScope *
cancel_scope_new (CrmReplica *replica, GCancellable *cancellable)
{
  CrmDb *db = crm_replica_get_db (replica);

  crm_db_set_cancellable (db, cancellable);

  return g_object_ref (db);
}

static void
cancel_scope_free (CrmCancelScope *db)
{
  crm_db_set_cancellable (db, NULL);
  g_object_unref (db);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmCancelScope, cancel_scope_free)

static gboolean
count_all (CrmReplica *self, const CrmQuery *query, gint64 *count, GError **error)
{
  g_autoptr (CrmQueryPlan) plan = crm_query_plan_new (self, query, error);

  return plan != NULL && crm_query_plan_count_all (plan, count, error);
}

gint64
crm_replica_count (CrmReplica *self,
                   const CrmQuery *query,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (CrmCancelScope) scope = NULL;
  gint64 count = 0;

  g_return_val_if_fail (CRM_IS_REPLICA (self), -1);
  g_return_val_if_fail (query != NULL, -1);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;

  scope = cancel_scope_new (self, cancellable);
  if (!count_all (self, query, &count, error))
    {
      crm_store_error_translate (error);
      return -1;
    }

  return count;
}

/* Where records go, and how many there may still be. */
typedef struct
{
  CrmRecordFunc func;
  gpointer user_data;
  guint left;
  gboolean any;
} Sink;

/* @more: FALSE when the function had enough. */
static gboolean
hand_over (CrmReplica *self, guint number, gint64 nr, Sink *sink, gboolean *more, GError **error)
{
  const CrmKind *kind = crm_model_find_kind_by_number (self->model, number);
  g_autoptr (CrmRecord) record = NULL;

  if (!crm_query_load_record (self, kind, nr, &record, error))
    return FALSE;

  /* NULL: deleted by the function since the walk began. */
  if (record == NULL)
    return TRUE;

  sink->left--;
  *more = sink->func (record, sink->user_data) && sink->left > 0;

  return TRUE;
}

static gboolean
walk_segment (CrmReplica *self,
              const CrmQueryPlan *plan,
              guint index,
              Sink *sink,
              gboolean *more,
              GError **error)
{
  g_autoptr (CrmStmt) stmt = crm_query_plan_walk (plan, index, NULL, 0, -1, !sink->any, error);
  CrmStep step = CRM_STEP_ROW;

  if (stmt == NULL)
    return FALSE;

  while (*more && (step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      sink->any = TRUE;
      if (!hand_over (self,
                      (guint) crm_stmt_get_int64 (stmt, 2),
                      crm_stmt_get_int64 (stmt, 3),
                      sink,
                      more,
                      error))
        return FALSE;
    }

  return step != CRM_STEP_ERROR;
}

static gboolean
walk_hits (CrmReplica *self, const GArray *hits, Sink *sink, GError **error)
{
  gboolean more = TRUE;

  for (guint i = 0; more && i < hits->len; i++)
    {
      const CrmQueryHit *hit = &g_array_index (hits, CrmQueryHit, i);

      if (!hand_over (self, hit->kind, hit->nr, sink, &more, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
walk_all (CrmReplica *self, const CrmQuery *query, Sink *sink, GError **error)
{
  g_autoptr (CrmQueryPlan) plan = crm_query_plan_new (self, query, error);
  g_autoptr (GArray) hits = NULL;
  gboolean more = TRUE;

  if (plan == NULL)
    return FALSE;

  for (guint i = 0; more && i < plan->segments->len; i++)
    {
      if (i == 1 && !crm_query_plan_rank (plan, i, &hits, error))
        return FALSE;
      if (hits != NULL)
        return walk_hits (self, hits, sink, error);
      if (!walk_segment (self, plan, i, sink, &more, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
crm_replica_each (CrmReplica *self,
                  const CrmQuery *query,
                  guint limit,
                  CrmRecordFunc func,
                  gpointer user_data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (CrmCancelScope) scope = NULL;
  Sink sink = { func, user_data, limit > 0 ? limit : G_MAXUINT, FALSE };

  g_return_val_if_fail (CRM_IS_REPLICA (self), FALSE);
  g_return_val_if_fail (query != NULL, FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  scope = cancel_scope_new (self, cancellable);

  return walk_all (self, query, &sink, error) || crm_store_error_translate (error);
}

static gboolean
add_record_cb (CrmRecord *record, gpointer user_data)
{
  g_ptr_array_add (user_data, g_object_ref (record));

  return TRUE;
}

GPtrArray *
crm_replica_list (CrmReplica *self,
                  const CrmQuery *query,
                  guint limit,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  if (!crm_replica_each (self, query, limit, add_record_cb, records, cancellable, error))
    return NULL;

  return g_steal_pointer (&records);
}
