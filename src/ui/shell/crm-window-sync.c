#include "ui/shell/crm-window-sync.h"

#include "ui/sync/crm-connect-dialog.h"
#include "ui/sync/crm-sync-words.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

static void
say (CrmWindow *window, const char *text)
{
  crm_toast_show (gtk_window_get_child (GTK_WINDOW (window)), text);
}

static void
connected_cb (CrmWindow *window, const char *company)
{
  /* Translators: %s is the name of a company */
  g_autofree char *text = g_strdup_printf (_("Connected to %s"), company);
  CrmSync *sync = crm_window_get_sync (window);
  g_autoptr (GError) error = NULL;

  /* The greeting is over; what there is comes by itself. */
  crm_window_show_notice (window, NULL);
  say (window, text);
  if (sync != NULL && !crm_sync_start (sync, TRUE, &error))
    crm_toast_show_error (GTK_WIDGET (window), crm_sync_words_get_error (error), error);
}

static void
connect_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  AdwDialog *dialog = crm_connect_dialog_new (crm_window_get_sync (CRM_WINDOW (widget)));

  g_signal_connect_object (dialog,
                           "connected",
                           G_CALLBACK (connected_cb),
                           widget,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
now_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  crm_sync_now (crm_window_get_sync (CRM_WINDOW (widget)));
}

static void
pause_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmSync *sync = crm_window_get_sync (CRM_WINDOW (widget));

  crm_sync_set_paused (sync, !crm_sync_get_paused (sync));
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmWindow) window = user_data;
  g_autoptr (GError) error = NULL;

  if (crm_sync_logout_finish (CRM_SYNC (source), result, &error))
    say (window, _("Signed out; your relations stay on this laptop"));
  else
    crm_toast_show_error (GTK_WIDGET (window), crm_sync_words_get_error (error), error);
}

static void
answered_cb (CrmWindow *window, const char *response)
{
  CrmSync *sync = crm_window_get_sync (window);

  if (g_str_equal (response, "sign-out") && sync != NULL)
    crm_sync_logout_async (sync, NULL, signed_out_cb, g_object_ref (window));
}

/* What waits would not be lost, but nobody else would see it. */
static void
sign_out_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gint64 pending = crm_sync_get_pending (crm_window_get_sync (CRM_WINDOW (widget)));
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Sign Out?"), NULL));

  if (pending > 0)
    adw_alert_dialog_format_body (alert,
                                  ngettext ("%u change of yours has not reached the server yet. It "
                                            "stays on this laptop, and goes when you sign in "
                                            "again.",
                                            "%u changes of yours have not reached the server yet. "
                                            "They stay on this laptop, and go when you sign in "
                                            "again.",
                                            (gulong) pending),
                                  (guint) pending);
  else
    adw_alert_dialog_set_body (alert,
                               _("Your relations stay on this laptop. What others change does not reach it any more."));
  adw_alert_dialog_add_responses (alert, "cancel", _("_Cancel"), "sign-out", _("Sign _Out"), NULL);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");
  g_signal_connect_object (alert, "response", G_CALLBACK (answered_cb), widget, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (alert), widget);
}

static void
past_loaded_cb (GObject *source, GAsyncResult *result, gpointer unused)
{
  g_autoptr (GError) error = NULL;

  /* The store told what came; that nothing did is told by the line of the sync. */
  if (!crm_sync_load_past_finish (CRM_SYNC (source), result, &error))
    g_debug ("The past is what is known here: %s", error->message);
}

static void
load_past_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmSync *sync = crm_window_get_sync (CRM_WINDOW (widget));
  const CrmSyncState state = sync != NULL ? crm_sync_get_state (sync) : CRM_SYNC_PAUSED;

  if (state == CRM_SYNC_IN_STEP || state == CRM_SYNC_WORKING)
    crm_sync_load_past_async (sync,
                              g_variant_get_string (parameter, NULL),
                              NULL,
                              past_loaded_cb,
                              NULL);
}

void
crm_window_install_sync_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "sync.connect", NULL, connect_action);
  gtk_widget_class_install_action (widget_class, "sync.now", NULL, now_action);
  gtk_widget_class_install_action (widget_class, "sync.pause", NULL, pause_action);
  gtk_widget_class_install_action (widget_class, "sync.load-past", "s", load_past_action);
  gtk_widget_class_install_action (widget_class, "sync.sign-out", NULL, sign_out_action);
}
