#include "crm-cli-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/prctl.h>

/* linux/capability.h */
#define CAP_DAC_OVERRIDE    1
#define CAP_DAC_READ_SEARCH 2

static void
set_mode (Fixture *fixture, const char *name, int mode)
{
  g_autofree char *path = crm_cli_path (fixture, name);

  g_assert_no_errno (g_chmod (path, mode));
}

/* One may look, and is told why one may not write; and all is well when one may again. */
static void
assert_readable (Fixture *fixture)
{
  g_assert_cmpuint (crm_cli_count (fixture, "tag"), ==, 1);
  crm_cli_run_args (fixture, "new", "tag", "name=y", NULL);
  crm_cli_assert_failed (fixture, 1, "may not be written; give yourself the right");
  g_assert_null (strstr (fixture->err, "running"));
}

static void
assert_writable (Fixture *fixture)
{
  const guint n_tags = crm_cli_count (fixture, "tag");

  g_free (crm_cli_make (fixture, "tag", "name=y"));
  g_assert_cmpuint (crm_cli_count (fixture, "tag"), ==, n_tags + 1);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  crm_cli_set_up (fixture, unused);
  g_free (crm_cli_make (fixture, "tag", "name=x"));
}

static void
test_folder (Fixture *fixture, gconstpointer unused)
{
  set_mode (fixture, "replica", 0500);
  assert_readable (fixture);
  set_mode (fixture, "replica", 0000);
  crm_cli_run_args (fixture, "list", "tag", NULL);
  crm_cli_assert_failed (fixture, 1, "Permission denied");
  /* It is not taken for an empty one. */
  crm_cli_run_args (fixture, "init", NULL);
  crm_cli_assert_failed (fixture, 1, "There is a replica in");
  set_mode (fixture, "replica", 0700);
  assert_writable (fixture);
}

static void
test_file (Fixture *fixture, gconstpointer unused)
{
  set_mode (fixture, "replica/replica.db", 0400);
  assert_readable (fixture);
  set_mode (fixture, "replica/replica.db", 0000);
  crm_cli_run_args (fixture, "list", "tag", NULL);
  crm_cli_assert_failed (fixture, 1, "Permission denied");
  /* Whatever a reader left beside it. */
  set_mode (fixture, "replica/replica.db", 0600);
  assert_writable (fixture);
}

static void
test_key (Fixture *fixture, gconstpointer unused)
{
  set_mode (fixture, "key", 0400);
  assert_writable (fixture);
  crm_cli_run_args (fixture, "rekey", NULL);
  crm_cli_assert_done (fixture);
  set_mode (fixture, "key", 0000);
  crm_cli_run_args (fixture, "list", "tag", NULL);
  crm_cli_assert_failed (fixture, 1, "Permission denied");
}

/* It works, but not in silence. */
static void
test_shared_key (Fixture *fixture, gconstpointer unused)
{
  set_mode (fixture, "key", 0644);
  crm_cli_run_args (fixture, "list", "tag", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpuint (crm_cli_count_lines (fixture->err), ==, 1);
  g_assert_nonnull (strstr (fixture->err, "others can read the key file"));
  set_mode (fixture, "key", 0600);
  assert_writable (fixture);
}

static void
test_key_length (Fixture *fixture, gconstpointer unused)
{
  static const guint lengths[] = { 0, 1, 31, 33, 63, 65, 4096, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *text = g_strnfill (lengths[i], 'a');

      crm_cli_write (fixture, "key", text);
      set_mode (fixture, "key", 0600);
      crm_cli_run_args (fixture, "list", "tag", NULL);
      crm_cli_assert_failed (fixture, 1, "64 hex digits or 32 bytes");
    }
}

/* The old key stays where the new one cannot be put beside it. */
static void
test_rekey (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *folder = crm_cli_path (fixture, "keys");
  g_autofree char *old = crm_cli_path (fixture, "key");
  g_autofree char *key = crm_cli_path (fixture, "keys/key");

  g_assert_no_errno (g_mkdir (folder, 0700));
  g_assert_no_errno (g_rename (old, key));
  set_mode (fixture, "keys", 0500);
  crm_cli_run_plain (fixture, "--data=replica", "--key-file=keys/key", "rekey", NULL);
  crm_cli_assert_failed (fixture, 1, "Permission denied; choose a place");
  set_mode (fixture, "keys", 0700);
  g_assert_no_errno (g_rename (key, old));
  assert_writable (fixture);
}

/* Nothing is made where one may not write, and no key for nothing. */
static void
test_init (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *folder = crm_cli_path (fixture, "closed");
  g_autofree char *key = crm_cli_path (fixture, "new.key");

  g_assert_no_errno (g_mkdir (folder, 0500));
  crm_cli_run_plain (fixture, "--data=closed/replica", "--key-file=new.key", "init", NULL);
  crm_cli_assert_failed (fixture, 1, "Permission denied; choose a place");
  g_assert_false (g_file_test (key, G_FILE_TEST_EXISTS));
  crm_cli_run_plain (fixture, "--data=key/replica", "--key-file=new.key", "init", NULL);
  crm_cli_assert_failed (fixture, 1, "Not a directory");
  crm_cli_run_plain (fixture, "--data=replica", "--key-file=no/key", "list", "tag", NULL);
  crm_cli_assert_failed (fixture, 1, "no/key");
  crm_cli_run_plain (fixture, "--data=no", "--key-file=new.key", "list", "tag", NULL);
  crm_cli_assert_failed (fixture, 1, "There is no replica in");
  g_assert_false (g_file_test (key, G_FILE_TEST_EXISTS));
}

/* What is written for others names the file that was asked for. */
static void
test_output (Fixture *fixture, gconstpointer unused)
{
  static const char *const formats[] = { "csv", "xlsx", "pdf" };
  g_autofree char *folder = crm_cli_path (fixture, "closed");

  crm_cli_write (fixture, "password", "zeer geheim\n");
  g_assert_no_errno (g_mkdir (folder, 0500));
  crm_cli_run_args (fixture, "export", "tag", "closed/x", NULL);
  crm_cli_assert_failed (fixture, 1, "closed/x”: Permission denied; choose a place");
  crm_cli_run_args (fixture, "backup", "closed/x", "--password-file", "password", NULL);
  crm_cli_assert_failed (fixture, 1, "“closed/x”: Permission denied; choose a place");
  crm_cli_run_args (fixture, "backup", "no/x", "--password-file", "password", NULL);
  crm_cli_assert_failed (fixture, 1, "“no/x”: No such file");
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      crm_cli_run_args (fixture,
                        "report",
                        "week",
                        "--format",
                        formats[i],
                        "--output",
                        "closed/x",
                        NULL);
      crm_cli_assert_failed (fixture, 1, "Permission denied; choose a place");
    }
}

int
main (int argc, char *argv[])
{
  crm_cli_fixture_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  /* For root too the rights of files count then, in the programs that are started. */
  prctl (PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);
  prctl (PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, crm_cli_tear_down)
  ADD ("/cli/rights/folder", test_folder);
  ADD ("/cli/rights/file", test_file);
  ADD ("/cli/rights/key", test_key);
  ADD ("/cli/rights/shared-key", test_shared_key);
  ADD ("/cli/rights/key-length", test_key_length);
  ADD ("/cli/rights/rekey", test_rekey);
  ADD ("/cli/rights/init", test_init);
  ADD ("/cli/rights/output", test_output);
#undef ADD

  return g_test_run ();
}
