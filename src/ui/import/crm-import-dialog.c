#include "ui/import/crm-import-dialog.h"

#include "ui/import/crm-import-report.h"
#include "ui/import/crm-import-session.h"
#include "ui/import/crm-import-settings.h"
#include "ui/import/crm-import-words.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

struct _CrmImportDialog
{
  AdwDialog parent_instance;

  CrmImportSession *session;
  CrmImportSettings *settings;
  CrmImportReport *report;

  AdwToolbarView *toolbar;
  AdwWindowTitle *window_title;
  GtkStack *stack;
  AdwStatusPage *error_page;
  AdwBin *settings_bin;
  AdwBin *report_bin;
  GtkProgressBar *progress_bar;
  GtkLabel *progress_label;
  GtkLabel *counts_label;
  GtkButton *import_button;
  GtkWidget *other_button;
};

G_DEFINE_FINAL_TYPE (CrmImportDialog, crm_import_dialog, ADW_TYPE_DIALOG)

static void
show_subtitle (CrmImportDialog *self)
{
  const CrmImportPlan *plan = crm_import_session_get_plan (self->session);
  g_autofree char *name = plan != NULL ? g_file_get_basename (crm_import_plan_get_file (plan))
                                       : NULL;
  g_autofree char *shown = name != NULL ? g_filename_display_name (name) : NULL;

  adw_window_title_set_subtitle (self->window_title, shown != NULL ? shown : "");
}

/* What the button will do, in numbers. */
static void
show_preview (CrmImportDialog *self)
{
  const CrmImportPlan *plan = crm_import_session_get_plan (self->session);
  const CrmImportResult *preview = crm_import_session_get_preview (self->session);
  const GError *error = crm_import_session_get_preview_error (self->session);
  gboolean trying = crm_import_session_is_trying (self->session);
  guint64 n = plan != NULL ? crm_import_plan_get_n_rows (plan) : 0;
  g_autofree char *label = NULL;
  g_autofree char *counts = NULL;

  label = g_strdup_printf (ngettext ("Import %'u Row", "Import %'u Rows", (gulong) n), (guint) n);
  gtk_button_set_label (self->import_button, label);
  if (preview != NULL)
    counts = crm_import_words_dup_counts (preview);
  else if (error != NULL)
    counts = crm_import_words_dup_error (error);
  else if (trying)
    counts = g_strdup (_("Looking what this will do…"));
  gtk_label_set_label (self->counts_label, counts != NULL ? counts : "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "import.start",
                                 crm_import_session_get_state (self->session) ==
                                         CRM_IMPORT_STATE_READY &&
                                     n > 0 && (error == NULL || trying));
}

static void
show_progress (CrmImportDialog *self)
{
  CrmProgress *progress = crm_import_session_get_progress (self->session);
  g_autofree char *text = NULL;

  gtk_progress_bar_set_fraction (self->progress_bar, crm_progress_get_fraction (progress));
  text = g_strdup_printf (_("%'u of %'u"),
                            (guint) crm_progress_get_done (progress),
                            (guint) crm_progress_get_total (progress));
  gtk_label_set_label (self->progress_label, text);
}

static void
show_state (CrmImportDialog *self)
{
  static const char *const pages[] = { "choose",   "reading",   "unreadable",
                                       "settings", "importing", "done" };
  CrmImportState state = crm_import_session_get_state (self->session);
  const GError *error = crm_import_session_get_error (self->session);
  g_autofree char *reason = crm_import_words_dup_error (error);
  g_autofree char *markup = reason != NULL ? g_markup_escape_text (reason, -1) : NULL;

  adw_status_page_set_description (self->error_page, markup);
  if (state == CRM_IMPORT_STATE_READY)
    crm_import_settings_refresh (self->settings);
  if (state == CRM_IMPORT_STATE_READY && error != NULL)
    crm_toast_show_error (GTK_WIDGET (self->stack), _("Nothing was imported"), error);
  if (state == CRM_IMPORT_STATE_DONE)
    crm_import_report_show (self->report, crm_import_session_get_result (self->session));

  /* Reading again after a change of settings is done in a blink: no flash of a spinner. */
  if (state != CRM_IMPORT_STATE_READING ||
      g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "settings") != 0)
    gtk_stack_set_visible_child_name (self->stack, pages[state]);
  adw_toolbar_view_set_reveal_bottom_bars (self->toolbar, state == CRM_IMPORT_STATE_READY);
  gtk_widget_set_visible (self->other_button, state == CRM_IMPORT_STATE_READY);
  adw_dialog_set_can_close (ADW_DIALOG (self), state != CRM_IMPORT_STATE_IMPORTING);
  show_subtitle (self);
  show_preview (self);
  show_progress (self);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL && self->session != NULL)
    crm_import_session_set_file (self->session, file);
  else if (error != NULL &&
           !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) &&
           !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    crm_toast_show_error (GTK_WIDGET (self->stack), _("No file could be chosen"), error);
}

