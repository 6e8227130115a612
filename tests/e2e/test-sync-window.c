/*
 * A window of one laptop, crm-cli of another and crm-server, each a process of its own: what one
 * does is seen at the other, and what they did at the same time is decided in the Inbox.
 */
#include "crm-e2e.h"
#include "crm-sync-world.h"
#include "crm-ui-test-records.h"
#include "ui/record/crm-relation-page.h"
#include "ui/shell/crm-sidebar.h"
#include "ui/start/crm-start-page.h"
#include "ui/sync/crm-conflict-card.h"
#include "ui/sync/crm-connect-dialog.h"
#include "ui/sync/crm-inbox-page.h"

#include <signal.h>
#include <string.h>

typedef struct
{
  CrmSyncWorld *world;
  const char *id;
} Scene;

static CrmSync *
get_sync (CrmE2e *e2e)
{
  return crm_window_get_sync (CRM_WINDOW (e2e->window));
}

static gboolean
is_in_step (CrmE2e *e2e)
{
  CrmSync *sync = get_sync (e2e);

  return sync != NULL && crm_sync_get_state (sync) == CRM_SYNC_IN_STEP &&
         crm_sync_get_pending (sync) == 0;
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
open_relation (CrmE2e *e2e, const char *id)
{
  gtk_widget_activate_action (e2e->window, "win.open-record", "s", id);
  crm_e2e_wait_for (e2e, "What Happened?");
}

/* Sets a field as people do in a window, and waits until it is written. */
static void
edit (CrmE2e *e2e, const char *id, const char *field, const char *value)
{
  crm_ui_test_set (crm_window_get_store (CRM_WINDOW (e2e->window)), id, field, value);
}

/* The window sends when it likes, so the other one looks more than once. */
static gboolean
arrives (Fixture *other, const char *id, const char *field, const char *value)
{
  g_autofree char *found = NULL;

  /* The other program holds this one's loop up. */
  crm_ui_test_settle (300);
  crm_sync_world_sync (other);
  found = crm_sync_world_get (other, id, field);

  return g_strcmp0 (found, value) == 0;
}

static void
follow (CrmE2e *e2e, gpointer data)
{
  Scene *scene = data;
  Fixture *other = &scene->world->two;

  crm_e2e_wait_for (e2e, "Vries");
  crm_ui_test_wait_until (is_in_step (e2e));
  g_assert_true (crm_e2e_shows_part (e2e, "In step"));
  open_relation (e2e, scene->id);
  g_assert_true (crm_e2e_shows (e2e, "Inkoper"));

  /* Of the other laptop, without a touch. */
  crm_sync_world_set (other, scene->id, "function=Directeur", "zei hij");
  crm_sync_world_sync (other);
  crm_e2e_wait_for (e2e, "Directeur");
  crm_ui_test_wait_until (crm_e2e_shows_part (e2e, "zei hij"));

  /* And back. */
  edit (e2e, scene->id, "function", "Voorzitter");
  crm_ui_test_wait_until (arrives (other, scene->id, "function", "Voorzitter"));
}

static void
test_follows (CrmSyncWorld *world, gconstpointer unused)
{
  g_autofree char *id = share (world);
  Scene scene = { world, id };

  crm_e2e_run (world->one.dir, "key", follow, &scene);
}

/* A first load brought no history, so the page asks for it. */
static void
look_back (CrmE2e *e2e, gpointer data)
{
  Scene *scene = data;

  crm_e2e_wait_for (e2e, "Vries");
  crm_ui_test_wait_until (is_in_step (e2e));
  open_relation (e2e, scene->id);
  crm_ui_test_wait_until (crm_e2e_shows_part (e2e, "naar het station"));
}

static void
test_looks_back (CrmSyncWorld *world, gconstpointer unused)
{
  g_autofree char *id = crm_cli_make (&world->one, "person", "surname=Vries");
  Scene scene = { world, id };

  crm_sync_world_set (&world->one, id, "city=Ede", "naar het station");
  crm_sync_world_sync_both (world);
  crm_e2e_run (world->two.dir, "key", look_back, &scene);
}

static void
press (CrmE2e *e2e, const char *action, const char *id)
{
  g_autoptr (GVariant) parameter = g_variant_ref_sink (g_variant_new_string (id));

  crm_e2e_act (e2e, CRM_TYPE_INBOX_PAGE, action, parameter);
}

/* The window is paused meanwhile, as on a train. */
static void
make_conflict (CrmE2e *e2e, Scene *scene)
{
  crm_e2e_wait_for (e2e, "Vries");
  crm_ui_test_wait_until (is_in_step (e2e));
  gtk_widget_activate_action (e2e->window, "sync.pause", NULL);
  edit (e2e, scene->id, "city", "Goor aan de Regge");
  crm_ui_test_wait_until (crm_e2e_shows_part (e2e, "1 change waits"));
  crm_sync_world_set (&scene->world->two, scene->id, "city=Ede aan de Rijn", "brief");
  crm_sync_world_sync (&scene->world->two);
  gtk_widget_activate_action (e2e->window, "sync.pause", NULL);
  crm_ui_test_wait_until (crm_sync_get_conflicts (get_sync (e2e)) == 1);
}

static const char *
get_card (CrmE2e *e2e)
{
  GtkWidget *card = crm_ui_test_find_type (e2e->window, CRM_TYPE_CONFLICT_CARD);

  return card != NULL ? crm_conflict_card_get_id (CRM_CONFLICT_CARD (card)) : NULL;
}

static void
decide (CrmE2e *e2e, gpointer data)
{
  Scene *scene = data;
  Fixture *other = &scene->world->two;

  make_conflict (e2e, scene);
  /* What was typed stepped back, and that is told. */
  crm_ui_test_wait_until (g_strcmp0 (crm_ui_test_get_toast (e2e->window),
                                     "City of Vries is “Ede aan de Rijn” again") == 0 ||
                          g_strcmp0 (crm_ui_test_get_toast (e2e->window),
                                     "Town of Vries is “Ede aan de Rijn” again") == 0);
  g_assert_true (crm_e2e_shows_part (e2e, "Needs you · 1 conflict"));

  gtk_widget_activate_action (e2e->window, "win.show", "s", "inbox");
  crm_e2e_wait_for (e2e, "Goor aan de Regge");
  g_assert_true (crm_e2e_shows (e2e, "Ede aan de Rijn"));
  g_assert_true (crm_e2e_shows (e2e, "Ede"));
  g_assert_true (crm_e2e_shows_part (e2e, "bob"));
  g_assert_true (crm_e2e_shows_part (e2e, "brief"));
  crm_ui_test_check_names (e2e->window);
  crm_ui_test_keep_picture (e2e->window, "inbox");

  press (e2e, "inbox.mine", get_card (e2e));
  crm_e2e_wait_for (e2e, "Nothing Needs You");
  crm_ui_test_wait_until (arrives (other, scene->id, "city", "Goor aan de Regge"));
  g_assert_cmpint (crm_sync_world_get_count (other, "conflicts"), ==, 0);

  /* Undo makes it a question again, here and there. */
  gtk_widget_activate_action (e2e->window, "win.undo", NULL);
  crm_e2e_wait_for (e2e, "Ede aan de Rijn");
  crm_ui_test_wait_until (arrives (other, scene->id, "city", "Ede aan de Rijn"));
  g_assert_cmpint (crm_sync_world_get_count (other, "conflicts"), ==, 1);

  press (e2e, "inbox.theirs", get_card (e2e));
  crm_e2e_wait_for (e2e, "Nothing Needs You");
}

static void
test_decides (CrmSyncWorld *world, gconstpointer unused)
{
  g_autofree char *id = share (world);
  Scene scene = { world, id };

  crm_e2e_run (world->one.dir, "key", decide, &scene);
  crm_sync_world_sync_both (world);
  crm_sync_world_assert_equal (world, "person");
}

/* The server goes and comes back: a line says so, nothing else does, and nothing is lost. */
static void
lose_server (CrmE2e *e2e, gpointer data)
{
  Scene *scene = data;

  crm_e2e_wait_for (e2e, "Vries");
  crm_ui_test_wait_until (is_in_step (e2e));
  crm_server_process_stop (&scene->world->server, SIGTERM);
  edit (e2e, scene->id, "city", "Goor");
  crm_ui_test_wait_until (crm_e2e_shows_part (e2e, "1 change waits"));
  crm_ui_test_wait_until (crm_sync_get_state (get_sync (e2e)) != CRM_SYNC_IN_STEP &&
                          crm_sync_get_state (get_sync (e2e)) != CRM_SYNC_WORKING);
  g_assert_null (crm_ui_test_find_type (e2e->window, ADW_TYPE_DIALOG));

  crm_sync_world_start_server (scene->world);
  gtk_widget_activate_action (e2e->window, "sync.now", NULL);
  crm_ui_test_wait_until (arrives (&scene->world->two, scene->id, "city", "Goor"));
}

static void
test_offline (CrmSyncWorld *world, gconstpointer unused)
{
  g_autofree char *id = share (world);
  Scene scene = { world, id };

  crm_e2e_run (world->one.dir, "key", lose_server, &scene);
}

static GtkWidget *
find_button (CrmE2e *e2e, const char *label)
{
  return crm_ui_test_find_named (e2e->window, label);
}

static void
click (CrmE2e *e2e, const char *label)
{
  GtkWidget *button = NULL;

  crm_ui_test_wait_until ((button = find_button (e2e, label)) != NULL &&
                          gtk_widget_is_sensitive (button));
  g_assert_true (gtk_widget_activate (gtk_widget_get_ancestor (button, GTK_TYPE_BUTTON)));
}

static void
connect_from_start (CrmE2e *e2e, gpointer data)
{
  Scene *scene = data;

  crm_ui_test_wait_until (crm_ui_test_find_type (e2e->window, CRM_TYPE_START_PAGE) != NULL);
  crm_e2e_choose_row (e2e, "_Connect to Your Company’s Server");
  crm_ui_test_wait_until (crm_ui_test_find_type (e2e->window, CRM_TYPE_CONNECT_DIALOG) != NULL);

  crm_ui_test_wait_until (find_button (e2e, "Continue") != NULL);
  crm_ui_test_settle (200);

  /* No server there. */
  crm_e2e_fill_row (e2e, "Address, as in crm.example.org", "http://127.0.0.1:9");
  g_test_expect_message ("crm", G_LOG_LEVEL_MESSAGE, "The server: *");
  click (e2e, "Continue");
  crm_e2e_wait_for (e2e, "No Connection");
  g_test_assert_expected_messages ();

  crm_e2e_fill_row (e2e, "Address, as in crm.example.org", scene->world->server.url);
  click (e2e, "Continue");
  crm_ui_test_wait_until (find_button (e2e, "Connect") != NULL);
  /* The server has no name, so it is known by where it is. */
  g_assert_true (crm_e2e_shows_part (e2e, "127.0.0.1:"));
  crm_ui_test_keep_picture (e2e->window, "connect");
  crm_ui_test_check_names (e2e->window);

  crm_e2e_fill_row (e2e, "User Name", "anna");
  crm_e2e_fill_row (e2e, "Password", "wrong password");
  crm_e2e_fill_row (e2e, "Name of This Laptop", "Anna’s laptop");
  g_test_expect_message ("crm", G_LOG_LEVEL_MESSAGE, "The server: *");
  click (e2e, "Connect");
  crm_e2e_wait_for (e2e, "Name or Password Is Wrong");
  g_test_assert_expected_messages ();

  crm_e2e_fill_row (e2e, "Password", CRM_SERVER_PROCESS_PASSWORD);
  click (e2e, "Connect");
  crm_e2e_wait_for (e2e, "Vries");
  crm_ui_test_wait_until (is_in_step (e2e));
  g_assert_null (crm_ui_test_find_type (e2e->window, CRM_TYPE_START_PAGE));
}

/* First run's third choice: the company's relations come by themselves. */
static void
test_connects (CrmSyncWorld *world, gconstpointer unused)
{
  g_autofree char *id = share (world);
  Scene scene = { world, id };
  Fixture fresh = { 0 };

  crm_cli_set_up (&fresh, NULL);
  crm_e2e_run (fresh.dir, "key", connect_from_start, &scene);
  crm_sync_world_assert (&fresh, id, "city", "Ede");
  crm_cli_tear_down (&fresh, NULL);
}

static void
sign_out (CrmE2e *e2e, gpointer data)
{
  crm_e2e_wait_for (e2e, "Vries");
  crm_ui_test_wait_until (is_in_step (e2e));
  gtk_widget_activate_action (e2e->window, "sync.sign-out", NULL);
  click (e2e, "Sign Out");
  crm_e2e_wait_for_toast (e2e, "Signed out; your relations stay on this laptop");
  crm_ui_test_wait_until (crm_e2e_shows_part (e2e, "Sign in again"));
  g_assert_true (crm_e2e_shows (e2e, "Vries"));
}

static void
test_signs_out (CrmSyncWorld *world, gconstpointer unused)
{
  g_autofree char *id = share (world);

  crm_e2e_run (world->one.dir, "key", sign_out, world);
  crm_cli_run_args (&world->one, "sync", NULL);
  g_assert_cmpint (world->one.status, ==, 1);
}

static void
take_access (CrmSyncWorld *world, const char *user)
{
  g_autofree char *list = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_cmpint (crm_server_process_run (&world->server, "device list", &list), ==, 0);
  lines = g_strsplit (list, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (strstr (*line, user) != NULL)
      {
        g_auto (GStrv) words = g_strsplit_set (*line, " \t", -1);
        g_autofree char *command = g_strconcat ("device revoke ", words[0], NULL);

        g_assert_cmpint (crm_server_process_run (&world->server, command, NULL), ==, 0);
      }
}

static gboolean
is_wiped (CrmE2e *e2e)
{
  return crm_e2e_shows_part (e2e, "The relations were removed from it.");
}

static void
lose_access (CrmE2e *e2e, gpointer data)
{
  Scene *scene = data;
  GtkWidget *window = e2e->window;

  crm_e2e_wait_for (e2e, "Vries");
  crm_ui_test_wait_until (is_in_step (e2e));
  open_relation (e2e, scene->id);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  take_access (scene->world, "anna");
  edit (e2e, scene->id, "city", "Goor");
  crm_ui_test_wait_until (window == NULL);
  e2e->window = GTK_WIDGET (gtk_application_get_windows (GTK_APPLICATION (e2e->application))->data);
  crm_ui_test_wait_until (is_wiped (e2e));
  g_assert_true (crm_e2e_shows (e2e, "Access Taken Away"));
}

/* The window goes with key and files, and another one says why. */
static void
test_wiped (CrmSyncWorld *world, gconstpointer unused)
{
  g_autofree char *id = share (world);
  g_autofree char *key = crm_cli_path (&world->one, "key");
  g_autofree char *replica = crm_cli_path (&world->one, "replica");
  Scene scene = { world, id };

  crm_e2e_run (world->one.dir, "key", lose_access, &scene);
  g_assert_false (g_file_test (key, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (replica, G_FILE_TEST_EXISTS));
}

static void
add (const char *path, void (*func) (CrmSyncWorld *, gconstpointer))
{
  g_test_add (path, CrmSyncWorld, NULL, crm_sync_world_set_up, func, crm_sync_world_tear_down);
}

int
main (int argc, char **argv)
{
  crm_sync_world_init (&argc, &argv);
  crm_ui_test_init (&argc, &argv);

  add ("/e2e/sync-window/follows", test_follows);
  add ("/e2e/sync-window/looks-back", test_looks_back);
  add ("/e2e/sync-window/decides", test_decides);
  add ("/e2e/sync-window/offline", test_offline);
  add ("/e2e/sync-window/connects", test_connects);
  add ("/e2e/sync-window/signs-out", test_signs_out);
  add ("/e2e/sync-window/wiped", test_wiped);

  return g_test_run ();
}
