#include "model/crm-id-sum.h"

#include "base/crm-id.h"

#include <sodium.h>
#include <string.h>

void
crm_id_sum_merge (CrmIdSum *self, const CrmIdSum *other)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (other != NULL);

  for (guint i = 0; i < sizeof self->bytes; i++)
    self->bytes[i] ^= other->bytes[i];
}

gboolean
crm_id_sum_add (CrmIdSum *self, const char *id)
{
  CrmIdSum sum;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!crm_id_is_valid (id) ||
      sodium_hex2bin (sum.bytes, sizeof sum.bytes, id, strlen (id), "-", NULL, NULL) != 0)
    return FALSE;

  crm_id_sum_merge (self, &sum);

  return TRUE;
}

char *
crm_id_sum_to_hex (const CrmIdSum *self)
{
  const gsize size = 2 * sizeof self->bytes + 1;

  g_return_val_if_fail (self != NULL, NULL);

  return sodium_bin2hex (g_malloc (size), size, self->bytes, sizeof self->bytes);
}

gboolean
crm_id_sum_from_hex (CrmIdSum *self, const char *hex)
{
  const gsize size = 2 * sizeof self->bytes;
  guint8 bytes[sizeof self->bytes];

  g_return_val_if_fail (self != NULL, FALSE);

  if (hex == NULL || strlen (hex) != size || strspn (hex, "0123456789abcdef") != size ||
      sodium_hex2bin (bytes, sizeof bytes, hex, size, NULL, NULL, NULL) != 0)
    return FALSE;
  memcpy (self->bytes, bytes, sizeof bytes);

  return TRUE;
}
