#include "ui/relations/crm-tag-popover.h"

#include "base/crm-text.h"
#include "ui/tags/crm-tag.h"

struct _CrmTagPopover
{
  GtkPopover parent_instance;

  GtkEntry *entry;
  GtkListBox *list;
  GtkWidget *scrolled;
  GtkWidget *add_button;
  GtkWidget *remove_button;
};

G_DEFINE_FINAL_TYPE (CrmTagPopover, crm_tag_popover, GTK_TYPE_POPOVER)

enum
{
  TAG,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
dup_tag (CrmTagPopover *self)
{
  return crm_tag_dup_clean_name (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
emit_tag (CrmTagPopover *self, gboolean remove)
{
  g_autofree char *tag = dup_tag (self);

  if (tag == NULL)
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  g_signal_emit (self, signals[TAG], 0, tag, remove);
}

static void
add_cb (CrmTagPopover *self)
{
  emit_tag (self, FALSE);
}

static void
remove_cb (CrmTagPopover *self)
{
  emit_tag (self, TRUE);
}

static const char *
get_row_tag (GtkListBoxRow *row)
{
  return gtk_label_get_text (GTK_LABEL (gtk_list_box_row_get_child (row)));
}

static void
row_activated_cb (CrmTagPopover *self, GtkListBoxRow *row)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), get_row_tag (row));
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  CrmTagPopover *self = user_data;
  g_autofree char *typed = crm_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_autofree char *tag = crm_text_fold (get_row_tag (row));

  return strstr (tag, typed) != NULL;
}

static void
entry_changed_cb (CrmTagPopover *self)
{
  g_autofree char *tag = dup_tag (self);

  gtk_widget_set_sensitive (self->add_button, tag != NULL);
  gtk_widget_set_sensitive (self->remove_button, tag != NULL);
  gtk_list_box_invalidate_filter (self->list);
}

static void
crm_tag_popover_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CRM_TYPE_TAG_POPOVER);

  G_OBJECT_CLASS (crm_tag_popover_parent_class)->dispose (object);
}

static void
crm_tag_popover_class_init (CrmTagPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_tag_popover_dispose;

  signals[TAG] = g_signal_new ("tag",
                               G_TYPE_FROM_CLASS (klass),
                               G_SIGNAL_RUN_LAST,
                               0,
                               NULL,
                               NULL,
                               NULL,
                               G_TYPE_NONE,
                               2,
                               G_TYPE_STRING,
                               G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/relations/crm-tag-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmTagPopover, entry);
  gtk_widget_class_bind_template_child (widget_class, CrmTagPopover, list);
  gtk_widget_class_bind_template_child (widget_class, CrmTagPopover, scrolled);
  gtk_widget_class_bind_template_child (widget_class, CrmTagPopover, add_button);
  gtk_widget_class_bind_template_child (widget_class, CrmTagPopover, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
}

static void
crm_tag_popover_init (CrmTagPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  entry_changed_cb (self);
}

GtkWidget *
crm_tag_popover_new (void)
{
  return g_object_new (CRM_TYPE_TAG_POPOVER, NULL);
}

void
crm_tag_popover_set_known (CrmTagPopover *self, const char *const *tags)
{
  g_return_if_fail (CRM_IS_TAG_POPOVER (self));
  g_return_if_fail (tags != NULL);

  gtk_list_box_remove_all (self->list);
  for (gsize i = 0; tags[i] != NULL; i++)
    {
      GtkWidget *label = gtk_label_new (tags[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_list_box_append (self->list, label);
    }
  gtk_widget_set_visible (self->scrolled, tags[0] != NULL);
}
