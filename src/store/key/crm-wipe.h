#pragma once

#include "store/key/crm-keyring.h"

G_BEGIN_DECLS

/*
 * crm_wipe_run:
 * @key_file: (nullable): the file that holds the key
 * @keyring: (nullable): the keyring that does
 *
 * Destroys the replica in @dir for good: first its key, so that what could not be removed cannot be
 * read, then its files. What people put into the folder themselves stays. The replica must be open
 * no more in this program. Blocking. Fails when the key is still there; files that stay are no
 * failure then.
 */
gboolean crm_wipe_run (const char *dir, const char *key_file, CrmKeyring *keyring, GError **error);

G_END_DECLS
