/* A replica that does not hold what the server says it should is loaded anew, once in a while. */
#include "crm-sync-fixture.h"

#define STRAY "01234567-0000-7000-8000-000000000001"

typedef struct
{
  CrmSyncFixture base;
  CrmSyncClient *one;
  CrmSyncClient *two;
  char *id;
} Fixture;

static void
exchange (CrmSyncClient *client)
{
  crm_sync_client_restart (client, FALSE);
  client->n_requests = 0;
  crm_sync_client_sync (client, 20);
  g_assert_true (client->done);
  g_assert_cmpint (crm_sync_machine_get_state (client->machine), ==, CRM_SYNC_IN_STEP);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  crm_sync_fixture_set_up (&fixture->base, NULL);
  fixture->one = crm_sync_fixture_add_client (&fixture->base, FALSE);
  fixture->two = crm_sync_fixture_add_client (&fixture->base, FALSE);
  fixture->id = crm_sync_client_put (fixture->one, "Jansen", "Ede");
  exchange (fixture->one);
  exchange (fixture->two);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_free (fixture->id);
  crm_sync_fixture_tear_down (&fixture->base, NULL);
}

static void
set_checked (CrmSyncClient *client, const char *at)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_sync_store_set_state (client->replica, "checked", at, &error));
}

static void
assert_in_step (Fixture *fixture)
{
  exchange (fixture->one);
  exchange (fixture->two);
  crm_sync_client_assert_equal (fixture->one, fixture->two);
  crm_sync_client_assert_clean (fixture->one);
  crm_sync_client_assert_clean (fixture->two);
}

/* As if a page had been put without one of its lines. */
static void
lose (CrmSyncClient *client, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmPullWriter) writer = crm_pull_writer_begin (client->replica, &error);

  g_assert_true (crm_pull_writer_remove_row (writer, "person", id, 0, &error));
  crm_pull_result_free (crm_pull_writer_finish (writer, NULL, 0, &error));
  g_assert_no_error (error);
  g_assert_false (crm_sync_client_has (client, id));
}

/* @checked: when it was looked at last; the clock of the fixture says 2026-03-01T08:00:00Z */
static void
test_missing (Fixture *fixture, gconstpointer checked)
{
  lose (fixture->two, fixture->id);
  set_checked (fixture->two, checked);
  exchange (fixture->two);
  crm_sync_client_assert (fixture->two, fixture->id, "city", "Ede");
  assert_in_step (fixture);
}

static void
test_not_so_soon (Fixture *fixture, gconstpointer unused)
{
  lose (fixture->two, fixture->id);
  set_checked (fixture->two, "2026-03-01T07:30:00Z");
  exchange (fixture->two);
  g_assert_false (crm_sync_client_has (fixture->two, fixture->id));
  g_assert_cmpuint (fixture->two->n_requests, ==, 1);
}

/* A row that the server does not have, as if its line that it is gone had been lost. */
static void
test_too_much (Fixture *fixture, gconstpointer unused)
{
  static const gint64 scope = 1;
  const CrmPulledField surname = { "surname", "Bakker", 1 };
  const CrmPulledRow row = { .kind = "person",
                             .id = STRAY,
                             .row_seq = 1,
                             .full = TRUE,
                             .scopes = &scope,
                             .n_scopes = 1,
                             .fields = &surname,
                             .n_fields = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmPullWriter) writer = crm_pull_writer_begin (fixture->two->replica, &error);

  g_assert_true (crm_pull_writer_put_row (writer, &row, &error));
  crm_pull_result_free (crm_pull_writer_finish (writer, NULL, 0, &error));
  g_assert_no_error (error);
  g_assert_true (crm_sync_client_has (fixture->two, STRAY));

  set_checked (fixture->two, NULL);
  exchange (fixture->two);
  g_assert_false (crm_sync_client_has (fixture->two, STRAY));
  assert_in_step (fixture);
}

/* What is not sent yet stays, whatever is loaded under it. */
static void
test_own_stays (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *own = NULL;

  lose (fixture->two, fixture->id);
  own = crm_sync_client_put (fixture->two, "Bos", "Goor");
  set_checked (fixture->two, NULL);
  exchange (fixture->two);
  crm_sync_client_assert (fixture->two, own, "city", "Goor");
  crm_sync_client_assert (fixture->two, fixture->id, "city", "Ede");
  assert_in_step (fixture);
}

/* When all is well it costs nothing: one pull. */
static void
test_same (Fixture *fixture, gconstpointer unused)
{
  set_checked (fixture->two, NULL);
  exchange (fixture->two);
  g_assert_cmpuint (fixture->two->n_requests, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD_WITH(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)
#define ADD(path, func)            ADD_WITH (path, NULL, func)
  ADD ("/sync/check/missing", test_missing);
  ADD_WITH ("/sync/check/missing-after-an-hour", "2026-03-01T07:00:00Z", test_missing);
  ADD_WITH ("/sync/check/missing-clock-back", "2027-03-01T07:00:00Z", test_missing);
  ADD_WITH ("/sync/check/missing-strange-clock", "gisteren", test_missing);
  ADD ("/sync/check/not-so-soon", test_not_so_soon);
  ADD ("/sync/check/too-much", test_too_much);
  ADD ("/sync/check/own-stays", test_own_stays);
  ADD ("/sync/check/same", test_same);
#undef ADD
#undef ADD_WITH

  return g_test_run ();
}
