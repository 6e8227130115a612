#pragma once

#include "store/crm-replica-private.h"

/* A deleted record as it last was, from the log and from what is known of what others did. NULL
 * without error when this device never knew. */
CrmRecord *
crm_past_record_load (CrmReplica *replica, const CrmKind *kind, const char *id, GError **error);
