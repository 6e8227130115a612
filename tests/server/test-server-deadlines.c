#include "crm-server-fixture.h"
#include "crm-server-process.h"

#include "base/crm-clock.h"
#include "server/crm-server-exchange-private.h"

#include <string.h>

/* How long a connection may take, by a clock that the test sets. The server is in this process, so
 * that its main loop is the test's. */

#define SECOND G_USEC_PER_SEC

typedef struct
{
  CrmServerFixture fixture;
  CrmServerHttp *http;
  GSocketAddress *address;
  GPtrArray *clients; /* (element-type GSocketConnection) */
} Server;

static gint64 now;

static gint64
tell_wall (gpointer unused)
{
  return G_GINT64_CONSTANT (1772352000) * SECOND;
}

static gint64
tell_monotonic (gpointer unused)
{
  return now;
}

static void
set_up (Server *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GUri) uri = NULL;
  CrmServerStore *store;

  now = 1000 * SECOND;
  crm_clock_set_source (tell_wall, tell_monotonic, NULL);
  crm_server_fixture_set_up (&self->fixture, NULL);
  store = crm_server_store_open (self->fixture.path, FALSE, &error);
  g_assert_no_error (error);
  self->http = crm_server_http_new (store, crm_model_get_default ());
  url = crm_server_http_listen (self->http, "127.0.0.1:0", NULL, &error);
  g_assert_no_error (error);
  uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  self->address = g_inet_socket_address_new_from_string ("127.0.0.1", (guint) g_uri_get_port (uri));
  self->clients = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
tear_down (Server *self, gconstpointer unused)
{
  g_ptr_array_unref (self->clients);
  g_object_unref (self->address);
  crm_server_http_free (self->http);
  crm_server_fixture_tear_down (&self->fixture, NULL);
  crm_clock_set_source (NULL, NULL, NULL);
}

static guint
count_connections (Server *self)
{
  return crm_server_connections_get_n (self->http->connections);
}

/* @said: nullable */
static GSocketConnection *
connect_and_say (Server *self, const char *said)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (self->address), NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_add (self->clients, connection);
  if (said != NULL)
    g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                               said,
                               strlen (said),
                               NULL,
                               NULL,
                               &error);
  g_assert_no_error (error);

  return connection;
}

/* What the server has said, once it says something or lets go: then "". */
static char *
listen_to (GSocketConnection *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection);

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      char bytes[4096];
      const gssize got = g_socket_receive_with_blocking (socket,
                                                         bytes,
                                                         sizeof bytes,
                                                         FALSE,
                                                         NULL,
                                                         &error);

      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return g_strndup (bytes, (gsize) MAX (got, 0));
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
wait_for_connections (Server *self, guint n)
{
  while (count_connections (self) != n)
    g_main_context_iteration (NULL, TRUE);
}

/* What was sent before has been read. */
static void
settle (Server *self)
{
  const guint n = self->clients->len;
  GSocketConnection *last = connect_and_say (self, "GET /v1/hello HTTP/1.1\r\nHost: x\r\n\r\n");
  g_autofree char *said = listen_to (last);

  g_assert_true (g_str_has_prefix (said, "HTTP/1.1 200"));
  g_ptr_array_set_size (self->clients, (int) n);
  wait_for_connections (self, n);
}

static void
pass (Server *self, gint64 time)
{
  now += time;
  crm_server_connections_check (self->http->connections);
}

static void
assert_cut (GSocketConnection *connection)
{
  g_autofree char *said = listen_to (connection);

  g_assert_cmpstr (said, ==, "");
}

static void
test_header (Server *self, gconstpointer unused)
{
  GSocketConnection *silent = connect_and_say (self, NULL);
  GSocketConnection *slow = connect_and_say (self, "GET /v1/he");

  settle (self);
  pass (self, 10 * SECOND - 1);
  g_assert_true (crm_server_connection_is_open (silent) && crm_server_connection_is_open (slow));
  pass (self, 1);
  assert_cut (silent);
  assert_cut (slow);
}

