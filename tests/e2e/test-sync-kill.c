/*
 * Pitfall 27: crm-cli is killed at any point of a login, a first load, a push or a pull, by kill -9
 * just before something that the disk or the network would have noticed; the next one goes on.
 */
#include "crm-sync-world.h"

#include <signal.h>
#include <string.h>

static const char *killer;

/* A library that ends a program at a point; crm-kill-point.c. */
static void
take_killer (int *argc, char **argv)
{
  int i = 1;

  while (i + 1 < *argc && strcmp (argv[i], "--killer") != 0)
    i++;
  g_assert_cmpint (i + 1, <, *argc);
  killer = argv[i + 1];
  memmove (argv + i, argv + i + 2, (gsize) (*argc - i - 1) * sizeof *argv);
  *argc -= 2;
}

static guint
get_n_kills (guint quick, guint slow)
{
  /* There each program takes ten times as long to start. */
  if (g_getenv ("CRM_SANITIZED") != NULL)
    return quick / 5;

  return g_test_slow () ? slow : quick;
}

/* The same points each time, but for the long form: any, again with --seed. */
static GRand *
make_rand (void)
{
  return g_rand_new_with_seed (g_test_slow () ? (guint32) g_test_rand_int () : 27);
}

static guint
draw (GRand *rand, guint n_points)
{
  return (guint) g_rand_int_range (rand, 1, (gint32) n_points + 1);
}

static void
arm (const char *name, const char *value)
{
  const char *options = g_getenv ("ASAN_OPTIONS");

  if (options != NULL && strstr (options, "verify_asan_link_order") == NULL)
    {
      g_autofree char *more = g_strconcat (options, ":verify_asan_link_order=0", NULL);

      g_setenv ("ASAN_OPTIONS", more, TRUE);
    }
  g_setenv ("LD_PRELOAD", killer, TRUE);
  g_setenv (name, value, TRUE);
}

static void
disarm (void)
{
  g_unsetenv ("LD_PRELOAD");
  g_unsetenv ("CRM_KILL_AT");
  g_unsetenv ("CRM_KILL_REPORT");
}

/* How many points a command that succeeds has. */
static guint
count_points (Fixture *laptop, const char *const *args)
{
  g_autofree char *path = crm_cli_path (laptop, "points");
  g_autofree char *text = NULL;
  guint64 n = 0;

  arm ("CRM_KILL_REPORT", path);
  crm_cli_run_argv (laptop, args);
  disarm ();
  crm_cli_assert_done (laptop);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_ascii_string_to_unsigned (g_strchomp (text), 10, 1, G_MAXUINT, &n, NULL));

  return (guint) n;
}

/* FALSE when it had ended well before it came to that point. */
static gboolean
run_and_kill (Fixture *laptop, guint point, const char *const *args)
{
  g_autofree char *at = g_strdup_printf ("%u", point);

  arm ("CRM_KILL_AT", at);
  crm_cli_run_argv (laptop, args);
  disarm ();
  if (laptop->status == 128 + SIGKILL)
    return TRUE;

  crm_cli_assert_done (laptop);

  return FALSE;
}

static const char *const sync_args[] = { "sync", NULL };

/* Both laptops have changes and things to fetch. */
static void
make_work (CrmSyncWorld *world, const char *id, guint round)
{
  g_autofree char *city = g_strdup_printf ("city=Plaats %u", round);
  g_autofree char *email = g_strdup_printf ("email=a%u@example.nl", round);
  g_autofree char *name = g_strdup_printf ("surname=Naam %u", round);

  g_free (crm_cli_make (&world->one, "person", name));
  g_free (crm_cli_make (&world->two, "person", name));
  crm_sync_world_set (&world->one, id, city, NULL);
  crm_sync_world_set (&world->two, id, email, NULL);
}

static char *
share (CrmSyncWorld *world)
{
  char *id = crm_cli_make (&world->one, "person", "surname=Vries");

  crm_sync_world_sync_both (world);

  return id;
}

static void
assert_whole (CrmSyncWorld *world, guint n_people)
{
  crm_sync_world_sync_both (world);
  crm_sync_world_sync (&world->two);
  g_assert_cmpuint (crm_cli_count (&world->one, "person"), ==, n_people);
  g_assert_cmpint (crm_sync_world_get_count (&world->one, "pending"), ==, 0);
  g_assert_cmpint (crm_sync_world_get_count (&world->two, "pending"), ==, 0);
  g_assert_cmpint (crm_sync_world_get_count (&world->one, "conflicts"), ==, 0);
  crm_sync_world_assert_equal (world, "person");
  g_assert_cmpint (crm_server_process_count (&world->server,
                                             "SELECT count(*) FROM record WHERE kind = 'person'"),
                   ==,
                   n_people);
}

