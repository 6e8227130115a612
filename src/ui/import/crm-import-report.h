#pragma once

#include "exchange/crm-import.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_IMPORT_REPORT (crm_import_report_get_type ())

G_DECLARE_FINAL_TYPE (CrmImportReport, crm_import_report, CRM, IMPORT_REPORT, AdwBin)

/* What an import did and what it has to say. Its buttons are actions of the dialog: "import.undo",
 * "import.show". */
CrmImportReport *crm_import_report_new (void);
void crm_import_report_show (CrmImportReport *self, const CrmImportResult *result);
void crm_import_report_set_undone (CrmImportReport *self);

G_END_DECLS
