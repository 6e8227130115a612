/* Sets that the server did not take: shown with what was typed, dismissed, tried again. */
#include "crm-pull-fixture.h"

#include "store/sync/crm-conflict.h"

#define PERSON "01234567-0000-7000-8000-000000000001"
#define NEW    "01234567-0000-7000-8000-000000000002"

typedef CrmStoreFixture Fixture;

static void
pull_person (Fixture *fixture)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  crm_pull_fixture_row (writer, PERSON, 10, TRUE, "surname=Jansen@10;city=Ede@10");
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c10", 10));
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

static void
put_new (Fixture *fixture)
{
  g_autoptr (CrmRecord)
      record = crm_record_new (crm_store_fixture_get_kind (fixture, "person"), NEW);
  g_autofree char *set = NULL;

  crm_record_set (record, "surname", "Bos");
  crm_record_set (record, "city", "Borne");
  set = crm_store_fixture_put (fixture, record);
}

static void
answer (Fixture *fixture, gint64 n, const char *status)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  crm_pull_fixture_result (writer, n, status);
  crm_pull_fixture_ack (fixture, writer, n);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c20", 20));
}

/* The one item; NULL for none. */
static CrmConflict *
find_item (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmSyncCounts) counts = crm_sync_store_count (fixture->replica, &error);
  g_autoptr (GPtrArray) items = crm_replica_list_conflicts (fixture->replica, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpint (counts->rejected + counts->parked, ==, items->len);
  g_assert_cmpuint (items->len, <=, 1);

  return items->len > 0 ? g_ptr_array_steal_index (items, 0) : NULL;
}

static void
assert_none (Fixture *fixture)
{
  g_autoptr (CrmConflict) item = find_item (fixture);

  g_assert_null (item);
  crm_pull_fixture_check (fixture);
}

static char *
retry (Fixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  char *set = NULL;

  g_assert_true (crm_replica_retry_refusal (fixture->replica, id, &set, &error));
  g_assert_no_error (error);

  return set;
}

static void
dismiss (Fixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_replica_dismiss_refusal (fixture->replica, id, &error));
  g_assert_no_error (error);
}

static gboolean
is_there (Fixture *fixture, const char *id)
{
  g_autoptr (CrmRecord) record = crm_replica_find (fixture->replica, id);

  return record != NULL;
}

static void
test_shown (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmConflict) item = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmConflict) found = NULL;
  const CrmConflictValue *value;

  pull_person (fixture);
  edit (fixture, PERSON, "city", "Goor");
  answer (fixture, 1, "rejected");
  item = find_item (fixture);
  g_assert_cmpint (item->type, ==, CRM_CONFLICT_REFUSED);
  g_assert_cmpstr (item->code, ==, "stale");
  g_assert_cmpstr (item->record, ==, PERSON);
  g_assert_cmpstr (item->title, ==, "Jansen");
  g_assert_cmpstr (item->mine, ==, "Goor");
  g_assert_cmpuint (item->values->len, ==, 1);
  value = g_ptr_array_index (item->values, 0);
  g_assert_cmpstr (value->field, ==, "city");
  g_assert_cmpstr (value->old_value, ==, "Ede");
  g_assert_cmpstr (value->new_value, ==, "Goor");
  found = crm_replica_find_conflict (fixture->replica, item->id, &error);
  g_assert_no_error (error);

  dismiss (fixture, item->id);
  assert_none (fixture);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Ede");
  g_assert_false (crm_replica_dismiss_refusal (fixture->replica, item->id, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND);
}

static void
test_again (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmConflict) item = NULL;
  g_autofree char *set = NULL;

  pull_person (fixture);
  edit (fixture, PERSON, "city", "Goor");
  answer (fixture, 1, "rejected");
  item = find_item (fixture);
  set = retry (fixture, item->id);
  g_assert_nonnull (set);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
  g_assert_cmpint (crm_sync_store_get_last (fixture->replica), ==, 2);
  assert_none (fixture);
}

