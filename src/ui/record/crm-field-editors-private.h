#pragma once

#include "ui/record/crm-field-editor.h"

G_BEGIN_DECLS

/* The editors of the types of field; made by crm_field_editor_new(). */
G_DECLARE_FINAL_TYPE (CrmFieldEditorText,
                      crm_field_editor_text,
                      CRM,
                      FIELD_EDITOR_TEXT,
                      CrmFieldEditor)
G_DECLARE_FINAL_TYPE (CrmFieldEditorChoice,
                      crm_field_editor_choice,
                      CRM,
                      FIELD_EDITOR_CHOICE,
                      CrmFieldEditor)
G_DECLARE_FINAL_TYPE (CrmFieldEditorSwitch,
                      crm_field_editor_switch,
                      CRM,
                      FIELD_EDITOR_SWITCH,
                      CrmFieldEditor)
G_DECLARE_FINAL_TYPE (CrmFieldEditorDate,
                      crm_field_editor_date,
                      CRM,
                      FIELD_EDITOR_DATE,
                      CrmFieldEditor)
G_DECLARE_FINAL_TYPE (CrmFieldEditorLink,
                      crm_field_editor_link,
                      CRM,
                      FIELD_EDITOR_LINK,
                      CrmFieldEditor)
G_DECLARE_FINAL_TYPE (CrmFieldEditorSet,
                      crm_field_editor_set,
                      CRM,
                      FIELD_EDITOR_SET,
                      CrmFieldEditor)
G_DECLARE_FINAL_TYPE (CrmFieldEditorNote,
                      crm_field_editor_note,
                      CRM,
                      FIELD_EDITOR_NOTE,
                      CrmFieldEditor)

G_END_DECLS
