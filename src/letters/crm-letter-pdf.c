#include "letters/crm-letter-pdf.h"

#include "base/crm-file-error.h"
#include "letters/crm-letters-error.h"
#include "letters/crm-pdf-language.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct _CrmLetterPdf
{
  char *path;
  /* Beside @path, so that renaming it is atomic; NULL once renamed. */
  char *partial;
  char *language;
  FILE *file;
  /* The first write that failed, as errno. */
  int failed;
  cairo_surface_t *surface;
  cairo_t *cr;
  guint n_pages;
};

static gboolean
fail (CrmLetterPdf *self, int code, GError **error)
{
  return crm_file_error_set (error, self->path, code);
}

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  CrmLetterPdf *self = closure;

  if (fwrite (data, 1, length, self->file) == length)
    return CAIRO_STATUS_SUCCESS;

  if (self->failed == 0)
    self->failed = errno;
  return CAIRO_STATUS_WRITE_ERROR;
}

static gboolean
check (CrmLetterPdf *self, GError **error)
{
  cairo_status_t status = cairo_status (self->cr);

  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (self->surface);
  if (status == CAIRO_STATUS_SUCCESS && self->failed == 0)
    return TRUE;
  if (self->failed != 0)
    return fail (self, self->failed, error);

  g_set_error (error,
               CRM_LETTERS_ERROR,
               CRM_LETTERS_ERROR_FAILED,
               "“%s” could not be drawn: %s",
               self->path,
               cairo_status_to_string (status));
  return FALSE;
}

/* A folder that is missing, or may not be written, is told before any work is done. */
static gboolean
open_partial (CrmLetterPdf *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  mode_t mask = umask (0);
  int fd;

  umask (mask);
  self->partial = g_build_filename (folder, ".crm-XXXXXX.pdf", NULL);
  fd = g_mkstemp_full (self->partial, O_RDWR | O_CLOEXEC, 0666 & ~(int) mask);
  if (fd < 0)
    {
      int code = errno;

      g_clear_pointer (&self->partial, g_free);
      return fail (self, code, error);
    }

  self->file = fdopen (fd, "w+");
  return TRUE;
}

static void
describe (CrmLetterPdf *self, const char *title, const char *author)
{
  /* Classic cross-references, which crm-pdf-language.c adds to. */
  cairo_pdf_surface_restrict_to_version (self->surface, CAIRO_PDF_VERSION_1_4);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATOR, "CRM");
  if (title != NULL)
    cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_TITLE, title);
  if (author != NULL)
    cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_AUTHOR, author);
}

CrmLetterPdf *
crm_letter_pdf_new (const char *path,
                    const char *title,
                    const char *author,
                    const char *language,
                    GError **error)
{
  g_autoptr (CrmLetterPdf) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  self = g_new0 (CrmLetterPdf, 1);
  self->path = g_strdup (path);
  self->language = g_strdup (language);
  if (!open_partial (self, error))
    return NULL;

  self->surface = cairo_pdf_surface_create_for_stream (write_cb,
                                                       self,
                                                       CRM_PAGE_WIDTH,
                                                       CRM_PAGE_HEIGHT);
  describe (self, title, author);
  self->cr = cairo_create (self->surface);

  return g_steal_pointer (&self);
}

static void
close_surface (CrmLetterPdf *self)
{
  g_clear_pointer (&self->cr, cairo_destroy);
  if (self->surface != NULL)
    cairo_surface_finish (self->surface);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
}

void
crm_letter_pdf_free (CrmLetterPdf *self)
{
  if (self == NULL)
    return;

  close_surface (self);
  g_clear_pointer (&self->file, fclose);
  if (self->partial != NULL)
    g_unlink (self->partial);
  g_free (self->partial);
  g_free (self->language);
  g_free (self->path);
  g_free (self);
}

gboolean
crm_letter_pdf_add (CrmLetterPdf *self, const CrmLetterPages *pages, GError **error)
{
  g_return_val_if_fail (self != NULL && self->cr != NULL, FALSE);
  g_return_val_if_fail (pages != NULL, FALSE);

  for (guint i = 0; i < crm_letter_pages_get_n (pages); i++)
    {
      crm_letter_pages_draw (pages, i, self->cr);
      cairo_show_page (self->cr);
      self->n_pages++;
    }

  return check (self, error);
}

gboolean
crm_letter_pdf_finish (CrmLetterPdf *self, GError **error)
{
  int fd;

  g_return_val_if_fail (self != NULL && self->file != NULL, FALSE);

  cairo_surface_finish (self->surface);
  if (!check (self, error))
    return FALSE;
  close_surface (self);

  fd = fileno (self->file);
  if (fflush (self->file) != 0)
    return fail (self, errno, error);
  if (!crm_pdf_language_append (fd, self->path, self->language, error))
    return FALSE;
  if (fsync (fd) != 0)
    return fail (self, errno, error);
  if (fclose (g_steal_pointer (&self->file)) != 0)
    return fail (self, errno, error);

  return TRUE;
}

gboolean
crm_letter_pdf_commit (CrmLetterPdf *self, GError **error)
{
  g_return_val_if_fail (self != NULL && self->file == NULL && self->partial != NULL, FALSE);

  if (g_rename (self->partial, self->path) != 0)
    return fail (self, errno, error);

  g_clear_pointer (&self->partial, g_free);
  return TRUE;
}

guint
crm_letter_pdf_get_n_pages (const CrmLetterPdf *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_pages;
}

cairo_t *
crm_letter_pdf_get_cairo (CrmLetterPdf *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->cr;
}
