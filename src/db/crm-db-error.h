#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CRM_DB_ERROR (crm_db_error_quark ())

/* A statement stopped by its cancellable fails with %G_IO_ERROR_CANCELLED instead. */
typedef enum
{
  CRM_DB_ERROR_FAILED,
  /* The file cannot be opened or made. */
  CRM_DB_ERROR_OPEN,
  /* Not a database, or not one that the key opens: an encrypted file does not tell these apart. */
  CRM_DB_ERROR_KEY,
  /* Another connection held the lock until the time was up. */
  CRM_DB_ERROR_BUSY,
  CRM_DB_ERROR_FULL,
  CRM_DB_ERROR_CORRUPT,
  CRM_DB_ERROR_CONSTRAINT,
  CRM_DB_ERROR_READ_ONLY,
  /* The library that answered does not encrypt. */
  CRM_DB_ERROR_NO_CIPHER,
  /* Migrations of a newer program have been here. */
  CRM_DB_ERROR_TOO_NEW,
} CrmDbError;

GQuark crm_db_error_quark (void);

G_END_DECLS
