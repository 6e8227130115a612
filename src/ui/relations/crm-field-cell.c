#include "ui/relations/crm-field-cell.h"

#include "model/crm-value.h"
#include "ui/widgets/crm-relative-date.h"

struct _CrmFieldCell
{
  GtkWidget parent_instance;

  const char *field; /* interned, nullable */
  CrmListRow *item;
  GtkWidget *inscription;
};

G_DEFINE_FINAL_TYPE (CrmFieldCell, crm_field_cell, GTK_TYPE_WIDGET)

static char *
dup_text (CrmFieldCell *self, CrmRecord *record)
{
  const CrmField *field;
  const char *value;

  if (record == NULL)
    return NULL;
  if (self->field == NULL)
    return crm_record_dup_title (record);

  field = crm_kind_find_field (crm_record_get_kind (record), self->field);
  value = field != NULL ? crm_record_get (record, self->field) : NULL;
  if (value == NULL)
    return NULL;
  /* The list row knows the title of its link; other links are not shown as an id. */
  if (field->type == CRM_FIELD_LINK)
    return g_strdup (crm_list_row_get_linked (self->item));
  if (g_str_equal (self->field, "last_activity"))
    return crm_relative_date_dup (value);

  return crm_value_display (field, value);
}

static void
update (CrmFieldCell *self)
{
  g_autofree char *text = self->item != NULL ? dup_text (self, crm_list_row_get_record (self->item))
                                             : NULL;

  gtk_inscription_set_text (GTK_INSCRIPTION (self->inscription), text);
}

static void
crm_field_cell_dispose (GObject *object)
{
  CrmFieldCell *self = CRM_FIELD_CELL (object);

  crm_field_cell_set_item (self, NULL);
  g_clear_pointer (&self->inscription, gtk_widget_unparent);

  G_OBJECT_CLASS (crm_field_cell_parent_class)->dispose (object);
}

static void
crm_field_cell_class_init (CrmFieldCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_field_cell_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
crm_field_cell_init (CrmFieldCell *self)
{
  self->inscription = gtk_inscription_new (NULL);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (self->inscription),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (self->inscription), 12);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (self->inscription), 1);
  gtk_widget_set_parent (self->inscription, GTK_WIDGET (self));
}

GtkWidget *
crm_field_cell_new (const char *field)
{
  CrmFieldCell *self = g_object_new (CRM_TYPE_FIELD_CELL, NULL);

  self->field = g_intern_string (field);
  gtk_widget_add_css_class (self->inscription, "numeric");

  return GTK_WIDGET (self);
}

void
crm_field_cell_set_item (CrmFieldCell *self, CrmListRow *item)
{
  g_return_if_fail (CRM_IS_FIELD_CELL (self));

  if (self->item == item)
    return;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  if (item != NULL)
    {
      g_signal_connect_swapped (item, "notify::record", G_CALLBACK (update), self);
      g_signal_connect_swapped (item, "notify::linked", G_CALLBACK (update), self);
    }
  if (self->inscription != NULL)
    update (self);
}

const char *
crm_field_cell_get_text (CrmFieldCell *self)
{
  g_return_val_if_fail (CRM_IS_FIELD_CELL (self), NULL);

  return gtk_inscription_get_text (GTK_INSCRIPTION (self->inscription));
}
