#pragma once

#include "store/crm-replica-private.h"

/*
 * Records that were the user's before the first login, by the name that he had then, become the
 * account's: reports and My Week ask for that, here and on every device that gets them. Ordinary
 * changes, in sets of a group that undo passes over. Goes on with what a kill cut short; nothing to
 * do is one look-up.
 */
gboolean crm_sync_login_adopt (CrmReplica *self, GError **error);
