#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CRM_SERVER_PASSWORD_MIN 8
/* A longer one only makes hashing it work for nothing. */
#define CRM_SERVER_PASSWORD_MAX 1024

/*
 * crm_server_password_hash:
 *
 * Argon2id with the parameters that libsodium calls interactive (64 MiB, some tens of
 * milliseconds), as a string that holds salt and parameters. Fails with %CRM_SERVER_ERROR_INVALID
 * when the password has fewer than %CRM_SERVER_PASSWORD_MIN characters. Any thread; slow.
 *
 * Returns: (transfer full)
 */
char *crm_server_password_hash (const char *password, GError **error);
/* @hash: (nullable): NULL when there is no such user; takes as long, and is always wrong. Any
 * thread; slow. */
gboolean crm_server_password_verify (const char *hash, const char *password);
/* The first line of a file. Fails with a %G_FILE_ERROR or %CRM_SERVER_ERROR_INVALID.
 * Returns: (transfer full) */
char *crm_server_password_read (const char *path, GError **error);

G_END_DECLS
