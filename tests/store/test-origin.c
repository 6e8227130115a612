#include "store/log/crm-origin.h"

#include "crm-store-fixture.h"

#define PERSON "01234567-0000-7000-8000-000000000001"

static void
assert_origin (CrmStoreFixture *fixture, gint64 print, const char *expected, const char *employer)
{
  g_autofree char *record = NULL;
  g_autofree char *found = NULL;

  g_assert_cmpint (crm_replica_find_origin (fixture->replica, print, &record, &found),
                   ==,
                   expected != NULL);
  g_assert_cmpstr (record, ==, expected);
  g_assert_cmpstr (found, ==, employer);
}

/* An action that says so of two rows, not finished yet. */
static CrmAction *
begin (CrmStoreFixture *fixture, const char *surname)
{
  const CrmOrigin rows[] = { { -7, PERSON, "bakker" }, { 9, PERSON, NULL } };
  g_autoptr (CrmRecord)
      person = crm_record_new (crm_store_fixture_get_kind (fixture, "person"), PERSON);
  g_autoptr (GArray) origins = g_array_new (FALSE, FALSE, sizeof (CrmOrigin));
  g_autoptr (GError) error = NULL;
  CrmAction *action = crm_action_begin (fixture->replica, "import", NULL, &error);

  g_assert_no_error (error);
  crm_record_set (person, "surname", surname);
  g_assert_true (crm_action_put (action, person, &error));
  g_array_append_vals (origins, rows, G_N_ELEMENTS (rows));
  g_assert_true (crm_action_keep_origins (action, origins, &error));
  g_assert_no_error (error);

  return action;
}

static void
finish (CrmStoreFixture *fixture, const char *surname)
{
  g_autoptr (CrmAction) action = begin (fixture, surname);
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_action_finish (action, NULL, &error));
  g_assert_no_error (error);
}

/* They stand and fall with the action. */
static void
test_undo (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmUndoResult) undone = NULL;
  g_autoptr (CrmUndoResult) redone = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_replica_has_origins (fixture->replica));
  finish (fixture, "Jong");
  g_assert_true (crm_replica_has_origins (fixture->replica));
  assert_origin (fixture, -7, PERSON, "bakker");
  assert_origin (fixture, 9, PERSON, NULL);
  assert_origin (fixture, 8, NULL, NULL);

  undone = crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_origin (fixture, -7, NULL, NULL);
  redone = crm_replica_redo (fixture->replica, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_origin (fixture, -7, PERSON, "bakker");
  crm_store_fixture_reopen (fixture);
  assert_origin (fixture, -7, PERSON, "bakker");
}

static void
test_aborted (CrmStoreFixture *fixture, gconstpointer unused)
{
  CrmAction *action = begin (fixture, "Jong");

  crm_action_free (action);
  assert_origin (fixture, -7, NULL, NULL);
}

static void
test_nothing_changed (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmUndoResult) undone = NULL;
  g_autoptr (GError) error = NULL;

  finish (fixture, "Jong");
  /* Changes nothing, so it does not become the one that says so. */
  finish (fixture, "Jong");
  assert_origin (fixture, -7, PERSON, "bakker");
  undone = crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_origin (fixture, -7, NULL, NULL);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/origin/" path,                                                               \
              CrmStoreFixture,                                                                     \
              NULL,                                                                                \
              crm_store_fixture_set_up,                                                            \
              func,                                                                                \
              crm_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("undo", test_undo);
  ADD ("aborted", test_aborted);
  ADD ("nothing-changed", test_nothing_changed);

  return g_test_run ();
}
