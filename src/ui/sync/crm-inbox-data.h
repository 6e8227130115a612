#pragma once

#include "store/crm-conflict.h"

G_BEGIN_DECLS

/* What the Inbox shows, read in one go on the reader's thread; not changed afterwards. */
typedef struct
{
  /* (element-type CrmConflict): open ones, those of an action together */
  GPtrArray *conflicts;
  /* (element-type utf8 utf8): titles of the records that values of link fields name */
  GHashTable *titles;
} CrmInboxData;

CrmInboxData *crm_inbox_data_load (CrmReplica *replica, GError **error);
void crm_inbox_data_free (CrmInboxData *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmInboxData, crm_inbox_data_free)

G_END_DECLS
