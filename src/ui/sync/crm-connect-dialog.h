#pragma once

#include "sync/crm-sync.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_CONNECT_DIALOG (crm_connect_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CrmConnectDialog, crm_connect_dialog, CRM, CONNECT_DIALOG, AdwDialog)

/*
 * Connects a replica to its company's server: the address, then, with the company's name in sight,
 * who you are. One that was connected before is asked for the password only.
 *
 * Signal "connected" (utf8: the company's name): it is logged in, and closes.
 */
AdwDialog *crm_connect_dialog_new (CrmSync *sync);

G_END_DECLS
