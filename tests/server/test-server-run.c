#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* The administration commands of the program itself. */

static char *program;

typedef struct
{
  char *dir;
  char *path;
  char *database;
  char *password;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->dir = g_dir_make_tmp ("crm-server-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "server.db", NULL);
  fixture->database = g_strconcat ("sqlite:", fixture->path, NULL);
  fixture->password = g_build_filename (fixture->dir, "password", NULL);
  g_assert_true (g_file_set_contents (fixture->password, "correct horse\n", -1, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->path);
  g_free (fixture->database);
  g_free (fixture->password);
}

/* @line: words parted by spaces, DIR, DB and PW stand for the fixture's. The exit code. */
static int
run (Fixture *fixture, const char *line, char **output)
{
  g_autoptr (GString) text = g_string_new (line);
  g_autofree char *full = NULL;
  g_auto (GStrv) argv = NULL;
  g_autofree char *err = NULL;
  g_autofree char *unread = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_string_replace (text, "DB", fixture->database, 0);
  g_string_replace (text, "PW", fixture->password, 0);
  g_string_replace (text, "DIR", fixture->dir, 0);
  full = g_strconcat (program, " ", text->str, NULL);
  argv = g_strsplit (full, " ", -1);
  g_spawn_sync (NULL,
                argv,
                NULL,
                G_SPAWN_DEFAULT,
                NULL,
                NULL,
                output != NULL ? output : &unread,
                &err,
                &status,
                &error);
  g_assert_no_error (error);
  g_test_message ("%s: %d %s", line, WEXITSTATUS (status), err);

  return WEXITSTATUS (status);
}

#define assert_run(fixture, line, code) g_assert_cmpint (run (fixture, line, NULL), ==, code)

static void
test_accounts (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *users = NULL;
  g_autofree char *profiles = NULL;
  GStatBuf status;

  assert_run (fixture, "--database DB init --admin anna --password-file PW", 0);
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0077, ==, 0);
  assert_run (fixture, "--database DB init --admin anna --password-file PW", 1);
  assert_run (fixture, "--database DB user add bob --password-file PW", 0);
  assert_run (fixture, "--database DB user add Bob --password-file PW", 1);
  assert_run (fixture, "--database DB user add eve --password-file PW --profile none", 1);
  assert_run (fixture, "--database DB user password bob --password-file PW", 0);
  assert_run (fixture, "--database DB user password eve --password-file PW", 1);
  assert_run (fixture, "--database DB user disable bob", 0);
  g_assert_cmpint (run (fixture, "--database DB user list", &users), ==, 0);
  g_assert_cmpstr (users, ==, "anna\toffice\tadmin\tactive\nbob\toffice\tuser\tdisabled\n");
  g_assert_cmpint (run (fixture, "--database DB profile list", &profiles), ==, 0);
  g_assert_cmpstr (profiles, ==, "office\n");
  assert_run (fixture, "--database DB profile show office", 0);
  assert_run (fixture, "--database DB profile show none", 1);
  assert_run (fixture, "--database DB device list", 0);
  assert_run (fixture, "--database DB device revoke none", 1);
}

static void
test_upkeep (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *said = NULL;

  assert_run (fixture, "--database DB init --admin anna --password-file PW", 0);
  g_assert_cmpint (run (fixture, "--database DB check", &said), ==, 0);
  g_assert_cmpstr (said, ==, "ok\n");
  assert_run (fixture, "--database DB backup DIR/copy.db", 0);
  assert_run (fixture, "--database DB backup DIR/copy.db", 1);
  assert_run (fixture, "--database sqlite:DIR/copy.db check", 0);
  /* What is no database. */
  assert_run (fixture, "--database sqlite:PW check", 1);
  assert_run (fixture, "--database sqlite:DIR/none.db check", 1);
}

static void
test_usage (Fixture *fixture, gconstpointer unused)
{
  assert_run (fixture, "check", 2);
  assert_run (fixture, "--database DB nonsense", 2);
  assert_run (fixture, "--database DB user", 2);
  assert_run (fixture, "--database DB user add", 2);
  assert_run (fixture, "--database DB user list more", 2);
  assert_run (fixture, "--database DB init --password-file PW", 2);
  assert_run (fixture, "--database DB init --admin anna", 2);
  assert_run (fixture, "--nonsense", 2);
  assert_run (fixture, "--database mysql://x/y check", 2);
  assert_run (fixture, "--version", 0);
  /* A password that is too short makes nothing. */
  g_assert_true (g_file_set_contents (fixture->password, "short", -1, NULL));
  assert_run (fixture, "--database DB init --admin anna --password-file PW", 1);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* A password in the clear is for this machine only. */
static void
test_plain (Fixture *fixture, gconstpointer unused)
{
  assert_run (fixture, "--database DB init --admin anna --password-file PW", 0);
  assert_run (fixture, "--database DB --listen 0.0.0.0:0", 2);
  assert_run (fixture, "--database DB --listen [::]:0", 2);
  assert_run (fixture, "--database DB --listen nonsense", 2);
  assert_run (fixture, "--database DB --listen 0.0.0.0:0 --tls-cert PW", 2);
}

static void
take_program (int *argc, char **argv)
{
  for (int i = 1; i + 1 < *argc; i++)
    if (strcmp (argv[i], "--crm-server") == 0)
      {
        program = argv[i + 1];
        *argc = i;
        argv[i] = NULL;
        return;
      }
}

int
main (int argc, char *argv[])
{
  take_program (&argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (program);

#define ADD(path, func) g_test_add ("/server/run/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("accounts", test_accounts);
  ADD ("upkeep", test_upkeep);
  ADD ("usage", test_usage);
  ADD ("plain", test_plain);
#undef ADD

  return g_test_run ();
}
