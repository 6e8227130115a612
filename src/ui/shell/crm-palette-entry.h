#pragma once

#include "model/crm-record.h"

G_BEGIN_DECLS

#define CRM_TYPE_PALETTE_ENTRY (crm_palette_entry_get_type ())

G_DECLARE_FINAL_TYPE (CrmPaletteEntry, crm_palette_entry, CRM, PALETTE_ENTRY, GObject)

/* One line of the palette: what it says and the action it stands for. Immutable. */
CrmPaletteEntry *crm_palette_entry_new_for_record (CrmRecord *record);
/* Pages and actions that start with @text, all of them for ""; or else those that hold it further
 * on. Returns: (transfer full) (element-type CrmPaletteEntry) */
GPtrArray *crm_palette_entry_list_fixed (const char *text, gboolean start);

const char *crm_palette_entry_get_title (CrmPaletteEntry *self);
/* "" when there is none. */
const char *crm_palette_entry_get_subtitle (CrmPaletteEntry *self);
const char *crm_palette_entry_get_icon (CrmPaletteEntry *self);
const char *crm_palette_entry_get_action (CrmPaletteEntry *self);
/* nullable */
GVariant *crm_palette_entry_get_target (CrmPaletteEntry *self);

G_END_DECLS
