#include "crm-store-fixture.h"

#include "store/crm-backup.h"
#include "store/crm-replica-private.h"

#define PASSWORD "geheim wachtwoord"

typedef CrmStoreFixture Fixture;

static char *
dup_file (Fixture *fixture)
{
  return g_build_filename (fixture->dir, "backups.crm", NULL);
}

static void
back_up (Fixture *fixture, const char *file)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_replica_backup (fixture->replica, file, PASSWORD, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* Only the backup itself may be there: no copy, no half file. */
static void
assert_no_leftovers (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_suffix (name, ".part") || g_str_has_prefix (name, "backups.crm."));
}

static void
assert_restore_fails (Fixture *fixture, const char *file, const char *password, CrmStoreError code)
{
  g_autofree char *dir = g_build_filename (fixture->dir, "restored", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_backup_restore (file, password, dir, fixture->key, NULL, NULL, &error));
  g_assert_error (error, CRM_STORE_ERROR, (int) code);
  g_assert_false (crm_replica_exists (dir));
}

/* All comes back, under another key, with its log, and can be undone there. */
static void
test_round_trip (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *file = dup_file (fixture);
  g_autofree char *dir = g_build_filename (fixture->dir, "restored", NULL);
  g_autoptr (CrmKey) other = crm_key_new_random ();
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *first = crm_store_fixture_put (fixture, record);
  g_autofree char *second = NULL;
  g_autoptr (CrmReplica) restored = NULL;
  g_autoptr (CrmRecord) found = NULL;
  g_autoptr (CrmUndoResult) undone = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  back_up (fixture, file);
  assert_no_leftovers (fixture);
  second = crm_store_fixture_set (fixture, record, "city", "Almelo");

  g_assert_true (crm_backup_restore (file, PASSWORD, dir, other, NULL, NULL, &error));
  g_assert_no_error (error);
  restored = crm_replica_open (dir, other, NULL, CRM_REPLICA_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (crm_replica_get_id (restored), ==, crm_replica_get_id (fixture->replica));
  found = crm_replica_get (restored, crm_record_get_id (record), &error);
  g_assert_no_error (error);
  g_assert_true (crm_record_equal (found, record));
  problems = crm_replica_check (restored, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  undone = crm_replica_undo (restored, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (crm_replica_find (restored, crm_record_get_id (record)));
}

static void
test_wrong_password (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *file = dup_file (fixture);

  back_up (fixture, file);
  assert_restore_fails (fixture, file, "ander wachtwoord", CRM_STORE_ERROR_KEY);
}

static void
test_no_backup (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *file = dup_file (fixture);

  g_assert_true (g_file_set_contents (file, "id;naam\n1;Jansen\n", -1, NULL));
  assert_restore_fails (fixture, file, PASSWORD, CRM_STORE_ERROR_CORRUPT);
}

/* Cut, grown or changed at any place, it does not open. */
static void
test_damaged (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *file = dup_file (fixture);
  g_autofree char *data = NULL;
  gsize size = 0;

  back_up (fixture, file);
  g_assert_true (g_file_get_contents (file, &data, &size, NULL));
  g_assert_cmpuint (size, >, 200000);

  g_assert_true (g_file_set_contents (file, data, size - 1, NULL));
  assert_restore_fails (fixture, file, PASSWORD, CRM_STORE_ERROR_CORRUPT);

  data[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (file, data, size, NULL));
  assert_restore_fails (fixture, file, PASSWORD, CRM_STORE_ERROR_CORRUPT);
  data[size / 2] ^= 1;

  /* A byte of the salt. */
  data[40] ^= 1;
  g_assert_true (g_file_set_contents (file, data, size, NULL));
  assert_restore_fails (fixture, file, PASSWORD, CRM_STORE_ERROR_KEY);
}

static void
test_into_replica (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *file = dup_file (fixture);
  g_autoptr (GError) error = NULL;

  back_up (fixture, file);
  g_assert_false (crm_backup_restore (file,
                                      PASSWORD,
                                      fixture->dir,
                                      fixture->key,
                                      NULL,
                                      NULL,
                                      &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_EXISTS);
}

/* The backup that is there stays whole when the next one does not come to its end. */
static void
test_cancelled (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *file = dup_file (fixture);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gsize size_before = 0;
  gsize size_after = 0;

  back_up (fixture, file);
  g_assert_true (g_file_get_contents (file, &before, &size_before, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (crm_replica_backup (fixture->replica, file, PASSWORD, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_no_leftovers (fixture);
  g_assert_true (g_file_get_contents (file, &after, &size_after, NULL));
  g_assert_cmpmem (before, size_before, after, size_after);
}

static void
test_nowhere (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *file = g_build_filename (fixture->dir, "no", "such", "folder.crm", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_replica_backup (fixture->replica, file, PASSWORD, NULL, NULL, &error));
  g_assert_nonnull (error);
}

static void
test_rekey (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *set = crm_store_fixture_put (fixture, record);
  g_autofree char *edit = NULL;
  g_autofree char *wrapped = NULL;
  g_autofree char *printed = crm_recovery_key_new (fixture->key, &wrapped, NULL);
  g_autoptr (CrmKey) other = crm_key_new_random ();
  g_autoptr (CrmReplica) refused = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_recovery_key_save (fixture->dir, wrapped, &error));
  g_assert_true (crm_replica_rekey (fixture->replica, other, &error));
  g_assert_no_error (error);
  /* It goes on with the connection that is open. */
  edit = crm_store_fixture_set (fixture, record, "city", "Almelo");
  g_assert_finalize_object (g_steal_pointer (&fixture->replica));

  /* What the printed key opens is the old key. */
  g_free (wrapped);
  wrapped = crm_recovery_key_load (fixture->dir, NULL);
  g_assert_null (wrapped);

  refused = crm_replica_open (fixture->dir, fixture->key, NULL, CRM_REPLICA_READ_WRITE, &error);
  g_assert_null (refused);
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_KEY);
  g_clear_error (&error);

  fixture->replica = crm_replica_open (fixture->dir, other, NULL, CRM_REPLICA_READ_WRITE, &error);
  g_assert_no_error (error);
  crm_store_fixture_assert_value (fixture, crm_record_get_id (record), "city", "Almelo");
  problems = crm_replica_check (fixture->replica, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path, Fixture, NULL, crm_store_fixture_set_up, func, crm_store_fixture_tear_down)
  ADD ("/store/backup/round-trip", test_round_trip);
  ADD ("/store/backup/wrong-password", test_wrong_password);
  ADD ("/store/backup/no-backup", test_no_backup);
  ADD ("/store/backup/damaged", test_damaged);
  ADD ("/store/backup/into-replica", test_into_replica);
  ADD ("/store/backup/cancelled", test_cancelled);
  ADD ("/store/backup/nowhere", test_nowhere);
  ADD ("/store/backup/rekey", test_rekey);
#undef ADD

  return g_test_run ();
}
