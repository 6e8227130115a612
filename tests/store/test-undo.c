#include "crm-store-fixture.h"

#include "store/crm-replica-private.h"

typedef CrmStoreFixture Fixture;

static CrmUndoResult *
undo (Fixture *fixture, const char *set)
{
  g_autoptr (GError) error = NULL;
  CrmUndoResult *result = crm_replica_undo (fixture->replica, set, NULL, NULL, &error);

  g_assert_no_error (error);

  return result;
}

static CrmUndoResult *
redo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  CrmUndoResult *result = crm_replica_redo (fixture->replica, NULL, NULL, &error);

  g_assert_no_error (error);

  return result;
}

static void
assert_nothing_to_undo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmUndoResult) result = crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error);

  g_assert_null (result);
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOTHING);
  g_assert_false (crm_replica_peek_undo (fixture->replica, NULL, NULL));
}

static void
assert_nothing_to_redo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmUndoResult) result = crm_replica_redo (fixture->replica, NULL, NULL, &error);

  g_assert_null (result);
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOTHING);
  g_assert_false (crm_replica_peek_redo (fixture->replica, NULL, NULL));
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

static void
test_nothing (Fixture *fixture, gconstpointer unused)
{
  assert_nothing_to_undo (fixture);
  assert_nothing_to_redo (fixture);
}

static void
test_edit (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  const char *id = crm_record_get_id (record);
  g_autofree char *put = crm_store_fixture_put (fixture, record);
  g_autofree char *set = crm_store_fixture_set (fixture, record, "city", "Almelo");
  g_autoptr (CrmUndoResult) undone = undo (fixture, NULL);
  g_autoptr (CrmUndoResult) redone = NULL;

  g_assert_cmpstr (undone->action, ==, "person.edit");
  g_assert_cmpstr (undone->set, ==, set);
  g_assert_cmpstr (undone->title, ==, "Jansen");
  g_assert_cmpuint (undone->n_records, ==, 1);
  g_assert_cmpuint (undone->kept->len, ==, 0);
  crm_store_fixture_assert_value (fixture, id, "city", "Ede");

  redone = redo (fixture);
  g_assert_cmpstr (redone->action, ==, "person.edit");
  crm_store_fixture_assert_value (fixture, id, "city", "Almelo");
  assert_nothing_to_redo (fixture);
}

/* Three steps back, three forward, two back, and an edit ends the chain. */
static void
test_chain (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "A");
  const char *id = crm_record_get_id (record);
  g_autofree char *put = crm_store_fixture_put (fixture, record);
  g_autofree char *one = crm_store_fixture_set (fixture, record, "city", "B");
  g_autofree char *two = crm_store_fixture_set (fixture, record, "city", "C");
  g_autofree char *three = NULL;
  const char *const back[] = { "B", "A" };
  const char *const forth[] = { "B", "C" };

  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < 2; i++)
        {
          crm_undo_result_free (undo (fixture, NULL));
          crm_store_fixture_assert_value (fixture, id, "city", back[i]);
        }
      crm_undo_result_free (undo (fixture, NULL));
      g_assert_null (crm_replica_find (fixture->replica, id));
      assert_nothing_to_undo (fixture);

      crm_undo_result_free (redo (fixture));
      crm_store_fixture_assert_value (fixture, id, "city", "A");
      for (guint i = 0; i < 2; i++)
        {
          crm_undo_result_free (redo (fixture));
          crm_store_fixture_assert_value (fixture, id, "city", forth[i]);
        }
      assert_nothing_to_redo (fixture);
    }

  crm_undo_result_free (undo (fixture, NULL));
  three = crm_store_fixture_set (fixture, record, "city", "D");
  assert_nothing_to_redo (fixture);
  crm_undo_result_free (undo (fixture, NULL));
  crm_store_fixture_assert_value (fixture, id, "city", "B");
}

static void
test_delete (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *put = crm_store_fixture_put (fixture, record);
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.delete");
  g_autoptr (CrmRecord) back = NULL;
  g_autoptr (GError) error = NULL;

  crm_change_set_delete (set, crm_record_get_kind (record), crm_record_get_id (record));
  g_assert_true (crm_replica_apply (fixture->replica, set, NULL, &error));
  g_assert_no_error (error);

  crm_undo_result_free (undo (fixture, NULL));
  back = crm_replica_get (fixture->replica, crm_record_get_id (record), &error);
  g_assert_no_error (error);
  g_assert_true (crm_record_equal (back, record));

  crm_undo_result_free (redo (fixture));
  g_assert_null (crm_replica_find (fixture->replica, crm_record_get_id (record)));
}

