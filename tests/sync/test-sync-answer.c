/* What a client makes of answers that are none of a CRM server, or say no. */
#include "crm-sync-fixture.h"

#include <string.h>

#define JSON "application/json"

typedef CrmSyncFixture Fixture;

typedef struct
{
  const char *path;
  guint status;
  const char *type;
  const char *body;
  CrmSyncState state;
  gboolean keeps_all; /* though it is revoked */
} Answer;

static gboolean
give_answer (CrmSyncClient *client, const CrmSyncAction *request, gpointer data)
{
  const Answer *answer = data;

  if (!g_str_has_prefix (request->path, answer->path))
    return FALSE;

  crm_sync_client_answer (client, request, answer->status, answer->type, answer->body);

  return TRUE;
}

#define ERROR_BODY(code) "{\"error\":{\"code\":\"" code "\",\"message\":\"no\"}}"

static const Answer answers[] = {
  { "/v1/hello", 200, "text/html", "<html>Welcome to our hotel</html>", CRM_SYNC_PORTAL },
  { "/v1/hello", 200, JSON, "{\"company\":", CRM_SYNC_PORTAL },
  { "/v1/hello", 302, "text/html", "moved", CRM_SYNC_PORTAL },
  { "/v1/hello", 511, "text/html", "log in", CRM_SYNC_PORTAL },
  { "/v1/hello", 407, "text/html", "proxy", CRM_SYNC_PROXY_LOGIN },
  { "/v1/hello", 502, "text/html", "bad gateway", CRM_SYNC_SERVER_ERROR },
  { "/v1/hello", 503, JSON, ERROR_BODY ("busy"), CRM_SYNC_SERVER_ERROR },
  { "/v1/device", 401, JSON, ERROR_BODY ("unauthorized"), CRM_SYNC_WRONG_PASSWORD },
  { "/v1/device", 401, JSON, ERROR_BODY ("wipe"), CRM_SYNC_REVOKED, .keeps_all = TRUE },
  { "/v1/pull", 401, JSON, ERROR_BODY ("unauthorized"), CRM_SYNC_SIGNED_OUT },
  { "/v1/pull", 401, JSON, ERROR_BODY ("wipe"), CRM_SYNC_REVOKED },
  { "/v1/pull", 400, JSON, ERROR_BODY ("schema"), CRM_SYNC_APP_TOO_OLD },
  { "/v1/pull", 200, "text/html", "<html>", CRM_SYNC_PORTAL },
  { "/v1/pull", 200, "application/x-ndjson", "<html>\n", CRM_SYNC_PORTAL },
  { "/v1/pull", 200, "application/x-ndjson", "{\"k\":\"hdr\"}\n", CRM_SYNC_OFFLINE },
  { "/v1/pull", 410, JSON, ERROR_BODY ("epoch"), CRM_SYNC_SERVER_ERROR },
  { "/v1/push", 409, JSON, ERROR_BODY ("gap"), CRM_SYNC_SERVER_ERROR },
  { "/v1/pull", 500, JSON, ERROR_BODY ("internal"), CRM_SYNC_SERVER_ERROR },
};

/* Each has a state of its own, and none changes a record or what is waiting to be sent. */
static void
test_state (Fixture *fixture, gconstpointer data)
{
  const Answer *answer = data;
  CrmSyncClient *client = crm_sync_fixture_add_client (fixture, TRUE);
  g_autofree char *id = crm_sync_client_put (client, "Jansen", "Ede");

  client->intercept = give_answer;
  client->data = (gpointer) answer;
  crm_sync_client_sync (client, 0);
  g_assert_cmpstr (crm_sync_state_get_name (crm_sync_machine_get_state (client->machine)),
                   ==,
                   crm_sync_state_get_name (answer->state));
  g_assert_cmpint (client->wiped, ==, answer->state == CRM_SYNC_REVOKED && !answer->keeps_all);
  /* A state that time may mend is tried again. */
  g_assert_cmpint (client->timer > 0, !=, crm_sync_state_is_final (answer->state));
  crm_sync_client_assert (client, id, "city", "Ede");
  g_assert_cmpint (crm_sync_store_get_acked (client->replica), ==, 0);
}

