/*
 * From the start of a process to its first frame that shows the list, with many relations, against
 * a bare AdwApplicationWindow. Each start is a process of its own: this program, with an argument.
 */

#include "bench.h"

#include "app/crm-application.h"
#include "store/query/crm-list-row.h"
#include "ui/relations/crm-relations-page.h"

#include <stdlib.h>
#include <unistd.h>

#define RELATIONS 100000
#define RUNS      7

typedef gboolean (*ShownFunc) (GtkWidget *window);

static gboolean
is_shown (GtkWidget *window)
{
  return TRUE;
}

static GtkWidget *
find_page (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (CRM_IS_RELATIONS_PAGE (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_page (child);

  return found;
}

static gboolean
is_list_shown (GtkWidget *window)
{
  GtkWidget *page = find_page (window);
  GListModel *list;
  g_autoptr (CrmListRow) row = NULL;

  if (page == NULL)
    return FALSE;

  list = G_LIST_MODEL (crm_relations_page_get_selection (CRM_RELATIONS_PAGE (page)));
  row = g_list_model_get_item (list, 0);

  return row != NULL && crm_list_row_get_record (row) != NULL;
}

/* What was there when a frame was begun is painted when the next one is done. */
static void
painted_cb (GdkFrameClock *clock, GtkWidget *window)
{
  ShownFunc is_ready = (ShownFunc) g_object_get_data (G_OBJECT (window), "is-ready");

  if (g_object_get_data (G_OBJECT (window), "ready") != NULL)
    _exit (0);
  if (is_ready (window))
    g_object_set_data (G_OBJECT (window), "ready", window);
  gtk_widget_queue_draw (window);
}

static void
realize_cb (GtkWidget *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (window),
                    "after-paint",
                    G_CALLBACK (painted_cb),
                    window);
}

static void
window_added_cb (GtkApplication *application, GtkWindow *window, gpointer is_ready)
{
  g_object_set_data (G_OBJECT (window), "is-ready", is_ready);
  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    realize_cb (GTK_WIDGET (window));
  else
    g_signal_connect (window, "realize", G_CALLBACK (realize_cb), NULL);
}

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);

  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), gtk_label_new ("CRM"));
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 720);
  gtk_window_present (GTK_WINDOW (window));
}

/* Of the same program with the same libraries, so that only what it does differs. */
static int
run_bare (void)
{
  g_autoptr (AdwApplication) application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), is_shown);

  return g_application_run (G_APPLICATION (application), 0, NULL);
}

static int
run_app (int argc, char *argv[])
{
  g_autoptr (CrmApplication) application = crm_application_new ();

  g_application_set_flags (G_APPLICATION (application),
                           G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), is_list_shown);

  return g_application_run (G_APPLICATION (application), argc, argv);
}

static void
start (gpointer data)
{
  char **command = data;
  GError *error = NULL;
  int status;

  g_spawn_sync (NULL, command, NULL, 0, NULL, NULL, NULL, NULL, &status, &error);
  bench_check (error);
  g_spawn_check_wait_status (status, &error);
  bench_check (error);
}

static void
compare (BenchWorld *world, const char *program, guint n)
{
  g_autofree char *key_file = g_build_filename (world->dir, "key", NULL);
  const char *const bare[] = { program, "bare", NULL };
  const char *const app[] = { program, "--data", world->dir, "--key-file", key_file, NULL };
  g_autofree char *work = g_strdup_printf ("start to list painted, %u / bare window", n);
  g_autoptr (GArray) ours = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) limits = g_array_new (FALSE, FALSE, sizeof (double));
  GError *error = NULL;

  crm_key_save (world->key, key_file, &error);
  bench_check (error);
  /* The first of each fills the caches of the system. */
  for (guint i = 0; i <= RUNS; i++)
    {
      double limit = bench_time (start, (gpointer) bare);
      double time = bench_time (start, (gpointer) app);

      if (i == 0)
        continue;
      g_array_append_val (limits, limit);
      g_array_append_val (ours, time);
    }

  bench_report_gate (work, bench_percentile (ours, 0.5), bench_percentile (limits, 0.5), 1.5, "ms");
}

int
main (int argc, char *argv[])
{
  guint n = bench_get_n_relations (RELATIONS);
  g_autoptr (BenchWorld) world = NULL;

  if (argc == 2 && g_str_equal (argv[1], "bare"))
    return run_bare ();
  if (argc > 1)
    return run_app (argc, argv);

  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("ADW_DISABLE_PORTAL", "1", TRUE);
  g_setenv ("GDK_DEBUG", "no-portals", TRUE);
  world = bench_world_new (n);
  g_clear_object (&world->replica);
  compare (world, argv[0], n);

  return bench_finish ();
}
