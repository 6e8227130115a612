/* A scope is taken away: what its records were is nowhere here any more, but for what was typed. */
#include "crm-pull-fixture.h"

#include "store/crm-replica-private.h"
#include "store/log/crm-history.h"
#include "store/sync/crm-conflict.h"

#define PERSON "01234567-0000-7000-8000-000000000001"

typedef CrmStoreFixture Fixture;

static void
edit (Fixture *fixture, const char *field, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_replica_get (fixture->replica, PERSON, &error);
  g_autofree char *set = NULL;

  g_assert_no_error (error);
  set = crm_store_fixture_set (fixture, record, field, value);
}

/* Of a colleague, with an own edit that the server has and, when wanted, one that it has not. */
static void
fill (Fixture *fixture, gboolean unsent)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  crm_pull_fixture_row (writer, PERSON, 10, TRUE, "surname=Kanarie@10;city=Ede@10");
  crm_pull_fixture_set (writer, 10, "bert", "kanarie gezien");
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c10", 10));
  edit (fixture, "city", "Kanarieveen");
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 10, FALSE, "city=Kanarieveen@11;email=kanarie@x.nl@12");
  crm_pull_fixture_set (writer, 12, "bert", NULL);
  crm_pull_fixture_ack (fixture, writer, 1);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c12", 12));
  if (unsent)
    edit (fixture, "email", "getypt@x.nl");
}

static CrmPullResult *
drop (Fixture *fixture)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_pull_writer_drop_scope (writer, 1, &error));
  g_assert_no_error (error);

  return crm_pull_fixture_finish (writer, "c20", 20);
}

/* In any column of any table, those of the search among them. */
static guint
count_traces (Fixture *fixture, const char *word)
{
  static const char sql[] =
      "SELECT m.name, c.name FROM sqlite_schema AS m, pragma_table_info (m.name) AS c"
      " WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'";
  CrmDb *db = crm_replica_get_db (fixture->replica);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, &error);
  guint n = 0;

  g_assert_no_error (error);
  while (crm_stmt_step (stmt, &error) == CRM_STEP_ROW)
    {
      g_autofree char *count = g_strdup_printf ("SELECT count(*) FROM \"%s\" WHERE instr (lower"
                                                " (CAST (\"%s\" AS TEXT)), '%s') > 0"
                                                " OR instr (CAST (\"%s\" AS BLOB),"
                                                " CAST ('%s' AS BLOB)) > 0",
                                                crm_stmt_get_text (stmt, 0),
                                                crm_stmt_get_text (stmt, 1),
                                                word,
                                                crm_stmt_get_text (stmt, 1),
                                                word);
      const gint64 found = crm_pull_fixture_count (fixture, count);

      if (found > 0)
        g_test_message ("%s.%s", crm_stmt_get_text (stmt, 0), crm_stmt_get_text (stmt, 1));
      n += (guint) found;
    }
  g_assert_no_error (error);

  return n;
}

static void
test_nothing_left (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) person = NULL;
  g_autoptr (CrmPullResult) result = NULL;

  fill (fixture, FALSE);
  g_assert_cmpuint (count_traces (fixture, "kanarie"), >, 5);
  result = drop (fixture);
  person = crm_replica_find (fixture->replica, PERSON);
  g_assert_null (person);
  g_assert_cmpuint (result->stepped_back->len, ==, 0);
  g_assert_cmpuint (count_traces (fixture, "kanarie"), ==, 0);
  crm_pull_fixture_check (fixture);
  /* That something was done stays. */
  g_assert_cmpint (crm_pull_fixture_count (fixture, "SELECT count(*) FROM change_set"), ==, 1);
}

static void
answer (Fixture *fixture, const char *status)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  if (status != NULL)
    crm_pull_fixture_result (writer, 2, status);
  crm_pull_fixture_ack (fixture, writer, 2);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c30", 30));
  crm_pull_fixture_check (fixture);
}

/* Goes to the server as it was; what it refuses waits for the user with what he typed. */
static void
test_unsent (Fixture *fixture, gconstpointer refused)
{
  g_autoptr (CrmPullResult) result = NULL;
  g_autoptr (GPtrArray) sets = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  const CrmSyncSet *set;

  fill (fixture, TRUE);
  result = drop (fixture);
  g_assert_cmpuint (result->stepped_back->len, ==, 1);
  g_assert_cmpuint (count_traces (fixture, "kanarieveen"), ==, 0);
  crm_pull_fixture_check (fixture);
  sets = crm_sync_store_list_sets (fixture->replica, 1, 10, G_MAXSIZE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sets->len, ==, 1);
  set = g_ptr_array_index (sets, 0);
  g_assert_cmpuint (set->ops->len, ==, 1);

  answer (fixture, refused);
  g_assert_cmpuint (count_traces (fixture, "kanarie"), ==, 0);
  items = crm_replica_list_conflicts (fixture->replica, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, refused != NULL ? 1 : 0);
  if (refused != NULL)
    {
      const CrmConflict *item = g_ptr_array_index (items, 0);

      g_assert_cmpstr (item->mine, ==, "getypt@x.nl");
      g_assert_null (item->original);
    }
  g_assert_cmpuint (count_traces (fixture, "getypt"), ==, refused != NULL ? 1 : 0);
}

/* A server that lost the set gets its number again, without what may not be told any more. */
static void
test_restored (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) sets = NULL;
  g_autoptr (GError) error = NULL;
  const CrmSyncSet *set;

  fill (fixture, FALSE);
  crm_pull_result_free (drop (fixture));
  g_assert_true (crm_sync_store_reconcile (fixture->replica, "e2", 0, &error));
  g_assert_no_error (error);
  sets = crm_sync_store_list_sets (fixture->replica, 0, 10, G_MAXSIZE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sets->len, ==, 1);
  set = g_ptr_array_index (sets, 0);
  g_assert_cmpuint (set->ops->len, ==, 0);
  crm_pull_fixture_check (fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, data, func)                                                                      \
  g_test_add (path, Fixture, data, crm_store_fixture_set_up, func, crm_store_fixture_tear_down)
  ADD ("/store/pull-drop/nothing-left", NULL, test_nothing_left);
  ADD ("/store/pull-drop/unsent-refused", "rejected", test_unsent);
  ADD ("/store/pull-drop/unsent-taken", NULL, test_unsent);
  ADD ("/store/pull-drop/restored", NULL, test_restored);
#undef ADD

  return g_test_run ();
}
