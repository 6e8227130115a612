#include "store/crm-record-rows-private.h"

GPtrArray *
crm_record_rows_new (GPtrArray *from)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < from->len; i++)
    {
      const CrmQueryRow *query_row = from->pdata[i];
      CrmListRow *row = crm_list_row_new ();

      crm_list_row_fill (row, query_row->record, query_row->linked);
      g_ptr_array_add (rows, row);
    }

  return rows;
}

static const char *
get_id (GPtrArray *rows, guint index)
{
  return crm_list_row_get_id (rows->pdata[index]);
}

void
crm_record_rows_reuse (GPtrArray *old, GPtrArray *rows)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < old->len; i++)
    g_hash_table_insert (known, (gpointer) get_id (old, i), old->pdata[i]);

  for (guint i = 0; i < rows->len; i++)
    {
      CrmListRow *row = g_hash_table_lookup (known, get_id (rows, i));
      CrmListRow *made = rows->pdata[i];

      if (row == NULL)
        continue;
      crm_list_row_fill (row, crm_list_row_get_record (made), crm_list_row_get_linked (made));
      rows->pdata[i] = g_object_ref (row);
      g_object_unref (made);
    }
}

void
crm_record_rows_cut (GPtrArray *old, GPtrArray *rows)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  guint n = rows->len;

  for (guint i = 0; i < old->len; i++)
    g_hash_table_insert (known, old->pdata[i], GUINT_TO_POINTER (i + 1));
  while (n > 0 && !g_hash_table_contains (known, rows->pdata[n - 1]))
    n--;
  if (n == 0)
    return;

  g_ptr_array_set_size (old,
                        (int) GPOINTER_TO_UINT (g_hash_table_lookup (known, rows->pdata[n - 1])));
  g_ptr_array_set_size (rows, (int) n);
}

guint
crm_record_rows_count_start (GPtrArray *a, GPtrArray *b)
{
  guint n = 0;

  while (n < a->len && n < b->len && a->pdata[n] == b->pdata[n])
    n++;

  return n;
}

guint
crm_record_rows_count_end (GPtrArray *a, GPtrArray *b, guint except)
{
  guint n = 0;

  while (n + except < a->len && n + except < b->len &&
         a->pdata[a->len - 1 - n] == b->pdata[b->len - 1 - n])
    n++;

  return n;
}

GPtrArray *
crm_record_rows_copy (GPtrArray *rows)
{
  GPtrArray *copy = g_ptr_array_copy (rows, (GCopyFunc) g_object_ref, NULL);

  g_ptr_array_set_free_func (copy, g_object_unref);

  return copy;
}
