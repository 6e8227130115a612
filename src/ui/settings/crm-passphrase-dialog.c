#include "ui/settings/crm-passphrase-dialog.h"

#include <glib/gi18n-lib.h>

struct _CrmPassphraseDialog
{
  AdwAlertDialog parent_instance;

  gboolean is_new;
  GtkEditable *first;
  GtkEditable *second; /* NULL when it is not a new one */
};

G_DEFINE_FINAL_TYPE (CrmPassphraseDialog, crm_passphrase_dialog, ADW_TYPE_ALERT_DIALOG)

enum
{
  GIVEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
changed_cb (CrmPassphraseDialog *self)
{
  const char *first = gtk_editable_get_text (self->first);
  gboolean ready = first[0] != '\0';

  if (self->is_new)
    ready = g_utf8_strlen (first, -1) >= CRM_PASSPHRASE_MIN &&
            g_str_equal (first, gtk_editable_get_text (self->second));
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (self), "ok", ready);
}

static void
crm_passphrase_dialog_response (AdwAlertDialog *dialog, const char *response)
{
  CrmPassphraseDialog *self = CRM_PASSPHRASE_DIALOG (dialog);

  if (g_str_equal (response, "ok"))
    g_signal_emit (self, signals[GIVEN], 0, gtk_editable_get_text (self->first));
}

static void
crm_passphrase_dialog_class_init (CrmPassphraseDialogClass *klass)
{
  ADW_ALERT_DIALOG_CLASS (klass)->response = crm_passphrase_dialog_response;

  signals[GIVEN] = g_signal_new ("given",
                                 G_TYPE_FROM_CLASS (klass),
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 1,
                                 G_TYPE_STRING);
}

static void
crm_passphrase_dialog_init (CrmPassphraseDialog *self)
{
}

static GtkEditable *
add_row (CrmPassphraseDialog *self, GtkWidget *list, const char *title)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (list), row);

  return GTK_EDITABLE (row);
}

AdwDialog *
crm_passphrase_dialog_new (const char *heading,
                           const char *body,
                           const char *button,
                           gboolean is_new)
{
  CrmPassphraseDialog *self = g_object_new (CRM_TYPE_PASSPHRASE_DIALOG, NULL);
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (self);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  self->is_new = is_new;
  self->first = add_row (self, list, _("Passphrase"));
  if (is_new)
    self->second = add_row (self, list, _("Once more"));

  adw_alert_dialog_set_heading (alert, heading);
  adw_alert_dialog_set_body (alert, body);
  adw_alert_dialog_set_extra_child (alert, list);
  adw_alert_dialog_add_responses (alert, "cancel", _("_Cancel"), "ok", button, NULL);
  adw_alert_dialog_set_response_appearance (alert, "ok", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (alert, "ok");
  adw_alert_dialog_set_close_response (alert, "cancel");
  changed_cb (self);

  return ADW_DIALOG (self);
}
