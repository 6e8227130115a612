#include "store/key/crm-keyring.h"

/* For tests: forgets when the program ends. */

#define CRM_TYPE_MEMORY_KEYRING (crm_memory_keyring_get_type ())

G_DECLARE_FINAL_TYPE (CrmMemoryKeyring, crm_memory_keyring, CRM, MEMORY_KEYRING, GObject)

struct _CrmMemoryKeyring
{
  GObject parent_instance;

  GHashTable *secrets;
};

static char *
crm_memory_keyring_lookup (CrmKeyring *keyring,
                           const char *name,
                           GCancellable *cancellable,
                           GError **error)
{
  return g_strdup (g_hash_table_lookup (CRM_MEMORY_KEYRING (keyring)->secrets, name));
}

static gboolean
crm_memory_keyring_store (CrmKeyring *keyring,
                          const char *name,
                          const char *label,
                          const char *secret,
                          GCancellable *cancellable,
                          GError **error)
{
  g_hash_table_insert (CRM_MEMORY_KEYRING (keyring)->secrets, g_strdup (name), g_strdup (secret));

  return TRUE;
}

static gboolean
crm_memory_keyring_clear (CrmKeyring *keyring,
                          const char *name,
                          GCancellable *cancellable,
                          GError **error)
{
  g_hash_table_remove (CRM_MEMORY_KEYRING (keyring)->secrets, name);

  return TRUE;
}

static void
crm_memory_keyring_iface_init (CrmKeyringInterface *iface)
{
  iface->lookup = crm_memory_keyring_lookup;
  iface->store = crm_memory_keyring_store;
  iface->clear = crm_memory_keyring_clear;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmMemoryKeyring,
                               crm_memory_keyring,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CRM_TYPE_KEYRING,
                                                      crm_memory_keyring_iface_init))

static void
crm_memory_keyring_finalize (GObject *object)
{
  g_hash_table_unref (CRM_MEMORY_KEYRING (object)->secrets);

  G_OBJECT_CLASS (crm_memory_keyring_parent_class)->finalize (object);
}

static void
crm_memory_keyring_class_init (CrmMemoryKeyringClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = crm_memory_keyring_finalize;
}

static void
crm_memory_keyring_init (CrmMemoryKeyring *self)
{
  self->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

CrmKeyring *
crm_keyring_new_memory (void)
{
  return g_object_new (CRM_TYPE_MEMORY_KEYRING, NULL);
}
