#pragma once

#include "ui/tags/crm-tag-work.h"
#include "ui/tags/crm-tags-page.h"

G_BEGIN_DECLS

/* crm-tags-page-change.c: does it, with progress when it takes long, and says so with an Undo. */
void crm_tags_page_change (CrmTagsPage *self, CrmStore *store, const CrmTagChange *change);

G_END_DECLS
