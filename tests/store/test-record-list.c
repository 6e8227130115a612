#include "crm-store-fixture.h"

#include "store/query/crm-record-list.h"

#define N_ROWS 2500

/* A list over a store of N_ROWS persons, and a mirror that believes nothing but items-changed. */
typedef struct
{
  char *dir;
  CrmKey *key;
  CrmStore *store;
  CrmRecordList *list;
  /* (element-type utf8 or NULL): what the mirror knows of each row. */
  GPtrArray *mirror;
  guint n_signals;
  guint n_removed;
  guint n_added;
} Fixture;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  g_assert_cmpuint (position + removed, <=, fixture->mirror->len);
  if (removed > 0)
    g_ptr_array_remove_range (fixture->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->mirror, (int) position, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, fixture->mirror->len);
  fixture->n_signals++;
  fixture->n_removed += removed;
  fixture->n_added += added;
}

static gboolean
time_out_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gboolean late = FALSE;                                                                         \
    guint source = g_timeout_add_seconds (20, time_out_cb, &late);                                 \
    while (!(condition) && !late)                                                                  \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_assert_false (late);                                                                         \
    g_source_remove (source);                                                                      \
  }                                                                                                \
  G_STMT_END

static void
settle_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  /* The result is left to the task, which frees it, whatever it is. */
  *(gboolean *) user_data = TRUE;
}

static gpointer
nothing_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  return NULL;
}

/* Until reader and main loop have nothing to do: the list may ask again after an answer. */
static void
settle (Fixture *fixture)
{
  for (guint i = 0; i < 6; i++)
    {
      gboolean done = FALSE;
      gboolean passed = FALSE;

      crm_store_run_async (fixture->store,
                           CRM_STORE_READ,
                           nothing_on_worker,
                           NULL,
                           NULL,
                           NULL,
                           NULL,
                           settle_cb,
                           &done);
      wait_until (done);
      g_timeout_add (60, time_out_cb, &passed);
      wait_until (passed);
    }
  wait_until (!crm_record_list_get_loading (fixture->list));
}

static CrmRecord *
new_person (Fixture *fixture, const char *surname)
{
  const CrmKind *kind = crm_model_find_kind (crm_store_get_model (fixture->store), "person");
  CrmRecord *record = crm_record_new (kind, NULL);

  crm_record_set (record, "surname", surname);

  return record;
}

static gpointer
fill_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *fixture = data;
  g_autoptr (CrmAction) action = crm_action_begin (replica, "import", NULL, error);

  crm_action_set_bulk (action, TRUE);
  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *surname = g_strdup_printf ("Naam%05u", (i * 7919) % N_ROWS);
      g_autoptr (CrmRecord) record = new_person (fixture, surname);

      g_assert_true (crm_action_put (action, record, error));
    }
  g_assert_true (crm_action_finish (action, NULL, error));

  return NULL;
}

static void
open_list (Fixture *fixture)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");

  fixture->list = crm_record_list_new (fixture->store, query);
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (items_changed_cb), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  fixture->dir = g_dir_make_tmp ("crm-list-XXXXXX", &error);
  fixture->key = crm_key_new_random ();
  fixture->store = crm_store_open (fixture->dir, fixture->key, NULL, TRUE, &error);
  g_assert_no_error (error);
  fixture->mirror = g_ptr_array_new_with_free_func (g_free);
  crm_store_run_async (fixture->store,
                       CRM_STORE_BULK,
                       fill_on_worker,
                       fixture,
                       NULL,
                       NULL,
                       NULL,
                       settle_cb,
                       &done);
  wait_until (done);
  open_list (fixture);
  wait_until (!crm_record_list_get_loading (fixture->list));
  settle (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  if (fixture->list != NULL)
    g_assert_finalize_object (g_steal_pointer (&fixture->list));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->store);
  g_ptr_array_unref (fixture->mirror);
  crm_store_fixture_remove (fixture->dir);
  crm_key_free (fixture->key);
  g_free (fixture->dir);
}

static const char *
get_surname (CrmListRow *row)
{
  CrmRecord *record = crm_list_row_get_record (row);

  return record != NULL ? crm_record_get (record, "surname") : NULL;
}

