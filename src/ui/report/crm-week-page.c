#include "ui/report/crm-week-page.h"

#include "base/crm-clock.h"
#include "report/crm-report-file.h"
#include "report/crm-report-week.h"
#include "ui/report/crm-days-chart.h"
#include "ui/report/crm-week-figures.h"
#include "ui/report/crm-week-rows.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>

struct _CrmWeekPage
{
  AdwNavigationPage parent_instance;

  CrmStore *store;
  CrmReport *report; /* nullable until read */
  GCancellable *reading;
  int n_days;
  /* Days from today to the last day of the period; never more than 0. */
  int offset;
  char *days; /* state of the action week.days */

  GtkLabel *period_label;
  AdwBin *figures_bin;
  GtkBox *chart_box;
  AdwBin *chart_bin;
  GtkBox *tables_box;
  CrmWeekFigures *figures;
  CrmDaysChart *chart;
};

G_DEFINE_FINAL_TYPE (CrmWeekPage, crm_week_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PROP_DAYS = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

typedef struct
{
  char *from;
  char *to;
} Request;

static void
free_request (gpointer data)
{
  Request *request = data;

  g_free (request->from);
  g_free (request->to);
  g_free (request);
}

static gpointer
read_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;

  return crm_report_week_new (replica, request->from, request->to, NULL, cancellable, error);
}

/* The rows of the figure that is pressed, or all. */
static void
show_rows (CrmWeekPage *self)
{
  crm_week_rows_show (self->tables_box, self->report, crm_week_figures_get_chosen (self->figures));
}

static char *
dup_day (const char *date, const char *format)
{
  g_autofree char *moment = g_strconcat (date, "T12:00:00", NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (moment, zone);

  return time != NULL ? g_date_time_format (time, format) : g_strdup (date);
}

static void
show_report (CrmWeekPage *self)
{
  /* Translators: a day in the title of a report: "5 Mar" */
  g_autofree char *from = dup_day (self->report->from, _("%-d %b"));
  /* Translators: the last day in the title of a report: "11 Mar 2024" */
  g_autofree char *to = dup_day (self->report->to, _("%-d %b %Y"));
  /* Translators: from day to day: "5 Mar – 11 Mar 2024" */
  g_autofree char *period = g_strdup_printf (_("%s – %s"), from, to);

  gtk_label_set_label (self->period_label, period);
  crm_week_figures_set_report (self->figures, self->report);
  crm_days_chart_set_report (self->chart, self->report);
  gtk_widget_set_visible (GTK_WIDGET (self->chart_box), crm_days_chart_has_bars (self->chart));
  show_rows (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "week.next", self->offset < 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "week.export", TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "week.print", TRUE);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmWeekPage) self = user_data;
  g_autoptr (GError) error = NULL;
  CrmReport *report = crm_store_run_finish (CRM_STORE (source), result, &error);

  /* The window closed in the meantime. */
  if (self->period_label == NULL)
    {
      g_clear_pointer (&report, crm_report_free);
      return;
    }
  if (report == NULL)
    {
      crm_toast_show_error (GTK_WIDGET (self), _("The report could not be made"), error);
      return;
    }

  g_clear_pointer (&self->report, crm_report_free);
  self->report = report;
  show_report (self);
}

/* What is shown stays until the new report is there. */
static void
read_report (CrmWeekPage *self)
{
  Request *request = g_new0 (Request, 1);

  request->from = crm_clock_dup_today (self->offset - self->n_days + 1);
  request->to = crm_clock_dup_today (self->offset);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       read_on_worker,
                       request,
                       free_request,
                       (GDestroyNotify) crm_report_free,
                       self->reading,
                       read_cb,
                       g_object_ref (self));
}

static void
store_changed_cb (CrmWeekPage *self)
{
  read_report (self);
}

static void
previous_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWeekPage *self = CRM_WEEK_PAGE (widget);

  self->offset -= self->n_days;
  read_report (self);
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWeekPage *self = CRM_WEEK_PAGE (widget);

  self->offset = MIN (0, self->offset + self->n_days);
  read_report (self);
}

