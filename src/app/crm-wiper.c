#include "app/crm-wiper.h"

#include "store/key/crm-wipe.h"

#include <glib/gi18n-lib.h>

/* The store closes when nobody reads any more. Files that are open are removed as well, so there is
 * no need to wait for ever. */
#define CLOSE_MS 5000
#define LOOK_MS  50

typedef struct
{
  char *dir;
  char *key_file; /* nullable */
  CrmKeyring *keyring;
  GtkWindow *window; /* weak: what tells people */
  AdwStatusPage *page;
  CrmStore *store; /* weak */
  guint timer;
  guint n_looks;
} Wiper;

static void
wiper_free (gpointer data)
{
  Wiper *self = data;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->keyring);
  g_free (self->dir);
  g_free (self->key_file);
  g_free (self);
}

static void
wipe_on_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Wiper *self = data;
  g_autoptr (GError) error = NULL;

  if (crm_wipe_run (self->dir,
                    self->key_file,
                    self->key_file == NULL ? self->keyring : NULL,
                    &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
wiped_cb (GObject *source, GAsyncResult *result, gpointer unused)
{
  Wiper *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  if (!done)
    g_warning ("%s was not removed: %s", self->dir, error->message);
  if (self->window == NULL)
    return;
  adw_status_page_set_description (self->page,
                                   done
                                   ? _("Whoever runs your company’s server took this laptop’s access away. The relations were removed from it.")
                                   : _("Whoever runs your company’s server took this laptop’s access away. The relations could not be removed from it: delete the folder yourself."));
}

static void
wipe (Wiper *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, wiped_cb, NULL);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_task_set_source_tag (task, wipe);
  g_task_set_task_data (task, self, wiper_free);
  g_task_run_in_thread (task, wipe_on_thread);
}

static gboolean
look_cb (gpointer data)
{
  Wiper *self = data;

  if (self->store != NULL && ++self->n_looks < CLOSE_MS / LOOK_MS)
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  g_clear_weak_pointer (&self->store);
  wipe (self);

  return G_SOURCE_REMOVE;
}

static void
show_page (Wiper *self, GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "security-low-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Access Taken Away"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _("Whoever runs your company’s server took this laptop’s access away. The relations are being removed from it."));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), view);
  gtk_window_set_title (GTK_WINDOW (window), _("CRM"));
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 420);
  gtk_window_present (GTK_WINDOW (window));
  self->page = ADW_STATUS_PAGE (page);
  g_set_weak_pointer (&self->window, GTK_WINDOW (window));
}

void
crm_wiper_start (CrmWindow *window, const char *dir, const char *key_file, CrmKeyring *keyring)
{
  Wiper *self;

  g_return_if_fail (CRM_IS_WINDOW (window));
  g_return_if_fail (dir != NULL);
  g_return_if_fail (CRM_IS_KEYRING (keyring));

  self = g_new0 (Wiper, 1);
  self->dir = g_strdup (dir);
  self->key_file = g_strdup (key_file);
  self->keyring = g_object_ref (keyring);
  show_page (self, gtk_window_get_application (GTK_WINDOW (window)));
  g_set_weak_pointer (&self->store, crm_window_get_store (window));
  gtk_window_destroy (GTK_WINDOW (window));
  self->timer = g_timeout_add (LOOK_MS, look_cb, self);
}
