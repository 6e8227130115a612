#pragma once

#include "store/crm-list-row.h"
#include "store/crm-query-page-private.h"

/* Arrays of filled #CrmListRow, before and after a change, compared by object. */

/* @from: (element-type CrmQueryRow). Returns: (transfer full) (element-type CrmListRow) */
GPtrArray *crm_record_rows_new (GPtrArray *from);
GPtrArray *crm_record_rows_copy (GPtrArray *rows);
/* Takes the objects of @old for the records that are still there, so that the view keeps them. */
void crm_record_rows_reuse (GPtrArray *old, GPtrArray *rows);
/* Cuts both behind the last row that they share; what is behind it is not compared. */
void crm_record_rows_cut (GPtrArray *old, GPtrArray *rows);
/* How many are the same from the start; from the end, but not more than leaves @except. */
guint crm_record_rows_count_start (GPtrArray *a, GPtrArray *b);
guint crm_record_rows_count_end (GPtrArray *a, GPtrArray *b, guint except);
