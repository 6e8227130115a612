#pragma once

#include "store/crm-replica.h"

G_BEGIN_DECLS

/* One field of one record changed by one set. */
typedef struct
{
  char *set;   /* its id; of a colleague's that came before format 5 its number at the server */
  char *group; /* nullable */
  char *at;    /* UTC, see crm_clock_format() */
  char *author;
  char *device;
  char *action;
  char *field;     /* nullable: the record as a whole was made or deleted */
  char *old_value; /* canonical, nullable */
  char *new_value;
  char *why; /* nullable */
} CrmHistoryEntry;

void crm_history_entry_free (CrmHistoryEntry *self);

/* Newest first. Making a record gives one entry per filled field. Empty for an unknown id.
 * Returns: (transfer full) (element-type CrmHistoryEntry) */
GPtrArray *crm_replica_get_history (CrmReplica *self, const char *id, GError **error);

G_END_DECLS
