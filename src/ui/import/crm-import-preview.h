#pragma once

#include "exchange/crm-import.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_IMPORT_PREVIEW (crm_import_preview_get_type ())

G_DECLARE_FINAL_TYPE (CrmImportPreview, crm_import_preview, CRM, IMPORT_PREVIEW, AdwBin)

/* The first rows of a file as the records that they become. */
CrmImportPreview *crm_import_preview_new (void);
/* @result: nullable: nothing is known yet. */
void crm_import_preview_show (CrmImportPreview *self, const CrmImportResult *result);

G_END_DECLS
