#include "sync/crm-sync-private.h"

#include <string.h>

/* A keyring may ask people to unlock it, so it is never asked on a thread that others wait for. */

typedef struct
{
  char *dir;
  CrmKeyring *keyring; /* nullable */
  char *token;         /* nullable */
  char *server;        /* nullable */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->token != NULL)
    explicit_bzero (job->token, strlen (job->token));
  g_clear_object (&job->keyring);
  g_free (job->token);
  g_free (job->server);
  g_free (job->dir);
  g_free (job);
}

static GTask *
new_task (CrmSync *self,
          const char *token,
          const char *server,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_set_object (&job->keyring, self->keyring);
  job->dir = g_strdup (crm_store_get_dir (self->store));
  job->token = g_strdup (token);
  job->server = g_strdup (server);
  g_task_set_task_data (task, job, job_free);

  return task;
}

/* ---- Load ---- */

typedef struct
{
  char *token;
  char *server;
  char *user;
  char *last_contact;
  CrmSyncCounts *counts;
} Known;

static void
known_free (gpointer data)
{
  Known *known = data;

  g_clear_pointer (&known->counts, crm_sync_counts_free);
  g_free (known->token);
  g_free (known->server);
  g_free (known->user);
  g_free (known->last_contact);
  g_free (known);
}

static gpointer
load_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  Known *known = g_new0 (Known, 1);

  known->token = crm_sync_store_dup_state (replica, CRM_SYNC_STATE_TOKEN);
  known->server = crm_sync_store_dup_state (replica, CRM_SYNC_STATE_SERVER);
  known->user = crm_sync_store_dup_state (replica, CRM_SYNC_STATE_USER);
  known->last_contact = crm_sync_store_dup_state (replica, CRM_SYNC_STATE_LAST_CONTACT);
  known->counts = crm_sync_store_count (replica, error);
  if (known->counts == NULL)
    g_clear_pointer (&known, known_free);

  return known;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CrmSync *self = CRM_SYNC (g_task_get_source_object (task));
  const Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  Known *known = crm_store_run_finish (CRM_STORE (source), result, &error);

  if (known == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (self->saving == 0)
    g_set_str (&self->token, job->token != NULL ? job->token : known->token);
  crm_sync_set_known (self, known->server, known->user);
  crm_sync_set_last_contact (self, known->last_contact);
  crm_sync_set_counts (self, known->counts);
  known_free (known);
  g_task_return_boolean (task, TRUE);
}

/* @task: (transfer full) */
static void
load_from_replica (CrmSync *self, GTask *task)
{
  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       load_on_worker,
                       NULL,
                       NULL,
                       known_free,
                       NULL,
                       loaded_cb,
                       task);
}

static void
lookup_on_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  g_autoptr (GError) error = NULL;
  char *token = crm_keyring_lookup_token (job->keyring, job->dir, cancellable, &error);

  if (error != NULL)
    g_message ("The keyring does not give the token: %s", error->message);
  g_task_return_pointer (task, token, g_free);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);

  job->token = g_task_propagate_pointer (G_TASK (result), NULL);
  load_from_replica (CRM_SYNC (source), task);
}

void
crm_sync_load_async (CrmSync *self,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) inner = NULL;
  GTask *task;

  g_return_if_fail (CRM_IS_SYNC (self));

  task = new_task (self, NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, crm_sync_load_async);
  if (self->keyring == NULL)
    {
      load_from_replica (self, task);
      return;
    }

  inner = new_task (self, NULL, NULL, looked_up_cb, task);
  g_task_set_source_tag (inner, crm_sync_load_async);
  g_task_run_in_thread (inner, lookup_on_thread);
}

gboolean
crm_sync_load_finish (CrmSync *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- Save ---- */

static gpointer
save_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = g_task_get_task_data (data);

  if (!crm_sync_store_set_state (replica, CRM_SYNC_STATE_TOKEN, job->token, error))
    return NULL;
  if (job->server != NULL)
    crm_sync_store_set_state (replica, CRM_SYNC_STATE_SERVER, job->server, error);

  return NULL;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  CRM_SYNC (g_task_get_source_object (task))->saving--;
  crm_store_run_finish (CRM_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
save_in_replica (CrmSync *self, GTask *task)
{
  crm_store_run_async (self->store,
                       CRM_STORE_BULK,
                       save_on_worker,
                       task,
                       NULL,
                       NULL,
                       NULL,
                       saved_cb,
                       task);
}

static void
keep_on_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  g_autoptr (GError) error = NULL;
  const gboolean kept = crm_keyring_store_token (job->keyring,
                                                 job->dir,
                                                 job->token,
                                                 cancellable,
                                                 &error);

  if (!kept)
    g_message ("No keyring keeps the token, so the replica does: %s", error->message);
  g_task_return_boolean (task, kept);
}

/* A token is in one place only; the keyring first. */
static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CrmSync *self = CRM_SYNC (source);
  GTask *task = data;
  Job *job = g_task_get_task_data (task);

  if (g_task_propagate_boolean (G_TASK (result), NULL))
    g_clear_pointer (&job->token, g_free);
  save_in_replica (self, task);
}

void
crm_sync_save_token_async (CrmSync *self,
                           const char *token,
                           const char *server,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = new_task (self, token, server, callback, user_data);
  g_autoptr (GTask) inner = NULL;

  self->saving++;
  g_set_str (&self->token, token);
  g_task_set_source_tag (task, crm_sync_save_token_async);
  if (self->keyring == NULL)
    {
      save_in_replica (self, task);
      return;
    }

  inner = new_task (self, token, NULL, kept_cb, task);
  g_task_set_source_tag (inner, crm_sync_save_token_async);
  g_task_run_in_thread (inner, keep_on_thread);
}

gboolean
crm_sync_save_token_finish (CrmSync *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
