#include "ui/import/crm-import-settings.h"

#include "ui/import/crm-import-preview.h"
#include "ui/import/crm-import-words.h"

#include <glib/gi18n-lib.h>

struct _CrmImportSettings
{
  AdwBin parent_instance;

  CrmImportSession *session;
  GArray *targets; /* (element-type CrmImportTarget), as in the drop-downs */
  GPtrArray *rows; /* (element-type AdwComboRow), one per column; borrowed */
  CrmImportPreview *preview;
  gboolean refreshing;

  AdwComboRow *kind_row;
  AdwExpanderRow *format_row;
  AdwComboRow *separator_row;
  AdwComboRow *encoding_row;
  AdwSwitchRow *header_row;
  AdwComboRow *date_row;
  AdwPreferencesGroup *columns_group;
  AdwPreferencesGroup *preview_group;
};

G_DEFINE_FINAL_TYPE (CrmImportSettings, crm_import_settings, ADW_TYPE_BIN)

static const char separators[] = { ';', ',', '\t', '|' };
static const CrmEncoding encodings[] = {
  CRM_ENCODING_UTF8, CRM_ENCODING_WINDOWS_1252, CRM_ENCODING_UTF16LE, CRM_ENCODING_UTF16BE
};

static const CrmImportPlan *
get_plan (CrmImportSettings *self)
{
  return crm_import_session_get_plan (self->session);
}

static guint
find_target (CrmImportSettings *self, const CrmImportTarget *target)
{
  for (guint i = 0; i < self->targets->len; i++)
    if (crm_import_target_equal (&g_array_index (self->targets, CrmImportTarget, i), target))
      return i;

  /* What only our own exports have: the kind, the id of a link. */
  g_array_append_val (self->targets, *target);

  return self->targets->len - 1;
}

static void
describe_columns (CrmImportSettings *self)
{
  const CrmImportPlan *plan = get_plan (self);
  guint n = crm_import_plan_get_n_columns (plan);
  guint n_imported = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < n; i++)
    n_imported += crm_import_plan_get_column (plan, i)->target.role != CRM_TARGET_NONE;
  text = g_strdup_printf (ngettext ("%u of %u column is imported",
                                    "%u of %u columns are imported",
                                    n),
                          n_imported,
                          n);
  adw_preferences_group_set_description (self->columns_group, text);
}

static void
select_targets (CrmImportSettings *self)
{
  self->refreshing = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    adw_combo_row_set_selected (self->rows->pdata[i],
                                find_target (self,
                                             &crm_import_plan_get_column (get_plan (self), i)
                                                  ->target));
  self->refreshing = FALSE;
  describe_columns (self);
}

static void
target_changed_cb (CrmImportSettings *self, GParamSpec *pspec, AdwComboRow *row)
{
  guint column, selected = adw_combo_row_get_selected (row);

  if (self->refreshing || selected >= self->targets->len ||
      !g_ptr_array_find (self->rows, row, &column))
    return;

  crm_import_session_set_target (self->session,
                                 column,
                                 &g_array_index (self->targets, CrmImportTarget, selected));
  select_targets (self);
}

static char *
dup_samples (const CrmImportColumn *column)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < column->samples->len; i++)
    {
      g_autofree char *line = g_strdelimit (g_strdup (column->samples->pdata[i]), "\r\n\t", ' ');

      g_ptr_array_add (samples,
                       g_utf8_strlen (line, -1) > 40 ? g_utf8_substring (line, 0, 40)
                                                     : g_steal_pointer (&line));
    }
  if (samples->len == 0)
    return g_strdup (_("Empty"));
  g_ptr_array_add (samples, NULL);

  return g_strjoinv (" · ", (char **) samples->pdata);
}

