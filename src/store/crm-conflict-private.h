#pragma once

#include "store/crm-conflict.h"
#include "store/crm-replica-private.h"

#define CRM_CONFLICT_KIND "conflict"

/* (element-type CrmConflictValue) */
GPtrArray *crm_conflict_new_values (void);
/* As @viewer sees it; NULL with an error only. */
CrmConflict *
crm_conflict_new (CrmReplica *replica, CrmRecord *record, const char *viewer, GError **error);
/* The record with @id; its title, also when it is gone. Both (out) (transfer full) (nullable). */
gboolean crm_conflict_find_record (CrmReplica *replica,
                                   const CrmKind *kind,
                                   const char *id,
                                   CrmRecord **record,
                                   char **title,
                                   GError **error);

/* crm-refusal.c: adds refused and parked sets to @items. */
gboolean crm_refusal_list (CrmReplica *replica, GPtrArray *items, GError **error);
/* NULL without error when there is no such item. */
CrmConflict *crm_refusal_find (CrmReplica *replica, const char *id, GError **error);

/*
 * Refused sets that nobody has dismissed, as a condition on `result AS r`. One of a single record
 * that made a conflict is told by that.
 */
#define CRM_REFUSAL_IS_OPEN                                                                        \
  "r.status = 'rejected' AND r.seen = 0 AND (r.conflicts IS NULL OR"                               \
  " (SELECT count(*) FROM change WHERE nr >= r.n * 1024 AND nr < (r.n + 1) * 1024) > 1)"
