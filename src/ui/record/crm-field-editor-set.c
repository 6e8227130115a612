#include "model/crm-value.h"
#include "ui/record/crm-field-editors-private.h"
#include "ui/record/crm-tag-box.h"

/* Several members, as chips. */
struct _CrmFieldEditorSet
{
  CrmFieldEditor parent_instance;

  CrmTagBox *box; /* in the row, owned by the parent class */
};

G_DEFINE_FINAL_TYPE (CrmFieldEditorSet, crm_field_editor_set, CRM_TYPE_FIELD_EDITOR)

static void
change (CrmFieldEditorSet *self, const char *joined)
{
  g_autofree char *value = crm_value_parse (crm_field_editor_get_field (CRM_FIELD_EDITOR (self)),
                                            joined,
                                            NULL);

  crm_tag_box_set_value (self->box, value);
  crm_field_editor_edited (CRM_FIELD_EDITOR (self));
}

static void
add_cb (CrmFieldEditorSet *self, const char *member)
{
  const char *value = crm_tag_box_get_value (self->box);
  g_autofree char *joined = g_strjoin (";", member, value, NULL);

  change (self, joined);
}

static void
remove_cb (CrmFieldEditorSet *self, const char *member)
{
  const char *value = crm_tag_box_get_value (self->box);
  g_auto (GStrv) members = g_strsplit (value != NULL ? value : "", ";", -1);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; members[i] != NULL; i++)
    if (!g_str_equal (members[i], member))
      g_string_append_printf (joined, "%s;", members[i]);

  change (self, joined->str);
}

static GtkWidget *
make_row (CrmFieldEditor *editor)
{
  CrmFieldEditorSet *self = CRM_FIELD_EDITOR_SET (editor);
  const CrmField *field = crm_field_editor_get_field (editor);
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (crm_field_get_label (field));

  self->box = crm_tag_box_new (crm_field_editor_get_suggester (editor),
                               crm_field_editor_get_kind (editor),
                               field);
  g_signal_connect_object (self->box, "add", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->box, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->box));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), crm_field_get_label (field));
  gtk_widget_set_focusable (row, FALSE);

  return row;
}

static void
show (CrmFieldEditor *editor, const char *value)
{
  crm_tag_box_set_value (CRM_FIELD_EDITOR_SET (editor)->box, value);
}

static char *
dup_input (CrmFieldEditor *editor)
{
  const char *value = crm_tag_box_get_value (CRM_FIELD_EDITOR_SET (editor)->box);

  return g_strdup (value != NULL ? value : "");
}

static void
crm_field_editor_set_class_init (CrmFieldEditorSetClass *klass)
{
  CrmFieldEditorClass *editor_class = CRM_FIELD_EDITOR_CLASS (klass);

  editor_class->make_row = make_row;
  editor_class->show = show;
  editor_class->dup_input = dup_input;
}

static void
crm_field_editor_set_init (CrmFieldEditorSet *self)
{
}
