#include "store/crm-store-private.h"

G_DEFINE_BOXED_TYPE (CrmStoreChange, crm_store_change, crm_store_change_copy, crm_store_change_free)

CrmStoreChange *
crm_store_change_new (GHashTable *ids, guint kinds)
{
  CrmStoreChange *self = g_new0 (CrmStoreChange, 1);

  self->kinds = kinds;
  if (ids != NULL)
    self->ids = g_hash_table_ref (ids);

  return self;
}

CrmStoreChange *
crm_store_change_copy (const CrmStoreChange *self)
{
  return crm_store_change_new (self->ids, self->kinds);
}

void
crm_store_change_free (CrmStoreChange *self)
{
  g_clear_pointer (&self->ids, g_hash_table_unref);
  g_free (self);
}

gboolean
crm_store_change_touches (const CrmStoreChange *self, const char *id)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return self->ids == NULL || g_hash_table_contains (self->ids, id);
}

/* @ids: (nullable): NULL makes the whole unknown. */
void
crm_store_change_merge (CrmStoreChange *self, GHashTable *ids, guint kinds)
{
  GHashTableIter iter;
  gpointer id;

  self->kinds |= kinds;

  if (ids == NULL)
    g_clear_pointer (&self->ids, g_hash_table_unref);
  if (self->ids == NULL)
    return;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (self->ids, g_strdup (id));
  if (g_hash_table_size (self->ids) > CRM_STORE_CHANGE_MAX)
    g_clear_pointer (&self->ids, g_hash_table_unref);
}
