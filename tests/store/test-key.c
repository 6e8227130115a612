#include "store/crm-backup.h"
#include "store/key/crm-key.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->dir = g_dir_make_tmp ("crm-key-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "key", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->dir);
  g_free (fixture->path);
  g_free (fixture->dir);
}

static gboolean
is_same (const CrmKey *a, const CrmKey *b)
{
  return memcmp (crm_key_get_bytes (a), crm_key_get_bytes (b), CRM_KEY_SIZE) == 0;
}

static void
test_save_and_load (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmKey) key = crm_key_new_random ();
  g_autoptr (CrmKey) loaded = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_assert_true (crm_key_save (key, fixture->path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  loaded = crm_key_new_from_file (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_true (is_same (key, loaded));

  /* A key is never overwritten. */
  g_assert_false (crm_key_save (key, fixture->path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
}

static void
test_random (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmKey) one = crm_key_new_random ();
  g_autoptr (CrmKey) two = crm_key_new_random ();
  g_autoptr (CrmKey) copy = crm_key_copy (one);

  g_assert_false (is_same (one, two));
  g_assert_true (is_same (one, copy));
}

static void
test_raw_bytes (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmKey) key = crm_key_new_random ();
  g_autoptr (CrmKey) loaded = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path,
                                      (const char *) crm_key_get_bytes (key),
                                      CRM_KEY_SIZE,
                                      NULL));
  loaded = crm_key_new_from_file (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_true (is_same (key, loaded));
}

static void
test_not_a_key (Fixture *fixture, gconstpointer unused)
{
  const char *const texts[] = {
    "",
    "geheim",
    "00112233445566778899aabbccddeeff00112233445566778899aabbccddee",
    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff00",
    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeefg",
    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff x",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (fixture->path, texts[i], -1, NULL));
      g_assert_null (crm_key_new_from_file (fixture->path, &error));
      g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_KEY);
      g_assert_nonnull (strstr (error->message, fixture->path));
    }
}

static void
test_no_file (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (crm_key_new_from_file (fixture->path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_recovery (Fixture *fixture, gconstpointer unused)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (CrmKey) key = crm_key_new_random ();
      g_autofree char *wrapped = NULL;
      g_autofree char *printed = crm_recovery_key_new (key, &wrapped, NULL);
      g_autofree char *typed = g_ascii_strdown (printed, -1);
      g_autoptr (CrmKey) opened = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (strlen (printed), ==, 41);
      g_assert_null (strpbrk (printed, "ILOUilou"));

      /* As one types it: small letters, spaces, O and l for the figures. */
      g_strdelimit (typed, "-", ' ');
      g_strdelimit (typed, "0", 'O');
      g_strdelimit (typed, "1", 'l');
      opened = crm_recovery_key_open (typed, wrapped, &error);
      g_assert_no_error (error);
      g_assert_true (is_same (key, opened));
    }
}

static void
test_recovery_typing_error (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmKey) key = crm_key_new_random ();
  g_autofree char *wrapped = NULL;
  g_autofree char *printed = crm_recovery_key_new (key, &wrapped, NULL);

  for (guint i = 0; printed[i] != '\0'; i++)
    {
      const char right = printed[i];
      g_autoptr (GError) error = NULL;

      if (right == '-')
        continue;
      printed[i] = right == 'A' ? 'B' : 'A';
      g_assert_null (crm_recovery_key_open (printed, wrapped, &error));
      g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_KEY);
      g_assert_nonnull (strstr (error->message, "typing error"));
      printed[i] = right;
    }
}

static void
test_recovery_of_another (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmKey) key = crm_key_new_random ();
  g_autofree char *wrapped = NULL;
  g_autofree char *other_wrapped = NULL;
  g_autofree char *printed = crm_recovery_key_new (key, &wrapped, NULL);
  g_autofree char *other = crm_recovery_key_new (key, &other_wrapped, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (crm_recovery_key_open (printed, other_wrapped, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_KEY);
  g_assert_nonnull (strstr (error->message, "not the one"));
  g_clear_error (&error);
  g_assert_null (crm_recovery_key_open ("ABCDEF", wrapped, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_KEY);
  g_clear_error (&error);
  g_assert_null (crm_recovery_key_open (printed, "no box", &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_KEY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/store/key/save-and-load", test_save_and_load);
  ADD ("/store/key/random", test_random);
  ADD ("/store/key/raw-bytes", test_raw_bytes);
  ADD ("/store/key/not-a-key", test_not_a_key);
  ADD ("/store/key/no-file", test_no_file);
  ADD ("/store/key/recovery", test_recovery);
  ADD ("/store/key/recovery-typing-error", test_recovery_typing_error);
  ADD ("/store/key/recovery-of-another", test_recovery_of_another);
#undef ADD

  return g_test_run ();
}
