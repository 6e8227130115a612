#include "ui/import/crm-export-dialog.h"

#include "exchange/crm-export.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

struct _CrmExportDialog
{
  AdwDialog parent_instance;

  CrmStore *store;
  CrmQuery *query;
  char **ids;       /* nullable: all of the query */
  GPtrArray *rows;  /* (element-type AdwSwitchRow); borrowed */
  GPtrArray *names; /* (element-type utf8): their fields; static */
  CrmProgress *progress;
  GCancellable *cancellable;
  gboolean writing;

  AdwToolbarView *toolbar;
  AdwWindowTitle *window_title;
  GtkStack *stack;
  AdwComboRow *format_row;
  AdwPreferencesGroup *fields_group;
  GtkButton *all_button;
  GtkProgressBar *progress_bar;
};

G_DEFINE_FINAL_TYPE (CrmExportDialog, crm_export_dialog, ADW_TYPE_DIALOG)

/* What the worker needs: copies. */
typedef struct
{
  CrmQuery *query;
  GFile *file;
  char **fields;
  char **ids; /* nullable */
  char separator;
  CrmProgress *progress;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  crm_query_free (job->query);
  g_object_unref (job->file);
  g_strfreev (job->fields);
  g_strfreev (job->ids);
  g_object_unref (job->progress);
  g_free (job);
}

static gpointer
export_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  CrmExportOptions options = { .separator = job->separator,
                               .fields = (const char *const *) job->fields,
                               .ids = (const char *const *) job->ids };
  guint64 *n = g_new0 (guint64, 1);

  if (crm_export (replica, job->query, job->file, &options, job->progress, cancellable, n, error))
    return n;
  g_free (n);

  return NULL;
}

static void
set_writing (CrmExportDialog *self, gboolean writing)
{
  self->writing = writing;
  gtk_stack_set_visible_child_name (self->stack, writing ? "writing" : "choices");
  adw_toolbar_view_set_reveal_bottom_bars (self->toolbar, !writing);
  adw_dialog_set_can_close (ADW_DIALOG (self), !writing);
}

static guint
count_chosen (CrmExportDialog *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += adw_switch_row_get_active (self->rows->pdata[i]);

  return n;
}

static void
show_chosen (CrmExportDialog *self)
{
  gboolean any = count_chosen (self) > 0;

  gtk_button_set_label (self->all_button, any ? _("_None") : _("_All"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.choose", any && !self->writing);
}

static void
all_clicked_cb (CrmExportDialog *self)
{
  gboolean active = count_chosen (self) == 0;

  for (guint i = 0; i < self->rows->len; i++)
    adw_switch_row_set_active (self->rows->pdata[i], active);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree guint64 *n = crm_store_run_finish (CRM_STORE (source), result, &error);
  g_autofree char *text = NULL;

  if (self->store == NULL)
    return;

  set_writing (self, FALSE);
  if (n == NULL)
    {
      crm_toast_show_error (GTK_WIDGET (self->stack), _("Nothing was exported"), error);
      return;
    }

  text = g_strdup_printf (ngettext ("%'u record exported", "%'u records exported", (gulong) *n),
                          (guint) *n);
  if (gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    crm_toast_show (gtk_widget_get_parent (GTK_WIDGET (self)), text);
  adw_dialog_close (ADW_DIALOG (self));
}

static char **
dup_fields (CrmExportDialog *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->rows->len; i++)
    if (adw_switch_row_get_active (self->rows->pdata[i]))
      g_strv_builder_add (builder, self->names->pdata[i]);

  return g_strv_builder_end (builder);
}

void
crm_export_dialog_save (CrmExportDialog *self, GFile *file)
{
  static const char separators[] = { ';', ',', '\t' };
  Job *job;

  g_return_if_fail (CRM_IS_EXPORT_DIALOG (self));
  g_return_if_fail (G_IS_FILE (file));

  job = g_new0 (Job, 1);
  job->query = crm_query_copy (self->query);
  job->file = g_object_ref (file);
  job->fields = dup_fields (self);
  job->ids = g_strdupv (self->ids);
  job->separator = separators[MIN (adw_combo_row_get_selected (self->format_row),
                                   G_N_ELEMENTS (separators) - 1)];
  job->progress = g_object_ref (self->progress);

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  set_writing (self, TRUE);
  crm_store_run_async (self->store,
                       CRM_STORE_READ_LONG,
                       export_on_worker,
                       job,
                       job_free,
                       g_free,
                       self->cancellable,
                       exported_cb,
                       g_object_ref (self));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL && self->store != NULL)
    crm_export_dialog_save (self, file);
  else if (error != NULL &&
           !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) &&
           !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    crm_toast_show_error (GTK_WIDGET (self->stack), _("No file could be chosen"), error);
}

static void
choose_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_file_dialog_set_title (dialog, _("Export To"));
  /* Translators: the name of a new file */
  gtk_file_dialog_set_initial_name (dialog, _("relations.csv"));
  gtk_file_dialog_save (dialog,
                        GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                        NULL,
                        chosen_cb,
                        g_object_ref (widget));
}

