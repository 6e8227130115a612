#pragma once

#include "store/crm-replica-private.h"
#include "store/sync/crm-conflict.h"

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

/* crm-refusal.c: of a refused or parked set. NULL without error when there is no such item. */
CrmConflict *crm_refusal_find (CrmReplica *replica, const char *id, GError **error);

/*
 * Refused sets that nobody has dismissed, as a condition on `result AS r`. One of a single record
 * that made a conflict is told by that.
 */
#define CRM_REFUSAL_IS_OPEN                                                                        \
  "r.status = 'rejected' AND r.seen = 0 AND (r.conflicts IS NULL OR"                               \
  " (SELECT count(*) FROM change WHERE nr >= r.n * 1024 AND nr < (r.n + 1) * 1024) > 1)"
/* Sets that wait for a person. */
#define CRM_REFUSAL_FROM  "result AS r JOIN change_set AS s ON s.n = r.n"
#define CRM_REFUSAL_WAITS "((" CRM_REFUSAL_IS_OPEN ") OR (r.status = 'parked' AND s.state = 3))"
