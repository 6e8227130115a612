#pragma once

#include "store/query/crm-list-row.h"

/*
 * The rows of a long list that are in memory: pages of %CRM_RECORD_PAGE_ROWS, of which the least
 * recently used go when there are more than %CRM_RECORD_PAGES_MAX. So memory does not grow with the
 * list, nor with scrolling.
 */
#define CRM_RECORD_PAGE_ROWS 100
#define CRM_RECORD_PAGES_MAX 30

typedef struct _CrmRecordPages CrmRecordPages;

CrmRecordPages *crm_record_pages_new (void);
void crm_record_pages_free (CrmRecordPages *self);
void crm_record_pages_clear (CrmRecordPages *self);

/* The row at @position, made empty when it is not there. @filled: whether it shows a record.
 * Borrowed. */
CrmListRow *crm_record_pages_get (CrmRecordPages *self, guint position, gboolean *filled);
/* NULL when it is not in memory. Borrowed. */
CrmListRow *crm_record_pages_peek (CrmRecordPages *self, guint position);
/* Puts @row at @position instead of what is there. */
void crm_record_pages_put (CrmRecordPages *self, guint position, CrmListRow *row);
gboolean crm_record_pages_has (CrmRecordPages *self, guint page);
/*
 * The filled rows around @position without a gap, at most @max of them.
 * @start: (out): the position of the first
 *
 * Returns: (transfer full) (element-type CrmListRow)
 */
GPtrArray *
crm_record_pages_list_around (CrmRecordPages *self, guint position, guint max, guint *start);
/* Takes out the rows from @position on and makes room for @added: all others keep their object. */
void crm_record_pages_splice (CrmRecordPages *self, guint position, guint removed, guint added);
/*
 * Forgets the rows before @start and from @end on that nobody else holds.
 *
 * Returns: (transfer full) (element-type guint): pages with rows that somebody holds and that are
 * empty or were not kept, so that they have to be read again
 */
GArray *crm_record_pages_trim (CrmRecordPages *self, guint start, guint end);
guint crm_record_pages_get_n_pages (CrmRecordPages *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmRecordPages, crm_record_pages_free)
