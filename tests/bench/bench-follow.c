/*
 * A change of one person on another screen, in a company that is large and in one that is small:
 * how long it takes, and what it costs both laptops and the server, which must not depend on the
 * size of the company.
 */
#include "bench-laptop.h"

#include <time.h>

#define RELATIONS 100000
#define SMALL     1000
#define CHANGES   200
/* What comes first is not measured. */
#define WARM 10

typedef struct
{
  BenchServer *server;
  BenchWorld *worlds[2];
  BenchLaptop *sender;
  BenchLaptop *receiver;
  clockid_t clock; /* of the server's process */
  double load;     /* milliseconds of the first load */
} Company;

static BenchLaptop *
join (Company *self, BenchWorld *world)
{
  BenchLaptop *laptop = bench_laptop_new (world);

  bench_laptop_log_in (laptop, self->server->url);
  self->load = bench_time (bench_laptop_exchange, laptop);

  return laptop;
}

static Company *
company_new (guint n)
{
  Company *self = g_new0 (Company, 1);
  const char *pid;

  self->server = bench_server_new (n, CHANGES);
  self->worlds[0] = bench_world_new (0);
  self->worlds[1] = bench_world_new (0);
  self->sender = join (self, self->worlds[0]);
  self->receiver = join (self, self->worlds[1]);
  pid = g_subprocess_get_identifier (self->server->process);
  if (clock_getcpuclockid ((pid_t) g_ascii_strtoll (pid, NULL, 10), &self->clock) != 0)
    g_error ("The server's time cannot be read");

  return self;
}

static void
company_free (Company *self)
{
  bench_laptop_free (self->sender);
  bench_laptop_free (self->receiver);
  bench_world_free (self->worlds[0]);
  bench_world_free (self->worlds[1]);
  bench_server_free (self->server);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Company, company_free)

static double
read_clock (clockid_t clock)
{
  struct timespec time;

  if (clock_gettime (clock, &time) != 0)
    g_error ("A process' time cannot be read");

  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

/* Milliseconds that a change took, and those that processors were at it. */
typedef struct
{
  GArray *times;
  GArray *costs;
} Figures;

static void
figures_clear (Figures *self)
{
  g_clear_pointer (&self->times, g_array_unref);
  g_clear_pointer (&self->costs, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Figures, figures_clear)

/* As people type: what came before has settled. */
static void
settle (Company *self)
{
  while (crm_sync_get_state (self->sender->sync) != CRM_SYNC_IN_STEP ||
         crm_sync_get_pending (self->sender->sync) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_usleep (60000);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* From the commit here until the other store tells of it. */
static void
follow (Company *self, guint i, Figures *figures)
{
  const char *id = g_ptr_array_index (self->server->people, i % self->server->people->len);
  g_autofree char *value = g_strdup_printf ("Notitie %u", i);
  const double cost = read_clock (CLOCK_PROCESS_CPUTIME_ID) + read_clock (self->clock);
  const double started = read_clock (CLOCK_MONOTONIC);
  double passed;

  self->receiver->awaited = id;
  bench_laptop_set (self->sender, id, "note", value);
  bench_laptop_await (self->receiver, id);
  passed = read_clock (CLOCK_MONOTONIC) - started;
  settle (self);
  if (i < WARM)
    return;

  g_array_append_val (figures->times, passed);
  passed = read_clock (CLOCK_PROCESS_CPUTIME_ID) + read_clock (self->clock) - cost;
  g_array_append_val (figures->costs, passed);
}

static Figures
figures_new (void)
{
  return (Figures) { g_array_new (FALSE, FALSE, sizeof (double)),
                     g_array_new (FALSE, FALSE, sizeof (double)) };
}

/* In turn, now the one first and now the other, so that what else the machine does meets both. */
static void
measure (Company *large, Company *small)
{
  g_auto (Figures) large_figures = figures_new ();
  g_auto (Figures) small_figures = figures_new ();

  for (guint i = 0; i < WARM + CHANGES; i++)
    {
      if (i % 2 == 0)
        follow (small, i, &small_figures);
      follow (large, i, &large_figures);
      if (i % 2 == 1)
        follow (small, i, &small_figures);
    }

  bench_report_goal ("a change on another screen, p95",
                     bench_percentile (large_figures.times, 0.95),
                     50,
                     "ms");
  bench_report_goal ("a change on another screen, slowest",
                     bench_percentile (large_figures.times, 1),
                     300,
                     "ms");
  bench_report_gate ("its cost in a large company / a small one",
                     bench_percentile (large_figures.costs, 0.5),
                     bench_percentile (small_figures.costs, 0.5),
                     1.2,
                     "ms");
}

int
main (int argc, char *argv[])
{
  const guint n = bench_get_n_relations (RELATIONS);
  g_autoptr (Company) large = company_new (n);
  g_autoptr (Company) small = company_new (SMALL);
  g_autofree char *work = g_strdup_printf ("first load of %u relations", n);

  bench_report_goal (work, large->load, n / 10.0, "ms");
  bench_laptop_watch (large->sender);
  bench_laptop_watch (large->receiver);
  bench_laptop_watch (small->sender);
  bench_laptop_watch (small->receiver);
  measure (large, small);

  return bench_finish ();
}
