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
  /* The last set, and the last row of `pulled`, whose changes were noted. */
  gint64 known_n;
  gint64 known_pulled;
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

/* Called with the mutex held. */
static void
add (CrmStoreWatch *self, GHashTable *ids, guint kinds)
{
  if (self->pending == NULL)
    {
      g_autoptr (GHashTable) empty = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      self->pending = crm_store_change_new (empty, 0);
    }
  crm_store_change_merge (self->pending, ids, kinds);
  schedule (self);
}

void
crm_store_watch_note (CrmStoreWatch *self, const CrmCommit *commit)
{
  g_mutex_lock (&self->mutex);

  /* When another program was in between, the next look finds what both did. */
  if (commit->n_before <= self->known_n)
    self->known_n = MAX (self->known_n, commit->n);
  if (commit->pulled_before <= self->known_pulled)
    self->known_pulled = MAX (self->known_pulled, commit->pulled);
  add (self, commit->ids, commit->kinds);

  g_mutex_unlock (&self->mutex);
}

/* ---- Other programs ---- */

/* Where both logs end. */
static gboolean
load_ends (CrmReplica *replica, gint64 *n, gint64 *pulled)
{
  CrmDb *db = crm_replica_get_db (replica);
  g_autoptr (GError) error = NULL;

  *n = 0;
  *pulled = 0;
  if (crm_db_query_int64 (db, "SELECT ifnull (max (n), 0) FROM change_set", n, &error) &&
      crm_db_query_int64 (db, "SELECT ifnull (max (nr), 0) FROM pulled", pulled, &error))
    return TRUE;

  g_debug ("The log cannot be looked at: %s", error->message);

  return FALSE;
}

void
crm_store_watch_start (CrmStoreWatch *self, CrmReplica *replica)
{
  load_ends (replica, &self->known_n, &self->known_pulled);
}

/* What was found of one of the logs. */
typedef struct
{
  GHashTable *ids;
  guint kinds;
  gboolean too_many;
} Found;

static gboolean
load_changes (CrmReplica *reader, const char *sql, gint64 known, Found *found, GError **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_replica_get_db (reader), sql, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64 (stmt, ":known", known);
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW && !found->too_many)
    {
      const guint kinds = (guint) crm_stmt_get_int64 (stmt, 0);
      g_autofree char *id = crm_stmt_dup_text (stmt, 1);

      found->kinds |= kinds;
      found->too_many = (id == NULL && kinds != 0) ||
                        g_hash_table_size (found->ids) >= CRM_STORE_CHANGE_MAX;
      if (id != NULL)
        g_hash_table_add (found->ids, g_steal_pointer (&id));
    }

  return step != CRM_STEP_ERROR;
}

/* Rows of `pulled` are thrown away after a while. */
static gboolean
has_gap (CrmReplica *reader, gint64 known, gboolean *gap, GError **error)
{
  gint64 first = 0;

  if (!crm_db_query_int64 (crm_replica_get_db (reader),
                           "SELECT ifnull (min (nr), 0) FROM pulled",
                           &first,
                           error))
    return FALSE;

  *gap = first > known + 1;

  return TRUE;
}

static gboolean
look (CrmReplica *reader, gint64 known_n, gint64 known_pulled, Found *found, GError **error)
{
  return load_changes (reader,
                       "SELECT 1 << kind, id FROM change WHERE nr >= (:known + 1) * 1024",
                       known_n,
                       found,
                       error) &&
         (found->too_many || has_gap (reader, known_pulled, &found->too_many, error)) &&
         (found->too_many || load_changes (reader,
                                           "SELECT kinds, id FROM pulled WHERE nr > :known",
                                           known_pulled,
                                           found,
                                           error));
}

void
crm_store_watch_look (CrmStoreWatch *self, CrmReplica *reader)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  Found found = { ids, 0, FALSE };
  gint64 known_n, known_pulled, n, pulled;

  if (!load_ends (reader, &n, &pulled))
    return;

  g_mutex_lock (&self->mutex);
  known_n = self->known_n;
  known_pulled = self->known_pulled;
  g_mutex_unlock (&self->mutex);
  if (n <= known_n && pulled <= known_pulled)
    return;

  if (!look (reader, known_n, known_pulled, &found, &error))
    {
      g_debug ("Another program's changes cannot be read: %s", error->message);
      return;
    }

  g_mutex_lock (&self->mutex);
  self->known_n = MAX (self->known_n, n);
  self->known_pulled = MAX (self->known_pulled, pulled);
  /* Of all kinds, for those behind the break were not seen. */
  if (found.too_many)
    add (self, NULL, G_MAXUINT);
  else
    add (self, found.ids, found.kinds);
  g_mutex_unlock (&self->mutex);
}
