#include "ui/record/crm-tag-box.h"

#include "base/crm-text.h"
#include "model/crm-value.h"
#include "ui/record/crm-completion.h"

#include <glib/gi18n-lib.h>

struct _CrmTagBox
{
  AdwBin parent_instance;

  const CrmField *field;
  char *value;

  AdwWrapBox *wrap;
  GtkWidget *add_button;
  GtkWidget *entry;
  CrmCompletion *completion;
  GPtrArray *chips; /* element-type GtkWidget, owned by wrap */
};

G_DEFINE_FINAL_TYPE (CrmTagBox, crm_tag_box, ADW_TYPE_BIN)

typedef enum
{
  ADD,
  REMOVE,
} CrmTagBoxSignal;

static guint signals[REMOVE + 1];

static void
close_entry (CrmTagBox *self)
{
  gboolean had_focus = gtk_widget_get_focus_child (self->entry) != NULL;

  crm_completion_set_text (self->completion, "");
  gtk_widget_set_visible (self->add_button, TRUE);
  if (had_focus)
    gtk_widget_grab_focus (self->add_button);
  gtk_widget_set_visible (self->entry, FALSE);
}

static void
add (CrmTagBox *self, const char *text)
{
  g_autofree char *member = crm_value_parse (self->field, text, NULL);

  crm_completion_set_text (self->completion, "");
  if (member != NULL)
    g_signal_emit (self, signals[ADD], 0, member);
}

static void
chosen_cb (CrmTagBox *self, CrmSuggestion *suggestion)
{
  add (self, crm_suggestion_get_value (suggestion));
}

static void
entry_activate_cb (CrmTagBox *self)
{
  if (crm_text_is_empty (gtk_editable_get_text (GTK_EDITABLE (self->entry))))
    close_entry (self);
  else
    add (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
remove_clicked_cb (CrmTagBox *self, GtkButton *button)
{
  const char *member = g_object_get_data (G_OBJECT (button), "crm-member");
  g_autofree char *copy = g_strdup (member);

  /* The chip goes while it has the focus. */
  gtk_widget_grab_focus (self->add_button);
  g_signal_emit (self, signals[REMOVE], 0, copy);
}

static gboolean
entry_key_cb (CrmTagBox *self, guint key)
{
  if (key != GDK_KEY_Escape)
    return FALSE;

  close_entry (self);

  return TRUE;
}

static void
entry_left_cb (CrmTagBox *self)
{
  if (!crm_text_is_empty (gtk_editable_get_text (GTK_EDITABLE (self->entry))))
    return;
  crm_completion_set_text (self->completion, "");
  gtk_widget_set_visible (self->add_button, TRUE);
  gtk_widget_set_visible (self->entry, FALSE);
}

static GtkWidget *
make_chip (CrmTagBox *self, const char *member)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (member);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *tooltip = NULL;

  /* Translators: takes a tag away: "Remove klant" */
  tooltip = g_strdup_printf (_("Remove %s"), member);
  gtk_widget_add_css_class (chip, "crm-chip");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tooltip,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "crm-member", g_strdup (member), g_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_clicked_cb), self);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), button);

  return chip;
}

static void
crm_tag_box_dispose (GObject *object)
{
  CrmTagBox *self = CRM_TAG_BOX (object);

  g_clear_object (&self->completion);
  g_clear_pointer (&self->chips, g_ptr_array_unref);

  G_OBJECT_CLASS (crm_tag_box_parent_class)->dispose (object);
}

static void
crm_tag_box_finalize (GObject *object)
{
  g_free (CRM_TAG_BOX (object)->value);

  G_OBJECT_CLASS (crm_tag_box_parent_class)->finalize (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name,
                       CRM_TYPE_TAG_BOX,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       1,
                       G_TYPE_STRING);
}

static void
crm_tag_box_class_init (CrmTagBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_tag_box_dispose;
  object_class->finalize = crm_tag_box_finalize;

  signals[ADD] = add_signal ("add");
  signals[REMOVE] = add_signal ("remove");
}

static void
crm_tag_box_init (CrmTagBox *self)
{
  self->chips = g_ptr_array_new ();
  self->wrap = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->wrap, 6);
  adw_wrap_box_set_line_spacing (self->wrap, 6);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->wrap));

  self->add_button = gtk_button_new_from_icon_name ("tag-symbolic");
  gtk_widget_add_css_class (self->add_button, "flat");
  gtk_widget_add_css_class (self->add_button, "circular");
  gtk_widget_add_css_class (self->add_button, "crm-add-tag");
  gtk_widget_set_valign (self->add_button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (crm_tag_box_start), self);
  adw_wrap_box_append (self->wrap, self->add_button);

  self->entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 14);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 18);
  gtk_widget_add_css_class (self->entry, "crm-tag-entry");
  gtk_widget_set_visible (self->entry, FALSE);
  adw_wrap_box_append (self->wrap, self->entry);
}

static void
connect_entry (CrmTagBox *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (self->completion, "chosen", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (entry_activate_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_BUBBLE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (entry_key_cb), self);
  gtk_widget_add_controller (self->entry, keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (entry_left_cb), self);
  gtk_widget_add_controller (self->entry, focus);
}

CrmTagBox *
crm_tag_box_new (CrmSuggester *suggester, const CrmKind *kind, const CrmField *field)
{
  CrmTagBox *self = g_object_new (CRM_TYPE_TAG_BOX, NULL);
  g_autofree char *tooltip = NULL;

  self->field = field;
  self->completion = crm_completion_new (self->entry, suggester, kind, field);
  connect_entry (self);

  /* Translators: adds to a field that holds several values: "Add to Tags" */
  tooltip = g_strdup_printf (_("Add to %s"), crm_field_get_label (field));
  gtk_widget_set_tooltip_text (self->add_button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tooltip,
                                  -1);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), crm_field_get_label (field));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tooltip,
                                  -1);

  return self;
}

void
crm_tag_box_set_value (CrmTagBox *self, const char *value)
{
  g_auto (GStrv) members = NULL;

  g_return_if_fail (CRM_IS_TAG_BOX (self));

  if (self->value != NULL && g_strcmp0 (self->value, value) == 0)
    return;

  g_set_str (&self->value, value != NULL ? value : "");
  for (guint i = 0; i < self->chips->len; i++)
    adw_wrap_box_remove (self->wrap, g_ptr_array_index (self->chips, i));
  g_ptr_array_set_size (self->chips, 0);

  members = g_strsplit (self->value, ";", -1);
  for (guint i = g_strv_length (members); i > 0; i--)
    {
      GtkWidget *chip = make_chip (self, members[i - 1]);

      adw_wrap_box_prepend (self->wrap, chip);
      g_ptr_array_add (self->chips, chip);
    }
}

const char *
crm_tag_box_get_value (CrmTagBox *self)
{
  g_return_val_if_fail (CRM_IS_TAG_BOX (self), NULL);

  return crm_text_is_empty (self->value) ? NULL : self->value;
}

void
crm_tag_box_start (CrmTagBox *self)
{
  g_return_if_fail (CRM_IS_TAG_BOX (self));

  gtk_widget_set_visible (self->entry, TRUE);
  gtk_widget_grab_focus (self->entry);
  gtk_widget_set_visible (self->add_button, FALSE);
  crm_completion_open (self->completion);
}
