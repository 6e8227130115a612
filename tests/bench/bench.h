#pragma once

#include "store/query/crm-query.h"

/* What the benchmarks share: a replica of the demo company, a clock and the table. */

/* CRM_BENCH_RELATIONS in the environment, else @fallback. */
guint bench_get_n_relations (guint fallback);

typedef struct
{
  char *dir;
  CrmKey *key;
  CrmReplica *replica;
} BenchWorld;

/* A new replica in a folder of its own, with @n demo relations when not 0. */
BenchWorld *bench_world_new (guint n);
/* Removes the folder too. */
void bench_world_free (BenchWorld *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchWorld, bench_world_free)

/* A folder and what is in it. */
void bench_remove (const char *dir);

typedef void (*BenchFunc) (gpointer data);

/* Milliseconds of one call. */
double bench_time (BenchFunc func, gpointer data);
/* The median of @runs calls. */
double bench_median (guint runs, BenchFunc func, gpointer data);
/* Of sorted or unsorted @times (element-type double); @part 0.5 is the median. */
double bench_percentile (GArray *times, double part);

/* A goal: no limit was measured beside it. */
void bench_report_goal (const char *work, double figure, double budget, const char *unit);
/* A gate: @figure may be at most @budget times @limit. */
void
bench_report_gate (const char *work, double figure, double limit, double budget, const char *unit);
/* The exit code: 1 when a gate was missed. */
int bench_finish (void);

/* Ends the program with a message when @error is set. */
void bench_check (GError *error);