/* Thirty seconds from the last byte of a body on, five minutes in all. */
static void
test_body (Server *self, gconstpointer unused)
{
  GSocketConnection *slow =
      connect_and_say (self,
                       "POST /v1/device HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{");

  settle (self);
  for (guint i = 0; i < 10; i++)
    {
      pass (self, 30 * SECOND - 1);
      g_assert_true (crm_server_connection_is_open (slow));
      g_assert_cmpint (g_socket_send (g_socket_connection_get_socket (slow), "x", 1, NULL, NULL),
                       ==,
                       1);
      settle (self);
    }
  pass (self, 11);
  assert_cut (slow);
}

static void
test_body_idle (Server *self, gconstpointer unused)
{
  GSocketConnection *idle =
      connect_and_say (self,
                       "POST /v1/device HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{");

  settle (self);
  pass (self, 30 * SECOND - 1);
  g_assert_true (crm_server_connection_is_open (idle));
  pass (self, 1);
  assert_cut (idle);
}

static void
test_between (Server *self, gconstpointer unused)
{
  GSocketConnection *done = connect_and_say (self, "GET /v1/hello HTTP/1.1\r\nHost: x\r\n\r\n");
  g_autofree char *said = listen_to (done);

  settle (self);
  pass (self, 60 * SECOND - 1);
  g_assert_true (crm_server_connection_is_open (done));
  pass (self, 1);
  assert_cut (done);
}

/* Many that say nothing: the oldest makes room for who comes. */
static void
test_full (Server *self, gconstpointer unused)
{
  CrmServerConnections *unlimited = self->http->connections;
  GSocketConnection *silent[16];
  GSocketConnection *last;
  g_autofree char *said = NULL;

  self->http->connections = crm_server_connections_new (G_N_ELEMENTS (silent));
  for (guint i = 0; i < G_N_ELEMENTS (silent); i++, now++)
    {
      silent[i] = connect_and_say (self, NULL);
      wait_for_connections (self, i + 1);
    }
  last = connect_and_say (self, "GET /v1/hello HTTP/1.1\r\nHost: x\r\n\r\n");
  said = listen_to (last);
  g_assert_true (g_str_has_prefix (said, "HTTP/1.1 200"));
  assert_cut (silent[0]);
  for (guint i = 1; i < G_N_ELEMENTS (silent); i++)
    g_assert_true (crm_server_connection_is_open (silent[i]));
  crm_server_connections_free (unlimited);
}

/* Of what costs much only so many are under way: the others are told when to come back. */
static void
test_busy (Server *self, gconstpointer unused)
{
  static const char *const asked[] = {
    "GET /v1/boot?sc=1 HTTP/1.1\r\nHost: x\r\n\r\n",
    "POST /v1/device HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
  };
  static const CrmServerSort sorts[] = { CRM_SERVER_SORT_BOOT, CRM_SERVER_SORT_LOGIN };

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autofree char *busy = NULL;
      g_autofree char *free_again = NULL;

      self->http->n_of_sort[sorts[i]] = 32;
      busy = listen_to (connect_and_say (self, asked[i]));
      g_assert_true (g_str_has_prefix (busy, "HTTP/1.1 429"));
      g_assert_nonnull (strstr (busy, "Retry-After: "));
      g_assert_nonnull (strstr (busy, "\"code\":\"busy\""));
      g_assert_nonnull (strstr (busy, "\"retry_after\":"));
      /* The one that was refused has no part in it. */
      g_assert_cmpuint (self->http->n_of_sort[sorts[i]], ==, 32);
      self->http->n_of_sort[sorts[i]] = 31;
      free_again = listen_to (connect_and_say (self, asked[i]));
      g_assert_false (g_str_has_prefix (free_again, "HTTP/1.1 429"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/server/deadlines/" path, Server, NULL, set_up, func, tear_down)
  ADD ("header", test_header);
  ADD ("body", test_body);
  ADD ("body-idle", test_body_idle);
  ADD ("between", test_between);
  ADD ("full", test_full);
  ADD ("busy", test_busy);
#undef ADD

  return g_test_run ();
}
