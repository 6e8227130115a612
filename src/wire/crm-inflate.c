#include "wire/crm-inflate.h"

#include "wire/crm-wire-limit.h"

struct _CrmInflate
{
  GConverter *decompressor; /* NULL: nothing to unpack */
  GByteArray *out;
  gsize n_in;
  gboolean finished;
  GError *failure;
};

CrmInflate *
crm_inflate_new (gboolean gzip)
{
  CrmInflate *self = g_new0 (CrmInflate, 1);

  if (gzip)
    self->decompressor = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  self->out = g_byte_array_new ();

  return self;
}

void
crm_inflate_free (CrmInflate *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->decompressor);
  g_clear_pointer (&self->out, g_byte_array_unref);
  g_clear_error (&self->failure);
  g_free (self);
}

/* What was unpacked so far is of no use any more. */
static gboolean
fail (CrmInflate *self, int code, const char *message)
{
  if (self->failure == NULL)
    self->failure = g_error_new_literal (CRM_WIRE_ERROR, code, message);
  if (self->out != NULL)
    g_byte_array_set_size (self->out, 0);

  return FALSE;
}

static gboolean
add (CrmInflate *self, const guint8 *data, gsize size)
{
  const gsize total = self->out->len + size;

  if (total > CRM_WIRE_MAX_INFLATED)
    return fail (self, CRM_WIRE_ERROR_TOO_BIG, "The message is too long once unpacked");
  /* What may come as it is is no bomb, however tightly it packs: a note full of dashes. */
  if (total > CRM_WIRE_MAX_BODY && total / CRM_WIRE_MAX_RATIO > self->n_in)
    return fail (self, CRM_WIRE_ERROR_TOO_BIG, "The message is packed too tightly");
  g_byte_array_append (self->out, data, size);

  return TRUE;
}

/* One step; @data and @size go on. */
static gboolean
unpack (CrmInflate *self, const guint8 **data, gsize *size, gboolean *more)
{
  guint8 buffer[16 * 1024];
  gsize n_read = 0;
  gsize n_written = 0;
  g_autoptr (GError) error = NULL;
  const GConverterResult result = g_converter_convert (self->decompressor,
                                                       *data,
                                                       *size,
                                                       buffer,
                                                       sizeof buffer,
                                                       G_CONVERTER_NO_FLAGS,
                                                       &n_read,
                                                       &n_written,
                                                       &error);

  if (result == G_CONVERTER_ERROR)
    {
      /* It wants more than there is yet. */
      *more = FALSE;
      return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) ||
             fail (self, CRM_WIRE_ERROR_INVALID, "The message is not packed with gzip");
    }
  *data += n_read;
  *size -= n_read;
  self->finished = result == G_CONVERTER_FINISHED;
  *more = !self->finished && (*size > 0 || n_written == sizeof buffer);

  return add (self, buffer, n_written);
}

static gboolean
push (CrmInflate *self, const guint8 *data, gsize size)
{
  gboolean more = size > 0;

  if (self->failure != NULL)
    return FALSE;
  self->n_in += size;
  if (self->n_in > CRM_WIRE_MAX_BODY)
    return fail (self, CRM_WIRE_ERROR_TOO_BIG, "The message is too long");
  if (self->decompressor == NULL)
    return add (self, data, size);

  while (more && !self->finished)
    if (!unpack (self, &data, &size, &more))
      return FALSE;

  return size == 0 || fail (self, CRM_WIRE_ERROR_INVALID, "Something follows the packed message");
}

static gboolean
report (CrmInflate *self, gboolean done, GError **error)
{
  if (!done)
    g_propagate_error (error, g_error_copy (self->failure));

  return done;
}

gboolean
crm_inflate_push (CrmInflate *self, gconstpointer data, gsize size, GError **error)
{
  g_return_val_if_fail (self != NULL && self->out != NULL, FALSE);

  return report (self, push (self, data, size), error);
}

GBytes *
crm_inflate_finish (CrmInflate *self, GError **error)
{
  g_return_val_if_fail (self != NULL && self->out != NULL, NULL);

  if (self->failure == NULL && self->decompressor != NULL && !self->finished)
    fail (self, CRM_WIRE_ERROR_TRUNCATED, "The packed message is not whole");
  if (!report (self, self->failure == NULL, error))
    return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&self->out));
}

GBytes *
crm_wire_gunzip (GBytes *packed, GError **error)
{
  g_autoptr (CrmInflate) inflate = crm_inflate_new (TRUE);
  gsize size;
  gconstpointer data;

  g_return_val_if_fail (packed != NULL, NULL);

  data = g_bytes_get_data (packed, &size);

  return crm_inflate_push (inflate, data, size, error) ? crm_inflate_finish (inflate, error) : NULL;
}

GBytes *
crm_wire_gzip (GBytes *plain, int level)
{
  g_autoptr (GZlibCompressor) compressor = NULL;
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (plain != NULL, NULL);

  compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, level);
  packed = g_converter_convert_bytes (G_CONVERTER (compressor), plain, &error);
  /* Only memory can fail, and then the program has ended. */
  if (packed == NULL)
    g_error ("gzip: %s", error->message);

  return g_steal_pointer (&packed);
}
