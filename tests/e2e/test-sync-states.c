/*
 * What keeps a laptop from its server, as “crm-cli sync” tells it: exit code 1, one line that says
 * what is the matter and no other matter, and once it is over all goes on without a login, unless
 * it was the server that took that away.
 */
#include "crm-sync-world.h"

#include "store/key/crm-key.h"
#include "store/sync/crm-sync-store.h"

#include <signal.h>
#include <string.h>

#define HTML "<html>Welcome to our hotel! Please sign in.</html>"
#define JSON "Content-Type: application/json\r\n"

/* In the place of the server; "" cuts the line. */
static const struct
{
  guint status; /* 0: cut */
  const char *headers;
  const char *body;
  const char *said;
} answers[] = {
  { 0, NULL, NULL, "cannot be reached" },
  { 200, "Content-Type: text/html\r\n", HTML, "is no CRM server" },
  { 302, "Location: http://login.hotel.example/\r\n", "", "is no CRM server" },
  { 511, "Content-Type: text/html\r\n", HTML, "is no CRM server" },
  { 407, "Proxy-Authenticate: Basic realm=\"x\"\r\n", "", "The proxy on the way" },
};

static GBytes *
answer (const char *line, GBytes *reply, gpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);

  if (answers[i].status == 0)
    return g_bytes_new_static ("", 0);

  return crm_sync_proxy_make_reply (answers[i].status, answers[i].headers, answers[i].body);
}

/* Of the one line: @said, and none of what others say. */
static void
assert_told (Fixture *laptop, const char *said)
{
  static const char *const all[] = { "cannot be reached",
                                     "is no CRM server",
                                     "The proxy on the way",
                                     "The certificate of",
                                     "does not know this user name and password",
                                     "is not signed in at",
                                     "has revoked this device",
                                     "is too old for this program",
                                     "This program is too old for",
                                     "the server of another company" };
  gboolean known = FALSE;

  crm_cli_assert_failed (laptop, 1, said);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_str_equal (all[i], said))
      known = TRUE;
    else if (strstr (laptop->err, all[i]) != NULL)
      g_error ("“%s” also says “%s”", laptop->err, all[i]);
  g_assert_true (known);
}

static void
endure (CrmSyncWorld *world, CrmSyncProxyHook hook, gpointer data, const char *said)
{
  crm_sync_proxy_set_hook (world->proxy, hook, data);
  crm_cli_run_args (&world->one, "sync", NULL);
  assert_told (&world->one, said);
  crm_sync_proxy_set_hook (world->proxy, NULL, NULL);
}

static void
test_network (CrmSyncWorld *world, gconstpointer unused)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_free (crm_cli_make (&world->one, "person", "surname=Vries"));
      endure (world, answer, GUINT_TO_POINTER (i), answers[i].said);
      g_assert_cmpint (crm_sync_world_get_count (&world->one, "pending"), ==, 1);
      crm_sync_world_sync (&world->one);
      g_assert_cmpint (crm_sync_world_get_count (&world->one, "pending"), ==, 0);
    }
}

static const struct
{
  const char *from;
  const char *to;
  const char *said;
} greetings[] = {
  { "\"proto\":[1,1]", "\"proto\":[0,0]", "is too old for this program" },
  { "\"proto\":[1,1]", "\"proto\":[2,2]", "This program is too old for" },
  { "\"company\":\"", "\"company\":\"x", "the server of another company" },
};

/* A server of another time, or company: it refuses, and its greeting tells why. */
static GBytes *
greet (const char *line, GBytes *reply, gpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GString) body = NULL;
  gsize size;
  const char *text;

  if (!g_str_has_prefix (line, "GET /v1/hello "))
    return crm_sync_proxy_make_reply (400, JSON, "{\"error\":{\"code\":\"proto\"}}");
  if (reply == NULL)
    return NULL;

  text = g_bytes_get_data (reply, &size);
  body = g_string_new_len (text, (gssize) size);
  g_string_erase (body, 0, strstr (body->str, "\r\n\r\n") + 4 - body->str);
  g_assert_cmpuint (g_string_replace (body, greetings[i].from, greetings[i].to, 1), ==, 1);

  return crm_sync_proxy_make_reply (200, JSON, body->str);
}

static void
test_versions (CrmSyncWorld *world, gconstpointer unused)
{
  for (guint i = 0; i < G_N_ELEMENTS (greetings); i++)
    {
      crm_sync_world_sync (&world->one);
      endure (world, greet, GUINT_TO_POINTER (i), greetings[i].said);
      crm_sync_world_sync (&world->one);
    }
}

static void
set_server (Fixture *laptop, const char *url)
{
  g_autofree char *dir = crm_cli_path (laptop, "replica");
  g_autofree char *path = crm_cli_path (laptop, "key");
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmKey) key = crm_key_new_from_file (path, &error);
  g_autoptr (CrmReplica) replica = NULL;

  g_assert_no_error (error);
  replica = crm_replica_open (dir, key, NULL, CRM_REPLICA_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (crm_sync_store_set_state (replica, CRM_SYNC_STATE_SERVER, url, &error));
}

