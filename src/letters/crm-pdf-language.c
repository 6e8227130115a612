#include "letters/crm-pdf-language.h"

#include "base/crm-file-error.h"
#include "letters/crm-letters-error.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define TAIL_SIZE  1024
#define ENTRY_SIZE 20

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error,
               CRM_LETTERS_ERROR,
               CRM_LETTERS_ERROR_FAILED,
               "The PDF is not as expected: %s",
               what);
  return FALSE;
}

/* Up to @size bytes from @offset, with a NUL behind them. */
static char *
read_at (int fd, goffset offset, gsize size)
{
  char *buffer = g_malloc0 (size + 1);
  gssize n = pread (fd, buffer, size, offset);

  if (n < 0)
    n = 0;
  buffer[n] = '\0';
  return buffer;
}

static gint64
find_number (const char *text, const char *key)
{
  const char *at = text != NULL ? g_strrstr (text, key) : NULL;

  return at != NULL ? g_ascii_strtoll (at + strlen (key), NULL, 10) : -1;
}

static gboolean
write_all (int fd, const char *data, gsize size, goffset offset)
{
  while (size > 0)
    {
      gssize n = pwrite (fd, data, size, offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      data += n;
      size -= (gsize) n;
      offset += n;
    }

  return TRUE;
}

/* The text of the catalog, up to its closing ">>". */
static char *
read_catalog (int fd, goffset table, gint64 root)
{
  g_autofree char *head = read_at (fd, table, 64);
  char *entries = strchr (head, '\n');
  g_autofree char *entry = NULL;
  g_autofree char *object = NULL;
  char *start, *end;

  entries = entries != NULL ? strchr (entries + 1, '\n') : NULL;
  if (!g_str_has_prefix (head, "xref\n0 ") || entries == NULL)
    return NULL;

  entry = read_at (fd, table + (entries + 1 - head) + root * ENTRY_SIZE, ENTRY_SIZE);
  object = read_at (fd, g_ascii_strtoll (entry, NULL, 10), TAIL_SIZE);
  end = strstr (object, "endobj");
  if (end == NULL)
    return NULL;
  *end = '\0';

  start = strstr (object, "<<");
  end = g_strrstr (object, ">>");
  if (start == NULL || end == NULL || strstr (object, "/Catalog") == NULL)
    return NULL;
  *end = '\0';

  return g_strdup (start);
}

gboolean
crm_pdf_language_append (int fd, const char *path, const char *language, GError **error)
{
  goffset size = lseek (fd, 0, SEEK_END);
  g_autofree char *tail = read_at (fd, MAX (0, size - TAIL_SIZE), TAIL_SIZE);
  char *trailer = g_strrstr (tail, "trailer");
  gint64 table = find_number (trailer, "startxref");
  gint64 root = find_number (trailer, "/Root ");
  gint64 info = find_number (trailer, "/Info ");
  gint64 n_objects = find_number (trailer, "/Size ");
  g_autofree char *catalog = NULL;
  g_autoptr (GString) update = g_string_new (NULL);
  gsize where;

  g_return_val_if_fail (language != NULL, FALSE);

  if (table <= 0 || root <= 0 || info <= 0 || n_objects <= root)
    return fail (error, "no trailer");
  if ((catalog = read_catalog (fd, table, root)) == NULL)
    return fail (error, "no catalog");

  g_string_append_printf (update,
                          "%" G_GINT64_FORMAT " 0 obj\n%s   /Lang (%s)\n>>\nendobj\n",
                          root,
                          catalog,
                          language);
  where = update->len;
  g_string_append_printf (update,
                          "xref\n%" G_GINT64_FORMAT " 1\n%010" G_GINT64_FORMAT " 00000 n \n",
                          root,
                          (gint64) size);
  g_string_append_printf (update,
                          "trailer\n<< /Size %" G_GINT64_FORMAT "\n   /Root %" G_GINT64_FORMAT
                          " 0 R\n   /Info %" G_GINT64_FORMAT " 0 R\n   /Prev %" G_GINT64_FORMAT
                          "\n>>\nstartxref\n%" G_GINT64_FORMAT "\n%%%%EOF\n",
                          n_objects,
                          root,
                          info,
                          table,
                          (gint64) size + (gint64) where);

  return write_all (fd, update->str, update->len, size) || crm_file_error_set (error, path, errno);
}
