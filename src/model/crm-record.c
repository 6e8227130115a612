#include "model/crm-record.h"

#include "base/crm-id.h"
#include "base/crm-text.h"
#include "model/crm-name.h"
#include "model/crm-value.h"

#include <string.h>

struct _CrmRecord
{
  GObject parent_instance;

  const CrmKind *kind;
  char *id;
  /* One per field, in description order; NULL is empty. */
  char **values;
};

G_DEFINE_FINAL_TYPE (CrmRecord, crm_record, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The index of a field that must be there. */
static guint
get_index (CrmRecord *self, const char *field)
{
  const int index = crm_kind_find_index (self->kind, field);

  if (index < 0)
    g_error ("A record of kind “%s” has no field “%s”", crm_kind_get_name (self->kind), field);

  return (guint) index;
}

static void
crm_record_finalize (GObject *object)
{
  CrmRecord *self = CRM_RECORD (object);

  for (guint i = 0; i < crm_kind_get_n_fields (self->kind); i++)
    g_free (self->values[i]);
  g_free (self->values);
  g_free (self->id);

  G_OBJECT_CLASS (crm_record_parent_class)->finalize (object);
}

static void
crm_record_class_init (CrmRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = crm_record_finalize;

  /**
   * CrmRecord::changed:
   * @field: name of the field
   */
  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
crm_record_init (CrmRecord *self)
{
}

CrmRecord *
crm_record_new (const CrmKind *kind, const char *id)
{
  CrmRecord *self;

  g_return_val_if_fail (kind != NULL, NULL);

  self = g_object_new (CRM_TYPE_RECORD, NULL);
  self->kind = kind;
  self->id = id != NULL ? g_strdup (id) : crm_id_new ();
  self->values = g_new0 (char *, crm_kind_get_n_fields (kind));

  return self;
}

CrmRecord *
crm_record_copy (CrmRecord *self)
{
  CrmRecord *copy;

  g_return_val_if_fail (CRM_IS_RECORD (self), NULL);

  copy = crm_record_new (self->kind, self->id);
  for (guint i = 0; i < crm_kind_get_n_fields (self->kind); i++)
    copy->values[i] = g_strdup (self->values[i]);

  return copy;
}

const CrmKind *
crm_record_get_kind (CrmRecord *self)
{
  g_return_val_if_fail (CRM_IS_RECORD (self), NULL);

  return self->kind;
}

const char *
crm_record_get_id (CrmRecord *self)
{
  g_return_val_if_fail (CRM_IS_RECORD (self), NULL);

  return self->id;
}

const char *
crm_record_get (CrmRecord *self, const char *field)
{
  g_return_val_if_fail (CRM_IS_RECORD (self), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  return self->values[get_index (self, field)];
}

const char *
crm_record_get_at (CrmRecord *self, guint index)
{
  g_return_val_if_fail (CRM_IS_RECORD (self), NULL);
  g_return_val_if_fail (index < crm_kind_get_n_fields (self->kind), NULL);

  return self->values[index];
}

const char *
crm_record_peek (CrmRecord *self, const char *field)
{
  int index;

  g_return_val_if_fail (CRM_IS_RECORD (self), NULL);

  index = crm_kind_find_index (self->kind, field);

  return index < 0 ? NULL : self->values[index];
}

void
crm_record_set (CrmRecord *self, const char *field, const char *value)
{
  g_return_if_fail (CRM_IS_RECORD (self));
  g_return_if_fail (field != NULL);

  crm_record_set_at (self, get_index (self, field), value);
}

void
crm_record_set_at (CrmRecord *self, guint index, const char *value)
{
  g_return_if_fail (CRM_IS_RECORD (self));
  g_return_if_fail (index < crm_kind_get_n_fields (self->kind));

  if (crm_text_is_empty (value))
    value = NULL;
  if (g_set_str (&self->values[index], value))
    g_signal_emit (self, signals[CHANGED], 0, crm_kind_get_field (self->kind, index)->name);
}

gboolean
crm_record_set_input (CrmRecord *self, const char *field, const char *input, GError **error)
{
  g_autofree char *value = NULL;
  g_autoptr (GError) local_error = NULL;
  guint index;

  g_return_val_if_fail (CRM_IS_RECORD (self), FALSE);
  g_return_val_if_fail (field != NULL, FALSE);

  index = get_index (self, field);
  value = crm_value_parse_in (crm_kind_get_field (self->kind, index),
                              input,
                              crm_record_peek (self, "country"),
                              &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  crm_record_set_at (self, index, value);

  return TRUE;
}

gboolean
crm_record_equal (CrmRecord *self, CrmRecord *other)
{
  g_return_val_if_fail (CRM_IS_RECORD (self), FALSE);
  g_return_val_if_fail (CRM_IS_RECORD (other), FALSE);

  if (self == other)
    return TRUE;
  if (self->kind != other->kind || strcmp (self->id, other->id) != 0)
    return FALSE;

  for (guint i = 0; i < crm_kind_get_n_fields (self->kind); i++)
    if (!crm_value_equal (self->values[i], other->values[i]))
      return FALSE;

  return TRUE;
}

/* The first words of the first text field that has any, or the choice that says what it is. */
static char *
dup_first_text (CrmRecord *self)
{
  static const char *const names[] = { "name", "subject", "title", "type" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const CrmField *field = crm_kind_find_field (self->kind, names[i]);
      const char *value = crm_record_peek (self, names[i]);

      if (value != NULL && field->type == CRM_FIELD_CHOICE)
        return g_strdup (crm_field_get_choice_label (field, value));
      if (value != NULL)
        return g_strdup (value);
    }

  return NULL;
}

char *
crm_record_dup_title (CrmRecord *self)
{
  char *title;

  g_return_val_if_fail (CRM_IS_RECORD (self), NULL);

  title = crm_kind_find_index (self->kind, "surname") >= 0 ? crm_name_dup_display (self)
                                                           : dup_first_text (self);
  if (title != NULL)
    return title;
  if (crm_record_peek (self, "email") != NULL)
    return g_strdup (crm_record_peek (self, "email"));

  return g_strdup (crm_kind_get_label (self->kind));
}
