#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_PASSPHRASE_DIALOG (crm_passphrase_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CrmPassphraseDialog,
                      crm_passphrase_dialog,
                      CRM,
                      PASSPHRASE_DIALOG,
                      AdwAlertDialog)

#define CRM_PASSPHRASE_MIN 8

/*
 * Asks for a passphrase, twice when it is a new one, of at least %CRM_PASSPHRASE_MIN characters.
 * Signal "given" (const char *passphrase).
 */
AdwDialog *crm_passphrase_dialog_new (const char *heading,
                                      const char *body,
                                      const char *button,
                                      gboolean is_new);

G_END_DECLS
