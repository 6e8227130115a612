#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Held by the process that keeps a replica in step: “sync.lock” in its folder. It is let go when
 * the process ends, however it does. */
typedef struct _CrmSyncLock CrmSyncLock;

/* Does not wait. Fails with %CRM_SYNC_ERROR_BUSY when another process has it. */
CrmSyncLock *crm_sync_lock_take (const char *dir, GError **error);
void crm_sync_lock_free (CrmSyncLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSyncLock, crm_sync_lock_free)

G_END_DECLS
