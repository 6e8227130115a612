#include "ui/record/crm-field-editors-private.h"

struct _CrmFieldEditorSwitch
{
  CrmFieldEditor parent_instance;

  GtkWidget *row; /* owned by the parent class */
};

G_DEFINE_FINAL_TYPE (CrmFieldEditorSwitch, crm_field_editor_switch, CRM_TYPE_FIELD_EDITOR)

static GtkWidget *
make_row (CrmFieldEditor *editor)
{
  CrmFieldEditorSwitch *self = CRM_FIELD_EDITOR_SWITCH (editor);
  const CrmField *field = crm_field_editor_get_field (editor);

  self->row = adw_switch_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), crm_field_get_label (field));
  g_signal_connect_object (self->row,
                           "notify::active",
                           G_CALLBACK (crm_field_editor_edited),
                           self,
                           G_CONNECT_SWAPPED);

  return self->row;
}

static void
show (CrmFieldEditor *editor, const char *value)
{
  CrmFieldEditorSwitch *self = CRM_FIELD_EDITOR_SWITCH (editor);

  adw_switch_row_set_active (ADW_SWITCH_ROW (self->row), g_strcmp0 (value, "true") == 0);
}

static char *
dup_input (CrmFieldEditor *editor)
{
  CrmFieldEditorSwitch *self = CRM_FIELD_EDITOR_SWITCH (editor);

  return g_strdup (adw_switch_row_get_active (ADW_SWITCH_ROW (self->row)) ? "true" : "");
}

static void
crm_field_editor_switch_class_init (CrmFieldEditorSwitchClass *klass)
{
  CrmFieldEditorClass *editor_class = CRM_FIELD_EDITOR_CLASS (klass);

  editor_class->make_row = make_row;
  editor_class->show = show;
  editor_class->dup_input = dup_input;
}

static void
crm_field_editor_switch_init (CrmFieldEditorSwitch *self)
{
}
