#pragma once

#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_IMPORT_DIALOG (crm_import_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CrmImportDialog, crm_import_dialog, CRM, IMPORT_DIALOG, AdwDialog)

/* @file: nullable: the dialog asks for it then. Presented on a window that has the "win." actions.
 */
CrmImportDialog *crm_import_dialog_new (CrmStore *store, GFile *file);

G_END_DECLS
