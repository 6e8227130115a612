/*
 * Replicas as earlier formats left them, tests/data/schema/NNNN.db under the key 00 01 02 … 1f,
 * open and are whole. A change of format adds its fixture, made by the program as it was before:
 * with CRM_MAKE_FIXTURE=FILE this test writes one.
 */
#include "crm-pull-fixture.h"

#include "store/crm-backup.h"
#include "store/crm-replica-private.h"
#include "store/log/crm-history.h"

#define PERSON       "01234567-0000-7000-8000-000000000001"
#define ORGANISATION "01234567-0000-7000-8000-000000000002"
#define PULLED       "01234567-0000-7000-8000-000000000003"

static CrmKey *
new_key (void)
{
  guint8 bytes[CRM_KEY_SIZE];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) i;

  return crm_key_new_from_bytes (bytes);
}

static void
apply (CrmReplica *replica, CrmRecord *record, const char *why)
{
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.edit");
  g_autoptr (GError) error = NULL;

  crm_change_set_set_why (set, why);
  crm_change_set_put (set, record);
  g_assert_true (crm_replica_apply (replica, set, NULL, &error));
  g_assert_no_error (error);
}

/* A person of a colleague's, who wrote twice. */
static void
pull (CrmReplica *replica)
{
  CrmStoreFixture fixture = { .replica = replica };
  CrmPullWriter *writer = crm_pull_fixture_begin (&fixture);

  crm_pull_fixture_set (writer, 50, "bert", "gebeld");
  crm_pull_fixture_row (writer, PULLED, 50, TRUE, "surname=Bos@50;city=Ede@50");
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c50", 50));
  writer = crm_pull_fixture_begin (&fixture);
  crm_pull_fixture_set (writer, 51, "bert", NULL);
  crm_pull_fixture_row (writer, PULLED, 50, FALSE, "city=Goor@51");
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c51", 51));
}

/* What is in each fixture: two records, three edits, one of them taken back; from format 3 on
 * settings too, and from format 4 on what a server sent. */
static void
fill (CrmReplica *replica)
{
  CrmModel *model = crm_replica_get_model (replica);
  g_autoptr (CrmRecord)
      organisation = crm_record_new (crm_model_find_kind (model, "organisation"), ORGANISATION);
  g_autoptr (CrmRecord) person = crm_record_new (crm_model_find_kind (model, "person"), PERSON);
  g_autoptr (CrmUndoResult) undone = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_replica_set_setting (replica, "user", "ilse", &error));
  g_assert_true (crm_replica_set_setting (replica, "device", "laptop", &error));
  g_assert_true (crm_replica_set_setting (replica, "locale", "be", &error));
  g_assert_true (crm_replica_set_setting (replica, "sender.city", "Goor", &error));
  g_assert_true (crm_replica_set_setting (replica, "sender.name", "Ilse Bos", &error));
  crm_record_set (organisation, "name", "Bakker Techniek B.V.");
  apply (replica, organisation, NULL);
  crm_record_set (person, "surname", "Özil");
  crm_record_set (person, "surname_prefix", "de");
  crm_record_set (person, "organisation", ORGANISATION);
  crm_record_set (person, "tags", "beurs;vip");
  apply (replica, person, NULL);
  crm_record_set (person, "city", "Ede");
  apply (replica, person, "verhuisd");
  crm_record_set (person, "city", "Goor");
  apply (replica, person, NULL);
  undone = crm_replica_undo (replica, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  pull (replica);
}

static void
make_fixture (const char *file)
{
  g_autofree char *dir = g_dir_make_tmp ("crm-format-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "replica.db", NULL);
  g_autofree char *data = NULL;
  g_autoptr (CrmKey) key = new_key ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmReplica) replica = crm_replica_create (dir, key, NULL, &error);
  gsize size = 0;

  g_assert_no_error (error);
  fill (replica);
  g_assert_finalize_object (g_steal_pointer (&replica));
  g_assert_true (g_file_get_contents (path, &data, &size, &error));
  g_assert_true (g_file_set_contents (file, data, (gssize) size, &error));
  g_assert_no_error (error);
  crm_store_fixture_remove (dir);
}

