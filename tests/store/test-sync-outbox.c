/* What goes to the server, what is set aside, and what a copied file does. */
#include "crm-pull-fixture.h"

#include "store/crm-replica-private.h"
#include "store/sync/crm-sync-set-private.h"

#include <string.h>

typedef CrmStoreFixture Fixture;

static GPtrArray *
list (Fixture *fixture, gint64 after, guint max_sets, gsize max_bytes)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *sets = crm_sync_store_list_sets (fixture->replica, after, max_sets, max_bytes, &error);

  g_assert_no_error (error);

  return sets;
}

static CrmRecord *
put_person (Fixture *fixture, const char *surname)
{
  CrmRecord *record = crm_store_fixture_new_person (fixture, surname, "Ede");
  g_autofree char *set = crm_store_fixture_put (fixture, record);

  return record;
}

static void
set_field (Fixture *fixture, CrmRecord *record, const char *field, const char *value)
{
  g_autofree char *set = crm_store_fixture_set (fixture, record, field, value);

  g_assert_nonnull (set);
}

/* Each set's previous is the one before, and its digest follows from what is told. */
static void
assert_chain (GPtrArray *sets)
{
  guint8 previous[CRM_SET_DIGEST_SIZE] = { 0 };

  for (guint i = 0; i < sets->len; i++)
    {
      CrmSyncSet *set = g_ptr_array_index (sets, i);
      guint8 digest[CRM_SET_DIGEST_SIZE];

      g_assert_cmpint (set->n, ==, i + 1);
      g_assert_cmpmem (set->previous, sizeof previous, previous, sizeof previous);
      memcpy (digest, set->digest, sizeof digest);
      crm_sync_set_hash (set);
      g_assert_cmpmem (set->digest, sizeof digest, digest, sizeof digest);
      memcpy (previous, digest, sizeof previous);
    }
}

static void
test_sets (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) person = put_person (fixture, "Jansen");
  g_autoptr (GPtrArray) sets = NULL;
  const CrmSyncSet *set;
  const CrmSyncOp *op;
  const CrmSyncField *field;

  set_field (fixture, person, "city", "Goor");
  sets = list (fixture, 0, 500, G_MAXSIZE);
  g_assert_cmpuint (sets->len, ==, 2);
  assert_chain (sets);

  set = g_ptr_array_index (sets, 0);
  g_assert_true (set->all);
  op = g_ptr_array_index (set->ops, 0);
  g_assert_cmpint (op->op, ==, CRM_SET_OP_NEW);
  g_assert_cmpuint (op->fields->len, ==, 2);
  set = g_ptr_array_index (sets, 1);
  op = g_ptr_array_index (set->ops, 0);
  g_assert_cmpint (op->op, ==, CRM_SET_OP_SET);
  field = g_ptr_array_index (op->fields, 0);
  g_assert_cmpstr (field->name, ==, "city");
  g_assert_cmpstr (field->old, ==, "Ede");
  g_assert_cmpstr (field->value, ==, "Goor");
  g_assert_cmpint (field->base, ==, -1);
}

static void
test_limits (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) two = NULL;
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) none = NULL;
  const CrmSyncSet *set;

  for (guint i = 0; i < 5; i++)
    g_object_unref (put_person (fixture, "Jansen"));
  two = list (fixture, 2, 2, G_MAXSIZE);
  g_assert_cmpuint (two->len, ==, 2);
  set = g_ptr_array_index (two, 0);
  g_assert_cmpint (set->n, ==, 3);
  /* However large, one goes. */
  one = list (fixture, 0, 500, 1);
  g_assert_cmpuint (one->len, ==, 1);
  none = list (fixture, 5, 500, G_MAXSIZE);
  g_assert_cmpuint (none->len, ==, 0);
}

/* A delete is of the highest version that was seen of the row. */
static void
test_delete (Fixture *fixture, gconstpointer unused)
{
  static const char id[] = "01234567-0000-7000-8000-000000000001";
  g_autoptr (CrmChangeSet) change = crm_change_set_new ("person.delete");
  g_autoptr (GPtrArray) sets = NULL;
  g_autoptr (GError) error = NULL;
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);
  const CrmSyncOp *op;

  crm_pull_fixture_row (writer, id, 10, TRUE, "surname=Bos@10;city=@17");
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c", 17));
  crm_change_set_delete (change, crm_store_fixture_get_kind (fixture, "person"), id);
  g_assert_true (crm_replica_apply (fixture->replica, change, NULL, &error));
  g_assert_no_error (error);

  sets = list (fixture, 0, 500, G_MAXSIZE);
  assert_chain (sets);
  op = g_ptr_array_index (((CrmSyncSet *) g_ptr_array_index (sets, 0))->ops, 0);
  g_assert_cmpint (op->op, ==, CRM_SET_OP_DELETE);
  g_assert_cmpint (op->base, ==, 17);
  g_assert_cmpuint (op->fields->len, ==, 0);
}

