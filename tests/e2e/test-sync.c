/*
 * Two laptops in step: crm-cli and crm-server as processes. With g_test_slow() as large as people
 * have it.
 */
#include "crm-sync-world.h"

#include <signal.h>
#include <string.h>

static guint
get_n_relations (void)
{
  /* There an import takes a minute. */
  if (g_getenv ("CRM_SANITIZED") != NULL)
    return 600;

  return g_test_slow () ? 30000 : 3000;
}

static char *
share (CrmSyncWorld *world)
{
  char *id = crm_cli_make (&world->one, "person", "surname=Vries");

  crm_sync_world_set (&world->one, id, "city=Ede", NULL);
  crm_sync_world_sync_both (world);
  crm_sync_world_assert (&world->two, id, "city", "Ede");

  return id;
}

/* ---- First contact ---- */

/* A table with so many people. */
static char *
write_table (Fixture *laptop, guint n)
{
  g_autoptr (GString) text = g_string_new ("Nummer;Voornaam;Achternaam;Plaats\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "K%u;Jan;Jong%u;Ede\n", i, i);
  crm_cli_write (laptop, "big.csv", text->str);

  return crm_cli_path (laptop, "big.csv");
}

/* In the history of one of them. */
static void
assert_one_action (Fixture *laptop)
{
  g_autoptr (JsonObject) record = NULL;

  crm_cli_run_args (laptop, "list", "person", "--limit", "1", "--json", NULL);
  crm_cli_assert_done (laptop);
  record = crm_cli_get_line (laptop, 0);
  crm_cli_run_args (laptop,
                    "history",
                    json_object_get_string_member (record, "id"),
                    "--json",
                    NULL);
  crm_cli_assert_done (laptop);
  g_assert_nonnull (strstr (laptop->out, "\"action\":\"import\""));
}

/* Imported without a network, they arrive as one action, which is undone as one. */
static void
test_import (CrmSyncWorld *world, gconstpointer unused)
{
  const guint n = get_n_relations ();
  g_autofree char *table = write_table (&world->one, n);

  /* Of what comes by a first load no history comes along. */
  crm_sync_world_sync_both (world);
  crm_cli_run_args (&world->one, "import", table, NULL);
  crm_cli_assert_done (&world->one);
  crm_sync_world_sync (&world->one);
  g_assert_cmpint (crm_sync_world_get_count (&world->one, "pending"), ==, 0);
  crm_sync_world_sync (&world->two);
  g_assert_cmpuint (crm_cli_count (&world->two, "person"), ==, n);
  crm_sync_world_assert_equal (world, "person");
  assert_one_action (&world->two);

  /* While it is undone at the one, all of it goes at the other. */
  crm_cli_run_args (&world->one, "undo", NULL);
  crm_cli_assert_done (&world->one);
  g_assert_cmpuint (crm_cli_count (&world->one, "person"), ==, 0);
  crm_sync_world_sync (&world->one);
  crm_sync_world_sync (&world->two);
  g_assert_cmpuint (crm_cli_count (&world->two, "person"), ==, 0);
  crm_sync_world_assert_equal (world, "person");
}

/* A company's relations appear on a second laptop. */
static void
test_first_load (CrmSyncWorld *world, gconstpointer unused)
{
  const guint n = get_n_relations ();
  g_autofree char *table = write_table (&world->one, n);
  guint n_requests;

  crm_cli_run_args (&world->one, "import", table, NULL);
  crm_cli_assert_done (&world->one);
  crm_sync_world_sync (&world->one);
  crm_sync_proxy_reset (world->proxy);
  crm_sync_world_sync (&world->two);
  n_requests = crm_sync_proxy_get_n_requests (world->proxy);
  g_test_message ("%u relations in %u requests", n, n_requests);
  g_assert_cmpuint (n_requests, <, 20);
  g_assert_cmpuint (crm_cli_count (&world->two, "person"), ==, n);
  crm_sync_world_assert_equal (world, "person");
}

/* ---- Edits of both ---- */

static void
test_different_fields (CrmSyncWorld *world, gconstpointer unused)
{
  g_autofree char *id = share (world);

  crm_sync_world_set (&world->one, id, "city=Goor", NULL);
  crm_sync_world_set (&world->two, id, "email=v@example.nl", NULL);
  crm_sync_world_sync_both (world);
  crm_sync_world_assert (&world->one, id, "email", "v@example.nl");
  crm_sync_world_assert (&world->two, id, "city", "Goor");
  crm_sync_world_assert_equal (world, "person");
  crm_cli_run_args (&world->one, "conflicts", NULL);
  g_assert_cmpstr (world->one.out, ==, "");
}

static void
assert_member (JsonObject *object, const char *name, const char *value)
{
  g_assert_cmpstr (json_object_get_string_member_with_default (object, name, NULL), ==, value);
}

/* What a viewer reads of the one conflict; its id. */
static char *
check_conflict (Fixture *laptop,
                const char *record,
                const char *const mine[3],
                const char *const theirs[3])
{
  g_autoptr (JsonObject) line = NULL;

  crm_cli_run_args (laptop, "conflicts", "--json", NULL);
  crm_cli_assert_done (laptop);
  g_assert_cmpuint (crm_cli_count_lines (laptop->out), ==, 1);
  line = crm_cli_get_line (laptop, 0);
  assert_member (line, "kind", "person");
  assert_member (line, "record", record);
  assert_member (line, "field", "city");
  assert_member (line, "original", "Ede");
  assert_member (line, "mine", mine[0]);
  assert_member (line, "mine_author", mine[1]);
  assert_member (line, "mine_reason", mine[2]);
  assert_member (line, "theirs", theirs[0]);
  assert_member (line, "theirs_author", theirs[1]);
  assert_member (line, "theirs_reason", theirs[2]);

  return g_strdup (json_object_get_string_member (line, "id"));
}

/* One conflict that both list, with both values and reasons; decided on one, it is on both. */
static void
test_same_field (CrmSyncWorld *world, gconstpointer unused)
{
  static const char *const anna[] = { "Goor", "anna", "verhuisd" };
  static const char *const bob[] = { "Almelo", "bob", "zei hij" };
  g_autofree char *id = share (world);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  crm_sync_world_set (&world->one, id, "city=Goor", "verhuisd");
  crm_sync_world_set (&world->two, id, "city=Almelo", "zei hij");
  crm_sync_world_sync_both (world);
  first = check_conflict (&world->one, id, anna, bob);
  second = check_conflict (&world->two, id, bob, anna);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpint (crm_sync_world_get_count (&world->two, "conflicts"), ==, 1);
  crm_sync_world_assert (&world->one, id, "city", "Goor");
  crm_sync_world_assert (&world->two, id, "city", "Goor");

  crm_cli_run_args (&world->two, "resolve", second, "mine", "--why", "nagevraagd", NULL);
  crm_cli_assert_done (&world->two);
  crm_sync_world_assert (&world->two, id, "city", "Almelo");
  crm_sync_world_sync (&world->two);
  crm_sync_world_sync (&world->one);
  crm_sync_world_assert (&world->one, id, "city", "Almelo");
  g_assert_cmpint (crm_sync_world_get_count (&world->one, "conflicts"), ==, 0);
  crm_sync_world_assert_equal (world, "person");

  /* Both reasons, and that of the decision, are in the history of both. */
  crm_cli_run_args (&world->one, "history", id, "--json", NULL);
  g_assert_nonnull (strstr (world->one.out, "verhuisd"));
  g_assert_nonnull (strstr (world->one.out, "nagevraagd"));
  crm_cli_run_args (&world->two, "history", id, "--json", NULL);
  g_assert_nonnull (strstr (world->two.out, "verhuisd"));
  g_assert_nonnull (strstr (world->two.out, "zei hij"));
}

/* The other value, and a third one; undone, it waits again. */
static void
test_resolve (CrmSyncWorld *world, gconstpointer unused)
{
  g_autofree char *id = share (world);
  g_autoptr (JsonObject) line = NULL;
  const char *conflict;

  crm_sync_world_set (&world->one, id, "city=Goor", NULL);
  crm_sync_world_set (&world->two, id, "city=Almelo", NULL);
  crm_sync_world_sync_both (world);
  crm_cli_run_args (&world->two, "conflicts", "--json", NULL);
  line = crm_cli_get_line (&world->two, 0);
  conflict = json_object_get_string_member (line, "id");

  crm_cli_run_args (&world->two, "resolve", conflict, "Hengelo", NULL);
  crm_cli_assert_done (&world->two);
  crm_sync_world_assert (&world->two, id, "city", "Hengelo");
  crm_cli_run_args (&world->two, "resolve", conflict, "theirs", NULL);
  crm_cli_assert_failed (&world->two, 1, "decided already");
  crm_cli_run_args (&world->two, "undo", NULL);
  crm_cli_assert_done (&world->two);
  g_assert_cmpint (crm_sync_world_get_count (&world->two, "conflicts"), ==, 1);
  crm_cli_run_args (&world->two, "resolve", conflict, "theirs", NULL);
  crm_cli_assert_done (&world->two);
  crm_sync_world_sync (&world->two);
  crm_sync_world_sync (&world->one);
  crm_sync_world_assert (&world->one, id, "city", "Goor");
  g_assert_cmpint (crm_sync_world_get_count (&world->one, "conflicts"), ==, 0);
}

/* A delete that met a change is refused, comes back, and is asked about; then it can be done. */
static void
test_stale_delete (CrmSyncWorld *world, gconstpointer unused)
{
  g_autofree char *id = share (world);
  g_autoptr (JsonObject) line = NULL;

  crm_sync_world_set (&world->one, id, "city=Goor", "verhuisd");
  crm_cli_run_args (&world->two, "delete", id, "--why", "dubbel", NULL);
  crm_cli_assert_done (&world->two);
  crm_sync_world_sync_both (world);
  crm_sync_world_assert (&world->two, id, "city", "Goor");
  crm_cli_run_args (&world->one, "conflicts", NULL);
  g_assert_nonnull (strstr (world->one.out, "theirs   delete it (bob: dubbel)"));
  g_assert_nonnull (strstr (world->one.out, "mine     keep it (anna: verhuisd)"));
  crm_cli_run_args (&world->two, "conflicts", "--json", NULL);
  line = crm_cli_get_line (&world->two, 0);
  g_assert_cmpstr (json_object_get_string_member (line, "type"), ==, "delete");
  g_assert_false (json_object_has_member (line, "field"));

  crm_cli_run_args (&world->two,
                    "resolve",
                    json_object_get_string_member (line, "id"),
                    "mine",
                    NULL);
  crm_cli_assert_done (&world->two);
  crm_sync_world_sync (&world->two);
  crm_sync_world_sync (&world->one);
  g_assert_cmpuint (crm_cli_count (&world->one, "person"), ==, 0);
  g_assert_cmpint (crm_sync_world_get_count (&world->one, "conflicts"), ==, 0);
}

/* ---- The past ---- */

/* A first load brings no history, so the server is asked; what it said stays. */
static void
test_history (CrmSyncWorld *world, gconstpointer unused)
{
  g_autofree char *id = crm_cli_make (&world->one, "person", "surname=Vries");
  g_autofree char *told = NULL;

  crm_sync_world_set (&world->one, id, "city=Ede", "verhuisd");
  crm_sync_world_sync_both (world);
  crm_cli_run_args (&world->two, "history", id, "--json", NULL);
  crm_cli_assert_done (&world->two);
  g_assert_nonnull (strstr (world->two.out, "\"reason\":\"verhuisd\""));
  g_assert_nonnull (strstr (world->two.out, "\"new\":\"Vries\""));
  told = g_strdup (world->two.out);

  crm_server_process_stop (&world->server, SIGTERM);
  crm_cli_run_args (&world->two, "history", id, "--json", NULL);
  g_assert_cmpint (world->two.status, ==, 0);
  g_assert_cmpstr (world->two.out, ==, told);
  g_assert_nonnull (strstr (world->two.err, "cannot be reached"));
  g_assert_nonnull (strstr (world->two.err, "this is what is known here"));
  g_assert_cmpuint (crm_cli_count_lines (world->two.err), ==, 1);
}

/* ---- Templates ---- */

static char *
find_template (Fixture *laptop)
{
  g_autoptr (JsonObject) line = NULL;

  crm_cli_run_args (laptop, "list", "template", "--where", "type = \"letter\"", "--json", NULL);
  crm_cli_assert_done (laptop);
  line = crm_cli_get_line (laptop, 0);

  return g_strdup (json_object_get_string_member (line, "id"));
}

/* The letter that the other makes has what was written into the built-in template here. */
static void
test_template (CrmSyncWorld *world, gconstpointer unused)
{
  g_autofree char *template = find_template (&world->one);
  g_autofree char *id = NULL;
  g_autofree char *letter = crm_cli_path (&world->two, "letter.pdf");
  g_autofree char *text = NULL;
  g_autoptr (GSubprocess) reader = NULL;
  g_autoptr (GError) error = NULL;

  id = crm_cli_make (&world->two, "person", "surname=Vries");
  crm_cli_run_args (&world->two,
                    "set",
                    id,
                    "street=Kerkstraat",
                    "house_number=12",
                    "postcode=6711AA",
                    "city=Ede",
                    NULL);
  crm_cli_assert_done (&world->two);
  crm_sync_world_set (&world->one, template, "body=Kwartelei met {{surname}}.", NULL);
  crm_sync_world_sync_both (world);
  crm_cli_run_args (&world->two, "letters", template, "--id", id, "--output", letter, NULL);
  g_assert_cmpint (world->two.status, ==, 0);
  reader = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                             &error,
                             "pdftotext",
                             letter,
                             "-",
                             NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (reader, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "Kwartelei met Vries."));
}

