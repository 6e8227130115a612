#pragma once

#include "ui/relations/crm-filter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CRM_TYPE_FILTER_POPOVER (crm_filter_popover_get_type ())

G_DECLARE_FINAL_TYPE (CrmFilterPopover, crm_filter_popover, CRM, FILTER_POPOVER, GtkPopover)

/* Which relations are shown, in words; each change takes effect at once. Signal "changed". */
GtkWidget *crm_filter_popover_new (CrmModel *model);
/* Returns: (transfer full) */
CrmFilter *crm_filter_popover_dup_filter (CrmFilterPopover *self);
/* "relation", "person" or "organisation". */
const char *crm_filter_popover_get_kinds (CrmFilterPopover *self);
/* "Persons: Town is Ede"; NULL when all relations are shown. Translated. */
char *crm_filter_popover_dup_words (CrmFilterPopover *self);
/* Emits "changed" once. @filter: nullable, no condition then. */
void crm_filter_popover_set (CrmFilterPopover *self, const char *kinds, const CrmFilter *filter);
/* All relations whose field of this name is @value. */
void crm_filter_popover_set_only (CrmFilterPopover *self, const char *field, const char *value);

G_END_DECLS
