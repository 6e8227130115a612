/* What an acknowledgement does with changes of one's own. */
#include "crm-pull-fixture.h"

#define PERSON "01234567-0000-7000-8000-000000000001"

typedef CrmStoreFixture Fixture;

static void
pull_person (Fixture *fixture)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);
  g_autoptr (CrmPullResult) result = NULL;

  crm_pull_fixture_row (writer, PERSON, 10, TRUE, "surname=Jansen@10;city=Ede@10");
  result = crm_pull_fixture_finish (writer, "c10", 10);
}

static void
edit (Fixture *fixture, const char *id, const char *field, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_replica_get (fixture->replica, id, &error);
  g_autofree char *set = NULL;

  g_assert_no_error (error);
  set = crm_store_fixture_set (fixture, record, field, value);
  g_assert_nonnull (set);
}

static void delete (Fixture *fixture, const char *id)
{
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.delete");
  g_autoptr (GError) error = NULL;

  crm_change_set_delete (set, crm_store_fixture_get_kind (fixture, "person"), id);
  g_assert_true (crm_replica_apply (fixture->replica, set, NULL, &error));
  g_assert_no_error (error);
}

static gboolean
is_there (Fixture *fixture, const char *id)
{
  g_autoptr (CrmRecord) record = crm_replica_find (fixture->replica, id);

  return record != NULL;
}

static void
assert_settled (Fixture *fixture, gint64 acked)
{
  g_assert_cmpint (crm_sync_store_get_acked (fixture->replica), ==, acked);
  g_assert_cmpint (crm_pull_fixture_count (fixture,
                                           "SELECT (SELECT count(*) FROM pending_row) +"
                                           " (SELECT count(*) FROM person WHERE row_seq < 0"
                                           "  OR fver LIKE '%-%')"),
                   ==,
                   0);
  crm_pull_fixture_check (fixture);
}

static void
assert_stepped_back (CrmPullResult *result, const char *field, const char *old, const char *new)
{
  const CrmSteppedBack *item;

  g_assert_cmpuint (result->stepped_back->len, ==, 1);
  item = g_ptr_array_index (result->stepped_back, 0);
  g_assert_cmpstr (item->id, ==, PERSON);
  g_assert_cmpstr (item->field, ==, field);
  g_assert_cmpstr (item->old_value, ==, old);
  g_assert_cmpstr (item->new_value, ==, new);
}

/* Mine stays on the screen until the answer; other fields of the page are there at once. */
static void
test_same_field (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmPullResult) first = NULL;
  g_autoptr (CrmPullResult) second = NULL;
  CrmPullWriter *writer;

  pull_person (fixture);
  edit (fixture, PERSON, "city", "Goor");
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 10, FALSE, "city=Almelo@20;email=j@x.nl@20");
  first = crm_pull_fixture_finish (writer, "c20", 20);
  g_assert_cmpuint (first->stepped_back->len, ==, 0);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
  crm_store_fixture_assert_value (fixture, PERSON, "email", "j@x.nl");
  crm_pull_fixture_check (fixture);

  /* The server kept the colleague's. */
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_result (writer, 1, "conflict");
  crm_pull_fixture_ack (fixture, writer, 1);
  second = crm_pull_fixture_finish (writer, "c21", 21);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Almelo");
  assert_stepped_back (second, "city", "Goor", "Almelo");
  assert_settled (fixture, 1);
}

/* Nothing moves on the screen when the server takes it. */
static void
test_accepted (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmPullResult) result = NULL;
  CrmPullWriter *writer;

  pull_person (fixture);
  edit (fixture, PERSON, "city", "Goor");
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 10, FALSE, "city=Goor@20");
  crm_pull_fixture_ack (fixture, writer, 1);
  result = crm_pull_fixture_finish (writer, "c20", 20);
  g_assert_cmpuint (result->stepped_back->len, ==, 0);
  g_assert_cmpuint (result->n_rows, ==, 0);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
  assert_settled (fixture, 1);
}

/* Pitfall 8: an edit made while the push of the one before is on its way. */
static void
test_edit_in_flight (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmPullResult) first = NULL;
  g_autoptr (CrmPullResult) second = NULL;
  CrmPullWriter *writer;

  pull_person (fixture);
  edit (fixture, PERSON, "city", "Goor");
  edit (fixture, PERSON, "city", "Delden");
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 10, FALSE, "city=Goor@20");
  crm_pull_fixture_ack (fixture, writer, 1);
  first = crm_pull_fixture_finish (writer, "c20", 20);
  g_assert_cmpuint (first->stepped_back->len, ==, 0);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Delden");
  crm_pull_fixture_check (fixture);

  /* The second is refused: the first, which was taken, is what is left. */
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_result (writer, 2, "rejected");
  crm_pull_fixture_ack (fixture, writer, 2);
  second = crm_pull_fixture_finish (writer, "c21", 21);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
  assert_stepped_back (second, "city", "Delden", "Goor");
  assert_settled (fixture, 2);
}

