#include "crm-store-fixture.h"

#include "store/crm-backup.h"
#include "store/crm-replica-private.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

typedef CrmStoreFixture Fixture;

static gint64
count (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (crm_db_query_int64 (crm_replica_get_db (fixture->replica), sql, &n, &error));
  g_assert_no_error (error);

  return n;
}

static void
assert_clean (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = crm_replica_check (fixture->replica, NULL, &error);

  g_assert_no_error (error);
  if (problems->len > 0)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, 0));
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
assert_open_fails (Fixture *fixture, const CrmKey *key, CrmStoreError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmReplica)
      replica = crm_replica_open (fixture->dir, key, NULL, CRM_REPLICA_READ_WRITE, &error);

  g_assert_null (replica);
  g_assert_error (error, CRM_STORE_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, fixture->dir));
}

static char *
dup_database (Fixture *fixture)
{
  return g_build_filename (fixture->dir, "replica.db", NULL);
}

static void
test_create_twice (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmReplica) replica = crm_replica_create (fixture->dir, fixture->key, NULL, &error);

  g_assert_null (replica);
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_EXISTS);
}

static void
test_identity (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = g_strdup (crm_replica_get_id (fixture->replica));

  g_assert_nonnull (id);
  crm_store_fixture_reopen (fixture);
  g_assert_cmpstr (crm_replica_get_id (fixture->replica), ==, id);
}

static void
test_private (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *dir = g_build_filename (fixture->dir, "new", "replica", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmReplica) replica = crm_replica_create (dir, fixture->key, NULL, &error);
  GStatBuf status;

  g_assert_no_error (error);
  g_assert_cmpint (g_stat (dir, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
}

/* No value of ours stands in any file of the folder. */
static void
test_encrypted (Fixture *fixture, gconstpointer unused)
{
  const char *const names[] = { "replica.db", "replica.db-wal" };
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Kanariegeel", "Ede");
  g_autofree char *set = crm_store_fixture_put (fixture, record);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->dir, names[i], NULL);
      g_autofree char *data = NULL;
      gsize size = 0;

      g_assert_true (g_file_get_contents (path, &data, &size, NULL));
      g_assert_cmpuint (size, >, 0);
      g_assert_null (memmem (data, size, "Kanariegeel", strlen ("Kanariegeel")));
      g_assert_null (memmem (data, size, "SQLite format", strlen ("SQLite format")));
    }
}

static void
test_wrong_key (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmKey) other = crm_key_new_random ();

  g_clear_object (&fixture->replica);
  assert_open_fails (fixture, other, CRM_STORE_ERROR_KEY);
}

static void
test_no_database (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = dup_database (fixture);
  g_autofree char *text = g_strnfill (10000, 'x');

  g_clear_object (&fixture->replica);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  assert_open_fails (fixture, fixture->key, CRM_STORE_ERROR_KEY);
}

static void
test_no_replica (Fixture *fixture, gconstpointer unused)
{
  g_clear_object (&fixture->replica);
  crm_store_fixture_remove (fixture->dir);
  assert_open_fails (fixture, fixture->key, CRM_STORE_ERROR_NOT_FOUND);
}

static void
test_too_new (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  crm_db_exec (crm_replica_get_db (fixture->replica), "PRAGMA user_version = 99", &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->replica);
  assert_open_fails (fixture, fixture->key, CRM_STORE_ERROR_TOO_NEW);
}

/* A page in the middle is overwritten: told by the check, with no value made up. */
static void
test_damaged (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = dup_database (fixture);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  char noise[512];
  int fd;

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
      g_autofree char *set = crm_store_fixture_put (fixture, record);
    }
  crm_store_fixture_reopen (fixture);
  g_clear_object (&fixture->replica);

  memset (noise, 7, sizeof noise);
  fd = g_open (path, O_WRONLY, 0);
  g_assert_cmpint (pwrite (fd, noise, sizeof noise, 10 * CRM_DB_PAGE_SIZE), ==, sizeof noise);
  close (fd);

  fixture->replica = crm_replica_open (fixture->dir,
                                       fixture->key,
                                       NULL,
                                       CRM_REPLICA_READ_WRITE,
                                       &error);
  if (fixture->replica == NULL)
    {
      g_assert_nonnull (error);
      return;
    }
  problems = crm_replica_check (fixture->replica, NULL, &error);
  g_assert_true (problems == NULL || problems->len > 0);
}

