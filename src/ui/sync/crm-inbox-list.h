#pragma once

#include "ui/sync/crm-inbox-item.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define CRM_TYPE_INBOX_LIST (crm_inbox_list_get_type ())

G_DECLARE_FINAL_TYPE (CrmInboxList, crm_inbox_list, CRM, INBOX_LIST, GObject)

/*
 * What the Inbox lists, and which of it is selected. Main thread.
 *
 * Signal “selected”: how many are selected changed.
 */
CrmInboxList *crm_inbox_list_new (void);
/* (transfer none) (element-type CrmInboxItem) */
GListModel *crm_inbox_list_get_items (CrmInboxList *self);
/* @items: (element-type CrmInboxItem): what is to be listed now. What looks as before stays the
 * same object, and stays selected. */
void crm_inbox_list_set_items (CrmInboxList *self, GPtrArray *items);

/* NULL when there is none with this @id. */
const CrmConflict *crm_inbox_list_find (CrmInboxList *self, const char *id);

guint crm_inbox_list_get_n_selected (CrmInboxList *self);
/* All that can be, or nothing. */
void crm_inbox_list_select (CrmInboxList *self, gboolean all);
/* Ids, NULL-terminated (transfer full): of those that are selected, with NULL for @group, or of all
 * of this action that can be. */
GStrv crm_inbox_list_list_ids (CrmInboxList *self, const char *group);
/* The same of an action's refusals. */
GStrv crm_inbox_list_list_refusals (CrmInboxList *self, const char *group);

G_END_DECLS
