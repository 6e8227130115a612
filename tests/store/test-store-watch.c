/* An open window hears what another program does to its replica, a pull above all. */
#include "crm-pull-fixture.h"

#include "store/crm-replica-private.h"

#define PERSON "01234567-0000-7000-8000-000000000001"
#define WAIT_S 10

/* Two programs on one replica: a window, and base.replica. */
typedef struct
{
  CrmStoreFixture base;
  CrmStore *store;

  guint n_changed;
  guint kinds;
  gboolean unknown;
  GHashTable *ids;
} Fixture;

static void
changed_cb (CrmStore *store, const CrmStoreChange *change, Fixture *fixture)
{
  GHashTableIter iter;
  gpointer id;

  fixture->n_changed++;
  fixture->kinds |= change->kinds;
  fixture->unknown = fixture->unknown || change->ids == NULL;
  if (change->ids == NULL)
    return;

  g_hash_table_iter_init (&iter, change->ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (fixture->ids, g_strdup (id));
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  crm_store_fixture_set_up (&fixture->base, NULL);
  fixture->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fixture->store = crm_store_open (fixture->base.dir, fixture->base.key, NULL, FALSE, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  while (g_main_context_iteration (NULL, FALSE) || G_OBJECT (fixture->store)->ref_count > 1)
    g_thread_yield ();
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  g_hash_table_unref (fixture->ids);
  crm_store_fixture_tear_down (&fixture->base, NULL);
}

static gboolean
is_told (Fixture *fixture, const char *id)
{
  return g_hash_table_contains (fixture->ids, id);
}

/* Until the window heard of @id, or of a change that names none when that is NULL. */
static void
wait_for (Fixture *fixture, const char *id)
{
  const gint64 end = g_get_monotonic_time () + WAIT_S * G_USEC_PER_SEC;

  while (id != NULL ? !is_told (fixture, id) : fixture->n_changed == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

/* As long as a look takes, twice over. */
static void
settle (void)
{
  const gint64 end = g_get_monotonic_time () + 300 * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
pull (CrmReplica *replica, const char *id, gint64 seq, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmPullWriter) writer = crm_pull_writer_begin (replica, &error);
  g_autoptr (CrmPullResult) result = NULL;
  g_autofree char *name = g_strdup_printf ("Jansen %d", (int) seq);
  const CrmPulledField surname = { "surname", name, seq };

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *other = g_strdup_printf ("01234567-0000-7000-8000-%012x", 0x1000 + i);
      const CrmPulledRow row = { .kind = "person",
                                 .id = i == 0 ? id : other,
                                 .row_seq = seq,
                                 .full = TRUE,
                                 .fields = &surname,
                                 .n_fields = 1 };

      g_assert_true (crm_pull_writer_put_row (writer, &row, &error));
    }
  result = crm_pull_writer_finish (writer, "c", seq, &error);
  g_assert_no_error (error);
}

static void
test_pull (Fixture *fixture, gconstpointer unused)
{
  pull (fixture->base.replica, PERSON, 10, 1);
  wait_for (fixture, PERSON);
  g_assert_false (fixture->unknown);
  g_assert_cmpuint (fixture->kinds, ==, 1u << 1);

  /* What is said once is not said again. */
  fixture->n_changed = 0;
  g_hash_table_remove_all (fixture->ids);
  settle ();
  g_assert_cmpuint (fixture->n_changed, ==, 0);
}

/* More than anybody wants to hear one by one. */
static void
test_many (Fixture *fixture, gconstpointer unused)
{
  pull (fixture->base.replica, PERSON, 10, 1500);
  wait_for (fixture, NULL);
  g_assert_true (fixture->unknown);
  g_assert_cmpint (crm_pull_fixture_count (&fixture->base, "SELECT count(*) FROM pulled"), ==, 1);
}

/* While the window did not look, more was pulled than is kept. */
static void
test_gap (Fixture *fixture, gconstpointer unused)
{
  pull (fixture->base.replica, PERSON, 10, 900);
  for (gint64 seq = 11; seq < 14; seq++)
    pull (fixture->base.replica, PERSON, seq, 900);
  wait_for (fixture, NULL);
  g_assert_true (fixture->unknown);
  g_assert_cmpint (crm_pull_fixture_count (&fixture->base, "SELECT count(*) FROM pulled"),
                   <=,
                   1000);
}

/* No record changed, but what waits for the server may have. */
static void
test_nothing (Fixture *fixture, gconstpointer unused)
{
  pull (fixture->base.replica, PERSON, 10, 0);
  wait_for (fixture, NULL);
  g_assert_false (fixture->unknown);
  g_assert_cmpuint (fixture->kinds, ==, 0);
}

static gpointer
pull_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  pull (replica, data, 20, 1);

  return data;
}

static gpointer
edit_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  const CrmKind *kind = crm_model_find_kind (crm_replica_get_model (replica), "tag");
  g_autoptr (CrmRecord) record = crm_record_new (kind, data);
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("tag.new");

  crm_record_set (record, "name", "beurs");
  crm_change_set_put (set, record);

  return crm_replica_apply (replica, set, NULL, error) ? data : NULL;
}

static void
run (Fixture *fixture, CrmStoreFunc func, const char *id)
{
  crm_store_run_async (fixture->store,
                       CRM_STORE_USER,
                       func,
                       (gpointer) id,
                       NULL,
                       NULL,
                       NULL,
                       NULL,
                       NULL);
}

/* The window's own pull is told once, by the commit. */
static void
test_own (Fixture *fixture, gconstpointer unused)
{
  run (fixture, pull_on_worker, PERSON);
  wait_for (fixture, PERSON);
  settle ();
  g_assert_cmpuint (fixture->n_changed, ==, 1);
}

/* Between two looks both programs write: the window's own commit does not hide the other's. */
static void
test_both (Fixture *fixture, gconstpointer unused)
{
  static const char own[] = "01234567-0000-7000-8000-0000000000f1";
  static const char theirs[] = "01234567-0000-7000-8000-0000000000f2";
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (edit_on_worker (fixture->base.replica, (gpointer) theirs, NULL, &error));
  g_assert_no_error (error);
  pull (fixture->base.replica, PERSON, 10, 1);
  run (fixture, edit_on_worker, own);
  run (fixture, pull_on_worker, "01234567-0000-7000-8000-0000000000f3");
  wait_for (fixture, own);
  wait_for (fixture, theirs);
  wait_for (fixture, PERSON);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/store/store-watch/pull", test_pull);
  ADD ("/store/store-watch/many", test_many);
  ADD ("/store/store-watch/gap", test_gap);
  ADD ("/store/store-watch/nothing", test_nothing);
  ADD ("/store/store-watch/own", test_own);
  ADD ("/store/store-watch/both", test_both);
#undef ADD

  return g_test_run ();
}
