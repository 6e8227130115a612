#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Writes a table as UTF-8 with CRLF (RFC 4180), streaming and atomic: the file is there when
 * crm_csv_writer_close() returned TRUE, and is untouched when the writer is freed before.
 *
 * A cell that a spreadsheet would calculate (it starts with = + - @ and is no plain number) gets an
 * apostrophe in front (OWASP, "CSV injection"); crm_csv_unguard() takes it away again.
 */
typedef struct _CrmCsvWriter CrmCsvWriter;

/* @separator: ';' opens right in a Dutch Excel; @bom: Excel then knows it is UTF-8. */
CrmCsvWriter *crm_csv_writer_open (GFile *file,
                                   char separator,
                                   gboolean bom,
                                   GCancellable *cancellable,
                                   GError **error);
/* @cell: nullable; the row ends with crm_csv_writer_end_row(). Errors come at the end of the row.
 */
void crm_csv_writer_add (CrmCsvWriter *self, const char *cell);
gboolean crm_csv_writer_end_row (CrmCsvWriter *self, GCancellable *cancellable, GError **error);
gboolean crm_csv_writer_close (CrmCsvWriter *self, GCancellable *cancellable, GError **error);
void crm_csv_writer_free (CrmCsvWriter *self);

/* NULL when @cell needs no guard. */
char *crm_csv_guard (const char *cell);
/* @cell itself, or one byte further. */
const char *crm_csv_unguard (const char *cell);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmCsvWriter, crm_csv_writer_free)

G_END_DECLS
