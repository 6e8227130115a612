#pragma once

#include "ui/record/crm-field-editor.h"

G_BEGIN_DECLS

#define CRM_TYPE_RECORD_FORM (crm_record_form_get_type ())

G_DECLARE_FINAL_TYPE (CrmRecordForm, crm_record_form, CRM, RECORD_FORM, AdwBin)

/*
 * The fields of a kind as groups of rows, made from its description: a new field appears by itself.
 * Fields that are seldom used wait behind a row of their own until they are filled or asked for.
 *
 * Signal "edited" (const char *field): people changed the input of a field.
 */
CrmRecordForm *crm_record_form_new (CrmSuggester *suggester, const CrmKind *kind);

/* Below the others, as "Why"; the form does not own its meaning. */
void crm_record_form_add_group (CrmRecordForm *self, AdwPreferencesGroup *group);

/* NULL when the form has no such field. */
CrmFieldEditor *crm_record_form_get_editor (CrmRecordForm *self, const char *field);
/* What is stored. */
void crm_record_form_set_base (CrmRecordForm *self, CrmRecord *record);
/* What is stored now, after a change elsewhere. */
void crm_record_form_follow (CrmRecordForm *self, CrmRecord *record);
gboolean crm_record_form_is_touched (CrmRecordForm *self);
/* Writes what was typed to @record. FALSE when something cannot be stored or a required field is
 * empty: its row says so and has the focus. */
gboolean crm_record_form_collect (CrmRecordForm *self, CrmRecord *record);
/* As far as it can be understood, without a word about the rest. */
void crm_record_form_peek (CrmRecordForm *self, CrmRecord *record);
/* Returns: (transfer full) (element-type CrmRecord): to be made together with the record */
GPtrArray *crm_record_form_list_drafts (CrmRecordForm *self);
/* Scrolls to a section and puts the keyboard in its first field; the first section that has one
 * when the kind lacks this. */
void crm_record_form_focus_section (CrmRecordForm *self, CrmSection section);

G_END_DECLS
