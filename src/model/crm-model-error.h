#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CRM_MODEL_ERROR (crm_model_error_quark ())

typedef enum
{
  /* A value cannot be understood as its field's type, or fails its check. */
  CRM_MODEL_ERROR_VALUE,
  /* An expression cannot be parsed; the message names the place. */
  CRM_MODEL_ERROR_EXPRESSION,
  /* No such kind or field. */
  CRM_MODEL_ERROR_UNKNOWN,
} CrmModelError;

GQuark crm_model_error_quark (void);

G_END_DECLS
