#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

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
run_and_read (Fixture *fixture, const char *line, char **output, char **said)
{
  g_autoptr (GString) text = g_string_new (line);
  g_autofree char *full = NULL;
  g_auto (GStrv) argv = NULL;
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
                said,
                &status,
                &error);
  g_assert_no_error (error);
  g_test_message ("%s: %d %s", line, WEXITSTATUS (status), *said);

  return WEXITSTATUS (status);
}

static int
run (Fixture *fixture, const char *line, char **output)
{
  g_autofree char *said = NULL;

  return run_and_read (fixture, line, output, &said);
}

/* Fails with one line that has @words in it. */
static void
assert_says (Fixture *fixture, const char *line, const char *words)
{
  g_autofree char *said = NULL;

  g_assert_cmpint (run_and_read (fixture, line, NULL, &said), !=, 0);
  g_assert_true (g_str_has_prefix (said, "crm-server: "));
  g_assert_nonnull (strstr (said, words));
  g_assert_true (strchr (said, '\n') == said + strlen (said) - 1);
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

/* Each says what, where, and what to do. */
static void
test_messages (Fixture *fixture, gconstpointer unused)
{
  assert_says (fixture, "--database DB check", "There is no database");
  assert_says (fixture, "--database DB check", "init --admin");
  assert_says (fixture, "--database DB user ad", "“user ad”: there is no such command");
  assert_says (fixture, "--database DB user add", "“user add”: an argument is missing");
  assert_says (fixture, "--database DB check", "server.db");
  assert_says (fixture, "check", "--help");
  assert_run (fixture, "--database DB init --admin anna --password-file PW", 0);
  assert_says (fixture, "--database DB init --admin anna --password-file PW", "exists already");
  assert_says (fixture, "--database DB user add eve --password-file DIR/none", "none");
  assert_says (fixture, "--database DB user add anna --password-file PW", "user password");
  assert_says (fixture, "--database DB user disable eve", "user list");
  assert_says (fixture, "--database DB device revoke x", "device list");
  assert_says (fixture, "--database DB profile show x", "profile list");
  assert_says (fixture, "--database DB backup DIR/none/x", "no folder");
  assert_says (fixture, "--database DB --listen 127.0.0.1:99999", "127.0.0.1:8470");
  assert_says (fixture, "--database DB --listen 127.0.0.1 --tls-cert PW --tls-key PW", "password");
}

/* A name goes on one line of a list. */
static void
test_names (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *longest = g_strnfill (100, 'x');
  g_autofree char *good = g_strdup_printf ("--database DB user add %s --password-file PW", longest);
  g_autofree char *bad = g_strdup_printf ("--database DB user add %sx --password-file PW", longest);

  assert_run (fixture, "--database DB init --admin anna --password-file PW", 0);
  assert_run (fixture, "--database DB user add a\nb --password-file PW", 1);
  assert_run (fixture, "--database DB user add a\tb --password-file PW", 1);
  assert_run (fixture, good, 0);
  assert_run (fixture, bad, 1);
}

/* What was there is kept, also by two in one second. */
static void
test_restore_twice (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  assert_run (fixture, "--database DB init --admin anna --password-file PW", 0);
  assert_run (fixture, "--database DB backup DIR/copy.db", 0);
  g_assert_cmpint (run (fixture, "--database DB restore DIR/copy.db", &one), ==, 0);
  g_assert_cmpint (run (fixture, "--database DB restore DIR/copy.db", &two), ==, 0);
  g_assert_cmpstr (one, !=, two);
  g_assert_true (g_str_has_prefix (one, "The database that was there is "));
}

static void
assert_owner (Fixture *fixture, const char *name, uid_t owner)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_uid, ==, owner);
}

/* Root makes the database of a service that has a user of its own. */
static void
test_owner (Fixture *fixture, gconstpointer unused)
{
  const uid_t owner = 4242;

  if (geteuid () != 0 || chown (fixture->dir, owner, owner) != 0)
    {
      g_test_skip ("only root gives files away");
      return;
    }
  assert_run (fixture, "--database DB init --admin anna --password-file PW", 0);
  assert_owner (fixture, "server.db", owner);
  assert_run (fixture, "--database DB backup DIR/copy.db", 0);
  assert_run (fixture, "--database DB restore DIR/copy.db", 0);
  assert_owner (fixture, "server.db", owner);
  assert_owner (fixture, "server.db-serving", owner);
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
  ADD ("messages", test_messages);
  ADD ("names", test_names);
  ADD ("restore-twice", test_restore_twice);
  ADD ("owner", test_owner);
  ADD ("plain", test_plain);
#undef ADD

  return g_test_run ();
}
