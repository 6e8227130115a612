#include "server/crm-server-exchange-private.h"

#include "server/crm-server-error.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/resource.h>

#define DEFAULT_PORT    8470
#define MAX_CONNECTIONS 4000
/* Files that are no connections. */
#define SPARE_FILES  128
#define STOP_SECONDS 5

static void
request_started_cb (SoupServer *soup, SoupServerMessage *message, CrmServerHttp *self)
{
  crm_server_exchange_start (self, message);
}

static void
handle_cb (SoupServer *soup,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer data)
{
  CrmServerExchange *exchange = crm_server_exchange_get (message);

  if (exchange != NULL)
    crm_server_exchange_run (exchange);
  else
    soup_server_message_set_status (message, 500, NULL);
}

static void
take_stream (GIOStream *stream, GSocketAddress *local, GSocketAddress *remote, gpointer data)
{
  CrmServerHttp *self = data;
  g_autoptr (GError) error = NULL;

  if (!self->stopping && !soup_server_accept_iostream (self->soup, stream, local, remote, &error))
    g_warning ("A connection was not taken: %s", error->message);
}

static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             CrmServerHttp *self)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);

  /* Gone again, or one too many: dropping it closes it. */
  if (local == NULL || remote == NULL || self->stopping ||
      !crm_server_connections_add (self->connections, connection, remote))
    return TRUE;

  g_socket_set_option (g_socket_connection_get_socket (connection),
                       IPPROTO_TCP,
                       TCP_NODELAY,
                       1,
                       NULL);
  if (self->handshakes != NULL)
    crm_server_handshakes_add (self->handshakes, connection, local, remote);
  else
    take_stream (G_IO_STREAM (connection), local, remote, self);

  return TRUE;
}

/* The system allows so many files, and for a moment there are an eighth more connections. */
static guint
count_connections (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return MAX_CONNECTIONS;
  limit.rlim_cur = CLAMP (limit.rlim_cur, 2 * SPARE_FILES, 2 * MAX_CONNECTIONS);

  return MIN (MAX_CONNECTIONS, (guint) (limit.rlim_cur - SPARE_FILES) / 9 * 8);
}

CrmServerHttp *
crm_server_http_new (CrmServerStore *store, CrmModel *model)
{
  CrmServerHttp *self = g_new0 (CrmServerHttp, 1);

  self->store = store;
  self->machine = crm_server_machine_new (store, model);
  self->database = crm_worker_new ("crm-database");
  self->hasher = crm_worker_new ("crm-hasher");
  self->connections = crm_server_connections_new (count_connections ());
  self->metrics = crm_server_metrics_new ();
  self->waiting = g_hash_table_new (NULL, NULL);
  self->soup = soup_server_new ("server-header", "crm-server", NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (request_started_cb), self);
  soup_server_add_handler (self->soup, NULL, handle_cb, self, NULL);
  self->tick_source = g_timeout_add (1000, crm_server_http_tick_cb, self);

  return self;
}

gboolean
crm_server_http_set_cache (CrmServerHttp *self, const char *dir, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return crm_server_machine_set_cache (self->machine, dir, error);
}

void
crm_server_http_free (CrmServerHttp *self)
{
  if (self == NULL)
    return;

  if (self->service != NULL)
    g_socket_service_stop (self->service);
  g_clear_object (&self->service);
  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_handle_id (&self->wake_source, g_source_remove);
  g_clear_handle_id (&self->stop_source, g_source_remove);
  g_clear_pointer (&self->handshakes, crm_server_handshakes_free);
  soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  /* Each waits for its thread, which may still be at work for one that is gone. */
  g_clear_object (&self->hasher);
  g_clear_object (&self->database);
  g_hash_table_unref (self->waiting);
  crm_server_connections_free (self->connections);
  crm_server_metrics_free (self->metrics);
  crm_server_machine_free (self->machine);
  crm_server_store_free (self->store);
  g_free (self);
}

/*
 * The library closes every connection after one answer when it listens nowhere itself (3.6), and we
 * accept the connections. So it gets a socket to listen at that nobody can reach: its name is gone.
 */
