#include "crm-server-process.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

/* Listening, TLS and stopping, with the program itself. */

static char *
find_data (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", name, NULL);
}

static void
start_tls (CrmServerProcess *server)
{
  g_autofree char *certificate = find_data ("server-cert.pem");
  g_autofree char *key = find_data ("server-key.pem");
  g_autofree char *options = g_strdup_printf ("--tls-cert %s --tls-key %s", certificate, key);

  crm_server_process_start (server, options);
  g_assert_true (g_str_has_prefix (server->url, "https://127.0.0.1:"));
}

static void
trust (CrmServerProcess *server, const char *name)
{
  g_autofree char *path = find_data (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (path, &error);

  g_assert_no_error (error);
  soup_session_set_tls_database (server->session, database);
}

/* Whoever knows the certificate is served; a stranger sends nothing. */
static void
test_tls (CrmServerProcess *server, gconstpointer unused)
{
  g_autofree char *push = NULL;
  g_autofree char *plain = NULL;

  start_tls (server);
  trust (server, "other-cert.pem");
  g_assert_cmpuint (crm_server_process_call (server, "GET", "/v1/hello", NULL, NULL), ==, 0);

  trust (server, "server-cert.pem");
  g_assert_cmpuint (crm_server_process_call (server, "GET", "/v1/hello", NULL, NULL), ==, 200);
  crm_server_process_log_in (server);
  push = crm_server_process_write_push (server, 1);
  g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/push", push, NULL), ==, 200);

  /* Without TLS there is nothing to be had on that port, and nothing breaks. */
  plain = g_strconcat ("http", server->url + strlen ("https"), NULL);
  g_set_str (&server->url, plain);
  g_assert_cmpuint (crm_server_process_call (server, "GET", "/v1/hello", NULL, NULL), ==, 0);
  g_assert_cmpint (WEXITSTATUS (crm_server_process_stop (server, SIGTERM)), ==, 0);
}

static void
write_bytes (GSocketConnection *connection, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_bytes (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                               bytes,
                               NULL,
                               &error);
  g_assert_no_error (error);
}

/* What a client says first. */
static GBytes *
make_greeting (void)
{
  g_autoptr (GInputStream) nothing = g_memory_input_stream_new ();
  g_autoptr (GOutputStream) said = g_memory_output_stream_new_resizable ();
  g_autoptr (GIOStream) both = g_simple_io_stream_new (nothing, said);
  g_autoptr (GIOStream) tls = g_tls_client_connection_new (both, NULL, NULL);

  g_assert_false (g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL));
  if (!g_output_stream_is_closed (said))
    g_output_stream_close (said, NULL, NULL);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (said));
}

static guint
count_open (GPtrArray *connections)
{
  guint n = 0;

  for (guint i = 0; i < connections->len; i++)
    n += crm_server_connection_is_open (connections->pdata[i]);

  return n;
}

/* Handshakes that do not go on keep nobody waiting until they are cut off. */
static void
stall (CrmServerProcess *server, GBytes *said, guint n)
{
  g_autoptr (GPtrArray) idle = g_ptr_array_new_with_free_func (g_object_unref);

  start_tls (server);
  trust (server, "server-cert.pem");
  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (idle, crm_server_process_connect (server));
      if (said != NULL)
        write_bytes (idle->pdata[i], said);
    }
  g_assert_cmpuint (crm_server_process_call (server, "GET", "/v1/hello", NULL, NULL), ==, 200);
  g_assert_cmpuint (count_open (idle), >, 0);
}

static void
test_tls_silent (CrmServerProcess *server, gconstpointer unused)
{
  stall (server, NULL, 100);
}

/* The beginning of a greeting: a handshake record of version 3.1. */
static void
test_tls_slow (CrmServerProcess *server, gconstpointer unused)
{
  g_autoptr (GBytes) begun = g_bytes_new_static ("\x16\x03\x01", 3);

  stall (server, begun, 100);
}

/* The whole greeting, and nothing after what the server says to it. */
static void
test_tls_stalled (CrmServerProcess *server, gconstpointer unused)
{
  g_autoptr (GBytes) greeting = make_greeting ();

  g_assert_cmpuint (g_bytes_get_size (greeting), >, 100);
  stall (server, greeting, 300);
}

/* A key that is not the certificate's, and a file that is none. */
static void
test_tls_wrong (CrmServerProcess *server, gconstpointer unused)
{
  g_autofree char *certificate = find_data ("server-cert.pem");
  g_autofree char *twice = g_strdup_printf ("--listen 127.0.0.1:0 --tls-cert %s --tls-key %s",
                                            certificate,
                                            certificate);
  g_autofree char *text = g_strdup_printf ("--listen 127.0.0.1:0 --tls-cert PW --tls-key %s",
                                           certificate);
  g_autofree char *none = g_strdup_printf ("--listen 127.0.0.1:0 --tls-cert DIR/none --tls-key %s",
                                           certificate);

  g_assert_cmpint (crm_server_process_run (server, twice, NULL), ==, 1);
  g_assert_cmpint (crm_server_process_run (server, text, NULL), ==, 1);
  g_assert_cmpint (crm_server_process_run (server, none, NULL), ==, 1);
}

/* Plain http to other machines only when somebody said so. */
static void
test_insecure (CrmServerProcess *server, gconstpointer unused)
{
  g_assert_cmpint (crm_server_process_run (server, "--listen 0.0.0.0:0", NULL), ==, 2);
  g_assert_cmpint (crm_server_process_run (server, "--listen 192.0.2.1:0", NULL), ==, 2);
  crm_server_process_start (server, "--listen 0.0.0.0:0 --insecure");
  g_assert_true (g_str_has_prefix (server->url, "http://0.0.0.0:"));
}