/* The log is the proof of the tables: whoever writes around it is found. */
static void
test_check_finds (Fixture *fixture, gconstpointer sql)
{
  g_autoptr (CrmRecord) one = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autoptr (CrmRecord) two = crm_store_fixture_new_person (fixture, "Pietersen", "Ede");
  g_autofree char *first = crm_store_fixture_put (fixture, one);
  g_autofree char *second = crm_store_fixture_put (fixture, two);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  assert_clean (fixture);
  g_assert_true (crm_db_exec (crm_replica_get_db (fixture->replica), sql, &error));
  g_assert_no_error (error);
  problems = crm_replica_check (fixture->replica, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, >, 0);
}

static void
test_second_writer (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.edit");
  g_autoptr (CrmReplica) other = NULL;
  g_autoptr (GError) error = NULL;

  other = crm_replica_open (fixture->dir, fixture->key, NULL, CRM_REPLICA_READ_WRITE, &error);
  g_assert_no_error (error);
  crm_db_set_busy_timeout (crm_replica_get_db (fixture->replica), 50);
  g_assert_true (crm_db_exec (crm_replica_get_db (other), "BEGIN IMMEDIATE", &error));

  crm_change_set_put (set, record);
  g_assert_false (crm_replica_apply (fixture->replica, set, NULL, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, "another program"));
  g_clear_error (&error);

  /* Nothing is lost: the same set goes in when the other is done. */
  g_assert_true (crm_db_exec (crm_replica_get_db (other), "ROLLBACK", &error));
  g_assert_true (crm_replica_apply (fixture->replica, set, NULL, &error));
  g_assert_no_error (error);
  assert_clean (fixture);
}

