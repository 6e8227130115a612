#include "crm-store-fixture.h"

#include "store/crm-replica-private.h"

/* A store instead of a replica, and what its signal told. */
typedef struct
{
  CrmStoreFixture base;
  CrmStore *store;
  GMainLoop *loop;

  guint n_changed;
  guint kinds;
  GHashTable *ids;
  gboolean unknown;
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
  g_assert_finalize_object (g_steal_pointer (&fixture->base.replica));
  fixture->store = crm_store_open (fixture->base.dir, fixture->base.key, NULL, FALSE, &error);
  g_assert_no_error (error);
  fixture->loop = g_main_loop_new (NULL, FALSE);
  fixture->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  /* A worker drops its reference on a task a moment after the task has returned. */
  while (g_main_context_iteration (NULL, FALSE) || G_OBJECT (fixture->store)->ref_count > 1)
    g_thread_yield ();
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  g_main_loop_unref (fixture->loop);
  g_hash_table_unref (fixture->ids);
  crm_store_fixture_tear_down (&fixture->base, NULL);
}

static CrmRecord *
new_person (Fixture *fixture, const char *surname)
{
  CrmModel *model = crm_store_get_model (fixture->store);
  CrmRecord *record = crm_record_new (crm_model_find_kind (model, "person"), NULL);

  crm_record_set (record, "surname", surname);

  return record;
}

/* What a callback got, for the test that waits for it. */
typedef struct
{
  GAsyncResult *result;
} Answer;

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Answer *) user_data)->result = g_object_ref (result);
}

static GAsyncResult *
wait_for (Answer *answer)
{
  while (answer->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return answer->result;
}

static void
clear_answer (Answer *answer)
{
  g_clear_object (&answer->result);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, clear_answer)

static gboolean
stop_waiting_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Until @id was told, at most @seconds. */
static void
wait_for_change (Fixture *fixture, const char *id, guint seconds)
{
  gboolean late = FALSE;
  guint source = g_timeout_add_seconds (seconds, stop_waiting_cb, &late);

  while (!late && !g_hash_table_contains (fixture->ids, id))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  g_source_remove (source);
}

static char *
apply (Fixture *fixture, CrmRecord *record)
{
  g_auto (Answer) answer = { NULL };
  g_autoptr (GError) error = NULL;
  CrmChangeSet *set = crm_change_set_new ("person.edit");
  char *id;

  crm_change_set_put (set, record);
  crm_store_apply_async (fixture->store, set, NULL, answer_cb, &answer);
  id = crm_store_apply_finish (fixture->store, wait_for (&answer), &error);
  g_assert_no_error (error);

  return id;
}

static void
test_apply_and_get (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = new_person (fixture, "Jansen");
  const char *id = crm_record_get_id (record);
  g_autofree char *set = apply (fixture, record);
  g_auto (Answer) answer = { NULL };
  g_autoptr (CrmRecord) found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (set);
  wait_for_change (fixture, id, 5);
  g_assert_cmpuint (fixture->kinds, ==, 1u << crm_kind_get_number (crm_record_get_kind (record)));

  crm_store_get_async (fixture->store, id, NULL, answer_cb, &answer);
  found = crm_store_get_finish (fixture->store, wait_for (&answer), &error);
  g_assert_no_error (error);
  g_assert_true (crm_record_equal (found, record));
}

static void
test_get_missing (Fixture *fixture, gconstpointer unused)
{
  g_auto (Answer) answer = { NULL };
  g_autoptr (GError) error = NULL;

  crm_store_get_async (fixture->store, "nobody", NULL, answer_cb, &answer);
  g_assert_null (crm_store_get_finish (fixture->store, wait_for (&answer), &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND);
}

static void
test_undo_and_redo (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = new_person (fixture, "Jansen");
  g_autofree char *set = apply (fixture, record);
  g_auto (Answer) undo = { NULL };
  g_auto (Answer) redo = { NULL };
  g_autoptr (CrmUndoResult) undone = NULL;
  g_autoptr (CrmUndoResult) redone = NULL;
  g_autoptr (GError) error = NULL;

  crm_store_undo_async (fixture->store, NULL, NULL, NULL, answer_cb, &undo);
  undone = crm_store_undo_finish (fixture->store, wait_for (&undo), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (undone->set, ==, set);

  crm_store_redo_async (fixture->store, NULL, NULL, answer_cb, &redo);
  redone = crm_store_undo_finish (fixture->store, wait_for (&redo), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (redone->n_records, ==, 1);
}

/* Told are also those whose lines show the changed one: the people of an organisation. */
static void
test_linked (Fixture *fixture, gconstpointer unused)
{
  CrmModel *model = crm_store_get_model (fixture->store);
  g_autoptr (CrmRecord)
      organisation = crm_record_new (crm_model_find_kind (model, "organisation"), NULL);
  g_autoptr (CrmRecord) person = new_person (fixture, "Jansen");
  g_autoptr (CrmRecord) renamed = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *three = NULL;

  crm_record_set (organisation, "name", "Bakker B.V.");
  one = apply (fixture, organisation);
  crm_record_set (person, "organisation", crm_record_get_id (organisation));
  two = apply (fixture, person);
  wait_for_change (fixture, crm_record_get_id (person), 5);
  g_hash_table_remove_all (fixture->ids);

  renamed = crm_record_copy (organisation);
  crm_record_set (renamed, "name", "Bakker en Zonen B.V.");
  three = apply (fixture, renamed);
  wait_for_change (fixture, crm_record_get_id (person), 5);
}

/* Another program writes: a connection that the store knows nothing of. */
static void
test_other_program (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = new_person (fixture, "Jansen");
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.edit");
  g_autoptr (CrmReplica) other = NULL;
  g_autoptr (GError) error = NULL;

  other = crm_replica_open (fixture->base.dir,
                            fixture->base.key,
                            NULL,
                            CRM_REPLICA_READ_WRITE,
                            &error);
  g_assert_no_error (error);
  crm_change_set_put (set, record);
  g_assert_true (crm_replica_apply (other, set, NULL, &error));
  g_assert_no_error (error);
  wait_for_change (fixture, crm_record_get_id (record), 10);
}

typedef struct
{
  guint n_records;
  /* Counted by the writer between two records, so that edits can be placed in it. */
  int n_done;
} Import;

static gpointer
import_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  Import *import = data;
  const CrmKind *kind = crm_model_find_kind (crm_replica_get_model (replica), "person");
  g_autoptr (CrmAction) action = crm_action_begin (replica, "import", NULL, error);

  if (action == NULL)
    return NULL;

  crm_action_set_bulk (action, TRUE);
  for (guint i = 0; i < import->n_records; i++)
    {
      g_autoptr (CrmRecord) record = crm_record_new (kind, NULL);
      g_autofree char *surname = g_strdup_printf ("Jansen%u", i * 7919 % 20011);

      crm_record_set (record, "surname", surname);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !crm_action_put (action, record, error))
        return NULL;
      g_atomic_int_inc (&import->n_done);
    }

  return GINT_TO_POINTER (crm_action_finish (action, NULL, error));
}

/* An edit comes while an import runs, and does not wait for its end. */
static void
test_edit_goes_first (Fixture *fixture, gconstpointer unused)
{
  Import import = { .n_records = 20000 };
  g_auto (Answer) answer = { NULL };
  g_autoptr (GError) error = NULL;

  crm_store_run_async (fixture->store,
                       CRM_STORE_BULK,
                       import_on_worker,
                       &import,
                       NULL,
                       NULL,
                       NULL,
                       answer_cb,
                       &answer);
  while (g_atomic_int_get (&import.n_done) < 1000)
    g_main_context_iteration (NULL, FALSE);

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (CrmRecord) record = new_person (fixture, "Pietersen");
      const gint64 start = g_get_monotonic_time ();
      g_autofree char *set = apply (fixture, record);

      g_assert_nonnull (set);
      g_assert_null (answer.result);
      g_test_message ("edit %u: %.1f ms", i, (double) (g_get_monotonic_time () - start) / 1000);
    }
  g_assert_cmpint (g_atomic_int_get (&import.n_done), <, 20000);

  g_assert_nonnull (crm_store_run_finish (fixture->store, wait_for (&answer), &error));
  g_assert_no_error (error);
  /* 20,000 ids are not listed. */
  while (!fixture->unknown)
    g_main_context_iteration (NULL, TRUE);
}

static gpointer
count_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 n = -1;

  crm_db_query_int64 (crm_replica_get_db (replica), data, &n, error);

  return GINT_TO_POINTER ((int) n + 1);
}