/* Asks for a row and waits until it shows something. */
static CrmListRow *
take_row (Fixture *fixture, guint position)
{
  CrmListRow *row = g_list_model_get_item (G_LIST_MODEL (fixture->list), position);

  g_assert_nonnull (row);
  wait_until (crm_list_row_get_record (row) != NULL);

  return row;
}

static void
assert_row (Fixture *fixture, guint position, const char *surname)
{
  g_autoptr (CrmListRow) row = take_row (fixture, position);

  g_assert_cmpstr (get_surname (row), ==, surname);
}

static void
apply (Fixture *fixture, CrmChangeSet *set)
{
  gboolean done = FALSE;

  crm_store_apply_async (fixture->store, set, NULL, settle_cb, &done);
  wait_until (done);
}

static void
rename_row (Fixture *fixture, CrmListRow *row, const char *surname)
{
  CrmRecord *record = crm_list_row_get_record (row);
  CrmChangeSet *set = crm_change_set_new ("person.edit");

  crm_change_set_set (set,
                      crm_record_get_kind (record),
                      crm_record_get_id (record),
                      "surname",
                      surname);
  apply (fixture, set);
}

static void
forget_signals (Fixture *fixture)
{
  fixture->n_signals = fixture->n_removed = fixture->n_added = 0;
}

static void
test_open (Fixture *fixture, gconstpointer unused)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, N_ROWS);
  g_assert_cmpuint (g_list_model_get_item_type (G_LIST_MODEL (fixture->list)),
                    ==,
                    CRM_TYPE_LIST_ROW);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->list), N_ROWS));
  assert_row (fixture, 0, "Naam00000");
  assert_row (fixture, N_ROWS - 1, "Naam02499");
  assert_row (fixture, 1700, "Naam01700");
  assert_row (fixture, 999, "Naam00999");
  assert_row (fixture, 1000, "Naam01000");
}

/* From end to end: what is long out of sight goes from memory. */
static void
test_scroll (Fixture *fixture, gconstpointer unused)
{
  CrmListRow *first = take_row (fixture, 0);

  g_object_add_weak_pointer (G_OBJECT (first), (gpointer *) &first);
  g_object_unref (first);
  g_assert_nonnull (first);
  for (guint round = 0; round < 3; round++)
    for (guint i = 100; i < N_ROWS; i += 50)
      {
        g_autofree char *surname = g_strdup_printf ("Naam%05u", i);

        assert_row (fixture, i, surname);
      }
  /* 25 pages of 100 fit; only a longer list would have let it go. */
  g_assert_nonnull (first);
  g_object_remove_weak_pointer (G_OBJECT (first), (gpointer *) &first);
}

static void
test_rename_in_place (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmListRow) row = take_row (fixture, 3);

  forget_signals (fixture);
  rename_row (fixture, row, "Naam00003a");
  wait_until (g_strcmp0 (get_surname (row), "Naam00003a") == 0);
  settle (fixture);
  g_assert_cmpuint (fixture->n_signals, ==, 0);
  assert_row (fixture, 3, "Naam00003a");
}

static void
test_insert (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmListRow) before = take_row (fixture, 5);
  g_autoptr (CrmListRow) after = take_row (fixture, 6);
  g_autoptr (CrmListRow) moved = NULL;
  CrmChangeSet *set = crm_change_set_new ("person.edit");
  g_autoptr (CrmRecord) record = new_person (fixture, "Naam00005b");

  forget_signals (fixture);
  crm_change_set_put (set, record);
  apply (fixture, set);
  wait_until (fixture->n_signals > 0);
  settle (fixture);
  g_assert_cmpuint (fixture->n_signals, ==, 1);
  g_assert_cmpuint (fixture->n_removed, ==, 0);
  g_assert_cmpuint (fixture->n_added, ==, 1);
  assert_row (fixture, 6, "Naam00005b");
  assert_row (fixture, 5, "Naam00005");
  /* The same object moved down. */
  moved = take_row (fixture, 7);
  g_assert_true (moved == after);
}