/* Two write in turn; the numbers of sets and rows go on over both. */
static void
test_two_writers (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmReplica) other = NULL;
  g_autoptr (GError) error = NULL;

  other = crm_replica_open (fixture->dir, fixture->key, NULL, CRM_REPLICA_READ_WRITE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
      g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.edit");

      crm_change_set_put (set, record);
      crm_replica_apply (i % 2 == 0 ? fixture->replica : other, set, NULL, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (count (fixture, "SELECT max (n) FROM change_set"), ==, 10);
  g_assert_cmpint (count (fixture, "SELECT max (nr) - min (nr) FROM person"), ==, 9);
  assert_clean (fixture);
}

static void
test_read_only (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *put = crm_store_fixture_put (fixture, record);
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.edit");
  g_autoptr (CrmReplica) reader = NULL;
  g_autoptr (CrmRecord) found = NULL;
  g_autoptr (GError) error = NULL;

  reader = crm_replica_open (fixture->dir, fixture->key, NULL, CRM_REPLICA_READ_ONLY, &error);
  g_assert_no_error (error);
  found = crm_replica_get (reader, crm_record_get_id (record), &error);
  g_assert_no_error (error);
  g_assert_true (crm_record_equal (found, record));

  crm_change_set_put (set, found);
  g_assert_false (crm_replica_apply (reader, set, NULL, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (crm_replica_set_setting (reader, "user", "ilse", &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_FAILED);
}

/* The action is returned too when a put fails: its end is the test's. */
static CrmAction *
begin_import (Fixture *fixture, guint n_records, GError **error)
{
  CrmAction *action = crm_action_begin (fixture->replica, "import", NULL, error);
  gboolean done = action != NULL;

  for (guint i = 0; done && i < n_records; i++)
    {
      g_autofree char *city = g_strdup_printf ("Plaats %u met een lange naam erachter", i);
      g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", city);

      done = crm_action_put (action, record, error);
    }

  return action;
}

/* The file may not grow any more: the same to the engine as a full disk, and works without rights.
 */
static void
test_full (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *set = crm_store_fixture_put (fixture, record);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmAction) action = NULL;
  struct rlimit limit;
  struct rlimit small;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  small = limit;
  small.rlim_cur = 2 * 1024 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);

  action = begin_import (fixture, 6000, &error);
  g_assert_nonnull (action);
  if (error == NULL)
    g_assert_false (crm_action_finish (action, NULL, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, "make room"));
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM person WHERE city = 'Ede'"), ==, 1);

  /* Room was made: the action goes back, and all works again. */
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_clear_pointer (&action, crm_action_free);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM person"), ==, 1);
  assert_clean (fixture);
  crm_store_fixture_reopen (fixture);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM person"), ==, 1);
  assert_clean (fixture);
}

/* A field more in the description is a column more in the table that is there. */
static void
test_new_field (Fixture *fixture, gconstpointer unused)
{
  static const CrmField field = { .number = 900,
                                  .name = "shoe_size",
                                  .label = "Shoe size",
                                  .type = CRM_FIELD_NUMBER,
                                  .section = CRM_SECTION_WORK,
                                  .weight = 1 };
  g_autoptr (CrmModel)
      model = crm_model_new_with_field (crm_model_get_default (), "person", &field);
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *set = crm_store_fixture_put (fixture, record);
  g_autofree char *edit = NULL;
  g_autoptr (CrmRecord) stored = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->replica);
  fixture->replica = crm_replica_open (fixture->dir,
                                       fixture->key,
                                       model,
                                       CRM_REPLICA_READ_WRITE,
                                       &error);
  g_assert_no_error (error);
  stored = crm_replica_get (fixture->replica, crm_record_get_id (record), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (crm_record_get (stored, "surname"), ==, "Jansen");
  g_assert_null (crm_record_get (stored, "shoe_size"));

  edit = crm_store_fixture_set (fixture, stored, "shoe_size", "43.5");
  crm_store_fixture_assert_value (fixture, crm_record_get_id (record), "shoe_size", "43.5");
  assert_clean (fixture);

  /* And the older program still reads the file. */
  crm_store_fixture_reopen (fixture);
  crm_store_fixture_assert_value (fixture, crm_record_get_id (record), "surname", "Jansen");
}

static void
test_settings (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *user = NULL;

  g_assert_null (crm_replica_dup_setting (fixture->replica, "user"));
  g_assert_true (crm_replica_set_setting (fixture->replica, "user", "ilse", &error));
  g_assert_true (crm_replica_set_setting (fixture->replica, "locale", "be", &error));
  g_assert_no_error (error);
  crm_store_fixture_reopen (fixture);
  user = crm_replica_dup_setting (fixture->replica, "user");
  g_assert_cmpstr (user, ==, "ilse");
  g_assert_cmpint (crm_replica_get_locale (fixture->replica), ==, CRM_LOCALE_BE);
  g_assert_true (crm_replica_set_setting (fixture->replica, "user", NULL, &error));
  g_assert_null (crm_replica_dup_setting (fixture->replica, "user"));
}

/* Written by a killed program: half an import, whose lock nobody holds. */
static void
test_unfinished (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmReplica) other = NULL;
  CrmAction *action = begin_import (fixture, 1200, &error);

  g_assert_no_error (error);
  /* As long as it lives, another start leaves it alone. */
  other = crm_replica_open (fixture->dir, fixture->key, NULL, CRM_REPLICA_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (crm_action_finish (action, NULL, &error));
  g_assert_no_error (error);
  crm_action_free (action);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM person"), ==, 1200);

  /* Freed without an end: taken back at once. */
  action = begin_import (fixture, 1200, &error);
  g_assert_no_error (error);
  crm_action_free (action);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM person"), ==, 1200);
  assert_clean (fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD_WITH(path, data, func)                                                                 \
  g_test_add (path, Fixture, data, crm_store_fixture_set_up, func, crm_store_fixture_tear_down)
#define ADD(path, func) ADD_WITH (path, NULL, func)
  ADD ("/store/replica/create-twice", test_create_twice);
  ADD ("/store/replica/identity", test_identity);
  ADD ("/store/replica/private", test_private);
  ADD ("/store/replica/encrypted", test_encrypted);
  ADD ("/store/replica/wrong-key", test_wrong_key);
  ADD ("/store/replica/no-database", test_no_database);
  ADD ("/store/replica/no-replica", test_no_replica);
  ADD ("/store/replica/too-new", test_too_new);
  ADD ("/store/replica/damaged", test_damaged);
  ADD_WITH ("/store/replica/check/row", "UPDATE person SET city = 'x'", test_check_finds);
  ADD_WITH ("/store/replica/check/gone",
            "DELETE FROM person WHERE nr = (SELECT min (nr) FROM person)",
            test_check_finds);
  ADD_WITH ("/store/replica/check/log",
            "UPDATE change SET fields = '{}' WHERE n = 1",
            test_check_finds);
  ADD_WITH ("/store/replica/check/why", "UPDATE change_set SET why = 'x'", test_check_finds);
  ADD_WITH ("/store/replica/check/gap", "DELETE FROM change_set WHERE n = 1", test_check_finds);
  ADD_WITH ("/store/replica/check/unlogged",
            "INSERT INTO person (nr, id, row_seq) VALUES (99, 'x', -1)",
            test_check_finds);
  ADD ("/store/replica/second-writer", test_second_writer);
  ADD ("/store/replica/two-writers", test_two_writers);
  ADD ("/store/replica/read-only", test_read_only);
  ADD ("/store/replica/full", test_full);
  ADD ("/store/replica/new-field", test_new_field);
  ADD ("/store/replica/settings", test_settings);
  ADD ("/store/replica/unfinished", test_unfinished);
#undef ADD
#undef ADD_WITH

  return g_test_run ();
}
