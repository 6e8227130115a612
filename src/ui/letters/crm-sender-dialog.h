#pragma once

#include "letters/crm-letter-settings.h"
#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_SENDER_DIALOG (crm_sender_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CrmSenderDialog, crm_sender_dialog, CRM, SENDER_DIALOG, AdwDialog)

/* Who sends the letters, and in which envelope. @settings is copied. Signal "saved" when they are
 * stored. */
AdwDialog *crm_sender_dialog_new (CrmStore *store, const CrmLetterSettings *settings);

G_END_DECLS
