#include "ui/settings/crm-backup-job.h"

#include "base/crm-clock.h"
#include "store/crm-backup.h"
#include "store/key/crm-key-finder.h"

CrmBackupJob *
crm_backup_job_new (CrmStore *store, GFile *file, const char *passphrase)
{
  CrmBackupJob *self = g_new0 (CrmBackupJob, 1);

  self->store = g_object_ref (store);
  self->file = file != NULL ? g_object_ref (file) : NULL;
  self->passphrase = g_strdup (passphrase);
  self->progress = crm_progress_new ();
  self->cancellable = g_cancellable_new ();

  return self;
}

void
crm_backup_job_free (CrmBackupJob *self)
{
  if (self == NULL)
    return;
  /* explicit_bzero() is not left out by the optimiser. */
  if (self->passphrase != NULL)
    explicit_bzero (self->passphrase, strlen (self->passphrase));
  g_free (self->passphrase);
  g_clear_object (&self->file);
  g_object_unref (self->progress);
  g_object_unref (self->cancellable);
  g_object_unref (self->store);
  g_free (self);
}

static gpointer
back_up_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  CrmBackupJob *self = data;

  if (!crm_replica_backup (replica,
                           g_file_peek_path (self->file),
                           self->passphrase,
                           self->progress,
                           cancellable,
                           error))
    return NULL;

  return g_strdup (g_file_peek_path (self->file));
}

static void
free_job (gpointer job)
{
  crm_backup_job_free (job);
}

static void
backed_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *path = crm_store_run_finish (CRM_STORE (source), result, &error);

  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
crm_backup_job_back_up (CrmBackupJob *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, self->cancellable, callback, user_data);

  g_task_set_source_tag (task, crm_backup_job_back_up);
  crm_store_run_async (self->store,
                       CRM_STORE_READ_LONG,
                       back_up_on_worker,
                       self,
                       free_job,
                       g_free,
                       self->cancellable,
                       backed_up_cb,
                       task);
}

/* "default" gives "default-restored-2026-03-01", with a number when that is there already. */
static char *
dup_free_dir (const char *dir)
{
  g_autofree char *today = crm_clock_dup_today (0);
  char *path = g_strdup_printf ("%s-restored-%s", dir, today);

  for (guint i = 2; g_file_test (path, G_FILE_TEST_EXISTS); i++)
    {
      g_free (path);
      path = g_strdup_printf ("%s-restored-%s-%u", dir, today, i);
    }

  return path;
}

static void
restore_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  CrmBackupJob *self = data;
  g_autoptr (CrmKeyring) keyring = crm_keyring_new_system ();
  g_autoptr (CrmKey) key = crm_key_new_random ();
  g_autofree char *dir = dup_free_dir (crm_store_get_dir (self->store));
  g_autofree char *kept_in = NULL;
  g_autoptr (GError) error = NULL;

  if (crm_backup_restore (g_file_peek_path (self->file),
                          self->passphrase,
                          dir,
                          key,
                          self->progress,
                          cancellable,
                          &error) &&
      crm_key_finder_keep (dir, key, keyring, &kept_in, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&dir), g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
crm_backup_job_restore (CrmBackupJob *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, callback, user_data);

  g_task_set_source_tag (task, crm_backup_job_restore);
  g_task_set_task_data (task, self, free_job);
  g_task_run_in_thread (task, restore_on_worker);
}

gboolean
crm_backup_job_finish (GAsyncResult *result, char **dir, GError **error)
{
  char *path = g_task_propagate_pointer (G_TASK (result), error);

  if (path == NULL)
    return FALSE;
  if (dir != NULL)
    *dir = path;
  else
    g_free (path);

  return TRUE;
}
