#include "server/crm-server-handshake.h"

#include "base/crm-clock.h"
#include "server/crm-server-network.h"

#include <string.h>
#include <sys/socket.h>

/* At once, of one network and of all. A whole office may be behind one address. */
#define MAX_OF_NETWORK 32
#define MAX_THREADS    128
/* One in whose way others stand has this long; looked at so often, in milliseconds. */
#define PATIENCE G_USEC_PER_SEC
#define INTERVAL 250
/* A record of TLS: type, version, and the length of what follows. */
#define RECORD_HEADER    5
#define RECORD_HANDSHAKE 22
#define RECORD_MAX       (16 * 1024)

struct _CrmServerHandshakes
{
  GTlsCertificate *certificate;
  CrmServerHandshakeFunc done;
  gpointer data;
  GThreadPool *threads;
  /* (element-type Handshake): their greeting has not come */
  GHashTable *silent;
  /* (element-type Handshake): it has, but there is no place yet; the newest first, which its peer
   * still waits for */
  GQueue waiting;
  /* (element-type Handshake) */
  GHashTable *under_way;
  GCancellable *stopping;
  guint source; /* while some wait */
};

typedef struct
{
  CrmServerHandshakes *owner;
  GSocketConnection *connection;
  GSocketAddress *local;
  GSocketAddress *remote;
  char *network;
  GSource *source;
  GIOStream *stream;
  gint64 started;
} Handshake;

static void
handshake_free (Handshake *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_object (&self->stream);
  g_object_unref (self->connection);
  g_object_unref (self->local);
  g_object_unref (self->remote);
  g_free (self->network);
  g_free (self);
}

static gboolean
has_place (CrmServerHandshakes *self, const char *network)
{
  GHashTableIter iter;
  gpointer key;
  guint n = 0;

  if (g_hash_table_size (self->under_way) >= MAX_THREADS)
    return FALSE;

  g_hash_table_iter_init (&iter, self->under_way);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    n += strcmp (((Handshake *) key)->network, network) == 0;

  return n < MAX_OF_NETWORK;
}

static void start (Handshake *handshake);

static void
start_next (CrmServerHandshakes *self)
{
  for (GList *item = self->waiting.head; item != NULL; item = item->next)
    {
      Handshake *next = item->data;

      if (!has_place (self, next->network))
        continue;
      g_queue_delete_link (&self->waiting, item);
      start (next);
      break;
    }
  if (g_queue_is_empty (&self->waiting))
    g_clear_handle_id (&self->source, g_source_remove);
}

/* Without them one that waits would have a place. */
static gboolean
is_in_the_way (CrmServerHandshakes *self, const Handshake *handshake)
{
  if (g_hash_table_size (self->under_way) >= MAX_THREADS)
    return TRUE;

  for (GList *item = self->waiting.head; item != NULL; item = item->next)
    if (strcmp (((Handshake *) item->data)->network, handshake->network) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
hurry_cb (gpointer data)
{
  CrmServerHandshakes *self = data;
  const gint64 now = crm_clock_get_monotonic ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->under_way);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      Handshake *handshake = key;

      /* Its thread then reads the end. */
      if (handshake->started + PATIENCE <= now && is_in_the_way (self, handshake))
        g_socket_shutdown (g_socket_connection_get_socket (handshake->connection),
                           TRUE,
                           TRUE,
                           NULL);
    }

  return G_SOURCE_CONTINUE;
}

static void
start_or_wait (Handshake *handshake)
{
  CrmServerHandshakes *self = handshake->owner;

  if (has_place (self, handshake->network))
    {
      start (handshake);
      return;
    }
  g_queue_push_head (&self->waiting, handshake);
  if (self->source == 0)
    self->source = g_timeout_add (INTERVAL, hurry_cb, self);
}

static void
greeted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Handshake *handshake = data;
  CrmServerHandshakes *self = handshake->owner;
  const gboolean greeted = g_task_propagate_boolean (G_TASK (result), NULL);

  g_hash_table_remove (self->under_way, handshake);
  if (greeted)
    self->done (handshake->stream, handshake->local, handshake->remote, self->data);
  handshake_free (handshake);
  start_next (self);
}

static void
greet_on_thread (gpointer data, gpointer unused)
{
  g_autoptr (GTask) task = data;
  const Handshake *handshake = g_task_get_task_data (task);

  g_task_return_boolean (task,
                         g_tls_connection_handshake (G_TLS_CONNECTION (handshake->stream),
                                                     g_task_get_cancellable (task),
                                                     NULL));
}