static void
test_several (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmPullResult) first = NULL;
  g_autoptr (CrmPullResult) second = NULL;
  CrmPullWriter *writer;

  pull_person (fixture);
  edit (fixture, PERSON, "city", "Goor");
  edit (fixture, PERSON, "email", "j@x.nl");
  edit (fixture, PERSON, "surname", "Janssen");
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 10, FALSE, "city=Goor@20;email=j@x.nl@21");
  crm_pull_fixture_ack (fixture, writer, 2);
  first = crm_pull_fixture_finish (writer, "c21", 21);
  g_assert_cmpint (crm_sync_store_get_acked (fixture->replica), ==, 2);
  crm_store_fixture_assert_value (fixture, PERSON, "surname", "Janssen");
  g_assert_cmpint (crm_pull_fixture_count (fixture,
                                           "SELECT count(*) FROM change_set WHERE state=0"),
                   ==,
                   1);

  /* An older answer comes late. */
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_ack (fixture, writer, 1);
  crm_pull_fixture_row (writer, PERSON, 10, FALSE, "surname=Janssen@22");
  crm_pull_fixture_ack (fixture, writer, 3);
  second = crm_pull_fixture_finish (writer, "c22", 22);
  g_assert_cmpuint (second->stepped_back->len, ==, 0);
  crm_store_fixture_assert_value (fixture, PERSON, "surname", "Janssen");
  assert_settled (fixture, 3);
}

static void
test_refused (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmPullResult) result = NULL;
  CrmPullWriter *writer;

  pull_person (fixture);
  edit (fixture, PERSON, "city", "Goor");
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 10, TRUE, "surname=Jansen@10;city=Ede@10");
  crm_pull_fixture_result (writer, 1, "rejected");
  crm_pull_fixture_ack (fixture, writer, 1);
  result = crm_pull_fixture_finish (writer, "c20", 20);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Ede");
  assert_stepped_back (result, "city", "Goor", "Ede");
  g_assert_cmpint (crm_pull_fixture_count (fixture,
                                           "SELECT count(*) FROM change_set WHERE state=2"),
                   ==,
                   1);
  assert_settled (fixture, 1);
}

static void
put_new (Fixture *fixture)
{
  g_autoptr (CrmRecord)
      record = crm_record_new (crm_store_fixture_get_kind (fixture, "person"), PERSON);
  g_autofree char *set = NULL;

  crm_record_set (record, "surname", "Jansen");
  set = crm_store_fixture_put (fixture, record);
}

static void
test_new_accepted (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmPullResult) result = NULL;
  CrmPullWriter *writer;

  put_new (fixture);
  edit (fixture, PERSON, "city", "Goor");
  writer = crm_pull_fixture_begin (fixture);
  /* A number was allotted, and a colleague filled in a field. */
  crm_pull_fixture_row (writer, PERSON, 30, TRUE, "surname=Jansen@30;number=7@30;email=j@x.nl@31");
  crm_pull_fixture_ack (fixture, writer, 1);
  result = crm_pull_fixture_finish (writer, "c31", 31);
  g_assert_cmpuint (result->stepped_back->len, ==, 0);
  crm_store_fixture_assert_value (fixture, PERSON, "number", "7");
  crm_store_fixture_assert_value (fixture, PERSON, "email", "j@x.nl");
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
  crm_pull_fixture_check (fixture);

  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 30, FALSE, "city=Goor@32");
  crm_pull_fixture_ack (fixture, writer, 2);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c32", 32));
  assert_settled (fixture, 2);
}

static void
test_new_refused (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmPullResult) result = NULL;
  CrmPullWriter *writer;

  put_new (fixture);
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_result (writer, 1, "rejected");
  crm_pull_fixture_ack (fixture, writer, 1);
  result = crm_pull_fixture_finish (writer, "c20", 20);
  g_assert_false (is_there (fixture, PERSON));
  assert_stepped_back (result, NULL, NULL, NULL);
  assert_settled (fixture, 1);
}

