#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_QUICK_ENTRY (crm_quick_entry_get_type ())

G_DECLARE_FINAL_TYPE (CrmQuickEntry, crm_quick_entry, CRM, QUICK_ENTRY, AdwBin)

/*
 * "What happened?": a type, a text and a moment in natural form. Ctrl+Enter saves.
 *
 * Signal "save" (const char *type, const char *text, GDateTime *when): @when is NULL when none was
 * given. The owner carries it out and calls crm_quick_entry_clear() when it is saved, so that
 * nothing typed is lost.
 */
CrmQuickEntry *crm_quick_entry_new (void);
void crm_quick_entry_clear (CrmQuickEntry *self);
/* Puts the keyboard in the text; @type: "call", "visit", "note" or "task", NULL as it is. */
void crm_quick_entry_start (CrmQuickEntry *self, const char *type);
/* While it is being saved. */
void crm_quick_entry_set_busy (CrmQuickEntry *self, gboolean busy);

G_END_DECLS
