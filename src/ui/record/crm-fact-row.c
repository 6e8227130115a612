#include "ui/record/crm-fact-row.h"

#include <glib/gi18n-lib.h>

struct _CrmFactRow
{
  AdwActionRow parent_instance;

  GtkWidget *copy_button;
  GtkWidget *icon;
};

G_DEFINE_FINAL_TYPE (CrmFactRow, crm_fact_row, ADW_TYPE_ACTION_ROW)

static gboolean
copy_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  CrmFactRow *self = CRM_FACT_ROW (widget);
  GVariant *text = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (self->copy_button));

  return text != NULL && gtk_widget_activate_action_variant (widget, "relation.copy", text);
}

static void
crm_fact_row_class_init (CrmFactRowClass *klass)
{
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass),
                                GDK_KEY_c,
                                GDK_CONTROL_MASK,
                                copy_cb,
                                NULL);
}

static void
crm_fact_row_init (CrmFactRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "property");
  gtk_widget_add_css_class (GTK_WIDGET (self), "crm-fact");

  self->copy_button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_add_css_class (self->copy_button, "flat");
  gtk_widget_add_css_class (self->copy_button, "crm-copy");
  gtk_widget_set_valign (self->copy_button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->copy_button);

  self->icon = gtk_image_new ();
  gtk_widget_add_css_class (self->icon, "dim-label");
  gtk_widget_set_visible (self->icon, FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->icon);
}

CrmFactRow *
crm_fact_row_new (const char *label)
{
  CrmFactRow *self = g_object_new (CRM_TYPE_FACT_ROW, NULL);
  g_autofree char *tooltip = NULL;

  /* Translators: puts a value on the clipboard: "Copy E-mail" */
  tooltip = g_strdup_printf (_("Copy %s"), label);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), label);
  gtk_widget_set_tooltip_text (self->copy_button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tooltip,
                                  -1);

  return self;
}

void
crm_fact_row_set_value (CrmFactRow *self, const char *shown, const char *copied)
{
  g_return_if_fail (CRM_IS_FACT_ROW (self));
  g_return_if_fail (shown != NULL && copied != NULL);

  if (g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (self)), shown) != 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), shown);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->copy_button), "s", copied);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->copy_button), "relation.copy");
}

void
crm_fact_row_set_action (CrmFactRow *self, const char *action, const char *target, const char *icon)
{
  g_return_if_fail (CRM_IS_FACT_ROW (self));

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), action != NULL);
  /* An action must not be named while the target is not the one it takes; and a row whose action
   * goes, be it for a moment, loses the keyboard. */
  if (g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (self)), action) != 0)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self), NULL);
  if (action != NULL)
    {
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", target);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self), action);
    }
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_widget_set_visible (self->icon, icon != NULL);
}
