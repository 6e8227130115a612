#include "ui/record/crm-record-query.h"

CrmExpr *
crm_record_query_and (CrmExpr *left, const char *field, CrmExprOp op, const char *value)
{
  CrmExpr *term = crm_expr_new_term (field, op, CRM_EXPR_TEXT, value != NULL ? value : "");

  return left != NULL ? crm_expr_new_and (left, term) : term;
}

CrmQuery *
crm_record_query_new (const char *kinds, CrmExpr *where)
{
  CrmQuery *query = crm_query_new (kinds);

  crm_query_set_where (query, where);
  crm_expr_free (where);

  return query;
}

/* "field = a or field = b"; the values need no quoting. */
static CrmExpr *
any_of (const char *field, const char *const *values)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; values[i] != NULL; i++)
    g_string_append_printf (text, "%s%s = \"%s\"", i > 0 ? " or " : "", field, values[i]);

  return crm_expr_parse (text->str, NULL);
}

CrmExpr *
crm_record_query_activities_of (const char *const *relations, const char *types)
{
  CrmExpr *where;
  g_auto (GStrv) type = NULL;

  g_return_val_if_fail (relations != NULL && relations[0] != NULL, NULL);

  where = any_of ("relation", relations);
  if (types == NULL)
    return where;
  type = g_strsplit (types, "|", -1);

  return crm_expr_new_and (where, any_of ("type", (const char *const *) type));
}

CrmExpr *
crm_record_query_activities (const char *relation, const char *types)
{
  const char *const relations[] = { relation, NULL };

  return crm_record_query_activities_of (relations, types);
}