/* Nothing of an import goes before it is whole. */
static void
test_open_action (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (CrmRecord) person = put_person (fixture, "Jansen");
  g_autoptr (CrmAction) action = crm_action_begin (fixture->replica, "import", NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 1200; i++)
    {
      g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Bos", "Ede");

      g_assert_true (crm_action_put (action, record, &error));
    }
  before = list (fixture, 0, 500, G_MAXSIZE);
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_true (crm_action_finish (action, NULL, &error));
  g_assert_no_error (error);
  after = list (fixture, 0, 500, G_MAXSIZE);
  g_assert_cmpuint (after->len, ==, 4);
  assert_chain (after);
  g_assert_false (((CrmSyncSet *) g_ptr_array_index (after, 1))->all);
}

/* With what builds on it; the rest goes on. */
static void
test_park (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) poison = put_person (fixture, "Jansen");
  g_autoptr (CrmRecord) other = put_person (fixture, "Bakker");
  g_autoptr (GPtrArray) sets = NULL;
  g_autoptr (CrmSyncCounts) counts = NULL;
  g_autoptr (GError) error = NULL;
  CrmPullWriter *writer;
  guint n_parked = 0;

  set_field (fixture, poison, "city", "Goor");
  set_field (fixture, other, "city", "Almelo");
  g_assert_true (crm_sync_store_park (fixture->replica, 1, "internal", &n_parked, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_parked, ==, 2);

  sets = list (fixture, 0, 500, G_MAXSIZE);
  g_assert_cmpuint (sets->len, ==, 4);
  assert_chain (sets);
  g_assert_cmpuint (((CrmSyncSet *) g_ptr_array_index (sets, 0))->ops->len, ==, 0);
  g_assert_cmpuint (((CrmSyncSet *) g_ptr_array_index (sets, 1))->ops->len, ==, 1);
  g_assert_cmpuint (((CrmSyncSet *) g_ptr_array_index (sets, 2))->ops->len, ==, 0);
  counts = crm_sync_store_count (fixture->replica, &error);
  g_assert_no_error (error);
  g_assert_cmpint (counts->parked, ==, 2);
  g_assert_cmpint (counts->pending, ==, 2);

  /* Acknowledged as empty sets, the edits stay where they were made. */
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer,
                        crm_record_get_id (other),
                        30,
                        TRUE,
                        "surname=Bakker@30;city=Almelo@31");
  crm_pull_fixture_ack (fixture, writer, 4);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c", 31));
  crm_store_fixture_assert_value (fixture, crm_record_get_id (poison), "city", "Goor");
  crm_pull_fixture_check (fixture);
}

/* Pitfall 24: numbered from 1 under another id, with ids kept and bases that say what they can. */
static void
test_fork (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = g_strdup (crm_replica_get_id (fixture->replica));
  g_autoptr (CrmRecord) person = put_person (fixture, "Jansen");
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) sets = NULL;
  g_autoptr (GError) error = NULL;
  CrmPullWriter *writer;
  const CrmSyncOp *op;

  set_field (fixture, person, "city", "Goor");
  set_field (fixture, person, "city", "Delden");
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer,
                        crm_record_get_id (person),
                        30,
                        TRUE,
                        "surname=Jansen@30;city=Ede@30");
  crm_pull_fixture_ack (fixture, writer, 1);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c", 30));
  before = list (fixture, 1, 500, G_MAXSIZE);

  g_assert_true (crm_sync_store_fork (fixture->replica, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (crm_replica_get_id (fixture->replica), !=, id);
  g_assert_cmpint (crm_sync_store_get_acked (fixture->replica), ==, 0);
  g_assert_cmpint (crm_sync_store_get_last (fixture->replica), ==, 2);
  sets = list (fixture, 0, 500, G_MAXSIZE);
  g_assert_cmpuint (sets->len, ==, 2);
  assert_chain (sets);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (((CrmSyncSet *) g_ptr_array_index (sets, i))->id,
                     ==,
                     ((CrmSyncSet *) g_ptr_array_index (before, i))->id);
  /* Set 1 of before says nothing to the server any more; set 2 is 1 now. */
  op = g_ptr_array_index (((CrmSyncSet *) g_ptr_array_index (sets, 0))->ops, 0);
  g_assert_cmpint (((CrmSyncField *) g_ptr_array_index (op->fields, 0))->base, ==, 0);
  op = g_ptr_array_index (((CrmSyncSet *) g_ptr_array_index (sets, 1))->ops, 0);
  g_assert_cmpint (((CrmSyncField *) g_ptr_array_index (op->fields, 0))->base, ==, -1);
  crm_pull_fixture_check (fixture);

  /* It goes on: a set after the fork, and the answer to all under the new numbers. */
  set_field (fixture, person, "email", "j@x.nl");
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer,
                        crm_record_get_id (person),
                        30,
                        FALSE,
                        "city=Delden@41;email=j@x.nl@42");
  crm_pull_fixture_ack (fixture, writer, 3);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c", 42));
  crm_store_fixture_reopen (fixture);
  crm_store_fixture_assert_value (fixture, crm_record_get_id (person), "city", "Delden");
  g_assert_cmpint (crm_sync_store_get_acked (fixture->replica), ==, 3);
  crm_pull_fixture_check (fixture);
}

