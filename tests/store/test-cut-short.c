/*
 * What synchronisation and deciding write, stopped at each moment: the engine is told to give up
 * after so many steps, one batch later each time, until all is done. What was stopped has done
 * nothing, and can be done again.
 */
#include "crm-pull-fixture.h"

#include "store/crm-replica-private.h"
#include "store/sync/crm-conflict.h"

#include <sqlite3.h>

#define PERSON   "01234567-0000-7000-8000-000000000001"
#define OTHER    "01234567-0000-7000-8000-000000000002"
#define CONFLICT "01234567-0000-7000-8000-00000000000a"

/* Steps of a batch; an operation takes some hundreds. */
#define BATCH 10

typedef CrmStoreFixture Fixture;

typedef struct
{
  void (*prepare) (Fixture *fixture);
  gboolean (*run) (Fixture *fixture, GError **error);
  /* A number that the operation changes, and what it is afterwards. */
  const char *sql;
  gint64 after;
} Operation;

static void
finish (CrmPullWriter *writer)
{
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c10", 10));
}

static void
edit (Fixture *fixture, const char *city)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_replica_get (fixture->replica, PERSON, &error);
  g_autofree char *set = NULL;

  g_assert_no_error (error);
  set = crm_store_fixture_set (fixture, record, "city", city);
}

/* ---- A page that settles an own edit ---- */

static void
prepare_edit (Fixture *fixture)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  crm_pull_fixture_row (writer, PERSON, 10, TRUE, "surname=Jansen@10;city=Ede@10");
  finish (writer);
  edit (fixture, "Goor");
}

static gboolean
put_city (CrmPullWriter *writer, GError **error)
{
  static const gint64 scopes[] = { 1 };
  const CrmPulledField field = { "city", "Almelo", 20 };
  const CrmPulledRow row = { .kind = "person",
                             .id = PERSON,
                             .row_seq = 10,
                             .scopes = scopes,
                             .n_scopes = 1,
                             .fields = &field,
                             .n_fields = 1 };

  return crm_pull_writer_put_row (writer, &row, error);
}

static gboolean
settle (Fixture *fixture, const char *status, GError **error)
{
  g_autoptr (GPtrArray) sets = crm_sync_store_list_sets (fixture->replica, 0, 1, G_MAXSIZE, error);
  g_autoptr (CrmPullWriter) writer = NULL;
  g_autoptr (CrmPullResult) result = NULL;
  gboolean forked;

  if (sets == NULL || !(writer = crm_pull_writer_begin (fixture->replica, error)) ||
      !put_city (writer, error) ||
      !crm_pull_writer_add_result (writer, 1, status, "stale", NULL, error) ||
      !crm_pull_writer_ack (writer,
                            1,
                            ((CrmSyncSet *) g_ptr_array_index (sets, 0))->digest,
                            &forked,
                            error))
    return FALSE;

  result = crm_pull_writer_finish (writer, "c20", 20, error);

  return result != NULL;
}

static gboolean
run_settle (Fixture *fixture, GError **error)
{
  return settle (fixture, "conflict", error);
}

/* ---- Deciding ---- */

static void
prepare_conflict (Fixture *fixture)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  crm_pull_fixture_row (writer, PERSON, 10, TRUE, "surname=Jansen@10;city=Ede@10");
  crm_pull_fixture_row_of (writer,
                           "conflict",
                           CONFLICT,
                           10,
                           TRUE,
                           "type=field@10;record=" PERSON "@10;record_kind=person@10;"
                           "field=city@10;kept=Ede@10;late=Goor@10;state=open@10");
  finish (writer);
}

static gboolean
run_resolve (Fixture *fixture, GError **error)
{
  static const char *const ids[] = { CONFLICT, NULL };

  return crm_replica_resolve_conflicts (fixture->replica,
                                        ids,
                                        CRM_CONFLICT_MINE,
                                        NULL,
                                        NULL,
                                        NULL,
                                        error);
}

static void
prepare_refusal (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  prepare_edit (fixture);
  g_assert_true (settle (fixture, "rejected", &error));
  g_assert_no_error (error);
}