static void
start (Handshake *handshake)
{
  CrmServerHandshakes *self = handshake->owner;
  g_autoptr (GError) error = NULL;
  GTask *task;

  handshake->stream = g_tls_server_connection_new (G_IO_STREAM (handshake->connection),
                                                   self->certificate,
                                                   &error);
  if (handshake->stream == NULL)
    {
      g_warning ("TLS does not start: %s", error->message);
      handshake_free (handshake);
      return;
    }

  handshake->started = crm_clock_get_monotonic ();
  g_hash_table_add (self->under_way, handshake);
  task = g_task_new (NULL, self->stopping, greeted_cb, handshake);
  g_task_set_task_data (task, handshake, NULL);
  g_thread_pool_push (self->threads, task, NULL);
}

/* Wakes us only when @n bytes are there, or the end. */
static void
set_low_water (GSocket *socket, int n)
{
  g_socket_set_option (socket, SOL_SOCKET, SO_RCVLOWAT, n, NULL);
}

/* How much of the first record is missing: 0 when it is whole, -1 when there is no such record. */
static int
look_at_record (GSocket *socket)
{
  guint8 head[RECORD_HEADER];
  int size = 0;
  gssize length = recv (g_socket_get_fd (socket), head, sizeof head, MSG_PEEK | MSG_DONTWAIT);

  if (length < RECORD_HEADER || head[0] != RECORD_HANDSHAKE)
    return -1;
  length = RECORD_HEADER + ((head[3] << 8) | head[4]);
  if (length > RECORD_HEADER + RECORD_MAX)
    return -1;

  {
    g_autofree guint8 *record = g_malloc ((gsize) length);

    size = (int) recv (g_socket_get_fd (socket), record, (gsize) length, MSG_PEEK | MSG_DONTWAIT);
  }

  return size == (int) length ? 0 : (int) length;
}

static gboolean
readable_cb (GSocket *socket, GIOCondition condition, gpointer data)
{
  Handshake *handshake = data;
  CrmServerHandshakes *self = handshake->owner;
  int wanted = 0;
  const int missing = look_at_record (socket);

  g_socket_get_option (socket, SOL_SOCKET, SO_RCVLOWAT, &wanted, NULL);
  if (missing > wanted && (condition & (G_IO_HUP | G_IO_ERR)) == 0)
    {
      set_low_water (socket, missing);
      return G_SOURCE_CONTINUE;
    }

  g_clear_pointer (&handshake->source, g_source_unref);
  g_hash_table_steal (self->silent, handshake);
  if (missing != 0)
    {
      handshake_free (handshake);
      return G_SOURCE_REMOVE;
    }
  set_low_water (socket, 1);
  start_or_wait (handshake);

  return G_SOURCE_REMOVE;
}

CrmServerHandshakes *
crm_server_handshakes_new (GTlsCertificate *certificate, CrmServerHandshakeFunc done, gpointer data)
{
  CrmServerHandshakes *self = g_new0 (CrmServerHandshakes, 1);

  self->certificate = g_object_ref (certificate);
  self->done = done;
  self->data = data;
  self->threads = g_thread_pool_new (greet_on_thread, NULL, MAX_THREADS, FALSE, NULL);
  self->silent = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) handshake_free, NULL);
  self->under_way = g_hash_table_new (NULL, NULL);
  self->stopping = g_cancellable_new ();
  g_queue_init (&self->waiting);

  return self;
}

void
crm_server_handshakes_free (CrmServerHandshakes *self)
{
  if (self == NULL)
    return;

  g_clear_handle_id (&self->source, g_source_remove);
  g_hash_table_unref (self->silent);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) handshake_free);
  g_cancellable_cancel (self->stopping);
  g_thread_pool_free (self->threads, FALSE, TRUE);
  /* What the threads said comes by the main loop. */
  while (g_hash_table_size (self->under_way) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_hash_table_unref (self->under_way);
  g_object_unref (self->stopping);
  g_object_unref (self->certificate);
  g_free (self);
}

void
crm_server_handshakes_add (CrmServerHandshakes *self,
                           GSocketConnection *connection,
                           GSocketAddress *local,
                           GSocketAddress *remote)
{
  Handshake *handshake = g_new0 (Handshake, 1);
  GSocket *socket = g_socket_connection_get_socket (connection);

  g_return_if_fail (self != NULL);

  handshake->owner = self;
  handshake->connection = g_object_ref (connection);
  handshake->local = g_object_ref (local);
  handshake->remote = g_object_ref (remote);
  handshake->network = crm_server_network_dup_name (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
  g_hash_table_add (self->silent, handshake);

  set_low_water (socket, RECORD_HEADER);
  handshake->source = g_socket_create_source (socket, G_IO_IN | G_IO_HUP | G_IO_ERR, NULL);
  g_source_set_callback (handshake->source, G_SOURCE_FUNC (readable_cb), handshake, NULL);
  g_source_attach (handshake->source, NULL);
}
