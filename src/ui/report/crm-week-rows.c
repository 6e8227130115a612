#include "ui/report/crm-week-rows.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* More rows than anybody reads make the page slow to open; the export has all. */
#define MAX_ROWS 100

/* "2024-03-05 10:00" as people read it. */
static char *
dup_moment (const char *text)
{
  g_autofree char *moment = g_strdup_printf ("%.10sT%s:00", text, text + 11);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (moment, zone);

  return time != NULL ? g_date_time_format (time, _("%a %-d %b, %H:%M")) : g_strdup (text);
}

static GtkWidget *
make_row (const CrmReportRow *row)
{
  GtkWidget *widget = adw_action_row_new ();
  guint n = g_strv_length (row->cells);
  g_autofree char *moment = dup_moment (row->cells[0]);
  const char *who = n > 3 ? row->cells[3] : row->cells[1];
  const char *subject = n > 3 ? row->cells[2] : "";
  g_autofree char *subtitle = NULL;

  /* Translators: what was done, and about what: "Call · Offer" */
  if (*subject != '\0')
    subtitle = g_strdup_printf (_("%s · %s"), row->cells[1], subject);
  else
    subtitle = g_strdup (n > 3 ? row->cells[1] : row->cells[2]);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), *who != '\0' ? who : row->cells[1]);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (widget), 1);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (widget), 1);
  {
    GtkWidget *when = gtk_label_new (moment);

    gtk_widget_add_css_class (when, "dim-label");
    gtk_widget_add_css_class (when, "caption");
    gtk_widget_add_css_class (when, "numeric");
    adw_action_row_add_suffix (ADW_ACTION_ROW (widget), when);
  }

  if (row->id != NULL)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (widget), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (widget), "win.open-record");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (widget), "s", row->id);
    }
  return widget;
}

static gboolean
is_shown (const CrmReportRow *row, const char *figure)
{
  return figure == NULL || g_strcmp0 (row->figure, figure) == 0;
}

static void
add_more_row (AdwPreferencesGroup *group, guint n_rows)
{
  GtkWidget *row = adw_action_row_new ();
  /* Translators: below the rows that are shown */
  g_autofree char *text = g_strdup_printf (ngettext ("And %'u more; the export has all",
                                                     "And %'u more; the export has all",
                                                     n_rows),
                                           n_rows);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  gtk_widget_add_css_class (row, "dim-label");
  adw_preferences_group_add (group, row);
}

/* How many of @table's rows are of @figure. */
static guint
add_table (GtkBox *box, const CrmReportTable *table, const char *figure)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint n = 0;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), table->title);
  for (guint i = 0; i < table->rows->len; i++)
    {
      const CrmReportRow *row = g_ptr_array_index (table->rows, i);

      if (is_shown (row, figure) && n++ < MAX_ROWS)
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (row));
    }
  if (n > MAX_ROWS)
    add_more_row (ADW_PREFERENCES_GROUP (group), n - MAX_ROWS);
  gtk_widget_set_visible (group, n > 0);
  gtk_box_append (box, group);

  return n;
}

void
crm_week_rows_show (GtkBox *box, const CrmReport *report, const char *figure)
{
  GtkWidget *child;
  guint n = 0;

  g_return_if_fail (GTK_IS_BOX (box));
  g_return_if_fail (report != NULL);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (guint i = 0; i < report->tables->len; i++)
    n += add_table (box, g_ptr_array_index (report->tables, i), figure);

  if (n == 0)
    {
      GtkWidget *empty = gtk_label_new (_("Nothing was logged in this period"));

      gtk_widget_add_css_class (empty, "dim-label");
      gtk_box_append (box, empty);
    }
}
