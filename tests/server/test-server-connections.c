#include "crm-server-process.h"

#include <gio/gio.h>
#include <string.h>

/* Pitfall 33: those who send nearly nothing, with the program itself. */

/* Nobody waits as long; a machine that others use may take its time. */
#define NEVER   (30 * G_USEC_PER_SEC)
#define N_SLOW  500
#define N_ASKED 20

static void
write_text (GSocketConnection *connection, const char *text)
{
  g_output_stream_write (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                         text,
                         strlen (text),
                         NULL,
                         NULL);
}

/* Five hundred of them do not keep the others waiting until they are cut off. When that is stands
 * in test-server-deadlines.c. */
static void
test_headers (CrmServerProcess *server, gconstpointer unused)
{
  g_autoptr (GPtrArray) slow = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < N_SLOW; i++)
    g_ptr_array_add (slow, crm_server_process_connect (server));
  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < N_SLOW; i++)
      write_text (slow->pdata[i], "G");
  for (guint i = 0; i < N_ASKED; i++)
    g_assert_cmpuint (crm_server_process_call (server, "GET", "/v1/hello", NULL, NULL), ==, 200);
  g_assert_true (crm_server_connection_is_open (slow->pdata[N_SLOW - 1]));
}

/* One connection takes one request after the other: a new one costs a round trip, two with TLS. */
static void
test_keeps (CrmServerProcess *server, gconstpointer unused)
{
  static const char request[] = "GET /v1/hello HTTP/1.1\r\nHost: crm\r\n\r\n";
  g_autoptr (GSocketConnection) connection = crm_server_process_connect (server);
  GIOStream *stream = G_IO_STREAM (connection);
  g_autoptr (GError) error = NULL;
  char reply[4096];

  g_socket_set_timeout (g_socket_connection_get_socket (connection), 20);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      gssize size = 1;

      g_output_stream_write_all (g_io_stream_get_output_stream (stream),
                                 request,
                                 strlen (request),
                                 NULL,
                                 NULL,
                                 &error);
      g_assert_no_error (error);
      while (size > 0 && strstr (text->str, "\"epoch\"") == NULL)
        {
          size = g_input_stream_read (g_io_stream_get_input_stream (stream),
                                      reply,
                                      sizeof reply,
                                      NULL,
                                      &error);
          g_assert_no_error (error);
          g_string_append_len (text, reply, size);
        }
      g_assert_true (g_str_has_prefix (text->str, "HTTP/1.1 200 "));
    }
}

typedef struct
{
  CrmServerProcess *server;
  GMainLoop *loop;
  SoupSession *session;
  guint n_left;
  guint n_wrong;
} Herd;

static void send_boot (Herd *herd);

static gboolean
retry_cb (gpointer data)
{
  send_boot (data);

  return G_SOURCE_REMOVE;
}

/* As a laptop does: it comes back after what the server says, here a hundred times as fast. */
static void
booted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Herd *herd = data;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  const guint status = body != NULL ? soup_message_get_status (message) : 0;
  const char *after = soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                    "Retry-After");

  if (status == 429)
    {
      g_assert_nonnull (after);
      g_timeout_add ((guint) g_ascii_strtoull (after, NULL, 10) * 10, retry_cb, herd);
      return;
    }
  herd->n_wrong += status != 200;
  if (--herd->n_left == 0)
    g_main_loop_quit (herd->loop);
}

