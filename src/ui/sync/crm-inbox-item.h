#pragma once

#include "store/sync/crm-conflict.h"

G_BEGIN_DECLS

#define CRM_TYPE_INBOX_ITEM (crm_inbox_item_get_type ())

G_DECLARE_FINAL_TYPE (CrmInboxItem, crm_inbox_item, CRM, INBOX_ITEM, GObject)

/*
 * One thing that waits for a decision, as the Inbox lists it. Made on the reader's thread; but for
 * “selected” (boolean, notify) it does not change afterwards.
 */

/* @conflict: (transfer full); @titles: (transfer none) (element-type utf8 utf8): of the records
 * that values of link fields name */
CrmInboxItem *crm_inbox_item_new (CrmConflict *conflict, GHashTable *titles);
const CrmConflict *crm_inbox_item_get_conflict (CrmInboxItem *self);
GHashTable *crm_inbox_item_get_titles (CrmInboxItem *self);
/* How many come of its action when it is the first of several; else 0. */
guint crm_inbox_item_get_n_group (CrmInboxItem *self);
/* Whether mine or theirs is a choice: such are decided several at once. */
gboolean crm_inbox_item_can_select (CrmInboxItem *self);
gboolean crm_inbox_item_get_selected (CrmInboxItem *self);
/* Does nothing to one that cannot be. */
void crm_inbox_item_set_selected (CrmInboxItem *self, gboolean selected);
/* Whether they look the same. */
gboolean crm_inbox_item_equal (CrmInboxItem *self, CrmInboxItem *other);

/*
 * crm_inbox_item_list:
 *
 * All that is open, those of an action together. Blocks; on the replica's thread.
 *
 * Returns: (transfer full) (element-type CrmInboxItem)
 */
GPtrArray *crm_inbox_item_list (CrmReplica *replica, GError **error);

G_END_DECLS
