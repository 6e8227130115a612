#pragma once

#include "store/log/crm-change-log.h"
#include "store/log/crm-log-writer-private.h"

const char *crm_change_set_get_action (const CrmChangeSet *self);
const char *crm_change_set_get_why (const CrmChangeSet *self);
gboolean crm_change_set_is_confirmed (const CrmChangeSet *self);
/* Records named so far, each counted once. */
guint crm_change_set_get_n_records (const CrmChangeSet *self);

/*
 * What the set makes of the records as they are now; inside the caller's transaction.
 *
 * Returns: (transfer full) (element-type CrmEdit): one per record, in order of first mention
 */
GPtrArray *crm_change_set_resolve (const CrmChangeSet *self, CrmReplica *replica, GError **error);
