#pragma once

#include "ui/sync/crm-inbox-list.h"
#include "ui/sync/crm-inbox-page.h"

#include "store/crm-store.h"

G_BEGIN_DECLS

/* NULL once the page is gone; lent. */
CrmStore *crm_inbox_page_get_store (CrmInboxPage *self);
CrmInboxList *crm_inbox_page_get_list (CrmInboxPage *self);
/* Reads anew what there is: what is known only here tells no window. */
void crm_inbox_page_load (CrmInboxPage *self);

/* crm-inbox-page-actions.c: "inbox.mine", and the other actions of the cards and the bar. */
void crm_inbox_page_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
