/* An edit of a record that was deleted before this device ever had it: the server says what it was.
 */
#include "crm-pull-fixture.h"

#include "store/sync/crm-conflict.h"

#define PERSON   "01234567-0000-7000-8000-000000000001"
#define CONFLICT "01234567-0000-7000-8000-00000000000a"

typedef CrmStoreFixture Fixture;

static void
pull (Fixture *fixture, const char *values)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);
  g_autofree char *spec = NULL;

  spec = g_strconcat ("type=delete@31;record=" PERSON "@31;record_kind=person@31;field=city@31;"
                      "kept_user=bert@31;late=Goor@31;late_user=anna@31;state=open@31;"
                      "record_values=",
                      values,
                      "@31",
                      NULL);
  crm_pull_fixture_row_of (writer, "conflict", CONFLICT, 31, TRUE, spec);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c31", 31));
}

static gboolean
resolve (Fixture *fixture, CrmConflictChoice choice, GError **error)
{
  static const char *const ids[] = { CONFLICT, NULL };

  return crm_replica_resolve_conflicts (fixture->replica, ids, choice, NULL, NULL, NULL, error);
}

static CrmConflict *
find (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  CrmConflict *item = crm_replica_find_conflict (fixture->replica, CONFLICT, &error);

  g_assert_no_error (error);

  return item;
}

static void
assert_gone (Fixture *fixture, gboolean gone, gboolean open)
{
  g_autoptr (CrmConflict) item = find (fixture);

  g_assert_cmpstr (item->title, ==, "Jansen");
  g_assert_cmpint (item->gone, ==, gone);
  g_assert_cmpint (item->open, ==, open);
  crm_pull_fixture_check (fixture);
}

/* All of it comes back, with the late value; fields of a newer program stay away. */
static void
test_comes_back (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmUndoResult) undone = NULL;

  pull (fixture, "{\"surname\":\"Jansen\",\"city\":\"Ede\",\"tags\":[\"vip\"],\"x_new\":1}");
  assert_gone (fixture, TRUE, TRUE);
  g_assert_true (resolve (fixture, CRM_CONFLICT_MINE, &error));
  g_assert_no_error (error);
  assert_gone (fixture, FALSE, FALSE);
  crm_store_fixture_assert_value (fixture, PERSON, "surname", "Jansen");
  crm_store_fixture_assert_value (fixture, PERSON, "tags", "vip");
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");

  undone = crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_gone (fixture, TRUE, TRUE);
}

static void
test_stays_away (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  pull (fixture, "{\"surname\":\"Jansen\"}");
  g_assert_true (resolve (fixture, CRM_CONFLICT_THEIRS, &error));
  g_assert_no_error (error);
  assert_gone (fixture, TRUE, FALSE);
}

/* What is no object says nothing. */
static void
test_bad (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  pull (fixture, "[\"surname\"]");
  g_assert_false (resolve (fixture, CRM_CONFLICT_MINE, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_LOST);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path, Fixture, NULL, crm_store_fixture_set_up, func, crm_store_fixture_tear_down)
  ADD ("/store/conflict-gone/comes-back", test_comes_back);
  ADD ("/store/conflict-gone/stays-away", test_stays_away);
  ADD ("/store/conflict-gone/bad", test_bad);
#undef ADD

  return g_test_run ();
}
