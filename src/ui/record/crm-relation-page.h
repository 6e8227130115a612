#pragma once

#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_RELATION_PAGE (crm_relation_page_get_type ())

G_DECLARE_FINAL_TYPE (CrmRelationPage, crm_relation_page, CRM, RELATION_PAGE, AdwNavigationPage)

/*
 * A person or an organisation, story first: next step, what happened, and beside it the facts.
 * Follows the store; pops itself when its relation is deleted here.
 */
AdwNavigationPage *crm_relation_page_new (CrmStore *store, const char *id);
const char *crm_relation_page_get_id (CrmRelationPage *self);
/* NULL until it is read. */
CrmRecord *crm_relation_page_get_record (CrmRelationPage *self);

G_END_DECLS
