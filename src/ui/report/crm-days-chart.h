#pragma once

#include "report/crm-report.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CRM_TYPE_DAYS_CHART (crm_days_chart_get_type ())

G_DECLARE_FINAL_TYPE (CrmDaysChart, crm_days_chart, CRM, DAYS_CHART, GtkWidget)

/* Two bars a day: this period in the accent colour, the period before in grey. */
GtkWidget *crm_days_chart_new (void);
/* Copies what it needs of the points. */
void crm_days_chart_set_report (CrmDaysChart *self, const CrmReport *report);
/* FALSE when nothing was done in either period. */
gboolean crm_days_chart_has_bars (CrmDaysChart *self);

G_END_DECLS
