/* A page of a list costs the same in a small company and in a large one, wherever it stands. */

#include "bench.h"

#include "store/query/crm-query-page-private.h"

#define SMALL     1000
#define RELATIONS 100000
#define PAGE      100
#define EVERY     1000
#define RUNS      15

typedef struct
{
  CrmReplica *replica;
  CrmQuery *query;
  CrmQuerySurvey *survey;
  gint64 position;
} Page;

static void
load (gpointer data)
{
  Page *self = data;
  gint64 skip = 0;
  const CrmQueryCursor *after = self->survey != NULL
                                    ? crm_query_survey_find (self->survey, self->position, &skip)
                                    : NULL;
  GError *error = NULL;

  g_ptr_array_unref (crm_query_page_load (self->replica,
                                          self->query,
                                          after,
                                          skip,
                                          PAGE,
                                          NULL,
                                          &error));
  bench_check (error);
}

static void
survey (gpointer data)
{
  Page *self = data;
  GError *error = NULL;

  g_clear_pointer (&self->survey, crm_query_survey_free);
  self->survey = crm_query_survey_new (self->replica, self->query, EVERY, NULL, &error);
  bench_check (error);
}

typedef struct
{
  double first, far, survey;
} Times;

static Times
time_list (BenchWorld *world, const char *sort, gboolean descending)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  Page page = { world->replica, query, NULL, 0 };
  Times times;

  crm_query_set_sort (query, sort, descending);
  times.first = bench_median (RUNS, load, &page);
  times.survey = bench_median (3, survey, &page);
  page.position = page.survey->count * 4 / 5;
  times.far = bench_median (RUNS, load, &page);
  crm_query_survey_free (page.survey);

  return times;
}

static void
compare (BenchWorld *small, BenchWorld *large, guint n, const char *sort, gboolean descending)
{
  Times few = time_list (small, sort, descending);
  Times many = time_list (large, sort, descending);
  g_autofree char *by = g_strdup_printf ("%s%s",
                                         descending ? "-" : "",
                                         sort != NULL ? sort : "name");
  g_autofree char *first = g_strdup_printf ("first page by %s, %u / %d", by, n, SMALL);
  g_autofree char *far = g_strdup_printf ("page at four fifths by %s, %u / %d", by, n, SMALL);
  g_autofree char *whole = g_strdup_printf ("count and anchors by %s, %u", by, n);

  bench_report_gate (first, many.first, few.first, 3, "ms");
  bench_report_gate (far, many.far, few.far, 3, "ms");
  bench_report_goal (whole, many.survey, n / 1000.0, "ms");
}

int
main (int argc, char *argv[])
{
  guint n = bench_get_n_relations (RELATIONS);
  g_autoptr (BenchWorld) small = bench_world_new (SMALL);
  g_autoptr (BenchWorld) large = bench_world_new (n);

  compare (small, large, n, NULL, FALSE);
  compare (small, large, n, "last_activity", TRUE);
  compare (small, large, n, "city", FALSE);
  compare (small, large, n, "stage", FALSE);

  return bench_finish ();
}