static void
check_content (CrmReplica *replica)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) person = crm_replica_get (replica, PERSON, &error);
  g_autoptr (CrmRecord) redone = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (CrmUndoResult) result = NULL;
  const CrmHistoryEntry *moved;

  g_assert_no_error (error);
  g_assert_cmpstr (crm_record_get (person, "surname"), ==, "Özil");
  g_assert_cmpstr (crm_record_get (person, "organisation"), ==, ORGANISATION);
  g_assert_cmpstr (crm_record_get (person, "tags"), ==, "beurs;vip");
  g_assert_cmpstr (crm_record_get (person, "city"), ==, "Ede");

  problems = crm_replica_check (replica, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);

  /* Taken back, changed, moved, and the four fields it was made with. */
  history = crm_replica_get_history (replica, PERSON, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 7);
  moved = g_ptr_array_index (history, 2);
  g_assert_cmpstr (moved->author, ==, "ilse");
  g_assert_cmpstr (moved->device, ==, "laptop");
  g_assert_cmpstr (moved->why, ==, "verhuisd");
  g_assert_cmpstr (moved->field, ==, "city");
  g_assert_null (moved->old_value);
  g_assert_cmpstr (moved->new_value, ==, "Ede");

  result = crm_replica_redo (replica, NULL, NULL, &error);
  g_assert_no_error (error);
  redone = crm_replica_get (replica, PERSON, &error);
  g_assert_cmpstr (crm_record_get (redone, "city"), ==, "Goor");
}

/* Settings of the company were the laptop's: they become records, once, and go to the server. */
static void
check_settings (CrmReplica *replica)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *city = crm_replica_dup_setting (replica, "sender.city");
  g_autofree char *name = crm_replica_dup_setting (replica, "sender.name");
  gint64 n_records = 0;
  gint64 n_local = 0;
  gint64 n_sets = 0;
  CrmDb *db = crm_replica_get_db (replica);

  g_assert_cmpint (crm_replica_get_locale (replica), ==, CRM_LOCALE_BE);
  g_assert_cmpstr (city, ==, "Goor");
  g_assert_cmpstr (name, ==, "Ilse Bos");
  g_assert_true (crm_db_query_int64 (db, "SELECT count(*) FROM setting", &n_records, &error));
  g_assert_true (crm_db_query_int64 (db, "SELECT count(*) FROM local_setting", &n_local, &error));
  g_assert_true (crm_db_query_int64 (db,
                                     "SELECT count(*) FROM change_set WHERE action ="
                                     " 'setting.edit' AND state = 0",
                                     &n_sets,
                                     &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_records, ==, 2);
  /* User, device and who signs. */
  g_assert_cmpint (n_local, ==, 3);
  g_assert_cmpint (n_sets, ==, 1);
}

/* The sets of others have no id from before; those who are held are counted. */
static void
check_pulled (CrmReplica *replica)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = crm_replica_get_history (replica, PULLED, &error);
  g_autofree char *ids = NULL;
  const CrmHistoryEntry *entry;
  gint64 n = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 3);
  entry = g_ptr_array_index (history, 0);
  g_assert_cmpstr (entry->set, ==, "51");
  g_assert_cmpstr (entry->new_value, ==, "Goor");
  g_assert_true (crm_sync_store_load_sum (replica, 1, &n, &ids, &error));
  g_assert_cmpint (n, ==, 1);
  g_assert_cmpstr (ids, ==, "01234567000070008000000000000003");
}

static void
test_fixture (gconstpointer data)
{
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "data", "schema", data, NULL);
  g_autofree char *dir = g_dir_make_tmp ("crm-format-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "replica.db", NULL);
  g_autofree char *content = NULL;
  g_autoptr (CrmKey) key = new_key ();
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (source, &content, &size, &error));
  g_assert_true (g_file_set_contents (path, content, (gssize) size, &error));
  g_assert_no_error (error);

  replica = crm_replica_open (dir, key, NULL, CRM_REPLICA_READ_WRITE, &error);
  g_assert_no_error (error);
  check_content (replica);
  if (g_str_equal (data, "0003.db"))
    {
      check_settings (replica);
      g_assert_finalize_object (g_steal_pointer (&replica));
      replica = crm_replica_open (dir, key, NULL, CRM_REPLICA_READ_WRITE, &error);
      g_assert_no_error (error);
      check_settings (replica);
    }
  if (g_str_equal (data, "0004.db"))
    check_pulled (replica);
  g_assert_finalize_object (g_steal_pointer (&replica));
  crm_store_fixture_remove (dir);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  if (g_getenv ("CRM_MAKE_FIXTURE") != NULL)
    {
      make_fixture (g_getenv ("CRM_MAKE_FIXTURE"));
      return 0;
    }

  g_test_add_data_func ("/store/format/1", "0001.db", test_fixture);
  g_test_add_data_func ("/store/format/2", "0002.db", test_fixture);
  g_test_add_data_func ("/store/format/3", "0003.db", test_fixture);
  g_test_add_data_func ("/store/format/4", "0004.db", test_fixture);

  return g_test_run ();
}
