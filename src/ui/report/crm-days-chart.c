#include "ui/report/crm-days-chart.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define HEIGHT       140
#define LABEL_HEIGHT 22
/* Narrower days have no room for their name. */
#define LABEL_WIDTH 26

typedef struct
{
  gint64 value;
  gint64 before;
  char *label;
} Day;

struct _CrmDaysChart
{
  GtkWidget parent_instance;

  GArray *days;
  gint64 most;
  gboolean has_bars;
};

G_DEFINE_FINAL_TYPE (CrmDaysChart, crm_days_chart, GTK_TYPE_WIDGET)

static void
clear_day (gpointer data)
{
  g_free (((Day *) data)->label);
}

static void
append_bar (GtkSnapshot *snapshot, const GdkRGBA *colour, float x, float width, float height)
{
  graphene_rect_t bar = GRAPHENE_RECT_INIT (x,
                                            HEIGHT - LABEL_HEIGHT - height,
                                            MAX (width, 1),
                                            height);
  GskRoundedRect outline;

  if (height <= 0)
    return;

  gsk_rounded_rect_init_from_rect (&outline, &bar, MIN (3, width / 2));
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, colour, &bar);
  gtk_snapshot_pop (snapshot);
}

static void
append_label (CrmDaysChart *self, GtkSnapshot *snapshot, const Day *day, float x, float step)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), day->label);
  GdkRGBA colour;
  int width;

  gtk_widget_get_color (GTK_WIDGET (self), &colour);
  colour.alpha *= 0.6f;
  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (x + (step - (float) width) / 2,
                                                HEIGHT - LABEL_HEIGHT + 4));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
crm_days_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CrmDaysChart *self = CRM_DAYS_CHART (widget);
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (manager);
  float room = HEIGHT - LABEL_HEIGHT - 2;
  GdkRGBA grey;
  float step;

  if (self->days->len == 0)
    return;

  gtk_widget_get_color (widget, &grey);
  grey.alpha *= 0.25f;
  step = (float) gtk_widget_get_width (widget) / (float) self->days->len;
  for (guint i = 0; i < self->days->len; i++)
    {
      const Day *day = &g_array_index (self->days, Day, i);
      float x = step * (float) i;

      append_bar (snapshot,
                  accent,
                  x + step * 0.16f,
                  step * 0.32f,
                  room * (float) day->value / (float) self->most);
      append_bar (snapshot,
                  &grey,
                  x + step * 0.52f,
                  step * 0.32f,
                  room * (float) day->before / (float) self->most);
      if (step >= LABEL_WIDTH)
        append_label (self, snapshot, day, x, step);
    }
}

static void
crm_days_chart_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 120;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 480;
}

static void
crm_days_chart_finalize (GObject *object)
{
  g_array_unref (CRM_DAYS_CHART (object)->days);

  G_OBJECT_CLASS (crm_days_chart_parent_class)->finalize (object);
}

static void
crm_days_chart_class_init (CrmDaysChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = crm_days_chart_finalize;
  widget_class->measure = crm_days_chart_measure;
  widget_class->snapshot = crm_days_chart_snapshot;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "days-chart");
}

static void
crm_days_chart_init (CrmDaysChart *self)
{
  self->days = g_array_new (FALSE, TRUE, sizeof (Day));
  g_array_set_clear_func (self->days, clear_day);
  self->most = 1;
  gtk_widget_add_css_class (GTK_WIDGET (self), "caption");
}

GtkWidget *
crm_days_chart_new (void)
{
  return g_object_new (CRM_TYPE_DAYS_CHART, NULL);
}

static char *
dup_day_label (const char *date)
{
  g_autofree char *moment = g_strconcat (date, "T12:00:00", NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (moment, zone);

  return time != NULL ? g_date_time_format (time, "%a") : g_strdup ("");
}

void
crm_days_chart_set_report (CrmDaysChart *self, const CrmReport *report)
{
  gint64 total = 0, before = 0;
  g_autofree char *total_text = NULL;
  g_autofree char *before_text = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (CRM_IS_DAYS_CHART (self));
  g_return_if_fail (report != NULL);

  g_array_set_size (self->days, 0);
  self->most = 1;
  for (guint i = 0; i < report->points->len; i++)
    {
      const CrmReportPoint *point = g_ptr_array_index (report->points, i);
      Day day = { .value = point->value, .before = point->before };

      day.label = dup_day_label (point->date);
      g_array_append_val (self->days, day);
      self->most = MAX (self->most, MAX (point->value, point->before));
      total += point->value;
      before += point->before;
    }

  self->has_bars = total + before > 0;
  total_text = g_strdup_printf ("%" G_GINT64_FORMAT, total);
  before_text = g_strdup_printf ("%" G_GINT64_FORMAT, before);
  label = g_strdup_printf (_("Activities by day: %s in this period, %s before"),
                             total_text,
                             before_text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
crm_days_chart_has_bars (CrmDaysChart *self)
{
  g_return_val_if_fail (CRM_IS_DAYS_CHART (self), FALSE);

  return self->has_bars;
}
