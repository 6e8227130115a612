#include "exchange/crm-exchange-error.h"

G_DEFINE_QUARK (crm-exchange-error, crm_exchange_error)

guint64
crm_exchange_error_get_line (const GError *error)
{
  static const char mark[] = ": line ";
  const char *at;

  g_return_val_if_fail (error != NULL, 0);

  /* A file may be called so too; the message itself never has it. */
  at = g_strrstr (error->message, mark);

  return at != NULL && error->domain == CRM_EXCHANGE_ERROR
             ? g_ascii_strtoull (at + sizeof mark - 1, NULL, 10)
             : 0;
}