/* An edit of it that the server has not judged yet keeps it on the screen, which is no damage. */
static void
test_new_refused_and_edited (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmPullResult) result = NULL;
  CrmPullWriter *writer;

  put_new (fixture);
  edit (fixture, PERSON, "city", "Goor");
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_result (writer, 1, "rejected");
  crm_pull_fixture_ack (fixture, writer, 1);
  result = crm_pull_fixture_finish (writer, "c20", 20);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
  crm_store_fixture_assert_value (fixture, PERSON, "surname", "Jansen");
  crm_pull_fixture_check (fixture);
}

static void
test_delete_accepted (Fixture *fixture, gconstpointer with_line)
{
  g_autoptr (CrmPullResult) result = NULL;
  CrmPullWriter *writer;

  pull_person (fixture);
  delete (fixture, PERSON);
  writer = crm_pull_fixture_begin (fixture);
  if (with_line != NULL)
    crm_pull_fixture_gone (writer, PERSON, 20);
  crm_pull_fixture_ack (fixture, writer, 1);
  result = crm_pull_fixture_finish (writer, "c20", 20);
  g_assert_false (is_there (fixture, PERSON));
  g_assert_cmpuint (result->stepped_back->len, ==, 0);
  assert_settled (fixture, 1);
}

/* It comes back with what a colleague did meanwhile, or from the log alone. */
static void
test_delete_refused (Fixture *fixture, gconstpointer with_row)
{
  g_autoptr (CrmPullResult) result = NULL;
  CrmPullWriter *writer;

  pull_person (fixture);
  delete (fixture, PERSON);
  writer = crm_pull_fixture_begin (fixture);
  if (with_row != NULL)
    crm_pull_fixture_row (writer, PERSON, 10, TRUE, "surname=Jansen@10;city=Goor@20");
  g_assert_false (is_there (fixture, PERSON));
  crm_pull_fixture_result (writer, 1, "rejected");
  crm_pull_fixture_ack (fixture, writer, 1);
  result = crm_pull_fixture_finish (writer, "c20", 20);
  crm_store_fixture_assert_value (fixture, PERSON, "surname", "Jansen");
  crm_store_fixture_assert_value (fixture, PERSON, "city", with_row != NULL ? "Goor" : "Ede");
  assert_stepped_back (result, NULL, NULL, NULL);
  assert_settled (fixture, 1);
}

/* A field changed before the delete comes back as the server has it, not as it was typed. */
static void
test_edit_and_delete_refused (Fixture *fixture, gconstpointer unused)
{
  CrmPullWriter *writer;

  pull_person (fixture);
  edit (fixture, PERSON, "city", "Goor");
  delete (fixture, PERSON);
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 10, FALSE, "city=Almelo@20");
  crm_pull_fixture_result (writer, 1, "conflict");
  crm_pull_fixture_result (writer, 2, "rejected");
  crm_pull_fixture_ack (fixture, writer, 2);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c20", 20));
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Almelo");
  crm_store_fixture_assert_value (fixture, PERSON, "surname", "Jansen");
  assert_settled (fixture, 2);
}

/* A colleague deleted what is being edited here: it stays until the server has judged. */
static void
test_gone_under_edit (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmPullResult) result = NULL;
  CrmPullWriter *writer;

  pull_person (fixture);
  edit (fixture, PERSON, "city", "Goor");
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_gone (writer, PERSON, 20);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c20", 20));
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
  crm_pull_fixture_check (fixture);

  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_result (writer, 1, "conflict");
  crm_pull_fixture_ack (fixture, writer, 1);
  result = crm_pull_fixture_finish (writer, "c21", 21);
  g_assert_false (is_there (fixture, PERSON));
  assert_stepped_back (result, NULL, NULL, NULL);
  assert_settled (fixture, 1);
}

/* Deleted and made again by an undo, all before the first answer. */
static void
test_undone_delete (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmUndoResult) undone = NULL;
  g_autoptr (GError) error = NULL;
  CrmPullWriter *writer;

  pull_person (fixture);
  delete (fixture, PERSON);
  undone = crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_gone (writer, PERSON, 20);
  crm_pull_fixture_ack (fixture, writer, 1);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c20", 20));
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Ede");
  crm_pull_fixture_check (fixture);

  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 21, TRUE, "surname=Jansen@21;city=Ede@21");
  crm_pull_fixture_ack (fixture, writer, 2);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c21", 21));
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Ede");
  assert_settled (fixture, 2);
}

