/* Settings that the company shares are records; those of the laptop are not. */
#include "crm-pull-fixture.h"

#include "base/crm-id.h"
#include "store/crm-replica-private.h"

typedef CrmStoreFixture Fixture;

static void
set (Fixture *fixture, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_replica_set_setting (fixture->replica, name, value, &error));
  g_assert_no_error (error);
}

static void
assert_setting (Fixture *fixture, const char *name, const char *value)
{
  g_autofree char *stored = crm_replica_dup_setting (fixture->replica, name);

  g_assert_cmpstr (stored, ==, value);
}

static gint64
count_sets (Fixture *fixture)
{
  return crm_pull_fixture_count (fixture, "SELECT count(*) FROM change_set");
}

static char *
dup_id (const char *name)
{
  g_autofree char *text = g_strconcat ("setting.", name, NULL);

  return crm_id_new_for_name (text);
}

static void
pull (Fixture *fixture, const char *name, const char *value, gint64 seq)
{
  g_autofree char *id = dup_id (name);
  g_autofree char *spec = g_strdup_printf ("name=%s@%d;value=%s@%d",
                                           name,
                                           (int) seq,
                                           value,
                                           (int) seq);
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  crm_pull_fixture_row_of (writer, "setting", id, seq, TRUE, spec);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c", seq));
}

static void
test_shared (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = dup_id ("sender.city");
  g_autoptr (CrmRecord) record = NULL;

  assert_setting (fixture, "sender.city", NULL);
  set (fixture, "sender.city", NULL);
  g_assert_cmpint (count_sets (fixture), ==, 0);
  set (fixture, "sender.city", "Goor");
  assert_setting (fixture, "sender.city", "Goor");
  record = crm_replica_find (fixture->replica, id);
  g_assert_cmpstr (crm_record_get (record, "name"), ==, "sender.city");
  g_assert_cmpint (count_sets (fixture), ==, 1);

  /* The same again is no change; empty is none. */
  set (fixture, "sender.city", "Goor");
  g_assert_cmpint (count_sets (fixture), ==, 1);
  set (fixture, "sender.city", "");
  assert_setting (fixture, "sender.city", NULL);
  g_assert_cmpint (count_sets (fixture), ==, 2);
  crm_pull_fixture_check (fixture);
}

static void
test_local (Fixture *fixture, gconstpointer unused)
{
  set (fixture, "user", "ilse");
  set (fixture, "sender.name", "Ilse Bos");
  set (fixture, "letters.last_reference", "12");
  assert_setting (fixture, "sender.name", "Ilse Bos");
  g_assert_cmpint (count_sets (fixture), ==, 0);
  set (fixture, "sender.name", NULL);
  assert_setting (fixture, "sender.name", NULL);
}

/* Taking back the last change to a record is not hindered by a setting changed since. */
static void
test_not_undone (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) person = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *put = crm_store_fixture_put (fixture, person);
  g_autoptr (CrmUndoResult) undone = NULL;

  set (fixture, "sender.city", "Goor");
  undone = crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (undone->set, ==, put);
  assert_setting (fixture, "sender.city", "Goor");
}

static void
test_pulled (Fixture *fixture, gconstpointer unused)
{
  pull (fixture, "sender.city", "Ede", 10);
  assert_setting (fixture, "sender.city", "Ede");
  set (fixture, "sender.city", "Goor");
  pull (fixture, "sender.city", "Almelo", 20);
  /* Mine until the server has judged. */
  assert_setting (fixture, "sender.city", "Goor");
  crm_pull_fixture_check (fixture);
}

static char *
dup_first (Fixture *fixture)
{
  g_autoptr (CrmQuery) query = crm_query_new ("person");
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  found = crm_replica_list (fixture->replica, query, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);

  return g_strdup (crm_record_get (found->pdata[0], "surname"));
}

/* The order of names is the company's: a pull that changes it sorts anew. */
static void
test_order (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) de_wit = crm_store_fixture_new_person (fixture, "Wit", "Ede");
  g_autoptr (CrmRecord) jansen = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *dutch = NULL;
  g_autofree char *belgian = NULL;

  crm_record_set (de_wit, "surname_prefix", "de");
  one = crm_store_fixture_put (fixture, de_wit);
  two = crm_store_fixture_put (fixture, jansen);
  dutch = dup_first (fixture);
  g_assert_cmpstr (dutch, ==, "Jansen");
  pull (fixture, "locale", "be", 10);
  belgian = dup_first (fixture);
  g_assert_cmpstr (belgian, ==, "Wit");
  crm_pull_fixture_check (fixture);
}

/* Also when it comes with a first load. */
static void
test_order_boot (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = dup_id ("locale");
  g_autofree char *first = NULL;
  g_autoptr (GError) error = NULL;
  CrmPullWriter *writer;

  g_assert_true (crm_sync_store_begin_boot (fixture->replica, 1, &error));
  writer = crm_pull_fixture_begin (fixture);
  g_assert_true (crm_pull_writer_set_boot (writer, 1, 10, "z", &error));
  crm_pull_fixture_row (writer,
                        "01234567-0000-7000-8000-000000000001",
                        5,
                        TRUE,
                        "surname=Wit@5;surname_prefix=de@5");
  crm_pull_fixture_row (writer,
                        "01234567-0000-7000-8000-000000000002",
                        5,
                        TRUE,
                        "surname=Jansen@5");
  crm_pull_fixture_row_of (writer, "setting", id, 6, TRUE, "name=locale@6;value=be@6");
  crm_pull_result_free (crm_pull_fixture_finish (writer, NULL, 10));
  g_assert_true (crm_sync_store_finish_boot (fixture->replica, NULL, &error));
  g_assert_no_error (error);
  first = dup_first (fixture);
  g_assert_cmpstr (first, ==, "Wit");
  crm_pull_fixture_check (fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path, Fixture, NULL, crm_store_fixture_set_up, func, crm_store_fixture_tear_down)
  ADD ("/store/company-setting/shared", test_shared);
  ADD ("/store/company-setting/local", test_local);
  ADD ("/store/company-setting/not-undone", test_not_undone);
  ADD ("/store/company-setting/pulled", test_pulled);
  ADD ("/store/company-setting/order", test_order);
  ADD ("/store/company-setting/order-boot", test_order_boot);
#undef ADD

  return g_test_run ();
}