/* ---- Deaths ---- */

typedef struct
{
  CrmSyncWorld *world;
  guint n_left;
} Killer;

/* It has answered, so it has committed; the answer goes nowhere. */
static GBytes *
kill_server (const char *line, GBytes *reply, gpointer data)
{
  Killer *killer = data;

  if (reply == NULL || !g_str_has_prefix (line, "POST /v1/push ") || killer->n_left == 0)
    return NULL;

  killer->n_left--;
  crm_server_process_stop (&killer->world->server, SIGKILL);

  return g_bytes_new_static ("", 0);
}

/* Pitfall 7: killed between commit and reply, nothing is there twice and nothing is lost. */
static void
test_killed_server (CrmSyncWorld *world, gconstpointer unused)
{
  const guint n_kills = g_test_slow () ? 20 : 4;
  g_autofree char *id = share (world);
  guint n = 1;

  for (guint i = 0; i < n_kills; i++)
    {
      Killer killer = { world, 1 };
      g_autofree char *city = g_strdup_printf ("city=Plaats %u", i);

      g_free (crm_cli_make (&world->one, "person", "surname=Jansen"));
      n++;
      crm_sync_world_set (&world->one, id, city, NULL);
      crm_sync_proxy_set_hook (world->proxy, kill_server, &killer);
      crm_cli_run_args (&world->one, "sync", NULL);
      crm_cli_assert_failed (&world->one, 1, "cannot be reached");
      g_assert_cmpuint (killer.n_left, ==, 0);
      crm_sync_proxy_set_hook (world->proxy, NULL, NULL);
      crm_sync_world_start_server (world);
      if (i % 2 == 0)
        crm_sync_world_sync (&world->one);
    }

  crm_sync_world_sync_both (world);
  g_assert_cmpuint (crm_cli_count (&world->two, "person"), ==, n);
  g_assert_cmpint (crm_sync_world_get_count (&world->one, "pending"), ==, 0);
  g_assert_cmpint (crm_sync_world_get_count (&world->one, "conflicts"), ==, 0);
  crm_sync_world_assert_equal (world, "person");
  g_assert_cmpint (crm_server_process_count (&world->server,
                                             "SELECT count(*) FROM record WHERE kind = 'person'"),
                   ==,
                   n);
}

