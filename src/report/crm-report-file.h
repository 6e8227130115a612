#pragma once

#include "report/crm-report.h"

G_BEGIN_DECLS

typedef enum
{
  CRM_REPORT_TABLE, /* text in columns, for a terminal */
  CRM_REPORT_CSV,
  CRM_REPORT_JSON,
  CRM_REPORT_XLSX,
  CRM_REPORT_PDF,
} CrmReportFormat;

/* "table", "csv", "json", "xlsx", "pdf". */
gboolean crm_report_format_parse (const char *text, CrmReportFormat *format);
/* By the end of a file name; FALSE when it says nothing. */
gboolean crm_report_format_guess (const char *path, CrmReportFormat *format);

/* The three that are text. CSV guards against formulas; JSON is one object. */
char *crm_report_to_text (const CrmReport *self, CrmReportFormat format);

/*
 * crm_report_save:
 *
 * Any format. The file appears whole or not at all; what was there is replaced.
 */
gboolean
crm_report_save (const CrmReport *self, CrmReportFormat format, const char *path, GError **error);

G_END_DECLS
