#pragma once

#include "store/log/crm-change-log.h"

G_BEGIN_DECLS

/*
 * Which record a row of a file became. An import asks this before all else, so that the same row is
 * the same record for ever, whatever it or other records are called by now. Local to this laptop,
 * and gone while the import that made it is taken back.
 */
typedef struct
{
  /* A digest of the row: it says nothing about what is in it. */
  gint64 print;
  const char *record;
  const char *employer; /* nullable: the organisation that the row names along the way */
} CrmOrigin;

/* FALSE too in a replica of an earlier format that is open for reading only. */
gboolean crm_replica_has_origins (CrmReplica *self);
/* FALSE when no row like it came in. Both ids: (out) (transfer full) (nullable); the
 * records may be gone. */
gboolean crm_replica_find_origin (CrmReplica *self, gint64 print, char **record, char **employer);
/* @origins: (element-type CrmOrigin): sorted. Part of the action: kept when it is finished, as long
 * as it is not undone; nothing is kept of an action that changed nothing. */
gboolean crm_action_keep_origins (CrmAction *self, const GArray *origins, GError **error);

G_END_DECLS
