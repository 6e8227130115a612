#include "crm-server-process.h"

#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>

/* Each line is JSON, and none tells what nobody else may know. */
static void
test_secrets (CrmServerProcess *server, gconstpointer unused)
{
  static const char wrong[] =
      "{\"user\":\"anna\",\"password\":\"wrong horse\",\"replica\":\"" CRM_SERVER_PROCESS_REPLICA
      "\"}";
  g_autofree char *token = g_strdup (server->token);
  g_autofree char *push = crm_server_process_write_push (server, 1);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_requests = 0;

  g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/push", push, NULL), ==, 200);
  g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/device", wrong, NULL), ==, 401);
  g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/push", "{Secretname", NULL),
                    ==,
                    400);
  g_assert_cmpuint (crm_server_process_call (server,
                                             "GET",
                                             "/v1/boot?sc=1&token=Querysecret",
                                             NULL,
                                             NULL),
                    ==,
                    200);
  g_set_str (&server->token, "Wrongtoken");
  g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/push", push, NULL), ==, 401);
  crm_server_process_stop (server, SIGTERM);

  g_assert_true (g_file_get_contents (server->log, &text, NULL, NULL));
  g_assert_null (strstr (text, token));
  g_assert_null (strstr (text, "horse"));
  g_assert_null (strstr (text, "Wrongtoken"));
  g_assert_null (strstr (text, "Bakker"));
  g_assert_null (strstr (text, "Secretname"));
  g_assert_null (strstr (text, "Querysecret"));

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);
      JsonObject *object;

      g_assert_true (node != NULL && JSON_NODE_HOLDS_OBJECT (node));
      object = json_node_get_object (node);
      g_assert_true (json_object_has_member (object, "time"));
      g_assert_true (json_object_has_member (object, "level"));
      n_requests += strcmp (json_object_get_string_member (object, "message"), "request") == 0;
    }
  g_assert_cmpuint (n_requests, ==, 6);
}

int
main (int argc, char *argv[])
{
  crm_server_process_take_program (&argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/server/log/secrets",
              CrmServerProcess,
              NULL,
              crm_server_process_set_up,
              test_secrets,
              crm_server_process_tear_down);

  return g_test_run ();
}
