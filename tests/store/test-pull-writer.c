/* What a page makes of a replica; acknowledgement is in test-pull-settle.c. */
#include "crm-pull-fixture.h"

#include "db/crm-transaction.h"
#include "store/crm-replica-private.h"
#include "store/log/crm-history.h"
#include "store/query/crm-query.h"

#define PERSON "01234567-0000-7000-8000-000000000001"
#define OTHER  "01234567-0000-7000-8000-000000000002"

typedef CrmStoreFixture Fixture;

static void
finish (CrmPullWriter *writer, const char *cursor, gint64 seq)
{
  g_autoptr (CrmPullResult) result = crm_pull_fixture_finish (writer, cursor, seq);

  g_assert_cmpuint (result->stepped_back->len, ==, 0);
}

static void
pull_person (Fixture *fixture)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  crm_pull_fixture_row (writer, PERSON, 10, TRUE, "surname=Jansen@10;city=Ede@12");
  finish (writer, "c12", 12);
}

static void
test_new_and_changed (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *cursor = NULL;
  CrmPullWriter *writer;

  pull_person (fixture);
  crm_store_fixture_assert_value (fixture, PERSON, "surname", "Jansen");
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Ede");

  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 10, FALSE, "city=Goor@20;surname=@21");
  finish (writer, "c21", 21);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
  crm_store_fixture_assert_value (fixture, PERSON, "surname", NULL);
  cursor = crm_sync_store_dup_state (fixture->replica, CRM_SYNC_STATE_CURSOR);
  g_assert_cmpstr (cursor, ==, "c21");
  crm_pull_fixture_check (fixture);
}

/* The same page twice, and one that is older: nothing moves. */
static void
test_only_newer (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmPullResult) result = NULL;
  CrmPullWriter *writer;

  pull_person (fixture);
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 10, FALSE, "city=Zwolle@11");
  crm_pull_fixture_row (writer, PERSON, 10, FALSE, "city=Ede@12");
  result = crm_pull_fixture_finish (writer, "c12", 12);
  g_assert_cmpuint (result->n_rows, ==, 0);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Ede");
}

/* A full row says what is empty by not naming it. */
static void
test_full_clears (Fixture *fixture, gconstpointer unused)
{
  CrmPullWriter *writer;

  pull_person (fixture);
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 10, TRUE, "surname=Jansen@10");
  finish (writer, "c13", 13);
  crm_store_fixture_assert_value (fixture, PERSON, "city", NULL);
  crm_store_fixture_assert_value (fixture, PERSON, "surname", "Jansen");
}

static void
test_partial (Fixture *fixture, gconstpointer unused)
{
  const CrmPulledField field = { "city", "Ede", 12 };
  const CrmPulledRow row = {
    .kind = "person", .id = PERSON, .row_seq = 10, .fields = &field, .n_fields = 1
  };
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);
  g_autoptr (GError) error = NULL;

  crm_pull_fixture_row (writer, OTHER, 11, TRUE, "surname=Bakker@11");
  g_assert_false (crm_pull_writer_put_row (writer, &row, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_PARTIAL);
  crm_pull_writer_free (writer);

  /* Nothing of the page is left. */
  g_assert_cmpint (crm_pull_fixture_count (fixture, "SELECT count(*) FROM person"), ==, 0);
  crm_pull_fixture_check (fixture);
}

/* A newer program's kinds and fields, and a value that cannot be one, stop nothing. */
static void
test_unknown (Fixture *fixture, gconstpointer unused)
{
  const CrmPulledRow row = { .kind = "drone", .id = OTHER, .row_seq = 10, .full = TRUE };
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_pull_writer_put_row (writer, &row, &error));
  g_assert_no_error (error);
  crm_pull_fixture_row (writer, PERSON, 10, TRUE, "surname=Jansen@10;shoe_size=44@10");
  finish (writer, "c10", 10);
  crm_store_fixture_assert_value (fixture, PERSON, "surname", "Jansen");
}

static void
test_gone (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = NULL;
  CrmPullWriter *writer;

  pull_person (fixture);
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_gone (writer, PERSON, 20);
  /* One that was never here. */
  crm_pull_fixture_gone (writer, OTHER, 20);
  finish (writer, "c20", 20);
  record = crm_replica_find (fixture->replica, PERSON);
  g_assert_null (record);
  g_assert_cmpint (crm_pull_fixture_count (fixture, "SELECT count(*) FROM member"), ==, 0);
  crm_pull_fixture_check (fixture);
}

