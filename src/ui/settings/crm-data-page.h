#pragma once

#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_DATA_PAGE (crm_data_page_get_type ())

G_DECLARE_FINAL_TYPE (CrmDataPage, crm_data_page, CRM, DATA_PAGE, AdwPreferencesPage)

/* Back-up, restore, check and where it all is. */
AdwPreferencesPage *crm_data_page_new (CrmStore *store);
/* Lets go of the store; what was begun goes on. */
void crm_data_page_close (CrmDataPage *self);

G_END_DECLS
