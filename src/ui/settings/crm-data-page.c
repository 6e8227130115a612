#include "ui/settings/crm-data-page.h"

#include "base/crm-clock.h"
#include "store/crm-backup.h"
#include "ui/settings/crm-backup-job.h"
#include "ui/settings/crm-passphrase-dialog.h"
#include "ui/start/crm-recovery-dialog.h"
#include "ui/widgets/crm-progress-dialog.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

struct _CrmDataPage
{
  AdwPreferencesPage parent_instance;

  CrmStore *store;
  CrmProgressDialog *progress; /* nullable: nothing is going on */
  GFile *file;                 /* of the back-up that a passphrase is asked for, nullable */

  AdwActionRow *folder_row;
};

G_DEFINE_FINAL_TYPE (CrmDataPage, crm_data_page, ADW_TYPE_PREFERENCES_PAGE)

static void
say (CrmDataPage *self, const char *text)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  if (dialog != NULL)
    adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), toast);
  else
    crm_toast_add (GTK_WIDGET (self), toast);
}

static void
say_error (CrmDataPage *self, const char *text, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_message ("%s: %s", text, error->message);
  say (self, text);
}

static void
show_lines (CrmDataPage *self, const char *heading, const char *body)
{
  AdwDialog *dialog = adw_alert_dialog_new (heading, NULL);

  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog), body);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
begin (CrmDataPage *self, const char *title, CrmBackupJob *job)
{
  self->progress = g_object_ref_sink (crm_progress_dialog_new (title,
                                                               job->progress,
                                                               job->cancellable));
  crm_progress_dialog_present_late (self->progress, GTK_WIDGET (self));
}

static void
end (CrmDataPage *self)
{
  if (self->progress != NULL)
    crm_progress_dialog_done (self->progress);
  g_clear_object (&self->progress);
}

static void
backed_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmDataPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  end (self);
  if (!crm_backup_job_finish (result, NULL, &error))
    {
      say_error (self,
                 g_error_matches (error, CRM_STORE_ERROR, CRM_STORE_ERROR_FULL)
                 ? _("The disk is full: no back-up was made")
                 : _("The back-up could not be made"), error);
      return;
    }
  name = g_file_get_basename (self->file);
  /* Translators: %s is the name of a file */
  text = g_strdup_printf (_("Backed up to %s"), name);
  say (self, text);
}

static void
backup_passphrase_cb (CrmDataPage *self, const char *passphrase)
{
  CrmBackupJob *job = crm_backup_job_new (self->store, self->file, passphrase);

  begin (self, _("Backing Up"), job);
  crm_backup_job_back_up (job, backed_up_cb, g_object_ref (self));
}

static void
backup_file_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmDataPage) self = user_data;
  GFile *file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  AdwDialog *dialog;

  /* Cancelled. */
  if (file == NULL)
    return;

  g_clear_object (&self->file);
  self->file = file;
  dialog = crm_passphrase_dialog_new (_("Passphrase of the Back-up"),
                                        _("Without it nobody can restore the back-up, you neither. At least eight characters."),
                                          _("_Back Up"), TRUE);
  g_signal_connect_object (dialog,
                           "given",
                           G_CALLBACK (backup_passphrase_cb),
                           self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static GtkWindow *
get_window (CrmDataPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
back_up_cb (CrmDataPage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *today = crm_clock_dup_today (0);
  g_autofree char *name = g_strdup_printf ("crm-%s.crmbackup", today);

  gtk_file_dialog_set_title (dialog, _("Back Up To"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, get_window (self), NULL, backup_file_cb, g_object_ref (self));
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmDataPage) self = user_data;
  g_autofree char *dir = NULL;
  g_autoptr (GError) error = NULL;

  end (self);
  if (!crm_backup_job_finish (result, &dir, &error))
    {
      say_error (self,
                 g_error_matches (error, CRM_STORE_ERROR, CRM_STORE_ERROR_KEY)
                 ? _("The passphrase does not open this back-up")
                 : _("The back-up could not be restored; nothing was changed"), error);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "app.open", "s", dir);
}

static void
restore_passphrase_cb (CrmDataPage *self, const char *passphrase)
{
  CrmBackupJob *job = crm_backup_job_new (self->store, self->file, passphrase);

  begin (self, _("Restoring"), job);
  crm_backup_job_restore (job, restored_cb, g_object_ref (self));
}

static void
restore_file_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmDataPage) self = user_data;
  GFile *file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);
  AdwDialog *dialog;

  if (file == NULL)
    return;

  g_clear_object (&self->file);
  self->file = file;
  dialog = crm_passphrase_dialog_new (_("Passphrase of the Back-up"),
                                        _("The back-up is restored beside what you have now, in a window of its own; nothing is "
        "overwritten."),
                                          _("_Restore"), FALSE);
  g_signal_connect_object (dialog,
                           "given",
                           G_CALLBACK (restore_passphrase_cb),
                           self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
restore_cb (CrmDataPage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Restore a Back-up"));
  gtk_file_dialog_open (dialog, get_window (self), NULL, restore_file_cb, g_object_ref (self));
}

static gpointer
check_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_replica_check (replica, cancellable, error);
}

