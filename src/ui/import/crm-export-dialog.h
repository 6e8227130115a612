#pragma once

#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_EXPORT_DIALOG (crm_export_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CrmExportDialog, crm_export_dialog, CRM, EXPORT_DIALOG, AdwDialog)

/* Which columns of the records of @query to write, how, and where to. */
CrmExportDialog *crm_export_dialog_new (CrmStore *store, const CrmQuery *query);

/* Only these of the query's records, in this order; NULL-terminated, copied. */
void crm_export_dialog_set_ids (CrmExportDialog *self, const char *const *ids);

/* Writes to @file without asking for it; for tests and for "save again". */
void crm_export_dialog_save (CrmExportDialog *self, GFile *file);

G_END_DECLS
