#include "exchange/crm-csv-reader.h"

#include "exchange/crm-exchange-error.h"

#include <csv.h>
#include <string.h>

#define BLOCK_SIZE (64 * 1024)

struct _CrmCsvReader
{
  char *name;
  CrmCsvFormat format;
  GInputStream *stream;    /* decoded to UTF-8 when it was UTF-16 */
  GFileInputStream *bytes; /* the file itself */
  guint64 size;
  struct csv_parser parser;

  char *block;
  gsize block_length;
  gsize block_at;
  gboolean at_end;
  gboolean finished;
  char last_byte;

  guint64 line;     /* of the next byte */
  guint64 row_line; /* where the row began; 0 between rows */
  gsize row_bytes;

  GString *text;    /* the cells of the row, each ended by NUL */
  GArray *starts;   /* gsize, where each begins in @text */
  GPtrArray *cells; /* pointers into @text, made when the row is whole */
  guint n_cells;
  gboolean damaged;
  gboolean row_done;
};

/* Bytes 0x80 to 0x9F; the rest of the code page is Latin-1. 0: not in the code page. */
static const gunichar2 windows_1252[32] = {
  0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
  0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
  0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static void
append_windows_1252 (CrmCsvReader *self, const char *bytes, gsize length)
{
  gsize i;

  for (i = 0; i < length; i++)
    {
      guchar byte = bytes[i];
      gunichar c = byte;

      if (byte >= 0x80 && byte < 0xA0)
        c = windows_1252[byte - 0x80];
      if (c == 0)
        {
          c = 0xFFFD;
          self->damaged = TRUE;
        }
      g_string_append_unichar (self->text, c);
    }
}

static gboolean
is_ascii (const char *bytes, gsize length)
{
  guchar any = 0;
  gsize i;

  for (i = 0; i < length; i++)
    any |= (guchar) bytes[i];

  return any < 0x80;
}

static void
append_decoded (CrmCsvReader *self, const char *bytes, gsize length)
{
  g_autofree char *valid = NULL;

  if (is_ascii (bytes, length))
    {
      g_string_append_len (self->text, bytes, length);
      return;
    }

  if (self->format.encoding != CRM_ENCODING_WINDOWS_1252 || self->format.mixed)
    {
      if (g_utf8_validate_len (bytes, length, NULL))
        {
          g_string_append_len (self->text, bytes, length);
          return;
        }
    }

  if (self->format.encoding == CRM_ENCODING_WINDOWS_1252)
    {
      append_windows_1252 (self, bytes, length);
      return;
    }

  valid = g_utf8_make_valid (bytes, length);
  g_string_append (self->text, valid);
  self->damaged = TRUE;
}

/* "\r\n" and "\r" in a cell become "\n", in place from @start. */
static void
unify_line_ends (GString *text, gsize start)
{
  char *from = text->str + start;
  char *to;

  if (strchr (from, '\r') == NULL)
    return;

  for (to = from; *from != '\0'; from++)
    {
      if (*from == '\r' && from[1] == '\n')
        continue;
      *to++ = *from == '\r' ? '\n' : *from;
    }
  g_string_truncate (text, to - text->str);
}

static void
cell_cb (void *cell, size_t length, void *data)
{
  CrmCsvReader *self = data;
  gsize start = self->text->len;

  self->n_cells++;
  if (self->n_cells > CRM_CSV_CELLS_MAX)
    return;

  append_decoded (self, cell, length);
  unify_line_ends (self->text, start);
  g_string_append_c (self->text, '\0');
  g_array_append_val (self->starts, start);
}

static void
row_cb (int terminator, void *data)
{
  CrmCsvReader *self = data;

  self->row_done = TRUE;
}

static void
start_row (CrmCsvReader *self)
{
  g_string_truncate (self->text, 0);
  g_array_set_size (self->starts, 0);
  self->n_cells = 0;
  self->damaged = FALSE;
  self->row_done = FALSE;
  self->row_line = 0;
  self->row_bytes = 0;
}

static void
lend_row (CrmCsvReader *self, CrmCsvRow *row)
{
  guint i;

  g_ptr_array_set_size (self->cells, 0);
  for (i = 0; i < self->starts->len; i++)
    g_ptr_array_add (self->cells, self->text->str + g_array_index (self->starts, gsize, i));

  row->line = self->row_line;
  row->cells = (const char *const *) self->cells->pdata;
  row->n_cells = self->n_cells;
  row->damaged = self->damaged;
}

static gboolean
fail_row (CrmCsvReader *self, CrmExchangeError code, GError **error, const char *message)
{
  g_set_error (error,
               CRM_EXCHANGE_ERROR,
               code,
               "%s: line %" G_GUINT64_FORMAT ": %s",
               self->name,
               self->row_line,
               message);

  return FALSE;
}

static gboolean
fill_block (CrmCsvReader *self, GCancellable *cancellable, GError **error)
{
  gssize length;

  length = g_input_stream_read (self->stream, self->block, BLOCK_SIZE, cancellable, error);
  if (length < 0)
    {
      g_prefix_error (error, "%s: line %" G_GUINT64_FORMAT ": ", self->name, self->line);
      return FALSE;
    }

  self->at_end = length == 0;
  self->block_length = length;
  self->block_at = 0;

  return TRUE;
}

/* Up to and with the next line end or the end of the block, so that at most one row ends in it. */
static gsize
measure_slice (CrmCsvReader *self)
{
  const char *from = self->block + self->block_at;
  gsize left = self->block_length - self->block_at;
  const char *newline = memchr (from, '\n', left);
  const char *carriage;

  if (newline != NULL)
    left = newline - from + 1;
  carriage = memchr (from, '\r', left);

  return carriage != NULL ? (gsize) (carriage - from + 1) : left;
}

static gboolean
parse_slice (CrmCsvReader *self, GError **error)
{
  const char *slice = self->block + self->block_at;
  gsize length = measure_slice (self);
  char last = slice[length - 1];

  if (self->row_line == 0 && slice[0] != '\n' && slice[0] != '\r')
    self->row_line = self->line;
  self->block_at += length;
  self->row_bytes += length;

  if (memchr (slice, '\0', length) != NULL)
    return fail_row (self,
                     CRM_EXCHANGE_ERROR_UNREADABLE,
                     error,
                     "a NUL character: this is no text; a table as text (CSV) was expected");
  if (self->row_bytes > CRM_CSV_ROW_MAX)
    return fail_row (self,
                     CRM_EXCHANGE_ERROR_LONG_ROW,
                     error,
                     "the row that begins here is longer than 8 MiB; is its quoted text not "
                     "closed?");

  if (csv_parse (&self->parser, slice, length, cell_cb, row_cb, self) != length)
    return fail_row (self,
                     CRM_EXCHANGE_ERROR_UNREADABLE,
                     error,
                     csv_strerror (csv_error (&self->parser)));

  /* "\r\n" is one line end, also when it is cut in two. */
  if (last == '\r' || (last == '\n' && !(length == 1 && self->last_byte == '\r')))
    self->line++;
  self->last_byte = last;

  /* A line of white space is no row. */
  if (!self->row_done && self->row_bytes == length && strspn (slice, " \t\r\n") >= length)
    {
      self->row_line = 0;
      self->row_bytes = 0;
    }

  return TRUE;
}

static gboolean
finish (CrmCsvReader *self, GError **error)
{
  self->finished = TRUE;
  /* Only strict parsing tells an open quote; cells before were read as people write them. */
  csv_set_opts (&self->parser, CSV_STRICT | CSV_STRICT_FINI);
  if (csv_fini (&self->parser, cell_cb, row_cb, self) != 0)
    return fail_row (self,
                     CRM_EXCHANGE_ERROR_CUT_OFF,
                     error,
                     "the row that begins here has quoted text that is not closed when the file "
                     "ends; "
                     "the file is cut off or lacks a quotation mark");

  return self->row_done;
}

static GInputStream *
decode (GFileInputStream *bytes, CrmEncoding encoding, GError **error)
{
  g_autoptr (GCharsetConverter) converter = NULL;

  if (encoding != CRM_ENCODING_UTF16LE && encoding != CRM_ENCODING_UTF16BE)
    return G_INPUT_STREAM (g_object_ref (bytes));

  converter = g_charset_converter_new ("UTF-8",
                                       encoding == CRM_ENCODING_UTF16LE ? "UTF-16LE" : "UTF-16BE",
                                       error);
  if (converter == NULL)
    return NULL;

  return g_converter_input_stream_new (G_INPUT_STREAM (bytes), G_CONVERTER (converter));
}

/* The mark is three bytes in UTF-8; in UTF-16 it was decoded to the same three. */
static gboolean
skip_mark (CrmCsvReader *self, GCancellable *cancellable, GError **error)
{
  gsize have = 0;

  while (have < 3)
    {
      gssize length = g_input_stream_read (self->stream,
                                           self->block + have,
                                           BLOCK_SIZE - have,
                                           cancellable,
                                           error);

      if (length < 0)
        return FALSE;
      if (length == 0)
        break;
      have += length;
    }

  self->block_length = have;
  self->block_at = have >= 3 && memcmp (self->block, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

  return TRUE;
}

CrmCsvReader *
crm_csv_reader_open (GFile *file,
                     const CrmCsvFormat *format,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (CrmCsvReader) self = NULL;
  g_autoptr (GFileInfo) info = NULL;
  CrmCsvRow row;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (format != NULL && format->separator != '\0' && format->quote != '\0', NULL);

  self = g_new0 (CrmCsvReader, 1);
  self->name = g_file_get_parse_name (file);
  self->format = *format;
  self->line = 1;
  /* One byte more ends the block for strspn(). */
  self->block = g_malloc0 (BLOCK_SIZE + 1);
  self->text = g_string_sized_new (1024);
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->cells = g_ptr_array_new ();
  csv_init (&self->parser, 0);
  csv_set_delim (&self->parser, format->separator);
  csv_set_quote (&self->parser, format->quote);
  csv_set_blk_size (&self->parser, 4096);

  self->bytes = g_file_read (file, cancellable, error);
  if (self->bytes == NULL)
    return NULL;
  info = g_file_input_stream_query_info (self->bytes,
                                         G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                         cancellable,
                                         error);
  if (info == NULL)
    return NULL;
  self->size = g_file_info_get_size (info);
  self->stream = decode (self->bytes, format->encoding, error);
  if (self->stream == NULL || !skip_mark (self, cancellable, error))
    return NULL;

  start_row (self);
  if (format->separator_row && !crm_csv_reader_next (self, &row, cancellable, error) &&
      error != NULL && *error != NULL)
    return NULL;

  return g_steal_pointer (&self);
}

gboolean
crm_csv_reader_next (CrmCsvReader *self, CrmCsvRow *row, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (row != NULL, FALSE);

  if (self->finished || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  start_row (self);
  while (!self->row_done)
    {
      if (self->block_at == self->block_length && !self->at_end &&
          !fill_block (self, cancellable, error))
        return FALSE;
      if (self->at_end)
        {
          if (!finish (self, error))
            return FALSE;
          break;
        }
      if (!parse_slice (self, error))
        return FALSE;
    }

  lend_row (self, row);

  return TRUE;
}

guint64
crm_csv_reader_get_offset (CrmCsvReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_seekable_tell (G_SEEKABLE (self->bytes));
}

guint64
crm_csv_reader_get_size (CrmCsvReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

gboolean
crm_csv_reader_ended_open (CrmCsvReader *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->finished && self->last_byte != '\n' && self->last_byte != '\r';
}

void
crm_csv_reader_free (CrmCsvReader *self)
{
  if (self == NULL)
    return;

  csv_free (&self->parser);
  g_clear_object (&self->stream);
  g_clear_object (&self->bytes);
  g_string_free (self->text, TRUE);
  g_array_unref (self->starts);
  g_ptr_array_unref (self->cells);
  g_free (self->block);
  g_free (self->name);
  g_free (self);
}

const char *
crm_csv_row_get (const CrmCsvRow *row, guint index)
{
  g_return_val_if_fail (row != NULL, "");

  return index < MIN (row->n_cells, CRM_CSV_CELLS_MAX) ? row->cells[index] : "";
}
