#pragma once

#include "model/crm-field.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_FACT_ROW (crm_fact_row_get_type ())

G_DECLARE_FINAL_TYPE (CrmFactRow, crm_fact_row, CRM, FACT_ROW, AdwActionRow)

/*
 * One fact: what it is, its value, and a button to copy it that shows under the pointer or with the
 * keyboard (Ctrl+C copies too). A phone number, an address on the web or a linked record opens.
 *
 * Activates "relation.copy" (s), "relation.open-uri" (s) and "win.open-record" (s).
 */
CrmFactRow *crm_fact_row_new (const char *label);
/* @shown: for people; @copied: what goes to the clipboard. */
void crm_fact_row_set_value (CrmFactRow *self, const char *shown, const char *copied);
/* @action: (nullable): what activating the row does, with @target; @icon: what tells so */
void crm_fact_row_set_action (CrmFactRow *self,
                              const char *action,
                              const char *target,
                              const char *icon);

G_END_DECLS
