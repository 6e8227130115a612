#include "crm-cli-fixture.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

static const char *program;

void
crm_cli_fixture_init (int *argc, char ***argv)
{
  int i = 1;

  while (i + 1 < *argc && strcmp ((*argv)[i], "--crm-cli") != 0)
    i++;
  if (i + 1 >= *argc)
    g_error ("This test wants --crm-cli PROGRAM");
  program = (*argv)[i + 1];
  memmove (*argv + i, *argv + i + 2, (gsize) (*argc - i - 1) * sizeof **argv);
  *argc -= 2;
}

const char *
crm_cli_get_program (void)
{
  return program;
}

char *
crm_cli_path (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->dir, name, NULL);
}

void
crm_cli_write (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = crm_cli_path (fixture, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static GStrv
make_argv (Fixture *fixture, gboolean replica, va_list args)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *data = crm_cli_path (fixture, "replica");
  g_autofree char *key = crm_cli_path (fixture, "key");
  const char *arg;

  g_strv_builder_add (builder, program);
  if (replica)
    g_strv_builder_add_many (builder, "--data", data, "--key-file", key, NULL);
  while ((arg = va_arg (args, const char *)) != NULL)
    g_strv_builder_add (builder, arg);

  return g_strv_builder_end (builder);
}

static void
forget_run (Fixture *fixture)
{
  g_clear_pointer (&fixture->out, g_free);
  g_clear_pointer (&fixture->err, g_free);
}

/* In the child, before the program starts. */
static void
limit_files (gpointer data)
{
  const guint64 *bytes = data;
  const struct rlimit limit = { *bytes, *bytes };

  /* A write beyond the limit then fails, as on a full disk, in place of a signal. */
  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &limit);
}

static void
run (Fixture *fixture, char **argv, GSpawnChildSetupFunc set_up, gpointer data)
{
  g_autoptr (GError) error = NULL;
  int status;

  forget_run (fixture);
  g_spawn_sync (fixture->dir,
                argv,
                NULL,
                G_SPAWN_DEFAULT,
                set_up,
                data,
                &fixture->out,
                &fixture->err,
                &status,
                &error);
  g_assert_no_error (error);
  fixture->status = WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}

void
crm_cli_run_args (Fixture *fixture, ...)
{
  g_auto (GStrv) argv = NULL;
  va_list args;

  va_start (args, fixture);
  argv = make_argv (fixture, TRUE, args);
  va_end (args);
  run (fixture, argv, NULL, NULL);
}

void
crm_cli_run_argv (Fixture *fixture, const char *const *args)
{
  g_autofree char *data = crm_cli_path (fixture, "replica");
  g_autofree char *key = crm_cli_path (fixture, "key");
  const char *const start[] = { program, "--data", data, "--key-file", key, NULL };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;

  g_strv_builder_addv (builder, (const char **) start);
  g_strv_builder_addv (builder, (const char **) args);
  argv = g_strv_builder_end (builder);
  run (fixture, argv, NULL, NULL);
}

void
crm_cli_run_plain (Fixture *fixture, ...)
{
  g_auto (GStrv) argv = NULL;
  va_list args;

  va_start (args, fixture);
  argv = make_argv (fixture, FALSE, args);
  va_end (args);
  run (fixture, argv, NULL, NULL);
}

void
crm_cli_run_limited (Fixture *fixture, guint64 bytes, ...)
{
  g_auto (GStrv) argv = NULL;
  va_list args;

  va_start (args, bytes);
  argv = make_argv (fixture, TRUE, args);
  va_end (args);
  run (fixture, argv, limit_files, &bytes);
}

/* Never NULL, also of no bytes. */
static char *
to_string (GBytes *bytes)
{
  const char *data = g_bytes_get_data (bytes, NULL);

  return g_strndup (data != NULL ? data : "", g_bytes_get_size (bytes));
}

void
crm_cli_run_input (Fixture *fixture, const char *input, ...)
{
  const GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                 G_SUBPROCESS_FLAGS_STDERR_PIPE;
  g_autoptr (GBytes) bytes = g_bytes_new_static (input, strlen (input));
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GBytes) err = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) argv = NULL;
  va_list args;

  va_start (args, input);
  argv = make_argv (fixture, FALSE, args);
  va_end (args);
  forget_run (fixture);
  process = g_subprocess_newv ((const char *const *) argv, flags, &error);
  g_assert_no_error (error);
  g_subprocess_communicate (process, bytes, NULL, &out, &err, &error);
  g_assert_no_error (error);
  fixture->out = to_string (out);
  fixture->err = to_string (err);
  fixture->status = g_subprocess_get_exit_status (process);
}

GSubprocess *
crm_cli_start (Fixture *fixture, ...)
{
  const GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) argv = NULL;
  GSubprocess *process;
  va_list args;

  va_start (args, fixture);
  argv = make_argv (fixture, TRUE, args);
  va_end (args);
  process = g_subprocess_newv ((const char *const *) argv, flags, &error);
  g_assert_no_error (error);

  return process;
}

void
crm_cli_assert_done (Fixture *fixture)
{
  if (fixture->status != 0 || fixture->err[0] != '\0')
    g_error ("Exit %d, stderr: %s", fixture->status, fixture->err);
}

guint
crm_cli_count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n' ? 1 : 0;

  return n;
}

void
crm_cli_assert_failed (Fixture *fixture, int status, const char *part)
{
  g_assert_cmpint (fixture->status, ==, status);
  g_assert_cmpstr (fixture->out, ==, "");
  g_assert_true (g_str_has_prefix (fixture->err, "crm-cli: "));
  g_assert_cmpuint (crm_cli_count_lines (fixture->err), ==, 1);
  if (strstr (fixture->err, part) == NULL)
    g_error ("“%s” lacks “%s”", fixture->err, part);
}

char *
crm_cli_make (Fixture *fixture, const char *kind, const char *pair)
{
  crm_cli_run_args (fixture, "new", kind, pair, NULL);
  crm_cli_assert_done (fixture);

  return g_strdup (g_strchomp (fixture->out));
}

guint
crm_cli_count (Fixture *fixture, const char *kind)
{
  crm_cli_run_args (fixture, "list", kind, "--json", NULL);
  crm_cli_assert_done (fixture);

  return crm_cli_count_lines (fixture->out);
}

JsonObject *
crm_cli_get_line (Fixture *fixture, guint index)
{
  g_auto (GStrv) lines = g_strsplit (fixture->out, "\n", -1);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (index, <, g_strv_length (lines));
  node = json_from_string (lines[index], &error);
  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));

  return json_node_dup_object (node);
}

void
crm_cli_set_up_empty (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("crm-cli-XXXXXX", &error);
  g_assert_no_error (error);
}

void
crm_cli_set_up (Fixture *fixture, gconstpointer unused)
{
  crm_cli_set_up_empty (fixture, unused);
  crm_cli_run_args (fixture, "init", NULL);
  crm_cli_assert_done (fixture);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL
                                                                    : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_remove (path);
}

void
crm_cli_tear_down (Fixture *fixture, gconstpointer unused)
{
  forget_run (fixture);
  remove_all (fixture->dir);
  g_free (fixture->dir);
}
