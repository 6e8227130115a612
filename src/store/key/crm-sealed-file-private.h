#pragma once

#include "base/crm-progress.h"
#include "store/key/crm-key.h"

/*
 * A file in a file, encrypted with a password. Layout, numbers little-endian:
 *
 *   "CRM backup 1\n" | Argon2id operations (8 bytes) | memory in bytes (8) | salt (16)
 *   | secretstream header (24) | messages of libsodium's secretstream (XChaCha20-Poly1305)
 *
 * The first message is a key of 32 bytes that opens the content; the others are the content in
 * pieces of 64 KiB, the last of them tagged as the end. What stands before the messages is
 * authenticated with the first one. A file that was cut, grown or changed anywhere does not open.
 */
gboolean crm_sealed_file_write (const char *content,
                                const CrmKey *content_key,
                                const char *path,
                                const char *password,
                                CrmProgress *progress,
                                GCancellable *cancellable,
                                GError **error);
/*
 * crm_sealed_file_read:
 * @content: (nullable): where to write it, NULL to verify only
 *
 * Fails with %CRM_STORE_ERROR_KEY on a wrong password, with %CRM_STORE_ERROR_CORRUPT on a damaged
 * file.
 *
 * Returns: (transfer full): the key of the content
 */
CrmKey *crm_sealed_file_read (const char *path,
                              const char *password,
                              const char *content,
                              CrmProgress *progress,
                              GCancellable *cancellable,
                              GError **error);
