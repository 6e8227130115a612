#include "ui/settings/crm-settings-dialog.h"

#include "letters/crm-letter-settings.h"
#include "ui/settings/crm-data-page.h"
#include "ui/settings/crm-settings-values.h"
#include "ui/sync/crm-sync-group.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

struct _CrmSettingsDialog
{
  AdwPreferencesDialog parent_instance;

  CrmSettingsValues *values;
  GHashTable *rows; /* (element-type utf8 GtkWidget): setting -> its row */
  CrmDataPage *data_page;
  CrmSyncGroup *sync_group;
  gboolean filling;

  AdwEntryRow *user_row;
  AdwComboRow *locale_row;
  AdwSwitchRow *ij_row;
  AdwPreferencesGroup *signer_group;
  AdwPreferencesGroup *organisation_group;
  AdwPreferencesGroup *reach_group;
  AdwPreferencesGroup *foot_group;
  AdwPreferencesGroup *paper_group;
  AdwComboRow *envelope_row;
  AdwSwitchRow *letterhead_row;
};

G_DEFINE_FINAL_TYPE (CrmSettingsDialog, crm_settings_dialog, ADW_TYPE_PREFERENCES_DIALOG)

/* What stands in the replica for a position of a list or a switch that is on, and off. */
static const char *
get_choice (const char *name, guint index)
{
  if (g_str_equal (name, "locale"))
    return index == 1 ? "be" : "nl";
  if (g_str_equal (name, "ij"))
    return index == 1 ? "y" : "ij";
  if (g_str_equal (name, "letters.letterhead"))
    return index == 1 ? NULL : "none";

  g_assert (g_str_equal (name, "letters.envelope"));

  return index < crm_envelope_get_n () ? crm_envelope_get (index)->name : NULL;
}

static guint
count_choices (const char *name)
{
  return g_str_equal (name, "letters.envelope") ? crm_envelope_get_n () : 2;
}

/* The first one when nothing is set, but for the letterhead, which is printed then. */
static guint
find_choice (const char *name, const char *value)
{
  for (guint i = 0; i < count_choices (name); i++)
    if (g_strcmp0 (get_choice (name, i), value) == 0)
      return i;

  return g_str_equal (name, "letters.letterhead") ? 1 : 0;
}

static void
show_value (gpointer key, gpointer row, gpointer user_data)
{
  CrmSettingsDialog *self = user_data;
  const char *value = crm_settings_values_get (self->values, key);

  if (ADW_IS_ENTRY_ROW (row))
    gtk_editable_set_text (GTK_EDITABLE (row), value != NULL ? value : "");
  else if (ADW_IS_COMBO_ROW (row))
    adw_combo_row_set_selected (ADW_COMBO_ROW (row), find_choice (key, value));
  else
    adw_switch_row_set_active (ADW_SWITCH_ROW (row), find_choice (key, value) == 1);
  gtk_widget_set_sensitive (row, TRUE);
}

static void
loaded_cb (CrmSettingsDialog *self)
{
  self->filling = TRUE;
  g_hash_table_foreach (self->rows, show_value, self);
  self->filling = FALSE;
}

static void
failed_cb (CrmSettingsDialog *self, const GError *error)
{
  AdwToast *toast = adw_toast_new (_("The settings could not be kept"));

  g_message ("Settings: %s", error->message);
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (self), toast);
}

static void
changed_cb (CrmSettingsDialog *self, GParamSpec *pspec, GtkWidget *row)
{
  const char *name = g_object_get_data (G_OBJECT (row), "setting");
  const char *value;

  if (self->filling || self->values == NULL)
    return;
  if (ADW_IS_ENTRY_ROW (row))
    value = gtk_editable_get_text (GTK_EDITABLE (row));
  else if (ADW_IS_COMBO_ROW (row))
    value = get_choice (name, adw_combo_row_get_selected (ADW_COMBO_ROW (row)));
  else
    value = get_choice (name, adw_switch_row_get_active (ADW_SWITCH_ROW (row)) ? 1 : 0);
  crm_settings_values_set (self->values, name, value);
}

static void
bind (CrmSettingsDialog *self, gpointer row, const char *name)
{
  const char *signal = ADW_IS_ENTRY_ROW (row)   ? "notify::text"
                       : ADW_IS_COMBO_ROW (row) ? "notify::selected"
                                                : "notify::active";

  g_hash_table_insert (self->rows, (gpointer) name, row);
  g_object_set_data (row, "setting", (gpointer) name);
  g_signal_connect_object (row, signal, G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  /* Until the values are read nothing can be typed over. */
  gtk_widget_set_sensitive (row, FALSE);
}

static GtkInputPurpose
get_purpose (const char *name)
{
  if (g_str_has_suffix (name, "email"))
    return GTK_INPUT_PURPOSE_EMAIL;
  if (g_str_has_suffix (name, "phone") || g_str_has_suffix (name, "mobile"))
    return GTK_INPUT_PURPOSE_PHONE;
  if (g_str_has_suffix (name, "website"))
    return GTK_INPUT_PURPOSE_URL;

  return GTK_INPUT_PURPOSE_FREE_FORM;
}

static AdwPreferencesGroup *
get_group (CrmSettingsDialog *self, CrmLetterSettingGroup group)
{
  switch (group)
    {
    case CRM_LETTER_SETTING_SIGNER:
      return self->signer_group;

    case CRM_LETTER_SETTING_ORGANISATION:
      return self->organisation_group;

    case CRM_LETTER_SETTING_REACH:
      return self->reach_group;

    case CRM_LETTER_SETTING_FOOT:
      return self->foot_group;

    case CRM_LETTER_SETTING_PAPER:
    default:
      return self->paper_group;
    }
}

/* The letters say which settings they use; envelope and letterhead have rows of another form. */
static void
add_letter_rows (CrmSettingsDialog *self)
{
  for (guint i = 0; i < crm_letter_setting_get_n (); i++)
    {
      const CrmLetterSetting *setting = crm_letter_setting_get (i);
      GtkWidget *row;

      if (g_hash_table_contains (self->rows, setting->name))
        continue;
      row = adw_entry_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                     crm_letter_setting_get_label (setting));
      adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), get_purpose (setting->name));
      adw_preferences_group_add (get_group (self, setting->group), row);
      bind (self, row, setting->name);
    }
}

