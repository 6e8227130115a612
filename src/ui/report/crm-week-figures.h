#pragma once

#include "report/crm-report.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CRM_TYPE_WEEK_FIGURES (crm_week_figures_get_type ())
G_DECLARE_FINAL_TYPE (CrmWeekFigures, crm_week_figures, CRM, WEEK_FIGURES, GtkWidget)

/* The figures of a report, a card each. Pressing one chooses it and emits "chosen"; pressing it
 * again chooses none. */
GtkWidget *crm_week_figures_new (void);
/* What was chosen stays so, when the report has it. */
void crm_week_figures_set_report (CrmWeekFigures *self, const CrmReport *report);
/* The name of a figure, or NULL. */
const char *crm_week_figures_get_chosen (CrmWeekFigures *self);

G_END_DECLS
