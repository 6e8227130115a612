#pragma once

#include "store/query/crm-query.h"

G_BEGIN_DECLS

/* Terms that are joined by "and", for values that come from records. */
CrmExpr *crm_record_query_and (CrmExpr *left, const char *field, CrmExprOp op, const char *value);

/* @kinds as crm_query_new(). @where: (transfer full) */
CrmQuery *crm_record_query_new (const char *kinds, CrmExpr *where);

/* Activities of @relation; @types: "call|visit", NULL for all. */
CrmExpr *crm_record_query_activities (const char *relation, const char *types);

/* Of any of @relations, NULL-terminated and not empty. */
CrmExpr *crm_record_query_activities_of (const char *const *relations, const char *types);

G_END_DECLS