static void
test_delete_and_undo (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmListRow) row = take_row (fixture, 1200);
  CrmChangeSet *set = crm_change_set_new ("person.delete");
  gboolean done = FALSE;

  forget_signals (fixture);
  crm_change_set_delete (set,
                         crm_record_get_kind (crm_list_row_get_record (row)),
                         crm_list_row_get_id (row));
  apply (fixture, set);
  wait_until (fixture->n_signals > 0);
  settle (fixture);
  g_assert_cmpuint (fixture->n_removed, ==, 1);
  g_assert_cmpuint (fixture->n_added, ==, 0);
  assert_row (fixture, 1200, "Naam01201");

  crm_store_undo_async (fixture->store, NULL, NULL, NULL, settle_cb, &done);
  wait_until (done);
  wait_until (fixture->n_added == 1);
  settle (fixture);
  assert_row (fixture, 1200, "Naam01200");
}

static void
test_move_far (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmListRow) row = take_row (fixture, 10);

  forget_signals (fixture);
  rename_row (fixture, row, "Zzz");
  wait_until (fixture->n_signals > 0);
  settle (fixture);
  g_assert_cmpuint (fixture->mirror->len, ==, N_ROWS);
  assert_row (fixture, 10, "Naam00011");
  assert_row (fixture, N_ROWS - 1, "Zzz");
  assert_row (fixture, N_ROWS - 2, "Naam02499");
}

static guint
get_n_people (Fixture *fixture, guint position)
{
  g_autoptr (CrmListRow) row = take_row (fixture, position);

  return crm_list_row_get_n_people (row);
}

/* A list of organisations alone is told of their people too. */
static void
test_people (Fixture *fixture, gconstpointer unused)
{
  const CrmKind *kind = crm_model_find_kind (crm_store_get_model (fixture->store), "organisation");
  g_autoptr (CrmRecord) full = crm_record_new (kind, NULL);
  g_autoptr (CrmRecord) empty = crm_record_new (kind, NULL);
  g_autoptr (CrmRecord) first = new_person (fixture, "Bakker");
  g_autoptr (CrmRecord) second = new_person (fixture, "Visser");
  g_autoptr (CrmQuery) query = crm_query_new ("organisation");
  CrmChangeSet *set = crm_change_set_new ("organisation.new");

  crm_record_set (full, "name", "A");
  crm_record_set (empty, "name", "B");
  /* A branch is no person. */
  crm_record_set (empty, "parent", crm_record_get_id (full));
  crm_record_set (first, "organisation", crm_record_get_id (full));
  crm_change_set_put (set, full);
  crm_change_set_put (set, empty);
  crm_change_set_put (set, first);
  crm_change_set_put (set, second);
  apply (fixture, set);
  crm_record_list_set_query (fixture->list, query);
  settle (fixture);
  g_assert_cmpuint (get_n_people (fixture, 0), ==, 1);
  g_assert_cmpuint (get_n_people (fixture, 1), ==, 0);

  set = crm_change_set_new ("person.edit");
  crm_change_set_set (set,
                      crm_record_get_kind (second),
                      crm_record_get_id (second),
                      "organisation",
                      crm_record_get_id (full));
  apply (fixture, set);
  wait_until (get_n_people (fixture, 0) == 2);

  set = crm_change_set_new ("person.delete");
  crm_change_set_delete (set, crm_record_get_kind (first), crm_record_get_id (first));
  apply (fixture, set);
  wait_until (get_n_people (fixture, 0) == 1);
}

static void
test_query (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");

  crm_query_set_text (query, "naam0012");
  crm_record_list_set_query (fixture->list, query);
  g_assert_true (crm_record_list_get_loading (fixture->list));
  /* Old content stays until the new is there. */
  g_assert_cmpuint (fixture->mirror->len, ==, N_ROWS);
  wait_until (!crm_record_list_get_loading (fixture->list));
  g_assert_cmpuint (fixture->mirror->len, ==, 10);
  assert_row (fixture, 9, "Naam00129");

  crm_query_set_text (query, "nobody");
  crm_record_list_set_query (fixture->list, query);
  crm_query_set_text (query, NULL);
  crm_query_set_sort (query, NULL, TRUE);
  crm_record_list_set_query (fixture->list, query);
  wait_until (!crm_record_list_get_loading (fixture->list));
  g_assert_cmpuint (fixture->mirror->len, ==, N_ROWS);
  assert_row (fixture, 0, "Naam02499");
  assert_row (fixture, 2000, "Naam00499");
}

