#pragma once

#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_RECOVERY_DIALOG (crm_recovery_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CrmRecoveryDialog, crm_recovery_dialog, CRM, RECOVERY_DIALOG, AdwDialog)

/* Makes a new recovery key, shows it once and prints it. One made before does not work any more. */
AdwDialog *crm_recovery_dialog_new (CrmStore *store);

G_END_DECLS
