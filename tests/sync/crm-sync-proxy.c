#include "crm-sync-proxy.h"

#include <stdlib.h>
#include <string.h>

struct _CrmSyncProxy
{
  GSocketListener *listener;
  GCancellable *cancellable;
  char *url;
  GMutex mutex;
  /* Guarded by the mutex. */
  char *server;
  CrmSyncProxyHook hook;
  gpointer data;
  guint n_requests;
  guint64 n_sent;
  guint64 n_received;
};

static GBytes *
call_hook (CrmSyncProxy *self, const char *line, GBytes *reply)
{
  CrmSyncProxyHook hook;
  gpointer data;

  g_mutex_lock (&self->mutex);
  hook = self->hook;
  data = self->data;
  g_mutex_unlock (&self->mutex);

  return hook != NULL ? hook (line, reply, data) : NULL;
}

static gsize
find_length (const char *head)
{
  const char *length = strcasestr (head, "\r\nContent-Length:");

  return length != NULL ? strtoul (length + strlen ("\r\nContent-Length:"), NULL, 10) : 0;
}

/* Head and body; NULL when the laptop hung up first. */
static GString *
read_request (GInputStream *stream)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[16 * 1024];
  const char *end = NULL;

  for (;;)
    {
      const gssize size = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL);

      if (size <= 0)
        return NULL;

      g_string_append_len (text, buffer, size);
      end = strstr (text->str, "\r\n\r\n");
      if (end != NULL && text->len >= (gsize) (end + 4 - text->str) + find_length (text->str))
        return g_steal_pointer (&text);
    }
}

static GBytes *
read_all (GInputStream *stream)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 buffer[64 * 1024];
  gssize size;

  while ((size = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_byte_array_append (bytes, buffer, (guint) size);

  return g_byte_array_free_to_bytes (bytes);
}

/* NULL when no server answers. */
static GBytes *
send_on (CrmSyncProxy *self, const GString *request)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *server = NULL;
  const char *rest = strstr (request->str, "\r\n") + 2;
  g_autofree char *line = g_strndup (request->str, (gsize) (rest - request->str));
  g_autofree char *head = g_strconcat (line, "Connection: close\r\n", NULL);
  GOutputStream *out;

  g_mutex_lock (&self->mutex);
  server = g_strdup (self->server);
  g_mutex_unlock (&self->mutex);
  if (server == NULL)
    return NULL;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_uri (client, server, 80, NULL, NULL);
  if (connection == NULL)
    return NULL;

  out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL);
  g_output_stream_write_all (out,
                             rest,
                             request->len - (gsize) (rest - request->str),
                             NULL,
                             NULL,
                             NULL);

  return read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
}

static void
count (CrmSyncProxy *self, gsize sent, gsize received)
{
  g_mutex_lock (&self->mutex);
  self->n_requests++;
  self->n_sent += sent;
  self->n_received += received;
  g_mutex_unlock (&self->mutex);
}

static void
clear (gpointer data)
{
  CrmSyncProxy *self = data;

  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->mutex);
  g_free (self->server);
  g_free (self->url);
}

static void
serve (CrmSyncProxy *self, GSocketConnection *connection)
{
  GIOStream *stream = G_IO_STREAM (connection);
  g_autoptr (GString) request = read_request (g_io_stream_get_input_stream (stream));
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (GBytes) given = NULL;
  g_autofree char *line = NULL;

  if (request == NULL)
    return;

  line = g_strndup (request->str, strcspn (request->str, "\r\n"));
  given = call_hook (self, line, NULL);
  if (given == NULL)
    {
      reply = send_on (self, request);
      given = reply != NULL ? call_hook (self, line, reply) : NULL;
      if (given == NULL && reply != NULL)
        given = g_bytes_ref (reply);
    }
  count (self, request->len, reply != NULL ? g_bytes_get_size (reply) : 0);
  if (given != NULL)
    g_output_stream_write_all (g_io_stream_get_output_stream (stream),
                               g_bytes_get_data (given, NULL),
                               g_bytes_get_size (given),
                               NULL,
                               NULL,
                               NULL);
  g_io_stream_close (stream, NULL, NULL);
}

