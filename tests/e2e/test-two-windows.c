/*
 * Two windows of two people, each the whole application in a process of its own with a replica of
 * its own, and crm-server: they follow each other live, and what one is typing stays his.
 *
 * This program is all of them: started with "--window DIR" it opens the replica there and does what
 * it reads on its standard input, a line at a time, answering each.
 */
#include "crm-e2e.h"
#include "crm-sync-world.h"
#include "ui/record/crm-record-dialog.h"

#include <gio/gunixinputstream.h>

#include <stdio.h>
#include <string.h>

#define DONE "done"

/* ---- A window ---- */

static gboolean
is_in_step (CrmE2e *e2e)
{
  CrmSync *sync = crm_window_get_sync (CRM_WINDOW (e2e->window));

  return sync != NULL && crm_sync_get_state (sync) == CRM_SYNC_IN_STEP &&
         crm_sync_get_pending (sync) == 0;
}

static GtkWidget *
find_row (GtkWidget *root, const char *title)
{
  GtkWidget *found = NULL;

  if (ADW_IS_ENTRY_ROW (root) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, title);

  return found;
}

/* @pair: "Town=Goor" */
static gboolean
row_has (CrmE2e *e2e, const char *pair)
{
  g_auto (GStrv) words = g_strsplit (pair, "=", 2);
  GtkWidget *row = find_row (e2e->window, words[0]);

  return row != NULL && g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (row)), words[1]) == 0;
}

static void
fill_row (CrmE2e *e2e, const char *pair)
{
  g_auto (GStrv) words = g_strsplit (pair, "=", 2);

  crm_ui_test_wait_until (find_row (e2e->window, words[0]) != NULL);
  gtk_editable_set_text (GTK_EDITABLE (find_row (e2e->window, words[0])), words[1]);
}

static void
save (CrmE2e *e2e)
{
  crm_e2e_act (e2e, CRM_TYPE_RECORD_DIALOG, "record.save", NULL);
  crm_ui_test_wait_until (crm_ui_test_find_type (e2e->window, CRM_TYPE_RECORD_DIALOG) == NULL);
}

static void
obey (CrmE2e *e2e, const char *verb, const char *object)
{
  if (g_str_equal (verb, "shows"))
    crm_ui_test_wait_until (crm_e2e_shows_part (e2e, object));
  else if (g_str_equal (verb, "row"))
    crm_ui_test_wait_until (row_has (e2e, object));
  else if (g_str_equal (verb, "in-step"))
    crm_ui_test_wait_until (is_in_step (e2e));
  else if (g_str_equal (verb, "open"))
    gtk_widget_activate_action (e2e->window, "win.open-record", "s", object);
  else if (g_str_equal (verb, "edit"))
    gtk_widget_activate_action (e2e->window, "win.edit-record", "s", object);
  else if (g_str_equal (verb, "type"))
    fill_row (e2e, object);
  else if (g_str_equal (verb, "save"))
    save (e2e);
  else
    g_error ("There is no “%s”", verb);
}

typedef struct
{
  char *line;
  gboolean done;
} Reading;

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;

  reading->line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source),
                                                             result,
                                                             NULL,
                                                             NULL);
  reading->done = TRUE;
}

/* Lives on while nobody asks anything of it. */
static char *
read_line (GDataInputStream *stream)
{
  Reading reading = { NULL, FALSE };

  g_data_input_stream_read_line_async (stream, G_PRIORITY_DEFAULT, NULL, read_cb, &reading);
  while (!reading.done)
    g_main_context_iteration (NULL, TRUE);

  return reading.line;
}

static void
live (CrmE2e *e2e, gpointer unused)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) stream = g_data_input_stream_new (input);
  char *line;

  while ((line = read_line (stream)) != NULL)
    {
      g_auto (GStrv) words = g_strsplit (line, " ", 2);

      g_free (line);
      obey (e2e, words[0], words[1]);
      printf (DONE "\n");
      fflush (stdout);
    }
}

static int
run_window (int argc, char **argv)
{
  const char *dir = argv[2];

  argc = 1;
  crm_ui_test_init (&argc, &argv);
  crm_e2e_run (dir, "key", live, NULL);

  return 0;
}

