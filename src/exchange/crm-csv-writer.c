#include "exchange/crm-csv-writer.h"

#include "base/crm-file-error.h"

#include <csv.h>
#include <errno.h>
#include <gio/gfiledescriptorbased.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_SIZE (64 * 1024)

struct _CrmCsvWriter
{
  GFile *file;
  GFile *part; /* beside @file, becomes it when all is written */
  GFileOutputStream *stream;
  GString *text;
  char separator;
  guint n_cells; /* of the row so far */
  gsize row_start;
  gboolean closed;
};

/* "+31612345678" and "-12,50" calculate to themselves. */
static gboolean
is_number (const char *cell)
{
  return strspn (cell + 1, "0123456789 .,") == strlen (cell + 1);
}

char *
crm_csv_guard (const char *cell)
{
  gsize apostrophes;

  g_return_val_if_fail (cell != NULL, NULL);

  apostrophes = strspn (cell, "'");
  if (cell[apostrophes] == '\0' || strchr ("=+-@\t\r", cell[apostrophes]) == NULL)
    return NULL;
  if (apostrophes == 0 && strchr ("+-", cell[0]) != NULL && is_number (cell))
    return NULL;

  return g_strconcat ("'", cell, NULL);
}

const char *
crm_csv_unguard (const char *cell)
{
  gsize apostrophes;

  g_return_val_if_fail (cell != NULL, NULL);

  apostrophes = strspn (cell, "'");
  if (apostrophes == 0 || cell[apostrophes] == '\0' ||
      strchr ("=+-@\t\r", cell[apostrophes]) == NULL)
    return cell;

  return cell + 1;
}

static GFile *
choose_part (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *part = g_strdup_printf (".%s.%08x.part", name, g_random_int ());

  return folder != NULL ? g_file_get_child (folder, part) : g_file_new_for_path (part);
}

/* People asked for @file and know nothing of the part. Always FALSE. */
static gboolean
blame_file (CrmCsvWriter *self, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (self->file);
  g_autofree char *part = g_file_get_parse_name (self->part);

  return crm_file_error_blame (error, name, part);
}

CrmCsvWriter *
crm_csv_writer_open (GFile *file,
                     char separator,
                     gboolean bom,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (CrmCsvWriter) self = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (separator != '\0', NULL);

  self = g_new0 (CrmCsvWriter, 1);
  self->separator = separator;
  self->text = g_string_sized_new (BLOCK_SIZE);
  self->file = g_object_ref (file);
  self->part = choose_part (file);
  self->stream = g_file_create (self->part, G_FILE_CREATE_PRIVATE, cancellable, error);
  if (self->stream == NULL)
    {
      blame_file (self, error);
      return NULL;
    }

  if (bom)
    g_string_append (self->text, "\xEF\xBB\xBF");

  return g_steal_pointer (&self);
}

static gboolean
needs_quotes (CrmCsvWriter *self, const char *cell)
{
  const char special[] = { self->separator, '"', '\'', '\r', '\n', '\0' };
  gsize length = strlen (cell);

  return strpbrk (cell, special) != NULL || cell[0] == ' ' || cell[0] == '\t' ||
         cell[length - 1] == ' ' || cell[length - 1] == '\t';
}

static void
append_quoted (CrmCsvWriter *self, const char *cell)
{
  gsize length = strlen (cell);
  gsize size = csv_write (NULL, 0, cell, length);
  gsize at = self->text->len;

  g_string_set_size (self->text, at + size);
  csv_write (self->text->str + at, size, cell, length);
}

void
crm_csv_writer_add (CrmCsvWriter *self, const char *cell)
{
  g_autofree char *guarded = NULL;

  g_return_if_fail (self != NULL);

  if (self->n_cells++ == 0)
    self->row_start = self->text->len;
  else
    g_string_append_c (self->text, self->separator);
  if (cell == NULL || cell[0] == '\0')
    return;

  guarded = crm_csv_guard (cell);
  if (guarded != NULL)
    cell = guarded;
  if (needs_quotes (self, cell))
    append_quoted (self, cell);
  else
    g_string_append (self->text, cell);
}

static gboolean
flush (CrmCsvWriter *self, GCancellable *cancellable, GError **error)
{
  if (!g_output_stream_write_all (G_OUTPUT_STREAM (self->stream),
                                  self->text->str,
                                  self->text->len,
                                  NULL,
                                  cancellable,
                                  error))
    return blame_file (self, error);
  g_string_truncate (self->text, 0);

  return TRUE;
}

gboolean
crm_csv_writer_end_row (CrmCsvWriter *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  /* An empty line would be no row at all. */
  if (self->n_cells == 1 && self->text->len == self->row_start)
    g_string_append (self->text, "\"\"");
  g_string_append (self->text, "\r\n");
  self->n_cells = 0;

  return self->text->len < BLOCK_SIZE || flush (self, cancellable, error);
}

static gboolean
sync_to_disk (CrmCsvWriter *self, GError **error)
{
  int saved;

  if (!G_IS_FILE_DESCRIPTOR_BASED (self->stream) ||
      fsync (g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (self->stream))) == 0)
    return TRUE;

  saved = errno;
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (saved), g_strerror (saved));

  return FALSE;
}

gboolean
crm_csv_writer_close (CrmCsvWriter *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!flush (self, cancellable, error))
    return FALSE;
  self->closed =
      sync_to_disk (self, error) &&
      g_output_stream_close (G_OUTPUT_STREAM (self->stream), cancellable, error) &&
      g_file_move (self->part, self->file, G_FILE_COPY_OVERWRITE, cancellable, NULL, NULL, error);

  return self->closed || blame_file (self, error);
}

void
crm_csv_writer_free (CrmCsvWriter *self)
{
  if (self == NULL)
    return;

  if (self->stream != NULL && !self->closed)
    {
      g_output_stream_close (G_OUTPUT_STREAM (self->stream), NULL, NULL);
      g_file_delete (self->part, NULL, NULL);
    }

  g_clear_object (&self->stream);
  g_clear_object (&self->part);
  g_clear_object (&self->file);
  g_string_free (self->text, TRUE);
  g_free (self);
}
