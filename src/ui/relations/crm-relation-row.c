#include "ui/relations/crm-relation-row.h"

#include "ui/widgets/crm-relative-date.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _CrmRelationRow
{
  GtkBox parent_instance;

  CrmListRow *item;
  char *label;

  AdwAvatar *avatar;
  GtkLabel *title_label;
  GtkLabel *subtitle_label;
  GtkLabel *date_label;
};

G_DEFINE_FINAL_TYPE (CrmRelationRow, crm_relation_row, GTK_TYPE_BOX)

typedef enum
{
  PROP_ITEM = 1,
  PROP_LABEL,
} CrmRelationRowProperty;

static GParamSpec *properties[PROP_LABEL + 1];

char *
crm_relation_row_dup_subtitle (CrmRecord *record, const char *linked, guint n_people)
{
  g_autofree char *people = NULL;
  const char *first;
  const char *second;

  g_return_val_if_fail (CRM_IS_RECORD (record), NULL);

  first = crm_record_peek (record, "function");
  second = crm_record_peek (record, "organisation") != NULL ? linked : NULL;
  if (first == NULL && second == NULL)
    {
      first = crm_record_peek (record, "city");
      if (n_people > 0)
        second = people = g_strdup_printf (ngettext ("%'u person", "%'u people", n_people),
                                           n_people);
    }
  if (first == NULL || second == NULL)
    return g_strdup (first != NULL ? first : second);

  /* Translators: two facts about a relation on one line, "Buyer · Bakker B.V." */
  return g_strdup_printf (_("%1$s · %2$s"), first, second);
}

static void
show_avatar (CrmRelationRow *self, CrmRecord *record, const char *title)
{
  gboolean person;

  /* It measures its initials at once, in a style that outside a window would be thrown away. */
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;

  person = record != NULL &&
           g_str_equal (crm_kind_get_name (crm_record_get_kind (record)), "person");

  /* People have initials; an organisation is told from them at a glance by its picture. */
  adw_avatar_set_show_initials (self->avatar, person);
  adw_avatar_set_icon_name (self->avatar, person ? NULL : "building-symbolic");
  adw_avatar_set_text (self->avatar, title);
  gtk_widget_set_opacity (GTK_WIDGET (self->avatar), record != NULL ? 1 : 0);
}

static void
set_label (CrmRelationRow *self, const char *title, const char *subtitle)
{
  g_autofree char *name = NULL;

  if (subtitle != NULL && subtitle[0] != '\0')
    /* Translators: a relation as a screen reader says it: name and what they are */
    name = g_strdup_printf (_("%1$s, %2$s"), title, subtitle);
  else
    name = g_strdup (title);

  if (g_set_str (&self->label, name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

static void
update (CrmRelationRow *self)
{
  CrmRecord *record = self->item != NULL ? crm_list_row_get_record (self->item) : NULL;
  g_autofree char *title = record != NULL ? crm_record_dup_title (record) : g_strdup ("");
  g_autofree char *subtitle = NULL;
  g_autofree char *date = NULL;

  if (record != NULL)
    {
      subtitle = crm_relation_row_dup_subtitle (record,
                                                crm_list_row_get_linked (self->item),
                                                crm_list_row_get_n_people (self->item));
      date = crm_relative_date_dup (crm_record_peek (record, "last_activity"));
    }

  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->subtitle_label, subtitle != NULL ? subtitle : "");
  gtk_label_set_text (self->date_label, date != NULL ? date : "");
  show_avatar (self, record, title);
  set_label (self, title, subtitle);
}

static void
unbind (CrmRelationRow *self)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->item);
}

static void
bind (CrmRelationRow *self, CrmListRow *item)
{
  static const char *const shown[] = { "record", "linked", "n-people" };

  if (!g_set_object (&self->item, item) || item == NULL)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autofree char *signal = g_strconcat ("notify::", shown[i], NULL);

      g_signal_connect_swapped (item, signal, G_CALLBACK (update), self);
    }
}

static void
crm_relation_row_dispose (GObject *object)
{
  CrmRelationRow *self = CRM_RELATION_ROW (object);

  unbind (self);
  g_clear_pointer (&self->label, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_RELATION_ROW);

  G_OBJECT_CLASS (crm_relation_row_parent_class)->dispose (object);
}

static void
crm_relation_row_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (crm_relation_row_parent_class)->root (widget);

  update (CRM_RELATION_ROW (widget));
}

static void
crm_relation_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  CrmRelationRow *self = CRM_RELATION_ROW (object);

  switch ((CrmRelationRowProperty) prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;

    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
crm_relation_row_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  CrmRelationRow *self = CRM_RELATION_ROW (object);

  switch ((CrmRelationRowProperty) prop_id)
    {
    case PROP_ITEM:
      crm_relation_row_set_item (self, g_value_get_object (value));
      break;

    case PROP_LABEL:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
crm_relation_row_class_init (CrmRelationRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_relation_row_dispose;
  object_class->get_property = crm_relation_row_get_property;
  object_class->set_property = crm_relation_row_set_property;
  widget_class->root = crm_relation_row_root;

  properties[PROP_ITEM] = g_param_spec_object ("item",
                                               NULL,
                                               NULL,
                                               CRM_TYPE_LIST_ROW,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                   G_PARAM_STATIC_STRINGS);
  properties[PROP_LABEL] = g_param_spec_string ("label",
                                                NULL,
                                                NULL,
                                                NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/relations/crm-relation-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmRelationRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationRow, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationRow, date_label);
}

static void
crm_relation_row_init (CrmRelationRow *self)
{
  g_type_ensure (ADW_TYPE_AVATAR);
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

GtkWidget *
crm_relation_row_new (void)
{
  return g_object_new (CRM_TYPE_RELATION_ROW, NULL);
}

void
crm_relation_row_set_item (CrmRelationRow *self, CrmListRow *item)
{
  g_return_if_fail (CRM_IS_RELATION_ROW (self));

  if (self->item == item)
    return;

  unbind (self);
  bind (self, item);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}

const char *
crm_relation_row_get_label (CrmRelationRow *self)
{
  g_return_val_if_fail (CRM_IS_RELATION_ROW (self), NULL);

  return self->label;
}
