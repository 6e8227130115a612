/* What carries a request, against peers that are slow or wrong. */
#include "crm-sync-proxy.h"

#include "sync/crm-sync-http-private.h"

#include <string.h>

typedef struct
{
  CrmSyncProxy *proxy;
  CrmSyncHttp *http;
  guint n_answers;
  guint64 serial;
  gboolean answered;
  guint status;
  guint retry_after;
  gsize size;
  CrmSyncNetworkError error;
  char *message;
  /* Of the peer. */
  gboolean silent;
  guint n_asked;
} Fixture;

static void
answer_cb (guint64 serial, const CrmSyncHttpResult *result, gpointer data)
{
  Fixture *fixture = data;

  fixture->n_answers++;
  fixture->serial = serial;
  fixture->answered = result->answered;
  fixture->status = result->status;
  fixture->retry_after = result->retry_after;
  fixture->size = result->body != NULL ? g_bytes_get_size (result->body) : 0;
  fixture->error = result->error;
  g_set_str (&fixture->message, result->message);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  const CrmSyncHttpTimes times = { .idle_ms = 300, .wait_ms = 900, .total_ms = 2000 };

  fixture->proxy = crm_sync_proxy_new ();
  fixture->http = crm_sync_http_new (answer_cb, fixture);
  crm_sync_http_set_times (fixture->http, &times);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  crm_sync_http_free (fixture->http);
  crm_sync_proxy_free (fixture->proxy);
  g_free (fixture->message);
}

static void
send (Fixture *fixture, const char *server, gboolean waits)
{
  const CrmSyncAction action = { .type = CRM_SYNC_ACTION_SEND,
                                 .serial = 7,
                                 .method = "GET",
                                 .path = (char *) "/v1/hello",
                                 .waits = waits };

  crm_sync_http_send (fixture->http, server, &action);
}

/* Milliseconds until it was over. */
static guint
ask (Fixture *fixture, const char *server, gboolean waits)
{
  const gint64 started = g_get_monotonic_time ();
  const guint n = fixture->n_answers;

  send (fixture, server, waits);
  while (fixture->n_answers == n)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->serial, ==, 7);

  return (guint) ((g_get_monotonic_time () - started) / 1000);
}

/* ---- Time ---- */

/* A body of which one byte comes at a time; nothing at all when it is silent. */
static gpointer
drip_on_thread (gpointer data)
{
  GSocketListener *listener = data;
  g_autoptr (GSocketConnection) connection = g_socket_listener_accept (listener, NULL, NULL, NULL);
  const gboolean silent = g_object_get_data (G_OBJECT (listener), "silent") != NULL;
  static const char text[] = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  if (!silent)
    g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL);
  while (g_object_get_data (G_OBJECT (listener), "end") == NULL)
    {
      if (!silent)
        g_output_stream_write (out, "x", 1, NULL, NULL);
      g_usleep (20000);
    }

  return NULL;
}

static guint
ask_slow_peer (Fixture *fixture, gboolean silent, gboolean waits)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  const guint port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", port);
  GThread *thread;
  guint time;

  g_object_set_data (G_OBJECT (listener), "silent", GINT_TO_POINTER (silent));
  thread = g_thread_new ("peer", drip_on_thread, listener);
  time = ask (fixture, url, waits);
  g_object_set_data (G_OBJECT (listener), "end", GINT_TO_POINTER (TRUE));
  g_thread_join (thread);
  g_assert_false (fixture->answered);
  g_assert_cmpint (fixture->error, ==, CRM_SYNC_NETWORK_TIMEOUT);
  g_assert_cmpstr (fixture->message, ==, "no answer in time");

  return time;
}

/* Nothing comes: a wait for news has more patience than the rest. */
static void
test_silent (Fixture *fixture, gconstpointer unused)
{
  const guint plain = ask_slow_peer (fixture, TRUE, FALSE);
  const guint waits = ask_slow_peer (fixture, TRUE, TRUE);

  g_assert_cmpuint (plain, >=, 290);
  g_assert_cmpuint (plain, <, 850);
  g_assert_cmpuint (waits, >=, 890);
  g_assert_cmpuint (waits, <, 1900);
}

/* Pitfall 33, the other way round: a byte now and then does not hold it for ever. */
static void
test_drip (Fixture *fixture, gconstpointer unused)
{
  const guint time = ask_slow_peer (fixture, FALSE, FALSE);

  g_assert_cmpuint (time, >=, 1990);
  g_assert_cmpuint (time, <, 10000);
}

/* ---- Answers ---- */

static GBytes *
bounce (const char *line, GBytes *reply, gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *headers = g_strdup_printf ("Location: %s/elsewhere\r\nRetry-After: 17\r\n"
                                              "Content-Type: text/plain\r\n",
                                              crm_sync_proxy_get_url (fixture->proxy));

  fixture->n_asked++;

  return crm_sync_proxy_make_reply (302, headers, "moved");
}

/* Nobody is followed, who might want the token. */
static void
test_redirect (Fixture *fixture, gconstpointer unused)
{
  crm_sync_proxy_set_hook (fixture->proxy, bounce, fixture);
  ask (fixture, crm_sync_proxy_get_url (fixture->proxy), FALSE);
  g_assert_true (fixture->answered);
  g_assert_cmpuint (fixture->status, ==, 302);
  g_assert_cmpuint (fixture->size, ==, strlen ("moved"));
  g_assert_cmpuint (fixture->retry_after, ==, 17);
  g_assert_cmpuint (fixture->n_asked, ==, 1);
}

static void
test_refused (Fixture *fixture, gconstpointer unused)
{
  ask (fixture, "http://127.0.0.1:1", FALSE);
  g_assert_false (fixture->answered);
  g_assert_cmpint (fixture->error, ==, CRM_SYNC_NETWORK_OFFLINE);
  ask (fixture, "http://crm.invalid", FALSE);
  g_assert_cmpint (fixture->error, ==, CRM_SYNC_NETWORK_OFFLINE);
}

static gboolean
pass_cb (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

/* What was given up has no answer, however late it comes; another request takes its place. */
static void
test_cancel (Fixture *fixture, gconstpointer unused)
{
  gboolean passed = FALSE;

  crm_sync_proxy_set_hook (fixture->proxy, bounce, fixture);
  send (fixture, crm_sync_proxy_get_url (fixture->proxy), FALSE);
  crm_sync_http_cancel (fixture->http);
  send (fixture, crm_sync_proxy_get_url (fixture->proxy), FALSE);
  ask (fixture, crm_sync_proxy_get_url (fixture->proxy), FALSE);
  g_timeout_add (500, pass_cb, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->n_answers, ==, 1);
}

#define ADD(path, func) g_test_add ("/sync/http/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("silent", test_silent);
  ADD ("drip", test_drip);
  ADD ("redirect", test_redirect);
  ADD ("refused", test_refused);
  ADD ("cancel", test_cancel);

  return g_test_run ();
}