static GListModel *
list_filters (void)
{
  GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) tables = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (tables, _("Tables as text (CSV)"));
  gtk_file_filter_add_suffix (tables, "csv");
  gtk_file_filter_add_suffix (tables, "txt");
  gtk_file_filter_add_suffix (tables, "tsv");
  gtk_file_filter_add_suffix (tables, "tab");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, tables);
  g_list_store_append (filters, all);

  return G_LIST_MODEL (filters);
}

static void
choose_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListModel) filters = list_filters ();
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_file_dialog_set_title (dialog, _("Choose a File to Import"));
  gtk_file_dialog_set_filters (dialog, filters);
  gtk_file_dialog_open (dialog,
                        GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                        NULL,
                        chosen_cb,
                        g_object_ref (widget));
}

static void
start_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  crm_import_session_start (CRM_IMPORT_DIALOG (widget)->session);
}

static void
cancel_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  crm_import_session_cancel (CRM_IMPORT_DIALOG (widget)->session);
}

static void
undo_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmImportDialog *self = CRM_IMPORT_DIALOG (widget);
  const CrmImportResult *result = crm_import_session_get_result (self->session);

  if (result == NULL || result->group == NULL)
    return;
  crm_import_report_set_undone (self->report);
  crm_toast_undo (GTK_WIDGET (self->stack),
                  crm_import_session_get_store (self->session),
                  result->group);
}

static void
show_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  /* The action is the window's, which is above the dialog. */
  if (parent != NULL)
    gtk_widget_activate_action (parent, "win.show", "s", "relations");
  adw_dialog_close (ADW_DIALOG (widget));
}

static gboolean
dropped_cb (CrmImportDialog *self, const GValue *value)
{
  GFile *file = g_value_get_object (value);
  CrmImportState state = crm_import_session_get_state (self->session);

  if (file == NULL || state == CRM_IMPORT_STATE_IMPORTING)
    return FALSE;
  crm_import_session_set_file (self->session, file);

  return TRUE;
}

static void
crm_import_dialog_dispose (GObject *object)
{
  CrmImportDialog *self = CRM_IMPORT_DIALOG (object);

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (crm_import_session_get_progress (self->session), self);
      /* An import that runs goes on only when it was asked to; the dialog cannot be closed then. */
      crm_import_session_cancel (self->session);
    }
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_IMPORT_DIALOG);

  G_OBJECT_CLASS (crm_import_dialog_parent_class)->dispose (object);
}

static void
crm_import_dialog_class_init (CrmImportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_import_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/import/crm-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmImportDialog, toolbar);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDialog, error_page);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDialog, settings_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDialog, report_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDialog, progress_label);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDialog, counts_label);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDialog, other_button);

  gtk_widget_class_install_action (widget_class, "import.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "import.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "import.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "import.show", NULL, show_action);
}

static void
crm_import_dialog_init (CrmImportDialog *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (drop, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->stack), GTK_EVENT_CONTROLLER (drop));
}

CrmImportDialog *
crm_import_dialog_new (CrmStore *store, GFile *file)
{
  CrmImportDialog *self;
  CrmProgress *progress;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (file == NULL || G_IS_FILE (file), NULL);

  self = g_object_new (CRM_TYPE_IMPORT_DIALOG, NULL);
  self->session = crm_import_session_new (store);
  self->settings = crm_import_settings_new (self->session);
  self->report = crm_import_report_new ();
  adw_bin_set_child (self->settings_bin, GTK_WIDGET (self->settings));
  adw_bin_set_child (self->report_bin, GTK_WIDGET (self->report));

  progress = crm_import_session_get_progress (self->session);
  g_signal_connect_swapped (self->session, "state-changed", G_CALLBACK (show_state), self);
  g_signal_connect_swapped (self->session, "preview-changed", G_CALLBACK (show_preview), self);
  g_signal_connect_swapped (progress, "notify::fraction", G_CALLBACK (show_progress), self);
  if (file != NULL)
    crm_import_session_set_file (self->session, file);
  else
    show_state (self);

  return self;
}
