/* What the page of a relation reads does not grow with the company, but for the depth of indexes.
 */

#include "bench.h"

#include "ui/record/crm-relation-data.h"
#include "ui/record/crm-timeline-data.h"

#define PART      4
#define RELATIONS 100000
#define PEOPLE    20
#define ITEMS     20
#define SAMPLES   100

typedef struct
{
  CrmReplica *replica;
  /* (element-type CrmRecord) */
  GPtrArray *records;
  guint next;
} Screen;

static void
load (gpointer data)
{
  Screen *self = data;
  const char *id = crm_record_get_id (self->records->pdata[self->next++ % self->records->len]);
  GError *error = NULL;

  crm_relation_data_free (crm_relation_data_load (self->replica, id, PEOPLE, NULL, &error));
  bench_check (error);
  crm_timeline_data_free (crm_timeline_data_load (self->replica,
                                                  id,
                                                  CRM_TIMELINE_ALL,
                                                  NULL,
                                                  ITEMS,
                                                  NULL,
                                                  &error));
  bench_check (error);
}

/* Milliseconds per page (element-type double). */
static GArray *
time_screens (BenchWorld *world, const char *kind)
{
  g_autoptr (CrmQuery) query = crm_query_new (kind);
  GArray *times = g_array_new (FALSE, FALSE, sizeof (double));
  Screen screen = { world->replica, NULL, 0 };
  GError *error = NULL;

  screen.records = crm_replica_list (world->replica, query, SAMPLES, NULL, &error);
  bench_check (error);
  for (guint i = 0; i < SAMPLES; i++)
    {
      double time = bench_time (load, &screen);

      g_array_append_val (times, time);
    }
  g_ptr_array_unref (screen.records);

  return times;
}

static void
compare (BenchWorld *small, BenchWorld *large, guint n, const char *kind)
{
  g_autofree char *ratio = g_strdup_printf ("page of one %s, %u / %u", kind, n, n / PART);
  g_autofree char *goal = g_strdup_printf ("page of one %s, %u, p95", kind, n);
  g_autoptr (GArray) few = time_screens (small, kind);
  g_autoptr (GArray) many = time_screens (large, kind);

  /* A walk through all relations would be at PART. */
  bench_report_goal (ratio, bench_percentile (many, 0.5) / bench_percentile (few, 0.5), 2.5, "x");
  bench_report_goal (goal, bench_percentile (many, 0.95), 100, "ms");
}

int
main (int argc, char *argv[])
{
  guint n = bench_get_n_relations (RELATIONS);
  g_autoptr (BenchWorld) small = bench_world_new (n / PART);
  g_autoptr (BenchWorld) large = bench_world_new (n);

  compare (small, large, n, "organisation");
  compare (small, large, n, "person");

  return bench_finish ();
}