static gboolean
be_offline (CrmSyncClient *client, const CrmSyncAction *request, gpointer data)
{
  crm_sync_machine_network_error (client->machine,
                                  request->serial,
                                  (CrmSyncNetworkError) GPOINTER_TO_INT (data));

  return TRUE;
}

/* Twice as long each time, up to five minutes; and at once when the network is back. */
static void
test_back_off (Fixture *fixture, gconstpointer unused)
{
  CrmSyncClient *client = crm_sync_fixture_add_client (fixture, TRUE);
  guint64 last = 0;

  client->intercept = be_offline;
  client->data = GINT_TO_POINTER (CRM_SYNC_NETWORK_OFFLINE);
  crm_sync_client_sync (client, 0);
  g_assert_cmpuint (client->timer, >=, 500);
  g_assert_cmpuint (client->timer, <=, 1000);
  for (guint i = 0; i < 15; i++)
    {
      last = client->timer;
      crm_sync_machine_timer (client->machine);
      crm_sync_client_pump (client);
      g_assert_cmpuint (client->timer, <=, 5 * 60 * 1000);
      g_assert_cmpuint (client->timer, >=, MIN (last, 150 * 1000));
    }
  g_assert_cmpuint (last, >=, 150 * 1000);
  g_assert_cmpint (crm_sync_machine_get_state (client->machine), ==, CRM_SYNC_OFFLINE);

  client->intercept = NULL;
  crm_sync_machine_network_available (client->machine);
  crm_sync_client_pump (client);
  g_assert_cmpint (crm_sync_machine_get_state (client->machine), ==, CRM_SYNC_IN_STEP);
}

static void
test_network_states (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    CrmSyncNetworkError error;
    CrmSyncState state;
  } cases[] = {
    { CRM_SYNC_NETWORK_OFFLINE, CRM_SYNC_OFFLINE },
    { CRM_SYNC_NETWORK_TIMEOUT, CRM_SYNC_OFFLINE },
    { CRM_SYNC_NETWORK_TLS, CRM_SYNC_TLS_ERROR },
    { CRM_SYNC_NETWORK_PROXY, CRM_SYNC_PROXY_LOGIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CrmSyncClient *client = crm_sync_fixture_add_client (fixture, FALSE);

      client->intercept = be_offline;
      client->data = GINT_TO_POINTER (cases[i].error);
      crm_sync_client_sync (client, 5);
      g_assert_true (client->done);
      g_assert_cmpint (crm_sync_machine_get_state (client->machine), ==, cases[i].state);
    }
}

static gboolean
choke (CrmSyncClient *client, const CrmSyncAction *request, gpointer data)
{
  gsize size;
  const char *body;

  if (!g_str_equal (request->path, "/v1/push"))
    return FALSE;

  body = g_bytes_get_data (request->body, &size);
  if (g_strstr_len (body, (gssize) size, data) == NULL)
    return FALSE;

  crm_sync_client_answer (client, request, 500, JSON, ERROR_BODY ("internal"));

  return TRUE;
}

/* Pitfall 37: one set that the server cannot take; all others arrive, before and after it. */
static void
test_poison (Fixture *fixture, gconstpointer unused)
{
  CrmSyncClient *client = crm_sync_fixture_add_client (fixture, FALSE);
  CrmSyncClient *other = crm_sync_fixture_add_client (fixture, FALSE);
  char *ids[8];
  g_autoptr (CrmSyncCounts) counts = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = crm_sync_client_put (client, i == 5 ? "Gif" : "Jansen", "Ede");
  client->intercept = choke;
  client->data = (gpointer) "Gif";
  crm_sync_client_sync (client, 50);
  g_assert_true (client->done);
  g_assert_cmpint (crm_sync_machine_get_state (client->machine), ==, CRM_SYNC_IN_STEP);
  g_assert_cmpuint (client->n_parked, ==, 1);
  counts = crm_sync_store_count (client->replica, &error);
  g_assert_no_error (error);
  g_assert_cmpint (counts->parked, ==, 1);
  g_assert_cmpint (counts->pending, ==, 0);
  crm_sync_client_assert (client, ids[5], "surname", "Gif");
  crm_sync_client_assert_clean (client);

  /* What is made upon it later would be refused, or shown under it. */
  crm_sync_client_set (client, ids[5], "surname", "Jansen");
  crm_sync_client_sync (client, 5);
  g_assert_cmpuint (client->n_parked, ==, 2);
  crm_sync_client_assert (client, ids[5], "surname", "Jansen");

  crm_sync_client_sync (other, 5);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_assert_cmpint (crm_sync_client_has (other, ids[i]), ==, i != 5);
      g_free (ids[i]);
    }
}