static void
free_lines (gpointer lines)
{
  g_ptr_array_unref (lines);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmDataPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = crm_store_run_finish (CRM_STORE (source), result, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  end (self);
  if (lines == NULL)
    {
      say_error (self, _("The check could not be done"), error);
      return;
    }
  if (lines->len == 0)
    {
      say (self, _("All is well"));
      return;
    }
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (lines, i));
  g_string_append (text, _("Restore your latest back-up beside this, and compare."));
  show_lines (self, _("Something Is Wrong"), text->str);
}

static void
check_cb (CrmDataPage *self)
{
  g_autoptr (CrmBackupJob) job = crm_backup_job_new (self->store, NULL, NULL);

  begin (self, _("Checking"), job);
  crm_store_run_async (self->store,
                       CRM_STORE_READ_LONG,
                       check_on_worker,
                       NULL,
                       NULL,
                       free_lines,
                       job->cancellable,
                       checked_cb,
                       g_object_ref (self));
}

static void
recovery_cb (CrmDataPage *self)
{
  adw_dialog_present (crm_recovery_dialog_new (self->store), GTK_WIDGET (self));
}

static void
folder_shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmDataPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (source), result, &error))
    say_error (self, _("The folder could not be shown"), error);
}

static void
open_folder_cb (CrmDataPage *self)
{
  g_autoptr (GFile) folder = g_file_new_for_path (crm_store_get_dir (self->store));
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (folder);

  gtk_file_launcher_launch (launcher,
                            get_window (self),
                            NULL,
                            folder_shown_cb,
                            g_object_ref (self));
}

static void
crm_data_page_dispose (GObject *object)
{
  CrmDataPage *self = CRM_DATA_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_DATA_PAGE);
  g_clear_object (&self->progress);
  g_clear_object (&self->file);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_data_page_parent_class)->dispose (object);
}

static void
crm_data_page_class_init (CrmDataPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_data_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/settings/crm-data-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmDataPage, folder_row);
  gtk_widget_class_bind_template_callback (widget_class, back_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
  gtk_widget_class_bind_template_callback (widget_class, recovery_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_folder_cb);
}

static void
crm_data_page_init (CrmDataPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwPreferencesPage *
crm_data_page_new (CrmStore *store)
{
  CrmDataPage *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_DATA_PAGE, NULL);
  self->store = g_object_ref (store);
  adw_action_row_set_subtitle (self->folder_row, crm_store_get_dir (store));

  return ADW_PREFERENCES_PAGE (self);
}

void
crm_data_page_close (CrmDataPage *self)
{
  g_return_if_fail (CRM_IS_DATA_PAGE (self));

  g_clear_object (&self->store);
}
