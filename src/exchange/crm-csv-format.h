#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  CRM_ENCODING_DETECT,
  CRM_ENCODING_UTF8,
  CRM_ENCODING_WINDOWS_1252,
  CRM_ENCODING_UTF16LE,
  CRM_ENCODING_UTF16BE,
} CrmEncoding;

typedef enum
{
  CRM_HEADER_DETECT,
  CRM_HEADER_PRESENT,
  CRM_HEADER_ABSENT,
} CrmHeader;

/* How a table of text is written. All zero: detect everything. */
typedef struct
{
  CrmEncoding encoding;
  /* ';', ',', '\t' or '|'; 0: detect. */
  char separator;
  /* '"' or '\''; 0: detect. */
  char quote;
  CrmHeader header;
  /* Windows-1252 with UTF-8 in between, as files glued together have; cells that are UTF-8 are
   * taken so. */
  gboolean mixed;
  /* The first row is Excel's "sep=;" and no row of the table. */
  gboolean separator_row;
} CrmCsvFormat;

/* No table that people keep has a longer row or a longer cell; what has is no table (or lacks a
 * closing quote). */
#define CRM_CSV_ROW_MAX   (8 * 1024 * 1024)
#define CRM_CSV_CELLS_MAX 4096

/*
 * crm_csv_format_detect:
 * @wanted: (nullable): what is known already and is kept
 * @format: (out): all but @header is decided
 *
 * Reads the whole file: whether it is UTF-8 can only be said at its end. Fails with
 * %CRM_EXCHANGE_ERROR_UNREADABLE on a folder or device, an empty or binary file and an endless
 * line.
 */
gboolean crm_csv_format_detect (GFile *file,
                                const CrmCsvFormat *wanted,
                                CrmCsvFormat *format,
                                GCancellable *cancellable,
                                GError **error);
/* "UTF-8", "Windows-1252", "UTF-16"; never translated. */
const char *crm_encoding_get_name (CrmEncoding encoding);

G_END_DECLS