/* A server that fails at everything is no reason to set anything aside. */
static void
test_broken_server (Fixture *fixture, gconstpointer unused)
{
  static const Answer broken = { "/", 500, JSON, ERROR_BODY ("internal"), CRM_SYNC_SERVER_ERROR };
  CrmSyncClient *client = crm_sync_fixture_add_client (fixture, TRUE);
  g_autofree char *id = NULL;

  crm_sync_client_sync (client, 0);
  id = crm_sync_client_put (client, "Jansen", "Ede");
  client->intercept = give_answer;
  client->data = (gpointer) &broken;
  crm_sync_machine_local_change (client->machine);
  crm_sync_client_pump (client);
  for (guint i = 0; i < 30; i++)
    {
      crm_sync_machine_timer (client->machine);
      crm_sync_client_pump (client);
    }
  g_assert_cmpuint (client->n_parked, ==, 0);

  client->intercept = NULL;
  crm_sync_machine_timer (client->machine);
  crm_sync_client_pump (client);
  g_assert_cmpint (crm_sync_machine_get_state (client->machine), ==, CRM_SYNC_IN_STEP);
  crm_sync_client_assert_clean (client);
}

static gboolean
restore_always (CrmSyncClient *client, const CrmSyncAction *request, gpointer data)
{
  if (strcmp (request->path, data) != 0)
    return FALSE;

  crm_sync_client_answer (client, request, 410, JSON, ERROR_BODY ("epoch"));

  return TRUE;
}

/* A server that says each time that it was restored is asked ever more rarely, not in a loop; and
 * when it has come to itself, all goes on. */
static void
test_restored_always (Fixture *fixture, gconstpointer path)
{
  CrmSyncClient *client = crm_sync_fixture_add_client (fixture, TRUE);
  g_autofree char *id = NULL;

  crm_sync_client_sync (client, 0);
  id = crm_sync_client_put (client, "Jansen", "Ede");
  client->intercept = restore_always;
  client->data = (gpointer) path;
  client->n_requests = 0;
  crm_sync_machine_local_change (client->machine);
  crm_sync_client_pump (client);
  for (guint i = 0; i < 20; i++)
    {
      crm_sync_machine_timer (client->machine);
      crm_sync_client_pump (client);
    }
  g_assert_cmpuint (client->n_requests, <=, 6 * 21);
  g_assert_cmpuint (client->timer, >=, 150 * 1000);
  g_assert_cmpint (crm_sync_machine_get_state (client->machine), ==, CRM_SYNC_SERVER_ERROR);

  client->intercept = NULL;
  crm_sync_machine_timer (client->machine);
  crm_sync_client_pump (client);
  g_assert_cmpint (crm_sync_machine_get_state (client->machine), ==, CRM_SYNC_IN_STEP);
  crm_sync_client_assert (client, id, "city", "Ede");
  crm_sync_client_assert_clean (client);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, data, func)                                                                      \
  g_test_add (path, Fixture, data, crm_sync_fixture_set_up, func, crm_sync_fixture_tear_down)
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sync/sync-answer/state/%u-%s",
                                               i,
                                               crm_sync_state_get_name (answers[i].state));

      ADD (path, &answers[i], test_state);
    }
  ADD ("/sync/sync-answer/back-off", NULL, test_back_off);
  ADD ("/sync/sync-answer/network-states", NULL, test_network_states);
  ADD ("/sync/sync-answer/poison", NULL, test_poison);
  ADD ("/sync/sync-answer/broken-server", NULL, test_broken_server);
  ADD ("/sync/sync-answer/restored-always/push", "/v1/push", test_restored_always);
  ADD ("/sync/sync-answer/restored-always/pull", "/v1/pull", test_restored_always);
#undef ADD

  return g_test_run ();
}
