#pragma once

#include "ui/relations/crm-filter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CRM_TYPE_FILTER_ROW (crm_filter_row_get_type ())

G_DECLARE_FINAL_TYPE (CrmFilterRow, crm_filter_row, CRM, FILTER_ROW, GtkBox)

/* One condition: field, operator, value. Signals "changed" and "remove". */
GtkWidget *crm_filter_row_new (CrmModel *model);
void crm_filter_row_set_term (CrmFilterRow *self, const CrmFilterTerm *term);
/* The caller owns nothing: valid until the row changes. */
const CrmFilterTerm *crm_filter_row_get_term (CrmFilterRow *self);

G_END_DECLS
