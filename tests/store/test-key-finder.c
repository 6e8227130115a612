#include "store/key/crm-key-finder.h"

#include "store/crm-replica.h"

#include <glib/gstdio.h>
#include <string.h>

static gboolean
same (const CrmKey *a, const CrmKey *b)
{
  return memcmp (crm_key_get_bytes (a), crm_key_get_bytes (b), CRM_KEY_SIZE) == 0;
}

static char *
make_dir (void)
{
  g_autofree char *base = g_dir_make_tmp ("crm-XXXXXX", NULL);

  return g_build_filename (base, "replica", NULL);
}

static CrmKey *
find (const char *dir, const char *file, CrmKeyring *keyring, GError **error)
{
  g_autofree char *kept_in = NULL;

  return crm_key_finder_find (dir, file, keyring, &kept_in, NULL, error);
}

/* The window and the command line open the same folder. */
static void
test_default_dir (void)
{
  g_autofree char *dir = crm_key_finder_dup_default_dir ();

  g_assert_true (g_str_has_suffix (dir, "/org.example.Crm/default"));
  g_assert_true (g_str_has_prefix (dir, g_get_user_data_dir ()));
}

static void
test_keyring (void)
{
  g_autoptr (CrmKeyring) keyring = crm_keyring_new_memory ();
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_dir ();
  g_autoptr (CrmKey) made = find (dir, NULL, keyring, &error);
  g_autoptr (CrmKey) again = NULL;

  g_assert_no_error (error);
  again = find (dir, NULL, keyring, &error);
  g_assert_no_error (error);
  g_assert_true (same (made, again));
}

static void
test_file (void)
{
  g_autoptr (CrmKeyring) keyring = crm_keyring_new_memory ();
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_dir ();
  g_autofree char *file = g_strconcat (dir, ".mine", NULL);
  g_autoptr (CrmKey) made = find (dir, file, keyring, &error);
  g_autoptr (CrmKey) again = NULL;
  GStatBuf info;

  g_assert_no_error (error);
  g_assert_cmpint (g_stat (file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  again = find (dir, file, keyring, &error);
  g_assert_no_error (error);
  g_assert_true (same (made, again));
}

/* A replica whose key is gone gets no new one, which would never open it. */
static void
test_missing (void)
{
  g_autoptr (CrmKeyring) keyring = crm_keyring_new_memory ();
  g_autoptr (CrmKeyring) other = crm_keyring_new_memory ();
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_dir ();
  g_autofree char *file = g_strconcat (dir, ".mine", NULL);
  g_autoptr (CrmKey) key = find (dir, NULL, keyring, &error);
  g_autoptr (CrmReplica) replica = crm_replica_create (dir, key, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (replica);
  g_assert_null (find (dir, NULL, other, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_KEY);
  g_clear_error (&error);
  g_assert_null (find (dir, file, other, &error));
  g_assert_nonnull (error);
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
}

/* A private file is found first: with a key that does not fit it would hide the one that does. */
static void
test_keep_puts_wrong_file_aside (void)
{
  g_autoptr (CrmKeyring) keyring = crm_keyring_new_memory ();
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_dir ();
  g_autofree char *file = g_strconcat (dir, ".key", NULL);
  g_autofree char *aside = g_strconcat (file, ".old", NULL);
  g_autofree char *kept_in = NULL;
  g_autoptr (CrmKey) wrong = crm_key_new_random ();
  g_autoptr (CrmKey) right = crm_key_new_random ();
  g_autoptr (CrmKey) found = NULL;

  g_assert_true (crm_key_save (wrong, file, &error));
  g_assert_no_error (error);
  g_assert_true (crm_key_finder_keep (dir, wrong, keyring, &kept_in, NULL, &error));
  g_assert_cmpstr (kept_in, ==, file);
  g_clear_pointer (&kept_in, g_free);

  g_assert_true (crm_key_finder_keep (dir, right, keyring, &kept_in, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (kept_in);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  found = find (dir, NULL, keyring, &error);
  g_assert_no_error (error);
  g_assert_true (same (found, right));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/key-finder/default-dir", test_default_dir);
  g_test_add_func ("/store/key-finder/keyring", test_keyring);
  g_test_add_func ("/store/key-finder/file", test_file);
  g_test_add_func ("/store/key-finder/missing", test_missing);
  g_test_add_func ("/store/key-finder/keep", test_keep_puts_wrong_file_aside);

  return g_test_run ();
}