static void
cancel_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_cancellable_cancel (CRM_EXPORT_DIALOG (widget)->cancellable);
}

static gboolean
has_name (CrmExportDialog *self, const char *name)
{
  return g_ptr_array_find_with_equal_func (self->names, name, g_str_equal, NULL);
}

static void
add_fields (CrmExportDialog *self, const CrmKind *kind)
{
  for (guint i = 0; kind != NULL && i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);
      GtkWidget *row;

      if (has_name (self, field->name))
        continue;
      row = adw_switch_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), crm_field_get_label (field));
      adw_switch_row_set_active (ADW_SWITCH_ROW (row), TRUE);
      g_signal_connect_swapped (row, "notify::active", G_CALLBACK (show_chosen), self);
      adw_preferences_group_add (self->fields_group, row);
      g_ptr_array_add (self->rows, row);
      g_ptr_array_add (self->names, (gpointer) field->name);
    }
}

static void
fill (CrmExportDialog *self)
{
  const char *kinds = crm_query_get_kinds (self->query);
  g_auto (GStrv)
      names = g_strsplit (g_str_equal (kinds, "relation") ? "person|organisation" : kinds, "|", -1);

  for (guint i = 0; names[i] != NULL; i++)
    add_fields (self, crm_model_find_kind (crm_store_get_model (self->store), names[i]));
  show_chosen (self);
}

static void
progress_cb (CrmExportDialog *self)
{
  gtk_progress_bar_set_fraction (self->progress_bar, crm_progress_get_fraction (self->progress));
}

static void
crm_export_dialog_dispose (GObject *object)
{
  CrmExportDialog *self = CRM_EXPORT_DIALOG (object);

  if (self->progress != NULL)
    g_signal_handlers_disconnect_by_data (self->progress, self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->progress);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_EXPORT_DIALOG);

  G_OBJECT_CLASS (crm_export_dialog_parent_class)->dispose (object);
}

static void
crm_export_dialog_finalize (GObject *object)
{
  CrmExportDialog *self = CRM_EXPORT_DIALOG (object);

  g_clear_pointer (&self->query, crm_query_free);
  g_strfreev (self->ids);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->names);

  G_OBJECT_CLASS (crm_export_dialog_parent_class)->finalize (object);
}

static void
crm_export_dialog_class_init (CrmExportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_export_dialog_dispose;
  object_class->finalize = crm_export_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/import/crm-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmExportDialog, toolbar);
  gtk_widget_class_bind_template_child (widget_class, CrmExportDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, CrmExportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmExportDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, CrmExportDialog, fields_group);
  gtk_widget_class_bind_template_child (widget_class, CrmExportDialog, all_button);
  gtk_widget_class_bind_template_child (widget_class, CrmExportDialog, progress_bar);
  gtk_widget_class_bind_template_callback (widget_class, all_clicked_cb);

  gtk_widget_class_install_action (widget_class, "export.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "export.cancel", NULL, cancel_action);
}

static void
crm_export_dialog_init (CrmExportDialog *self)
{
  self->rows = g_ptr_array_new ();
  self->names = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

CrmExportDialog *
crm_export_dialog_new (CrmStore *store, const CrmQuery *query)
{
  CrmExportDialog *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  self = g_object_new (CRM_TYPE_EXPORT_DIALOG, NULL);
  self->store = g_object_ref (store);
  self->query = crm_query_copy (query);
  self->progress = crm_progress_new ();
  g_signal_connect_swapped (self->progress, "notify::fraction", G_CALLBACK (progress_cb), self);
  fill (self);

  return self;
}

void
crm_export_dialog_set_ids (CrmExportDialog *self, const char *const *ids)
{
  g_autofree char *subtitle = NULL;
  guint n;

  g_return_if_fail (CRM_IS_EXPORT_DIALOG (self));
  g_return_if_fail (ids != NULL);

  g_strfreev (self->ids);
  self->ids = g_strdupv ((char **) ids);
  n = g_strv_length (self->ids);
  subtitle = g_strdup_printf (ngettext ("%'u record", "%'u records", n), n);
  adw_window_title_set_subtitle (self->window_title, subtitle);
}
