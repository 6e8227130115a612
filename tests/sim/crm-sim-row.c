#include "crm-sim-oracle-private.h"

static CrmSimValue *
value_new (const char *text, gint64 version)
{
  CrmSimValue *value = g_new0 (CrmSimValue, 1);

  value->text = g_strdup (text);
  value->version = version;

  return value;
}

static void
free_value (gpointer data)
{
  g_free (((CrmSimValue *) data)->text);
  g_free (data);
}

CrmSimRow *
crm_sim_row_new (const char *kind)
{
  CrmSimRow *row = g_new0 (CrmSimRow, 1);

  row->kind = g_intern_string (kind);
  row->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_value);

  return row;
}

CrmSimRow *
crm_sim_row_copy (const CrmSimRow *row)
{
  CrmSimRow *copy = crm_sim_row_new (row->kind);
  GHashTableIter iter;
  gpointer name, value;

  copy->born = row->born;
  copy->changed = row->changed;
  copy->deleted = row->deleted;
  copy->wants_number = row->wants_number;
  g_hash_table_iter_init (&iter, row->values);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (copy->values,
                         g_strdup (name),
                         value_new (((CrmSimValue *) value)->text,
                                    ((CrmSimValue *) value)->version));

  return copy;
}

void
crm_sim_row_free (gpointer data)
{
  if (data == NULL)
    return;

  g_hash_table_unref (((CrmSimRow *) data)->values);
  g_free (data);
}

const char *
crm_sim_row_get (const CrmSimRow *row, const char *field)
{
  const CrmSimValue *value = g_hash_table_lookup (row->values, field);

  return value != NULL ? value->text : NULL;
}

gint64
crm_sim_row_get_version (const CrmSimRow *row, const char *field)
{
  const CrmSimValue *value = g_hash_table_lookup (row->values, field);

  return value != NULL ? value->version : row->born;
}

void
crm_sim_row_set (CrmSimRow *row, const char *field, const char *text, gint64 version)
{
  if (g_strcmp0 (crm_sim_row_get (row, field), text) == 0)
    return;

  g_hash_table_insert (row->values, g_strdup (field), value_new (text, version));
  row->changed = MAX (row->changed, version);
}

void
crm_sim_row_clear (CrmSimRow *row, gint64 seq)
{
  g_hash_table_remove_all (row->values);
  row->born = row->changed = seq;
  row->deleted = FALSE;
}
