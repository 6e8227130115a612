#include "crm-ui-test-records.h"
#include "ui/tags/crm-tag-work.h"

/* More than one set of the log holds. */
#define N_MANY 1200

static gpointer
run (CrmStore *store, CrmStorePriority priority, CrmStoreFunc func, gpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gpointer answer;

  crm_store_run_async (store,
                       priority,
                       func,
                       data,
                       NULL,
                       NULL,
                       NULL,
                       crm_ui_test_result_cb,
                       &result);
  crm_ui_test_wait_until (result != NULL);
  answer = crm_store_run_finish (store, result, &error);
  g_assert_no_error (error);

  return answer;
}

static gpointer
list_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_tag_work_list (replica, cancellable, error);
}

/* "beurs2025 1, klant 2 (Koopt)". */
static char *
dup_tags (CrmUiTestWorld *world)
{
  g_autoptr (GPtrArray) tags = run (world->store, CRM_STORE_READ, list_on_worker, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < tags->len; i++)
    {
      CrmTag *tag = tags->pdata[i];

      g_string_append_printf (text,
                              "%s%s %u",
                              i > 0 ? ", " : "",
                              crm_tag_get_name (tag),
                              crm_tag_get_n_relations (tag));
      if (crm_tag_get_explanation (tag) != NULL)
        g_string_append_printf (text, " (%s)", crm_tag_get_explanation (tag));
    }

  return g_strdup (text->str);
}

static void
assert_tags (CrmUiTestWorld *world, const char *expected)
{
  g_autofree char *tags = dup_tags (world);

  g_assert_cmpstr (tags, ==, expected);
}

static void
assert_tags_of (CrmUiTestWorld *world, const char *id, const char *expected)
{
  g_autoptr (CrmRecord) record = crm_ui_test_get (world->store, id);

  g_assert_cmpstr (crm_record_get (record, "tags"), ==, expected);
}

typedef struct
{
  CrmTagChange *change;
  GCancellable *cancellable; /* nullable */
  guint n_relations;
  GError *error;
} Job;

static gpointer
change_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  return crm_tag_work_change (replica,
                              job->change,
                              NULL,
                              &job->n_relations,
                              job->cancellable,
                              &job->error);
}

/* The id of the group. */
static char *
change (CrmUiTestWorld *world, const char *from, const char *to, const char *explanation, guint n)
{
  Job job = { crm_tag_change_new (from, to, explanation), NULL, 0, NULL };
  char *group = run (world->store, CRM_STORE_BULK, change_on_worker, &job);

  g_assert_no_error (job.error);
  g_assert_nonnull (group);
  g_assert_cmpuint (job.n_relations, ==, n);
  crm_tag_change_free (job.change);

  return group;
}

static void
undo (CrmUiTestWorld *world, const char *group)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmUndoResult) done = NULL;

  crm_store_undo_async (world->store, group, NULL, NULL, crm_ui_test_result_cb, &result);
  crm_ui_test_wait_until (result != NULL);
  done = crm_store_undo_finish (world->store, result, &error);
  g_assert_no_error (error);
  g_assert_true (done->kept == NULL || done->kept->len == 0);
}

static CrmUiTestWorld *
new_world (void)
{
  CrmUiTestWorld *world = crm_ui_test_world_new (TRUE);
  g_autofree char *id = NULL;

  crm_ui_test_set (world->store, CRM_UI_TEST_ANNA, "tags", "Klant;klant");
  id = crm_ui_test_put (world->store, "tag", NULL, "name", "klant", "explanation", "Koopt", NULL);

  return world;
}

static void
test_list (void)
{
  g_autoptr (CrmUiTestWorld) world = new_world ();
  g_autofree char *id = NULL;

  id = crm_ui_test_put (world->store, "tag", NULL, "name", "Kerst", "explanation", NULL, NULL);
  assert_tags (world, "beurs2025 1, Kerst 0, Klant 1, klant 2 (Koopt)");
}

static void
test_rename (void)
{
  g_autoptr (CrmUiTestWorld) world = new_world ();
  g_autofree char *group = change (world, "klant", "afnemer", "Koopt", 2);

  /* "Klant" is another tag. */
  assert_tags (world, "afnemer 2 (Koopt), beurs2025 1, Klant 1");
  assert_tags_of (world, CRM_UI_TEST_JAN, "afnemer;beurs2025");
  assert_tags_of (world, CRM_UI_TEST_ANNA, "Klant;afnemer");

  undo (world, group);
  assert_tags (world, "beurs2025 1, Klant 1, klant 2 (Koopt)");
  assert_tags_of (world, CRM_UI_TEST_JAN, "beurs2025;klant");
}