/* Members are added and removed again, not put in the place of what others did. */
static void
test_again_members (Fixture *fixture, gconstpointer unused)
{
  CrmPullWriter *writer;
  g_autoptr (CrmConflict) item = NULL;
  g_autofree char *set = NULL;
  const CrmPulledField tags = { "tags", "a;b;d", 21 };
  const CrmPulledRow row = {
    .kind = "person", .id = PERSON, .row_seq = 10, .fields = &tags, .n_fields = 1
  };
  const CrmPulledField first = { "tags", "a;b", 11 };
  CrmPulledRow before = row;
  g_autoptr (GError) error = NULL;

  before.fields = &first;
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 10, TRUE, "surname=Jansen@10");
  g_assert_true (crm_pull_writer_put_row (writer, &before, &error));
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c11", 11));
  edit (fixture, PERSON, "tags", "a;c");
  answer (fixture, 1, "rejected");
  writer = crm_pull_fixture_begin (fixture);
  g_assert_true (crm_pull_writer_put_row (writer, &row, &error));
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c21", 21));
  crm_store_fixture_assert_value (fixture, PERSON, "tags", "a;b;d");

  item = find_item (fixture);
  set = retry (fixture, item->id);
  crm_store_fixture_assert_value (fixture, PERSON, "tags", "a;c;d");
}

static void
test_again_new (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmConflict) item = NULL;
  g_autofree char *set = NULL;

  put_new (fixture);
  answer (fixture, 1, "rejected");
  g_assert_false (is_there (fixture, NEW));
  item = find_item (fixture);
  g_assert_true (item->gone);
  g_assert_cmpstr (item->title, ==, "Bos");
  g_assert_cmpuint (item->values->len, ==, 2);
  set = retry (fixture, item->id);
  crm_store_fixture_assert_value (fixture, NEW, "city", "Borne");
  assert_none (fixture);
}

/* What it changes is gone: nothing happens, and it stays in the list. */
static void
test_again_gone (Fixture *fixture, gconstpointer unused)
{
  CrmPullWriter *writer;
  g_autoptr (CrmConflict) item = NULL;
  g_autoptr (CrmConflict) left = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *set = NULL;

  pull_person (fixture);
  edit (fixture, PERSON, "city", "Goor");
  answer (fixture, 1, "rejected");
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_gone (writer, PERSON, 30);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c30", 30));
  item = find_item (fixture);
  g_assert_false (crm_replica_retry_refusal (fixture->replica, item->id, &set, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND);
  g_assert_null (set);
  left = find_item (fixture);
  g_assert_nonnull (left);
}

/* One record and a conflict that tells of it: that is enough. */
static void
test_told_by_conflict (Fixture *fixture, gconstpointer unused)
{
  const char *const conflicts[] = { "01234567-0000-7000-8000-00000000000a", NULL };
  CrmPullWriter *writer;
  g_autoptr (GError) error = NULL;

  pull_person (fixture);
  edit (fixture, PERSON, "city", "Goor");
  writer = crm_pull_fixture_begin (fixture);
  g_assert_true (crm_pull_writer_add_result (writer, 1, "rejected", "deleted", conflicts, &error));
  crm_pull_fixture_ack (fixture, writer, 1);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c20", 20));
  assert_none (fixture);
}

/* ---- Parked ---- */

static void
park (Fixture *fixture, gint64 n, guint expected)
{
  g_autoptr (GError) error = NULL;
  guint n_parked = 0;

  g_assert_true (crm_sync_store_park (fixture->replica, n, "internal", &n_parked, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_parked, ==, expected);
}

static void
test_park_shown (Fixture *fixture, gconstpointer acked)
{
  g_autoptr (CrmConflict) item = NULL;

  pull_person (fixture);
  edit (fixture, PERSON, "city", "Goor");
  park (fixture, 1, 1);
  if (acked != NULL)
    answer (fixture, 1, "merged");
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
  item = find_item (fixture);
  g_assert_cmpint (item->type, ==, CRM_CONFLICT_PARKED);
  g_assert_cmpstr (item->code, ==, "internal");
  g_assert_cmpstr (item->mine, ==, "Goor");

  dismiss (fixture, item->id);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Ede");
  assert_none (fixture);
}

static void
test_park_again (Fixture *fixture, gconstpointer acked)
{
  g_autoptr (CrmConflict) item = NULL;
  g_autoptr (GPtrArray) sets = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *set = NULL;
  const CrmSyncSet *last;

  pull_person (fixture);
  edit (fixture, PERSON, "city", "Goor");
  park (fixture, 1, 1);
  if (acked != NULL)
    answer (fixture, 1, "merged");
  item = find_item (fixture);
  set = retry (fixture, item->id);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
  assert_none (fixture);

  /* The number of the parked one stays taken by nothing; the new one has it all. */
  sets = crm_sync_store_list_sets (fixture->replica, 0, 10, G_MAXSIZE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sets->len, ==, 2);
  last = sets->pdata[0];
  g_assert_cmpuint (last->ops->len, ==, 0);
  last = sets->pdata[1];
  g_assert_cmpstr (last->id, ==, set);
  g_assert_cmpuint (last->ops->len, ==, 1);
  answer (fixture, 2, "merged");
  crm_pull_fixture_check (fixture);
}

/* A record that was made in a parked set, and edits of it, go the same way. */
static void
test_park_on (Fixture *fixture, gconstpointer again)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *set = NULL;
  const CrmConflict *first;

  pull_person (fixture);
  put_new (fixture);
  edit (fixture, PERSON, "city", "Goor");
  edit (fixture, NEW, "city", "Hengelo");
  park (fixture, 1, 2);
  items = crm_replica_list_conflicts (fixture->replica, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 2);
  first = items->pdata[0];
  if (first->values->len == 1)
    first = items->pdata[1];
  if (again != NULL)
    set = retry (fixture, first->id);
  else
    dismiss (fixture, first->id);

  assert_none (fixture);
  g_assert_cmpint (is_there (fixture, NEW), ==, again != NULL);
  if (again != NULL)
    crm_store_fixture_assert_value (fixture, NEW, "city", "Hengelo");
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
}

/* What others did under it is there when it is let go. */
static void
test_park_under (Fixture *fixture, gconstpointer unused)
{
  CrmPullWriter *writer;
  g_autoptr (CrmConflict) item = NULL;

  pull_person (fixture);
  edit (fixture, PERSON, "city", "Goor");
  park (fixture, 1, 1);
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 10, FALSE, "city=Almelo@30");
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c30", 30));
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
  item = find_item (fixture);
  dismiss (fixture, item->id);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Almelo");
  assert_none (fixture);
}

