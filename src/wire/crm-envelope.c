#include "wire/crm-envelope-private.h"

#include "model/crm-set-digest.h"
#include "wire/crm-json-writer.h"
#include "wire/crm-wire-limit.h"

#include <string.h>

void
crm_envelope_writer_init (CrmEnvelopeWriter *self)
{
  *self = (CrmEnvelopeWriter) { .text = g_string_sized_new (64 * 1024) };
  crypto_hash_sha256_init (&self->hash);
}

void
crm_envelope_writer_clear (CrmEnvelopeWriter *self)
{
  if (self->text != NULL)
    g_string_free (g_steal_pointer (&self->text), TRUE);
}

void
crm_envelope_writer_begin (CrmEnvelopeWriter *self, const char *type)
{
  self->start = self->text->len;
  crm_json_open (self->text, NULL, '{');
  crm_json_put_string (self->text, "k", type);
}

void
crm_envelope_writer_finish (CrmEnvelopeWriter *self)
{
  g_string_append (self->text, "}\n");
  crypto_hash_sha256_update (&self->hash,
                             (const guint8 *) self->text->str + self->start,
                             self->text->len - self->start);
  self->n_lines++;
}

void
crm_envelope_writer_seal (CrmEnvelopeWriter *self)
{
  guint8 digest[CRM_SET_DIGEST_SIZE];
  char hex[2 * CRM_SET_DIGEST_SIZE + 1];

  crypto_hash_sha256_final (&self->hash, digest);
  crm_set_digest_to_hex (digest, hex);
  crm_json_put_int (self->text, "lines", self->n_lines);
  crm_json_put_string (self->text, "sha", hex);
}

GBytes *
crm_envelope_writer_steal (CrmEnvelopeWriter *self)
{
  g_string_append (self->text, "}\n");

  return g_string_free_to_bytes (g_steal_pointer (&self->text));
}

static gboolean
fail_truncated (GError **error, const char *what)
{
  g_set_error (error,
               CRM_WIRE_ERROR,
               CRM_WIRE_ERROR_TRUNCATED,
               "The answer is not whole: %s",
               what);

  return FALSE;
}

static guint
count_lines (const char *start, const char *end)
{
  guint n = 0;

  for (const char *at = start; (at = memchr (at, '\n', (gsize) (end - at))) != NULL; at++)
    n++;

  return n;
}

/* Where the last line starts; NULL when the text has no line that is ended. */
static const char *
find_last (const char *start, gsize size)
{
  const char *newline;

  if (size == 0 || start[size - 1] != '\n')
    return NULL;

  newline = memrchr (start, '\n', size - 1);

  return newline != NULL ? newline + 1 : NULL;
}

static gboolean
check_seal (CrmEnvelopeReader *self, GError **error)
{
  guint8 expected[CRM_SET_DIGEST_SIZE];
  guint8 found[CRM_SET_DIGEST_SIZE];
  const char *type = NULL;
  const char *hex = NULL;
  gint64 n_lines;

  if (!crm_json_get_string (self->last_line, "k", &type, NULL) || g_strcmp0 (type, "end") != 0)
    return fail_truncated (error, "it has no end");
  if (!crm_json_get_string (self->last_line, "sha", &hex, NULL) ||
      !crm_set_digest_from_hex (hex, expected) ||
      !crm_json_get_int (self->last_line, "lines", &n_lines, NULL))
    return fail_truncated (error, "its end has no checksum");
  if (n_lines != count_lines (self->at, self->last))
    return fail_truncated (error, "lines are missing");

  crypto_hash_sha256 (found, (const guint8 *) self->at, (gsize) (self->last - self->at));

  return memcmp (expected, found, sizeof found) == 0 ||
         fail_truncated (error, "its checksum differs");
}

static gboolean
read_first (CrmEnvelopeReader *self, GError **error)
{
  const char *end = memchr (self->at, '\n', (gsize) (self->last - self->at));
  const char *type = NULL;

  /* Sealed, so there is at least one line. */
  if (end == NULL)
    return crm_json_fail (error, "The answer has no header");
  self->first_line = crm_json_parse (self->kept, self->at, (gsize) (end - self->at), error);
  self->at = end + 1;
  if (self->first_line == NULL || !crm_json_get_string (self->first_line, "k", &type, error))
    return FALSE;

  return g_strcmp0 (type, "hdr") == 0 || crm_json_fail (error, "The answer has no header");
}

gboolean
crm_envelope_reader_init (CrmEnvelopeReader *self, GBytes *body, GError **error)
{
  gsize size;
  const char *start = g_bytes_get_data (body, &size);

  *self = (CrmEnvelopeReader) { .body = g_bytes_ref (body), .kept = crm_arena_new () };
  self->at = start;
  self->last = find_last (start, size);
  if (self->last == NULL)
    return fail_truncated (error, "it has no end");

  self->last_line = crm_json_parse (self->kept,
                                    self->last,
                                    size - 1 - (gsize) (self->last - start),
                                    NULL);
  if (self->last_line == NULL || self->last_line->type != CRM_JSON_OBJECT)
    return fail_truncated (error, "it has no end");
  if (size > CRM_WIRE_MAX_INFLATED)
    {
      g_set_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_TOO_BIG, "The answer is too long");
      return FALSE;
    }

  return check_seal (self, error) && read_first (self, error);
}

void
crm_envelope_reader_clear (CrmEnvelopeReader *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->arena, crm_arena_free);
  g_clear_pointer (&self->kept, crm_arena_free);
}

const CrmJson *
crm_envelope_reader_next (CrmEnvelopeReader *self, const char **type, GError **error)
{
  const char *start = self->at;
  const char *end;
  const CrmJson *line;

  if (start >= self->last)
    return NULL;

  end = memchr (start, '\n', (gsize) (self->last - start));
  self->at = end + 1;
  g_clear_pointer (&self->arena, crm_arena_free);
  self->arena = crm_arena_new ();
  line = crm_json_parse (self->arena, start, (gsize) (end - start), error);
  if (line == NULL || !crm_json_need_string (line, "k", type, error))
    return NULL;

  return line;
}
