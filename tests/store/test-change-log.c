#include "crm-store-fixture.h"

#include "model/crm-value.h"
#include "store/crm-replica-private.h"

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
test_put_and_get (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *set = crm_store_fixture_put (fixture, record);
  g_autoptr (CrmRecord) stored = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (set);
  crm_store_fixture_reopen (fixture);
  stored = crm_replica_get (fixture->replica, crm_record_get_id (record), &error);
  g_assert_no_error (error);
  g_assert_true (crm_record_equal (stored, record));
}

static void
test_put_same_logs_nothing (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *first = crm_store_fixture_put (fixture, record);
  g_autofree char *second = crm_store_fixture_put (fixture, record);

  g_assert_nonnull (first);
  g_assert_null (second);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM change_set"), ==, 1);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM change"), ==, 1);
}

static void
test_delete (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *put = crm_store_fixture_put (fixture, record);
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.delete");
  g_autoptr (CrmRecord) stored = NULL;
  g_autoptr (GError) error = NULL;

  crm_change_set_delete (set, crm_record_get_kind (record), crm_record_get_id (record));
  g_assert_true (crm_replica_apply (fixture->replica, set, NULL, &error));
  g_assert_no_error (error);

  stored = crm_replica_get (fixture->replica, crm_record_get_id (record), &error);
  g_assert_null (stored);
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND);
}

