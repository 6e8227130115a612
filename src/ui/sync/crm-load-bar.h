#pragma once

#include "sync/crm-sync.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_LOAD_BAR (crm_load_bar_get_type ())

G_DECLARE_FINAL_TYPE (CrmLoadBar, crm_load_bar, CRM, LOAD_BAR, AdwBin)

/* At the foot of the window while the company's relations are loaded for the first time: how far it
 * is, and Cancel, which pauses. Nothing otherwise. */
GtkWidget *crm_load_bar_new (CrmSync *sync);

G_END_DECLS
