#include "store/crm-store-private.h"

struct _CrmStoreWatch
{
  GMainContext *context;
  CrmStoreWatchFunc func;
  GWeakRef store;

  GMutex mutex;
  /* Guarded by the mutex: what was not handed over yet, and the source that will do it. */
  CrmStoreChange *pending;
  GSource *source;
  /* The last set whose changes were noted. */
  gint64 known_n;
};

CrmStoreWatch *
crm_store_watch_new (CrmStore *store, CrmStoreWatchFunc func)
{
  CrmStoreWatch *self = g_atomic_rc_box_new0 (CrmStoreWatch);

  self->context = g_main_context_ref_thread_default ();
  self->func = func;
  g_weak_ref_init (&self->store, store);
  g_mutex_init (&self->mutex);

  return self;
}

static void
clear_watch (gpointer data)
{
  CrmStoreWatch *self = data;

  g_clear_pointer (&self->source, g_source_unref);
  g_clear_pointer (&self->pending, crm_store_change_free);
  g_weak_ref_clear (&self->store);
  g_mutex_clear (&self->mutex);
  g_main_context_unref (self->context);
}

void
crm_store_watch_unref (CrmStoreWatch *self)
{
  g_atomic_rc_box_release_full (self, clear_watch);
}

static gboolean
hand_over_cb (gpointer user_data)
{
  CrmStoreWatch *self = user_data;
  CrmStoreChange *change;
  g_autoptr (CrmStore) store = g_weak_ref_get (&self->store);

  g_mutex_lock (&self->mutex);
  change = g_steal_pointer (&self->pending);
  g_clear_pointer (&self->source, g_source_unref);
  g_mutex_unlock (&self->mutex);

  if (store != NULL)
    self->func (store, change);
  crm_store_change_free (change);

  return G_SOURCE_REMOVE;
}

/* Called with the mutex held. */
static void
schedule (CrmStoreWatch *self)
{
  if (self->source != NULL)
    return;

  self->source = g_idle_source_new ();
  g_source_set_static_name (self->source, "[crm] store changed");
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->source,
                         hand_over_cb,
                         g_atomic_rc_box_acquire (self),
                         (GDestroyNotify) crm_store_watch_unref);
  g_source_attach (self->source, self->context);
}

void
crm_store_watch_note (CrmStoreWatch *self, GHashTable *ids, guint kinds, gint64 n)
{
  g_mutex_lock (&self->mutex);

  self->known_n = MAX (self->known_n, n);
  if (self->pending == NULL)
    {
      g_autoptr (GHashTable) empty = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      self->pending = crm_store_change_new (empty, 0);
    }
  crm_store_change_merge (self->pending, ids, kinds);
  schedule (self);

  g_mutex_unlock (&self->mutex);
}

static gint64
load_last_n (CrmReplica *replica)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  if (!crm_db_query_int64 (crm_replica_get_db (replica),
                           "SELECT ifnull (max (n), 0) FROM change_set",
                           &n,
                           &error))
    g_debug ("The log cannot be looked at: %s", error->message);

  return n;
}

void
crm_store_watch_start (CrmStoreWatch *self, CrmReplica *replica)
{
  self->known_n = load_last_n (replica);
}

static CrmStep
load_changes (CrmStmt *stmt, GHashTable *ids, guint *kinds, GError **error)
{
  CrmStep step;

  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW &&
         g_hash_table_size (ids) <= CRM_STORE_CHANGE_MAX)
    {
      *kinds |= 1u << crm_stmt_get_int64 (stmt, 0);
      g_hash_table_add (ids, crm_stmt_dup_text (stmt, 1));
    }

  return step;
}

void
crm_store_watch_look (CrmStoreWatch *self, CrmReplica *reader)
{
  static const char sql[] = "SELECT kind, id FROM change WHERE nr >= (:known + 1) * 1024";
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStmt) stmt = NULL;
  const gint64 last = load_last_n (reader);
  gint64 known;
  guint kinds = 0;

  g_mutex_lock (&self->mutex);
  known = self->known_n;
  g_mutex_unlock (&self->mutex);

  if (last <= known || !(stmt = crm_db_prepare (crm_replica_get_db (reader), sql, &error)))
    return;

  crm_stmt_bind_int64 (stmt, ":known", known);
  switch (load_changes (stmt, ids, &kinds, &error))
    {
    case CRM_STEP_DONE:
      crm_store_watch_note (self, ids, kinds, last);
      break;

    /* Too many to tell; of all kinds, for those behind the break were not seen. */
    case CRM_STEP_ROW:
      crm_store_watch_note (self, NULL, G_MAXUINT, last);
      break;

    case CRM_STEP_ERROR:
    default:
      g_debug ("Another program's changes cannot be read: %s", error->message);
    }
}
