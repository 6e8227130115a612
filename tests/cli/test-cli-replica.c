#include "crm-cli-fixture.h"

#include "store/crm-backup.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_init (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *key = crm_cli_path (fixture, "key");
  g_autofree char *replica = crm_cli_path (fixture, "replica");
  GStatBuf info;

  crm_cli_run_args (fixture, "init", NULL);
  crm_cli_assert_done (fixture);
  g_assert_cmpint (g_stat (key, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (replica, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);

  crm_cli_run_args (fixture, "init", NULL);
  crm_cli_assert_failed (fixture, 1, "There is a replica in");
}

/* The key that is printed opens what the key of the replica is wrapped in. */
static void
test_init_recovery (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *dir = crm_cli_path (fixture, "replica");
  g_autofree char *key_file = crm_cli_path (fixture, "key");
  g_autofree char *wrapped = NULL;
  g_autoptr (JsonObject) made = NULL;
  g_autofree char *again = crm_cli_path (fixture, "again");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (CrmKey) opened = NULL;
  g_autoptr (GError) error = NULL;

  crm_cli_run_args (fixture, "init", "--recovery-key", "--json", NULL);
  crm_cli_assert_done (fixture);
  made = crm_cli_get_line (fixture, 0);
  wrapped = crm_recovery_key_load (dir, &error);
  g_assert_no_error (error);
  opened = crm_recovery_key_open (json_object_get_string_member (made, "recovery_key"),
                                  wrapped,
                                  &error);
  g_assert_no_error (error);
  /* The key file could be made again from it. */
  g_assert_true (crm_key_save (opened, again, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (key_file, &first, NULL, NULL));
  g_assert_true (g_file_get_contents (again, &second, NULL, NULL));
  g_assert_cmpstr (first, ==, second);
}

/* The demo is the same on every laptop. */
static void
test_demo (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *first = NULL;

  crm_cli_run_args (fixture, "init", "--demo", "30", NULL);
  crm_cli_assert_done (fixture);
  g_assert_cmpuint (crm_cli_count (fixture, "relation"), ==, 30);
  g_assert_cmpuint (crm_cli_count (fixture, "activity"), >, 0);
  crm_cli_run_args (fixture, "list", "relation", NULL);
  first = g_strdup (fixture->out);

  crm_cli_run_plain (fixture,
                     "--data",
                     "other",
                     "--key-file",
                     "other.key",
                     "init",
                     "--demo",
                     "30",
                     NULL);
  crm_cli_assert_done (fixture);
  crm_cli_run_plain (fixture,
                     "--data",
                     "other",
                     "--key-file",
                     "other.key",
                     "list",
                     "relation",
                     NULL);
  g_assert_cmpstr (fixture->out, ==, first);
}

static void
test_wrong_key (Fixture *fixture, gconstpointer unused)
{
  static const char *const bad[] = { "", "x", "00", "zz" };
  g_autofree char *zeros = g_strnfill (64, '0');

  crm_cli_write (fixture, "key", zeros);
  crm_cli_run_args (fixture, "list", "person", NULL);
  crm_cli_assert_failed (fixture, 1, "key");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      crm_cli_write (fixture, "key", bad[i]);
      crm_cli_run_args (fixture, "list", "person", NULL);
      crm_cli_assert_failed (fixture, 1, "key");
    }
}

/* The key of a replica that is there is never made anew. */
static void
test_missing_key (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *key = crm_cli_path (fixture, "key");

  g_assert_cmpint (g_remove (key), ==, 0);
  crm_cli_run_args (fixture, "list", "person", NULL);
  crm_cli_assert_failed (fixture, 1, "key");
  g_assert_false (g_file_test (key, G_FILE_TEST_EXISTS));
}

static void
test_rekey (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *key = crm_cli_path (fixture, "key");
  g_autofree char *new_key = crm_cli_path (fixture, "key.new");
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  g_free (crm_cli_make (fixture, "tag", "name=x"));
  g_assert_true (g_file_get_contents (key, &old, NULL, NULL));
  crm_cli_run_args (fixture, "rekey", NULL);
  crm_cli_assert_done (fixture);
  g_assert_true (g_file_get_contents (key, &new, NULL, NULL));
  g_assert_cmpstr (old, !=, new);
  g_assert_false (g_file_test (new_key, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (crm_cli_count (fixture, "tag"), ==, 1);

  crm_cli_write (fixture, "key", old);
  crm_cli_run_args (fixture, "list", "tag", NULL);
  crm_cli_assert_failed (fixture, 1, "key");
}

/* The printed one opened the old key. */
static void
test_rekey_recovery (Fixture *fixture, gconstpointer unused)
{
  crm_cli_write (fixture, "replica/recovery", "wrapped");
  crm_cli_run_args (fixture, "rekey", NULL);
  crm_cli_assert_done (fixture);
  g_assert_nonnull (strstr (fixture->out, "print the new one: "));
}

static void
test_backup (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *new_dir = crm_cli_path (fixture, "r2");
  g_autofree char *new_key = crm_cli_path (fixture, "k2");

  g_free (crm_cli_make (fixture, "tag", "name=Geheimschrift"));
  crm_cli_write (fixture, "password", "zeer geheim\nrest\n");
  crm_cli_write (fixture, "wrong", "geheim\n");
  crm_cli_write (fixture, "empty", "\nzeer geheim\n");

  crm_cli_run_args (fixture, "backup", "b", "--password-file", "password", NULL);
  crm_cli_assert_done (fixture);
  crm_cli_run_args (fixture, "backup", "b2", "--password-file", "empty", NULL);
  crm_cli_assert_failed (fixture, 1, "first line");
  crm_cli_run_args (fixture, "backup", "b2", "--password-file", "nowhere", NULL);
  crm_cli_assert_failed (fixture, 1, "nowhere");
  crm_cli_run_args (fixture, "backup", "no/such/b", "--password-file", "password", NULL);
  crm_cli_assert_failed (fixture, 1, "");

  crm_cli_run_args (fixture, "restore", "b", "--password-file", "password", NULL);
  crm_cli_assert_failed (fixture, 1, "There is a replica in");
  crm_cli_run_plain (fixture,
                     "--data=r2",
                     "--key-file=k2",
                     "restore",
                     "b",
                     "--password-file",
                     "wrong",
                     NULL);
  crm_cli_assert_failed (fixture, 1, "");
  /* No key and no folder stay behind. */
  g_assert_false (g_file_test (new_key, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (new_dir, G_FILE_TEST_EXISTS));
  crm_cli_run_plain (fixture,
                     "--data=r2",
                     "--key-file=k2",
                     "restore",
                     "b",
                     "--password-file",
                     "password",
                     NULL);
  crm_cli_assert_done (fixture);
  crm_cli_run_plain (fixture, "--data=r2", "--key-file=k2", "list", "tag", NULL);
  crm_cli_assert_done (fixture);
  g_assert_nonnull (strstr (fixture->out, "Geheimschrift"));
  crm_cli_run_plain (fixture, "--data=r2", "--key-file=k2", "check", NULL);
  crm_cli_assert_done (fixture);
}

/* Nothing of the records, the key or the password can be read on the disk. */
static void
test_encrypted (Fixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "replica/replica.db", "b" };

  g_free (crm_cli_make (fixture, "person", "surname=Geheimschrift"));
  crm_cli_write (fixture, "password", "zeer geheim\n");
  crm_cli_run_args (fixture, "backup", "b", "--password-file", "password", NULL);
  crm_cli_assert_done (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = crm_cli_path (fixture, names[i]);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      g_assert_cmpuint (length, >, 1000);
      g_assert_null (memmem (bytes, length, "Geheimschrift", 13));
      g_assert_null (memmem (bytes, length, "SQLite format", 13));
      g_assert_null (memmem (bytes, length, "zeer geheim", 11));
    }
}

static void
test_damaged (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = crm_cli_path (fixture, "replica/replica.db");
  g_autofree char *bytes = NULL;
  gsize length;

  g_free (crm_cli_make (fixture, "person", "surname=Vries"));
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (gsize i = length / 2; i < length / 2 + 8192 && i < length; i++)
    bytes[i] ^= 0x55;
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  crm_cli_run_args (fixture, "check", NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  g_assert_cmpuint (crm_cli_count_lines (fixture->err), ==, 1);
}

static void
test_default_folder (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = crm_cli_path (fixture, "org.example.Crm/default/replica.db");

  g_setenv ("XDG_DATA_HOME", fixture->dir, TRUE);
  crm_cli_run_plain (fixture, "--key-file", "key", "init", NULL);
  g_unsetenv ("XDG_DATA_HOME");
  crm_cli_assert_done (fixture);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  crm_cli_fixture_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, set_up, func) g_test_add (path, Fixture, NULL, set_up, func, crm_cli_tear_down)
  ADD ("/cli/replica/init", crm_cli_set_up_empty, test_init);
  ADD ("/cli/replica/init-recovery", crm_cli_set_up_empty, test_init_recovery);
  ADD ("/cli/replica/demo", crm_cli_set_up_empty, test_demo);
  ADD ("/cli/replica/default-folder", crm_cli_set_up_empty, test_default_folder);
  ADD ("/cli/replica/wrong-key", crm_cli_set_up, test_wrong_key);
  ADD ("/cli/replica/missing-key", crm_cli_set_up, test_missing_key);
  ADD ("/cli/replica/rekey", crm_cli_set_up, test_rekey);
  ADD ("/cli/replica/rekey-recovery", crm_cli_set_up, test_rekey_recovery);
  ADD ("/cli/replica/backup", crm_cli_set_up, test_backup);
  ADD ("/cli/replica/encrypted", crm_cli_set_up, test_encrypted);
  ADD ("/cli/replica/damaged", crm_cli_set_up, test_damaged);
#undef ADD

  return g_test_run ();
}
