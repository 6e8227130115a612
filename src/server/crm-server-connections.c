#include "server/crm-server-connections.h"

#include "base/crm-clock.h"

#define SECOND       G_USEC_PER_SEC
#define HEADER_TIME  (10 * SECOND)
#define BODY_IDLE    (30 * SECOND)
#define BODY_TIME    (300 * SECOND)
#define WRITE_IDLE   (60 * SECOND)
#define BETWEEN_TIME (60 * SECOND)
#define KEY          "crm-connection"

struct _CrmServerConnections
{
  /* (element-type Watch): each owned by its socket connection */
  GHashTable *watches;
  guint max;
  guint source;
};

typedef struct
{
  CrmServerConnections *owner; /* NULL when that is gone */
  GSocketConnection *connection;
  gint64 deadline; /* 0: none */
  gint64 body_end;
} Watch;

static gboolean
check_cb (gpointer data)
{
  CrmServerConnections *self = data;
  const gint64 now = crm_clock_get_monotonic ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      Watch *watch = key;

      if (watch->deadline == 0 || watch->deadline > now)
        continue;
      watch->deadline = 0;
      /* The library then reads the end and lets go. */
      g_socket_shutdown (g_socket_connection_get_socket (watch->connection), TRUE, TRUE, NULL);
    }

  return G_SOURCE_CONTINUE;
}

CrmServerConnections *
crm_server_connections_new (guint max)
{
  CrmServerConnections *self = g_new0 (CrmServerConnections, 1);

  self->watches = g_hash_table_new (NULL, NULL);
  self->max = max;
  self->source = g_timeout_add (1000, check_cb, self);

  return self;
}

void
crm_server_connections_free (CrmServerConnections *self)
{
  GHashTableIter iter;
  gpointer key;

  if (self == NULL)
    return;

  g_source_remove (self->source);
  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    ((Watch *) key)->owner = NULL;
  g_hash_table_unref (self->watches);
  g_free (self);
}

static void
connection_gone_cb (gpointer data, GObject *connection)
{
  Watch *watch = data;

  if (watch->owner != NULL)
    g_hash_table_remove (watch->owner->watches, watch);
  watch->connection = NULL;
  g_atomic_rc_box_release (watch);
}

gboolean
crm_server_connections_add (CrmServerConnections *self,
                            GSocketConnection *connection,
                            GSocketAddress *address)
{
  Watch *watch;

  g_return_val_if_fail (self != NULL, FALSE);

  if (g_hash_table_size (self->watches) >= self->max)
    return FALSE;

  watch = g_atomic_rc_box_new0 (Watch);
  watch->owner = self;
  watch->connection = connection;
  watch->deadline = crm_clock_get_monotonic () + HEADER_TIME;
  g_hash_table_add (self->watches, watch);
  g_object_weak_ref (G_OBJECT (connection), connection_gone_cb, watch);
  g_object_set_data_full (G_OBJECT (address),
                          KEY,
                          g_atomic_rc_box_acquire (watch),
                          (GDestroyNotify) g_atomic_rc_box_release);

  return TRUE;
}

static Watch *
find (SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_remote_address (message);

  return address != NULL ? g_object_get_data (G_OBJECT (address), KEY) : NULL;
}

static void
got_headers_cb (SoupServerMessage *message, Watch *watch)
{
  const gint64 now = crm_clock_get_monotonic ();

  watch->body_end = now + BODY_TIME;
  watch->deadline = now + BODY_IDLE;
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, Watch *watch)
{
  watch->deadline = MIN (crm_clock_get_monotonic () + BODY_IDLE, watch->body_end);
}

static void
got_body_cb (SoupServerMessage *message, Watch *watch)
{
  watch->deadline = 0;
}

static void
wrote_data_cb (SoupServerMessage *message, guint size, Watch *watch)
{
  watch->deadline = crm_clock_get_monotonic () + WRITE_IDLE;
}

static void
finished_cb (SoupServerMessage *message, Watch *watch)
{
  watch->deadline = crm_clock_get_monotonic () + BETWEEN_TIME;
}

static void
connect (SoupServerMessage *message, const char *signal, GCallback callback, Watch *watch)
{
  g_signal_connect_data (message,
                         signal,
                         callback,
                         g_atomic_rc_box_acquire (watch),
                         (GClosureNotify) (GCallback) g_atomic_rc_box_release,
                         G_CONNECT_DEFAULT);
}

void
crm_server_connections_follow (CrmServerConnections *self, SoupServerMessage *message)
{
  Watch *watch = find (message);

  if (watch == NULL)
    return;

  connect (message, "got-headers", G_CALLBACK (got_headers_cb), watch);
  connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), watch);
  connect (message, "got-body", G_CALLBACK (got_body_cb), watch);
  connect (message, "wrote-body-data", G_CALLBACK (wrote_data_cb), watch);
  connect (message, "finished", G_CALLBACK (finished_cb), watch);
}

void
crm_server_connections_cut (SoupServerMessage *message)
{
  Watch *watch = find (message);

  if (watch != NULL && watch->connection != NULL)
    g_socket_shutdown (g_socket_connection_get_socket (watch->connection), TRUE, TRUE, NULL);
}

guint
crm_server_connections_get_n (CrmServerConnections *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->watches);
}