/* Who, why, old and new of others, between what was done here. */
static void
test_history (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) person = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *set = NULL;
  CrmPullWriter *writer;
  const CrmHistoryEntry *entry;

  pull_person (fixture);
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 10, FALSE, "city=Goor@20");
  crm_pull_fixture_set (writer, 20, "mark", "belde");
  finish (writer, "c20", 20);
  person = crm_replica_get (fixture->replica, PERSON, &error);
  g_assert_no_error (error);
  set = crm_store_fixture_set (fixture, person, "city", "Delden");

  history = crm_replica_get_history (fixture->replica, PERSON, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 2);
  entry = g_ptr_array_index (history, 0);
  g_assert_cmpstr (entry->new_value, ==, "Delden");
  entry = g_ptr_array_index (history, 1);
  g_assert_cmpstr (entry->set, ==, "set-20");
  g_assert_cmpstr (entry->author, ==, "mark");
  g_assert_cmpstr (entry->device, ==, "vaste computer");
  g_assert_cmpstr (entry->why, ==, "belde");
  g_assert_cmpstr (entry->old_value, ==, "Ede");
  g_assert_cmpstr (entry->new_value, ==, "Goor");
}

/* After a fork the server may know an own set by the number that it had under the former id. */
static void
test_own_by_id (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) person = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *id = crm_store_fixture_put (fixture, person);
  const CrmPulledSet set = { .seq = 20, .id = id, .user = "anna", .at = "", .action = "x" };
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GError) error = NULL;
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  g_assert_true (crm_pull_writer_add_set (writer, &set, &error));
  g_assert_no_error (error);
  finish (writer, "c20", 20);
  g_assert_cmpint (crm_pull_fixture_count (fixture, "SELECT count(*) FROM foreign_set"), ==, 0);
  g_assert_cmpint (crm_pull_fixture_count (fixture, "SELECT seq FROM change_set"), ==, 20);
}

static void
assert_sum (Fixture *fixture, gint64 scope, gint64 expected_n, const char *expected_ids)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ids = NULL;
  gint64 n = -1;

  g_assert_true (crm_sync_store_load_sum (fixture->replica, scope, &n, &ids, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, expected_n);
  g_assert_cmpstr (ids, ==, expected_ids);
  crm_pull_fixture_check (fixture);
}

/* Number and xor of what a scope holds, whatever came, came again and went. */
static void
test_sum (Fixture *fixture, gconstpointer unused)
{
  CrmPullWriter *writer;

  assert_sum (fixture, 1, 0, "00000000000000000000000000000000");
  pull_person (fixture);
  pull_person (fixture);
  assert_sum (fixture, 1, 1, "01234567000070008000000000000001");
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, OTHER, 11, TRUE, "surname=Bakker@11");
  finish (writer, "c11", 11);
  assert_sum (fixture, 1, 2, "00000000000000000000000000000003");
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_gone (writer, PERSON, 20);
  finish (writer, "c20", 20);
  assert_sum (fixture, 1, 1, "01234567000070008000000000000002");

  g_assert_true (crm_db_exec (crm_replica_get_db (fixture->replica),
                              "UPDATE member_sum SET n = 7",
                              NULL));
  g_assert_cmpuint (crm_pull_fixture_count_problems (fixture), ==, 1);
}

/* A row in two scopes stays when one of them is taken away; the other leaves. */
static void
test_drop_scope (Fixture *fixture, gconstpointer unused)
{
  static const gint64 scopes[] = { 1, 2 };
  const CrmPulledField field = { "surname", "Bakker", 10 };
  const CrmPulledRow row = { .kind = "person",
                             .id = OTHER,
                             .row_seq = 10,
                             .full = TRUE,
                             .scopes = scopes,
                             .n_scopes = 2,
                             .fields = &field,
                             .n_fields = 1 };
  g_autoptr (CrmRecord) person = NULL;
  g_autoptr (GError) error = NULL;
  CrmPullWriter *writer;

  pull_person (fixture);
  writer = crm_pull_fixture_begin (fixture);
  g_assert_true (crm_pull_writer_put_row (writer, &row, &error));
  g_assert_true (crm_pull_writer_drop_scope (writer, 1, &error));
  g_assert_no_error (error);
  finish (writer, "c13", 13);

  person = crm_replica_find (fixture->replica, PERSON);
  g_assert_null (person);
  crm_store_fixture_assert_value (fixture, OTHER, "surname", "Bakker");
  assert_sum (fixture, 1, 0, "00000000000000000000000000000000");
  assert_sum (fixture, 2, 1, "01234567000070008000000000000002");
}

static void
changed_cb (const CrmCommit *commit, gpointer data)
{
  *(GHashTable **) data = commit->ids != NULL ? g_hash_table_ref (commit->ids) : NULL;
}

