#include "store/query/crm-record-rows-private.h"

/* Each run costs a look at all rows in memory, 10 us; a view makes a row anew in 40. */
#define RUNS_MAX 100

GPtrArray *
crm_record_rows_new (GPtrArray *from)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < from->len; i++)
    {
      const CrmQueryRow *query_row = from->pdata[i];
      CrmListRow *row = crm_list_row_new ();

      crm_list_row_fill (row, query_row->record, query_row->linked, query_row->n_people);
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
      crm_list_row_take (row, made);
      rows->pdata[i] = g_object_ref (row);
      g_object_unref (made);
    }
}

void
crm_record_rows_cut (GPtrArray *old, GPtrArray *rows)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  guint n_old = 0;
  guint n_new = 0;

  for (guint i = 0; i < old->len; i++)
    g_hash_table_insert (known, old->pdata[i], GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < rows->len; i++)
    {
      const guint place = GPOINTER_TO_UINT (g_hash_table_lookup (known, rows->pdata[i]));

      if (place == 0)
        continue;
      /* Of what is cut off nothing may stand in the other: a row has one place. */
      n_old = MAX (n_old, place);
      n_new = i + 1;
    }
  if (n_new == 0)
    return;

  g_ptr_array_set_size (old, (int) n_old);
  g_ptr_array_set_size (rows, (int) n_new);
}

/* Where each of @old stands in @rows, plus one; 0 when it is gone. */
static guint *
find_places (GPtrArray *old, GPtrArray *rows)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  guint *places = g_new (guint, old->len + 1);

  for (guint i = 0; i < rows->len; i++)
    g_hash_table_insert (known, rows->pdata[i], GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < old->len; i++)
    places[i] = GPOINTER_TO_UINT (g_hash_table_lookup (known, old->pdata[i]));

  return places;
}

/*
 * Sets places to 0 that are not part of the longest row of rising ones: those move, the others may
 * stay. Schensted, "Longest increasing and decreasing subsequences", 1961.
 */
static void
keep_rising (guint *places, guint n)
{
  g_autofree guint *ends = g_new (guint, n + 1);
  g_autofree guint *previous = g_new (guint, n + 1);
  guint length = 0;
  guint keep;

  for (guint i = 0; i < n; i++)
    {
      guint low = 0;
      guint high = length;

      if (places[i] == 0)
        continue;
      while (low < high)
        {
          const guint middle = (low + high) / 2;

          if (places[ends[middle]] < places[i])
            low = middle + 1;
          else
            high = middle;
        }
      previous[i] = low > 0 ? ends[low - 1] : n;
      ends[low] = i;
      length = MAX (length, low + 1);
    }

  keep = length > 0 ? ends[length - 1] : n;
  for (guint i = n; i-- > 0;)
    if (i == keep)
      keep = previous[i];
    else
      places[i] = 0;
}

static void
add_run (GArray *runs, guint position, guint n_removed, guint n_added)
{
  const CrmRecordRun run = { position, n_removed, n_added };

  if (n_removed > 0 || n_added > 0)
    g_array_append_val (runs, run);
}

/* From the first to the last run as one, with the rows between them. */
static void
merge_runs (GArray *runs, guint n_old, guint n_new)
{
  CrmRecordRun *first = &g_array_index (runs, CrmRecordRun, 0);
  const CrmRecordRun *last = &g_array_index (runs, CrmRecordRun, runs->len - 1);
  const guint behind = n_new - (last->position + last->n_added);

  first->n_added = n_new - behind - first->position;
  first->n_removed = n_old - behind - first->position;
  g_array_set_size (runs, 1);
}

GArray *
crm_record_rows_compare (GPtrArray *old, GPtrArray *rows)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (CrmRecordRun));
  g_autofree guint *places = find_places (old, rows);
  guint n_removed = 0;
  guint position = 0;

  keep_rising (places, old->len);
  for (guint i = 0; i < old->len; i++)
    {
      if (places[i] == 0)
        {
          n_removed++;
          continue;
        }
      add_run (runs, position, n_removed, places[i] - 1 - position);
      n_removed = 0;
      position = places[i];
    }
  add_run (runs, position, n_removed, rows->len - position);

  if (runs->len > RUNS_MAX)
    merge_runs (runs, old->len, rows->len);

  return runs;
}

GPtrArray *
crm_record_rows_copy (GPtrArray *rows)
{
  GPtrArray *copy = g_ptr_array_copy (rows, (GCopyFunc) g_object_ref, NULL);

  g_ptr_array_set_free_func (copy, g_object_unref);

  return copy;
}
