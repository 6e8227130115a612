#pragma once

#include "store/crm-replica-private.h"
#include "store/sync/crm-sync-store.h"

/*
 * Sets of the log as they go to the server. Numbers of the log never change; the wire's are those
 * less `chain`, which is 0 until a fork gave the replica another id, and the end of the log that
 * was acknowledged by then.
 */
gboolean crm_sync_set_load_chain (CrmReplica *replica, gint64 *chain, GError **error);
/* A version as the wire has it; one of a set before the chain is none. */
gint64 crm_sync_set_get_wire_base (gint64 seen, gint64 chain);

/* The set @n of the log; NULL with %CRM_STORE_ERROR_NOT_FOUND. Without `previous`. */
CrmSyncSet *crm_sync_set_load (CrmReplica *replica, gint64 n, GError **error);
/* digest from previous. */
void crm_sync_set_hash (CrmSyncSet *self);
/* About what it takes on the wire. */
gsize crm_sync_set_get_size (const CrmSyncSet *self);
/* Makes the digests anew of all sets above @after. */
gboolean crm_sync_set_rehash (CrmReplica *replica, gint64 after, GError **error);
/* crm_sync_store_fork() under that id, but for what this connection remembers of it. */
gboolean crm_sync_set_fork (CrmReplica *replica, const char *id, GError **error);
/* Zeros when it is the first of its chain. */
gboolean crm_sync_set_load_digest (CrmReplica *replica,
                                   gint64 n,
                                   guint8 digest[CRM_SET_DIGEST_SIZE],
                                   GError **error);