/* The second of two changes cannot be made, so the first is not there either. */
static void
test_all_or_nothing (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.edit");
  g_autoptr (GError) error = NULL;
  char *id = NULL;

  crm_change_set_put (set, record);
  crm_change_set_set (set,
                      crm_record_get_kind (record),
                      "00000000-0000-7000-8000-000000000000",
                      "city",
                      "Ede");
  g_assert_false (crm_replica_apply (fixture->replica, set, &id, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND);
  g_assert_null (id);
  g_assert_null (crm_replica_find (fixture->replica, crm_record_get_id (record)));
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM change_set"), ==, 0);
}

static void
test_members (Fixture *fixture, gconstpointer unused)
{
  const char *const add[] = { "vip", "beurs", NULL };
  const char *const remove[] = { "oud", NULL };
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *put = NULL;
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("tags.edit");
  g_autoptr (GError) error = NULL;

  crm_record_set (record, "tags", "klant;oud");
  put = crm_store_fixture_put (fixture, record);
  crm_change_set_change_members (set,
                                 crm_record_get_kind (record),
                                 crm_record_get_id (record),
                                 "tags",
                                 add,
                                 remove);
  g_assert_true (crm_replica_apply (fixture->replica, set, NULL, &error));
  g_assert_no_error (error);
  crm_store_fixture_assert_value (fixture, crm_record_get_id (record), "tags", "beurs;klant;vip");
}

/* One row per record of a set, whatever was asked of it. */
static void
test_one_row_per_record (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.edit");
  g_autoptr (GError) error = NULL;
  const CrmKind *kind = crm_record_get_kind (record);
  const char *id = crm_record_get_id (record);

  crm_change_set_put (set, record);
  crm_change_set_set (set, kind, id, "city", "Almelo");
  crm_change_set_set (set, kind, id, "stage", "lead");
  g_assert_true (crm_replica_apply (fixture->replica, set, NULL, &error));
  g_assert_no_error (error);

  g_assert_cmpint (count (fixture, "SELECT count(*) FROM change"), ==, 1);
  crm_store_fixture_assert_value (fixture, id, "city", "Almelo");
  crm_store_fixture_assert_value (fixture, id, "stage", "lead");
  /* The caller's record is not touched. */
  g_assert_cmpstr (crm_record_get (record, "city"), ==, "Ede");
}

static void
test_too_many (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.edit");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i <= CRM_CHANGE_SET_MAX; i++)
    {
      g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");

      crm_change_set_put (set, record);
    }
  g_assert_false (crm_replica_apply (fixture->replica, set, NULL, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_FAILED);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM person"), ==, 0);
}

/* Versions that sync needs: of the row, of fields changed after it was made, and as seen in the
 * log. */
static void
test_versions (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *first = crm_store_fixture_put (fixture, record);
  g_autofree char *second = crm_store_fixture_set (fixture, record, "city", "Almelo");
  g_autofree char *third = crm_store_fixture_set (fixture, record, "city", "Goor");
  CrmDb *db = crm_replica_get_db (fixture->replica);
  g_autofree char *fver = crm_db_query_text (db, "SELECT fver FROM person", NULL);
  g_autofree char *second_fields = crm_db_query_text (db,
                                                      "SELECT fields FROM change WHERE n = 2",
                                                      NULL);
  g_autofree char *third_fields = crm_db_query_text (db,
                                                     "SELECT fields FROM change WHERE n = 3",
                                                     NULL);

  g_assert_cmpint (count (fixture, "SELECT row_seq FROM person"), ==, -1);
  g_assert_cmpstr (fver, ==, "27:-3");
  g_assert_cmpstr (second_fields, ==, "{\"city\":[\"Ede\",\"Almelo\",\"n1\"]}");
  g_assert_cmpstr (third_fields, ==, "{\"city\":[\"Almelo\",\"Goor\",\"n2\"]}");
}

/* Somebody who waits for the writer, or not yet. */
typedef struct
{
  Fixture *fixture;
  gboolean wants;
  guint n_turns;
} Neighbour;

static gboolean
is_wanted (gpointer data)
{
  return ((Neighbour *) data)->wants;
}

/* Fails while a transaction is open. */
static void
write_in_turn (gpointer data)
{
  Neighbour *self = data;
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (self->fixture, "Buur", "Ede");
  g_autofree char *set = crm_store_fixture_put (self->fixture, record);

  g_assert_nonnull (set);
  self->n_turns++;
}

static void
test_yield (Fixture *fixture, gconstpointer unused)
{
  Neighbour neighbour = { fixture, FALSE, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmAction) action = NULL;
  guint n_changed = 0;

  crm_replica_set_yield_hooks (fixture->replica, write_in_turn, is_wanted, &neighbour);
  action = crm_action_begin (fixture->replica, "letters", NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i <= CRM_CHANGE_SET_MAX; i++)
    {
      g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Goor");

      g_assert_true (crm_action_put (action, record, &error));
      g_assert_true (crm_action_yield (action, &error));
    }
  g_assert_cmpuint (neighbour.n_turns, ==, 0);

  neighbour.wants = TRUE;
  g_assert_true (crm_action_yield (action, &error));
  g_assert_cmpuint (neighbour.n_turns, ==, 1);
  neighbour.wants = FALSE;
  g_assert_true (crm_action_finish (action, &n_changed, &error));
  g_assert_no_error (error);
  crm_replica_set_yield_hooks (fixture->replica, NULL, NULL, NULL);

  g_assert_cmpuint (n_changed, ==, CRM_CHANGE_SET_MAX + 1);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM person"), ==, CRM_CHANGE_SET_MAX + 2);
}

static void
test_long_reason (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Goor");
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.new");
  g_autofree char *why = g_strnfill (CRM_REASON_MAX + 1, 'x');
  g_autoptr (GError) error = NULL;

  crm_change_set_put (set, record);
  crm_change_set_set_why (set, why);
  g_assert_false (crm_replica_apply (fixture->replica, set, NULL, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_FAILED);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM person"), ==, 0);

  why[CRM_REASON_MAX] = '\0';
  crm_change_set_set_why (set, why);
  g_clear_error (&error);
  g_assert_true (crm_replica_apply (fixture->replica, set, NULL, &error));
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path, Fixture, NULL, crm_store_fixture_set_up, func, crm_store_fixture_tear_down)
  ADD ("/store/change-log/put-and-get", test_put_and_get);
  ADD ("/store/change-log/put-same-logs-nothing", test_put_same_logs_nothing);
  ADD ("/store/change-log/delete", test_delete);
  ADD ("/store/change-log/all-or-nothing", test_all_or_nothing);
  ADD ("/store/change-log/members", test_members);
  ADD ("/store/change-log/long-reason", test_long_reason);
  ADD ("/store/change-log/one-row-per-record", test_one_row_per_record);
  ADD ("/store/change-log/too-many", test_too_many);
  ADD ("/store/change-log/versions", test_versions);
  ADD ("/store/change-log/yield", test_yield);
#undef ADD

  return g_test_run ();
}
