#include "store/query/crm-list-row.h"

struct _CrmListRow
{
  GObject parent_instance;

  CrmRecord *record;
  char *linked;
  guint n_people;
};

G_DEFINE_FINAL_TYPE (CrmListRow, crm_list_row, G_TYPE_OBJECT)

typedef enum
{
  PROP_RECORD = 1,
  PROP_LINKED,
  PROP_N_PEOPLE,
} CrmListRowProperty;

static GParamSpec *properties[PROP_N_PEOPLE + 1];

static void
crm_list_row_finalize (GObject *object)
{
  CrmListRow *self = CRM_LIST_ROW (object);

  g_clear_object (&self->record);
  g_free (self->linked);

  G_OBJECT_CLASS (crm_list_row_parent_class)->finalize (object);
}

static void
crm_list_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  CrmListRow *self = CRM_LIST_ROW (object);

  switch ((CrmListRowProperty) prop_id)
    {
    case PROP_RECORD:
      g_value_set_object (value, self->record);
      break;

    case PROP_LINKED:
      g_value_set_string (value, self->linked);
      break;

    case PROP_N_PEOPLE:
      g_value_set_uint (value, self->n_people);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
crm_list_row_class_init (CrmListRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = crm_list_row_finalize;
  object_class->get_property = crm_list_row_get_property;

  properties[PROP_RECORD] = g_param_spec_object ("record", NULL, NULL, CRM_TYPE_RECORD, readable);
  properties[PROP_LINKED] = g_param_spec_string ("linked", NULL, NULL, NULL, readable);
  properties[PROP_N_PEOPLE] = g_param_spec_uint ("n-people", NULL, NULL, 0, G_MAXUINT, 0, readable);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
crm_list_row_init (CrmListRow *self)
{
}

CrmListRow *
crm_list_row_new (void)
{
  return g_object_new (CRM_TYPE_LIST_ROW, NULL);
}

CrmRecord *
crm_list_row_get_record (CrmListRow *self)
{
  g_return_val_if_fail (CRM_IS_LIST_ROW (self), NULL);

  return self->record;
}

const char *
crm_list_row_get_linked (CrmListRow *self)
{
  g_return_val_if_fail (CRM_IS_LIST_ROW (self), NULL);

  return self->linked;
}

const char *
crm_list_row_get_id (CrmListRow *self)
{
  g_return_val_if_fail (CRM_IS_LIST_ROW (self), NULL);

  return self->record != NULL ? crm_record_get_id (self->record) : NULL;
}

guint
crm_list_row_get_n_people (CrmListRow *self)
{
  g_return_val_if_fail (CRM_IS_LIST_ROW (self), 0);

  return self->n_people;
}

void
crm_list_row_fill (CrmListRow *self, CrmRecord *record, const char *linked, guint n_people)
{
  g_return_if_fail (CRM_IS_LIST_ROW (self));
  g_return_if_fail (CRM_IS_RECORD (record));

  g_object_freeze_notify (G_OBJECT (self));
  if (self->record == NULL || !crm_record_equal (self->record, record))
    {
      g_set_object (&self->record, record);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
    }
  if (g_set_str (&self->linked, linked))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINKED]);
  if (self->n_people != n_people)
    {
      self->n_people = n_people;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PEOPLE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
crm_list_row_take (CrmListRow *self, CrmListRow *from)
{
  g_return_if_fail (CRM_IS_LIST_ROW (from));

  crm_list_row_fill (self, from->record, from->linked, from->n_people);
}