/* A restored server gets neither what was let go nor its numbers anew. */
static void
test_let_go_for_good (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmConflict) item = NULL;
  g_autoptr (GPtrArray) sets = NULL;
  const CrmSyncSet *set;

  pull_person (fixture);
  edit (fixture, PERSON, "city", "Goor");
  park (fixture, 1, 1);
  answer (fixture, 1, "merged");
  item = find_item (fixture);
  dismiss (fixture, item->id);
  g_assert_true (crm_sync_store_reconcile (fixture->replica, "e2", 0, &error));
  g_assert_no_error (error);
  sets = crm_sync_store_list_sets (fixture->replica, 0, 10, G_MAXSIZE, &error);
  g_assert_cmpuint (sets->len, ==, 1);
  set = sets->pdata[0];
  g_assert_cmpuint (set->ops->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD_WITH(path, data, func)                                                                 \
  g_test_add (path, Fixture, data, crm_store_fixture_set_up, func, crm_store_fixture_tear_down)
#define ADD(path, func) ADD_WITH (path, NULL, func)
  ADD ("/store/refusal/shown", test_shown);
  ADD ("/store/refusal/again", test_again);
  ADD ("/store/refusal/again-members", test_again_members);
  ADD ("/store/refusal/again-new", test_again_new);
  ADD ("/store/refusal/again-gone", test_again_gone);
  ADD ("/store/refusal/told-by-conflict", test_told_by_conflict);
  ADD_WITH ("/store/refusal/park-shown", NULL, test_park_shown);
  ADD_WITH ("/store/refusal/park-shown-acked", "acked", test_park_shown);
  ADD_WITH ("/store/refusal/park-again", NULL, test_park_again);
  ADD_WITH ("/store/refusal/park-again-acked", "acked", test_park_again);
  ADD_WITH ("/store/refusal/park-on-dismiss", NULL, test_park_on);
  ADD_WITH ("/store/refusal/park-on-again", "again", test_park_on);
  ADD ("/store/refusal/park-under", test_park_under);
  ADD ("/store/refusal/let-go-for-good", test_let_go_for_good);
#undef ADD
#undef ADD_WITH

  return g_test_run ();
}
