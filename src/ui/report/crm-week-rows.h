#pragma once

#include "report/crm-report.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Fills @box with the tables of @report, a list each; with @figure (nullable) only the rows that it
 * counts. A row opens its record. */
void crm_week_rows_show (GtkBox *box, const CrmReport *report, const char *figure);

G_END_DECLS
