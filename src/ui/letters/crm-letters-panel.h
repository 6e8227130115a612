#pragma once

#include "ui/letters/crm-letters-recipients.h"
#include "ui/letters/crm-preflight.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_LETTERS_PANEL (crm_letters_panel_get_type ())

G_DECLARE_FINAL_TYPE (CrmLettersPanel, crm_letters_panel, CRM, LETTERS_PANEL, AdwBin)

/*
 * Who gets the letters, and what needs attention before they go out; each line opens what is to
 * mend. Signal "mend" (const char *): the id of the record to open.
 */
CrmLettersPanel *crm_letters_panel_new (CrmPreflight *preflight, CrmModel *model);
void crm_letters_panel_set_n_recipients (CrmLettersPanel *self, guint n);
CrmLettersRecipients *crm_letters_panel_get_recipients (CrmLettersPanel *self);

G_END_DECLS
