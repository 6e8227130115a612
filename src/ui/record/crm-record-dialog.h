#pragma once

#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_RECORD_DIALOG (crm_record_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CrmRecordDialog, crm_record_dialog, CRM, RECORD_DIALOG, AdwDialog)

/**
 * crm_record_dialog_new:
 * @record: (nullable): what to edit; NULL makes a new one
 *
 * Makes or edits a record of any kind. Saving writes one change set with just what differs and says
 * so in a toast of the window, with Undo. The record is followed while the dialog is open: fields
 * nobody touched change with it, touched ones say what happened.
 *
 * Signal "saved" (const char *id): after the write.
 */
CrmRecordDialog *crm_record_dialog_new (CrmStore *store, const CrmKind *kind, CrmRecord *record);
/* Fills in a field of a new record, as if typed. @value: canonical */
void crm_record_dialog_set_value (CrmRecordDialog *self, const char *field, const char *value);
/* Opens at this section. */
void crm_record_dialog_set_section (CrmRecordDialog *self, CrmSection section);

G_END_DECLS
