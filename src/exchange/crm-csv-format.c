#include "exchange/crm-csv-format.h"

#include "exchange/crm-csv-sample.h"
#include "exchange/crm-exchange-error.h"

#include <string.h>

#define BLOCK_SIZE  (64 * 1024)
#define SAMPLE_SIZE (256 * 1024)

/* What one pass over the bytes of the file tells. */
typedef struct
{
  GFile *file;
  CrmEncoding encoding; /* by the byte order mark, or as wanted; else CRM_ENCODING_DETECT */
  GString *sample;      /* the first bytes, without the mark */
  guint64 line;
  guint64 line_bytes;
  guint64 n_bytes;
  guint64 n_good;  /* characters of more than one byte that are UTF-8 */
  guint64 n_bad;   /* bytes above 127 that are none */
  char pending[8]; /* a character cut by the end of the block */
  gsize n_pending;
} Census;

static gboolean
fail (GFile *file, CrmExchangeError code, GError **error, const char *message)
{
  g_autofree char *name = g_file_get_parse_name (file);

  g_set_error (error, CRM_EXCHANGE_ERROR, code, "%s: %s", name, message);

  return FALSE;
}

static gboolean
fail_at (GFile *file, guint64 line, CrmExchangeError code, GError **error, const char *message)
{
  g_autofree char *text = g_strdup_printf ("line %" G_GUINT64_FORMAT ": %s", line, message);

  return fail (file, code, error, text);
}

/* A pipe or a device may never end, and is read twice. */
static gboolean
check_type (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info = NULL;

  info = g_file_query_info (file,
                            G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE,
                            cancellable,
                            error);
  if (info == NULL)
    return FALSE;

  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    return fail (file,
                 CRM_EXCHANGE_ERROR_NO_FILE,
                 error,
                 "this is a folder; a file with a table as text (CSV) was expected");
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return fail (file,
                 CRM_EXCHANGE_ERROR_NO_FILE,
                 error,
                 "this is no ordinary file; a file with a table as text (CSV) was expected");
  if (g_file_info_get_size (info) == 0)
    return fail (file,
                 CRM_EXCHANGE_ERROR_EMPTY,
                 error,
                 "the file is empty; a row of column names and rows of values were expected");

  return TRUE;
}

/* Files that people take for a table. */
static const char *
name_known_format (const char *bytes, gsize length)
{
  static const struct
  {
    const char *magic;
    gsize length;
    const char *message;
  } known[] = {
    { "PK\003\004",
      4,
      "this is a spreadsheet or another packed file; save it as CSV (UTF-8) first" },
    { "\320\317\021\340", 4, "this is an old Excel or Word file; save it as CSV (UTF-8) first" },
    { "%PDF", 4, "this is a PDF file; a table as text (CSV) was expected" },
    { "\037\213", 2, "this file is compressed; unpack it first" },
    { "SQLite format 3", 15, "this is a database; a table as text (CSV) was expected" },
    { "\211PNG", 4, "this is a picture; a table as text (CSV) was expected" },
    { "\377\330\377", 3, "this is a picture; a table as text (CSV) was expected" },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (known); i++)
    if (length >= known[i].length && memcmp (bytes, known[i].magic, known[i].length) == 0)
      return known[i].message;

  return NULL;
}

static gsize
take_mark (const char *bytes, gsize length, CrmEncoding *encoding)
{
  if (length >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0)
    {
      if (*encoding == CRM_ENCODING_DETECT)
        *encoding = CRM_ENCODING_UTF8;
      return 3;
    }
  if (length >= 2 && memcmp (bytes, "\xFF\xFE", 2) == 0)
    {
      *encoding = CRM_ENCODING_UTF16LE;
      return 2;
    }
  if (length >= 2 && memcmp (bytes, "\xFE\xFF", 2) == 0)
    {
      *encoding = CRM_ENCODING_UTF16BE;
      return 2;
    }

  return 0;
}

static void
count_utf8 (Census *census, const char *bytes, gsize length)
{
  g_autofree char *joined = NULL;
  const char *at = bytes;
  const char *end = bytes + length;

  if (census->n_pending > 0)
    {
      joined = g_malloc (length + census->n_pending);
      memcpy (joined, census->pending, census->n_pending);
      memcpy (joined + census->n_pending, bytes, length);
      at = joined;
      end = joined + length + census->n_pending;
      census->n_pending = 0;
    }

  while (at < end)
    {
      gunichar c;

      if (((guchar) *at) < 0x80)
        {
          at++;
          continue;
        }

      c = g_utf8_get_char_validated (at, end - at);
      if (c == (gunichar) -2 && end - at < 4)
        {
          census->n_pending = end - at;
          memcpy (census->pending, at, census->n_pending);
          return;
        }
      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          census->n_bad++;
          at++;
          continue;
        }
      census->n_good++;
      at += g_unichar_to_utf8 (c, NULL);
    }
}

