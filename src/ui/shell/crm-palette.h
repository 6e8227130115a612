#pragma once

#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_PALETTE (crm_palette_get_type ())

G_DECLARE_FINAL_TYPE (CrmPalette, crm_palette, CRM, PALETTE, AdwDialog)

/* Finds relations, pages and actions as one types; Enter goes there. */
AdwDialog *crm_palette_new (CrmStore *store);
void crm_palette_search (CrmPalette *self, const char *text);

G_END_DECLS
