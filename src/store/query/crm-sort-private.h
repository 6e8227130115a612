#pragma once

#include "store/query/crm-query-sql-private.h"

/* What a list is ordered by, as SQL. */
typedef struct
{
  /* Of each row; NULL for the natural order, that of `ord`. Empty is NULL. */
  char *key;
  /* The key is a number, not a text. */
  gboolean numeric;
  gboolean descending;
} CrmSort;

/* @field: nullable; one that none of the kinds has is the same as NULL. */
CrmSort *crm_sort_new (CrmQuerySql *sql, const char *field, gboolean descending);
void crm_sort_free (CrmSort *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSort, crm_sort_free)
