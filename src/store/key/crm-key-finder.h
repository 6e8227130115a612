#pragma once

#include "store/key/crm-keyring.h"

G_BEGIN_DECLS

/* The folder that is opened when none is named. */
char *crm_key_finder_dup_default_dir (void);

/*
 * crm_key_finder_find:
 * @key_file: (nullable): the file people named
 * @kept_in: (out) (nullable) (transfer full): the private file that keeps the key because no
 * keyring answered; NULL when the keyring keeps it or people named a file
 *
 * The key of the replica in @dir; a new one, kept, when there is no replica yet. Blocking: a
 * keyring may ask people to unlock it. Fails with %CRM_STORE_ERROR_KEY when there is a replica and
 * no key.
 *
 * Returns: (transfer full):
 */
CrmKey *crm_key_finder_find (const char *dir,
                             const char *key_file,
                             CrmKeyring *keyring,
                             char **kept_in,
                             GCancellable *cancellable,
                             GError **error);

/*
 * crm_key_finder_keep:
 *
 * Keeps @key for the replica in @dir: in the keyring, or in a private file when none answers.
 * A private file that holds another key is renamed to end in ".old".
 */
gboolean crm_key_finder_keep (const char *dir,
                              const CrmKey *key,
                              CrmKeyring *keyring,
                              char **kept_in,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
