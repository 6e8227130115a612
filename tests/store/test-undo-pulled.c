/* Undo and redo beside what a server sends: of others, and of own sets that it did not take. */
#include "crm-pull-fixture.h"

#include <string.h>

#define PERSON "01234567-0000-7000-8000-000000000001"

typedef CrmStoreFixture Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  CrmPullWriter *writer;

  crm_store_fixture_set_up (fixture, unused);
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 10, TRUE, "surname=Jansen@10;city=Ede@10");
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c10", 10));
}

static void
edit (Fixture *fixture, const char *field, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_replica_get (fixture->replica, PERSON, &error);
  g_autofree char *set = NULL;

  g_assert_no_error (error);
  set = crm_store_fixture_set (fixture, record, field, value);
}

/* The answer to set @n, 0 for none, and what the server has in fields, when it says so. */
static void
pull (Fixture *fixture, gint64 n, const char *status, const char *fields)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  if (fields != NULL)
    {
      crm_pull_fixture_row (writer, PERSON, 10, FALSE, fields);
      crm_pull_fixture_set (writer, 20, "mark", NULL);
    }
  if (status != NULL)
    crm_pull_fixture_result (writer, n, status);
  if (n > 0)
    crm_pull_fixture_ack (fixture, writer, n);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c20", 20));
  crm_pull_fixture_check (fixture);
}

static void
undo (Fixture *fixture, guint n_records, guint n_kept)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmUndoResult) result = crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (result->n_records, ==, n_records);
  g_assert_cmpuint (result->kept->len, ==, n_kept);
  crm_pull_fixture_check (fixture);
}

/* What somebody else did is not taken back in his name; the message says whose it is. */
static void
test_foreign (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmUndoResult) result = NULL;

  pull (fixture, 0, NULL, "city=Goor@20");
  g_assert_false (crm_replica_peek_undo (fixture->replica, NULL, NULL));
  result = crm_replica_undo (fixture->replica, "set-20", NULL, NULL, &error);
  g_assert_null (result);
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "mark"));
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
}

/* A colleague's later value stands, and the record is named. */
static void
test_undo_changed (Fixture *fixture, gconstpointer unused)
{
  edit (fixture, "city", "Almelo");
  pull (fixture, 1, NULL, "city=Goor@20");
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
  undo (fixture, 0, 1);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
}

static void
test_redo_changed (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmUndoResult) result = NULL;

  edit (fixture, "city", "Almelo");
  undo (fixture, 1, 0);
  pull (fixture, 2, NULL, "city=Goor@20");
  result = crm_replica_redo (fixture->replica, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->n_records, ==, 0);
  g_assert_cmpuint (result->kept->len, ==, 1);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
}

/* What the server refused did not happen, so it is not what undo takes back. */
static void
test_undo_refused (Fixture *fixture, gconstpointer unused)
{
  edit (fixture, "phone", "+31612345678");
  edit (fixture, "city", "Almelo");
  pull (fixture, 1, NULL, "phone=+31612345678@11");
  pull (fixture, 2, "rejected", NULL);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Ede");
  undo (fixture, 1, 0);
  crm_store_fixture_assert_value (fixture, PERSON, "phone", NULL);
  g_assert_false (crm_replica_peek_undo (fixture->replica, NULL, NULL));
}

/* An undo that was refused is nothing to do again. */
static void
test_redo_refused (Fixture *fixture, gconstpointer unused)
{
  edit (fixture, "city", "Almelo");
  undo (fixture, 1, 0);
  g_assert_true (crm_replica_peek_redo (fixture->replica, NULL, NULL));
  pull (fixture, 1, NULL, "city=Almelo@11");
  pull (fixture, 2, "rejected", NULL);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Almelo");
  g_assert_false (crm_replica_peek_redo (fixture->replica, NULL, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, crm_store_fixture_tear_down)
  ADD ("/store/undo-pulled/foreign", test_foreign);
  ADD ("/store/undo-pulled/undo-changed", test_undo_changed);
  ADD ("/store/undo-pulled/redo-changed", test_redo_changed);
  ADD ("/store/undo-pulled/undo-refused", test_undo_refused);
  ADD ("/store/undo-pulled/redo-refused", test_redo_refused);
#undef ADD

  return g_test_run ();
}
