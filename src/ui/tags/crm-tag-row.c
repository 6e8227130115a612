#include "ui/tags/crm-tag-row.h"

#include <glib/gi18n-lib.h>

struct _CrmTagRow
{
  AdwActionRow parent_instance;

  CrmTag *tag;

  GtkLabel *count_label;
  GtkWidget *edit_button;
};

G_DEFINE_FINAL_TYPE (CrmTagRow, crm_tag_row, ADW_TYPE_ACTION_ROW)

static char *
dup_count (guint n)
{
  if (n == 0)
    return g_strdup (_("Not in use"));

  return g_strdup_printf (ngettext ("%'u relation", "%'u relations", n), n);
}

static void
crm_tag_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CRM_TYPE_TAG_ROW);
  g_clear_object (&CRM_TAG_ROW (object)->tag);

  G_OBJECT_CLASS (crm_tag_row_parent_class)->dispose (object);
}

static void
crm_tag_row_class_init (CrmTagRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_tag_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/tags/crm-tag-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmTagRow, count_label);
  gtk_widget_class_bind_template_child (widget_class, CrmTagRow, edit_button);
}

static void
crm_tag_row_init (CrmTagRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_tag_row_new (CrmTag *tag)
{
  CrmTagRow *self = g_object_new (CRM_TYPE_TAG_ROW, NULL);
  const char *name = crm_tag_get_name (tag);
  const char *explanation = crm_tag_get_explanation (tag);
  g_autofree char *count = dup_count (crm_tag_get_n_relations (tag));
  /* Translators: a tooltip; %s is a tag */
  g_autofree char *edit = g_strdup_printf (_("Edit “%s”"), name);

  self->tag = g_object_ref (tag);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), explanation != NULL ? explanation : "");
  gtk_label_set_text (self->count_label, count);
  gtk_widget_set_tooltip_text (self->edit_button, edit);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->edit_button), "s", name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.show-tag");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", name);

  return GTK_WIDGET (self);
}

CrmTag *
crm_tag_row_get_tag (CrmTagRow *self)
{
  g_return_val_if_fail (CRM_IS_TAG_ROW (self), NULL);

  return self->tag;
}
