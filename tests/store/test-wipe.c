#include "store/key/crm-wipe.h"

#include "store/crm-replica.h"

#include <glib/gstdio.h>

typedef struct
{
  char *root;
  char *dir;
  CrmKeyring *keyring;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmKey) key = crm_key_new_random ();
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (GError) error = NULL;

  fixture->root = g_dir_make_tmp ("crm-wipe-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->dir = g_build_filename (fixture->root, "replica", NULL);
  fixture->keyring = crm_keyring_new_memory ();
  crm_keyring_store_key (fixture->keyring, fixture->dir, key, NULL, &error);
  crm_keyring_store_token (fixture->keyring, fixture->dir, "secret", NULL, &error);
  replica = crm_replica_create (fixture->dir, key, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_rmdir (fixture->dir);
  g_rmdir (fixture->root);
  g_object_unref (fixture->keyring);
  g_free (fixture->dir);
  g_free (fixture->root);
}

static void
test_keyring (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;

  crm_wipe_run (fixture->dir, NULL, fixture->keyring, &error);
  g_assert_no_error (error);
  g_assert_null (crm_keyring_lookup_key (fixture->keyring, fixture->dir, NULL, &error));
  token = crm_keyring_lookup_token (fixture->keyring, fixture->dir, NULL, &error);
  g_assert_null (token);
  g_assert_false (g_file_test (fixture->dir, G_FILE_TEST_EXISTS));
}

/* What people keep in the folder themselves is not ours to remove. */
static void
test_other_files (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *key_file = g_build_filename (fixture->root, "key", NULL);
  g_autofree char *other = g_build_filename (fixture->dir, "notes.txt", NULL);
  g_autofree char *backups = g_build_filename (fixture->dir, "backups", NULL);
  g_autofree char *backup = g_build_filename (backups, "monday", NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir (backups, 0700);
  g_file_set_contents (key_file, "key", -1, &error);
  g_file_set_contents (other, "mine", -1, &error);
  g_file_set_contents (backup, "", -1, &error);
  g_assert_no_error (error);

  crm_wipe_run (fixture->dir, key_file, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (key_file, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (backups, G_FILE_TEST_EXISTS));
  g_assert_false (crm_replica_exists (fixture->dir));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_unlink (other);
}

/* A key that stays would open what a thief has copied: said, and nothing else is done. */
static void
test_key_stays (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *folder = g_build_filename (fixture->root, "key", NULL);
  g_autofree char *child = g_build_filename (folder, "child", NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (child, 0700);
  g_assert_false (crm_wipe_run (fixture->dir, folder, NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (crm_replica_exists (fixture->dir));

  g_rmdir (child);
  g_rmdir (folder);
  g_clear_error (&error);
  g_assert_true (crm_wipe_run (fixture->dir, NULL, fixture->keyring, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/wipe/keyring", Fixture, NULL, set_up, test_keyring, tear_down);
  g_test_add ("/wipe/other-files", Fixture, NULL, set_up, test_other_files, tear_down);
  g_test_add ("/wipe/key-stays", Fixture, NULL, set_up, test_key_stays, tear_down);

  return g_test_run ();
}
