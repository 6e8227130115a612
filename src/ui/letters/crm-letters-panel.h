#pragma once

#include "ui/letters/crm-preflight.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_LETTERS_PANEL (crm_letters_panel_get_type ())

G_DECLARE_FINAL_TYPE (CrmLettersPanel, crm_letters_panel, CRM, LETTERS_PANEL, AdwBin)

/*
 * Who gets the letters, and what needs attention before they go out; each line opens what is to
 * mend. Signals "filter" (const char *): people typed an expression; "mend" (const char *): the id
 * of the record to open.
 */
CrmLettersPanel *crm_letters_panel_new (CrmPreflight *preflight);
void crm_letters_panel_set_n_recipients (CrmLettersPanel *self, guint n);

G_END_DECLS
