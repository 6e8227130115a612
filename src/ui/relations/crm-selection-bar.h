#pragma once

#include "store/crm-store.h"
#include "ui/relations/crm-pick.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CRM_TYPE_SELECTION_BAR (crm_selection_bar_get_type ())

G_DECLARE_FINAL_TYPE (CrmSelectionBar, crm_selection_bar, CRM, SELECTION_BAR, GtkWidget)

/* What can be done with several relations at once: tag, letter, export, delete. */
GtkWidget *crm_selection_bar_new (CrmStore *store);
/* @pick: (transfer full): the @n relations that are picked. */
void crm_selection_bar_set_pick (CrmSelectionBar *self, CrmPick *pick, guint n);

G_END_DECLS