/* Another field of the set goes back, the one that was changed since stays and is named. */
static void
test_changed_since (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *put = crm_store_fixture_put (fixture, record);
  g_autoptr (CrmRecord) edited = crm_record_copy (record);
  g_autofree char *set = NULL;
  g_autofree char *later = NULL;
  g_autoptr (CrmUndoResult) result = NULL;
  const char *id = crm_record_get_id (record);

  crm_record_set (edited, "city", "Almelo");
  crm_record_set (edited, "stage", "lead");
  set = crm_store_fixture_put (fixture, edited);
  later = crm_store_fixture_set (fixture, record, "city", "Goor");

  result = undo (fixture, set);
  g_assert_cmpuint (result->n_records, ==, 1);
  g_assert_cmpuint (result->kept->len, ==, 1);
  g_assert_cmpstr (crm_record_get_id (g_ptr_array_index (result->kept, 0)), ==, id);
  crm_store_fixture_assert_value (fixture, id, "city", "Goor");
  crm_store_fixture_assert_value (fixture, id, "stage", NULL);
}

/* Members are given and taken one by one, whatever others did to the set since. */
static void
test_members_changed_since (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *put = NULL;
  g_autofree char *set = NULL;
  g_autofree char *later = NULL;
  g_autoptr (CrmUndoResult) result = NULL;

  crm_record_set (record, "tags", "klant;oud");
  put = crm_store_fixture_put (fixture, record);
  set = crm_store_fixture_set (fixture, record, "tags", "beurs;klant");
  later = crm_store_fixture_set (fixture, record, "tags", "beurs;klant;vip");

  result = undo (fixture, set);
  g_assert_cmpuint (result->kept->len, ==, 0);
  crm_store_fixture_assert_value (fixture, crm_record_get_id (record), "tags", "klant;oud;vip");
}

/* Someone was put in the new organisation since: it stays. */
static void
test_linked_since (Fixture *fixture, gconstpointer unused)
{
  const CrmKind *kind = crm_store_fixture_get_kind (fixture, "organisation");
  g_autoptr (CrmRecord) organisation = crm_record_new (kind, NULL);
  g_autoptr (CrmRecord) person = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *set = NULL;
  g_autofree char *later = NULL;
  g_autoptr (CrmUndoResult) result = NULL;

  crm_record_set (organisation, "name", "Bakker B.V.");
  set = crm_store_fixture_put (fixture, organisation);
  crm_record_set (person, "organisation", crm_record_get_id (organisation));
  later = crm_store_fixture_put (fixture, person);

  result = undo (fixture, set);
  g_assert_cmpuint (result->n_records, ==, 0);
  g_assert_cmpuint (result->kept->len, ==, 1);
  crm_store_fixture_assert_value (fixture, crm_record_get_id (organisation), "name", "Bakker B.V.");
}

/* An organisation may be its own parent by mistake. */
static void
test_linked_to_itself (Fixture *fixture, gconstpointer unused)
{
  const CrmKind *kind = crm_store_fixture_get_kind (fixture, "organisation");
  g_autoptr (CrmRecord) organisation = crm_record_new (kind, NULL);
  g_autofree char *set = NULL;
  g_autoptr (CrmUndoResult) result = NULL;

  crm_record_set (organisation, "name", "Bakker B.V.");
  crm_record_set (organisation, "parent", crm_record_get_id (organisation));
  set = crm_store_fixture_put (fixture, organisation);

  result = undo (fixture, set);
  g_assert_cmpuint (result->n_records, ==, 1);
  g_assert_cmpuint (result->kept->len, ==, 0);
  g_assert_null (crm_replica_find (fixture->replica, crm_record_get_id (organisation)));
}

static char *
import (Fixture *fixture, guint n_records, gboolean bulk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmAction) action = crm_action_begin (fixture->replica, "import", "beurs", &error);
  g_autofree char *group = NULL;
  guint n_changed = 0;

  g_assert_no_error (error);
  group = g_strdup (crm_action_get_group (action));
  crm_action_set_bulk (action, bulk);
  for (guint i = 0; i < n_records; i++)
    {
      g_autofree char *surname = g_strdup_printf ("Jansen %u", i);
      g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, surname, "Ede");

      g_assert_true (crm_action_put (action, record, &error));
      g_assert_no_error (error);
    }
  g_assert_true (crm_action_finish (action, &n_changed, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_changed, ==, n_records);

  return g_steal_pointer (&group);
}

