#include "app/crm-opener.h"

#include "app/crm-open-error-page.h"
#include "store/crm-key-finder.h"

#include <glib/gi18n-lib.h>

/* A window that fills within this time is never seen empty. */
#define PATIENCE_MS 250

struct _CrmOpener
{
  GObject parent_instance;

  CrmWindow *window; /* not owned: it owns the opener */
  char *dir;
  char *key_file; /* nullable */
  guint timer;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (CrmOpener, crm_opener, G_TYPE_OBJECT)

typedef struct
{
  char *dir;
  char *key_file;
  char *kept_in;
} KeyJob;

static void
key_job_free (gpointer data)
{
  KeyJob *job = data;

  g_free (job->dir);
  g_free (job->key_file);
  g_free (job->kept_in);
  g_free (job);
}

static void
find_key_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  KeyJob *job = data;
  g_autoptr (CrmKeyring) keyring = crm_keyring_new_system ();
  g_autoptr (GError) error = NULL;
  CrmKey *key = crm_key_finder_find (job->dir,
                                     job->key_file,
                                     keyring,
                                     &job->kept_in,
                                     cancellable,
                                     &error);

  if (key != NULL)
    g_task_return_pointer (task, key, (GDestroyNotify) crm_key_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
present (CrmOpener *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->window != NULL)
    gtk_window_present (GTK_WINDOW (self->window));
}

static gboolean
patience_cb (gpointer user_data)
{
  CrmOpener *self = user_data;

  self->timer = 0;
  present (self);

  return G_SOURCE_REMOVE;
}

static void
show_error (CrmOpener *self, const GError *error)
{
  GtkWidget *page;

  if (self->window == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_message ("%s was not opened: %s", self->dir, error->message);
  page = crm_open_error_page_new (error, self->dir);
  g_signal_connect_object (page, "retry", G_CALLBACK (crm_opener_start), self, G_CONNECT_SWAPPED);
  crm_window_show_notice (self->window, page);
  present (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmOpener) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStore) store = crm_store_open_finish (result, &error);

  if (store == NULL)
    {
      show_error (self, error);
      return;
    }
  if (self->window == NULL)
    return;

  crm_window_show_notice (self->window, NULL);
  crm_window_set_store (self->window, store);
  present (self);
}

/* Without a keyring the laptop's own lock is all that guards the key: people should know. */
static void
tell_where_key_is (CrmOpener *self, const char *path)
{
  g_autofree char *text = NULL;

  if (path == NULL || self->window == NULL)
    return;
  /* Translators: %s is the name of a file */
  text = g_strdup_printf (_("No keyring answers, so the key is kept in %s"), path);
  crm_window_show_warning (self->window, text);
}

static void
key_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CrmOpener *self = CRM_OPENER (source);
  KeyJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmKey) key = g_task_propagate_pointer (G_TASK (result), &error);

  if (key == NULL)
    {
      show_error (self, error);
      return;
    }

  tell_where_key_is (self, job->kept_in);
  crm_store_open_async (self->dir,
                        key,
                        NULL,
                        !crm_replica_exists (self->dir),
                        self->cancellable,
                        opened_cb,
                        g_object_ref (self));
}

static void
window_gone_cb (gpointer data, GObject *window)
{
  CrmOpener *self = data;

  self->window = NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
}

static void
crm_opener_finalize (GObject *object)
{
  CrmOpener *self = CRM_OPENER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->window != NULL)
    g_object_weak_unref (G_OBJECT (self->window), window_gone_cb, self);
  g_clear_object (&self->cancellable);
  g_free (self->dir);
  g_free (self->key_file);

  G_OBJECT_CLASS (crm_opener_parent_class)->finalize (object);
}

static void
crm_opener_class_init (CrmOpenerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_opener_finalize;
}

static void
crm_opener_init (CrmOpener *self)
{
  self->cancellable = g_cancellable_new ();
}

CrmOpener *
crm_opener_new (CrmWindow *window, const char *dir, const char *key_file)
{
  CrmOpener *self;

  g_return_val_if_fail (CRM_IS_WINDOW (window), NULL);
  g_return_val_if_fail (dir != NULL, NULL);

  self = g_object_new (CRM_TYPE_OPENER, NULL);
  self->window = window;
  g_object_weak_ref (G_OBJECT (window), window_gone_cb, self);
  self->dir = g_strdup (dir);
  self->key_file = g_strdup (key_file);

  return self;
}

const char *
crm_opener_get_dir (CrmOpener *self)
{
  g_return_val_if_fail (CRM_IS_OPENER (self), NULL);

  return self->dir;
}

void
crm_opener_start (CrmOpener *self)
{
  g_autoptr (GTask) task = NULL;
  KeyJob *job = g_new0 (KeyJob, 1);

  g_return_if_fail (CRM_IS_OPENER (self));

  job->dir = g_strdup (self->dir);
  job->key_file = g_strdup (self->key_file);
  if (self->timer == 0 && !gtk_widget_get_visible (GTK_WIDGET (self->window)))
    self->timer = g_timeout_add (PATIENCE_MS, patience_cb, self);

  task = g_task_new (self, self->cancellable, key_found_cb, NULL);
  g_task_set_source_tag (task, crm_opener_start);
  g_task_set_task_data (task, job, key_job_free);
  g_task_run_in_thread (task, find_key_on_worker);
}
