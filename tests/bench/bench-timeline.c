/*
 * The page of a relation with ten thousand things in its timeline: how long it takes to open, and
 * how long a round of the main loop works while somebody scrolls all the way through.
 */

#include "bench.h"

#include "store/crm-store.h"
#include "ui/crm-ui-init.h"
#include "ui/record/crm-relation-page.h"

#include <adwaita.h>
#include <time.h>

#define ENTRIES 10000
#define A_SET   500
#define STEP    300 /* pixels a frame, as a wheel that is turned fast */
#define FRAMES  600

/* Milliseconds of this thread's own work a round, which other programs do not lengthen. */
static GArray *works;
static double worked;

static double
get_worked (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

static int
poll_cb (GPollFD *fds, guint n_fds, int timeout)
{
  const double work = get_worked () - worked;
  int n;

  if (worked > 0)
    g_array_append_val (works, work);
  n = g_poll (fds, n_fds, timeout);
  worked = get_worked ();

  return n;
}

/* Calls that were logged over years, several a day. */
static char *
fill (BenchWorld *world)
{
  CrmModel *model = crm_replica_get_model (world->replica);
  const CrmKind *kind = crm_model_find_kind (model, "activity");
  g_autoptr (CrmQuery) query = crm_query_new ("person");
  g_autoptr (GPtrArray) people = NULL;
  GError *error = NULL;

  people = crm_replica_list (world->replica, query, 1, NULL, &error);
  bench_check (error);
  for (guint done = 0; done < ENTRIES;)
    {
      g_autoptr (CrmChangeSet) set = crm_change_set_new ("import");

      for (guint i = 0; i < A_SET; i++, done++)
        {
          g_autoptr (CrmRecord) call = crm_record_new (kind, NULL);
          g_autofree char *at = g_strdup_printf ("%04u-%02u-%02uT09:00:00Z",
                                                 2000 + done / 600,
                                                 1 + done / 50 % 12,
                                                 1 + done % 28);

          crm_record_set (call, "type", "call");
          crm_record_set (call, "subject", "Gebeld over de offerte");
          crm_record_set (call, "done", at);
          crm_record_set (call, "relation", crm_record_get_id (people->pdata[0]));
          crm_change_set_put (set, call);
        }
      crm_replica_apply (world->replica, set, NULL, &error);
      bench_check (error);
    }

  return g_strdup (crm_record_get_id (people->pdata[0]));
}

static GtkWidget *
find_scrolled (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_SCROLLED_WINDOW (widget) && gtk_widget_get_mapped (widget) ? widget
                                                                                       : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_scrolled (child);

  return found;
}

static GtkAdjustment *
wait_for_page (GtkWidget *window)
{
  GtkWidget *scrolled = NULL;

  while ((scrolled = find_scrolled (window)) == NULL ||
         gtk_adjustment_get_upper (
             gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled))) < 1000)
    g_main_context_iteration (NULL, TRUE);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
}

static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  guint *left = data;
  GtkWidget *scrolled = find_scrolled (widget);
  GtkAdjustment *scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));

  gtk_adjustment_set_value (scroll, gtk_adjustment_get_value (scroll) + STEP);

  return --*left > 0;
}

static void
open_page (GtkWidget *window, CrmStore *store, const char *id)
{
  GtkWidget *view = adw_navigation_view_new ();

  adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), crm_relation_page_new (store, id));
  adw_window_set_content (ADW_WINDOW (window), view);
  wait_for_page (window);
}

static void
measure (GtkWidget *window, CrmStore *store, const char *id)
{
  gint64 start;
  guint left = FRAMES;

  /* Once before, as in a program that runs: GTK reads styles and fonts the first time. */
  open_page (window, store, id);
  start = g_get_monotonic_time ();
  open_page (window, store, id);
  bench_report_goal ("open a relation with 10,000 entries",
                     (double) (g_get_monotonic_time () - start) / 1e3,
                     100,
                     "ms");

  gtk_widget_add_tick_callback (window, scroll_cb, &left, NULL);
  while (left > FRAMES - 10)
    g_main_context_iteration (NULL, TRUE);
  g_array_set_size (works, 0);
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);
  bench_report_goal ("work of a round while it scrolls, p99",
                     bench_percentile (works, 0.99),
                     16,
                     "ms");
  bench_report_goal ("work of a round while it scrolls, longest",
                     bench_percentile (works, 1),
                     16,
                     "ms");
}

int
main (void)
{
  g_autoptr (BenchWorld) world = NULL;
  g_autoptr (CrmStore) store = NULL;
  g_autofree char *id = NULL;
  GtkWidget *window;
  GError *error = NULL;

  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("ADW_DISABLE_PORTAL", "1", TRUE);
  g_setenv ("GDK_DEBUG", "no-portals", TRUE);
  world = bench_world_new (100);
  id = fill (world);
  g_clear_object (&world->replica);
  store = crm_store_open (world->dir, world->key, NULL, FALSE, &error);
  bench_check (error);
  works = g_array_new (FALSE, FALSE, sizeof (double));
  gtk_init ();
  crm_ui_init ();

  window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 800);
  gtk_window_present (GTK_WINDOW (window));
  g_main_context_set_poll_func (NULL, poll_cb);
  measure (window, store, id);
  gtk_window_destroy (GTK_WINDOW (window));
  g_array_unref (works);

  return bench_finish ();
}
