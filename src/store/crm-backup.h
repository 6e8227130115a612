#pragma once

#include "base/crm-progress.h"
#include "store/crm-replica.h"

G_BEGIN_DECLS

/* Writes @file in full or not at all, encrypted with a key from @password (Argon2id); the replica
 * may be in use. */
gboolean crm_replica_backup (CrmReplica *self,
                             const char *file,
                             const char *password,
                             CrmProgress *progress,
                             GCancellable *cancellable,
                             GError **error);
/* Into @dir, which must hold no replica, under @key. Fails with %CRM_STORE_ERROR_KEY on a wrong
 * password. */
gboolean crm_backup_restore (const char *file,
                             const char *password,
                             const char *dir,
                             const CrmKey *key,
                             CrmProgress *progress,
                             GCancellable *cancellable,
                             GError **error);
/*
 * Encrypts the replica with @new_key in one transaction of the database: killed at any moment,
 * either the old key opens it or the new one. So keep @new_key in a safe place before, and the old
 * one until this returns. Other connections have to be opened again; the recovery key is void, make
 * a new one.
 */
gboolean crm_replica_rekey (CrmReplica *self, const CrmKey *new_key, GError **error);
/* Replica, log and index. Returns: (transfer full) (element-type utf8): what is wrong, one line
 * each; empty when all is well */
GPtrArray *crm_replica_check (CrmReplica *self, GCancellable *cancellable, GError **error);

/* Groups of letters and digits to print, that open @wrapped, which holds @key; and back, as people
 * type it. Fails with %CRM_STORE_ERROR_KEY; the message tells a typing error from the wrong key. */
char *crm_recovery_key_new (const CrmKey *key, char **wrapped, GError **error);
CrmKey *crm_recovery_key_open (const char *printed, const char *wrapped, GError **error);
/* What the printed key opens lies beside the database. */
gboolean crm_recovery_key_save (const char *dir, const char *wrapped, GError **error);
char *crm_recovery_key_load (const char *dir, GError **error);

G_END_DECLS