static gboolean
keep_connections (CrmServerHttp *self, GError **error)
{
  g_autofree char *dir = g_dir_make_tmp ("crm-server-XXXXXX", error);
  g_autofree char *path = dir != NULL ? g_build_filename (dir, "none", NULL) : NULL;
  g_autoptr (GSocketAddress) address = path != NULL ? g_unix_socket_address_new (path) : NULL;
  g_autoptr (GSocket) nowhere = NULL;
  gboolean done;

  if (dir == NULL)
    return FALSE;

  nowhere = g_socket_new (G_SOCKET_FAMILY_UNIX,
                          G_SOCKET_TYPE_STREAM,
                          G_SOCKET_PROTOCOL_DEFAULT,
                          error);
  done = nowhere != NULL && g_socket_bind (nowhere, address, FALSE, error) &&
         g_socket_listen (nowhere, error) &&
         soup_server_listen_socket (self->soup, nowhere, 0, error);
  g_unlink (path);
  g_rmdir (dir);

  return done;
}

/* (transfer full) */
static GSocketAddress *
parse_address (const char *text, GError **error)
{
  g_autoptr (GSocketConnectable) parsed = g_network_address_parse (text, DEFAULT_PORT, NULL);
  g_autoptr (GInetAddress) inet = NULL;
  const char *host = NULL;

  if (parsed != NULL)
    host = g_network_address_get_hostname (G_NETWORK_ADDRESS (parsed));
  if (host != NULL)
    inet = g_inet_address_new_from_string (strcmp (host, "localhost") == 0 ? "127.0.0.1" : host);
  if (inet == NULL)
    {
      g_set_error (error,
                   CRM_SERVER_ERROR,
                   CRM_SERVER_ERROR_USAGE,
                   "“%s” is no address like 127.0.0.1:8470",
                   text);
      return NULL;
    }

  return g_inet_socket_address_new (inet, g_network_address_get_port (G_NETWORK_ADDRESS (parsed)));
}

gboolean
crm_server_http_check_address (const char *address, gboolean *is_loopback, GError **error)
{
  g_autoptr (GSocketAddress) parsed = parse_address (address, error);

  if (parsed != NULL)
    *is_loopback = g_inet_address_get_is_loopback (
        g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (parsed)));

  return parsed != NULL;
}

static char *
format_address (CrmServerHttp *self, GSocketAddress *address)
{
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (address);
  g_autofree char *host = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
  const gboolean is_v6 = strchr (host, ':') != NULL;

  return g_strdup_printf ("%s://%s%s%s:%u",
                          self->handshakes != NULL ? "https" : "http",
                          is_v6 ? "[" : "",
                          host,
                          is_v6 ? "]" : "",
                          g_inet_socket_address_get_port (inet));
}

char *
crm_server_http_listen (CrmServerHttp *self,
                        const char *address,
                        GTlsCertificate *certificate,
                        GError **error)
{
  g_autoptr (GSocketAddress) wanted = NULL;
  g_autoptr (GSocketAddress) given = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->service == NULL, NULL);

  if (!(wanted = parse_address (address, error)) || !keep_connections (self, error))
    return NULL;

  if (certificate != NULL)
    self->handshakes = crm_server_handshakes_new (certificate, take_stream, self);
  self->service = g_socket_service_new ();
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), 512);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service),
                                      wanted,
                                      G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP,
                                      NULL,
                                      &given,
                                      error))
    return NULL;
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_socket_service_start (self->service);

  return format_address (self, given);
}

static gboolean
stop_cb (gpointer data)
{
  CrmServerHttp *self = data;

  self->stop_source = 0;
  self->stopped (self->stopped_data);

  return G_SOURCE_REMOVE;
}

void
crm_server_http_check_stopped (CrmServerHttp *self)
{
  if (!self->stopping || self->n_running > 0 || g_hash_table_size (self->waiting) > 0)
    return;

  /* A moment for the last answers to leave. */
  g_clear_handle_id (&self->stop_source, g_source_remove);
  self->stop_source = g_timeout_add (100, stop_cb, self);
}

void
crm_server_http_stop (CrmServerHttp *self, void (*stopped) (gpointer data), gpointer data)
{
  g_return_if_fail (self != NULL);

  if (self->stopping)
    return;

  self->stopping = TRUE;
  self->stopped = stopped;
  self->stopped_data = data;
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  self->stop_source = g_timeout_add_seconds (STOP_SECONDS, stop_cb, self);
  crm_server_http_wake_all (self);
  crm_server_http_check_stopped (self);
}
