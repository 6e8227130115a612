#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CRM_SERVER_ERROR (crm_server_error_quark ())

/* Errors of the database itself keep their own domain. */
typedef enum
{
  CRM_SERVER_ERROR_FAILED,
  /* The command line is wrong. */
  CRM_SERVER_ERROR_USAGE,
  CRM_SERVER_ERROR_EXISTS,
  CRM_SERVER_ERROR_NOT_FOUND,
  /* What the administrator gave is not allowed: a short password, an empty name. */
  CRM_SERVER_ERROR_INVALID,
  /* A server runs on the database. */
  CRM_SERVER_ERROR_BUSY,
} CrmServerError;

GQuark crm_server_error_quark (void);

G_END_DECLS
