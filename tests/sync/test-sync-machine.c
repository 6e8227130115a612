/* Whole exchanges between replicas and the server's own machine. */
#include "crm-sync-fixture.h"

#include "store/log/crm-history.h"

typedef CrmSyncFixture Fixture;

static void
exchange (CrmSyncClient *client)
{
  crm_sync_client_sync (client, 20);
  g_assert_true (client->done);
  g_assert_cmpint (crm_sync_machine_get_state (client->machine), ==, CRM_SYNC_IN_STEP);
}

/* One record that both have. */
static char *
share (Fixture *fixture, CrmSyncClient **one, CrmSyncClient **two)
{
  char *id;

  *one = crm_sync_fixture_add_client (fixture, FALSE);
  *two = crm_sync_fixture_add_client (fixture, FALSE);
  id = crm_sync_client_put (*one, "Jansen", "Ede");
  exchange (*one);
  exchange (*two);
  crm_sync_client_assert (*two, id, "city", "Ede");

  return id;
}

static void
assert_in_step (CrmSyncClient *one, CrmSyncClient *two)
{
  crm_sync_client_assert_equal (one, two);
  crm_sync_client_assert_clean (one);
  crm_sync_client_assert_clean (two);
}

/* What was made before there was a server reaches it, and the next laptop. */
static void
test_first_contact (Fixture *fixture, gconstpointer unused)
{
  CrmSyncClient *one = crm_sync_fixture_add_client (fixture, FALSE);
  CrmSyncClient *two = crm_sync_fixture_add_client (fixture, FALSE);
  g_autofree char *first = crm_sync_client_put (one, "Jansen", "Ede");
  g_autofree char *second = crm_sync_client_put (one, "Bakker", "Goor");

  crm_sync_client_set (one, first, "email", "j@x.nl");
  exchange (one);
  crm_sync_client_assert_clean (one);
  exchange (two);
  crm_sync_client_assert (two, first, "email", "j@x.nl");
  crm_sync_client_assert (two, second, "city", "Goor");
  exchange (one);
  assert_in_step (one, two);
}

static void
test_nothing_changed (Fixture *fixture, gconstpointer unused)
{
  CrmSyncClient *one = crm_sync_fixture_add_client (fixture, FALSE);
  g_autofree char *id = crm_sync_client_put (one, "Jansen", "Ede");

  exchange (one);
  one->n_requests = 0;
  exchange (one);
  g_assert_cmpuint (one->n_requests, ==, 1);
}

static void
test_different_fields (Fixture *fixture, gconstpointer unused)
{
  CrmSyncClient *one, *two;
  g_autofree char *id = share (fixture, &one, &two);

  crm_sync_client_set (one, id, "city", "Goor");
  crm_sync_client_set (two, id, "email", "j@x.nl");
  exchange (one);
  exchange (two);
  exchange (one);
  crm_sync_client_assert (one, id, "email", "j@x.nl");
  crm_sync_client_assert (two, id, "city", "Goor");
  g_assert_cmpuint (one->stepped_back->len + two->stepped_back->len, ==, 0);
  assert_in_step (one, two);
}

static void
test_same_field (Fixture *fixture, gconstpointer unused)
{
  CrmSyncClient *one, *two;
  g_autofree char *id = share (fixture, &one, &two);
  g_autoptr (CrmSyncCounts) counts = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GError) error = NULL;

  crm_sync_client_set (one, id, "city", "Goor");
  crm_sync_client_set (two, id, "city", "Almelo");
  exchange (one);
  exchange (two);
  exchange (one);
  crm_sync_client_assert (one, id, "city", "Goor");
  crm_sync_client_assert (two, id, "city", "Goor");
  g_assert_cmpuint (two->stepped_back->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (two->stepped_back, 0), ==, "city Almelo Goor");
  assert_in_step (one, two);

  counts = crm_sync_store_count (one->replica, &error);
  g_assert_no_error (error);
  if (crm_model_find_kind (crm_replica_get_model (one->replica), "conflict") != NULL)
    g_assert_cmpint (counts->conflicts, ==, 1);
  /* The colleague's change and one's own. */
  history = crm_replica_get_history (two->replica, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 2);
}

static void
test_delete (Fixture *fixture, gconstpointer unused)
{
  CrmSyncClient *one, *two;
  g_autofree char *id = share (fixture, &one, &two);

  crm_sync_client_delete (two, id);
  exchange (two);
  exchange (one);
  g_assert_false (crm_sync_client_has (one, id));
  g_assert_false (crm_sync_client_has (two, id));
  assert_in_step (one, two);
}

