#include "store/crm-member-sum-private.h"

#include <string.h>

gboolean
crm_member_sum_load (CrmDb *db, gint64 scope, CrmMemberSum *sum, GError **error)
{
  static const char sql[] = "SELECT n, ids FROM member_sum WHERE scope = ?1";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);
  CrmStep step;

  *sum = (CrmMemberSum) { 0 };
  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, scope);
  if ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      sum->n = crm_stmt_get_int64 (stmt, 0);
      crm_id_sum_from_hex (&sum->ids, crm_stmt_get_text (stmt, 1));
    }

  return step != CRM_STEP_ERROR;
}

static gboolean
save (CrmDb *db, gint64 scope, const CrmMemberSum *sum, GError **error)
{
  static const char sql[] = "INSERT OR REPLACE INTO member_sum (scope, n, ids) VALUES (?1, ?2, ?3)";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);
  g_autofree char *ids = crm_id_sum_to_hex (&sum->ids);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, scope);
  crm_stmt_bind_int64_at (stmt, 2, sum->n);
  crm_stmt_bind_text_at (stmt, 3, ids);

  return crm_stmt_run (stmt, error);
}

gboolean
crm_member_sum_add (CrmDb *db, gint64 scope, const CrmMemberSum *change, GError **error)
{
  CrmMemberSum sum;

  if (!crm_member_sum_load (db, scope, &sum, error))
    return FALSE;

  sum.n += change->n;
  crm_id_sum_merge (&sum.ids, &change->ids);

  return save (db, scope, &sum, error);
}

typedef gboolean (*EachFunc) (CrmDb *db,
                              gint64 scope,
                              const CrmMemberSum *sum,
                              gpointer data,
                              GError **error);

/* Each scope with what `member` has of it. */
static gboolean
each_scope (CrmDb *db, EachFunc func, gpointer data, GError **error)
{
  static const char sql[] = "SELECT scope, id FROM member WHERE scope > 0 ORDER BY scope";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);
  CrmMemberSum sum = { 0 };
  gint64 scope = 0;
  CrmStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      const gint64 next = crm_stmt_get_int64 (stmt, 0);

      if (next != scope && scope != 0 && !func (db, scope, &sum, data, error))
        return FALSE;
      if (next != scope)
        sum = (CrmMemberSum) { 0 };
      scope = next;
      sum.n++;
      crm_id_sum_add (&sum.ids, crm_stmt_get_text (stmt, 1));
    }

  return step == CRM_STEP_DONE && (scope == 0 || func (db, scope, &sum, data, error));
}

static gboolean
save_scope (CrmDb *db, gint64 scope, const CrmMemberSum *sum, gpointer unused, GError **error)
{
  return save (db, scope, sum, error);
}

gboolean
crm_member_sum_rebuild (CrmDb *db, GError **error)
{
  return crm_db_exec (db, "DELETE FROM member_sum", error) &&
         each_scope (db, save_scope, NULL, error);
}

static gboolean
compare_scope (CrmDb *db, gint64 scope, const CrmMemberSum *sum, gpointer data, GError **error)
{
  guint *n_wrong = data;
  CrmMemberSum stored;

  if (!crm_member_sum_load (db, scope, &stored, error))
    return FALSE;

  *n_wrong += stored.n != sum->n || memcmp (&stored.ids, &sum->ids, sizeof sum->ids) != 0;

  return TRUE;
}

gboolean
crm_member_sum_check (CrmDb *db, guint *n_wrong, GError **error)
{
  gint64 n_alone = 0;

  *n_wrong = 0;
  if (!crm_db_query_int64 (db,
                           "SELECT count(*) FROM member_sum AS s WHERE n <> 0 AND NOT EXISTS"
                           " (SELECT 1 FROM member WHERE scope = s.scope)",
                           &n_alone,
                           error) ||
      !each_scope (db, compare_scope, n_wrong, error))
    return FALSE;

  *n_wrong += (guint) n_alone;

  return TRUE;
}
