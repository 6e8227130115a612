#include "crm-cli-fixture.h"

#include "cli/crm-cli.h"

#include <string.h>

static void
test_help (Fixture *fixture, gconstpointer unused)
{
  crm_cli_run_plain (fixture, "--help", NULL);
  crm_cli_assert_done (fixture);
  for (const CrmCliCommand *command = crm_cli_get_commands (); command->name != NULL; command++)
    g_assert_nonnull (strstr (fixture->out, command->summary));
}

static void
test_help_of_each (Fixture *fixture, gconstpointer unused)
{
  for (const CrmCliCommand *command = crm_cli_get_commands (); command->name != NULL; command++)
    {
      g_autofree char *usage = g_strconcat (" ", command->name, " ", command->usage, NULL);

      crm_cli_run_plain (fixture, command->name, "--help", NULL);
      crm_cli_assert_done (fixture);
      g_assert_nonnull (strstr (fixture->out, g_strchomp (usage)));
      g_assert_nonnull (strstr (fixture->out, command->summary));
      g_assert_nonnull (strstr (fixture->out, "--data"));
    }
}

/* The page that "man crm-cli" shows has every command with its usage, and every option. */
static void
test_man_page (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "crm-cli.1", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *page = NULL;

  g_file_get_contents (path, &page, NULL, &error);
  g_assert_no_error (error);
  for (const CrmCliCommand *command = crm_cli_get_commands (); command->name != NULL; command++)
    {
      g_autofree char *name = g_strdup_printf ("\n.B %s\n", command->name);
      g_autofree char *bare = g_strdup_printf ("\n.BR %s ", command->name);

      if (strstr (page, name) == NULL && strstr (page, bare) == NULL)
        g_error ("The man page lacks “%s”", command->name);
      for (guint i = 0; command->options != NULL && command->options[i].long_name != NULL; i++)
        {
          g_auto (GStrv) parts = g_strsplit (command->options[i].long_name, "-", -1);
          g_autofree char *hyphened = g_strjoinv ("\\-", parts);
          g_autofree char *option = g_strconcat ("\\-\\-", hyphened, NULL);

          if (strstr (page, option) == NULL)
            g_error ("The man page lacks --%s of %s", command->options[i].long_name, command->name);
        }
    }
}

static void
test_version (Fixture *fixture, gconstpointer unused)
{
  crm_cli_run_plain (fixture, "--version", NULL);
  crm_cli_assert_done (fixture);
  g_assert_true (g_str_has_prefix (fixture->out, "crm-cli "));
}

static const struct
{
  const char *args[6];
  const char *part;
} bad_usage[] = {
  { { NULL }, "no command" },
  { { "horse" }, "there is no command “horse”" },
  { { "" }, "there is no command" },
  { { "--horse" }, "--horse" },
  { { "--data" }, "--data" },
  { { "fields" }, "an argument is missing" },
  { { "fields", "person", "tag" }, "“tag” is one argument too many" },
  { { "kinds", "person" }, "too many" },
  { { "new" }, "missing" },
  { { "new", "person" }, "missing" },
  { { "set", "x" }, "missing" },
  { { "show" }, "missing" },
  { { "show", "a", "b" }, "too many" },
  { { "history" }, "missing" },
  { { "delete" }, "missing" },
  { { "undo", "a", "b" }, "too many" },
  { { "redo", "a" }, "too many" },
  { { "list" }, "missing" },
  { { "list", "person", "--limit", "x" }, "limit" },
  { { "list", "person", "--limit", "0" }, "--limit is 1 or more" },
  { { "list", "person", "--limit", "-5" }, "--limit is 1 or more" },
  { { "list", "person", "--csv", "--json" }, "exclude each other" },
  { { "list", "person", "--horse" }, "--horse" },
  { { "find" }, "missing" },
  { { "import" }, "missing" },
  { { "import", "a", "b" }, "too many" },
  { { "export", "person" }, "missing" },
  { { "letters" }, "missing" },
  { { "letters", "plain", "--output", "x.pdf" }, "--to and --id" },
  { { "letters", "plain", "--to=x", "--id=y" }, "--to and --id" },
  { { "letters", "plain", "--to", "city = \"Ede\"" }, "--output is missing" },
  { { "backup" }, "missing" },
  { { "backup", "x" }, "--password-file is missing" },
  { { "restore", "x" }, "--password-file is missing" },
  { { "rekey", "x" }, "too many" },
  { { "check", "x" }, "too many" },
  { { "init", "--demo", "-1" }, "--demo is 1 to" },
  { { "init", "--demo", "9999999" }, "--demo is 1 to" },
  { { "init", "x" }, "too many" },
  { { "salutation" }, "missing" },
  { { "salutation", "surname" }, "FIELD=VALUE" },
  { { "salutation", "=x" }, "FIELD=VALUE" },
  { { "sort", "--locale", "de" }, "--locale is nl or be" },
  { { "sort", "--ij", "z" }, "--ij is ij or y" },
};

static void
test_usage (Fixture *fixture, gconstpointer unused)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_usage); i++)
    {
      const char *const *args = bad_usage[i].args;

      crm_cli_run_args (fixture, args[0], args[1], args[2], args[3], args[4], NULL);
      crm_cli_assert_failed (fixture, 2, bad_usage[i].part);
      g_assert_nonnull (strstr (fixture->err, "--help"));
    }
}

