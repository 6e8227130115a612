#pragma once

#include "ui/import/crm-import-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_IMPORT_SETTINGS (crm_import_settings_get_type ())

G_DECLARE_FINAL_TYPE (CrmImportSettings, crm_import_settings, CRM, IMPORT_SETTINGS, AdwBin)

/* How the file is read, what each column means and what comes of the first rows. */
CrmImportSettings *crm_import_settings_new (CrmImportSession *session);
/* Shows the session's plan, which is new. */
void crm_import_settings_refresh (CrmImportSettings *self);

G_END_DECLS
