#include "ui/letters/crm-sender-dialog.h"

#include "ui/letters/crm-letters-work.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

struct _CrmSenderDialog
{
  AdwDialog parent_instance;

  CrmStore *store;
  CrmLetterSettings *settings;
  GPtrArray *rows; /* AdwEntryRow for each setting that is text, in their order; borrowed */
  gboolean saving;

  GtkButton *save_button;
  AdwPreferencesGroup *sender_group;
  AdwComboRow *envelope_row;
  AdwSwitchRow *letterhead_row;
};

G_DEFINE_FINAL_TYPE (CrmSenderDialog, crm_sender_dialog, ADW_TYPE_DIALOG)

enum
{
  SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Envelope, letterhead and font have other rows, or none. */
static gboolean
is_text (const CrmLetterSetting *setting)
{
  return setting->letter_name != NULL || g_str_equal (setting->name, "letters.handled_by");
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmSenderDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  self->saving = FALSE;
  if (crm_store_run_finish (CRM_STORE (source), result, &error) == NULL)
    {
      crm_toast_show_error (GTK_WIDGET (self->sender_group),
                            _("The settings could not be saved"), error);
      return;
    }

  g_signal_emit (self, signals[SAVED], 0);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
read_rows (CrmSenderDialog *self)
{
  const CrmEnvelope *envelope = crm_envelope_get (adw_combo_row_get_selected (self->envelope_row));
  guint n = 0;

  for (guint i = 0; i < crm_letter_setting_get_n (); i++)
    {
      const CrmLetterSetting *setting = crm_letter_setting_get (i);

      if (is_text (setting))
        crm_letter_settings_set (self->settings,
                                 setting->name,
                                 gtk_editable_get_text (GTK_EDITABLE (g_ptr_array_index (self->rows,
                                                                                         n++))));
    }

  crm_letter_settings_set (self->settings, "letters.envelope", envelope->name);
  crm_letter_settings_set (self->settings,
                           "letters.letterhead",
                           adw_switch_row_get_active (self->letterhead_row) ? NULL : "none");
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmSenderDialog *self = CRM_SENDER_DIALOG (widget);

  if (self->saving)
    return;

  self->saving = TRUE;
  read_rows (self);
  crm_store_run_async (self->store,
                       CRM_STORE_USER,
                       crm_letters_work_save_settings,
                       crm_letter_settings_copy (self->settings),
                       (GDestroyNotify) crm_letter_settings_free,
                       NULL,
                       NULL,
                       saved_cb,
                       g_object_ref (self));
}

static void
crm_sender_dialog_dispose (GObject *object)
{
  CrmSenderDialog *self = CRM_SENDER_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_SENDER_DIALOG);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->settings, crm_letter_settings_free);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_sender_dialog_parent_class)->dispose (object);
}

static void
crm_sender_dialog_class_init (CrmSenderDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_sender_dialog_dispose;

  signals[SAVED] = g_signal_new ("saved",
                                 CRM_TYPE_SENDER_DIALOG,
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 0);

  gtk_widget_class_install_action (widget_class, "sender.save", NULL, save_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/letters/crm-sender-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmSenderDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, CrmSenderDialog, sender_group);
  gtk_widget_class_bind_template_child (widget_class, CrmSenderDialog, envelope_row);
  gtk_widget_class_bind_template_child (widget_class, CrmSenderDialog, letterhead_row);
}

static void
crm_sender_dialog_init (CrmSenderDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_rows (CrmSenderDialog *self)
{
  for (guint i = 0; i < crm_letter_setting_get_n (); i++)
    {
      const CrmLetterSetting *setting = crm_letter_setting_get (i);
      const char *value = crm_letter_settings_get (self->settings, setting->name);
      GtkWidget *row;

      if (!is_text (setting))
        continue;

      row = adw_entry_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                     crm_letter_setting_get_label (setting));
      gtk_editable_set_text (GTK_EDITABLE (row), value != NULL ? value : "");
      adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
      adw_preferences_group_add (self->sender_group, row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
show_envelopes (CrmSenderDialog *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  const CrmEnvelope *chosen = crm_letter_settings_get_envelope (self->settings);

  for (guint i = 0; i < crm_envelope_get_n (); i++)
    gtk_string_list_append (labels, crm_envelope_get_label (crm_envelope_get (i)));

  adw_combo_row_set_model (self->envelope_row, G_LIST_MODEL (labels));
  for (guint i = 0; i < crm_envelope_get_n (); i++)
    if (crm_envelope_get (i) == chosen)
      adw_combo_row_set_selected (self->envelope_row, i);
}

AdwDialog *
crm_sender_dialog_new (CrmStore *store, const CrmLetterSettings *settings)
{
  CrmSenderDialog *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (settings != NULL, NULL);

  self = g_object_new (CRM_TYPE_SENDER_DIALOG, NULL);
  self->store = g_object_ref (store);
  self->settings = crm_letter_settings_copy (settings);
  add_rows (self);
  /* Else Cancel has the focus, and the first space that is typed closes the form. */
  adw_dialog_set_focus (ADW_DIALOG (self), self->rows->pdata[0]);
  show_envelopes (self);
  adw_switch_row_set_active (self->letterhead_row,
                             crm_letter_settings_get_letterhead (self->settings));
  return ADW_DIALOG (self);
}