/* Nobody signed the certificate; nothing is sent, and the token stays for when it is mended. */
static void
test_certificate (CrmSyncWorld *world, gconstpointer unused)
{
  g_autofree char *certificate = g_test_build_filename (G_TEST_DIST,
                                                        "data",
                                                        "server-cert.pem",
                                                        NULL);
  g_autofree char *key = g_test_build_filename (G_TEST_DIST, "data", "server-key.pem", NULL);
  g_autofree char *options = g_strdup_printf ("--tls-cert %s --tls-key %s", certificate, key);

  crm_server_process_stop (&world->server, SIGTERM);
  crm_server_process_start (&world->server, options);
  set_server (&world->one, world->server.url);
  crm_cli_run_args (&world->one, "sync", NULL);
  assert_told (&world->one, "The certificate of");

  crm_server_process_stop (&world->server, SIGTERM);
  crm_sync_world_start_server (world);
  set_server (&world->one, crm_sync_proxy_get_url (world->proxy));
  crm_sync_world_sync (&world->one);
}

static void
log_in (Fixture *laptop, const char *url, const char *password)
{
  g_autofree char *path = crm_cli_path (laptop, "password");

  crm_cli_write (laptop, "password", password);
  crm_cli_run_args (laptop, "login", url, "--user", "anna", "--password-file", path, NULL);
}

/* A wrong password leaves the laptop signed in; a new one of the administrator's does not. */
static void
test_password (CrmSyncWorld *world, gconstpointer unused)
{
  log_in (&world->one, crm_sync_proxy_get_url (world->proxy), "something else");
  assert_told (&world->one, "does not know this user name and password");
  crm_sync_world_sync (&world->one);

  g_assert_cmpint (crm_server_process_run (&world->server,
                                           "user password anna --password-file PW",
                                           NULL),
                   ==,
                   0);
  crm_cli_run_args (&world->one, "sync", NULL);
  assert_told (&world->one, "is not signed in at");
  log_in (&world->one, crm_sync_proxy_get_url (world->proxy), CRM_SERVER_PROCESS_PASSWORD);
  crm_cli_assert_done (&world->one);
  crm_sync_world_sync (&world->one);
}

static void
assert_only (Fixture *laptop, const char *surname)
{
  crm_cli_run_args (laptop, "list", "person", "--json", NULL);
  crm_cli_assert_done (laptop);
  g_assert_cmpuint (crm_cli_count_lines (laptop->out), ==, 1);
  g_assert_nonnull (strstr (laptop->out, surname));
  crm_cli_run_args (laptop, "find", surname, NULL);
  g_assert_cmpuint (crm_cli_count_lines (laptop->out), ==, 1);
  crm_cli_run_args (laptop, "check", NULL);
  crm_cli_assert_done (laptop);
}

/* Refused while anything is unsent; then what is here goes, and what that company has comes. */
static void
test_company (CrmSyncWorld *world, gconstpointer unused)
{
  CrmServerProcess other = { 0 };
  Fixture *laptop = &world->one;

  crm_server_process_set_up (&other, NULL);
  g_free (crm_cli_make (laptop, "person", "surname=Vries"));
  log_in (laptop, other.url, CRM_SERVER_PROCESS_PASSWORD);
  assert_told (laptop, "the server of another company");
  crm_sync_world_sync (laptop);

  /* A password that is wrong there costs nothing here. */
  log_in (laptop, other.url, "something else");
  assert_told (laptop, "does not know this user name and password");
  crm_sync_world_sync (laptop);
  assert_only (laptop, "Vries");

  log_in (laptop, other.url, CRM_SERVER_PROCESS_PASSWORD);
  crm_cli_assert_done (laptop);
  crm_sync_world_sync (laptop);
  g_assert_cmpuint (crm_cli_count (laptop, "person"), ==, 0);
  crm_cli_run_args (laptop, "undo", NULL);
  g_assert_cmpint (laptop->status, ==, 1);
  g_free (crm_cli_make (laptop, "person", "surname=Bakker"));
  crm_sync_world_sync (laptop);
  g_assert_cmpint (crm_sync_world_get_count (laptop, "pending"), ==, 0);
  assert_only (laptop, "Bakker");
  g_assert_cmpint (crm_server_process_count (&other,
                                             "SELECT count(*) FROM record WHERE kind = 'person'"),
                   ==,
                   1);

  /* And back. */
  log_in (laptop, world->server.url, CRM_SERVER_PROCESS_PASSWORD);
  crm_cli_assert_done (laptop);
  crm_sync_world_sync (laptop);
  assert_only (laptop, "Vries");
  crm_server_process_tear_down (&other, NULL);
}

/* Revoked: the key goes, then the files. */
static void
test_revoked (CrmSyncWorld *world, gconstpointer unused)
{
  g_autofree char *list = NULL;
  g_autofree char *key = crm_cli_path (&world->two, "key");
  g_autofree char *replica = crm_cli_path (&world->two, "replica");
  g_auto (GStrv) lines = NULL;

  g_assert_cmpint (crm_server_process_run (&world->server, "device list", &list), ==, 0);
  lines = g_strsplit (list, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (strstr (*line, "bob") != NULL)
      {
        g_auto (GStrv) words = g_strsplit_set (*line, " \t", -1);
        g_autofree char *command = g_strconcat ("device revoke ", words[0], NULL);

        g_assert_cmpint (crm_server_process_run (&world->server, command, NULL), ==, 0);
      }

  crm_cli_run_args (&world->two, "sync", NULL);
  assert_told (&world->two, "has revoked this device");
  g_assert_false (g_file_test (key, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (replica, G_FILE_TEST_EXISTS));
  crm_sync_world_sync (&world->one);
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

  add ("/e2e/sync-states/network", test_network);
  add ("/e2e/sync-states/versions", test_versions);
  add ("/e2e/sync-states/certificate", test_certificate);
  add ("/e2e/sync-states/password", test_password);
  add ("/e2e/sync-states/company", test_company);
  add ("/e2e/sync-states/revoked", test_revoked);

  return g_test_run ();
}
