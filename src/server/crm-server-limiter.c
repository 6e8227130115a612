#include "server/crm-server-limiter.h"

#include "base/crm-text.h"
#include "server/crm-server-network.h"

#define WINDOW (15 * 60 * G_USEC_PER_SEC)
/* Wrong tries within the window. */
#define MAX_PAIR    5
#define MAX_NAME    50
#define MAX_ADDRESS 100
/* Keys kept; whoever makes up more names pushes out the oldest of them all. */
#define MAX_KEYS 20000

typedef struct
{
  gint64 start;
  guint n;
} Count;

struct _CrmServerLimiter
{
  /* (element-type utf8 Count) */
  GHashTable *counts;
};

CrmServerLimiter *
crm_server_limiter_new (void)
{
  CrmServerLimiter *self = g_new0 (CrmServerLimiter, 1);

  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
crm_server_limiter_free (CrmServerLimiter *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->counts);
  g_free (self);
}

enum
{
  PAIR,
  NAME,
  ADDRESS,
  N_KEYS
};

static const guint limits[N_KEYS] = { MAX_PAIR, MAX_NAME, MAX_ADDRESS };

static void
make_keys (const char *name, const char *address, char *keys[N_KEYS])
{
  g_autofree char *folded = crm_text_fold (name);
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);
  g_autofree char *network = inet != NULL ? crm_server_network_dup_name (inet) : g_strdup (address);

  keys[PAIR] = g_strconcat ("p\n", network, "\n", folded, NULL);
  keys[NAME] = g_strconcat ("n\n", folded, NULL);
  keys[ADDRESS] = g_strconcat ("a\n", network, NULL);
}

static void
free_keys (char *keys[N_KEYS])
{
  for (guint i = 0; i < N_KEYS; i++)
    g_free (keys[i]);
}

guint
crm_server_limiter_check (CrmServerLimiter *self, const char *name, const char *address, gint64 now)
{
  char *keys[N_KEYS];
  gint64 wait = 0;

  g_return_val_if_fail (self != NULL, 0);

  make_keys (name, address, keys);
  for (guint i = 0; i < N_KEYS; i++)
    {
      const Count *count = g_hash_table_lookup (self->counts, keys[i]);

      if (count != NULL && count->n >= limits[i])
        wait = MAX (wait, count->start + WINDOW - now);
    }
  free_keys (keys);

  return wait > 0 ? (guint) ((wait + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC) : 0;
}

static gboolean
is_over (gpointer key, gpointer value, gpointer now)
{
  return ((Count *) value)->start + WINDOW <= *(gint64 *) now;
}

static void
make_room (CrmServerLimiter *self, gint64 now)
{
  GHashTableIter iter;
  gpointer key, value;
  const char *oldest = NULL;
  gint64 start = G_MAXINT64;

  if (g_hash_table_size (self->counts) < MAX_KEYS)
    return;
  if (g_hash_table_foreach_remove (self->counts, is_over, &now) > 0)
    return;

  g_hash_table_iter_init (&iter, self->counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((Count *) value)->start < start)
      {
        start = ((Count *) value)->start;
        oldest = key;
      }
  if (oldest != NULL)
    g_hash_table_remove (self->counts, oldest);
}

void
crm_server_limiter_add (CrmServerLimiter *self, const char *name, const char *address, gint64 now)
{
  char *keys[N_KEYS];

  g_return_if_fail (self != NULL);

  make_keys (name, address, keys);
  for (guint i = 0; i < N_KEYS; i++)
    {
      Count *count = g_hash_table_lookup (self->counts, keys[i]);

      if (count == NULL)
        {
          make_room (self, now);
          count = g_new0 (Count, 1);
          count->start = now;
          g_hash_table_insert (self->counts, g_strdup (keys[i]), count);
        }
      if (count->start + WINDOW <= now)
        *count = (Count) { now, 0 };
      count->n++;
    }
  free_keys (keys);
}

void
crm_server_limiter_forgive (CrmServerLimiter *self, const char *name, const char *address)
{
  char *keys[N_KEYS];

  g_return_if_fail (self != NULL);

  make_keys (name, address, keys);
  g_hash_table_remove (self->counts, keys[PAIR]);
  for (guint i = NAME; i < N_KEYS; i++)
    {
      Count *count = g_hash_table_lookup (self->counts, keys[i]);

      if (count != NULL && count->n > 0)
        count->n--;
    }
  free_keys (keys);
}
