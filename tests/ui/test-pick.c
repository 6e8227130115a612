#include "crm-ui-test.h"
#include "store/log/crm-history.h"
#include "ui/relations/crm-pick.h"

static CrmReplica *
open_replica (char **dir)
{
  g_autoptr (CrmKey) key = crm_key_new_random ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  CrmReplica *replica;

  *dir = g_dir_make_tmp ("crm-pick-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (*dir, "replica", NULL);
  replica = crm_replica_create (path, key, NULL, &error);
  g_assert_no_error (error);

  return replica;
}

static void
add_persons (CrmReplica *replica, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmAction) action = crm_action_begin (replica, "import", NULL, &error);
  const CrmKind *kind = crm_model_find_kind (crm_replica_get_model (replica), "person");

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CrmRecord) person = crm_record_new (kind, NULL);
      g_autofree char *surname = g_strdup_printf ("Persoon %04u", i);

      crm_record_set (person, "surname", surname);
      crm_record_set (person, "tags", i % 2 == 0 ? "even;klant" : "klant");
      crm_action_put (action, person, &error);
      g_assert_no_error (error);
    }
  crm_action_finish (action, NULL, &error);
  g_assert_no_error (error);
}

static guint
count_where (CrmReplica *replica, const char *where)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (CrmExpr) expr = where != NULL ? crm_expr_parse (where, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  gint64 n;

  if (expr != NULL)
    crm_query_set_where (query, expr);
  n = crm_replica_count (replica, query, NULL, &error);
  g_assert_no_error (error);

  return (guint) n;
}

static void
close_replica (CrmReplica *replica, char *dir)
{
  g_object_unref (replica);
  crm_ui_test_remove_folder (dir);
  g_free (dir);
}

static void
test_positions_are_those_of_the_list (void)
{
  char *dir = NULL;
  CrmReplica *replica = open_replica (&dir);
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (GtkBitset) positions = gtk_bitset_new_empty ();
  g_autoptr (CrmPick) pick = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) last = NULL;
  g_auto (GStrv) ids = NULL;

  add_persons (replica, 20);
  gtk_bitset_add (positions, 3);
  gtk_bitset_add (positions, 17);
  pick = crm_pick_new_positions (query, positions);
  ids = crm_pick_load_ids (pick, replica, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (ids), ==, 2);
  last = crm_replica_get (replica, ids[1], &error);
  g_assert_no_error (error);
  g_assert_cmpstr (crm_record_get (last, "surname"), ==, "Persoon 0017");

  close_replica (replica, dir);
}

static void
test_tagging_is_one_undo (void)
{
  char *dir = NULL;
  CrmReplica *replica = open_replica (&dir);
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (CrmPick) pick = crm_pick_new_all (query);
  g_autoptr (GError) error = NULL;
  g_autofree char *group = NULL;
  g_autoptr (CrmUndoResult) undone = NULL;
  guint n = 0;

  /* More than one change set holds. */
  add_persons (replica, CRM_CHANGE_SET_MAX + 100);
  group = crm_pick_tag (pick, replica, "even", FALSE, NULL, &n, NULL, &error);
  g_assert_no_error (error);
  /* Half had it already and were not touched. */
  g_assert_cmpuint (n, ==, (CRM_CHANGE_SET_MAX + 100) / 2);
  g_assert_cmpuint (count_where (replica, "tags = \"even\""), ==, CRM_CHANGE_SET_MAX + 100);
  g_assert_cmpuint (count_where (replica, "tags = \"klant\""), ==, CRM_CHANGE_SET_MAX + 100);

  undone = crm_replica_undo (replica, group, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_where (replica, "tags = \"even\""), ==, (CRM_CHANGE_SET_MAX + 100) / 2);

  close_replica (replica, dir);
}

static void
test_last_tag_leaves_nothing (void)
{
  char *dir = NULL;
  CrmReplica *replica = open_replica (&dir);
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (CrmPick) pick = crm_pick_new_all (query);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  guint n = 0;

  add_persons (replica, 4);
  first = crm_pick_tag (pick, replica, "even", TRUE, NULL, &n, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 2);
  second = crm_pick_tag (pick, replica, "klant", TRUE, NULL, &n, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_where (replica, "tags = \"\""), ==, 4);

  close_replica (replica, dir);
}

static void
test_delete_by_id_skips_what_is_gone (void)
{
  char *dir = NULL;
  CrmReplica *replica = open_replica (&dir);
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (CrmPick) all = crm_pick_new_all (query);
  g_autoptr (CrmPick) pick = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *group = NULL;
  g_auto (GStrv) ids = NULL;
  guint n = 0;

  add_persons (replica, 4);
  ids = crm_pick_load_ids (all, replica, NULL, &error);
  g_assert_no_error (error);
  pick = crm_pick_new_ids ((const char *[]) {
      ids[0], "01900000-0000-7000-8000-00000000dead", ids[2], NULL });
  group = crm_pick_delete (pick, replica, NULL, &n, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (count_where (replica, NULL), ==, 2);

  close_replica (replica, dir);
}

static void
test_cancelled_changes_nothing (void)
{
  char *dir = NULL;
  CrmReplica *replica = open_replica (&dir);
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (CrmPick) pick = crm_pick_new_all (query);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint n = 0;

  add_persons (replica, 4);
  g_cancellable_cancel (cancellable);
  g_assert_null (crm_pick_delete (pick, replica, NULL, &n, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_where (replica, NULL), ==, 4);

  close_replica (replica, dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/pick/positions", test_positions_are_those_of_the_list);
  g_test_add_func ("/ui/pick/tag", test_tagging_is_one_undo);
  g_test_add_func ("/ui/pick/last-tag", test_last_tag_leaves_nothing);
  g_test_add_func ("/ui/pick/delete", test_delete_by_id_skips_what_is_gone);
  g_test_add_func ("/ui/pick/cancelled", test_cancelled_changes_nothing);

  return g_test_run ();
}
