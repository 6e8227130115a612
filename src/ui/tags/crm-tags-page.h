#pragma once

#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_TAGS_PAGE (crm_tags_page_get_type ())

G_DECLARE_FINAL_TYPE (CrmTagsPage, crm_tags_page, CRM, TAGS_PAGE, AdwNavigationPage)

/* Every tag with its explanation and how many relations have it; to make, rename, merge and delete
 * them. Actions "tags.new" and "tags.edit" (s: name). */
AdwNavigationPage *crm_tags_page_new (CrmStore *store);

G_END_DECLS
