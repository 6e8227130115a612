#pragma once

#include "store/crm-query.h"

struct _CrmQuery
{
  char *kinds;
  CrmExpr *where; /* nullable */
  char *text;     /* nullable */
  char *sort;     /* nullable */
  gboolean descending;
};
