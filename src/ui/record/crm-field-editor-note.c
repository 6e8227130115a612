#include "ui/record/crm-field-editors-private.h"

/* Text of many lines. */
struct _CrmFieldEditorNote
{
  CrmFieldEditor parent_instance;

  GtkWidget *view; /* in the row, owned by the parent class */
  GtkTextBuffer *buffer;
};

G_DEFINE_FINAL_TYPE (CrmFieldEditorNote, crm_field_editor_note, CRM_TYPE_FIELD_EDITOR)

static GtkWidget *
make_view (CrmFieldEditorNote *self, const char *label)
{
  GtkTextView *view = GTK_TEXT_VIEW (gtk_text_view_new_with_buffer (self->buffer));

  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (view), -1, 84);
  gtk_widget_add_css_class (GTK_WIDGET (view), "crm-plain-text");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return GTK_WIDGET (view);
}

static GtkWidget *
make_row (CrmFieldEditor *editor)
{
  CrmFieldEditorNote *self = CRM_FIELD_EDITOR_NOTE (editor);
  const char *title = crm_field_get_label (crm_field_editor_get_field (editor));
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = gtk_label_new (title);

  self->view = make_view (self, title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->view);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_focusable (row, FALSE);

  return row;
}

static void
show (CrmFieldEditor *editor, const char *value)
{
  gtk_text_buffer_set_text (CRM_FIELD_EDITOR_NOTE (editor)->buffer, value != NULL ? value : "", -1);
}

static char *
dup_input (CrmFieldEditor *editor)
{
  GtkTextBuffer *buffer = CRM_FIELD_EDITOR_NOTE (editor)->buffer;
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
crm_field_editor_note_finalize (GObject *object)
{
  g_object_unref (CRM_FIELD_EDITOR_NOTE (object)->buffer);

  G_OBJECT_CLASS (crm_field_editor_note_parent_class)->finalize (object);
}

static void
crm_field_editor_note_class_init (CrmFieldEditorNoteClass *klass)
{
  CrmFieldEditorClass *editor_class = CRM_FIELD_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = crm_field_editor_note_finalize;
  editor_class->make_row = make_row;
  editor_class->show = show;
  editor_class->dup_input = dup_input;
}

static void
crm_field_editor_note_init (CrmFieldEditorNote *self)
{
  self->buffer = gtk_text_buffer_new (NULL);
  g_signal_connect_object (self->buffer,
                           "changed",
                           G_CALLBACK (crm_field_editor_edited),
                           self,
                           G_CONNECT_SWAPPED);
}