static void
fill_envelopes (CrmSettingsDialog *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < crm_envelope_get_n (); i++)
    gtk_string_list_append (labels, crm_envelope_get_label (crm_envelope_get (i)));
  adw_combo_row_set_model (self->envelope_row, G_LIST_MODEL (labels));
}

static void
crm_settings_dialog_closed (AdwDialog *dialog)
{
  CrmSettingsDialog *self = CRM_SETTINGS_DIALOG (dialog);

  if (self->values == NULL)
    return;
  crm_settings_values_flush (self->values);
  /* GTK may keep a closed dialog for a while; it must not keep the replica open. */
  g_signal_handlers_disconnect_by_data (self->values, self);
  g_clear_object (&self->values);
  crm_data_page_close (self->data_page);
  crm_sync_group_close (self->sync_group);
}

static void
crm_settings_dialog_dispose (GObject *object)
{
  CrmSettingsDialog *self = CRM_SETTINGS_DIALOG (object);

  g_clear_pointer (&self->rows, g_hash_table_unref);
  if (self->values != NULL)
    g_signal_handlers_disconnect_by_data (self->values, self);
  g_clear_object (&self->values);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_SETTINGS_DIALOG);

  G_OBJECT_CLASS (crm_settings_dialog_parent_class)->dispose (object);
}

static void
crm_settings_dialog_class_init (CrmSettingsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_settings_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = crm_settings_dialog_closed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/settings/"
                                               "crm-settings-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmSettingsDialog, user_row);
  gtk_widget_class_bind_template_child (widget_class, CrmSettingsDialog, locale_row);
  gtk_widget_class_bind_template_child (widget_class, CrmSettingsDialog, ij_row);
  gtk_widget_class_bind_template_child (widget_class, CrmSettingsDialog, signer_group);
  gtk_widget_class_bind_template_child (widget_class, CrmSettingsDialog, organisation_group);
  gtk_widget_class_bind_template_child (widget_class, CrmSettingsDialog, reach_group);
  gtk_widget_class_bind_template_child (widget_class, CrmSettingsDialog, foot_group);
  gtk_widget_class_bind_template_child (widget_class, CrmSettingsDialog, paper_group);
  gtk_widget_class_bind_template_child (widget_class, CrmSettingsDialog, envelope_row);
  gtk_widget_class_bind_template_child (widget_class, CrmSettingsDialog, letterhead_row);
}

static void
crm_settings_dialog_init (CrmSettingsDialog *self)
{
  self->rows = g_hash_table_new (g_str_hash, g_str_equal);
  gtk_widget_init_template (GTK_WIDGET (self));

  fill_envelopes (self);
  bind (self, self->user_row, "user");
  bind (self, self->locale_row, "locale");
  bind (self, self->ij_row, "ij");
  bind (self, self->envelope_row, "letters.envelope");
  bind (self, self->letterhead_row, "letters.letterhead");
  add_letter_rows (self);
}

static AdwPreferencesPage *
make_sync_page (CrmSettingsDialog *self, CrmSync *sync)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());

  adw_preferences_page_set_name (page, "server");
  adw_preferences_page_set_title (page, C_ ("a computer", "Server"));
  adw_preferences_page_set_icon_name (page, "network-server-symbolic");
  self->sync_group = CRM_SYNC_GROUP (crm_sync_group_new (sync));
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (self->sync_group));

  return page;
}

AdwDialog *
crm_settings_dialog_new (CrmStore *store, CrmSync *sync)
{
  CrmSettingsDialog *self;
  g_autofree const char **names = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (CRM_IS_SYNC (sync), NULL);

  self = g_object_new (CRM_TYPE_SETTINGS_DIALOG, NULL);
  self->values = crm_settings_values_new (store);
  g_signal_connect_swapped (self->values, "loaded", G_CALLBACK (loaded_cb), self);
  g_signal_connect_swapped (self->values, "failed", G_CALLBACK (failed_cb), self);
  names = (const char **) g_hash_table_get_keys_as_array (self->rows, NULL);
  crm_settings_values_load (self->values, names);
  self->data_page = CRM_DATA_PAGE (crm_data_page_new (store));
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (self),
                              ADW_PREFERENCES_PAGE (self->data_page));
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (self), make_sync_page (self, sync));

  return ADW_DIALOG (self);
}
