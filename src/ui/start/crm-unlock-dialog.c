#include "ui/start/crm-unlock-dialog.h"

#include "store/crm-backup.h"

#include <glib/gi18n-lib.h>

/* Letters and digits of a printed key, without spaces and hyphens. */
#define FULL_LENGTH 36

struct _CrmUnlockDialog
{
  AdwAlertDialog parent_instance;

  char *wrapped;
  CrmKey *key; /* what the text opens, nullable */

  GtkEditable *entry;
  GtkWidget *hint;
};

G_DEFINE_FINAL_TYPE (CrmUnlockDialog, crm_unlock_dialog, ADW_TYPE_ALERT_DIALOG)

enum
{
  GIVEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static guint
count_digits (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += g_ascii_isalnum (*text) ? 1 : 0;

  return n;
}

static void
changed_cb (CrmUnlockDialog *self)
{
  const char *text = gtk_editable_get_text (self->entry);
  gboolean wrong;

  g_clear_pointer (&self->key, crm_key_free);
  /* No slow derivation: each letter may be tried. */
  self->key = crm_recovery_key_open (text, self->wrapped, NULL);
  wrong = self->key == NULL && count_digits (text) >= FULL_LENGTH;
  gtk_widget_set_visible (self->hint, wrong);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (self), "open", self->key != NULL);
}

static void
crm_unlock_dialog_response (AdwAlertDialog *dialog, const char *response)
{
  CrmUnlockDialog *self = CRM_UNLOCK_DIALOG (dialog);

  if (g_str_equal (response, "open") && self->key != NULL)
    g_signal_emit (self, signals[GIVEN], 0, self->key);
}

static void
crm_unlock_dialog_finalize (GObject *object)
{
  CrmUnlockDialog *self = CRM_UNLOCK_DIALOG (object);

  g_clear_pointer (&self->key, crm_key_free);
  g_free (self->wrapped);

  G_OBJECT_CLASS (crm_unlock_dialog_parent_class)->finalize (object);
}

static void
crm_unlock_dialog_class_init (CrmUnlockDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_unlock_dialog_finalize;
  ADW_ALERT_DIALOG_CLASS (klass)->response = crm_unlock_dialog_response;

  signals[GIVEN] = g_signal_new ("given",
                                 G_TYPE_FROM_CLASS (klass),
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 1,
                                 G_TYPE_POINTER);
}

static GtkWidget *
make_content (CrmUnlockDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_entry_row_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Recovery key"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "monospace");
  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  self->entry = GTK_EDITABLE (row);

  self->hint = gtk_label_new (_("This is not the key of these relations. Compare it with the "
                                "paper once more."));
  gtk_label_set_wrap (GTK_LABEL (self->hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->hint), 0);
  gtk_widget_add_css_class (self->hint, "error");
  gtk_widget_add_css_class (self->hint, "caption");
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), self->hint);

  return box;
}

static void
crm_unlock_dialog_init (CrmUnlockDialog *self)
{
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (self);

  adw_alert_dialog_set_heading (alert, _("Recovery Key"));
  adw_alert_dialog_set_body (alert,
                             _("Type the six groups of letters and digits as they are printed. The "
                               "key that they open is kept in the keyring again."));
  adw_alert_dialog_add_responses (alert, "cancel", _("_Cancel"), "open", _("_Open"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "open", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (alert, "open");
  adw_alert_dialog_set_close_response (alert, "cancel");
}

AdwDialog *
crm_unlock_dialog_new (const char *wrapped)
{
  CrmUnlockDialog *self;

  g_return_val_if_fail (wrapped != NULL, NULL);

  self = g_object_new (CRM_TYPE_UNLOCK_DIALOG, NULL);
  self->wrapped = g_strdup (wrapped);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (self), make_content (self));
  changed_cb (self);

  return ADW_DIALOG (self);
}

GtkEditable *
crm_unlock_dialog_get_entry (CrmUnlockDialog *self)
{
  g_return_val_if_fail (CRM_IS_UNLOCK_DIALOG (self), NULL);

  return self->entry;
}