/* Cancelled in the middle: nothing of it is left. */
static void
test_cancel_import (Fixture *fixture, gconstpointer unused)
{
  Import import = { .n_records = 20000 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Answer) answer = { NULL };
  g_auto (Answer) counted = { NULL };
  g_autoptr (GError) error = NULL;

  crm_store_run_async (fixture->store,
                       CRM_STORE_BULK,
                       import_on_worker,
                       &import,
                       NULL,
                       NULL,
                       cancellable,
                       answer_cb,
                       &answer);
  while (g_atomic_int_get (&import.n_done) < 3000)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  g_assert_null (crm_store_run_finish (fixture->store, wait_for (&answer), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  crm_store_run_async (fixture->store,
                       CRM_STORE_READ,
                       count_on_worker,
                       (gpointer) "SELECT count(*) FROM person",
                       NULL,
                       NULL,
                       NULL,
                       answer_cb,
                       &counted);
  g_assert_cmpint (GPOINTER_TO_INT (crm_store_run_finish (fixture->store,
                                                          wait_for (&counted),
                                                          &error)),
                   ==,
                   1);
  g_assert_no_error (error);
}

static void
test_open_async (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *dir = g_build_filename (fixture->base.dir, "other", NULL);
  g_auto (Answer) made = { NULL };
  g_auto (Answer) missing = { NULL };
  g_autoptr (CrmStore) store = NULL;
  g_autoptr (GError) error = NULL;

  crm_store_open_async (dir, fixture->base.key, NULL, FALSE, NULL, answer_cb, &missing);
  g_assert_null (crm_store_open_finish (wait_for (&missing), &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  crm_store_open_async (dir, fixture->base.key, NULL, TRUE, NULL, answer_cb, &made);
  store = crm_store_open_finish (wait_for (&made), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (crm_store_get_dir (store), ==, dir);
}

typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean read;
} Gate;

/* Works until somebody else has read. */
static gpointer
wait_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  Gate *gate = data;
  const gint64 end = g_get_monotonic_time () + 20 * G_TIME_SPAN_SECOND;

  g_mutex_lock (&gate->mutex);
  while (!gate->read && g_cond_wait_until (&gate->cond, &gate->mutex, end))
    ;
  g_mutex_unlock (&gate->mutex);

  return GINT_TO_POINTER (gate->read);
}

static gpointer
open_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  gate->read = TRUE;
  g_cond_signal (&gate->cond);
  g_mutex_unlock (&gate->mutex);

  return NULL;
}

/* A list goes on filling while a backup reads. */
static void
test_long_read (Fixture *fixture, gconstpointer unused)
{
  g_auto (Answer) slow = { NULL };
  g_auto (Answer) quick = { NULL };
  g_autoptr (GError) error = NULL;
  Gate gate = { .read = FALSE };

  g_mutex_init (&gate.mutex);
  g_cond_init (&gate.cond);
  crm_store_run_async (fixture->store,
                       CRM_STORE_READ_LONG,
                       wait_on_worker,
                       &gate,
                       NULL,
                       NULL,
                       NULL,
                       answer_cb,
                       &slow);
  crm_store_run_async (fixture->store,
                       CRM_STORE_READ,
                       open_on_worker,
                       &gate,
                       NULL,
                       NULL,
                       NULL,
                       answer_cb,
                       &quick);
  crm_store_run_finish (fixture->store, wait_for (&quick), &error);
  g_assert_no_error (error);
  g_assert_true (GPOINTER_TO_INT (crm_store_run_finish (fixture->store, wait_for (&slow), &error)));
  g_assert_no_error (error);
  g_mutex_clear (&gate.mutex);
  g_cond_clear (&gate.cond);
}

static guint
count_found (Fixture *fixture, const char *text)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (GPtrArray) rows = NULL;
  g_auto (Answer) answer = { NULL };
  g_autoptr (GError) error = NULL;

  crm_query_set_text (query, text);
  crm_store_list_async (fixture->store, query, 10, NULL, answer_cb, &answer);
  rows = crm_store_list_finish (fixture->store, wait_for (&answer), &error);
  g_assert_no_error (error);

  return rows->len;
}

static void
open_again (Fixture *fixture)
{
  g_auto (Answer) answer = { NULL };
  g_autoptr (GError) error = NULL;

  crm_store_open_async (fixture->base.dir,
                        fixture->base.key,
                        NULL,
                        FALSE,
                        NULL,
                        answer_cb,
                        &answer);
  fixture->store = crm_store_open_finish (wait_for (&answer), &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), fixture);
}

