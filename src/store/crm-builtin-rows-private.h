#pragma once

#include "store/crm-replica-private.h"

/*
 * Puts the records that come with the program (crm-builtin.h) in the tables, or their new texts
 * when the program changed, without the log: they are the same on every device, so there is nothing
 * to send. What somebody edited or deleted is left alone.
 */
gboolean crm_builtin_rows_ensure (CrmReplica *replica, GError **error);
