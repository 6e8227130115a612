#pragma once

#include "sync/crm-sync.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_SIDEBAR (crm_sidebar_get_type ())

G_DECLARE_FINAL_TYPE (CrmSidebar, crm_sidebar, CRM, SIDEBAR, AdwNavigationPage)

/* The pages, with counts that follow the store. A click activates "win.show" with the page's name.
 */
AdwNavigationPage *crm_sidebar_new (CrmStore *store, CrmSync *sync);
void crm_sidebar_select (CrmSidebar *self, const char *page);

G_END_DECLS
