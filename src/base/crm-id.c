#include "base/crm-id.h"

#include "base/crm-clock.h"

#include <string.h>
#include <sys/random.h>

#define SIZE 16

/* The last id given, so that the next is greater. */
static GMutex last_lock;
static guint8 last[SIZE];

/* Of tests; NULL otherwise. */
static CrmIdFillFunc fill_source;
static gpointer fill_data;

static void
set_version (guint8 *bytes, int version)
{
  bytes[6] = (bytes[6] & 0x0f) | (guint8) (version << 4);
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
}

static char *
format (const guint8 *bytes)
{
  static const char hex[] = "0123456789abcdef";
  char *text = g_malloc (37);
  char *end = text;

  for (guint i = 0; i < SIZE; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *end++ = '-';
      *end++ = hex[bytes[i] >> 4];
      *end++ = hex[bytes[i] & 15];
    }
  *end = '\0';

  return text;
}

static void
fill_random (guint8 *bytes, gsize size)
{
  if (fill_source != NULL)
    {
      fill_source (bytes, size, fill_data);
      return;
    }

  /* Up to 256 bytes come whole and cannot be interrupted once the pool is ready. */
  if (getrandom (bytes, size, 0) == (gssize) size)
    return;

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) g_random_int ();
}

static void
fill_time (guint8 *bytes, guint64 msec)
{
  for (guint i = 0; i < 6; i++)
    bytes[i] = (guint8) (msec >> (8 * (5 - i)));
}

/* RFC 9562, 6.2, method 2: the random part counts on by a random step. The time follows when the
 * random part is full; the bits of version and variant are stepped over. */
static void
step (guint8 *bytes)
{
  guint8 random[4];
  guint64 carry;

  fill_random (random, sizeof random);
  carry = (((guint64) random[0] << 16) | ((guint64) random[1] << 8) | random[2]) + 1;

  for (int i = SIZE - 1; i >= 0 && carry > 0; i--)
    {
      const guint8 mask = i == 8 ? 0x3f : i == 6 ? 0x0f : 0xff;
      const guint bits = i == 8 ? 6 : i == 6 ? 4 : 8;
      const guint64 sum = (bytes[i] & mask) + carry;

      bytes[i] = (guint8) ((bytes[i] & ~mask) | (sum & mask));
      carry = sum >> bits;
    }
}

void
crm_id_set_random (CrmIdFillFunc fill, gpointer data)
{
  g_mutex_lock (&last_lock);
  fill_source = fill;
  fill_data = data;
  memset (last, 0, sizeof last);
  g_mutex_unlock (&last_lock);
}

char *
crm_id_new (void)
{
  const gint64 now = crm_clock_now () / 1000;
  guint8 bytes[SIZE];

  fill_time (bytes, (guint64) MAX (now, 0));
  fill_random (bytes + 6, SIZE - 6);
  set_version (bytes, 7);

  g_mutex_lock (&last_lock);
  if (memcmp (bytes, last, 6) <= 0)
    {
      memcpy (bytes, last, SIZE);
      step (bytes);
    }
  memcpy (last, bytes, SIZE);
  g_mutex_unlock (&last_lock);

  return format (bytes);
}

char *
crm_id_new_for_name (const char *name)
{
  /* RFC 9562, B.2: a hash of our choice, cut to the size of a UUID. */
  static const char space[] = "org.example.Crm:";
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;

  g_return_val_if_fail (name != NULL, NULL);

  g_checksum_update (checksum, (const guchar *) space, strlen (space));
  g_checksum_update (checksum, (const guchar *) name, (gssize) strlen (name));
  g_checksum_get_digest (checksum, digest, &size);
  set_version (digest, 8);

  return format (digest);
}

gboolean
crm_id_is_valid (const char *text)
{
  if (text == NULL)
    return FALSE;

  for (guint i = 0; i < 36; i++)
    {
      const gboolean dash = i == 8 || i == 13 || i == 18 || i == 23;

      if (dash ? text[i] != '-' : !g_ascii_isxdigit (text[i]) || g_ascii_isupper (text[i]))
        return FALSE;
    }

  return text[36] == '\0';
}

char *
crm_id_normalize (const char *text)
{
  g_autofree char *id = NULL;
  gsize length;

  if (text == NULL)
    return NULL;

  id = g_ascii_strdown (text, -1);
  g_strstrip (id);
  length = strlen (id);
  if (length == 38 && id[0] == '{' && id[37] == '}')
    {
      id[37] = '\0';
      memmove (id, id + 1, 37);
    }

  return crm_id_is_valid (id) ? g_steal_pointer (&id) : NULL;
}
