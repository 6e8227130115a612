#include "ui/record/crm-field-editors-private.h"

/* A closed list, with nothing chosen as its first line. */
struct _CrmFieldEditorChoice
{
  CrmFieldEditor parent_instance;

  GtkWidget *combo; /* the row, owned by the parent class */
  GtkStringList *labels;
  GPtrArray *values; /* element-type utf8; NULL first */
};

G_DEFINE_FINAL_TYPE (CrmFieldEditorChoice, crm_field_editor_choice, CRM_TYPE_FIELD_EDITOR)

static void
append (CrmFieldEditorChoice *self, const char *value, const char *label)
{
  g_ptr_array_add (self->values, g_strdup (value));
  gtk_string_list_append (self->labels, label);
}

static GtkWidget *
make_row (CrmFieldEditor *editor)
{
  CrmFieldEditorChoice *self = CRM_FIELD_EDITOR_CHOICE (editor);
  const CrmField *field = crm_field_editor_get_field (editor);

  append (self, NULL, "—");
  for (guint i = 0; field->choices != NULL && field->choices[i].value != NULL; i++)
    append (self,
            field->choices[i].value,
            crm_field_get_choice_label (field, field->choices[i].value));

  self->combo = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->combo), crm_field_get_label (field));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->combo), G_LIST_MODEL (self->labels));
  g_signal_connect_object (self->combo,
                           "notify::selected",
                           G_CALLBACK (crm_field_editor_edited),
                           self,
                           G_CONNECT_SWAPPED);

  return self->combo;
}

static guint
find_value (CrmFieldEditorChoice *self, const char *value)
{
  for (guint i = 0; i < self->values->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->values, i), value) == 0)
      return i;

  return GTK_INVALID_LIST_POSITION;
}

static void
show (CrmFieldEditor *editor, const char *value)
{
  CrmFieldEditorChoice *self = CRM_FIELD_EDITOR_CHOICE (editor);

  /* A value that an import kept although the list does not have it. */
  if (find_value (self, value) == GTK_INVALID_LIST_POSITION)
    append (self, value, value);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->combo), find_value (self, value));
}

static char *
dup_input (CrmFieldEditor *editor)
{
  CrmFieldEditorChoice *self = CRM_FIELD_EDITOR_CHOICE (editor);
  guint index = adw_combo_row_get_selected (ADW_COMBO_ROW (self->combo));
  const char *value = index < self->values->len ? g_ptr_array_index (self->values, index) : NULL;

  return g_strdup (value != NULL ? value : "");
}

/* What was chosen is a value already. */
static char *
parse (CrmFieldEditor *editor, const char *input, GError **error)
{
  return input[0] != '\0' ? g_strdup (input) : NULL;
}

static void
crm_field_editor_choice_finalize (GObject *object)
{
  CrmFieldEditorChoice *self = CRM_FIELD_EDITOR_CHOICE (object);

  g_object_unref (self->labels);
  g_ptr_array_unref (self->values);

  G_OBJECT_CLASS (crm_field_editor_choice_parent_class)->finalize (object);
}

static void
crm_field_editor_choice_class_init (CrmFieldEditorChoiceClass *klass)
{
  CrmFieldEditorClass *editor_class = CRM_FIELD_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = crm_field_editor_choice_finalize;
  editor_class->make_row = make_row;
  editor_class->show = show;
  editor_class->dup_input = dup_input;
  editor_class->parse = parse;
}

static void
crm_field_editor_choice_init (CrmFieldEditorChoice *self)
{
  self->labels = gtk_string_list_new (NULL);
  self->values = g_ptr_array_new_with_free_func (g_free);
}