/* One person; the store was closed, and what is found is still to be made. */
static void
leave_behind (Fixture *fixture)
{
  g_autoptr (CrmRecord) record = new_person (fixture, "Zonderland");
  g_autofree char *id = apply (fixture, record);
  g_autoptr (CrmReplica) other = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (count_found (fixture, "zonderland"), ==, 1);
  while (G_OBJECT (fixture->store)->ref_count > 1)
    g_main_context_iteration (NULL, FALSE);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  other = crm_replica_open (fixture->base.dir,
                            fixture->base.key,
                            NULL,
                            CRM_REPLICA_READ_WRITE,
                            &error);
  g_assert_no_error (error);
  g_assert_true (crm_replica_set_meta (other, "index", "of another program", &error));
}

/* A program with another search opens at once; the words follow behind the window. */
static void
test_search_follows (Fixture *fixture, gconstpointer unused)
{
  leave_behind (fixture);
  open_again (fixture);
  g_assert_cmpuint (count_found (fixture, "zonderland"), ==, 0);
  fixture->unknown = FALSE;
  while (!fixture->unknown)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_found (fixture, "zonderland"), ==, 1);
}

/* One that has to wait for it anyway finds all. */
static void
test_search_is_there (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  leave_behind (fixture);
  fixture->store = crm_store_open (fixture->base.dir, fixture->base.key, NULL, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_found (fixture, "zonderland"), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/store/store/apply-and-get", test_apply_and_get);
  ADD ("/store/store/get-missing", test_get_missing);
  ADD ("/store/store/undo-and-redo", test_undo_and_redo);
  ADD ("/store/store/linked", test_linked);
  ADD ("/store/store/other-program", test_other_program);
  ADD ("/store/store/edit-goes-first", test_edit_goes_first);
  ADD ("/store/store/cancel-import", test_cancel_import);
  ADD ("/store/store/open-async", test_open_async);
  ADD ("/store/store/long-read", test_long_read);
  ADD ("/store/store/search-follows", test_search_follows);
  ADD ("/store/store/search-is-there", test_search_is_there);
#undef ADD

  return g_test_run ();
}