static void
add_column_row (CrmImportSettings *self, guint index, GListModel *labels)
{
  const CrmImportColumn *column = crm_import_plan_get_column (get_plan (self), index);
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());
  g_autoptr (GtkExpression)
      label = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  g_autofree char *samples = dup_samples (column);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), column->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), samples);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_combo_row_set_expression (row, label);
  adw_combo_row_set_enable_search (row, TRUE);
  adw_combo_row_set_search_match_mode (row, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  adw_combo_row_set_model (row, labels);
  adw_combo_row_set_selected (row, find_target (self, &column->target));
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (target_changed_cb), self);
  adw_preferences_group_add (self->columns_group, GTK_WIDGET (row));
  g_ptr_array_add (self->rows, row);
}

static void
fill_columns (CrmImportSettings *self)
{
  const CrmImportPlan *plan = get_plan (self);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint n = crm_import_plan_get_n_columns (plan);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->columns_group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->targets, g_array_unref);
  self->targets = crm_import_plan_list_targets (plan);
  for (guint i = 0; i < n; i++)
    find_target (self, &crm_import_plan_get_column (plan, i)->target);

  for (guint i = 0; i < self->targets->len; i++)
    gtk_string_list_take (labels,
                          crm_import_words_dup_target (plan,
                                                       &g_array_index (self->targets,
                                                                       CrmImportTarget,
                                                                       i)));
  for (guint i = 0; i < n; i++)
    add_column_row (self, i, G_LIST_MODEL (labels));
  describe_columns (self);
}

/* (element-type CrmKind): what people can import, in the order of the list. */
static GPtrArray *
list_kinds (CrmImportSettings *self)
{
  const CrmModel *model = crm_import_plan_get_model (get_plan (self));
  GPtrArray *kinds = g_ptr_array_new ();

  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    if (!crm_kind_is_system (crm_model_get_kind (model, i)))
      g_ptr_array_add (kinds, (gpointer) crm_model_get_kind (model, i));

  return kinds;
}

/* Behind relations, which come first. */
static guint
index_of_kind (CrmImportSettings *self, GPtrArray *kinds)
{
  for (guint i = 0; i < kinds->len; i++)
    if (g_str_equal (crm_kind_get_name (kinds->pdata[i]),
                     crm_import_plan_get_kind (get_plan (self))))
      return i + 1;

  return 0;
}

static void
fill_kinds (CrmImportSettings *self)
{
  g_autoptr (GPtrArray) kinds = list_kinds (self);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  gtk_string_list_append (labels, _("Relations"));
  for (guint i = 0; i < kinds->len; i++)
    gtk_string_list_append (labels, crm_kind_get_plural (kinds->pdata[i]));
  adw_combo_row_set_model (self->kind_row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->kind_row, index_of_kind (self, kinds));
}

static void
fill_format (CrmImportSettings *self)
{
  const CrmImportPlan *plan = get_plan (self);
  const CrmCsvFormat *format = crm_import_plan_get_format (plan);
  g_autofree char *words = crm_import_words_dup_format (plan);
  gboolean has_dates = FALSE;

  adw_expander_row_set_subtitle (self->format_row, words);
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    if (separators[i] == format->separator)
      adw_combo_row_set_selected (self->separator_row, i);
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (encodings[i] == format->encoding)
      adw_combo_row_set_selected (self->encoding_row, i);
  adw_switch_row_set_active (self->header_row, format->header == CRM_HEADER_PRESENT);

  for (guint i = crm_import_plan_get_n_columns (plan); i-- > 0;)
    if (crm_import_plan_get_column (plan, i)->has_dates)
      {
        has_dates = TRUE;
        adw_combo_row_set_selected (self->date_row,
                                    crm_import_plan_get_column (plan, i)->date_order);
      }
  gtk_widget_set_visible (GTK_WIDGET (self->date_row), has_dates);
}

static void
kind_changed_cb (CrmImportSettings *self)
{
  g_autoptr (GPtrArray) kinds = NULL;
  guint selected = adw_combo_row_get_selected (self->kind_row);

  if (self->refreshing || selected == GTK_INVALID_LIST_POSITION)
    return;

  kinds = list_kinds (self);
  crm_import_session_set_kind (self->session,
                               selected == 0 ? "relation"
                                             : crm_kind_get_name (kinds->pdata[selected - 1]));
}

