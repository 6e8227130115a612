#pragma once

#include "sync/crm-sync.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_SETTINGS_DIALOG (crm_settings_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CrmSettingsDialog,
                      crm_settings_dialog,
                      CRM,
                      SETTINGS_DIALOG,
                      AdwPreferencesDialog)

/* Personal, letters, data, server. What belongs to the relations is kept in the replica. */
AdwDialog *crm_settings_dialog_new (CrmStore *store, CrmSync *sync);

G_END_DECLS
