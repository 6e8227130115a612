#pragma once

#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_WRITE_DIALOG (crm_write_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CrmWriteDialog, crm_write_dialog, CRM, WRITE_DIALOG, AdwDialog)

/*
 * Another value for one field, in the editor that its form has.
 *
 * @value: (nullable): what it starts with
 * Signal "written" (utf8, nullable: empty): it is right, and the dialog closes.
 */
AdwDialog *crm_write_dialog_new (CrmStore *store,
                                 const char *title,
                                 const CrmKind *kind,
                                 const CrmField *field,
                                 const char *value);

G_END_DECLS
