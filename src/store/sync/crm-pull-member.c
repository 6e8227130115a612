#include "store/sync/crm-pull-writer-private.h"

#include "model/crm-id-sum.h"
#include "store/crm-member-sum-private.h"

/* What this page does to the sum of a scope. */
static CrmMemberSum *
get_sum (CrmPullWriter *self, gint64 scope)
{
  CrmMemberSum *sum = g_hash_table_lookup (self->sums, &scope);

  if (sum == NULL)
    {
      sum = g_new0 (CrmMemberSum, 1);
      g_hash_table_insert (self->sums, g_memdup2 (&scope, sizeof scope), sum);
    }

  return sum;
}

/* Those below zero wait for a boot, and are in no sum. */
static void
count (CrmPullWriter *self, gint64 scope, const char *id, gint64 n)
{
  CrmMemberSum *sum;

  if (scope <= 0)
    return;

  sum = get_sum (self, scope);
  sum->n += n;
  crm_id_sum_add (&sum->ids, id);
}

gboolean
crm_pull_member_remove (CrmPullWriter *self, const char *id, GError **error)
{
  static const char sql[] = "DELETE FROM member WHERE id = ?1 RETURNING scope";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->replica->db, sql, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, id);
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    count (self, crm_stmt_get_int64 (stmt, 0), id, -1);

  return step == CRM_STEP_DONE;
}

static gboolean
insert (CrmPullWriter *self, gint64 scope, const char *id, guint kind, GError **error)
{
  static const char sql[] = "INSERT OR IGNORE INTO member (scope, id, kind) VALUES (?1, ?2, ?3)";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->replica->db, sql, error);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, scope);
  crm_stmt_bind_text_at (stmt, 2, id);
  crm_stmt_bind_int64_at (stmt, 3, kind);
  if (!crm_stmt_run (stmt, error))
    return FALSE;
  if (crm_db_get_changes (self->replica->db) > 0)
    count (self, scope, id, 1);

  return TRUE;
}

/* The boot has brought it. */
static gboolean
stop_waiting (CrmPullWriter *self, const char *id, GError **error)
{
  static const char sql[] = "DELETE FROM member WHERE scope = -?1 AND id = ?2";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->replica->db, sql, error);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, self->boot);
  crm_stmt_bind_text_at (stmt, 2, id);

  return crm_stmt_run (stmt, error);
}

gboolean
crm_pull_member_put (CrmPullWriter *self,
                     const CrmTable *table,
                     const CrmPulledRow *row,
                     GError **error)
{
  const guint kind = table != NULL ? crm_kind_get_number (table->kind) : 0;

  if (row->n_scopes == 0)
    return TRUE;
  if ((self->boot == 0 && !crm_pull_member_remove (self, row->id, error)) ||
      (self->force && !stop_waiting (self, row->id, error)))
    return FALSE;

  for (guint i = 0; i < row->n_scopes; i++)
    if (!insert (self, row->scopes[i], row->id, kind, error))
      return FALSE;

  return TRUE;
}

gboolean
crm_pull_member_remove_scope (CrmPullWriter *self, gint64 scope, GError **error)
{
  g_hash_table_remove (self->sums, &scope);

  return crm_sync_state_run (self->replica, "DELETE FROM member WHERE scope = ?1", scope, error) &&
         crm_sync_state_run (self->replica,
                             "DELETE FROM member_sum WHERE scope = ?1",
                             scope,
                             error);
}

gboolean
crm_pull_member_flush (CrmPullWriter *self, GError **error)
{
  GHashTableIter iter;
  gpointer scope;
  gpointer sum;

  g_hash_table_iter_init (&iter, self->sums);
  while (g_hash_table_iter_next (&iter, &scope, &sum))
    if (!crm_member_sum_add (self->replica->db, *(gint64 *) scope, sum, error))
      return FALSE;

  g_hash_table_remove_all (self->sums);

  return TRUE;
}