/* A colleague changed it meanwhile: it comes back to who deleted it. */
static void
test_stale_delete (Fixture *fixture, gconstpointer unused)
{
  CrmSyncClient *one, *two;
  g_autofree char *id = share (fixture, &one, &two);

  crm_sync_client_set (one, id, "city", "Goor");
  crm_sync_client_delete (two, id);
  exchange (one);
  exchange (two);
  exchange (one);
  crm_sync_client_assert (two, id, "city", "Goor");
  g_assert_cmpuint (two->stepped_back->len, ==, 1);
  assert_in_step (one, two);
}

/* An edit of what a colleague deleted goes with it, and is said. */
static void
test_edit_of_deleted (Fixture *fixture, gconstpointer unused)
{
  CrmSyncClient *one, *two;
  g_autofree char *id = share (fixture, &one, &two);

  crm_sync_client_delete (one, id);
  crm_sync_client_set (two, id, "city", "Goor");
  exchange (one);
  exchange (two);
  exchange (one);
  g_assert_false (crm_sync_client_has (two, id));
  g_assert_cmpuint (two->stepped_back->len, ==, 1);
  assert_in_step (one, two);
}

static gboolean
lose_push_reply (CrmSyncClient *client, const CrmSyncAction *request, gpointer data)
{
  gboolean *lost = data;

  if (*lost || !g_str_equal (request->path, "/v1/push"))
    return FALSE;

  *lost = TRUE;
  crm_sync_client_forward_only (client, request);
  crm_sync_machine_network_error (client->machine, request->serial, CRM_SYNC_NETWORK_TIMEOUT);

  return TRUE;
}

/* Pitfall 7: the server has it, the client does not know. */
static void
test_reply_lost (Fixture *fixture, gconstpointer unused)
{
  CrmSyncClient *one, *two;
  g_autofree char *id = share (fixture, &one, &two);
  gboolean lost = FALSE;

  crm_sync_client_set (one, id, "city", "Goor");
  one->intercept = lose_push_reply;
  one->data = &lost;
  crm_sync_client_sync (one, 0);
  g_assert_true (lost);
  g_assert_cmpint (crm_sync_machine_get_state (one->machine), ==, CRM_SYNC_OFFLINE);
  crm_sync_client_restart (one, FALSE);
  exchange (one);
  exchange (two);
  crm_sync_client_assert (two, id, "city", "Goor");
  assert_in_step (one, two);
}

/* Two that watch: what one writes, the other shows without asking. */
static void
test_watch (Fixture *fixture, gconstpointer unused)
{
  CrmSyncClient *one = crm_sync_fixture_add_client (fixture, TRUE);
  CrmSyncClient *two = crm_sync_fixture_add_client (fixture, TRUE);
  g_autofree char *id = NULL;

  crm_sync_client_sync (one, 0);
  crm_sync_client_sync (two, 0);
  g_assert_nonnull (one->held);
  g_assert_nonnull (two->held);

  id = crm_sync_client_put (one, "Jansen", "Ede");
  crm_sync_machine_local_change (one->machine);
  crm_sync_client_pump (one);
  crm_sync_client_wake (two);
  crm_sync_client_assert (two, id, "city", "Ede");
  g_assert_nonnull (two->held);
  crm_sync_client_assert_clean (one);
  crm_sync_machine_stop (one->machine);
  crm_sync_client_pump (one);
  g_assert_null (one->held);
}

static void
reopen (CrmSyncClient *client, const CrmKey *key)
{
  g_autoptr (GError) error = NULL;

  client->replica = crm_replica_open (client->dir, key, NULL, CRM_REPLICA_READ_WRITE, &error);
  g_assert_no_error (error);
  crm_sync_client_restart (client, FALSE);
}

