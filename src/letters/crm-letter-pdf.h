#pragma once

#include "letters/crm-letter-pages.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A PDF file that grows page by page; what was added is written, so memory does not grow with it.
 * The file appears whole under its name at crm_letter_pdf_commit() or not at all. One thread.
 */
typedef struct _CrmLetterPdf CrmLetterPdf;

/* @title, @author: nullable. @language: ISO 639-1. Fails when the folder cannot be written. */
CrmLetterPdf *crm_letter_pdf_new (const char *path,
                                  const char *title,
                                  const char *author,
                                  const char *language,
                                  GError **error);
/* Removes what was written, unless it was committed. */
void crm_letter_pdf_free (CrmLetterPdf *self);
gboolean crm_letter_pdf_add (CrmLetterPdf *self, const CrmLetterPages *pages, GError **error);
/* Everything is on disk after this, still under another name. */
gboolean crm_letter_pdf_finish (CrmLetterPdf *self, GError **error);
gboolean crm_letter_pdf_commit (CrmLetterPdf *self, GError **error);
guint crm_letter_pdf_get_n_pages (const CrmLetterPdf *self);

/* For other drawing on A4 pages; finish each page with cairo_show_page(). */
cairo_t *crm_letter_pdf_get_cairo (CrmLetterPdf *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmLetterPdf, crm_letter_pdf_free)

G_END_DECLS
