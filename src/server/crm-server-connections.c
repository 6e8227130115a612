#include "server/crm-server-connections.h"

#include "base/crm-clock.h"
#include "server/crm-server-network.h"

#define SECOND       G_USEC_PER_SEC
#define HEADER_TIME  (10 * SECOND)
#define BODY_IDLE    (30 * SECOND)
#define BODY_TIME    (300 * SECOND)
#define WRITE_IDLE   (60 * SECOND)
#define BETWEEN_TIME (60 * SECOND)
#define KEY          "crm-connection"
/* Those that were cut off are still there for a moment. */
#define SPARE_SHARE 8

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
  char *network;
  /* When it has to have gone on; 0: it is not its turn. */
  gint64 deadline;
  gint64 body_end;
} Watch;

static void
watch_clear (gpointer watch)
{
  g_free (((Watch *) watch)->network);
}

static void
watch_release (gpointer watch)
{
  g_atomic_rc_box_release_full (watch, watch_clear);
}

/* The library then reads the end and lets go. */
static void
cut (Watch *watch)
{
  watch->deadline = 0;
  g_socket_shutdown (g_socket_connection_get_socket (watch->connection), TRUE, TRUE, NULL);
}

void
crm_server_connections_check (CrmServerConnections *self)
{
  const gint64 now = crm_clock_get_monotonic ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      Watch *watch = key;

      if (watch->deadline != 0 && watch->deadline <= now)
        cut (watch);
    }
}

static gboolean
check_cb (gpointer data)
{
  crm_server_connections_check (data);

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
  watch_release (watch);
}

/* How many of each network we wait for. */
static GHashTable *
count_networks (CrmServerConnections *self)
{
  GHashTable *counts = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      Watch *watch = key;
      const guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, watch->network));

      if (watch->deadline != 0)
        g_hash_table_insert (counts, watch->network, GUINT_TO_POINTER (n + 1));
    }

  return counts;
}

/* Of the network that keeps us waiting with most of them, the one whose time is over first: nobody
 * shuts the others out by opening many and saying nothing. */
static void
make_room (CrmServerConnections *self)
{
  g_autoptr (GHashTable) counts = count_networks (self);
  Watch *worst = NULL;
  guint most = 0;
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      Watch *watch = key;
      const guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, watch->network));

      if (watch->deadline == 0 || n < most || (n == most && watch->deadline >= worst->deadline))
        continue;
      worst = watch;
      most = n;
    }
  if (worst != NULL)
    cut (worst);
}

gboolean
crm_server_connections_add (CrmServerConnections *self,
                            GSocketConnection *connection,
                            GSocketAddress *address)
{
  const guint n = g_hash_table_size (self->watches);
  Watch *watch;

  g_return_val_if_fail (self != NULL, FALSE);

  if (n >= self->max)
    make_room (self);
  if (n >= self->max + self->max / SPARE_SHARE)
    return FALSE;

  watch = g_atomic_rc_box_new0 (Watch);
  watch->network = crm_server_network_dup_name (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
  watch->owner = self;
  watch->connection = connection;
  watch->deadline = crm_clock_get_monotonic () + HEADER_TIME;
  g_hash_table_add (self->watches, watch);
  g_object_weak_ref (G_OBJECT (connection), connection_gone_cb, watch);
  g_object_set_data_full (G_OBJECT (address), KEY, g_atomic_rc_box_acquire (watch), watch_release);

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
                         (GClosureNotify) (GCallback) watch_release,
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
    cut (watch);
}

guint
crm_server_connections_get_n (CrmServerConnections *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->watches);
}
