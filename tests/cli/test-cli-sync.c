/* What needs no server; the rest is in tests/e2e. */
#include "crm-cli-fixture.h"

#include <string.h>

#define SECRET "geheim wachtwoord"

static void
test_status (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonObject) status = NULL;

  crm_cli_run_args (fixture, "status", "--json", NULL);
  crm_cli_assert_done (fixture);
  g_assert_cmpuint (crm_cli_count_lines (fixture->out), ==, 1);
  status = crm_cli_get_line (fixture, 0);
  g_assert_true (json_object_has_member (status, "replica"));
  g_assert_false (json_object_has_member (status, "server"));
  g_assert_false (json_object_has_member (status, "last_sync"));
  g_assert_cmpint (json_object_get_int_member (status, "pending"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (status, "conflicts"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (status, "parked"), ==, 0);

  g_free (crm_cli_make (fixture, "person", "surname=Vries"));
  crm_cli_run_args (fixture, "status", NULL);
  crm_cli_assert_done (fixture);
  g_assert_nonnull (strstr (fixture->out, "pending    1\n"));
  g_assert_nonnull (strstr (fixture->out, "server     -\n"));
}

static void
test_not_signed_in (Fixture *fixture, gconstpointer unused)
{
  crm_cli_run_args (fixture, "sync", NULL);
  crm_cli_assert_failed (fixture, 1, "crm-cli login URL --user NAME");
}

static const struct
{
  const char *url;
  int status;
  const char *part;
} addresses[] = {
  { "", 1, "names no server" },
  { "http://", 1, "names no server" },
  { "ftp://crm.example.org", 1, "neither https nor http" },
  { "http://crm.example.org", 1, "in clear over the network" },
  { "https://ilse:geheim@crm.example.org", 1, "leave out the rest" },
  { "https://crm.example.org/?a=b", 1, "leave out the rest" },
  { "https://crm .example.org", 1, "no address of a server" },
  /* Nobody listens there. */
  { "127.0.0.1:1", 1, "http://127.0.0.1:1 cannot be reached" },
  { "[::1]:1", 1, "http://[::1]:1 cannot be reached" },
  /* Never is by agreement (RFC 2606). */
  { "crm.invalid", 1, "https://crm.invalid cannot be reached" },
};

static void
test_addresses (Fixture *fixture, gconstpointer unused)
{
  crm_cli_write (fixture, "password", SECRET);
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *file = crm_cli_path (fixture, "password");

      crm_cli_run_args (fixture,
                        "login",
                        addresses[i].url,
                        "--user",
                        "ilse",
                        "--password-file",
                        file,
                        NULL);
      crm_cli_assert_failed (fixture, addresses[i].status, addresses[i].part);
      g_assert_null (strstr (fixture->err, SECRET));
    }
  /* Nothing of it is kept. */
  crm_cli_run_args (fixture, "status", "--json", NULL);
  g_assert_null (strstr (fixture->out, "server"));
}

static void
test_usage (Fixture *fixture, gconstpointer unused)
{
  crm_cli_run_args (fixture, "login", "--user", "ilse", NULL);
  crm_cli_assert_failed (fixture, 2, "an argument is missing");
  crm_cli_run_args (fixture, "login", "https://crm.example.org", NULL);
  crm_cli_assert_failed (fixture, 2, "--user is missing");
  crm_cli_run_args (fixture, "sync", "now", NULL);
  crm_cli_assert_failed (fixture, 2, "one argument too many");
  crm_cli_run_args (fixture,
                    "login",
                    "https://crm.example.org",
                    "--user",
                    "ilse",
                    "--password-file",
                    "/nowhere",
                    NULL);
  crm_cli_assert_failed (fixture, 1, "/nowhere");
}

/* All that comes until @part has come, or the end. */
static void
read_until (GInputStream *stream, const char *part, GString *text)
{
  g_autoptr (GError) error = NULL;
  char c;

  while ((part == NULL || strstr (text->str, part) == NULL) &&
         g_input_stream_read (stream, &c, 1, NULL, &error) == 1)
    g_string_append_c (text, c);
  g_assert_no_error (error);
}

/* Asked on the terminal, and nothing of it shown; script(1) is one. */
static void
test_asks (Fixture *fixture, gconstpointer unused)
{
  static const char typed[] = SECRET "\n";
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *command = NULL;

  command = g_strdup_printf ("%s --data %s/replica --key-file %s/key login 127.0.0.1:1 --user ilse",
                             crm_cli_get_program (),
                             fixture->dir,
                             fixture->dir);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                              &error,
                              "script",
                              "-qec",
                              command,
                              "/dev/null",
                              NULL);
  g_assert_no_error (error);
  read_until (g_subprocess_get_stdout_pipe (process), "http://127.0.0.1:1: ", seen);
  g_assert_nonnull (strstr (seen->str, "Password of ilse at "));
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (process),
                             typed,
                             strlen (typed),
                             NULL,
                             NULL,
                             &error);
  g_assert_no_error (error);
  read_until (g_subprocess_get_stdout_pipe (process), NULL, seen);
  g_assert_nonnull (strstr (seen->str, "cannot be reached"));
  g_assert_null (strstr (seen->str, "geheim"));
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
}

int
main (int argc, char **argv)
{
  crm_cli_fixture_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/cli/sync/status", Fixture, NULL, crm_cli_set_up, test_status, crm_cli_tear_down);
  g_test_add ("/cli/sync/not-signed-in",
              Fixture,
              NULL,
              crm_cli_set_up,
              test_not_signed_in,
              crm_cli_tear_down);
  g_test_add ("/cli/sync/addresses",
              Fixture,
              NULL,
              crm_cli_set_up,
              test_addresses,
              crm_cli_tear_down);
  g_test_add ("/cli/sync/usage", Fixture, NULL, crm_cli_set_up, test_usage, crm_cli_tear_down);
  g_test_add ("/cli/sync/asks", Fixture, NULL, crm_cli_set_up, test_asks, crm_cli_tear_down);

  return g_test_run ();
}