static void
located_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(gint64 *) user_data = crm_record_list_locate_finish (CRM_RECORD_LIST (source), result, &error);
  g_assert_no_error (error);
}

static gint64
locate (Fixture *fixture, const char *id)
{
  gint64 position = -2;

  crm_record_list_locate_async (fixture->list, id, NULL, located_cb, &position);
  wait_until (position != -2);

  return position;
}

static void
test_locate (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmListRow) row = take_row (fixture, 1234);
  g_autoptr (CrmQuery) query = crm_query_new ("relation");

  g_assert_cmpint (locate (fixture, crm_list_row_get_id (row)), ==, 1234);
  g_assert_cmpint (locate (fixture, "nobody"), ==, -1);
  crm_query_set_sort (query, "city", TRUE);
  crm_record_list_set_query (fixture->list, query);
  wait_until (!crm_record_list_get_loading (fixture->list));
  g_assert_cmpint (locate (fixture, crm_list_row_get_id (row)), ==, N_ROWS - 1 - 1234);
  crm_query_set_text (query, "xyz");
  crm_record_list_set_query (fixture->list, query);
  wait_until (!crm_record_list_get_loading (fixture->list));
  g_assert_cmpint (locate (fixture, crm_list_row_get_id (row)), ==, -1);
}

static void
test_free_while_loading (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (CrmRecordList) list = crm_record_list_new (fixture->store, query);

      for (guint k = 0; k < i; k++)
        g_main_context_iteration (NULL, FALSE);
      g_object_unref (g_list_model_get_item (G_LIST_MODEL (fixture->list), i * 100));
    }
  settle (fixture);
}

static guint
count_wrong (Fixture *fixture, GPtrArray *records)
{
  guint n = 0;

  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (CrmListRow) row = take_row (fixture, i);

      n += !g_str_equal (crm_list_row_get_id (row), crm_record_get_id (records->pdata[i]));
    }

  return n;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GPtrArray **) user_data = crm_store_list_finish (CRM_STORE (source), result, NULL);
}

static void
random_step (Fixture *fixture)
{
  GListModel *model = G_LIST_MODEL (fixture->list);
  guint n = g_list_model_get_n_items (model);
  g_autoptr (CrmListRow) row = NULL;

  if (n == 0)
    return;

  row = g_list_model_get_item (model, (guint) g_test_rand_int_range (0, (gint32) n));
  if (g_test_rand_int_range (0, 3) == 0 && crm_list_row_get_record (row) != NULL)
    {
      g_autofree char *surname = g_strdup_printf ("Naam%05d", g_test_rand_int_range (0, N_ROWS));

      rename_row (fixture, row, surname);
    }
  for (int i = g_test_rand_int_range (0, 5); i > 0; i--)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_random (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (GPtrArray) records = NULL;

  for (guint i = 0; i < 300; i++)
    random_step (fixture);
  settle (fixture);

  crm_store_list_async (fixture->store, query, 0, NULL, listed_cb, &records);
  wait_until (records != NULL);
  g_assert_cmpuint (records->len, ==, N_ROWS);
  g_assert_cmpuint (fixture->mirror->len, ==, N_ROWS);
  /* On a busy machine the last refresh may still be on its way; then it is right a moment later. */
  for (guint i = 0; i < 10 && count_wrong (fixture, records) > 0; i++)
    settle (fixture);
  g_assert_cmpuint (count_wrong (fixture, records), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/store/record-list/open", test_open);
  ADD ("/store/record-list/scroll", test_scroll);
  ADD ("/store/record-list/rename-in-place", test_rename_in_place);
  ADD ("/store/record-list/insert", test_insert);
  ADD ("/store/record-list/delete-and-undo", test_delete_and_undo);
  ADD ("/store/record-list/move-far", test_move_far);
  ADD ("/store/record-list/people", test_people);
  ADD ("/store/record-list/query", test_query);
  ADD ("/store/record-list/locate", test_locate);
  ADD ("/store/record-list/free-while-loading", test_free_while_loading);
  ADD ("/store/record-list/random", test_random);
#undef ADD

  return g_test_run ();
}