/* Open windows hear of it, and search finds it. */
static void
test_followed (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GHashTable) ids = NULL;
  g_autoptr (GError) error = NULL;

  crm_replica_set_commit_hook (fixture->replica, changed_cb, &ids);
  pull_person (fixture);
  g_assert_nonnull (ids);
  g_assert_true (g_hash_table_contains (ids, PERSON));

  crm_query_set_text (query, "jans ede");
  found = crm_replica_list (fixture->replica, query, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
}

/* Pitfall 35: only explicit lines delete. A page without lines, also the last, takes nothing away.
 */
static void
test_absence (Fixture *fixture, gconstpointer unused)
{
  CrmPullWriter *writer;

  pull_person (fixture);
  writer = crm_pull_fixture_begin (fixture);
  finish (writer, "c99", 99);
  crm_store_fixture_assert_value (fixture, PERSON, "surname", "Jansen");
  g_assert_cmpint (crm_pull_fixture_count (fixture, "SELECT count(*) FROM member"), ==, 1);
  crm_pull_fixture_check (fixture);
}

#define LOG_PAGES 12
#define LOG_ROWS  150

static gsize
get_log_size (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "replica.db-wal", NULL);
  GStatBuf info;

  return g_stat (path, &info) == 0 ? (gsize) info.st_size : 0;
}

static void
pull_fat_page (Fixture *fixture, guint page)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);
  g_autofree char *note = g_strnfill (8192, 'a' + (char) page);

  for (guint i = 0; i < LOG_ROWS; i++)
    {
      g_autofree char *id = g_strdup_printf ("01234567-0000-7000-8000-%012x", i + page * LOG_ROWS);
      g_autofree char *spec = g_strdup_printf ("surname=Jansen@%u;note=%s@%u",
                                               page + 10,
                                               note,
                                               page + 10);

      crm_pull_fixture_row (writer, id, page + 10, TRUE, spec);
    }
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c", page + 10));
}

/* Pitfall 42: a long catch-up beside a window that reads does not let the log grow with it. What a
 * reader holds up is made good as soon as he has done. */
static void
test_log_bounded (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmReplica)
      window = crm_replica_open (fixture->dir, fixture->key, NULL, CRM_REPLICA_READ_ONLY, &error);
  g_autoptr (CrmTransaction) held = NULL;
  g_autoptr (CrmRecord) seen = NULL;
  gsize highest = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < LOG_PAGES; i++)
    {
      g_autoptr (CrmRecord) record = NULL;

      pull_fat_page (fixture, i);
      record = crm_replica_find (window, "01234567-0000-7000-8000-000000000000");
      g_assert_nonnull (record);
      highest = MAX (highest, get_log_size (fixture));
    }
  g_assert_cmpuint (highest, <, 32 * 1024 * 1024);

  held = crm_transaction_begin (crm_replica_get_db (window), CRM_TRANSACTION_READ, &error);
  seen = crm_replica_find (window, "01234567-0000-7000-8000-000000000001");
  g_assert_nonnull (seen);
  for (guint i = LOG_PAGES; i < 2 * LOG_PAGES; i++)
    pull_fat_page (fixture, i);
  g_assert_cmpuint (get_log_size (fixture), >, highest);
  g_clear_pointer (&held, crm_transaction_free);
  pull_fat_page (fixture, 2 * LOG_PAGES);
  pull_fat_page (fixture, 2 * LOG_PAGES + 1);
  g_assert_cmpuint (get_log_size (fixture), <=, 64 * 1024 * 1024);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path, Fixture, NULL, crm_store_fixture_set_up, func, crm_store_fixture_tear_down)
  ADD ("/store/pull-writer/new-and-changed", test_new_and_changed);
  ADD ("/store/pull-writer/only-newer", test_only_newer);
  ADD ("/store/pull-writer/full-clears", test_full_clears);
  ADD ("/store/pull-writer/partial", test_partial);
  ADD ("/store/pull-writer/unknown", test_unknown);
  ADD ("/store/pull-writer/gone", test_gone);
  ADD ("/store/pull-writer/history", test_history);
  ADD ("/store/pull-writer/own-by-id", test_own_by_id);
  ADD ("/store/pull-writer/sum", test_sum);
  ADD ("/store/pull-writer/drop-scope", test_drop_scope);
  ADD ("/store/pull-writer/followed", test_followed);
  ADD ("/store/pull-writer/absence", test_absence);
  ADD ("/store/pull-writer/log-bounded", test_log_bounded);
#undef ADD

  return g_test_run ();
}
