#pragma once

#include "store/query/crm-query.h"

struct _CrmQuery
{
  char *kinds;
  CrmExpr *where; /* nullable */
  char *text;     /* nullable */
  char *sort;     /* nullable */
  gboolean descending;
};

/* Bit 1 << number per kind that the rows of the query show: its own, and those it links to. */
guint crm_query_get_kinds_mask (const CrmQuery *self, const CrmModel *model);
