#include "app/crm-opener.h"

#include "app/crm-open-error-page.h"
#include "app/crm-opener-key.h"
#include "app/crm-wait-page.h"
#include "app/crm-wiper.h"
#include "store/crm-backup.h"
#include "store/crm-store-error.h"
#include "ui/start/crm-unlock-dialog.h"

#include <glib/gi18n-lib.h>

/* A window that fills within this time is never seen empty. */
#define PATIENCE_MS 250

struct _CrmOpener
{
  GObject parent_instance;

  CrmWindow *window; /* not owned: it owns the opener */
  char *dir;
  char *key_file; /* nullable */
  CrmKeyring *keyring;
  guint timer;
  GCancellable *cancellable;
  GCancellable *asking;   /* nullable: the keyring is not asked now */
  CrmWaitPage *wait_page; /* weak */
  gboolean key_in_file;   /* no keyring answers */
  CrmKey *given;          /* nullable: the key that people gave, which the next start needs too */
};

G_DEFINE_FINAL_TYPE (CrmOpener, crm_opener, G_TYPE_OBJECT)

static void open_with (CrmOpener *self, const CrmKey *key);

static void
present (CrmOpener *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->window != NULL)
    gtk_window_present (GTK_WINDOW (self->window));
}

static void
stop_cb (CrmOpener *self)
{
  g_cancellable_cancel (self->asking);
}

static gboolean
patience_cb (gpointer user_data)
{
  CrmOpener *self = user_data;
  GtkWidget *page = crm_wait_page_new ();

  self->timer = 0;
  g_set_weak_pointer (&self->wait_page, CRM_WAIT_PAGE (page));
  crm_wait_page_set_asking (self->wait_page, self->asking != NULL);
  g_signal_connect_object (page, "stop", G_CALLBACK (stop_cb), self, G_CONNECT_SWAPPED);
  crm_window_show_notice (self->window, page);
  present (self);

  return G_SOURCE_REMOVE;
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmOpener) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL && self->window != NULL)
    crm_opener_try_key_file (self, g_file_peek_path (file));
}

static void
choose_key_file_cb (CrmOpener *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Choose the Key File"));
  gtk_file_dialog_open (dialog,
                        GTK_WINDOW (self->window),
                        self->cancellable,
                        file_chosen_cb,
                        g_object_ref (self));
}

static void
recovered_cb (CrmOpener *self, const CrmKey *key)
{
  g_clear_pointer (&self->given, crm_key_free);
  self->given = crm_key_copy (key);
  open_with (self, key);
}

static void
recover_cb (CrmOpener *self)
{
  g_autofree char *wrapped = crm_recovery_key_load (self->dir, NULL);
  AdwDialog *dialog;

  if (wrapped == NULL)
    return;
  dialog = crm_unlock_dialog_new (wrapped);
  g_signal_connect_object (dialog, "given", G_CALLBACK (recovered_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self->window));
}

static void
show_error (CrmOpener *self, const GError *error)
{
  GtkWidget *page;

  if (self->window == NULL)
    return;

  g_message ("%s was not opened: %s", self->dir, error->message);
  page = crm_open_error_page_new (error, self->dir);
  g_signal_connect_object (page, "retry", G_CALLBACK (crm_opener_start), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "recover", G_CALLBACK (recover_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page,
                           "key-file",
                           G_CALLBACK (choose_key_file_cb),
                           self,
                           G_CONNECT_SWAPPED);
  crm_window_show_notice (self->window, page);
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
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmOpener) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *kept_in = NULL;

  if (crm_opener_key_keep_finish (CRM_KEYRING (source), result, &kept_in, &error))
    {
      tell_where_key_is (self, kept_in);
      return;
    }

  g_message ("The key of %s was not kept: %s", self->dir, error->message);
  if (self->window != NULL)
    crm_window_show_warning (self->window,
                             _("The key could not be kept: the next start asks for it again"));
}

static void
wipe_cb (CrmOpener *self)
{
  if (self->window != NULL)
    crm_wiper_start (self->window, self->dir, self->key_file, self->keyring);
}

/* What there is comes before what is new. */
static void
ready_cb (CrmOpener *self)
{
  CrmSync *sync = self->window != NULL ? crm_window_get_sync (self->window) : NULL;
  g_autoptr (GError) error = NULL;

  present (self);
  if (sync != NULL && !crm_sync_start (sync, TRUE, &error))
    g_message ("The exchange does not start: %s", error->message);
}

