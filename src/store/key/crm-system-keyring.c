#include "store/key/crm-keyring.h"

#include <libsecret/secret.h>

/* The Secret Service of the session: GNOME Keyring, KWallet, KeePassXC, or the portal in a sandbox.
 */

#define CRM_TYPE_SYSTEM_KEYRING (crm_system_keyring_get_type ())

G_DECLARE_FINAL_TYPE (CrmSystemKeyring, crm_system_keyring, CRM, SYSTEM_KEYRING, GObject)

struct _CrmSystemKeyring
{
  GObject parent_instance;
};

static const SecretSchema schema = {
  .name = "org.example.Crm.Replica",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "replica", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

static char *
crm_system_keyring_lookup (CrmKeyring *keyring,
                           const char *name,
                           GCancellable *cancellable,
                           GError **error)
{
  char *found = secret_password_lookup_nonpageable_sync (&schema,
                                                         cancellable,
                                                         error,
                                                         "replica",
                                                         name,
                                                         NULL);
  char *secret = g_strdup (found);

  secret_password_free (found);

  return secret;
}

static gboolean
crm_system_keyring_store (CrmKeyring *keyring,
                          const char *name,
                          const char *label,
                          const char *secret,
                          GCancellable *cancellable,
                          GError **error)
{
  return secret_password_store_sync (&schema,
                                     SECRET_COLLECTION_DEFAULT,
                                     label,
                                     secret,
                                     cancellable,
                                     error,
                                     "replica",
                                     name,
                                     NULL);
}

/* FALSE of the library without an error says that there was none, which is as good. */
static gboolean
crm_system_keyring_clear (CrmKeyring *keyring,
                          const char *name,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GError) local_error = NULL;

  secret_password_clear_sync (&schema, cancellable, &local_error, "replica", name, NULL);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static void
crm_system_keyring_iface_init (CrmKeyringInterface *iface)
{
  iface->lookup = crm_system_keyring_lookup;
  iface->store = crm_system_keyring_store;
  iface->clear = crm_system_keyring_clear;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmSystemKeyring,
                               crm_system_keyring,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CRM_TYPE_KEYRING,
                                                      crm_system_keyring_iface_init))

static void
crm_system_keyring_class_init (CrmSystemKeyringClass *klass)
{
}

static void
crm_system_keyring_init (CrmSystemKeyring *self)
{
}

CrmKeyring *
crm_keyring_new_system (void)
{
  return g_object_new (CRM_TYPE_SYSTEM_KEYRING, NULL);
}
