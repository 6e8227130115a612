#include "store/key/crm-sealed-file-private.h"

#include "store/crm-store-error-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "CRM backup 1\n"
#define PIECE (64 * 1024)
/* A file of a stranger must not make us take all memory or a day. */
#define MAX_OPERATIONS 16
#define MAX_MEMORY     (1024u * 1024 * 1024)

typedef struct
{
  char magic[sizeof MAGIC - 1];
  guint8 operations[8];
  guint8 memory[8];
  guint8 salt[crypto_pwhash_SALTBYTES];
} Head;

typedef struct
{
  crypto_secretstream_xchacha20poly1305_state state;
  FILE *file;
  const char *path;
} Stream;

static void
clear_stream (Stream *stream)
{
  if (stream->file != NULL)
    fclose (stream->file);
  sodium_memzero (stream, sizeof *stream);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stream, clear_stream)

static void
close_file (FILE *file)
{
  fclose (file);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FILE, close_file)

static gboolean
fail_damaged (const char *path, GError **error)
{
  g_set_error (error,
               CRM_STORE_ERROR,
               CRM_STORE_ERROR_CORRUPT,
               "“%s” is damaged or not complete; use another backup",
               path);

  return FALSE;
}

static void
put_number (guint8 bytes[8], guint64 number)
{
  number = GUINT64_TO_LE (number);
  memcpy (bytes, &number, 8);
}

static guint64
get_number (const guint8 bytes[8])
{
  guint64 number;

  memcpy (&number, bytes, 8);

  return GUINT64_FROM_LE (number);
}

/* @key: in locked memory. */
static gboolean
derive (const Head *head, const char *password, guint8 *key, GError **error)
{
  const guint64 operations = get_number (head->operations);
  const guint64 memory = get_number (head->memory);

  if (operations >= crypto_pwhash_OPSLIMIT_MIN && operations <= MAX_OPERATIONS &&
      memory >= crypto_pwhash_MEMLIMIT_MIN && memory <= MAX_MEMORY &&
      crypto_pwhash (key,
                     crypto_secretstream_xchacha20poly1305_KEYBYTES,
                     password,
                     strlen (password),
                     head->salt,
                     operations,
                     memory,
                     crypto_pwhash_ALG_ARGON2ID13) == 0)
    return TRUE;

  g_set_error_literal (error,
                       CRM_STORE_ERROR,
                       CRM_STORE_ERROR_FAILED,
                       "The key cannot be made of the password: not enough memory");

  return FALSE;
}

static gboolean
push (Stream *stream,
      const guint8 *data,
      gsize size,
      const Head *head,
      gboolean last,
      GError **error)
{
  static const guint8 none;
  g_autofree guint8 *sealed = g_malloc (size + crypto_secretstream_xchacha20poly1305_ABYTES);
  unsigned long long n_sealed = 0;

  crypto_secretstream_xchacha20poly1305_push (&stream->state,
                                              sealed,
                                              &n_sealed,
                                              data,
                                              size,
                                              head != NULL ? (const guint8 *) head : &none,
                                              head != NULL ? sizeof *head : 0,
                                              last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                                   : 0);

  return fwrite (sealed, 1, n_sealed, stream->file) == n_sealed ||
         crm_store_error_set_file (error, stream->path, errno);
}

static gboolean
write_head (Stream *stream, const CrmKey *content_key, const char *password, GError **error)
{
  guint8 header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
  guint8 *key = sodium_malloc (crypto_secretstream_xchacha20poly1305_KEYBYTES);
  Head head;
  gboolean derived;

  memcpy (head.magic, MAGIC, sizeof head.magic);
  put_number (head.operations, crypto_pwhash_OPSLIMIT_MODERATE);
  put_number (head.memory, crypto_pwhash_MEMLIMIT_MODERATE);
  randombytes_buf (head.salt, sizeof head.salt);

  derived = key != NULL && derive (&head, password, key, error);
  if (derived)
    crypto_secretstream_xchacha20poly1305_init_push (&stream->state, header, key);
  sodium_free (key);
  if (!derived)
    return FALSE;

  if (fwrite (&head, sizeof head, 1, stream->file) != 1 ||
      fwrite (header, sizeof header, 1, stream->file) != 1)
    return crm_store_error_set_file (error, stream->path, errno);

  return push (stream, crm_key_get_bytes (content_key), CRM_KEY_SIZE, &head, FALSE, error);
}

/* Reads one piece ahead, so that the last is known to be the last. */
static gboolean
write_content (Stream *stream,
               FILE *content,
               guint64 total,
               CrmProgress *progress,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  guint64 done = 0;
  gboolean last;

  do
    {
      const gsize size = fread (piece, 1, PIECE, content);

      done += size;
      last = done >= total || size < PIECE;
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !push (stream, piece, size, NULL, last, error))
        return FALSE;
      crm_progress_set (progress, done, total);
    }
  while (!last);

  return TRUE;
}

