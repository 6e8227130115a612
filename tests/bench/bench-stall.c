/*
 * How long the main loop is kept from its sources while an import goes into the company that the
 * window shows, against what the same window takes to fill itself when it opens.
 */

#include "bench-rows.h"

#include "exchange/crm-import.h"
#include "store/crm-store.h"
#include "ui/crm-ui-init.h"
#include "ui/shell/crm-window.h"

#include <time.h>

#define RELATIONS 100000
#define ROWS      30000

/* Milliseconds of each round of the loop: by the clock, and of this thread's own work, which other
 * programs on the machine do not lengthen. */
static GArray *rounds;
static GArray *works;
static double since;
static double worked;

static double
get_worked (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

static double
get_now (void)
{
  return (double) g_get_monotonic_time () / 1e3;
}

/* What GLib calls between two rounds: what lies between two calls is one round. */

static int
poll_cb (GPollFD *fds, guint n_fds, int timeout)
{
  const double round = get_now () - since;
  const double work = get_worked () - worked;
  int n;

  if (since > 0)
    {
      g_array_append_val (rounds, round);
      g_array_append_val (works, work);
    }
  n = g_poll (fds, n_fds, timeout);
  since = get_now ();
  worked = get_worked ();

  return n;
}

static void
run_until (gboolean *done)
{
  since = 0;
  g_array_set_size (rounds, 0);
  g_array_set_size (works, 0);
  while (!*done)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
set_cb (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
wait_for (guint milliseconds)
{
  gboolean done = FALSE;

  g_timeout_add (milliseconds, set_cb, &done);
  run_until (&done);
}

static gpointer
import_on_writer (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmImportPlan)
      plan = crm_import_plan_new (crm_replica_get_model (replica), data, NULL, cancellable, error);

  return plan != NULL ? crm_import_run (replica, plan, 0, NULL, cancellable, error) : NULL;
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  g_autoptr (CrmImportResult) done = crm_store_run_finish (CRM_STORE (source), result, &error);

  bench_check (error);
  g_assert (done->n_new == ROWS);
  *(gboolean *) data = TRUE;
}

static CrmStore *
open_store (BenchWorld *world)
{
  GError *error = NULL;
  CrmStore *store;

  g_clear_object (&world->replica);
  store = crm_store_open (world->dir, world->key, NULL, FALSE, &error);
  bench_check (error);

  return store;
}

static void
measure (BenchWorld *world, GtkWidget *window)
{
  g_autoptr (CrmStore) store = open_store (world);
  g_autoptr (GFile) file = bench_rows_write (world->dir, ROWS);
  gboolean done = FALSE;
  double limit;

  crm_window_set_store (CRM_WINDOW (window), store);
  gtk_window_present (GTK_WINDOW (window));
  wait_for (3000);
  limit = bench_percentile (works, 1);

  crm_store_run_async (store,
                       CRM_STORE_BULK,
                       import_on_writer,
                       g_steal_pointer (&file),
                       g_object_unref,
                       (GDestroyNotify) crm_import_result_free,
                       NULL,
                       imported_cb,
                       &done);
  run_until (&done);
  bench_report_goal ("longest round while importing 30,000",
                     bench_percentile (rounds, 1),
                     16,
                     "ms");
  bench_report_gate ("its work / that of opening the window",
                     bench_percentile (works, 1),
                     limit,
                     1,
                     "ms");
}

int
main (void)
{
  g_autoptr (BenchWorld) world = NULL;
  g_autoptr (AdwApplication) application = NULL;
  GtkWidget *window;
  GError *error = NULL;

  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("ADW_DISABLE_PORTAL", "1", TRUE);
  g_setenv ("GDK_DEBUG", "no-portals", TRUE);
  world = bench_world_new (bench_get_n_relations (RELATIONS));
  rounds = g_array_new (FALSE, FALSE, sizeof (double));
  works = g_array_new (FALSE, FALSE, sizeof (double));
  application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  bench_check (error);
  crm_ui_init ();

  window = crm_window_new (GTK_APPLICATION (application));
  g_main_context_set_poll_func (NULL, poll_cb);
  measure (world, window);
  gtk_window_destroy (GTK_WINDOW (window));
  wait_for (100);
  g_array_unref (rounds);
  g_array_unref (works);

  return bench_finish ();
}
