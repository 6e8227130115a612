#include "crm-sync-fixture.h"

#include <string.h>

/* A server that was put back from a backup with its own tool, and laptops that heal it. */

static void
exchange (CrmSyncClient *client)
{
  crm_sync_client_restart (client, FALSE);
  crm_sync_client_sync (client, 8);
  g_assert_true (client->done);
}

static void
back_up (CrmSyncFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "tool.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (fixture->store->ops->back_up (fixture->store, path, &error));
  g_assert_no_error (error);
}

static void
restore (CrmSyncFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "server.db", NULL);
  g_autofree char *file = g_build_filename (fixture->dir, "tool.db", NULL);
  g_autofree char *aside = NULL;
  g_autoptr (GError) error = NULL;

  crm_server_machine_free (fixture->server);
  crm_server_store_free (fixture->store);
  g_assert_true (crm_server_store_restore (path, file, &aside, &error));
  g_assert_no_error (error);
  fixture->store = crm_server_store_open (path, FALSE, &error);
  g_assert_no_error (error);
  fixture->server = crm_server_machine_new (fixture->store, crm_model_get_default ());
}

static void
assert_in_step (CrmSyncClient *one, CrmSyncClient *two)
{
  exchange (one);
  exchange (two);
  exchange (one);
  crm_sync_client_assert_clean (one);
  crm_sync_client_assert_clean (two);
  crm_sync_client_assert_equal (one, two);
}

/* Pitfall 22: what the backup lacks comes again, whoever has it; edits, new records and deletes. */
static void
test_heal (CrmSyncFixture *fixture, gconstpointer unused)
{
  CrmSyncClient *one = crm_sync_fixture_add_client (fixture, FALSE);
  CrmSyncClient *two = crm_sync_fixture_add_client (fixture, FALSE);
  g_autofree char *id = crm_sync_client_put (one, "Jansen", "Delft");
  g_autofree char *gone = crm_sync_client_put (one, "Smit", "Delft");
  g_autofree char *made = NULL;

  exchange (one);
  exchange (two);
  back_up (fixture);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *city = g_strdup_printf ("Town %u", i);

      crm_sync_client_set (i % 2 == 0 ? one : two, id, "city", city);
      exchange (i % 2 == 0 ? one : two);
      exchange (i % 2 == 0 ? two : one);
    }
  made = crm_sync_client_put (two, "Bakker", "Almelo");
  crm_sync_client_delete (two, gone);
  exchange (two);
  exchange (one);

  restore (fixture);
  assert_in_step (one, two);
  crm_sync_client_assert (one, made, "city", "Almelo");
  g_assert_false (crm_sync_client_has (one, gone));
}

/* Versions of the time that was lost say nothing about those that came after: an edit that was made
 * on a lost one does not write over one that its author never saw. */
static void
test_versions (CrmSyncFixture *fixture, gconstpointer unused)
{
  CrmSyncClient *one = crm_sync_fixture_add_client (fixture, FALSE);
  CrmSyncClient *two = crm_sync_fixture_add_client (fixture, FALSE);
  g_autofree char *id = crm_sync_client_put (one, "Jansen", "Delft");
  gint64 n = 0;

  exchange (one);
  exchange (two);
  back_up (fixture);
  /* In the time that is lost one's edits reach far. */
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *note = g_strdup_printf ("%u", i);

      crm_sync_client_set (one, id, "function", note);
      crm_sync_client_set (one, id, "city", note);
      exchange (one);
    }
  restore (fixture);

  /* Two comes first, and edits the same field in the new order. */
  exchange (two);
  crm_sync_client_set (two, id, "city", "Gouda");
  exchange (two);
  exchange (one);
  exchange (two);
  exchange (one);
  crm_sync_client_assert (one, id, "city", "Gouda");
  crm_sync_client_assert (two, id, "city", "Gouda");
  g_assert_true (fixture->store->ops->count_records (fixture->store, &n, NULL));
  /* The person, and the conflict that keeps what one typed. */
  g_assert_cmpint (n, ==, 2);
  assert_in_step (one, two);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/sync/sync-restore/" path,                                                          \
              CrmSyncFixture,                                                                      \
              NULL,                                                                                \
              crm_sync_fixture_set_up,                                                             \
              func,                                                                                \
              crm_sync_fixture_tear_down)
  ADD ("heal", test_heal);
  ADD ("versions", test_versions);
#undef ADD

  return g_test_run ();
}
