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
/*
 * How many relations of another kind have their first link at each of @records (element-type
 * CrmRecord): the people of an organisation. One question for all of them, each organisation costs
 * a walk over its people in the link's index.
 *
 * Returns: (transfer full) (element-type utf8 guint): by id, without those that have none
 */
GHashTable *crm_query_count_people (CrmReplica *replica, GPtrArray *records, GError **error);
