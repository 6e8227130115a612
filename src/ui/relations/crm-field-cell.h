#pragma once

#include "store/query/crm-record-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CRM_TYPE_FIELD_CELL (crm_field_cell_get_type ())

G_DECLARE_FINAL_TYPE (CrmFieldCell, crm_field_cell, CRM, FIELD_CELL, GtkWidget)

/* One field of one row of the table. @field: the name of a field, which the row's kind may lack;
 * NULL shows the record's title. */
GtkWidget *crm_field_cell_new (const char *field);
/* @item: nullable. */
void crm_field_cell_set_item (CrmFieldCell *self, CrmListRow *item);
const char *crm_field_cell_get_text (CrmFieldCell *self);

G_END_DECLS