/* What cannot be read is not taken for nothing: no set goes twice, no page is put upon less. */
static void
test_unreadable (Fixture *fixture, gconstpointer table)
{
  g_autofree char *sql = g_strdup_printf ("ALTER TABLE %s RENAME TO away", (const char *) table);
  g_autofree char *cursor = NULL;
  g_autoptr (CrmPullWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  gint64 acked = -1;
  gint64 scope = -1;

  g_assert_true (crm_db_exec (crm_replica_get_db (fixture->replica), sql, &error));
  g_assert_false (crm_sync_store_load_numbers (fixture->replica, &acked, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (acked, ==, -1);
  g_clear_error (&error);
  writer = crm_pull_writer_begin (fixture->replica, &error);
  g_assert_null (writer);
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (crm_sync_store_park (fixture->replica, 1, "internal", NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (crm_sync_store_reconcile (fixture->replica, "e2", 0, &error));
  g_assert_nonnull (error);
  if (g_str_equal (table, "meta"))
    return;

  g_clear_error (&error);
  g_assert_false (crm_sync_store_load_state (fixture->replica, "cursor", &cursor, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (crm_sync_store_load_next_boot (fixture->replica, &scope, &error));
  g_assert_nonnull (error);
}

/* Made after it was set aside: the server knows nothing of it either. */
static void
test_park_more (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) poison = put_person (fixture, "Jansen");
  g_autoptr (CrmRecord) other = put_person (fixture, "Bakker");
  g_autoptr (GPtrArray) sets = NULL;
  g_autoptr (GError) error = NULL;
  guint n_parked = 0;

  g_assert_true (crm_sync_store_park_more (fixture->replica, 0, &n_parked, &error));
  g_assert_cmpuint (n_parked, ==, 0);
  g_assert_true (crm_sync_store_park (fixture->replica, 1, "internal", NULL, &error));
  set_field (fixture, poison, "city", "Goor");
  set_field (fixture, other, "city", "Almelo");
  g_assert_true (crm_sync_store_park_more (fixture->replica, 2, &n_parked, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_parked, ==, 1);

  sets = list (fixture, 0, 500, G_MAXSIZE);
  assert_chain (sets);
  g_assert_cmpuint (((CrmSyncSet *) g_ptr_array_index (sets, 2))->ops->len, ==, 0);
  g_assert_cmpuint (((CrmSyncSet *) g_ptr_array_index (sets, 3))->ops->len, ==, 1);
  crm_store_fixture_assert_value (fixture, crm_record_get_id (poison), "city", "Goor");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path, Fixture, NULL, crm_store_fixture_set_up, func, crm_store_fixture_tear_down)
  ADD ("/store/sync-outbox/sets", test_sets);
  ADD ("/store/sync-outbox/limits", test_limits);
  ADD ("/store/sync-outbox/delete", test_delete);
  ADD ("/store/sync-outbox/open-action", test_open_action);
  ADD ("/store/sync-outbox/park", test_park);
  ADD ("/store/sync-outbox/park-more", test_park_more);
  ADD ("/store/sync-outbox/fork", test_fork);
  g_test_add ("/store/sync-outbox/unreadable-state",
              Fixture,
              "sync_state",
              crm_store_fixture_set_up,
              test_unreadable,
              crm_store_fixture_tear_down);
  g_test_add ("/store/sync-outbox/unreadable-chain",
              Fixture,
              "meta",
              crm_store_fixture_set_up,
              test_unreadable,
              crm_store_fixture_tear_down);
#undef ADD

  return g_test_run ();
}
