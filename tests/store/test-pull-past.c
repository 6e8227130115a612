/* What the server told of the past of a record, beside what pulls brought. */
#include "crm-pull-fixture.h"

#include "store/log/crm-history.h"
#include "store/log/crm-past-record-private.h"

#define PERSON "01234567-0000-7000-8000-000000000001"

typedef CrmStoreFixture Fixture;

static CrmPulledChange
make_change (gint64 seq, CrmSetOp op, const CrmPulledValue *values, guint n_values)
{
  return (CrmPulledChange) { .set = { .seq = seq,
                                      .user = "bob",
                                      .device = "d",
                                      .at = "2026-03-01T08:00:00Z",
                                      .action = "person.edit",
                                      .why = "zei hij" },
                             .op = op,
                             .kind = "person",
                             .values = values,
                             .n_values = n_values };
}

static void
save (Fixture *fixture, const CrmPulledChange *change)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_sync_store_save_past (fixture->replica, PERSON, change, 1, &error));
  g_assert_no_error (error);
}

static GPtrArray *
get_history (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = crm_replica_get_history (fixture->replica, PERSON, &error);

  g_assert_no_error (error);

  return entries;
}

static void
pull (Fixture *fixture, gint64 seq, gboolean gone)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  crm_pull_fixture_set (writer, seq, "bob", NULL);
  if (gone)
    crm_pull_fixture_gone (writer, PERSON, seq);
  else
    crm_pull_fixture_row (writer, PERSON, seq, TRUE, "surname=Jansen@10;city=Ede@10");
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c", seq));
}

static void
commit_cb (const CrmCommit *commit, gpointer data)
{
  g_assert_true (g_hash_table_contains (commit->ids, PERSON));
  (*(guint *) data)++;
}

static void
test_save (Fixture *fixture, gconstpointer unused)
{
  static const CrmPulledValue values[] = { { "city", "Goor", "Ede" }, { "unknown", NULL, "x" } };
  const CrmPulledChange change = make_change (7, CRM_SET_OP_SET, values, 2);
  CrmPulledChange strange = change;
  g_autoptr (GPtrArray) entries = NULL;
  const CrmHistoryEntry *entry;
  guint n_told = 0;

  /* Once is enough: who looks again because of it would look for ever. */
  crm_replica_set_commit_hook (fixture->replica, commit_cb, &n_told);
  save (fixture, &change);
  save (fixture, &change);
  g_assert_cmpuint (n_told, ==, 1);
  strange.kind = "of another program";
  strange.set.seq = 8;
  save (fixture, &strange);

  entries = get_history (fixture);
  g_assert_cmpuint (entries->len, ==, 2);
  entry = entries->pdata[0];
  g_assert_cmpstr (entry->author, ==, "bob");
  g_assert_cmpstr (entry->why, ==, "zei hij");
  g_assert_cmpstr (entry->field, ==, "city");
  g_assert_cmpstr (entry->old_value, ==, "Goor");
  g_assert_cmpstr (entry->new_value, ==, "Ede");
  crm_pull_fixture_check (fixture);
}

/* An own set, also one of before a fork, which is known by its id only. */
static void
test_own (Fixture *fixture, gconstpointer unused)
{
  static const CrmPulledValue value = { "surname", NULL, "Jansen" };
  CrmPulledChange change = make_change (7, CRM_SET_OP_NEW, &value, 1);
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, "Jansen", NULL);
  g_autofree char *set = NULL;

  set = crm_store_fixture_put (fixture, record);
  change.set.n = 1;
  save (fixture, &change);
  change.set.n = 0;
  change.set.id = set;
  save (fixture, &change);
  g_assert_cmpint (crm_pull_fixture_count (fixture, "SELECT count(*) FROM foreign_change"), ==, 0);
  g_assert_cmpint (crm_pull_fixture_count (fixture, "SELECT count(*) FROM foreign_set"), ==, 0);
}

/* Undo of a delete needs all that the record had, which the server does not repeat. */
static void
test_delete (Fixture *fixture, gconstpointer unused)
{
  const CrmPulledChange change = make_change (20, CRM_SET_OP_DELETE, NULL, 0);
  const CrmKind *kind = crm_model_find_kind (crm_replica_get_model (fixture->replica), "person");
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  pull (fixture, 10, FALSE);
  pull (fixture, 20, TRUE);
  save (fixture, &change);
  record = crm_past_record_load (fixture->replica, kind, PERSON, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (crm_record_get (record, "city"), ==, "Ede");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/store/pull-past/" path,                                                            \
              Fixture,                                                                             \
              NULL,                                                                                \
              crm_store_fixture_set_up,                                                            \
              func,                                                                                \
              crm_store_fixture_tear_down)
  ADD ("save", test_save);
  ADD ("own", test_own);
  ADD ("delete", test_delete);
#undef ADD

  return g_test_run ();
}
