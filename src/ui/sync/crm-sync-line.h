#pragma once

#include "sync/crm-sync.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_SYNC_LINE (crm_sync_line_get_type ())

G_DECLARE_FINAL_TYPE (CrmSyncLine, crm_sync_line, CRM, SYNC_LINE, AdwBin)

/*
 * The line at the sidebar's foot: in step, offline, needs you; a click shows more and what can be
 * done. Uses the actions of CrmWindow: "sync.connect", "sync.now", "sync.paused", "win.show".
 */
GtkWidget *crm_sync_line_new (CrmSync *sync);

G_END_DECLS