typedef struct
{
  CrmServerProcess *server;
  const char *body;
  char *reply;
  gint64 done;
} Waiting;

static gpointer
wait_in_thread (gpointer data)
{
  Waiting *waiting = data;

  crm_server_process_call_apart (waiting->server,
                                 "POST",
                                 "/v1/pull?wait=50",
                                 waiting->body,
                                 &waiting->reply);
  waiting->done = g_get_monotonic_time ();

  return NULL;
}

static char *
write_pull (CrmServerProcess *server)
{
  g_autofree char *cursor = crm_server_process_dup_cursor (server);

  return g_strdup_printf ("{\"proto\":1,\"schema\":1,\"cur\":\"%s\"}", cursor);
}

/* Until the server has so many long polls that wait. */
static void
wait_for_waiting (CrmServerProcess *server, guint n)
{
  g_autofree char *line = g_strdup_printf ("\ncrm_waiting %u\n", n);
  gboolean all = FALSE;

  while (!all)
    {
      g_autofree char *metrics = NULL;

      g_assert_cmpuint (crm_server_process_call (server, "GET", "/metrics", NULL, &metrics),
                        ==,
                        200);
      all = strstr (metrics, line) != NULL;
      g_usleep (10000);
    }
}

/* Who waits hears of a change at once. */
static void
test_wait (CrmServerProcess *server, gconstpointer unused)
{
  g_autofree char *body = write_pull (server);
  g_autofree char *push = crm_server_process_write_push (server, 1);
  Waiting waiting = { .server = server, .body = body };
  GThread *thread = g_thread_new ("wait", wait_in_thread, &waiting);
  gint64 pushed;

  wait_for_waiting (server, 1);
  g_assert_cmpint (waiting.done, ==, 0);
  g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/push", push, NULL), ==, 200);
  pushed = g_get_monotonic_time ();
  g_thread_join (thread);
  g_assert_nonnull (strstr (waiting.reply, "Bakker"));
  g_test_message ("%" G_GINT64_FORMAT " µs", waiting.done - pushed);
  /* A goal of 50 ms, on a machine that others use; without news it is 50 s. */
  g_assert_cmpint (waiting.done - pushed, <, 25 * G_USEC_PER_SEC);
  g_free (waiting.reply);
}

/* Stopping answers all who wait, at once. */
static void
test_stop_waiting (CrmServerProcess *server, gconstpointer unused)
{
  g_autofree char *body = write_pull (server);
  Waiting waiting[20];
  GThread *threads[G_N_ELEMENTS (waiting)];
  gint64 started;
  int status;

  for (guint i = 0; i < G_N_ELEMENTS (waiting); i++)
    {
      waiting[i] = (Waiting) { .server = server, .body = body };
      threads[i] = g_thread_new ("wait", wait_in_thread, &waiting[i]);
    }
  wait_for_waiting (server, G_N_ELEMENTS (waiting));
  started = g_get_monotonic_time ();
  status = crm_server_process_stop (server, SIGTERM);
  g_test_message ("%" G_GINT64_FORMAT " µs", g_get_monotonic_time () - started);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  for (guint i = 0; i < G_N_ELEMENTS (waiting); i++)
    {
      g_thread_join (threads[i]);
      g_assert_nonnull (waiting[i].reply);
      g_assert_nonnull (strstr (waiting[i].reply, "\"end\""));
      g_free (waiting[i].reply);
    }
}

/* A body that never comes whole does not hold the end up. */
static void
test_stop_slow (CrmServerProcess *server, gconstpointer unused)
{
  static const char head[] = "POST /v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{";
  g_autoptr (GSocketConnection) connection = crm_server_process_connect (server);
  g_autoptr (GBytes) bytes = g_bytes_new_static (head, strlen (head));
  gint64 started;
  int status;

  write_bytes (connection, bytes);
  g_usleep (200000);
  started = g_get_monotonic_time ();
  status = crm_server_process_stop (server, SIGTERM);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 4500000);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

int
main (int argc, char *argv[])
{
  crm_server_process_take_program (&argc, argv);
  g_test_init (&argc, &argv, NULL);
  /* GLib's TLS warns where a system trusts nobody yet, as a fresh one may; the tests bring their
   * own certificates. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);

#define ADD(path, set_up, func)                                                                    \
  g_test_add ("/server/http/" path,                                                                \
              CrmServerProcess,                                                                    \
              NULL,                                                                                \
              set_up,                                                                              \
              func,                                                                                \
              crm_server_process_tear_down)
  ADD ("tls", crm_server_process_set_up_stopped, test_tls);
  ADD ("tls-silent", crm_server_process_set_up_stopped, test_tls_silent);
  ADD ("tls-stalled", crm_server_process_set_up_stopped, test_tls_stalled);
  ADD ("tls-slow", crm_server_process_set_up_stopped, test_tls_slow);
  ADD ("tls-wrong", crm_server_process_set_up_stopped, test_tls_wrong);
  ADD ("insecure", crm_server_process_set_up_stopped, test_insecure);
  ADD ("wait", crm_server_process_set_up, test_wait);
  ADD ("stop-waiting", crm_server_process_set_up, test_stop_waiting);
  ADD ("stop-slow", crm_server_process_set_up, test_stop_slow);
#undef ADD

  return g_test_run ();
}
