#include "crm-server-process.h"

#include "wire/crm-inflate.h"

#include <string.h>

/* Bodies as they come over the network, with the program itself. */

static guint
push_packed (CrmServerProcess *server, GBytes *packed, char **reply)
{
  g_autofree char *address = g_strconcat (server->url, "/v1/push", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", address);
  g_autofree char *value = g_strconcat ("Bearer ", server->token, NULL);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GBytes) answer = NULL;

  soup_message_headers_replace (headers, "Authorization", value);
  soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  soup_message_set_request_body_from_bytes (message, "application/json", packed);
  answer = soup_session_send_and_read (server->session, message, NULL, NULL);
  *reply = answer != NULL ? g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer))
                          : g_strdup ("");

  return answer != NULL ? soup_message_get_status (message) : 0;
}

/* Pitfall 32: what is packed is unpacked, but not without end. */
static void
test_packed (CrmServerProcess *server, gconstpointer unused)
{
  g_autofree char *push = crm_server_process_write_push (server, 1);
  g_autoptr (GBytes) plain = g_bytes_new (push, strlen (push));
  g_autoptr (GBytes) packed = crm_wire_gzip (plain, 6);
  g_autofree char *zeros = g_malloc0 (200 * 1024 * 1024);
  g_autoptr (GBytes) huge = g_bytes_new_take (g_steal_pointer (&zeros), 200 * 1024 * 1024);
  g_autoptr (GBytes) bomb = crm_wire_gzip (huge, 9);
  g_autofree char *reply = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *clear = g_strdup_printf ("/proc/%d/clear_refs", server->pid);
  guint64 before;

  g_assert_cmpuint (push_packed (server, packed, &reply), ==, 200);

  g_file_set_contents_full (clear, "5", 1, G_FILE_SET_CONTENTS_NONE, 0666, NULL);
  before = crm_server_process_get_memory (server, "VmHWM:");
  g_assert_cmpuint (push_packed (server, bomb, &refused), ==, 413);
  g_assert_nonnull (strstr (refused, "too_big"));
  if (g_getenv ("CRM_SANITIZED") == NULL)
    g_assert_cmpuint (crm_server_process_get_memory (server, "VmHWM:"), <, before + 64 * 1024);
}

/* A body that is too big is refused with a reason, and the next request is served. */
static void
test_too_big (CrmServerProcess *server, gconstpointer unused)
{
  g_autofree char *body = g_strnfill (9 * 1024 * 1024, ' ');
  g_autofree char *reply = NULL;

  g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/push", body, &reply), ==, 413);
  g_assert_nonnull (strstr (reply, "too_big"));
  g_assert_cmpuint (crm_server_process_call (server, "GET", "/v1/hello", NULL, NULL), ==, 200);
}

/* What packs tightly comes as well to who takes it only as it is. */
static void
test_tight (CrmServerProcess *server, gconstpointer unused)
{
  g_autofree char *dashes = g_strnfill (1000000, '-');
  g_autofree char *push = crm_server_process_write_push (server, 1);
  g_autoptr (GString) long_push = g_string_new (push);
  g_autofree char *packed = NULL;
  g_autofree char *plain = NULL;

  g_string_replace (long_push, "Bakker", dashes, 1);
  g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/push", long_push->str, NULL),
                    ==,
                    200);
  g_assert_cmpuint (crm_server_process_call (server, "GET", "/v1/boot?sc=1", NULL, &packed),
                    ==,
                    200);
  soup_session_remove_feature_by_type (server->session, SOUP_TYPE_CONTENT_DECODER);
  g_assert_cmpuint (crm_server_process_call (server, "GET", "/v1/boot?sc=1", NULL, &plain),
                    ==,
                    200);
  g_assert_nonnull (strstr (plain, dashes));
  g_assert_cmpstr (plain, ==, packed);
}

/* Pitfalls 28 and 29: a field that is too big refuses its set and no more; what nests without end
 * is refused before anything is made of it. */
static void
test_deep_and_huge (CrmServerProcess *server, gconstpointer unused)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *note = g_strnfill (2 * 1024 * 1024, 'x');
  g_autofree char *push = crm_server_process_write_push (server, 1);
  g_autofree char *next = crm_server_process_write_push (server, 2);
  g_autoptr (GString) huge = g_string_new (push);
  g_autofree char *reply = NULL;

  g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/push", deep, NULL), ==, 413);
  g_string_replace (huge, "Bakker", note, 1);
  g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/push", huge->str, &reply),
                    ==,
                    200);
  g_assert_nonnull (strstr (reply, "\"rejected\""));
  g_assert_nonnull (strstr (reply, "\"too_big\""));
  g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/push", next, NULL), ==, 200);
}

int
main (int argc, char *argv[])
{
  crm_server_process_take_program (&argc, argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/server/exchange/" path,                                                            \
              CrmServerProcess,                                                                    \
              NULL,                                                                                \
              crm_server_process_set_up,                                                           \
              func,                                                                                \
              crm_server_process_tear_down)
  ADD ("packed", test_packed);
  ADD ("too-big", test_too_big);
  ADD ("tight", test_tight);
  ADD ("deep-and-huge", test_deep_and_huge);
#undef ADD

  return g_test_run ();
}
