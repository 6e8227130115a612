#pragma once

#include "model/crm-record.h"

G_BEGIN_DECLS

#define CRM_TYPE_LIST_ROW (crm_list_row_get_type ())

G_DECLARE_FINAL_TYPE (CrmListRow, crm_list_row, CRM, LIST_ROW, GObject)

/*
 * A row of a long list. It is there at once and fills when the reader answers: property "record"
 * (CrmRecord, nullable until then), "linked" (string, nullable): the title of what its first link
 * points at, a person's organisation, and "n-people": how many people work there. All notify.
 */
CrmListRow *crm_list_row_new (void);
/* Borrowed; not to be changed. */
CrmRecord *crm_list_row_get_record (CrmListRow *self);
const char *crm_list_row_get_linked (CrmListRow *self);
guint crm_list_row_get_n_people (CrmListRow *self);
/* NULL until it is filled. */
const char *crm_list_row_get_id (CrmListRow *self);
/* Notifies what differs; @record: not changed any more. For the list itself. */
void crm_list_row_fill (CrmListRow *self, CrmRecord *record, const char *linked, guint n_people);
/* Takes over what @from shows, for the list itself. */
void crm_list_row_take (CrmListRow *self, CrmListRow *from);

G_END_DECLS
