#pragma once

#include "store/key/crm-key.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_UNLOCK_DIALOG (crm_unlock_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CrmUnlockDialog, crm_unlock_dialog, CRM, UNLOCK_DIALOG, AdwAlertDialog)

/*
 * Asks for the printed recovery key; only the right one can be given.
 *
 * Signal "given" (const CrmKey *): the key it opened.
 *
 * @wrapped: see crm_recovery_key_load()
 */
AdwDialog *crm_unlock_dialog_new (const char *wrapped);
/* For tests. */
GtkEditable *crm_unlock_dialog_get_entry (CrmUnlockDialog *self);

G_END_DECLS
