/* Whose changes they are before and after the replica is known to a server. */
#include "crm-store-fixture.h"

#include "store/crm-backup.h"
#include "store/crm-replica-private.h"
#include "store/log/crm-history.h"
#include "store/sync/crm-sync-store.h"

typedef CrmStoreFixture Fixture;

static void
log_in (Fixture *fixture, const char *user)
{
  g_autoptr (GError) error = NULL;

  crm_sync_store_save_login (fixture->replica, "company", "device", user, &error);
  g_assert_no_error (error);
}

static void
put_person (Fixture *fixture, const char *surname)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, surname, "Ede");
  g_autofree char *set = crm_store_fixture_put (fixture, record);
}

/* Of all sets, in their order. */
static char *
join_authors (Fixture *fixture)
{
  g_autoptr (GPtrArray) sets = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  sets = crm_sync_store_list_sets (fixture->replica, 0, 100, G_MAXSIZE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sets->len; i++)
    {
      const CrmSyncSet *set = g_ptr_array_index (sets, i);
      const CrmSyncOp *op = g_ptr_array_index (set->ops, 0);
      g_autoptr (GPtrArray) entries = crm_replica_get_history (fixture->replica, op->id, &error);
      const CrmHistoryEntry *entry;

      g_assert_no_error (error);
      entry = g_ptr_array_index (entries, 0);
      g_string_append_printf (text, "%s ", entry->author);
    }

  return g_strdup (text->str);
}

/* The first login says who the one was that wrote here; undo goes on as well. */
static void
test_first (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *authors = NULL;
  g_autofree char *account = NULL;
  g_autoptr (CrmUndoResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_replica_set_setting (fixture->replica, "user", "Anna de Boer", &error));
  put_person (fixture, "Jansen");
  log_in (fixture, "anna");
  put_person (fixture, "Vries");

  authors = join_authors (fixture);
  account = crm_replica_dup_account (fixture->replica);
  g_assert_cmpstr (authors, ==, "anna anna ");
  g_assert_cmpstr (account, ==, "anna");
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&result, crm_undo_result_free);
      result = crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
}

/* Later another one works here: what was the first one's stays so. */
static void
test_second (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *authors = NULL;
  g_autoptr (CrmUndoResult) result = NULL;
  g_autoptr (GError) error = NULL;

  log_in (fixture, "anna");
  put_person (fixture, "Jansen");
  log_in (fixture, "bas");
  result = crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error);
  g_assert_null (result);
  put_person (fixture, "Vries");

  authors = join_authors (fixture);
  g_assert_cmpstr (authors, ==, "anna bas ");
}

#define MANY 600

/* A person and many calls of "Anna de Boer", who is "anna" at the server. */
static void
put_owned (Fixture *fixture)
{
  g_autoptr (CrmRecord) person = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmAction) action = NULL;
  g_autofree char *set = NULL;

  g_assert_true (crm_replica_set_setting (fixture->replica, "user", "Anna de Boer", &error));
  crm_record_set (person, "owner", "Bas");
  set = crm_store_fixture_put (fixture, person);
  action = crm_action_begin (fixture->replica, "import", NULL, &error);
  for (guint i = 0; i < MANY; i++)
    {
      const CrmKind *kind = crm_store_fixture_get_kind (fixture,
                                                        i % 2 == 0 ? "activity" : "person");
      g_autoptr (CrmRecord) record = crm_record_new (kind, NULL);

      crm_record_set (record, i % 2 == 0 ? "type" : "surname", "call");
      crm_record_set (record, "owner", i % 3 == 0 ? "anna de boer" : "Anna de Boer");
      g_assert_true (crm_action_put (action, record, &error));
    }
  g_assert_true (crm_action_finish (action, NULL, &error));
  g_assert_no_error (error);
}

static gint64
count (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (crm_db_query_int64 (crm_replica_get_db (fixture->replica), sql, &n, &error));
  g_assert_no_error (error);

  return n;
}

#define OWNED_BY(name)                                                                             \
  "SELECT (SELECT count(*) FROM activity WHERE owner = '" name "')"                                \
  " + (SELECT count(*) FROM person WHERE owner = '" name "')"
#define PENDING "SELECT count(*) FROM change_set WHERE action = 'owner.login' AND state = 0"

static void
assert_adopted (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = crm_replica_check (fixture->replica, NULL, &error);
  g_autofree char *action = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpint (count (fixture, OWNED_BY ("anna")), ==, MANY);
  g_assert_cmpint (count (fixture, OWNED_BY ("Bas")), ==, 1);
  g_assert_cmpint (count (fixture, PENDING), ==, 2);
  g_assert_true (crm_replica_peek_undo (fixture->replica, &action, NULL));
  g_assert_cmpstr (action, ==, "import");
}

/* What one owned by his name of before is the account's, for reports here and elsewhere; what comes
 * next in the way of undo is what he did himself. */
static void
test_owned (Fixture *fixture, gconstpointer unused)
{
  put_owned (fixture);
  log_in (fixture, "anna");
  assert_adopted (fixture);
  log_in (fixture, "anna");
  assert_adopted (fixture);
}

/* Killed before all were: the next start goes on. */
static void
test_owned_resumed (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) left = crm_store_fixture_new_person (fixture, "Bos", "Ede");
  g_autoptr (GError) error = NULL;
  g_autofree char *set = NULL;

  put_owned (fixture);
  log_in (fixture, "anna");
  crm_record_set (left, "owner", "Anna de Boer");
  set = crm_store_fixture_put (fixture, left);
  crm_sync_store_set_state (fixture->replica, "former_user", "Anna de Boer", &error);
  g_assert_no_error (error);
  crm_store_fixture_reopen (fixture);
  g_assert_cmpint (count (fixture, OWNED_BY ("anna")), ==, MANY + 1);
  g_assert_cmpint (count (fixture, PENDING), ==, 3);
  crm_store_fixture_reopen (fixture);
  g_assert_cmpint (count (fixture, PENDING), ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path, Fixture, NULL, crm_store_fixture_set_up, func, crm_store_fixture_tear_down)
  ADD ("/store/sync-login/first", test_first);
  ADD ("/store/sync-login/second", test_second);
  ADD ("/store/sync-login/owned", test_owned);
  ADD ("/store/sync-login/owned-resumed", test_owned_resumed);
#undef ADD

  return g_test_run ();
}