/* ---- Two of them ---- */

typedef struct
{
  GSubprocess *process;
  GOutputStream *input;
  GDataInputStream *output;
} Window;

static void
window_open (Window *self, Fixture *laptop)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError) error = NULL;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                    &error,
                                    program,
                                    "--window",
                                    laptop->dir,
                                    NULL);
  g_assert_no_error (error);
  self->input = g_subprocess_get_stdin_pipe (self->process);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
}

/* What the test library says comes in between. */
static void
wait_until_done (Window *self)
{
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;

  while (g_strcmp0 (line, DONE) != 0)
    {
      g_free (line);
      line = g_data_input_stream_read_line (self->output, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_nonnull (line);
    }
}

/* Returns when it is done, or seen. */
static void
tell (Window *self, const char *verb, const char *object)
{
  g_autofree char *line = g_strdup_printf ("%s %s\n", verb, object != NULL ? object : "");
  g_autoptr (GError) error = NULL;

  g_test_message ("%s: %s", g_subprocess_get_identifier (self->process), line);
  g_output_stream_write_all (self->input, line, strlen (line), NULL, NULL, &error);
  g_assert_no_error (error);
  wait_until_done (self);
}

static void
window_close (Window *self)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_close (self->input, NULL, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (self->process, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (self->output);
  g_object_unref (self->process);
}

static void
change (Window *self, const char *id, const char *pair)
{
  tell (self, "edit", id);
  tell (self, "type", pair);
  tell (self, "save", NULL);
}

static char *
share (CrmSyncWorld *world)
{
  char *id = crm_cli_make (&world->one, "person", "surname=Vries");

  crm_sync_world_set (&world->one, id, "city=Ede", NULL);
  crm_sync_world_set (&world->one, id, "function=Inkoper", NULL);
  crm_sync_world_sync_both (world);

  return id;
}

static void
test_follow (CrmSyncWorld *world, gconstpointer unused)
{
  g_autofree char *id = share (world);
  Window anna;
  Window bob;

  window_open (&anna, &world->one);
  window_open (&bob, &world->two);
  tell (&anna, "shows", "Vries");
  tell (&bob, "shows", "Vries");
  tell (&anna, "in-step", NULL);
  tell (&bob, "in-step", NULL);

  /* In the list, and on the page that is open, both ways. */
  change (&anna, id, "Surname=Zomer");
  tell (&bob, "shows", "Zomer");
  tell (&bob, "open", id);
  tell (&bob, "shows", "Inkoper");
  change (&anna, id, "Function=Directeur");
  tell (&bob, "shows", "Directeur");
  tell (&anna, "open", id);
  change (&bob, id, "Function=Planner");
  tell (&anna, "shows", "Planner");

  /* Bob types, and has not saved it when Anna changes another field, and then the same one. */
  tell (&bob, "edit", id);
  tell (&bob, "row", "Town=Ede");
  tell (&bob, "type", "Town=Goor");
  change (&anna, id, "Function=Voorzitter");
  tell (&bob, "row", "Function=Voorzitter");
  tell (&bob, "row", "Town=Goor");
  change (&anna, id, "Town=Delden");
  tell (&bob, "shows", "Changed elsewhere meanwhile to “Delden”");
  tell (&bob, "row", "Town=Goor");
  /* He was told, so what he saves is no conflict. */
  tell (&bob, "save", NULL);
  tell (&anna, "shows", "Goor");
  tell (&anna, "in-step", NULL);
  tell (&bob, "in-step", NULL);

  window_close (&anna);
  window_close (&bob);
  crm_sync_world_assert_equal (world, "person");
  crm_sync_world_assert (&world->one, id, "city", "Goor");
  crm_sync_world_assert (&world->one, id, "function", "Voorzitter");
  g_assert_cmpint (crm_sync_world_get_count (&world->one, "conflicts"), ==, 0);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--window"))
    return run_window (argc, argv);

  crm_sync_world_init (&argc, &argv);
  crm_ui_test_init (&argc, &argv);

  g_test_add ("/e2e/two-windows/follow",
              CrmSyncWorld,
              NULL,
              crm_sync_world_set_up,
              test_follow,
              crm_sync_world_tear_down);

  return g_test_run ();
}
