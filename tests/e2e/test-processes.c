/*
 * The window open while other processes work on the same replica.
 */
#include "crm-e2e.h"

#include "app/crm-open-error-page.h"
#include "crm-cli-fixture.h"
#include "ui/start/crm-start-page.h"

#include <signal.h>
#include <string.h>

#define N_IMPORTED 20000

static gboolean
sees (CrmE2e *e2e, GType type)
{
  return crm_ui_test_find_type (e2e->window, type) != NULL;
}

static void
follow (CrmE2e *e2e, gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *id = NULL;

  crm_ui_test_wait_until (sees (e2e, CRM_TYPE_START_PAGE));
  id = crm_cli_make (fixture, "person", "surname=Vries");
  crm_ui_test_wait_until (!sees (e2e, CRM_TYPE_START_PAGE));
  crm_e2e_wait_for (e2e, "Vries");
  g_assert_true (crm_e2e_shows (e2e, "1 relation"));

  gtk_widget_activate_action (e2e->window, "win.open-record", "s", id);
  crm_e2e_wait_for (e2e, "What Happened?");
  crm_cli_run_args (fixture, "set", id, "function=Inkoper", "--why", "zei hij", NULL);
  crm_cli_assert_done (fixture);
  crm_e2e_wait_for (e2e, "Function: Inkoper");

  crm_cli_run_args (fixture, "delete", id, NULL);
  crm_cli_assert_done (fixture);
  crm_e2e_wait_for (e2e, "No Relations Yet");
}

/* What crm-cli writes is seen at once: the greeting goes, rows come, change and go. */
static void
test_follows (Fixture *fixture, gconstpointer unused)
{
  crm_e2e_run (fixture->dir, "key", follow, fixture);
}

static char *
write_table (Fixture *fixture)
{
  g_autoptr (GString) text = g_string_new ("Nummer;Voornaam;Achternaam;Plaats\n");

  for (guint i = 0; i < N_IMPORTED; i++)
    g_string_append_printf (text, "K%u;Jan;Jong%u;Ede\n", i, i);
  crm_cli_write (fixture, "big.csv", text->str);

  return crm_cli_path (fixture, "big.csv");
}

static void
kill_now (GSubprocess *process)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_force_exit (process);
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  g_assert_no_error (error);
  /* It had not come to its end. */
  g_assert_true (g_subprocess_get_if_signaled (process));
  g_assert_cmpint (g_subprocess_get_term_sig (process), ==, SIGKILL);
}

static void
kill_import (CrmE2e *e2e, gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *table = write_table (fixture);
  g_autoptr (GSubprocess) import = NULL;

  crm_e2e_wait_for (e2e, "1 relation");
  import = crm_cli_start (fixture, "import", table, NULL);
  crm_ui_test_wait_until (crm_e2e_shows_part (e2e, " relations"));
  kill_now (import);

  /* The next program that opens the replica takes the half of it back; the window follows. */
  crm_cli_run_args (fixture, "check", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  crm_e2e_wait_for (e2e, "1 relation");
  g_assert_true (crm_e2e_shows (e2e, "Vries"));
}

/* Killed in the midst of an import: the window goes on, and nothing half done is left. */
static void
test_killed_import (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = crm_cli_make (fixture, "person", "surname=Vries");

  crm_e2e_run (fixture->dir, "key", kill_import, fixture);
  g_assert_cmpuint (crm_cli_count (fixture, "person"), ==, 1);
}

static void
be_refused (CrmE2e *e2e, gpointer data)
{
  crm_e2e_wait_for (e2e, "The Relations Are Locked");
  g_assert_true (sees (e2e, CRM_TYPE_OPEN_ERROR_PAGE));
  g_assert_null (crm_window_get_store (CRM_WINDOW (e2e->window)));
  g_assert_false (crm_e2e_shows (e2e, "Vries"));
}

static void
be_let_in (CrmE2e *e2e, gpointer data)
{
  crm_e2e_wait_for (e2e, "Vries");
}

static void
write_wrong_key (Fixture *fixture)
{
  g_autofree char *wrong = g_strnfill (64, 'a');

  crm_cli_write (fixture, "other.key", wrong);
}

/* A page says what is wrong, and nothing happens to the replica. */
static void
test_wrong_key (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = crm_cli_make (fixture, "person", "surname=Vries");

  write_wrong_key (fixture);
  crm_e2e_run (fixture->dir, "other.key", be_refused, NULL);
  crm_e2e_run (fixture->dir, "key", be_let_in, NULL);
}

static void
mend_and_try_again (CrmE2e *e2e, gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *key = crm_cli_path (fixture, "key");
  g_autofree char *right = NULL;

  crm_e2e_wait_for (e2e, "The Relations Are Locked");
  g_assert_true (g_file_get_contents (key, &right, NULL, NULL));
  crm_cli_write (fixture, "other.key", right);
  g_assert_true (gtk_widget_activate (crm_ui_test_find_named (e2e->window, "Try Again")));
  crm_e2e_wait_for (e2e, "Vries");
}

static void
test_try_again (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = crm_cli_make (fixture, "person", "surname=Vries");

  write_wrong_key (fixture);
  crm_e2e_run (fixture->dir, "other.key", mend_and_try_again, fixture);
}

static void
add (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, crm_cli_set_up, func, crm_cli_tear_down);
}

int
main (int argc, char **argv)
{
  crm_cli_fixture_init (&argc, &argv);
  crm_ui_test_init (&argc, &argv);

  add ("/e2e/processes/follows", test_follows);
  add ("/e2e/processes/killed-import", test_killed_import);
  add ("/e2e/processes/wrong-key", test_wrong_key);
  add ("/e2e/processes/try-again", test_try_again);

  return g_test_run ();
}
