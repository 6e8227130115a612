#include "crm-sim-disk.h"

struct _CrmSimDisk
{
  GHashTable *files; /* (element-type utf8 CrmSimFile) */
  /* Removed, but the folder was not synced since: may be back after a loss of power. */
  GHashTable *removed; /* (element-type utf8 CrmSimFile) */
  guint64 n_ops;
  gboolean dead;
  gboolean failed;

  CrmSimFault fault;
  guint fault_ops;
  guint64 fault_at;
  guint64 fault_times;
};

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash,
                                g_str_equal,
                                g_free,
                                (GDestroyNotify) crm_sim_file_unref);
}

CrmSimDisk *
crm_sim_disk_new (void)
{
  CrmSimDisk *self = g_new0 (CrmSimDisk, 1);

  self->files = new_table ();
  self->removed = new_table ();

  return self;
}

void
crm_sim_disk_free (CrmSimDisk *self)
{
  g_hash_table_unref (self->files);
  g_hash_table_unref (self->removed);
  g_free (self);
}

void
crm_sim_disk_copy_from (CrmSimDisk *self, CrmSimDisk *from)
{
  GHashTableIter iter;
  gpointer name, file;

  g_hash_table_remove_all (self->files);
  g_hash_table_remove_all (self->removed);
  g_hash_table_iter_init (&iter, from->files);
  while (g_hash_table_iter_next (&iter, &name, &file))
    g_hash_table_insert (self->files, g_strdup (name), crm_sim_file_copy (file));
}

void
crm_sim_disk_plan (CrmSimDisk *self, CrmSimFault fault, guint ops, guint64 at, guint64 n_times)
{
  self->fault = fault;
  self->fault_ops = ops;
  self->fault_at = at;
  self->fault_times = n_times;
  self->failed = FALSE;
}

void
crm_sim_disk_heal (CrmSimDisk *self)
{
  self->fault = CRM_SIM_FAULT_NONE;
}

gboolean
crm_sim_disk_is_dead (CrmSimDisk *self)
{
  return self->dead;
}

gboolean
crm_sim_disk_has_failed (CrmSimDisk *self)
{
  return self->failed;
}

guint64
crm_sim_disk_get_n_ops (CrmSimDisk *self)
{
  return self->n_ops;
}

/* In an order that does not depend on addresses. */
static void
lose_power (CrmSimDisk *self, CrmSimRandom *random)
{
  /* Disks differ: some write nothing down before they are told to, others nearly all. */
  const guint kept = crm_sim_random_below (random, 5) * 25;
  g_autoptr (GList) removed = g_hash_table_get_keys (self->removed);
  g_autoptr (GList) names = NULL;

  removed = g_list_sort (removed, (GCompareFunc) g_strcmp0);
  for (GList *l = removed; l != NULL; l = l->next)
    if (crm_sim_random_chance (random, 50) && !g_hash_table_contains (self->files, l->data))
      g_hash_table_insert (self->files,
                           g_strdup (l->data),
                           crm_sim_file_ref (g_hash_table_lookup (self->removed, l->data)));

  names = g_list_sort (g_hash_table_get_keys (self->files), (GCompareFunc) g_strcmp0);
  for (GList *l = names; l != NULL; l = l->next)
    if (!crm_sim_file_lose_power (g_hash_table_lookup (self->files, l->data), kept, random))
      g_hash_table_remove (self->files, l->data);
}

void
crm_sim_disk_restart (CrmSimDisk *self, gboolean power, CrmSimRandom *random)
{
  if (power)
    {
      lose_power (self, random);
      g_hash_table_remove_all (self->removed);
    }
  self->dead = FALSE;
  self->failed = FALSE;
  self->fault = CRM_SIM_FAULT_NONE;
}

CrmSimFault
crm_sim_disk_operate (CrmSimDisk *self, CrmSimOp op)
{
  self->n_ops++;
  if (self->dead)
    return CRM_SIM_FAULT_KILL;
  if (self->fault == CRM_SIM_FAULT_NONE || (self->fault_ops & op) == 0)
    return CRM_SIM_FAULT_NONE;
  if (self->fault_at > 0)
    {
      self->fault_at--;
      return CRM_SIM_FAULT_NONE;
    }
  if (self->fault_times == 0)
    return CRM_SIM_FAULT_NONE;

  self->fault_times--;
  self->failed = TRUE;
  self->dead = self->fault == CRM_SIM_FAULT_KILL;

  return self->fault;
}

CrmSimFile *
crm_sim_disk_find (CrmSimDisk *self, const char *name)
{
  return g_hash_table_lookup (self->files, name);
}

CrmSimFile *
crm_sim_disk_create (CrmSimDisk *self, const char *name)
{
  CrmSimFile *file = crm_sim_file_new ();

  g_hash_table_insert (self->files, g_strdup (name), file);

  return file;
}

void
crm_sim_disk_sync_folder (CrmSimDisk *self)
{
  GHashTableIter iter;
  gpointer file;

  g_hash_table_remove_all (self->removed);
  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, NULL, &file))
    crm_sim_file_sync_name (file);
}

void
crm_sim_disk_remove (CrmSimDisk *self, const char *name)
{
  CrmSimFile *file = crm_sim_disk_find (self, name);

  if (file == NULL)
    return;

  g_hash_table_insert (self->removed, g_strdup (name), crm_sim_file_ref (file));
  g_hash_table_remove (self->files, name);
}
