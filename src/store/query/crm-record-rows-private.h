#pragma once

#include "store/query/crm-list-row.h"
#include "store/query/crm-query-page-private.h"

/* Arrays of filled #CrmListRow, before and after a change, compared by object. */

/* @from: (element-type CrmQueryRow). Returns: (transfer full) (element-type CrmListRow) */
GPtrArray *crm_record_rows_new (GPtrArray *from);
GPtrArray *crm_record_rows_copy (GPtrArray *rows);
/* Takes the objects of @old for the records that are still there, so that the view keeps them. */
void crm_record_rows_reuse (GPtrArray *old, GPtrArray *rows);
/* Cuts both behind the last row that they share; what is behind it is not compared. */
void crm_record_rows_cut (GPtrArray *old, GPtrArray *rows);
/* Rows of the new array, @n_added from @position on, that stand where @n_removed others did. */
typedef struct
{
  guint position;
  guint n_removed;
  guint n_added;
} CrmRecordRun;

/*
 * What turns @old into @rows with as many rows as possible left alone: a view makes each row anew
 * that it is told of. Many small runs come as one.
 * Returns: (transfer full) (element-type CrmRecordRun): from the start on; each position counts on
 * the runs before it being done
 */
GArray *crm_record_rows_compare (GPtrArray *old, GPtrArray *rows);
