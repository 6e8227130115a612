#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CRM_EXCHANGE_ERROR (crm_exchange_error_quark ())

/* Reading and writing files themselves fails with %G_IO_ERROR, the replica with %CRM_STORE_ERROR.
 */
typedef enum
{
  /* The file is no table. The message of this and of the next ones names file, line and what was
   * expected. */
  CRM_EXCHANGE_ERROR_UNREADABLE,
  /* A mapping names a field or a column that is not there. */
  CRM_EXCHANGE_ERROR_MAPPING,
  /* A folder or a device. */
  CRM_EXCHANGE_ERROR_NO_FILE,
  /* Nothing, or only empty lines. */
  CRM_EXCHANGE_ERROR_EMPTY,
  /* A spreadsheet, a PDF, a picture or another known format. */
  CRM_EXCHANGE_ERROR_OTHER_FORMAT,
  /* A row or a line without end. */
  CRM_EXCHANGE_ERROR_LONG_ROW,
  CRM_EXCHANGE_ERROR_TOO_WIDE,
  /* The file ends in the middle of a row. */
  CRM_EXCHANGE_ERROR_CUT_OFF,
} CrmExchangeError;

GQuark crm_exchange_error_quark (void);
/* The line of the file that @error names; 0: none. */
guint64 crm_exchange_error_get_line (const GError *error);

G_END_DECLS
