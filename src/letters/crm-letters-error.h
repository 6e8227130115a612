#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CRM_LETTERS_ERROR (crm_letters_error_quark ())

typedef enum
{
  CRM_LETTERS_ERROR_FAILED,
  /* The text of a template cannot be read; the message names line and column. */
  CRM_LETTERS_ERROR_TEMPLATE,
  /* No such template, or nobody to write to. */
  CRM_LETTERS_ERROR_NOT_FOUND,
  /* The pre-flight stops at least one letter, so that none was made. */
  CRM_LETTERS_ERROR_STOPPED,
} CrmLettersError;

GQuark crm_letters_error_quark (void);

G_END_DECLS