static void
take_store (CrmOpener *self, CrmStore *store)
{
  gboolean by_file = self->key_file != NULL || self->key_in_file;
  g_autoptr (CrmSync) sync = crm_sync_new (store, by_file ? NULL : self->keyring);

  g_signal_connect_object (sync, "wipe", G_CALLBACK (wipe_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "ready", G_CALLBACK (ready_cb), self, G_CONNECT_SWAPPED);
  crm_window_set_sync (self->window, sync);
  crm_window_set_store (self->window, store);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmOpener) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStore) store = crm_store_open_finish (result, &error);
  g_autoptr (CrmKey) given = g_steal_pointer (&self->given);

  if (store == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_error (self, error);
      return;
    }
  if (self->window == NULL)
    return;

  /* What is still to come, the first rows, needs no page to wait at. */
  g_clear_handle_id (&self->timer, g_source_remove);
  crm_window_show_notice (self->window, NULL);
  take_store (self, store);
  if (given != NULL)
    crm_opener_key_keep_async (self->keyring, self->dir, given, NULL, kept_cb, g_object_ref (self));
}

static void
open_with (CrmOpener *self, const CrmKey *key)
{
  if (self->wait_page != NULL)
    crm_wait_page_set_asking (self->wait_page, FALSE);
  crm_store_open_async (self->dir,
                        key,
                        NULL,
                        !crm_replica_exists (self->dir),
                        self->cancellable,
                        opened_cb,
                        g_object_ref (self));
}

/* NULL after telling people what is wrong. */
static CrmKey *
take_key (CrmOpener *self, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept_in = NULL;
  CrmKey *key = crm_opener_key_find_finish (CRM_KEYRING (source), result, &kept_in, &error);

  g_clear_object (&self->asking);
  if (key == NULL)
    {
      /* Whatever went wrong, other keys may open it. */
      g_autoptr (GError)
          locked = g_error_new_literal (CRM_STORE_ERROR, CRM_STORE_ERROR_KEY, error->message);

      show_error (self, locked);
      return NULL;
    }
  self->key_in_file = kept_in != NULL;
  tell_where_key_is (self, kept_in);

  return key;
}

static void
key_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmOpener) self = user_data;
  g_autoptr (CrmKey) key = take_key (self, source, result);

  if (key != NULL)
    open_with (self, key);
}

static void
key_given_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmOpener) self = user_data;
  g_autoptr (CrmKey) key = take_key (self, source, result);

  if (key != NULL)
    recovered_cb (self, key);
}

static void
window_gone_cb (gpointer data, GObject *window)
{
  CrmOpener *self = data;

  self->window = NULL;
  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->asking);
  g_clear_handle_id (&self->timer, g_source_remove);
}

static void
crm_opener_finalize (GObject *object)
{
  CrmOpener *self = CRM_OPENER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->window != NULL)
    g_object_weak_unref (G_OBJECT (self->window), window_gone_cb, self);
  g_clear_weak_pointer (&self->wait_page);
  g_clear_object (&self->asking);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->keyring);
  g_clear_pointer (&self->given, crm_key_free);
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
crm_opener_new (CrmWindow *window, const char *dir, const char *key_file, CrmKeyring *keyring)
{
  CrmOpener *self;

  g_return_val_if_fail (CRM_IS_WINDOW (window), NULL);
  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (CRM_IS_KEYRING (keyring), NULL);

  self = g_object_new (CRM_TYPE_OPENER, NULL);
  self->window = window;
  g_object_weak_ref (G_OBJECT (window), window_gone_cb, self);
  self->dir = g_strdup (dir);
  self->key_file = g_strdup (key_file);
  self->keyring = g_object_ref (keyring);

  return self;
}

const char *
crm_opener_get_dir (CrmOpener *self)
{
  g_return_val_if_fail (CRM_IS_OPENER (self), NULL);

  return self->dir;
}

static void
start (CrmOpener *self, const char *key_file, GAsyncReadyCallback found)
{
  /* A page that says why it did not open stays until there is something else to say. */
  if (self->timer == 0)
    self->timer = g_timeout_add (PATIENCE_MS, patience_cb, self);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  crm_opener_key_find_async (self->keyring,
                             self->dir,
                             key_file,
                             self->asking,
                             found,
                             g_object_ref (self));
}

void
crm_opener_start (CrmOpener *self)
{
  g_return_if_fail (CRM_IS_OPENER (self));

  start (self, self->key_file, key_found_cb);
}

void
crm_opener_try_key_file (CrmOpener *self, const char *path)
{
  g_return_if_fail (CRM_IS_OPENER (self));
  g_return_if_fail (path != NULL);

  start (self, path, key_given_cb);
}