static void
send_boot (Herd *herd)
{
  g_autofree char *address = g_strconcat (herd->server->url, "/v1/boot?sc=1", NULL);
  g_autofree char *value = g_strconcat ("Bearer ", herd->server->token, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", value);
  soup_session_send_and_read_async (herd->session,
                                    message,
                                    G_PRIORITY_DEFAULT,
                                    NULL,
                                    booted_cb,
                                    herd);
}

static gpointer
ask_in_thread (gpointer server)
{
  gint64 *slowest = g_new0 (gint64, 1);

  for (guint i = 0; i < 20; i++)
    {
      const gint64 started = g_get_monotonic_time ();

      g_assert_cmpuint (crm_server_process_call_apart (server, "GET", "/v1/hello", NULL, NULL),
                        ==,
                        200);
      *slowest = MAX (*slowest, g_get_monotonic_time () - started);
    }

  return slowest;
}

/* Pitfall 48: five hundred start from nothing at once. All get it, in turns, and the others are
 * served meanwhile. */
static void
test_herd (CrmServerProcess *server, gconstpointer unused)
{
  g_autofree gint64 *slowest = NULL;
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Herd herd = { .server = server, .loop = loop, .n_left = N_SLOW };
  GThread *thread;

  for (guint n = 1; n <= 200; n++)
    {
      g_autofree char *push = crm_server_process_write_push (server, n);

      g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/push", push, NULL), ==, 200);
    }
  herd.session = session = soup_session_new_with_options ("max-conns",
                                                          N_SLOW,
                                                          "max-conns-per-host",
                                                          N_SLOW,
                                                          NULL);
  for (guint i = 0; i < N_SLOW; i++)
    send_boot (&herd);
  thread = g_thread_new ("ask", ask_in_thread, server);
  g_main_loop_run (loop);
  slowest = g_thread_join (thread);
  g_test_message ("another waited %" G_GINT64_FORMAT " µs at most", *slowest);
  g_assert_cmpuint (herd.n_wrong, ==, 0);
  g_assert_cmpint (*slowest, <, NEVER);
}

/* Below what one address may try. */
#define N_LOGINS 90

typedef struct
{
  GMainLoop *loop;
  guint n_left;
  guint n_answered;
  guint n_busy;
  gint64 seconds; /* a bit for each that was told */
} Logins;

static void
logged_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Logins *logins = data;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  const guint status = body != NULL ? soup_message_get_status (message) : 0;
  const char *after = soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                    "Retry-After");

  logins->n_answered += status == 401;
  logins->n_busy += status == 429;
  if (status == 429)
    logins->seconds |= G_GINT64_CONSTANT (1) << g_ascii_strtoull (after, NULL, 10);
  if (--logins->n_left == 0)
    g_main_loop_quit (logins->loop);
}

/* A password takes a tenth of a second: of those who all log in at once some are told to come back,
 * not all at the same moment, and the others are served. */
static void
test_logins (CrmServerProcess *server, gconstpointer unused)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("max-conns",
                                                                   N_LOGINS,
                                                                   "max-conns-per-host",
                                                                   N_LOGINS,
                                                                   NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autofree char *address = g_strconcat (server->url, "/v1/device", NULL);
  g_autofree gint64 *slowest = NULL;
  Logins logins = { .loop = loop, .n_left = N_LOGINS };
  GThread *thread;

  for (guint i = 0; i < N_LOGINS; i++)
    {
      g_autofree char *text =
          g_strdup_printf ("{\"user\":\"nobody%u\",\"password\":\"" CRM_SERVER_PROCESS_PASSWORD
                           "\",\"replica\":\"01900000-0000-7000-8000-%012x\"}",
                           i,
                           i);
      g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
      g_autoptr (SoupMessage) message = soup_message_new ("POST", address);

      soup_message_set_request_body_from_bytes (message, "application/json", body);
      soup_session_send_and_read_async (session,
                                        message,
                                        G_PRIORITY_DEFAULT,
                                        NULL,
                                        logged_in_cb,
                                        &logins);
    }
  thread = g_thread_new ("ask", ask_in_thread, server);
  g_main_loop_run (loop);
  slowest = g_thread_join (thread);
  g_test_message ("%u answered, %u told to come back, another waited %" G_GINT64_FORMAT
                  " µs at most",
                  logins.n_answered,
                  logins.n_busy,
                  *slowest);
  g_assert_cmpuint (logins.n_answered + logins.n_busy, ==, N_LOGINS);
  g_assert_cmpuint (logins.n_answered, >=, 32);
  g_assert_cmpuint (logins.n_busy, >, 0);
  g_assert_true ((logins.seconds & (logins.seconds - 1)) != 0);
  g_assert_cmpint (*slowest, <, NEVER);
}

int
main (int argc, char *argv[])
{
  crm_server_process_take_program (&argc, argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/server/connections/" path,                                                         \
              CrmServerProcess,                                                                    \
              NULL,                                                                                \
              crm_server_process_set_up,                                                           \
              func,                                                                                \
              crm_server_process_tear_down)
  ADD ("keeps", test_keeps);
  ADD ("headers", test_headers);
  ADD ("herd", test_herd);
  ADD ("logins", test_logins);
#undef ADD

  return g_test_run ();
}
