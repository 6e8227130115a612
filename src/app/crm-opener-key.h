#pragma once

#include "store/key/crm-keyring.h"

G_BEGIN_DECLS

/*
 * Finds the key of the replica in @dir on a thread of its own: a keyring may ask people to unlock
 * it. Cancelled, it answers at once.
 *
 * @key_file: nullable, the file people named
 */
void crm_opener_key_find_async (CrmKeyring *keyring,
                                const char *dir,
                                const char *key_file,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* @kept_in: (out) (transfer full) (nullable): see crm_key_finder_find() */
CrmKey *crm_opener_key_find_finish (CrmKeyring *keyring,
                                    GAsyncResult *result,
                                    char **kept_in,
                                    GError **error);

/* Keeps @key for the next start, as crm_key_finder_keep(). */
void crm_opener_key_keep_async (CrmKeyring *keyring,
                                const char *dir,
                                const CrmKey *key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean crm_opener_key_keep_finish (CrmKeyring *keyring,
                                     GAsyncResult *result,
                                     char **kept_in,
                                     GError **error);

G_END_DECLS
