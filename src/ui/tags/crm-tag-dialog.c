#include "ui/tags/crm-tag-dialog.h"

#include "base/crm-text.h"
#include "ui/tags/crm-tag-work.h"

#include <glib/gi18n-lib.h>

struct _CrmTagDialog
{
  AdwDialog parent_instance;

  CrmTag *tag; /* NULL for a new one */
  GListModel *tags;

  AdwPreferencesGroup *name_group;
  AdwEntryRow *name_row;
  AdwEntryRow *explanation_row;
  GtkWidget *delete_group;
  GtkButton *save_button;
};

G_DEFINE_FINAL_TYPE (CrmTagDialog, crm_tag_dialog, ADW_TYPE_DIALOG)

enum
{
  CHANGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
dup_name (CrmTagDialog *self)
{
  return crm_tag_dup_clean_name (gtk_editable_get_text (GTK_EDITABLE (self->name_row)));
}

static char *
dup_explanation (CrmTagDialog *self)
{
  return crm_text_clean (gtk_editable_get_text (GTK_EDITABLE (self->explanation_row)));
}

/* Another tag of that name. (transfer full) */
static CrmTag *
find_other (CrmTagDialog *self, const char *name)
{
  for (guint i = 0; name != NULL && i < g_list_model_get_n_items (self->tags); i++)
    {
      g_autoptr (CrmTag) tag = g_list_model_get_item (self->tags, i);

      if (g_str_equal (crm_tag_get_name (tag), name))
        return self->tag == NULL || !g_str_equal (crm_tag_get_name (self->tag), name)
                   ? g_steal_pointer (&tag)
                   : NULL;
    }

  return NULL;
}

static gboolean
differs (CrmTagDialog *self, const char *name)
{
  g_autofree char *explanation = dup_explanation (self);

  return self->tag == NULL || g_strcmp0 (name, crm_tag_get_name (self->tag)) != 0 ||
         g_strcmp0 (explanation, crm_tag_get_explanation (self->tag)) != 0;
}

static void
changed_cb (CrmTagDialog *self)
{
  g_autofree char *name = dup_name (self);
  g_autoptr (CrmTag) other = find_other (self, name);
  gboolean taken = other != NULL && self->tag == NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "tag.save",
                                 name != NULL && !taken && differs (self, name));
  if (taken)
    gtk_widget_add_css_class (GTK_WIDGET (self->name_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->name_row), "error");
  adw_preferences_group_set_description (self->name_group,
                                         taken
                                         ? _("There is a tag of this name already.")
                                         : NULL);
}

static void
emit_change (CrmTagDialog *self, const char *to)
{
  g_autofree char *explanation = dup_explanation (self);
  g_autoptr (CrmTagChange) change = NULL;

  change = crm_tag_change_new (self->tag != NULL ? crm_tag_get_name (self->tag) : NULL,
                               to,
                               to != NULL ? explanation : NULL);
  g_signal_emit (self, signals[CHANGE], 0, change);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
merge_cb (CrmTagDialog *self)
{
  g_autofree char *name = dup_name (self);

  emit_change (self, name);
}

/* Two tags become one: undo takes it back, and still nobody should do it by a slip of the pen. */
static void
ask_merge (CrmTagDialog *self, const char *name)
{
  guint n = crm_tag_get_n_relations (self->tag);
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Merge Two Tags?"), NULL));

  /* Translators: %1$u is a number of relations, %2$s and %3$s are tags */
  adw_alert_dialog_format_body (alert,
                                ngettext ("“%3$s” exists already. %1$'u relation that has"
                                          " “%2$s” gets “%3$s” instead.",
                                          "“%3$s” exists already. %1$'u relations that have"
                                          " “%2$s” get “%3$s” instead.",
                                          n),
                                n,
                                crm_tag_get_name (self->tag),
                                name);
  adw_alert_dialog_add_responses (alert, "cancel", _("_Cancel"), "merge", _("_Merge"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "merge", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (alert, "merge");
  adw_alert_dialog_set_close_response (alert, "cancel");
  g_signal_connect_object (alert,
                           "response::merge",
                           G_CALLBACK (merge_cb),
                           self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (alert), GTK_WIDGET (self));
}

static void
save_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmTagDialog *self = CRM_TAG_DIALOG (widget);
  g_autofree char *name = dup_name (self);
  g_autoptr (CrmTag) other = find_other (self, name);

  if (other != NULL)
    ask_merge (self, name);
  else
    emit_change (self, name);
}

static void
delete_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  emit_change (CRM_TAG_DIALOG (widget), NULL);
}

static void
cancel_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  adw_dialog_force_close (ADW_DIALOG (widget));
}

static void
crm_tag_dialog_dispose (GObject *object)
{
  CrmTagDialog *self = CRM_TAG_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_TAG_DIALOG);
  g_clear_object (&self->tag);
  g_clear_object (&self->tags);

  G_OBJECT_CLASS (crm_tag_dialog_parent_class)->dispose (object);
}

static void
crm_tag_dialog_class_init (CrmTagDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_tag_dialog_dispose;

  signals[CHANGE] = g_signal_new ("change",
                                  G_TYPE_FROM_CLASS (klass),
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  G_TYPE_POINTER);

  gtk_widget_class_install_action (widget_class, "tag.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "tag.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "tag.cancel", NULL, cancel_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/tags/crm-tag-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmTagDialog, name_group);
  gtk_widget_class_bind_template_child (widget_class, CrmTagDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, CrmTagDialog, explanation_row);
  gtk_widget_class_bind_template_child (widget_class, CrmTagDialog, delete_group);
  gtk_widget_class_bind_template_child (widget_class, CrmTagDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
crm_tag_dialog_init (CrmTagDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_tag (CrmTagDialog *self)
{
  const char *explanation = crm_tag_get_explanation (self->tag);

  adw_dialog_set_title (ADW_DIALOG (self), _("Tag"));
  gtk_button_set_label (self->save_button, _("_Save"));
  gtk_widget_set_visible (self->delete_group, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), crm_tag_get_name (self->tag));
  gtk_editable_set_text (GTK_EDITABLE (self->explanation_row),
                         explanation != NULL ? explanation : "");
}

CrmTagDialog *
crm_tag_dialog_new (CrmTag *tag, GListModel *tags)
{
  CrmTagDialog *self;

  g_return_val_if_fail (tag == NULL || CRM_IS_TAG (tag), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (tags), NULL);

  self = g_object_new (CRM_TYPE_TAG_DIALOG, NULL);
  self->tags = g_object_ref (tags);
  if (tag != NULL)
    {
      self->tag = g_object_ref (tag);
      show_tag (self);
    }
  changed_cb (self);

  return self;
}
