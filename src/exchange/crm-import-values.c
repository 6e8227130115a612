#include "exchange/crm-import-values.h"

#include "base/crm-text.h"

CrmImportValues *
crm_import_values_new (const CrmKind *kind)
{
  CrmImportValues *self = g_new0 (CrmImportValues, 1);
  guint n = crm_kind_get_n_fields (kind);

  self->kind = kind;
  self->values = g_new0 (char *, n);
  self->bad = g_new0 (guint8, n);
  self->column = g_new0 (guint, n);

  return self;
}

void
crm_import_values_clear (CrmImportValues *self)
{
  guint i;

  for (i = 0; self != NULL && i < crm_kind_get_n_fields (self->kind); i++)
    {
      g_clear_pointer (&self->values[i], g_free);
      self->bad[i] = 0;
      self->column[i] = 0;
    }
}

void
crm_import_values_free (CrmImportValues *self)
{
  if (self == NULL)
    return;

  crm_import_values_clear (self);
  g_free (self->values);
  g_free (self->bad);
  g_free (self->column);
  g_free (self);
}

const char *
crm_import_values_get (const CrmImportValues *self, const char *field)
{
  int index = crm_kind_find_index (self->kind, field);

  return index >= 0 ? self->values[index] : NULL;
}

gboolean
crm_import_values_is_empty (const CrmImportValues *self)
{
  guint i;

  for (i = 0; i < crm_kind_get_n_fields (self->kind); i++)
    if (self->values[i] != NULL)
      return FALSE;

  return TRUE;
}

/* @value: (transfer full) (nullable) */
void
crm_import_values_take (CrmImportValues *self, const char *field, char *value)
{
  int index = crm_kind_find_index (self->kind, field);

  if (index < 0)
    {
      g_free (value);
      return;
    }

  g_free (self->values[index]);
  self->values[index] = value;
}

void
crm_import_values_fill (CrmImportValues *self, const char *field, const char *value)
{
  int index = crm_kind_find_index (self->kind, field);

  if (index >= 0 && self->values[index] == NULL)
    self->values[index] = crm_text_clean (value);
}
