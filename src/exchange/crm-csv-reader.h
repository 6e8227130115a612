#pragma once

#include "exchange/crm-csv-format.h"

G_BEGIN_DECLS

/*
 * Reads a table row by row with flat memory, by libcsv: UTF-8 cells, line ends as "\n", empty lines
 * skipped. Blocking, any thread.
 */
typedef struct _CrmCsvReader CrmCsvReader;

/* A row is lent until the next one is read. */
typedef struct
{
  /* The first line of the file is 1; a quoted cell may span lines. */
  guint64 line;
  /* At most %CRM_CSV_CELLS_MAX; @n_cells says how many there were. */
  const char *const *cells;
  guint n_cells;
  /* Bytes that the encoding does not have became U+FFFD. */
  gboolean damaged;
} CrmCsvRow;

/* @format: fully decided, see crm_csv_format_detect(). */
CrmCsvReader *crm_csv_reader_open (GFile *file,
                                   const CrmCsvFormat *format,
                                   GCancellable *cancellable,
                                   GError **error);
/*
 * crm_csv_reader_next:
 * @row: (out): the row, lent
 *
 * Returns: FALSE with @error set when the file cannot be read further, FALSE without at the end.
 */
gboolean
crm_csv_reader_next (CrmCsvReader *self, CrmCsvRow *row, GCancellable *cancellable, GError **error);
/* How many bytes of the file were read, for progress. */
guint64 crm_csv_reader_get_offset (CrmCsvReader *self);
guint64 crm_csv_reader_get_size (CrmCsvReader *self);
/* After the last row: whether the file ended without a line end. */
gboolean crm_csv_reader_ended_open (CrmCsvReader *self);
void crm_csv_reader_free (CrmCsvReader *self);

/* The cell @index of @row; "" for one that a short row lacks. */
const char *crm_csv_row_get (const CrmCsvRow *row, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmCsvReader, crm_csv_reader_free)

G_END_DECLS
