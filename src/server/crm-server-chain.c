#include "server/crm-server-chain.h"

#include <sodium.h>

void
crm_server_chain_add (guint8 h[CRM_SERVER_HASH_SIZE],
                      gint64 seq,
                      const guint8 digest[CRM_SERVER_HASH_SIZE])
{
  const gint64 number = GINT64_TO_BE (seq);
  crypto_hash_sha256_state state;

  crypto_hash_sha256_init (&state);
  crypto_hash_sha256_update (&state, h, CRM_SERVER_HASH_SIZE);
  crypto_hash_sha256_update (&state, (const guint8 *) &number, sizeof number);
  crypto_hash_sha256_update (&state, digest, CRM_SERVER_HASH_SIZE);
  crypto_hash_sha256_final (&state, h);
}
