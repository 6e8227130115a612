#include "store/query/crm-query-plan-private.h"

#include <string.h>

void
crm_aggregate_row_free (CrmAggregateRow *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->keys);
  g_free (self);
}

/* A SELECT in the making: what is grouped by, and what sets are taken apart with. */
typedef struct
{
  CrmQuerySql *sql;
  GString *columns;
  GString *joins;
  guint n_keys;
} Builder;

static gboolean
fail_field (const char *field, GError **error)
{
  g_set_error (error,
               CRM_STORE_ERROR,
               CRM_STORE_ERROR_FAILED,
               "There is no field “%s” to group by or to sum",
               field);

  return FALSE;
}

/* The field of whatever kind a row is; NULL when none of them has it. @field: of the first that has
 */
static char *
dup_column (CrmQuerySql *sql, const char *name, const CrmField **field)
{
  g_autoptr (GString) text = g_string_new ("CASE l.kind");

  *field = NULL;
  for (guint i = 0; i < sql->kinds->len; i++)
    {
      const CrmKind *kind = sql->kinds->pdata[i];
      const CrmField *found = crm_kind_find_field (kind, name);
      g_autofree char *column = NULL;

      if (found == NULL)
        continue;

      *field = *field != NULL ? *field : found;
      column = crm_query_sql_column (sql, kind, found);
      if (!sql->relations)
        return g_steal_pointer (&column);
      g_string_append_printf (text, " WHEN %u THEN %s", crm_kind_get_number (kind), column);
    }
  g_string_append (text, " END");

  return *field != NULL ? g_strdup (text->str) : NULL;
}

static const char *
get_period (const char *name)
{
  static const char *const periods[] = { "day", "week", "month" };

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    if (g_strcmp0 (name, periods[i]) == 0)
      return periods[i];

  return NULL;
}

/* "done:week". */
static gboolean
add_key (Builder *self, const char *spec, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (spec, ":", 2);
  const char *period = get_period (parts[0] != NULL ? parts[1] : NULL);
  g_autofree char *column = NULL;
  const CrmField *field;

  column = parts[0] != NULL ? dup_column (self->sql, parts[0], &field) : NULL;
  if (column == NULL || (parts[1] != NULL && period == NULL))
    return fail_field (spec, error);

  self->n_keys++;
  if (field->type == CRM_FIELD_SET)
    {
      g_string_append_printf (self->joins,
                              " LEFT JOIN json_each (crm_members (%s)) m%u",
                              column,
                              self->n_keys);
      g_string_append_printf (self->columns, "m%u.value, ", self->n_keys);
    }
  else if (period != NULL)
    g_string_append_printf (self->columns, "crm_local (%s, '%s'), ", column, period);
  else if (field->type == CRM_FIELD_MONEY)
    g_string_append_printf (self->columns, "printf ('%%.2f', %s / 100.0), ", column);
  else
    g_string_append_printf (self->columns, "%s, ", column);

  return TRUE;
}

static gboolean
add_keys (Builder *self, const char *group_by, GError **error)
{
  g_auto (GStrv) specs = g_strsplit (group_by, "|", -1);

  for (guint i = 0; specs[i] != NULL; i++)
    if (!add_key (self, specs[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
add_measure (Builder *self, const char *measure, GError **error)
{
  g_autofree char *column = NULL;
  const CrmField *field;

  if (measure == NULL)
    {
      g_string_append (self->columns, "count (*), 0.0");
      return TRUE;
    }

  column = dup_column (self->sql, measure, &field);
  if (column == NULL || (field->type != CRM_FIELD_MONEY && field->type != CRM_FIELD_NUMBER))
    return fail_field (measure, error);

  g_string_append_printf (self->columns,
                          "count (*), total (%s)%s",
                          column,
                          field->type == CRM_FIELD_MONEY ? " / 100.0" : "");

  return TRUE;
}

static char *
build (Builder *self, const CrmQueryPlan *plan)
{
  g_autofree char *from = crm_query_sql_dup_from (self->sql);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          "SELECT %s FROM %s%s WHERE %s IN (SELECT %s FROM %s WHERE %s)",
                          self->columns->str,
                          from,
                          self->joins->str,
                          crm_query_sql_get_ord (self->sql),
                          plan->all->ord,
                          plan->all->from,
                          plan->all->where);
  for (guint i = 1; i <= self->n_keys; i++)
    g_string_append_printf (text, i == 1 ? " GROUP BY %u" : ", %u", i);
  for (guint i = 1; i <= self->n_keys; i++)
    g_string_append_printf (text, i == 1 ? " ORDER BY %u" : ", %u", i);

  return g_string_free_and_steal (text);
}

static CrmAggregateRow *
read_row (CrmStmt *stmt, guint n_keys)
{
  CrmAggregateRow *row = g_new0 (CrmAggregateRow, 1);

  row->keys = g_new0 (char *, n_keys + 1);
  for (guint i = 0; i < n_keys; i++)
    row->keys[i] = crm_stmt_is_null (stmt, (int) i) ? g_strdup ("")
                                                    : crm_stmt_dup_text (stmt, (int) i);
  row->count = crm_stmt_get_int64 (stmt, (int) n_keys);
  row->sum = crm_stmt_get_double (stmt, (int) n_keys + 1);

  return row;
}

static GPtrArray *
run (CrmReplica *replica, Builder *builder, const CrmQueryPlan *plan, GError **error)
{
  g_autoptr (GPtrArray)
      rows = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_aggregate_row_free);
  g_autofree char *sql = build (builder, plan);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_replica_get_db (replica), sql, error);
  CrmStep step;

  if (stmt == NULL)
    return NULL;

  crm_query_sql_bind (plan->sql, stmt);
  if (plan->all->match != NULL)
    crm_stmt_bind_text (stmt, ":match", plan->all->match);
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    g_ptr_array_add (rows, read_row (stmt, builder->n_keys));

  return step == CRM_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

static GPtrArray *
aggregate (CrmReplica *self,
           const CrmQuery *query,
           const char *group_by,
           const char *measure,
           GError **error)
{
  g_autoptr (CrmQueryPlan) plan = crm_query_plan_new (self, query, error);
  g_autoptr (CrmQuerySql) sql = NULL;
  g_autoptr (GString) columns = g_string_new (NULL);
  g_autoptr (GString) joins = g_string_new (NULL);
  Builder builder = { NULL, columns, joins, 0 };

  if (plan == NULL || !(sql = crm_query_sql_new (self, query->kinds, error)))
    return NULL;

  builder.sql = sql;
  if (!add_keys (&builder, group_by, error) || !add_measure (&builder, measure, error))
    return NULL;

  return run (self, &builder, plan, error);
}

GPtrArray *
crm_replica_aggregate (CrmReplica *self,
                       const CrmQuery *query,
                       const char *group_by,
                       const char *measure,
                       GCancellable *cancellable,
                       GError **error)
{
  GPtrArray *rows;

  g_return_val_if_fail (CRM_IS_REPLICA (self), NULL);
  g_return_val_if_fail (query != NULL, NULL);
  g_return_val_if_fail (group_by != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  crm_db_set_cancellable (crm_replica_get_db (self), cancellable);
  rows = aggregate (self, query, group_by, measure, error);
  crm_db_set_cancellable (crm_replica_get_db (self), NULL);
  if (rows == NULL)
    crm_store_error_translate (error);

  return rows;
}
