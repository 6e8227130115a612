#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Says in which language a PDF is, for screen readers: cairo 1.18 has no way to. Appends the
 * catalog with its Lang entry as an incremental update (ISO 32000-1, 7.5.6) to the file that is
 * open as @fd, which must have a classic cross-reference table (PDF 1.4). @path: for messages.
 */
gboolean crm_pdf_language_append (int fd, const char *path, const char *language, GError **error);

G_END_DECLS
