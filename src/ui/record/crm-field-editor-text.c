#include "model/crm-value.h"
#include "ui/record/crm-completion.h"
#include "ui/record/crm-field-editors-private.h"

#include <glib/gi18n-lib.h>

/* One line of text, an amount, a number, or a choice whose list grows with use. */
struct _CrmFieldEditorText
{
  CrmFieldEditor parent_instance;

  GtkWidget *entry; /* the row, owned by the parent class */
  CrmCompletion *completion;
};

G_DEFINE_FINAL_TYPE (CrmFieldEditorText, crm_field_editor_text, CRM_TYPE_FIELD_EDITOR)

static void
chosen_cb (CrmFieldEditorText *self, CrmSuggestion *suggestion)
{
  crm_completion_set_text (self->completion, crm_suggestion_get_title (suggestion));
}

static void
open_cb (CrmFieldEditorText *self)
{
  gtk_widget_grab_focus (self->entry);
  crm_completion_set_text (self->completion, "");
  crm_completion_open (self->completion);
}

static GtkInputPurpose
get_purpose (const CrmField *field)
{
  switch (field->check)
    {
    case CRM_CHECK_EMAIL:
      return GTK_INPUT_PURPOSE_EMAIL;
    case CRM_CHECK_PHONE:
      return GTK_INPUT_PURPOSE_PHONE;
    case CRM_CHECK_URL:
      return GTK_INPUT_PURPOSE_URL;
    case CRM_CHECK_NONE:
    case CRM_CHECK_POSTCODE:
    case CRM_CHECK_LANGUAGE:
    case CRM_CHECK_COUNTRY:
    case CRM_CHECK_CHAMBER:
    case CRM_CHECK_VAT:
    case CRM_CHECK_CURRENCY:
    default:
      return GTK_INPUT_PURPOSE_FREE_FORM;
    }
}

static void
add_choices (CrmFieldEditorText *self, const CrmField *field)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("pan-down-symbolic");
  g_autofree char *tooltip = g_strdup_printf (_("Choices for %s"), crm_field_get_label (field));

  self->completion = crm_completion_new (self->entry,
                                         crm_field_editor_get_suggester (CRM_FIELD_EDITOR (self)),
                                         crm_field_editor_get_kind (CRM_FIELD_EDITOR (self)),
                                         field);
  g_signal_connect_swapped (self->completion, "chosen", G_CALLBACK (chosen_cb), self);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tooltip,
                                  -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (open_cb), self);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->entry), button);
}

static GtkWidget *
make_row (CrmFieldEditor *editor)
{
  CrmFieldEditorText *self = CRM_FIELD_EDITOR_TEXT (editor);
  const CrmField *field = crm_field_editor_get_field (editor);

  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->entry), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), crm_field_get_label (field));
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self->entry), get_purpose (field));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (self->entry), TRUE);
  if (field->type == CRM_FIELD_CHOICE)
    add_choices (self, field);
  g_signal_connect_object (self->entry,
                           "changed",
                           G_CALLBACK (crm_field_editor_edited),
                           self,
                           G_CONNECT_SWAPPED);

  return self->entry;
}

static void
show (CrmFieldEditor *editor, const char *value)
{
  CrmFieldEditorText *self = CRM_FIELD_EDITOR_TEXT (editor);
  g_autofree char *shown = value != NULL
                               ? crm_value_display (crm_field_editor_get_field (editor), value)
                               : NULL;

  if (self->completion != NULL)
    crm_completion_set_text (self->completion, shown);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->entry), shown != NULL ? shown : "");
}

static char *
dup_input (CrmFieldEditor *editor)
{
  CrmFieldEditorText *self = CRM_FIELD_EDITOR_TEXT (editor);

  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
crm_field_editor_text_dispose (GObject *object)
{
  g_clear_object (&CRM_FIELD_EDITOR_TEXT (object)->completion);

  G_OBJECT_CLASS (crm_field_editor_text_parent_class)->dispose (object);
}

static void
crm_field_editor_text_class_init (CrmFieldEditorTextClass *klass)
{
  CrmFieldEditorClass *editor_class = CRM_FIELD_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_field_editor_text_dispose;
  editor_class->make_row = make_row;
  editor_class->show = show;
  editor_class->dup_input = dup_input;
}

static void
crm_field_editor_text_init (CrmFieldEditorText *self)
{
}