static void
format_changed_cb (CrmImportSettings *self)
{
  CrmCsvFormat format;

  if (self->refreshing)
    return;

  format = *crm_import_plan_get_format (get_plan (self));
  format.separator = separators[adw_combo_row_get_selected (self->separator_row)];
  format.encoding = encodings[adw_combo_row_get_selected (self->encoding_row)];
  format.mixed = FALSE;
  format.header = adw_switch_row_get_active (self->header_row) ? CRM_HEADER_PRESENT
                                                               : CRM_HEADER_ABSENT;
  crm_import_session_set_format (self->session, &format);
}

static void
date_changed_cb (CrmImportSettings *self)
{
  if (!self->refreshing)
    crm_import_session_set_date_order (self->session, adw_combo_row_get_selected (self->date_row));
}

static void
show_preview (CrmImportSettings *self)
{
  const CrmImportResult *result = crm_import_session_get_preview (self->session);
  g_autofree char *remarks = result != NULL ? crm_import_words_dup_remarks (result) : NULL;

  adw_preferences_group_set_description (self->preview_group, remarks);
  crm_import_preview_show (self->preview, result);
}

static void
crm_import_settings_dispose (GObject *object)
{
  CrmImportSettings *self = CRM_IMPORT_SETTINGS (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_IMPORT_SETTINGS);

  G_OBJECT_CLASS (crm_import_settings_parent_class)->dispose (object);
}

static void
crm_import_settings_finalize (GObject *object)
{
  CrmImportSettings *self = CRM_IMPORT_SETTINGS (object);

  g_clear_pointer (&self->targets, g_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (crm_import_settings_parent_class)->finalize (object);
}

static void
crm_import_settings_class_init (CrmImportSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_import_settings_dispose;
  object_class->finalize = crm_import_settings_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/import/crm-import-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmImportSettings, kind_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportSettings, format_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportSettings, separator_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportSettings, encoding_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportSettings, header_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportSettings, date_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportSettings, columns_group);
  gtk_widget_class_bind_template_child (widget_class, CrmImportSettings, preview_group);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, date_changed_cb);
}

static void
fill_choices (CrmImportSettings *self)
{
  const char *orders[] = { _("Year, month, day: 2026-12-31"),
                             _("Day, month, year: 31-12-2026"),
                               _("Month, day, year: 12/31/2026"), NULL };
  g_autoptr (GtkStringList) separator_list = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) encoding_list = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) order_list = gtk_string_list_new (orders);

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    gtk_string_list_append (separator_list, crm_import_words_get_separator (separators[i]));
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    gtk_string_list_append (encoding_list,
                            encodings[i] == CRM_ENCODING_UTF16BE
                                ? "UTF-16 BE"
                                : crm_encoding_get_name (encodings[i]));
  adw_combo_row_set_model (self->separator_row, G_LIST_MODEL (separator_list));
  adw_combo_row_set_model (self->encoding_row, G_LIST_MODEL (encoding_list));
  adw_combo_row_set_model (self->date_row, G_LIST_MODEL (order_list));
}

static void
crm_import_settings_init (CrmImportSettings *self)
{
  self->refreshing = TRUE;
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_choices (self);
  self->preview = crm_import_preview_new ();
  adw_preferences_group_add (self->preview_group, GTK_WIDGET (self->preview));
  self->refreshing = FALSE;
}

CrmImportSettings *
crm_import_settings_new (CrmImportSession *session)
{
  CrmImportSettings *self;

  g_return_val_if_fail (CRM_IS_IMPORT_SESSION (session), NULL);

  self = g_object_new (CRM_TYPE_IMPORT_SETTINGS, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "preview-changed", G_CALLBACK (show_preview), self);

  return self;
}

void
crm_import_settings_refresh (CrmImportSettings *self)
{
  g_return_if_fail (CRM_IS_IMPORT_SETTINGS (self));
  g_return_if_fail (get_plan (self) != NULL);

  self->refreshing = TRUE;
  fill_kinds (self);
  fill_format (self);
  fill_columns (self);
  self->refreshing = FALSE;
  show_preview (self);
}