typedef struct
{
  CrmSyncProxy *proxy;
  GSocketConnection *connection;
} Served;

static gpointer
serve_on_thread (gpointer data)
{
  g_autofree Served *served = data;

  serve (served->proxy, served->connection);
  g_object_unref (served->connection);
  g_atomic_rc_box_release_full (served->proxy, clear);

  return NULL;
}

static gpointer
accept_on_thread (gpointer data)
{
  CrmSyncProxy *self = data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (self->listener, NULL, self->cancellable, NULL)) !=
         NULL)
    {
      Served *served = g_new0 (Served, 1);

      served->proxy = g_atomic_rc_box_acquire (self);
      served->connection = connection;
      g_thread_unref (g_thread_new ("proxy", serve_on_thread, served));
    }
  g_atomic_rc_box_release_full (self, clear);

  return NULL;
}

CrmSyncProxy *
crm_sync_proxy_new (void)
{
  CrmSyncProxy *self = g_atomic_rc_box_new0 (CrmSyncProxy);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) given = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  self->cancellable = g_cancellable_new ();
  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener,
                                 address,
                                 G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP,
                                 NULL,
                                 &given,
                                 &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("http://127.0.0.1:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (given)));
  g_thread_unref (g_thread_new ("proxy", accept_on_thread, g_atomic_rc_box_acquire (self)));

  return self;
}

/* Threads that wait for a server hold it a while longer. */
void
crm_sync_proxy_free (CrmSyncProxy *self)
{
  if (self == NULL)
    return;

  crm_sync_proxy_set_hook (self, NULL, NULL);
  g_cancellable_cancel (self->cancellable);
  g_atomic_rc_box_release_full (self, clear);
}

const char *
crm_sync_proxy_get_url (CrmSyncProxy *self)
{
  return self->url;
}

void
crm_sync_proxy_set_server (CrmSyncProxy *self, const char *url)
{
  g_mutex_lock (&self->mutex);
  g_set_str (&self->server, url);
  g_mutex_unlock (&self->mutex);
}

void
crm_sync_proxy_set_hook (CrmSyncProxy *self, CrmSyncProxyHook hook, gpointer data)
{
  g_mutex_lock (&self->mutex);
  self->hook = hook;
  self->data = data;
  g_mutex_unlock (&self->mutex);
}

guint
crm_sync_proxy_get_n_requests (CrmSyncProxy *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_requests;
  g_mutex_unlock (&self->mutex);

  return n;
}

guint64
crm_sync_proxy_get_n_sent (CrmSyncProxy *self)
{
  guint64 n;

  g_mutex_lock (&self->mutex);
  n = self->n_sent;
  g_mutex_unlock (&self->mutex);

  return n;
}

guint64
crm_sync_proxy_get_n_received (CrmSyncProxy *self)
{
  guint64 n;

  g_mutex_lock (&self->mutex);
  n = self->n_received;
  g_mutex_unlock (&self->mutex);

  return n;
}

void
crm_sync_proxy_reset (CrmSyncProxy *self)
{
  g_mutex_lock (&self->mutex);
  self->n_requests = 0;
  self->n_sent = 0;
  self->n_received = 0;
  g_mutex_unlock (&self->mutex);
}

GBytes *
crm_sync_proxy_make_reply (guint status, const char *headers, const char *body)
{
  char *text = g_strdup_printf ("HTTP/1.1 %u Answer\r\n%sContent-Length: %" G_GSIZE_FORMAT
                                "\r\nConnection: close\r\n\r\n%s",
                                status,
                                headers,
                                strlen (body),
                                body);

  return g_bytes_new_take (text, strlen (text));
}

GBytes *
crm_sync_proxy_cut (GBytes *reply, gsize size)
{
  return g_bytes_new_from_bytes (reply, 0, MIN (size, g_bytes_get_size (reply)));
}