static gboolean
run_retry (Fixture *fixture, GError **error)
{
  g_autofree char *id = crm_db_query_text (crm_replica_get_db (fixture->replica),
                                           "SELECT id FROM change_set WHERE n = 1",
                                           error);

  return id != NULL && crm_replica_retry_refusal (fixture->replica, id, NULL, error);
}

/* ---- A load that comes to its end ---- */

static void
prepare_boot (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  CrmPullWriter *writer;

  prepare_conflict (fixture);
  g_assert_true (crm_sync_store_reconcile (fixture->replica, "e2", 0, &error));
  g_assert_true (crm_sync_store_begin_boot (fixture->replica, 1, &error));
  writer = crm_pull_fixture_begin (fixture);
  g_assert_true (crm_pull_writer_set_boot (writer, 1, 1, OTHER, &error));
  g_assert_no_error (error);
  crm_pull_fixture_row (writer, OTHER, 5, TRUE, "surname=Bakker@5");
  crm_pull_result_free (crm_pull_fixture_finish (writer, NULL, 0));
}

static gboolean
run_boot (Fixture *fixture, GError **error)
{
  return crm_sync_store_finish_boot (fixture->replica, NULL, error);
}

/* ---- Stopping ---- */

typedef struct
{
  guint n;
  guint stop_at;
} Steps;

/* Once: taking it back is not stopped. */
static int
step_cb (gpointer data)
{
  Steps *steps = data;

  return ++steps->n == steps->stop_at;
}

/* What was committed before it was stopped is done: only what follows, for lists, was not. */
static void
assert_whole (Fixture *fixture, const Operation *operation, gint64 before)
{
  const gint64 now = crm_pull_fixture_count (fixture, operation->sql);

  if (now != operation->after)
    g_assert_cmpint (now, ==, before);
}

static void
test_operation (Fixture *fixture, gconstpointer data)
{
  const Operation *operation = data;
  Steps steps = { .stop_at = 0 };
  gboolean done = FALSE;
  gint64 before;

  operation->prepare (fixture);
  before = crm_pull_fixture_count (fixture, operation->sql);
  g_assert_cmpint (before, !=, operation->after);
  while (!done && crm_pull_fixture_count (fixture, operation->sql) == before)
    {
      sqlite3 *handle = crm_db_get_handle (crm_replica_get_db (fixture->replica));
      g_autoptr (GError) error = NULL;

      steps = (Steps) { .stop_at = steps.stop_at + 1 };
      sqlite3_progress_handler (handle, BATCH, step_cb, &steps);
      done = operation->run (fixture, &error);
      sqlite3_progress_handler (handle, 0, NULL, NULL);
      g_assert_cmpint (done, ==, error == NULL);
      assert_whole (fixture, operation, before);
    }
  g_test_message ("stopped %u times", steps.stop_at - 1);
  g_assert_cmpuint (steps.stop_at, >, 3);
  crm_store_fixture_reopen (fixture);
  crm_pull_fixture_check (fixture);
}

int
main (int argc, char *argv[])
{
  static const Operation operations[] = {
    { prepare_edit, run_settle, "SELECT count(*) FROM person WHERE city = 'Almelo'", 1 },
    { prepare_conflict, run_resolve, "SELECT count(*) FROM person WHERE city = 'Goor'", 1 },
    { prepare_refusal, run_retry, "SELECT count(*) FROM person WHERE city = 'Goor'", 1 },
    { prepare_boot, run_boot, "SELECT count(*) FROM person", 1 },
  };
  static const char *const names[] = { "settle", "resolve", "retry", "boot" };

  g_test_init (&argc, &argv, NULL);
  /* What cannot be read while it is stopped is warned of. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK);

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      g_autofree char *path = g_strconcat ("/store/cut-short/", names[i], NULL);

      g_test_add (path,
                  Fixture,
                  &operations[i],
                  crm_store_fixture_set_up,
                  test_operation,
                  crm_store_fixture_tear_down);
    }

  return g_test_run ();
}
