#pragma once

#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_INBOX_PAGE (crm_inbox_page_get_type ())

G_DECLARE_FINAL_TYPE (CrmInboxPage, crm_inbox_page, CRM, INBOX_PAGE, AdwNavigationPage)

/*
 * What waits for a decision: edits that met, deletes against edits, numbers, doubles, and changes
 * that the server did not take, a card each. Follows the store; what did not change keeps its card.
 */
AdwNavigationPage *crm_inbox_page_new (CrmStore *store);

G_END_DECLS
