#include "store/key/crm-key.h"

#include "store/crm-store-error-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Hex, white space and a margin; anything longer is no key. */
#define MAX_FILE_BYTES 256

struct _CrmKey
{
  /* In pages of its own, locked in memory, wiped when freed (sodium_malloc). */
  guint8 *bytes;
};

static CrmKey *
new_empty (void)
{
  CrmKey *self;

  if (sodium_init () < 0)
    g_error ("libsodium cannot be initialised");

  self = g_new0 (CrmKey, 1);
  self->bytes = sodium_malloc (CRM_KEY_SIZE);
  if (self->bytes == NULL)
    g_error ("No memory for a key");

  return self;
}

CrmKey *
crm_key_new_random (void)
{
  CrmKey *self = new_empty ();

  randombytes_buf (self->bytes, CRM_KEY_SIZE);

  return self;
}

CrmKey *
crm_key_new_from_bytes (const guint8 bytes[CRM_KEY_SIZE])
{
  CrmKey *self = new_empty ();

  memcpy (self->bytes, bytes, CRM_KEY_SIZE);

  return self;
}

static gboolean
parse (CrmKey *self, const char *data, gsize size)
{
  const char *end = NULL;
  gsize length = 0;

  if (size == CRM_KEY_SIZE)
    {
      memcpy (self->bytes, data, CRM_KEY_SIZE);
      return TRUE;
    }

  if (sodium_hex2bin (self->bytes, CRM_KEY_SIZE, data, size, " \t\r\n", &length, &end) != 0)
    return FALSE;

  return length == CRM_KEY_SIZE && end == data + size;
}

/* Not g_file_get_contents(): its buffer would keep the key after it was freed. */
static gssize
read_file (const char *path, char *buffer, gsize size)
{
  gsize length = 0;
  gssize got = 1;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  if (fd < 0)
    return -1;

  while (length < size && got > 0)
    {
      got = read (fd, buffer + length, size - length);
      if (got > 0)
        length += got;
      else if (got < 0 && errno == EINTR)
        got = 1;
    }
  close (fd);

  return got < 0 ? -1 : (gssize) length;
}

CrmKey *
crm_key_new_from_file (const char *path, GError **error)
{
  g_autoptr (CrmKey) self = NULL;
  char buffer[MAX_FILE_BYTES];
  gssize size;
  gboolean parsed;

  g_return_val_if_fail (path != NULL, NULL);

  size = read_file (path, buffer, sizeof buffer);
  if (size < 0)
    {
      const int code = errno;

      g_set_error (error,
                   G_FILE_ERROR,
                   g_file_error_from_errno (code),
                   "Key file “%s”: %s",
                   path,
                   g_strerror (code));
      return NULL;
    }

  self = new_empty ();
  parsed = parse (self, buffer, size);
  explicit_bzero (buffer, sizeof buffer);
  if (!parsed)
    {
      g_set_error (error,
                   CRM_STORE_ERROR,
                   CRM_STORE_ERROR_KEY,
                   "Key file “%s” does not hold a key: 64 hex digits or 32 bytes are expected",
                   path);
      return NULL;
    }

  return g_steal_pointer (&self);
}

static gboolean
write_all (int fd, const char *data, gsize size)
{
  while (size > 0)
    {
      const gssize written = write (fd, data, size);

      if (written < 0 && errno != EINTR)
        return FALSE;
      if (written > 0)
        {
          data += written;
          size -= written;
        }
    }

  return fsync (fd) == 0;
}

gboolean
crm_key_save (const CrmKey *self, const char *path, GError **error)
{
  char hex[2 * CRM_KEY_SIZE + 1];
  gboolean saved;
  int code;
  int fd;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  saved = fd >= 0;
  if (saved)
    {
      sodium_bin2hex (hex, sizeof hex, self->bytes, CRM_KEY_SIZE);
      hex[2 * CRM_KEY_SIZE] = '\n';
      saved = write_all (fd, hex, sizeof hex);
      code = errno;
      explicit_bzero (hex, sizeof hex);
      close (fd);
      if (!saved)
        g_unlink (path);
      errno = code;
    }

  return saved || crm_store_error_set_file (error, path, errno);
}

gboolean
crm_key_file_is_shared (const char *path)
{
  GStatBuf status;

  g_return_val_if_fail (path != NULL, FALSE);

  return g_stat (path, &status) == 0 && S_ISREG (status.st_mode) && (status.st_mode & 0077) != 0;
}

const guint8 *
crm_key_get_bytes (const CrmKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->bytes;
}

CrmKey *
crm_key_copy (const CrmKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return crm_key_new_from_bytes (self->bytes);
}

void
crm_key_free (CrmKey *self)
{
  if (self == NULL)
    return;

  sodium_free (self->bytes);
  g_free (self);
}
