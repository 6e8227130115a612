#pragma once

#include "model/crm-kind.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CRM_TYPE_FIELD_POPOVER (crm_field_popover_get_type ())

G_DECLARE_FINAL_TYPE (CrmFieldPopover, crm_field_popover, CRM, FIELD_POPOVER, GtkPopover)

/* The merge fields of letters, to search and choose from. Signal "chosen" (const char *): its name.
 */
GtkWidget *crm_field_popover_new (const CrmModel *model, gboolean dutch);

G_END_DECLS
