#pragma once

#include "report/crm-report-file.h"

/* Write to @path, which nobody else reads yet. */
gboolean crm_report_write_xlsx (const CrmReport *self, const char *path, GError **error);
gboolean crm_report_write_pdf (const CrmReport *self, const char *path, GError **error);