static void
test_group (Fixture *fixture, gconstpointer unused)
{
  const guint n_records = 1234;
  g_autofree char *group = import (fixture, n_records, TRUE);
  g_autofree char *action = NULL;
  g_autofree char *title = NULL;
  g_autoptr (CrmUndoResult) undone = NULL;
  g_autoptr (CrmUndoResult) redone = NULL;

  g_assert_cmpint (count (fixture, "SELECT count(*) FROM person"), ==, n_records);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM change_set"), ==, 3);
  g_assert_true (crm_replica_peek_undo (fixture->replica, &action, &title));
  g_assert_cmpstr (action, ==, "import");
  g_assert_null (title);

  undone = undo (fixture, NULL);
  g_assert_cmpstr (undone->set, ==, group);
  g_assert_cmpuint (undone->n_records, ==, n_records);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM person"), ==, 0);
  assert_nothing_to_undo (fixture);

  redone = redo (fixture);
  g_assert_cmpstr (redone->action, ==, "import");
  g_assert_cmpuint (redone->n_records, ==, n_records);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM person"), ==, n_records);

  crm_undo_result_free (undo (fixture, group));
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM person"), ==, 0);
}

/* A set of a group stands for the whole. */
static void
test_group_by_set (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *group = import (fixture, 600, FALSE);
  g_autofree char *set = crm_db_query_text (crm_replica_get_db (fixture->replica),
                                            "SELECT id FROM change_set WHERE n = 2",
                                            NULL);

  crm_undo_result_free (undo (fixture, set));
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM person"), ==, 0);
}

static void
test_group_changed_since (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *group = import (fixture, 700, FALSE);
  g_autofree char *id = crm_db_query_text (crm_replica_get_db (fixture->replica),
                                           "SELECT id FROM person WHERE nr = 650",
                                           NULL);
  g_autoptr (CrmRecord) record = crm_replica_find (fixture->replica, id);
  g_autofree char *later = crm_store_fixture_set (fixture, record, "city", "Goor");
  g_autoptr (CrmUndoResult) result = undo (fixture, group);

  g_assert_cmpuint (result->n_records, ==, 699);
  g_assert_cmpuint (result->kept->len, ==, 1);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM person"), ==, 1);
  crm_store_fixture_assert_value (fixture, id, "city", "Goor");
}

static void
test_twice (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *set = crm_store_fixture_put (fixture, record);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmUndoResult) again = NULL;

  crm_undo_result_free (undo (fixture, set));
  again = crm_replica_undo (fixture->replica, set, NULL, NULL, &error);
  g_assert_null (again);
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOTHING);
}

static void
test_unknown (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmUndoResult)
      result = crm_replica_undo (fixture->replica, "no-such-set", NULL, NULL, &error);

  g_assert_null (result);
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND);
}

/* Only one's own: another user of this laptop does not take back what I did. */
static void
test_other_user (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *set = crm_store_fixture_put (fixture, record);
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_replica_set_setting (fixture->replica, "user", "ilse", &error));
  g_assert_no_error (error);
  assert_nothing_to_undo (fixture);
}

static void
test_cancelled (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *group = import (fixture, 1500, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CrmUndoResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  result = crm_replica_undo (fixture->replica, group, NULL, cancellable, &error);
  g_assert_null (result);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM person"), ==, 1500);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM step WHERE state = 2"), ==, 0);

  crm_undo_result_free (undo (fixture, group));
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM person"), ==, 0);
}

/* Who it is cannot be read: an action of nobody could never be taken back. */
static void
test_unread_user (Fixture *fixture, gconstpointer unused)
{
  CrmDb *db = crm_replica_get_db (fixture->replica);
  g_autoptr (CrmRecord) person = crm_store_fixture_new_person (fixture, "Jansen", "Ede");
  g_autofree char *set = crm_store_fixture_put (fixture, person);
  g_autoptr (CrmUndoResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_db_exec (db, "ALTER TABLE local_setting RENAME TO away", &error));
  g_assert_null (crm_action_begin (fixture->replica, "import", NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (crm_replica_undo (fixture->replica, set, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);

  g_assert_true (crm_db_exec (db, "ALTER TABLE away RENAME TO local_setting", &error));
  result = crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (result);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path, Fixture, NULL, crm_store_fixture_set_up, func, crm_store_fixture_tear_down)
  ADD ("/store/undo/nothing", test_nothing);
  ADD ("/store/undo/edit", test_edit);
  ADD ("/store/undo/chain", test_chain);
  ADD ("/store/undo/delete", test_delete);
  ADD ("/store/undo/changed-since", test_changed_since);
  ADD ("/store/undo/members-changed-since", test_members_changed_since);
  ADD ("/store/undo/linked-since", test_linked_since);
  ADD ("/store/undo/linked-to-itself", test_linked_to_itself);
  ADD ("/store/undo/group", test_group);
  ADD ("/store/undo/group-by-set", test_group_by_set);
  ADD ("/store/undo/group-changed-since", test_group_changed_since);
  ADD ("/store/undo/twice", test_twice);
  ADD ("/store/undo/unknown", test_unknown);
  ADD ("/store/undo/other-user", test_other_user);
  ADD ("/store/undo/unread-user", test_unread_user);
  ADD ("/store/undo/cancelled", test_cancelled);
#undef ADD

  return g_test_run ();
}
