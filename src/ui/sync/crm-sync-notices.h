#pragma once

#include "sync/crm-sync.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CRM_TYPE_SYNC_NOTICES (crm_sync_notices_get_type ())

G_DECLARE_FINAL_TYPE (CrmSyncNotices, crm_sync_notices, CRM, SYNC_NOTICES, GObject)

/*
 * Tells what the synchronisation did behind people's backs: a toast for a value that stepped back,
 * with Show, and a notification of the desktop for what waits for a decision; one at a time, and
 * none while the window has the focus. @window: not owned; the application's action
 * "app.show-inbox" is what a click does.
 */
CrmSyncNotices *crm_sync_notices_new (CrmSync *sync, GtkWindow *window);
/* Who opened the Inbox need not be called to it any more. */
void crm_sync_notices_withdraw (CrmSyncNotices *self);

/* "Phone of Jan de Vries is 06 1 again"; translated. @items: (element-type CrmSteppedBack), one at
 * least */
char *crm_sync_notices_dup_stepped_back (GPtrArray *items);

G_END_DECLS