static void
copy_replica (CrmSyncClient *from, CrmSyncClient *to)
{
  g_autofree char *source = g_build_filename (from->dir, "replica.db", NULL);
  g_autofree char *target = g_build_filename (to->dir, "replica.db", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_clear_pointer (&from->machine, crm_sync_machine_free);
  g_clear_pointer (&to->machine, crm_sync_machine_free);
  g_clear_object (&from->replica);
  g_clear_object (&to->replica);
  g_assert_true (g_file_get_contents (source, &content, &size, &error));
  g_assert_true (g_file_set_contents (target, content, (gssize) size, &error));
  g_assert_no_error (error);
  g_set_str (&to->token, from->token);
  reopen (from, from->key);
  reopen (to, from->key);
}

/* Pitfall 24: two files of one id; each has an edit, and both arrive. */
static void
test_copied_replica (Fixture *fixture, gconstpointer unused)
{
  CrmSyncClient *one, *two;
  g_autofree char *id = share (fixture, &one, &two);

  copy_replica (one, two);
  crm_sync_client_set (one, id, "city", "Goor");
  crm_sync_client_set (two, id, "email", "j@x.nl");
  exchange (one);
  crm_sync_client_sync (two, 5);
  g_assert_cmpint (crm_sync_machine_get_state (two->machine), ==, CRM_SYNC_SIGNED_OUT);
  g_assert_cmpstr (crm_replica_get_id (one->replica), !=, crm_replica_get_id (two->replica));
  crm_sync_client_assert (two, id, "email", "j@x.nl");

  crm_sync_client_restart (two, FALSE);
  exchange (two);
  exchange (one);
  crm_sync_client_assert (one, id, "email", "j@x.nl");
  crm_sync_client_assert (two, id, "city", "Goor");
  assert_in_step (one, two);
}

/* Pitfall 22: the server went back; who has what it lost gives it again. */
static void
test_restored_server (Fixture *fixture, gconstpointer unused)
{
  CrmSyncClient *one, *two;
  g_autofree char *id = share (fixture, &one, &two);
  g_autofree char *lost = NULL;

  crm_sync_fixture_back_up (fixture);
  crm_sync_client_set (one, id, "city", "Goor");
  exchange (one);
  lost = crm_sync_client_put (two, "Bakker", "Almelo");
  exchange (two);
  exchange (one);
  crm_sync_client_assert (one, lost, "city", "Almelo");

  crm_sync_fixture_restore (fixture);
  exchange (one);
  exchange (two);
  exchange (one);
  crm_sync_client_assert (one, lost, "city", "Almelo");
  crm_sync_client_assert (two, id, "city", "Goor");
  assert_in_step (one, two);
}

static gboolean
lose_pull (CrmSyncClient *client, const CrmSyncAction *request, gpointer data)
{
  guint *n_pulls = data;

  /* The first is told of the restore; two ask where the server stands. */
  if (!g_str_has_prefix (request->path, "/v1/pull") || ++*n_pulls < 4)
    return FALSE;

  crm_sync_machine_network_error (client->machine, request->serial, CRM_SYNC_NETWORK_OFFLINE);

  return TRUE;
}

static gboolean
edit_elsewhere (CrmSyncClient *client, const CrmSyncAction *request, gpointer data)
{
  CrmSyncClient *other = data;

  if (!g_str_has_prefix (request->path, "/v1/boot"))
    return FALSE;

  client->intercept = NULL;
  crm_sync_client_forward (client, request);
  g_free (crm_sync_client_put (other, "Bakker", "Almelo"));
  exchange (other);

  return TRUE;
}

/* The program ends after it made up its mind to load all again, before it had a place to pull from.
 * What changes while it then loads must not be missed. */
static void
test_restored_and_stopped (Fixture *fixture, gconstpointer unused)
{
  CrmSyncClient *one, *two;
  g_autofree char *id = share (fixture, &one, &two);
  guint n_pulls = 0;

  crm_sync_fixture_back_up (fixture);
  crm_sync_client_set (one, id, "city", "Goor");
  exchange (one);
  crm_sync_fixture_restore (fixture);
  exchange (two);

  one->intercept = lose_pull;
  one->data = &n_pulls;
  crm_sync_client_restart (one, FALSE);
  crm_sync_client_sync (one, 0);
  g_assert_cmpuint (n_pulls, ==, 4);

  one->intercept = edit_elsewhere;
  one->data = two;
  exchange (one);
  g_assert_null (one->intercept);
  exchange (two);
  assert_in_step (one, two);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path, Fixture, NULL, crm_sync_fixture_set_up, func, crm_sync_fixture_tear_down)
  ADD ("/sync/sync-machine/first-contact", test_first_contact);
  ADD ("/sync/sync-machine/nothing-changed", test_nothing_changed);
  ADD ("/sync/sync-machine/different-fields", test_different_fields);
  ADD ("/sync/sync-machine/same-field", test_same_field);
  ADD ("/sync/sync-machine/delete", test_delete);
  ADD ("/sync/sync-machine/stale-delete", test_stale_delete);
  ADD ("/sync/sync-machine/edit-of-deleted", test_edit_of_deleted);
  ADD ("/sync/sync-machine/reply-lost", test_reply_lost);
  ADD ("/sync/sync-machine/watch", test_watch);
  ADD ("/sync/sync-machine/copied-replica", test_copied_replica);
  ADD ("/sync/sync-machine/restored-server", test_restored_server);
  ADD ("/sync/sync-machine/restored-and-stopped", test_restored_and_stopped);
#undef ADD

  return g_test_run ();
}
