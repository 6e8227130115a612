#include "ui/settings/crm-settings-values.h"

#define WRITE_DELAY_MS 400

struct _CrmSettingsValues
{
  GObject parent_instance;

  CrmStore *store;
  GHashTable *values; /* (element-type utf8 utf8): what is set */
  GHashTable *dirty;  /* (element-type utf8): names that wait to be written */
  gboolean loaded;
  guint timer;
};

G_DEFINE_FINAL_TYPE (CrmSettingsValues, crm_settings_values, G_TYPE_OBJECT)

enum
{
  LOADED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static gpointer
load_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  char **names = data;
  GHashTable *values = new_table ();

  for (gsize i = 0; names[i] != NULL; i++)
    {
      char *value = crm_replica_dup_setting (replica, names[i]);

      if (value != NULL)
        g_hash_table_insert (values, g_strdup (names[i]), value);
    }

  return values;
}

static gpointer
save_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, data);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (!crm_replica_set_setting (replica, name, value, error))
      return NULL;

  return g_hash_table_ref (data);
}

static void
free_names (gpointer names)
{
  g_strfreev (names);
}

static void
free_table (gpointer table)
{
  g_hash_table_unref (table);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmSettingsValues) self = user_data;
  g_autoptr (GError) error = NULL;
  GHashTable *values = crm_store_run_finish (CRM_STORE (source), result, &error);

  if (values == NULL)
    {
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }
  g_hash_table_unref (self->values);
  self->values = values;
  self->loaded = TRUE;
  g_signal_emit (self, signals[LOADED], 0);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmSettingsValues) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) written = crm_store_run_finish (CRM_STORE (source), result, &error);

  if (written == NULL)
    g_signal_emit (self, signals[FAILED], 0, error);
}

static gboolean
flush_cb (gpointer user_data)
{
  CrmSettingsValues *self = user_data;

  self->timer = 0;
  crm_settings_values_flush (self);

  return G_SOURCE_REMOVE;
}

static void
crm_settings_values_finalize (GObject *object)
{
  CrmSettingsValues *self = CRM_SETTINGS_VALUES (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_hash_table_unref (self->values);
  g_hash_table_unref (self->dirty);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_settings_values_parent_class)->finalize (object);
}

static void
crm_settings_values_class_init (CrmSettingsValuesClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = crm_settings_values_finalize;

  signals[LOADED] =
      g_signal_new ("loaded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed",
                                  type,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  G_TYPE_ERROR);
}

static void
crm_settings_values_init (CrmSettingsValues *self)
{
  self->values = new_table ();
  self->dirty = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

CrmSettingsValues *
crm_settings_values_new (CrmStore *store)
{
  CrmSettingsValues *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_SETTINGS_VALUES, NULL);
  self->store = g_object_ref (store);

  return self;
}

void
crm_settings_values_load (CrmSettingsValues *self, const char *const *names)
{
  g_return_if_fail (CRM_IS_SETTINGS_VALUES (self));
  g_return_if_fail (names != NULL);

  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       load_on_worker,
                       g_strdupv ((char **) names),
                       free_names,
                       free_table,
                       NULL,
                       loaded_cb,
                       g_object_ref (self));
}

gboolean
crm_settings_values_is_loaded (CrmSettingsValues *self)
{
  g_return_val_if_fail (CRM_IS_SETTINGS_VALUES (self), FALSE);

  return self->loaded;
}

const char *
crm_settings_values_get (CrmSettingsValues *self, const char *name)
{
  g_return_val_if_fail (CRM_IS_SETTINGS_VALUES (self), NULL);

  return g_hash_table_lookup (self->values, name);
}

void
crm_settings_values_set (CrmSettingsValues *self, const char *name, const char *value)
{
  g_return_if_fail (CRM_IS_SETTINGS_VALUES (self));
  g_return_if_fail (name != NULL);

  if (value != NULL && value[0] == '\0')
    value = NULL;
  if (!self->loaded || g_strcmp0 (value, crm_settings_values_get (self, name)) == 0)
    return;

  if (value != NULL)
    g_hash_table_insert (self->values, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (self->values, name);
  g_hash_table_add (self->dirty, g_strdup (name));
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (WRITE_DELAY_MS, flush_cb, self);
}

void
crm_settings_values_flush (CrmSettingsValues *self)
{
  GHashTable *changes;
  GHashTableIter iter;
  gpointer name;

  g_return_if_fail (CRM_IS_SETTINGS_VALUES (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  if (g_hash_table_size (self->dirty) == 0)
    return;

  changes = new_table ();
  g_hash_table_iter_init (&iter, self->dirty);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_hash_table_insert (changes, g_strdup (name), g_strdup (crm_settings_values_get (self, name)));
  g_hash_table_remove_all (self->dirty);

  crm_store_run_async (self->store,
                       CRM_STORE_USER,
                       save_on_worker,
                       changes,
                       free_table,
                       free_table,
                       NULL,
                       saved_cb,
                       g_object_ref (self));
}
