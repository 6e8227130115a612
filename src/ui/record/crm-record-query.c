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

CrmExpr *
crm_record_query_activities (const char *relation, const char *types)
{
  g_autoptr (CrmExpr) any = NULL;
  g_autoptr (GString) text = NULL;
  g_auto (GStrv) type = NULL;
  CrmExpr *where = crm_record_query_and (NULL, "relation", CRM_OP_EQ, relation);

  if (types == NULL)
    return where;

  type = g_strsplit (types, "|", -1);
  text = g_string_new (NULL);
  for (guint i = 0; type[i] != NULL; i++)
    g_string_append_printf (text, "%stype = \"%s\"", i > 0 ? " or " : "", type[i]);
  any = crm_expr_parse (text->str, NULL);
  g_return_val_if_fail (any != NULL, where);

  return crm_expr_new_and (where, g_steal_pointer (&any));
}