/* Lines here are those of the file, so a quoted cell of many lines is no long line. */
static gboolean
count_lines (Census *census, const char *bytes, gsize length, GError **error)
{
  gboolean wide = census->encoding == CRM_ENCODING_UTF16LE ||
                  census->encoding == CRM_ENCODING_UTF16BE;
  gsize i;

  for (i = 0; i < length; i++)
    {
      if (bytes[i] == '\n')
        {
          census->line++;
          census->line_bytes = 0;
        }
      else if (bytes[i] == '\r')
        census->line_bytes = 0;
      else if (bytes[i] == '\0' && !wide)
        return fail_at (census->file,
                        census->line,
                        CRM_EXCHANGE_ERROR_UNREADABLE,
                        error,
                        "a NUL byte: this is no text; a table as text (CSV) was expected");
      else if (++census->line_bytes > CRM_CSV_ROW_MAX)
        return fail_at (census->file,
                        census->line,
                        CRM_EXCHANGE_ERROR_LONG_ROW,
                        error,
                        "the line is longer than 8 MiB; a table as text (CSV) was expected");
    }

  return TRUE;
}

static gboolean
take_first_block (Census *census, char **bytes, gsize *length, GError **error)
{
  const char *known = name_known_format (*bytes, *length);
  gsize mark;

  if (known != NULL)
    return fail (census->file, CRM_EXCHANGE_ERROR_OTHER_FORMAT, error, known);

  mark = take_mark (*bytes, *length, &census->encoding);
  *bytes += mark;
  *length -= mark;

  return TRUE;
}

static gboolean
take_block (Census *census, char *bytes, gsize length, GError **error)
{
  if (census->n_bytes == 0 && !take_first_block (census, &bytes, &length, error))
    return FALSE;

  census->n_bytes += length + 1;
  if (census->sample->len < SAMPLE_SIZE)
    g_string_append_len (census->sample, bytes, MIN (length, SAMPLE_SIZE - census->sample->len));
  if (!count_lines (census, bytes, length, error))
    return FALSE;
  if (census->encoding == CRM_ENCODING_DETECT)
    count_utf8 (census, bytes, length);

  return TRUE;
}

static gboolean
take_census (Census *census, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *block = g_malloc (BLOCK_SIZE);
  gsize length;

  stream = g_file_read (census->file, cancellable, error);
  if (stream == NULL)
    return FALSE;

  do
    {
      if (!g_input_stream_read_all (G_INPUT_STREAM (stream),
                                    block,
                                    BLOCK_SIZE,
                                    &length,
                                    cancellable,
                                    error))
        return FALSE;
      if (length > 0 && !take_block (census, block, length, error))
        return FALSE;
    }
  while (length == BLOCK_SIZE);

  census->n_bad += census->n_pending;
  if (census->sample->len == 0)
    return fail (census->file,
                 CRM_EXCHANGE_ERROR_EMPTY,
                 error,
                 "the file is empty; a row of column names and rows of values were expected");

  return TRUE;
}

static void
decide_encoding (const Census *census, CrmCsvFormat *format)
{
  format->encoding = census->encoding;
  if (census->encoding != CRM_ENCODING_DETECT)
    return;

  format->encoding = census->n_bad == 0 ? CRM_ENCODING_UTF8 : CRM_ENCODING_WINDOWS_1252;
  /* Two letters of Windows-1252 that are UTF-8 by chance are rare, so many of them are no chance.
   */
  format->mixed = census->n_bad > 0 && census->n_good > census->n_bad / 20;
}

static void
decide_shape (const Census *census, CrmCsvFormat *format)
{
  g_autofree char *converted = NULL;
  const char *text = census->sample->str;
  gsize length = census->sample->len;

  if (format->encoding == CRM_ENCODING_UTF16LE || format->encoding == CRM_ENCODING_UTF16BE)
    {
      const char *charset = format->encoding == CRM_ENCODING_UTF16LE ? "UTF-16LE" : "UTF-16BE";

      converted = g_convert (text, length & ~(gsize) 1, "UTF-8", charset, NULL, &length, NULL);
      text = converted != NULL ? converted : "";
      length = converted != NULL ? length : 0;
    }

  if (length >= 5 && g_ascii_strncasecmp (text, "sep=", 4) == 0 &&
      (length == 5 || strchr ("\r\n", text[5]) != NULL))
    {
      format->separator_row = TRUE;
      if (format->separator == '\0' && strchr (";,\t|", text[4]) != NULL)
        format->separator = text[4];
    }

  crm_csv_sample_detect (text, length, census->sample->len < SAMPLE_SIZE, format);
}

gboolean
crm_csv_format_detect (GFile *file,
                       const CrmCsvFormat *wanted,
                       CrmCsvFormat *format,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GString) sample = g_string_sized_new (BLOCK_SIZE);
  Census census = { .file = file, .sample = sample, .line = 1 };

  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (format != NULL, FALSE);

  *format = (CrmCsvFormat) { 0 };
  if (wanted != NULL)
    *format = *wanted;
  census.encoding = format->encoding;

  if (!check_type (file, cancellable, error) || !take_census (&census, cancellable, error))
    return FALSE;

  decide_encoding (&census, format);
  decide_shape (&census, format);

  return TRUE;
}

const char *
crm_encoding_get_name (CrmEncoding encoding)
{
  switch (encoding)
    {
    case CRM_ENCODING_UTF8:
      return "UTF-8";
    case CRM_ENCODING_WINDOWS_1252:
      return "Windows-1252";
    case CRM_ENCODING_UTF16LE:
    case CRM_ENCODING_UTF16BE:
      return "UTF-16";
    case CRM_ENCODING_DETECT:
    default:
      return "?";
    }
}
