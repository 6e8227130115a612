#include "store/key/crm-keyring.h"

#include "store/crm-store-error.h"

#include <sodium.h>
#include <string.h>

G_DEFINE_INTERFACE (CrmKeyring, crm_keyring, G_TYPE_OBJECT)

static void
crm_keyring_default_init (CrmKeyringInterface *iface)
{
}

/* The folder names the key: the replica's own id is inside of what the key opens. */
static char *
dup_name (const char *replica_dir)
{
  return g_canonicalize_filename (replica_dir, NULL);
}

static void
free_secret (char *secret)
{
  if (secret != NULL)
    sodium_memzero (secret, strlen (secret));
  g_free (secret);
}

CrmKey *
crm_keyring_lookup_key (CrmKeyring *self,
                        const char *replica_dir,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autofree char *name = NULL;
  guint8 bytes[CRM_KEY_SIZE];
  CrmKey *key = NULL;
  gsize length = 0;
  char *secret;

  g_return_val_if_fail (CRM_IS_KEYRING (self), NULL);
  g_return_val_if_fail (replica_dir != NULL, NULL);

  name = dup_name (replica_dir);
  secret = CRM_KEYRING_GET_IFACE (self)->lookup (self, name, cancellable, error);
  if (secret == NULL)
    return NULL;

  if (sodium_hex2bin (bytes, sizeof bytes, secret, strlen (secret), NULL, &length, NULL) == 0 &&
      length == sizeof bytes)
    key = crm_key_new_from_bytes (bytes);
  else
    g_set_error (error,
                 CRM_STORE_ERROR,
                 CRM_STORE_ERROR_KEY,
                 "What the keyring holds for “%s” is no key; use the recovery key",
                 replica_dir);

  sodium_memzero (bytes, sizeof bytes);
  free_secret (secret);

  return key;
}

gboolean
crm_keyring_store_key (CrmKeyring *self,
                       const char *replica_dir,
                       const CrmKey *key,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  char secret[2 * CRM_KEY_SIZE + 1];
  gboolean stored;

  g_return_val_if_fail (CRM_IS_KEYRING (self), FALSE);
  g_return_val_if_fail (replica_dir != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  name = dup_name (replica_dir);
  label = g_strdup_printf ("CRM: %s", name);
  sodium_bin2hex (secret, sizeof secret, crm_key_get_bytes (key), CRM_KEY_SIZE);
  stored = CRM_KEYRING_GET_IFACE (self)->store (self, name, label, secret, cancellable, error);
  sodium_memzero (secret, sizeof secret);

  return stored;
}

gboolean
crm_keyring_clear_key (CrmKeyring *self,
                       const char *replica_dir,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (CRM_IS_KEYRING (self), FALSE);
  g_return_val_if_fail (replica_dir != NULL, FALSE);

  name = dup_name (replica_dir);

  return CRM_KEYRING_GET_IFACE (self)->clear (self, name, cancellable, error);
}

static char *
dup_token_name (const char *replica_dir)
{
  g_autofree char *name = dup_name (replica_dir);

  return g_strconcat (name, "#token", NULL);
}

char *
crm_keyring_lookup_token (CrmKeyring *self,
                          const char *replica_dir,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (CRM_IS_KEYRING (self), NULL);
  g_return_val_if_fail (replica_dir != NULL, NULL);

  name = dup_token_name (replica_dir);

  return CRM_KEYRING_GET_IFACE (self)->lookup (self, name, cancellable, error);
}

gboolean
crm_keyring_store_token (CrmKeyring *self,
                         const char *replica_dir,
                         const char *token,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;

  g_return_val_if_fail (CRM_IS_KEYRING (self), FALSE);
  g_return_val_if_fail (replica_dir != NULL, FALSE);

  name = dup_token_name (replica_dir);
  if (token == NULL)
    return CRM_KEYRING_GET_IFACE (self)->clear (self, name, cancellable, error);

  label = g_strdup_printf ("CRM: %s", name);

  return CRM_KEYRING_GET_IFACE (self)->store (self, name, label, token, cancellable, error);
}