/* Every command that needs a replica says the same when there is none. */
static void
test_no_replica (Fixture *fixture, gconstpointer unused)
{
  static const char *const cases[][5] = {
    { "list", "person" },
    { "find", "x" },
    { "show", "x" },
    { "history", "x" },
    { "undo" },
    { "redo" },
    { "new", "tag", "name=x" },
    { "check" },
    { "rekey" },
    { "delete", "x" },
    { "import", "x" },
    { "export", "person", "x" },
    { "set", "x", "name=y" },
    { "letters", "plain", "--check", "--id=x" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      crm_cli_run_args (fixture, cases[i][0], cases[i][1], cases[i][2], cases[i][3], NULL);
      crm_cli_assert_failed (fixture, 1, "There is no replica in");
      g_assert_nonnull (strstr (fixture->err, "init"));
    }
}

/* The options of all commands may stand on either side of the command. */
static void
test_option_places (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *data = crm_cli_path (fixture, "replica");
  g_autofree char *key = crm_cli_path (fixture, "key");

  crm_cli_run_plain (fixture, "--json", "kinds", NULL);
  g_assert_true (g_str_has_prefix (fixture->out, "{"));
  crm_cli_run_plain (fixture, "kinds", "--json", NULL);
  g_assert_true (g_str_has_prefix (fixture->out, "{"));
  crm_cli_run_plain (fixture, "list", "person", "--key-file", key, "--data", data, NULL);
  crm_cli_assert_done (fixture);
}

/* What is behind "--" is no option. */
static void
test_double_hyphen (Fixture *fixture, gconstpointer unused)
{
  crm_cli_run_plain (fixture, "sort", "--", "--locale", NULL);
  crm_cli_assert_failed (fixture, 2, "“--locale” is one argument too many");
}

static void
test_hostile (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *large = g_strnfill (100000, 'x');
  g_autofree char *pair = g_strconcat ("note=", large, NULL);
  g_autofree char *id = NULL;

  crm_cli_run_args (fixture, large, NULL);
  g_assert_cmpint (fixture->status, ==, 2);
  crm_cli_run_args (fixture, "show", "'; DROP TABLE person; --", NULL);
  crm_cli_assert_failed (fixture, 1, "DROP TABLE");
  crm_cli_run_args (fixture, "show", "a\nb", NULL);
  crm_cli_assert_failed (fixture, 1, "a b");
  crm_cli_run_args (fixture, "show", "%s%n", NULL);
  crm_cli_assert_failed (fixture, 1, "%s%n");
  crm_cli_run_args (fixture, "find", "\" OR 1=1 --", NULL);
  crm_cli_assert_done (fixture);
  crm_cli_run_args (fixture, "find", "\xff\xfe", NULL);
  g_assert_cmpint (fixture->status, <=, 1);
  crm_cli_run_args (fixture, "new", "person", "surname=\xff\xfe", NULL);
  g_assert_cmpint (fixture->status, <=, 1);
  crm_cli_run_args (fixture, "list", "person", "--where", "\xff = 1", NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  crm_cli_run_args (fixture, "list", "person", "--sort", "surname; DROP TABLE person", NULL);
  crm_cli_assert_failed (fixture, 1, "no field");
  id = crm_cli_make (fixture, "person", pair);
  crm_cli_run_args (fixture, "show", id, "--json", NULL);
  g_assert_cmpuint (strlen (fixture->out), >, 100000);
  crm_cli_run_args (fixture, "check", NULL);
  crm_cli_assert_done (fixture);
}

/* Output that cannot be written is a failure. */
static void
test_full_output (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GSubprocessLauncher)
      launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *err = NULL;

  g_subprocess_launcher_set_stdout_file_path (launcher, "/dev/full");
  process = g_subprocess_launcher_spawn (launcher, &error, crm_cli_get_program (), "kinds", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &err, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_nonnull (strstr (err, "Standard output cannot be written"));
}

int
main (int argc, char *argv[])
{
  crm_cli_fixture_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, set_up, func) g_test_add (path, Fixture, NULL, set_up, func, crm_cli_tear_down)
  ADD ("/cli/run/help", crm_cli_set_up_empty, test_help);
  ADD ("/cli/run/help-of-each", crm_cli_set_up_empty, test_help_of_each);
  ADD ("/cli/run/man-page", crm_cli_set_up_empty, test_man_page);
  ADD ("/cli/run/version", crm_cli_set_up_empty, test_version);
  ADD ("/cli/run/usage", crm_cli_set_up, test_usage);
  ADD ("/cli/run/no-replica", crm_cli_set_up_empty, test_no_replica);
  ADD ("/cli/run/option-places", crm_cli_set_up, test_option_places);
  ADD ("/cli/run/double-hyphen", crm_cli_set_up_empty, test_double_hyphen);
  ADD ("/cli/run/hostile", crm_cli_set_up, test_hostile);
  ADD ("/cli/run/full-output", crm_cli_set_up_empty, test_full_output);
#undef ADD

  return g_test_run ();
}
