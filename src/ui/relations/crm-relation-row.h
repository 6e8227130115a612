#pragma once

#include "store/query/crm-record-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CRM_TYPE_RELATION_ROW (crm_relation_row_get_type ())

G_DECLARE_FINAL_TYPE (CrmRelationRow, crm_relation_row, CRM, RELATION_ROW, GtkBox)

/*
 * Two lines: name and how long ago, function and organisation or town and how many people. Property
 * "item" (CrmListRow): while it is not filled the row is blank but of its full height, so that
 * nothing flashes or moves. Property "label" (string) is what a screen reader says.
 */
GtkWidget *crm_relation_row_new (void);
void crm_relation_row_set_item (CrmRelationRow *self, CrmListRow *item);
const char *crm_relation_row_get_label (CrmRelationRow *self);

/* "Inkoper · Bakker Techniek B.V.", "Ede · 12 people"; NULL when there is nothing to say. @linked:
 * nullable; @n_people: 0 when it is not known either. */
char *crm_relation_row_dup_subtitle (CrmRecord *record, const char *linked, guint n_people);

G_END_DECLS