void
crm_week_page_export (CrmWeekPage *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  CrmReportFormat format = CRM_REPORT_PDF;

  g_return_if_fail (CRM_IS_WEEK_PAGE (self));
  g_return_if_fail (path != NULL && self->report != NULL);

  crm_report_format_guess (path, &format);
  if (crm_report_save (self->report, format, path, &error))
    crm_toast_show (GTK_WIDGET (self), _("Report saved"));
  else
    crm_toast_show_error (GTK_WIDGET (self), _("The report could not be saved"), error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmWeekPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    crm_week_page_export (self, path);
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    crm_toast_show_error (GTK_WIDGET (self), _("The report could not be saved"), error);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWeekPage *self = CRM_WEEK_PAGE (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  /* Translators: the proposed name of a report's file; .csv, .json and .xlsx work too */
  g_autofree char *file = g_strdup_printf (_("My week %s.pdf"), self->report->to);

  gtk_file_dialog_set_title (dialog, _("Export Report"));
  gtk_file_dialog_set_initial_name (dialog, file);
  gtk_file_dialog_save (dialog,
                        GTK_WINDOW (gtk_widget_get_root (widget)),
                        self->reading,
                        saved_cb,
                        g_object_ref (self));
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmWeekPage) self = user_data;
  g_autoptr (GError) error = NULL;
  const char *path = g_object_get_data (source, "path");
  g_autofree char *folder = g_path_get_dirname (path);

  if (!gtk_print_dialog_print_file_finish (GTK_PRINT_DIALOG (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    crm_toast_show_error (GTK_WIDGET (self), _("The report could not be printed"), error);
  g_unlink (path);
  g_rmdir (folder);
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWeekPage *self = CRM_WEEK_PAGE (widget);
  g_autoptr (GtkPrintDialog) dialog = gtk_print_dialog_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("crm-print-XXXXXX", &error);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "report.pdf", NULL) : NULL;
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;

  if (path == NULL || !crm_report_save (self->report, CRM_REPORT_PDF, path, &error))
    {
      crm_toast_show_error (widget, _("The report could not be printed"), error);
      return;
    }

  g_object_set_data_full (G_OBJECT (dialog), "path", g_steal_pointer (&path), g_free);
  gtk_print_dialog_set_title (dialog, _("Print Report"));
  gtk_print_dialog_print_file (dialog,
                               GTK_WINDOW (gtk_widget_get_root (widget)),
                               NULL,
                               file,
                               NULL,
                               printed_cb,
                               g_object_ref (self));
}

static void
crm_week_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_DAYS)
    g_value_set_string (value, CRM_WEEK_PAGE (object)->days);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
crm_week_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  CrmWeekPage *self = CRM_WEEK_PAGE (object);

  if (prop_id != PROP_DAYS)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  if (g_set_str (&self->days, g_value_get_string (value)))
    {
      self->n_days = CLAMP (atoi (self->days), 1, 366);
      g_object_notify_by_pspec (object, pspec);
      if (self->store != NULL)
        read_report (self);
    }
}

static void
crm_week_page_dispose (GObject *object)
{
  CrmWeekPage *self = CRM_WEEK_PAGE (object);

  g_cancellable_cancel (self->reading);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_WEEK_PAGE);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->report, crm_report_free);
  g_clear_object (&self->store);
  g_clear_pointer (&self->days, g_free);

  G_OBJECT_CLASS (crm_week_page_parent_class)->dispose (object);
}

static void
crm_week_page_class_init (CrmWeekPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_week_page_dispose;
  object_class->get_property = crm_week_page_get_property;
  object_class->set_property = crm_week_page_set_property;

  properties[PROP_DAYS] = g_param_spec_string ("days",
                                               NULL,
                                               NULL,
                                               "7",
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                   G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "week.previous", NULL, previous_action);
  gtk_widget_class_install_action (widget_class, "week.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "week.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "week.print", NULL, print_action);
  gtk_widget_class_install_property_action (widget_class, "week.days", "days");

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/report/crm-week-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmWeekPage, period_label);
  gtk_widget_class_bind_template_child (widget_class, CrmWeekPage, figures_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmWeekPage, chart_box);
  gtk_widget_class_bind_template_child (widget_class, CrmWeekPage, chart_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmWeekPage, tables_box);
}

static void
crm_week_page_init (CrmWeekPage *self)
{
  self->n_days = 7;
  self->days = g_strdup ("7");

  gtk_widget_init_template (GTK_WIDGET (self));
  self->figures = CRM_WEEK_FIGURES (crm_week_figures_new ());
  g_signal_connect_object (self->figures,
                           "chosen",
                           G_CALLBACK (show_rows),
                           self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->figures_bin, GTK_WIDGET (self->figures));
  self->chart = CRM_DAYS_CHART (crm_days_chart_new ());
  adw_bin_set_child (self->chart_bin, GTK_WIDGET (self->chart));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "week.next", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "week.export", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "week.print", FALSE);
}

CrmWeekPage *
crm_week_page_new (CrmStore *store)
{
  CrmWeekPage *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_WEEK_PAGE, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store,
                           "changed",
                           G_CALLBACK (store_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  read_report (self);
  return self;
}
