#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CRM_STORE_ERROR (crm_store_error_quark ())

typedef enum
{
  CRM_STORE_ERROR_FAILED,
  /* The record, set or replica is not there. */
  CRM_STORE_ERROR_NOT_FOUND,
  /* A name that should be unique has several hits. */
  CRM_STORE_ERROR_AMBIGUOUS,
  /* The key does not open the replica. */
  CRM_STORE_ERROR_KEY,
  /* Another program is writing. */
  CRM_STORE_ERROR_BUSY,
  CRM_STORE_ERROR_FULL,
  CRM_STORE_ERROR_CORRUPT,
  /* There is a replica in the folder already. */
  CRM_STORE_ERROR_EXISTS,
  /* Made by a newer version of the program. */
  CRM_STORE_ERROR_TOO_NEW,
  /* There is nothing to undo or redo. */
  CRM_STORE_ERROR_NOTHING,
  /* A pulled row that holds only some fields of a record that is not here. */
  CRM_STORE_ERROR_PARTIAL,
  /* A page older than what was pulled already. */
  CRM_STORE_ERROR_STALE,
  /* The last values of a deleted record are not known on this device. */
  CRM_STORE_ERROR_LOST,
} CrmStoreError;

GQuark crm_store_error_quark (void);

G_END_DECLS
