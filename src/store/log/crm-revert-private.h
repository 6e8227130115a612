#pragma once

#include "store/log/crm-log-writer-private.h"

/*
 * Turns one logged set around. Fields that still have the value the set gave them get their old
 * value back, set fields get back what was removed and lose what was added; a record that the set
 * made goes again when nobody changed it since; a number from the server is no change.
 */
typedef struct
{
  CrmReplica *replica;
  /* The set. */
  gint64 n;
  /* A made record that others link to by now stays. Not when an undo is turned around. */
  gboolean keep_linked;
  /* (element-type CrmRecord): changed since, each once. */
  GPtrArray *kept;
  /* (element-type utf8): ids of those. */
  GHashTable *kept_ids;
} CrmRevert;

void crm_revert_init (CrmRevert *self, CrmReplica *replica, gboolean keep_linked);
void crm_revert_clear (CrmRevert *self);
/* Returns: (transfer full) (element-type CrmEdit): what to write, last record of the set first */
GPtrArray *crm_revert_set (CrmRevert *self, gint64 n, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmRevert, crm_revert_clear)
