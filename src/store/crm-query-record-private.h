#pragma once

#include "store/crm-replica-private.h"

/* By row number. @record is NULL without error when there is none. */
gboolean crm_query_load_record (CrmReplica *replica,
                                const CrmKind *kind,
                                gint64 nr,
                                CrmRecord **record,
                                GError **error);
/* The title of what the record's first link points at; NULL when it points at nothing. */
char *crm_query_dup_linked (CrmReplica *replica, CrmRecord *record);