static void
test_merge (void)
{
  g_autoptr (CrmUiTestWorld) world = new_world ();
  g_autofree char *group = change (world, "klant", "beurs2025", "Koopt", 2);

  /* Once, also where both were; what it meant is not lost. */
  assert_tags (world, "beurs2025 2 (Koopt), Klant 1");
  assert_tags_of (world, CRM_UI_TEST_JAN, "beurs2025");

  undo (world, group);
  assert_tags (world, "beurs2025 1, Klant 1, klant 2 (Koopt)");
  assert_tags_of (world, CRM_UI_TEST_JAN, "beurs2025;klant");
}

static void
test_merge_keeps_explanation (void)
{
  g_autoptr (CrmUiTestWorld) world = new_world ();
  g_autofree char *group = change (world, "beurs2025", "klant", "Was er", 1);

  assert_tags (world, "Klant 1, klant 2 (Koopt)");
}

static void
test_explain (void)
{
  g_autoptr (CrmUiTestWorld) world = new_world ();
  g_autofree char *first = change (world, "beurs2025", "beurs2025", "Utrecht", 0);
  g_autofree char *second = NULL;

  assert_tags (world, "beurs2025 1 (Utrecht), Klant 1, klant 2 (Koopt)");
  second = change (world, "klant", "klant", NULL, 0);
  assert_tags (world, "beurs2025 1 (Utrecht), Klant 1, klant 2");
  undo (world, first);
  undo (world, second);
  assert_tags (world, "beurs2025 1, Klant 1, klant 2 (Koopt)");
}

static void
test_create (void)
{
  g_autoptr (CrmUiTestWorld) world = new_world ();
  g_autofree char *group = change (world, NULL, "Kerst", NULL, 0);

  assert_tags (world, "beurs2025 1, Kerst 0, Klant 1, klant 2 (Koopt)");
  undo (world, group);
  assert_tags (world, "beurs2025 1, Klant 1, klant 2 (Koopt)");
}

static gpointer
fill_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  const CrmKind *kind = crm_model_find_kind (crm_replica_get_model (replica), "person");
  g_autoptr (CrmAction) action = crm_action_begin (replica, "import", NULL, error);

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autoptr (CrmRecord) record = crm_record_new (kind, NULL);

      crm_record_set (record, "surname", "Bakker");
      crm_record_set (record, "tags", "klant;zwart");
      g_assert_true (crm_action_put (action, record, error));
    }
  g_assert_true (crm_action_finish (action, NULL, error));

  return NULL;
}

static void
test_delete_many (void)
{
  g_autoptr (CrmUiTestWorld) world = new_world ();
  g_autofree char *group = NULL;

  run (world->store, CRM_STORE_BULK, fill_on_worker, NULL);
  group = change (world, "klant", NULL, NULL, N_MANY + 2);
  assert_tags (world, "beurs2025 1, Klant 1, zwart 1200");
  assert_tags_of (world, CRM_UI_TEST_JAN, "beurs2025");

  undo (world, group);
  assert_tags (world, "beurs2025 1, Klant 1, klant 1202 (Koopt), zwart 1200");
  assert_tags_of (world, CRM_UI_TEST_JAN, "beurs2025;klant");
}

static gpointer
break_off_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  g_autoptr (CrmProgress) progress = crm_progress_new ();
  g_autofree char *group = NULL;

  g_cancellable_cancel (job->cancellable);
  group = crm_tag_work_change (replica,
                               job->change,
                               progress,
                               &job->n_relations,
                               job->cancellable,
                               &job->error);
  g_assert_null (group);

  return NULL;
}

static void
test_break_off (void)
{
  g_autoptr (CrmUiTestWorld) world = new_world ();
  Job job = { crm_tag_change_new ("klant", "afnemer", NULL), g_cancellable_new (), 0, NULL };

  run (world->store, CRM_STORE_BULK, break_off_on_worker, &job);
  g_assert_error (job.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_tags (world, "beurs2025 1, Klant 1, klant 2 (Koopt)");
  g_error_free (job.error);
  g_object_unref (job.cancellable);
  crm_tag_change_free (job.change);
}

static void
test_clean_name (void)
{
  g_autofree char *name = crm_tag_dup_clean_name ("  kerst; nieuwjaar ");

  g_assert_cmpstr (name, ==, "kerst, nieuwjaar");
  g_assert_null (crm_tag_dup_clean_name ("   "));
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/ui/tag-work/list", test_list);
  g_test_add_func ("/ui/tag-work/rename", test_rename);
  g_test_add_func ("/ui/tag-work/merge", test_merge);
  g_test_add_func ("/ui/tag-work/merge-keeps-explanation", test_merge_keeps_explanation);
  g_test_add_func ("/ui/tag-work/explain", test_explain);
  g_test_add_func ("/ui/tag-work/create", test_create);
  g_test_add_func ("/ui/tag-work/delete-many", test_delete_many);
  g_test_add_func ("/ui/tag-work/break-off", test_break_off);
  g_test_add_func ("/ui/tag-work/clean-name", test_clean_name);

  return g_test_run ();
}
