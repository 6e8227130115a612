#include "server/crm-server-token.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT (CRM_SERVER_TOKEN_HASH_SIZE == crypto_hash_sha256_BYTES);

char *
crm_server_token_new (void)
{
  guint8 secret[32];
  char text[64];

  if (sodium_init () < 0)
    g_error ("libsodium found no source of randomness");
  randombytes_buf (secret, sizeof secret);
  sodium_bin2base64 (text,
                     sizeof text,
                     secret,
                     sizeof secret,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  sodium_memzero (secret, sizeof secret);

  return g_strdup (text);
}

void
crm_server_token_hash (const char *token, guint8 hash[CRM_SERVER_TOKEN_HASH_SIZE])
{
  g_return_if_fail (token != NULL);

  crypto_hash_sha256 (hash, (const guint8 *) token, strlen (token));
}
