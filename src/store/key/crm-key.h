#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CRM_KEY_SIZE 32

/* The page key of a replica, in memory that is not swapped and is wiped when freed. Immutable. */
typedef struct _CrmKey CrmKey;

CrmKey *crm_key_new_random (void);
/* 64 hex digits, white space around allowed, or 32 raw bytes. */
CrmKey *crm_key_new_from_file (const char *path, GError **error);
CrmKey *crm_key_new_from_bytes (const guint8 bytes[CRM_KEY_SIZE]);
/* Hex, mode 0600; fails when the file exists. */
gboolean crm_key_save (const CrmKey *self, const char *path, GError **error);
/* Whether others than the owner may read the file: it should be 0600. */
gboolean crm_key_file_is_shared (const char *path);
const guint8 *crm_key_get_bytes (const CrmKey *self);
CrmKey *crm_key_copy (const CrmKey *self);
void crm_key_free (CrmKey *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmKey, crm_key_free)

G_END_DECLS
