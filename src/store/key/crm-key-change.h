#pragma once

#include "store/crm-replica.h"
#include "store/key/crm-keyring.h"

G_BEGIN_DECLS

/*
 * crm_key_change_run:
 * @file: (nullable): the file that keeps the key; NULL: @keyring does
 * @recovery: (out) (nullable) (transfer full): a new recovery key to print, when there was one: the
 *   old one opens nothing any more
 *
 * Gives the replica a new key and keeps that where the old one was. Killed at any moment, the next
 * crm_key_finder_find() finds the key that opens it. Blocking.
 */
gboolean crm_key_change_run (CrmReplica *replica,
                             const char *file,
                             CrmKeyring *keyring,
                             char **recovery,
                             GError **error);
/*
 * crm_key_change_settle:
 * @key: (transfer full): where it is kept
 *
 * After a change that was killed: puts the new key in its place if the replica has it already.
 *
 * Returns: (transfer full): the key that opens the replica, or @key
 */
CrmKey *crm_key_change_settle (const char *dir, const char *file, CrmKeyring *keyring, CrmKey *key);

G_END_DECLS
