#include "store/key/crm-key-change.h"

#include "crm-store-fixture.h"
#include "store/crm-backup.h"
#include "store/key/crm-key-finder.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *dir;
  char *file; /* NULL: the keyring keeps the key */
  CrmKeyring *keyring;
} World;

static CrmKey *
find (World *world)
{
  g_autofree char *kept_in = NULL;
  g_autoptr (GError) error = NULL;
  CrmKey *key = crm_key_finder_find (world->dir,
                                     world->file,
                                     world->keyring,
                                     &kept_in,
                                     NULL,
                                     &error);

  g_assert_no_error (error);

  return key;
}

static CrmReplica *
open_replica (World *world)
{
  g_autoptr (CrmKey) key = find (world);
  g_autoptr (GError) error = NULL;
  CrmReplica *replica = crm_replica_exists (world->dir)
                            ? crm_replica_open (world->dir,
                                                key,
                                                NULL,
                                                CRM_REPLICA_READ_WRITE,
                                                &error)
                            : crm_replica_create (world->dir, key, NULL, &error);

  g_assert_no_error (error);

  return replica;
}

static void
set_up (World *world, gconstpointer in_file)
{
  g_autofree char *base = g_dir_make_tmp ("crm-key-XXXXXX", NULL);
  g_autoptr (CrmReplica) replica = NULL;

  world->dir = g_build_filename (base, "replica", NULL);
  world->file = in_file != NULL ? g_build_filename (base, "key", NULL) : NULL;
  world->keyring = crm_keyring_new_memory ();
  replica = open_replica (world);
}

static void
tear_down (World *world, gconstpointer unused)
{
  g_autofree char *base = g_path_get_dirname (world->dir);

  crm_store_fixture_remove (base);
  g_object_unref (world->keyring);
  g_free (world->dir);
  g_free (world->file);
}

static gboolean
same (const CrmKey *a, const CrmKey *b)
{
  return memcmp (crm_key_get_bytes (a), crm_key_get_bytes (b), CRM_KEY_SIZE) == 0;
}

/* What a change that was killed leaves behind; @after: the replica has the new key already. */
static CrmKey *
leave_half (World *world, gboolean after)
{
  CrmKey *key = crm_key_new_random ();
  g_autofree char *name = g_strconcat (world->file != NULL ? world->file : world->dir,
                                       ".new",
                                       NULL);
  g_autofree char *marker = g_build_filename (world->dir, "rekey", NULL);
  g_autoptr (CrmReplica) replica = open_replica (world);
  g_autoptr (GError) error = NULL;

  if (world->file != NULL)
    g_assert_true (crm_key_save (key, name, &error));
  else
    g_assert_true (crm_keyring_store_key (world->keyring, name, key, NULL, &error));
  g_assert_true (g_file_set_contents (marker, "", 0, &error));
  if (after)
    g_assert_true (crm_replica_rekey (replica, key, &error));
  g_assert_no_error (error);

  return key;
}

static void
test_killed_after (World *world, gconstpointer unused)
{
  g_autoptr (CrmKey) old = find (world);
  g_autoptr (CrmKey) expected = leave_half (world, TRUE);
  g_autoptr (CrmReplica) replica = open_replica (world);
  g_autoptr (CrmKey) again = find (world);
  g_autofree char *marker = g_build_filename (world->dir, "rekey", NULL);

  g_assert_true (same (again, expected));
  g_assert_false (same (again, old));
  g_assert_false (g_file_test (marker, G_FILE_TEST_EXISTS));
}

/* It may be another program that is at it: its key stays. */
static void
test_killed_before (World *world, gconstpointer unused)
{
  g_autoptr (CrmKey) old = find (world);
  g_autoptr (CrmKey) unused_key = leave_half (world, FALSE);
  g_autoptr (CrmReplica) replica = open_replica (world);
  g_autoptr (CrmKey) found = find (world);
  g_autofree char *recovery = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (same (found, old));

  g_assert_true (crm_key_change_run (replica, world->file, world->keyring, &recovery, &error));
  g_assert_no_error (error);
  g_assert_null (recovery);
  crm_key_free (g_steal_pointer (&found));
  found = find (world);
  g_assert_false (same (found, old));
  g_assert_false (same (found, unused_key));
}

static void
test_recovery (World *world, gconstpointer unused)
{
  g_autoptr (CrmKey) old = find (world);
  g_autoptr (CrmReplica) replica = open_replica (world);
  g_autofree char *wrapped = NULL;
  g_autofree char *printed = crm_recovery_key_new (old, &wrapped, NULL);
  g_autofree char *renewed = NULL;
  g_autofree char *stored = NULL;
  g_autoptr (CrmKey) found = NULL;
  g_autoptr (CrmKey) recovered = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_recovery_key_save (world->dir, wrapped, &error));
  g_assert_true (crm_key_change_run (replica, world->file, world->keyring, &renewed, &error));
  g_assert_no_error (error);

  found = find (world);
  stored = crm_recovery_key_load (world->dir, &error);
  g_assert_no_error (error);
  g_assert_null (crm_recovery_key_open (printed, stored, NULL));
  recovered = crm_recovery_key_open (renewed, stored, &error);
  g_assert_no_error (error);
  g_assert_true (same (recovered, found));
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*func) (World *world, gconstpointer unused);
  } tests[] = {
    { "killed-after", test_killed_after },
    { "killed-before", test_killed_before },
    { "recovery", test_recovery },
  };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *in_keyring = g_strconcat ("/store/key-change/keyring/", tests[i].name, NULL);
      g_autofree char *in_file = g_strconcat ("/store/key-change/file/", tests[i].name, NULL);

      g_test_add (in_keyring, World, NULL, set_up, tests[i].func, tear_down);
      g_test_add (in_file, World, "", set_up, tests[i].func, tear_down);
    }

  return g_test_run ();
}