/* ---- Devices ---- */

/* One program at a time keeps a replica in step, and says so. */
static void
test_lock (CrmSyncWorld *world, gconstpointer unused)
{
  g_autofree char *id = share (world);
  g_autoptr (GSubprocess) watcher = crm_cli_start (&world->two, "sync", "--watch", NULL);
  g_autofree char *city = NULL;

  for (guint i = 0; i < 300 && g_strcmp0 (city, "Goor") != 0; i++)
    {
      if (i == 10)
        {
          crm_cli_run_args (&world->two, "sync", NULL);
          crm_cli_assert_failed (&world->two, 1, "Another program keeps this replica in step");
          crm_sync_world_set (&world->one, id, "city=Goor", NULL);
          crm_sync_world_sync (&world->one);
        }
      g_usleep (50000);
      g_free (city);
      city = crm_sync_world_get (&world->two, id, "city");
    }
  g_assert_cmpstr (city, ==, "Goor");

  g_subprocess_send_signal (watcher, SIGTERM);
  g_assert_true (g_subprocess_wait (watcher, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (watcher), ==, 0);
  crm_sync_world_sync (&world->two);
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
  g_test_init (&argc, &argv, NULL);

  add ("/e2e/sync/different-fields", test_different_fields);
  add ("/e2e/sync/same-field", test_same_field);
  add ("/e2e/sync/resolve", test_resolve);
  add ("/e2e/sync/stale-delete", test_stale_delete);
  add ("/e2e/sync/history", test_history);
  add ("/e2e/sync/template", test_template);
  add ("/e2e/sync/lock", test_lock);
  add ("/e2e/sync/killed-server", test_killed_server);
  add ("/e2e/sync/first-load", test_first_load);
  add ("/e2e/sync/import", test_import);

  return g_test_run ();
}
