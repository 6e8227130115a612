#include "crm-store-fixture.h"

#include "model/crm-builtin.h"
#include "store/crm-backup.h"
#include "store/crm-replica-private.h"
#include "store/query/crm-query.h"

static guint
count (CrmStoreFixture *fixture)
{
  g_autoptr (CrmQuery) query = crm_query_new ("template");
  g_autoptr (GError) error = NULL;
  const gint64 n = crm_replica_count (fixture->replica, query, NULL, &error);

  g_assert_no_error (error);

  return (guint) n;
}

static CrmRecord *
new_plain (CrmStoreFixture *fixture)
{
  return crm_builtin_new (crm_replica_get_model (fixture->replica), 0);
}

static void
apply (CrmStoreFixture *fixture, CrmChangeSet *set)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_replica_apply (fixture->replica, set, NULL, &error));
  g_assert_no_error (error);
}

/* Opens it as a program with other texts would find it. */
static void
reopen_changed (CrmStoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_replica_set_meta (fixture->replica, "builtin", "older", &error));
  crm_store_fixture_reopen (fixture);
}

static void
assert_whole (CrmStoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = crm_replica_check (fixture->replica, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* In every replica, and nothing to send or to undo. */
static void
test_new (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) plain = new_plain (fixture);
  g_autoptr (CrmRecord) stored = crm_replica_find (fixture->replica, crm_record_get_id (plain));
  gint64 n_sets = -1;

  g_assert_cmpuint (count (fixture), ==, crm_builtin_get_n ());
  g_assert_true (crm_record_equal (plain, stored));
  g_assert_true (crm_db_query_int64 (crm_replica_get_db (fixture->replica),
                                     "SELECT count(*) FROM change_set",
                                     &n_sets,
                                     NULL));
  g_assert_cmpint (n_sets, ==, 0);
  g_assert_false (crm_replica_peek_undo (fixture->replica, NULL, NULL));
  assert_whole (fixture);
}

/* A new program brings its new texts, but not over what somebody wrote or threw away. */
static void
test_update (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) plain = new_plain (fixture);
  g_autoptr (CrmRecord) visit = crm_builtin_new (crm_replica_get_model (fixture->replica), 1);
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("template.edit");
  g_autoptr (CrmRecord) stored = NULL;

  crm_record_set (plain, "body", "anders");
  crm_change_set_put (set, plain);
  crm_change_set_delete (set, crm_record_get_kind (visit), crm_record_get_id (visit));
  apply (fixture, set);
  reopen_changed (fixture);

  stored = crm_replica_find (fixture->replica, crm_record_get_id (plain));
  g_assert_cmpstr (crm_record_get (stored, "body"), ==, "anders");
  g_assert_null (crm_replica_find (fixture->replica, crm_record_get_id (visit)));
  g_assert_cmpuint (count (fixture), ==, crm_builtin_get_n () - 1);
  assert_whole (fixture);
}

/* Undo brings back what came with the program. */
static void
test_undo (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) plain = new_plain (fixture);
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("template.delete");
  g_autoptr (CrmUndoResult) result = NULL;
  g_autoptr (CrmRecord) stored = NULL;
  g_autoptr (GError) error = NULL;

  crm_change_set_delete (set, crm_record_get_kind (plain), crm_record_get_id (plain));
  apply (fixture, set);
  g_assert_cmpuint (count (fixture), ==, crm_builtin_get_n () - 1);

  result = crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  stored = crm_replica_find (fixture->replica, crm_record_get_id (plain));
  g_assert_true (crm_record_equal (plain, stored));
  assert_whole (fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path,                                                                                \
              CrmStoreFixture,                                                                     \
              NULL,                                                                                \
              crm_store_fixture_set_up,                                                            \
              func,                                                                                \
              crm_store_fixture_tear_down)
  ADD ("/store/builtin-rows/new", test_new);
  ADD ("/store/builtin-rows/update", test_update);
  ADD ("/store/builtin-rows/undo", test_undo);
#undef ADD

  return g_test_run ();
}
