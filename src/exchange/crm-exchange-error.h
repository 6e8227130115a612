#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CRM_EXCHANGE_ERROR (crm_exchange_error_quark ())

/* Reading and writing files themselves fails with %G_IO_ERROR, the replica with %CRM_STORE_ERROR.
 */
typedef enum
{
  /* The file is no table: binary, cut off, a folder, a line without end. The message names file,
   * line and what was expected. */
  CRM_EXCHANGE_ERROR_UNREADABLE,
  /* A mapping names a field or a column that is not there. */
  CRM_EXCHANGE_ERROR_MAPPING,
} CrmExchangeError;

GQuark crm_exchange_error_quark (void);

G_END_DECLS