/* The same, where the server let it stay, and has nothing new to say in the end. */
static void
test_undone_refused_delete (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmUndoResult) undone = NULL;
  g_autoptr (GError) error = NULL;
  CrmPullWriter *writer;

  pull_person (fixture);
  delete (fixture, PERSON);
  undone = crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 10, TRUE, "surname=Jansen@10;city=Ede@10");
  g_assert_true (crm_pull_writer_add_result (writer, 1, "rejected", "stale", NULL, &error));
  crm_pull_fixture_ack (fixture, writer, 1);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c20", 20));
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Ede");

  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_ack (fixture, writer, 2);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c21", 21));
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Ede");
  assert_settled (fixture, 2);
}

/* Pitfall 25: the number is the twin's. */
static void
test_twin (Fixture *fixture, gconstpointer unused)
{
  const guint8 digest[CRM_SET_DIGEST_SIZE] = { 1 };
  CrmPullWriter *writer;
  g_autoptr (GError) error = NULL;
  gboolean forked = FALSE;

  pull_person (fixture);
  edit (fixture, PERSON, "city", "Goor");
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 10, FALSE, "city=Almelo@20");
  g_assert_true (crm_pull_writer_ack (writer, 1, digest, &forked, &error));
  g_assert_no_error (error);
  g_assert_true (forked);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c20", 20));
  g_assert_cmpint (crm_sync_store_get_acked (fixture->replica), ==, 0);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
}

/* The server gave the new record a number, or a colleague did: only the first is nobody's change.
 */
static void
test_undo_new (Fixture *fixture, gconstpointer colleague)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *set = crm_store_fixture_put (fixture, record);
  const char *id = crm_record_get_id (record);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmPullResult) given = NULL;
  g_autoptr (CrmPullResult) changed = NULL;
  g_autoptr (CrmUndoResult) undone = NULL;
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  crm_pull_fixture_row (writer, id, 10, TRUE, "surname=Jansen@10;city=Ede@10;number=7@10");
  crm_pull_fixture_ack (fixture, writer, 1);
  given = crm_pull_fixture_finish (writer, "c10", 10);
  if (colleague != NULL)
    {
      writer = crm_pull_fixture_begin (fixture);
      crm_pull_fixture_row (writer, id, 10, FALSE, "number=K8@11");
      crm_pull_fixture_set (writer, 11, colleague, NULL);
      changed = crm_pull_fixture_finish (writer, "c11", 11);
    }

  undone = crm_replica_undo (fixture->replica, set, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (undone->kept->len, ==, colleague != NULL);
  g_assert_cmpint (is_there (fixture, id), ==, colleague != NULL);
  crm_pull_fixture_check (fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD_WITH(path, data, func)                                                                 \
  g_test_add (path, Fixture, data, crm_store_fixture_set_up, func, crm_store_fixture_tear_down)
#define ADD(path, func) ADD_WITH (path, NULL, func)
  ADD ("/store/pull-settle/same-field", test_same_field);
  ADD ("/store/pull-settle/accepted", test_accepted);
  ADD ("/store/pull-settle/edit-in-flight", test_edit_in_flight);
  ADD ("/store/pull-settle/several", test_several);
  ADD ("/store/pull-settle/refused", test_refused);
  ADD ("/store/pull-settle/new-accepted", test_new_accepted);
  ADD ("/store/pull-settle/new-refused", test_new_refused);
  ADD ("/store/pull-settle/new-refused-and-edited", test_new_refused_and_edited);
  ADD_WITH ("/store/pull-settle/delete-accepted", "line", test_delete_accepted);
  ADD_WITH ("/store/pull-settle/delete-accepted-silently", NULL, test_delete_accepted);
  ADD_WITH ("/store/pull-settle/delete-refused", "row", test_delete_refused);
  ADD_WITH ("/store/pull-settle/delete-refused-from-log", NULL, test_delete_refused);
  ADD ("/store/pull-settle/edit-and-delete-refused", test_edit_and_delete_refused);
  ADD ("/store/pull-settle/gone-under-edit", test_gone_under_edit);
  ADD ("/store/pull-settle/undone-delete", test_undone_delete);
  ADD ("/store/pull-settle/undone-refused-delete", test_undone_refused_delete);
  ADD ("/store/pull-settle/twin", test_twin);
  ADD ("/store/pull-settle/undo-new", test_undo_new);
  ADD_WITH ("/store/pull-settle/undo-new-renumbered", "piet", test_undo_new);
#undef ADD
#undef ADD_WITH

  return g_test_run ();
}
