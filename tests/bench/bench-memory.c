/* Memory is flat while a list is scrolled from end to end. */

#include "bench.h"

#include "store/query/crm-record-list.h"

#include <stdio.h>

#define RELATIONS 100000

/* Resident, in MB: field 2 of /proc/self/statm, in pages of 4 kB. */
static double
get_memory (void)
{
  g_autofree char *text = NULL;
  unsigned long size, resident;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL) ||
      sscanf (text, "%lu %lu", &size, &resident) != 2)
    return 0;

  return (double) resident * 4096 / 1e6;
}

static void
wait_for (CrmListRow *row)
{
  while (crm_list_row_get_record (row) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
scroll (GListModel *model)
{
  for (guint i = 0; i < g_list_model_get_n_items (model); i += 20)
    {
      g_autoptr (CrmListRow) row = g_list_model_get_item (model, i);

      wait_for (row);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (BenchWorld) world = bench_world_new (bench_get_n_relations (RELATIONS));
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (CrmRecordList) list = NULL;
  g_autoptr (CrmStore) store = NULL;
  GError *error = NULL;
  double before, after;

  store = crm_store_open (world->dir, world->key, NULL, FALSE, &error);
  bench_check (error);
  list = crm_record_list_new (store, query);
  while (crm_record_list_get_loading (list))
    g_main_context_iteration (NULL, TRUE);

  /* Once to fill caches, then it must not grow. */
  scroll (G_LIST_MODEL (list));
  before = get_memory ();
  scroll (G_LIST_MODEL (list));
  after = get_memory ();
  bench_report_gate ("memory after scrolling 100,000 twice / once", after, before, 1.05, "MB");

  return bench_finish ();
}
