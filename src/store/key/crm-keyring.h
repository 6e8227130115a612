#pragma once

#include "store/key/crm-key.h"

G_BEGIN_DECLS

#define CRM_TYPE_KEYRING (crm_keyring_get_type ())

/* Where a replica's key lives: the system's keyring (libsecret), or memory in tests. Blocking. */
G_DECLARE_INTERFACE (CrmKeyring, crm_keyring, CRM, KEYRING, GObject)

struct _CrmKeyringInterface
{
  GTypeInterface parent_iface;

  char *(*lookup) (CrmKeyring *self, const char *name, GCancellable *cancellable, GError **error);
  gboolean (*store) (CrmKeyring *self,
                     const char *name,
                     const char *label,
                     const char *secret,
                     GCancellable *cancellable,
                     GError **error);
  gboolean (*clear) (CrmKeyring *self, const char *name, GCancellable *cancellable, GError **error);
};

CrmKeyring *crm_keyring_new_system (void);
CrmKeyring *crm_keyring_new_memory (void);

/* NULL without error when the keyring answers but has no such key. */
CrmKey *crm_keyring_lookup_key (CrmKeyring *self,
                                const char *replica_dir,
                                GCancellable *cancellable,
                                GError **error);
gboolean crm_keyring_store_key (CrmKeyring *self,
                                const char *replica_dir,
                                const CrmKey *key,
                                GCancellable *cancellable,
                                GError **error);
/* Done too when there is none. */
gboolean crm_keyring_clear_key (CrmKeyring *self,
                                const char *replica_dir,
                                GCancellable *cancellable,
                                GError **error);

/* The token that the replica's server gave, beside its key. NULL when there is none, with an error
 * when the keyring does not answer. */
char *crm_keyring_lookup_token (CrmKeyring *self,
                                const char *replica_dir,
                                GCancellable *cancellable,
                                GError **error);
/* @token: nullable: none any more */
gboolean crm_keyring_store_token (CrmKeyring *self,
                                  const char *replica_dir,
                                  const char *token,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