gboolean
crm_sealed_file_write (const char *content,
                       const CrmKey *content_key,
                       const char *path,
                       const char *password,
                       CrmProgress *progress,
                       GCancellable *cancellable,
                       GError **error)
{
  g_auto (Stream) stream = { .path = path };
  g_autoptr (FILE) input = NULL;
  GStatBuf status;
  int fd;

  if (sodium_init () < 0)
    return FALSE;

  if (g_stat (content, &status) != 0 || (input = g_fopen (content, "rbe")) == NULL)
    return crm_store_error_set_file (error, content, errno);

  fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0 || (stream.file = fdopen (fd, "wb")) == NULL)
    return crm_store_error_set_file (error, path, errno);

  if (!write_head (&stream, content_key, password, error) ||
      !write_content (&stream, input, status.st_size, progress, cancellable, error))
    return FALSE;

  return (fflush (stream.file) == 0 && fsync (fd) == 0) ||
         crm_store_error_set_file (error, path, errno);
}

/* Returns: the size of the message, or -1. */
static gssize
pull (Stream *stream, guint8 *data, gsize max, const Head *head, gboolean *last)
{
  static const guint8 none;
  const gsize max_sealed = max + crypto_secretstream_xchacha20poly1305_ABYTES;
  g_autofree guint8 *sealed = g_malloc (max_sealed);
  const gsize n_sealed = fread (sealed, 1, max_sealed, stream->file);
  unsigned long long size = 0;
  guint8 tag = 0;

  if (n_sealed < crypto_secretstream_xchacha20poly1305_ABYTES ||
      crypto_secretstream_xchacha20poly1305_pull (&stream->state,
                                                  data,
                                                  &size,
                                                  &tag,
                                                  sealed,
                                                  n_sealed,
                                                  head != NULL ? (const guint8 *) head : &none,
                                                  head != NULL ? sizeof *head : 0) != 0)
    return -1;

  *last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;

  return (gssize) size;
}

static CrmKey *
read_head (Stream *stream, const char *password, GError **error)
{
  guint8 header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
  guint8 bytes[CRM_KEY_SIZE];
  guint8 *key;
  CrmKey *content_key = NULL;
  Head head;
  gboolean last;
  gboolean derived;

  if (fread (&head, sizeof head, 1, stream->file) != 1 ||
      memcmp (head.magic, MAGIC, sizeof head.magic) != 0 ||
      fread (header, sizeof header, 1, stream->file) != 1)
    {
      g_set_error (error,
                   CRM_STORE_ERROR,
                   CRM_STORE_ERROR_CORRUPT,
                   "“%s” is not a backup of CRM",
                   stream->path);
      return NULL;
    }

  key = sodium_malloc (crypto_secretstream_xchacha20poly1305_KEYBYTES);
  derived = key != NULL && derive (&head, password, key, error) &&
            crypto_secretstream_xchacha20poly1305_init_pull (&stream->state, header, key) == 0;
  sodium_free (key);
  if (!derived)
    return NULL;

  if (pull (stream, bytes, sizeof bytes, &head, &last) == CRM_KEY_SIZE)
    content_key = crm_key_new_from_bytes (bytes);
  else
    g_set_error (error,
                 CRM_STORE_ERROR,
                 CRM_STORE_ERROR_KEY,
                 "The password does not open “%s”",
                 stream->path);
  sodium_memzero (bytes, sizeof bytes);

  return content_key;
}

static gboolean
read_content (Stream *stream,
              FILE *output,
              const char *content,
              CrmProgress *progress,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  struct stat info = { .st_size = 0 };
  gboolean last = FALSE;
  guint64 done = 0;

  fstat (fileno (stream->file), &info);

  while (!last)
    {
      const gssize size = pull (stream, piece, PIECE, NULL, &last);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (size < 0)
        return fail_damaged (stream->path, error);
      if (output != NULL && fwrite (piece, 1, size, output) != (gsize) size)
        return crm_store_error_set_file (error, content, errno);
      done += size;
      crm_progress_set (progress, done, MAX (done, (guint64) info.st_size));
    }

  /* Nothing may follow the end. */
  return fgetc (stream->file) == EOF || fail_damaged (stream->path, error);
}

CrmKey *
crm_sealed_file_read (const char *path,
                      const char *password,
                      const char *content,
                      CrmProgress *progress,
                      GCancellable *cancellable,
                      GError **error)
{
  g_auto (Stream) stream = { .path = path };
  g_autoptr (FILE) output = NULL;
  g_autoptr (CrmKey) key = NULL;
  int fd = -1;

  if (sodium_init () < 0)
    return NULL;

  if ((stream.file = g_fopen (path, "rbe")) == NULL &&
      !crm_store_error_set_file (error, path, errno))
    return NULL;
  if (!(key = read_head (&stream, password, error)))
    return NULL;

  if (content != NULL)
    {
      fd = g_open (content, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
      if ((fd < 0 || (output = fdopen (fd, "wb")) == NULL) &&
          !crm_store_error_set_file (error, content, errno))
        return NULL;
    }

  if (!read_content (&stream, output, content, progress, cancellable, error))
    return NULL;
  if (output != NULL && (fflush (output) != 0 || fsync (fd) != 0) &&
      !crm_store_error_set_file (error, content, errno))
    return NULL;

  return g_steal_pointer (&key);
}
