#include "bench.h"

#include "store/demo/crm-demo.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

static gboolean missed;

guint
bench_get_n_relations (guint fallback)
{
  const char *text = g_getenv ("CRM_BENCH_RELATIONS");

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : fallback;
}

void
bench_check (GError *error)
{
  if (error == NULL)
    return;

  g_printerr ("bench: %s\n", error->message);
  exit (1);
}

BenchWorld *
bench_world_new (guint n)
{
  BenchWorld *self = g_new0 (BenchWorld, 1);
  GError *error = NULL;

  self->dir = g_dir_make_tmp ("crm-bench-XXXXXX", &error);
  bench_check (error);
  self->key = crm_key_new_random ();
  self->replica = crm_replica_create (self->dir, self->key, NULL, &error);
  bench_check (error);
  if (n > 0)
    crm_demo_fill (self->replica, n, NULL, NULL, &error);
  bench_check (error);

  return self;
}

static int
remove_cb (const char *path, const struct stat *info, int type, struct FTW *place)
{
  return remove (path);
}

void
bench_remove (const char *dir)
{
  nftw (dir, remove_cb, 8, FTW_DEPTH | FTW_PHYS);
}

void
bench_world_free (BenchWorld *self)
{
  g_clear_object (&self->replica);
  crm_key_free (self->key);
  bench_remove (self->dir);
  g_free (self->dir);
  g_free (self);
}

double
bench_time (BenchFunc func, gpointer data)
{
  gint64 start = g_get_monotonic_time ();

  func (data);

  return (double) (g_get_monotonic_time () - start) / 1000.0;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x > y) - (x < y);
}

double
bench_percentile (GArray *times, double part)
{
  guint index = (guint) ((double) times->len * part);

  g_array_sort (times, compare_doubles);

  return g_array_index (times, double, MIN (index, times->len - 1));
}

double
bench_median (guint runs, BenchFunc func, gpointer data)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < runs; i++)
    {
      double time = bench_time (func, data);

      g_array_append_val (times, time);
    }

  return bench_percentile (times, 0.5);
}

void
bench_report_goal (const char *work, double figure, double budget, const char *unit)
{
  g_print ("%-44s %9.2f %-2s %12s %7s %7.4g %-2s %s\n",
           work,
           figure,
           unit,
           "",
           "",
           budget,
           unit,
           figure <= budget ? "ok" : "over (goal)");
}

void
bench_report_gate (const char *work, double figure, double limit, double budget, const char *unit)
{
  double ratio = figure / MAX (limit, 1e-6);

  missed = missed || ratio > budget;
  g_print ("%-44s %9.2f %-2s %9.2f %-2s %7.2f %7.4g x  %s\n",
           work,
           figure,
           unit,
           limit,
           unit,
           ratio,
           budget,
           ratio <= budget ? "ok" : "MISSED");
}

int
bench_finish (void)
{
  return missed ? 1 : 0;
}