static void
test_exchange (CrmSyncWorld *world, gconstpointer unused)
{
  const guint n_kills = get_n_kills (40, 200);
  g_autofree char *id = share (world);
  g_autoptr (GRand) rand = make_rand ();
  guint n_killed = 0;
  guint round = 0;
  guint n_points;

  make_work (world, id, round++);
  n_points = count_points (&world->one, sync_args);
  for (; n_killed < n_kills && round < n_kills; round++)
    {
      make_work (world, id, round);
      for (guint i = 0; i < 2; i++)
        n_killed += run_and_kill (i == 0 ? &world->one : &world->two,
                                  draw (rand, n_points),
                                  sync_args);
    }
  g_test_message ("%u killed, of %u points each", n_killed, n_points);
  g_assert_cmpuint (n_killed, >=, n_kills);

  assert_whole (world, 1 + 2 * round);
}

/* A new laptop whose login and first load are killed; it has all in the end. */
static guint
join (CrmSyncWorld *world, GRand *rand, const guint n_points[2], guint n_people)
{
  g_autofree char *password = g_build_filename (world->server.dir, "password", NULL);
  const char *const log_in[] = {
    "login", crm_sync_proxy_get_url (world->proxy), "--user", "bob", "--password-file", password,
    NULL
  };
  Fixture laptop = { 0 };
  guint n_killed = 0;

  crm_cli_set_up (&laptop, NULL);
  n_killed += run_and_kill (&laptop, draw (rand, n_points[0]), log_in);
  crm_cli_run_argv (&laptop, log_in);
  crm_cli_assert_done (&laptop);
  for (guint i = 0; i < 3; i++)
    n_killed += run_and_kill (&laptop, draw (rand, n_points[1]), sync_args);
  crm_sync_world_sync (&laptop);
  g_assert_cmpuint (crm_cli_count (&laptop, "person"), ==, n_people);
  crm_cli_run_args (&laptop, "check", NULL);
  crm_cli_assert_done (&laptop);
  crm_cli_tear_down (&laptop, NULL);

  return n_killed;
}

static void
fill (CrmSyncWorld *world, guint n_people)
{
  g_autoptr (GString) table = g_string_new ("Nummer;Voornaam;Achternaam;Plaats\n");
  g_autofree char *path = crm_cli_path (&world->one, "people.csv");

  for (guint i = 0; i < n_people; i++)
    g_string_append_printf (table, "K%u;Jan;Jong%u;Ede\n", i, i);
  crm_cli_write (&world->one, "people.csv", table->str);
  crm_cli_run_args (&world->one, "import", path, NULL);
  crm_cli_assert_done (&world->one);
  crm_sync_world_sync (&world->one);
}

static void
test_join (CrmSyncWorld *world, gconstpointer unused)
{
  const guint n_kills = get_n_kills (10, 50);
  const guint n_people = g_test_slow () ? 12000 : 100;
  g_autofree char *password = g_build_filename (world->server.dir, "password", NULL);
  const char *const log_in[] = {
    "login", crm_sync_proxy_get_url (world->proxy), "--user", "bob", "--password-file", password,
    NULL
  };
  g_autoptr (GRand) rand = make_rand ();
  guint n_points[2];
  guint n_killed = 0;

  fill (world, n_people);
  n_points[0] = count_points (&world->two, log_in);
  n_points[1] = count_points (&world->two, sync_args);
  for (guint i = 0; n_killed < n_kills && i < n_kills; i++)
    n_killed += join (world, rand, n_points, n_people);
  g_test_message ("%u killed, of %u and %u points", n_killed, n_points[0], n_points[1]);
  g_assert_cmpuint (n_killed, >=, n_kills);
}

static void
add (const char *path, void (*func) (CrmSyncWorld *, gconstpointer))
{
  g_test_add (path, CrmSyncWorld, NULL, crm_sync_world_set_up, func, crm_sync_world_tear_down);
}

int
main (int argc, char **argv)
{
  take_killer (&argc, argv);
  crm_sync_world_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  add ("/e2e/sync-kill/exchange", test_exchange);
  add ("/e2e/sync-kill/join", test_join);

  return g_test_run ();
}
