#pragma once

#include "server/crm-server-account.h"

G_BEGIN_DECLS

/* The chain over all sets in their order: h(seq) = SHA-256 over h(seq-1), seq (8 bytes, big end
 * first) and the digest of the set. It tells a database that was put back and went on from the one
 * that a cursor was given by. */
void crm_server_chain_add (guint8 h[CRM_SERVER_HASH_SIZE],
                           gint64 seq,
                           const guint8 digest[CRM_SERVER_HASH_SIZE]);

G_END_DECLS
