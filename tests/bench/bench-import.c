/*
 * An import against SQLCipher alone: the same rows in the same tables with the same indexes. The
 * least of the rounds counts, by the clock: what else the machine does only adds.
 */

#include "bench-bare.h"
#include "bench-rows.h"

#include "exchange/crm-import.h"

#define ROWS 30000
#define RUNS 3

typedef struct
{
  BenchWorld *world;
  GFile *file;
  CrmImportResult *result;
} Import;

static void
import (gpointer data)
{
  Import *self = data;
  GError *error = NULL;
  g_autoptr (CrmImportPlan)
      plan = crm_import_plan_new (crm_replica_get_model (self->world->replica),
                                  self->file,
                                  NULL,
                                  NULL,
                                  &error);

  bench_check (error);
  g_clear_pointer (&self->result, crm_import_result_free);
  self->result = crm_import_run (self->world->replica, plan, 0, NULL, NULL, &error);
  bench_check (error);
}

static void
undo (gpointer data)
{
  Import *self = data;
  GError *error = NULL;

  crm_undo_result_free (crm_replica_undo (self->world->replica, NULL, NULL, NULL, &error));
  bench_check (error);
}

/* Times of one round in a fresh replica: import, the bare insert of what it made, again, undo. */
typedef struct
{
  double import, bare, again, undo;
} Round;

static Round
run_round (void)
{
  g_autoptr (BenchWorld) world = bench_world_new (0);
  g_autoptr (GFile) file = bench_rows_write (world->dir, ROWS);
  g_autoptr (BenchBare) bare = NULL;
  Import self = { world, file, NULL };
  Round round;

  round.import = bench_time (import, &self);
  g_assert (self.result->n_new == ROWS);
  bare = bench_bare_new (world);
  round.bare = bench_time (bench_bare_fill, bare);
  round.again = bench_time (import, &self);
  g_assert (self.result->n_unchanged == ROWS);
  round.undo = bench_time (undo, &self);
  crm_import_result_free (self.result);

  return round;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GArray) imports = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) bares = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) agains = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) undos = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < RUNS; i++)
    {
      Round round = run_round ();

      g_array_append_val (imports, round.import);
      g_array_append_val (bares, round.bare);
      g_array_append_val (agains, round.again);
      g_array_append_val (undos, round.undo);
    }

  bench_report_gate ("import 30,000 rows / bare insert",
                     bench_percentile (imports, 0),
                     bench_percentile (bares, 0),
                     4,
                     "ms");
  bench_report_gate ("undo of it / import",
                     bench_percentile (undos, 0),
                     bench_percentile (imports, 0),
                     1,
                     "ms");
  bench_report_gate ("import again, nothing changes / import",
                     bench_percentile (agains, 0),
                     bench_percentile (imports, 0),
                     1,
                     "ms");

  return bench_finish ();
}
