#include "app/crm-opener-key.h"

#include "store/key/crm-key-finder.h"

typedef struct
{
  char *dir;
  char *key_file;
  CrmKey *key; /* to keep */
  char *kept_in;
} KeyJob;

static void
key_job_free (gpointer data)
{
  KeyJob *job = data;

  g_free (job->dir);
  g_free (job->key_file);
  g_clear_pointer (&job->key, crm_key_free);
  g_free (job->kept_in);
  g_free (job);
}

static void
find_on_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  KeyJob *job = data;
  g_autoptr (GError) error = NULL;
  CrmKey *key = crm_key_finder_find (job->dir,
                                     job->key_file,
                                     CRM_KEYRING (source),
                                     &job->kept_in,
                                     cancellable,
                                     &error);

  if (key != NULL)
    g_task_return_pointer (task, key, (GDestroyNotify) crm_key_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
crm_opener_key_find_async (CrmKeyring *keyring,
                           const char *dir,
                           const char *key_file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  KeyJob *job;

  g_return_if_fail (CRM_IS_KEYRING (keyring));
  g_return_if_fail (dir != NULL);

  job = g_new0 (KeyJob, 1);
  job->dir = g_strdup (dir);
  job->key_file = g_strdup (key_file);

  task = g_task_new (keyring, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_opener_key_find_async);
  g_task_set_task_data (task, job, key_job_free);
  /* A keyring that asks people does not always hear that nobody waits any more. */
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, find_on_thread);
}

CrmKey *
crm_opener_key_find_finish (CrmKeyring *keyring,
                            GAsyncResult *result,
                            char **kept_in,
                            GError **error)
{
  CrmKey *key;

  g_return_val_if_fail (g_task_is_valid (result, keyring), NULL);

  key = g_task_propagate_pointer (G_TASK (result), error);
  /* Without a key the thread may still be at work. */
  if (key != NULL)
    *kept_in = g_strdup (((KeyJob *) g_task_get_task_data (G_TASK (result)))->kept_in);

  return key;
}

static void
keep_on_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  KeyJob *job = data;
  g_autoptr (GError) error = NULL;

  if (crm_key_finder_keep (job->dir,
                           job->key,
                           CRM_KEYRING (source),
                           &job->kept_in,
                           cancellable,
                           &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
crm_opener_key_keep_async (CrmKeyring *keyring,
                           const char *dir,
                           const CrmKey *key,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  KeyJob *job;

  g_return_if_fail (CRM_IS_KEYRING (keyring));
  g_return_if_fail (dir != NULL && key != NULL);

  job = g_new0 (KeyJob, 1);
  job->dir = g_strdup (dir);
  job->key = crm_key_copy (key);

  task = g_task_new (keyring, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_opener_key_keep_async);
  g_task_set_task_data (task, job, key_job_free);
  g_task_run_in_thread (task, keep_on_thread);
}

gboolean
crm_opener_key_keep_finish (CrmKeyring *keyring,
                            GAsyncResult *result,
                            char **kept_in,
                            GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, keyring), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *kept_in = g_strdup (((KeyJob *) g_task_get_task_data (G_TASK (result)))->kept_in);

  return TRUE;
}
