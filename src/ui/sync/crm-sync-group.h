#pragma once

#include "sync/crm-sync.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_SYNC_GROUP (crm_sync_group_get_type ())

G_DECLARE_FINAL_TYPE (CrmSyncGroup, crm_sync_group, CRM, SYNC_GROUP, AdwPreferencesGroup)

/* The company's server in the preferences: which, who, how it stands, connect and sign out. Uses
 * the actions "sync.connect", "sync.now" and "sync.sign-out". */
GtkWidget *crm_sync_group_new (CrmSync *sync);
/* It shows nothing new any more, and lets go of the sync. */
void crm_sync_group_close (CrmSyncGroup *self);

G_END_DECLS
