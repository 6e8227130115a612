#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CRM_TYPE_TAG_POPOVER (crm_tag_popover_get_type ())

G_DECLARE_FINAL_TYPE (CrmTagPopover, crm_tag_popover, CRM, TAG_POPOVER, GtkPopover)

/* Signal "tag" (const char *tag, gboolean remove): to give to, or take from, what is selected. */
GtkWidget *crm_tag_popover_new (void);
/* The tags that are in use, to choose from. */
void crm_tag_popover_set_known (CrmTagPopover *self, const char *const *tags);

G_END_DECLS
