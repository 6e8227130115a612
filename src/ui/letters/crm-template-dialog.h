#pragma once

#include "model/crm-record.h"
#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_TEMPLATE_DIALOG (crm_template_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CrmTemplateDialog, crm_template_dialog, CRM, TEMPLATE_DIALOG, AdwDialog)

/* Edits a copy of @template beside the paper it makes. @relation: (nullable): the id of whom the
 * paper shows. */
AdwDialog *crm_template_dialog_new (CrmStore *store, CrmRecord *template, const char *relation);

G_END_DECLS
