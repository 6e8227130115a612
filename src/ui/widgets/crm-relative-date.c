#include "ui/widgets/crm-relative-date.h"

#include "base/crm-clock.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

static GDateTime *
parse_local (const char *value)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  int year = 0;
  int month = 0;
  int day = 0;
  gint64 time;

  if (crm_clock_parse (value, &time))
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

      return utc != NULL ? g_date_time_to_local (utc) : NULL;
    }
  if (sscanf (value, "%4d-%2d-%2d", &year, &month, &day) != 3)
    return NULL;

  return g_date_time_new (zone, year, month, day, 12, 0, 0);
}

static guint32
get_julian (GDateTime *time)
{
  g_autoptr (GDate) date = g_date_new_dmy ((GDateDay) g_date_time_get_day_of_month (time),
                                           (GDateMonth) g_date_time_get_month (time),
                                           (GDateYear) g_date_time_get_year (time));

  return g_date_get_julian (date);
}

static char *
dup_near (int days)
{
  if (days == 0)
    return g_strdup (_("today"));
  if (days == 1)
    return g_strdup (_("yesterday"));
  if (days == -1)
    return g_strdup (_("tomorrow"));

  /* Translators: short for "3 days ago", at the end of a row */
  return g_strdup_printf (_("%d d"), days);
}

char *
crm_relative_date_dup (const char *value)
{
  g_autoptr (GDateTime) then = value != NULL ? parse_local (value) : NULL;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) now = NULL;
  int days;

  if (then == NULL)
    return g_strdup ("");

  utc = g_date_time_new_from_unix_utc (crm_clock_now () / G_USEC_PER_SEC);
  now = g_date_time_to_local (utc);
  days = (int) get_julian (now) - (int) get_julian (then);

  if (days >= -1 && days <= 7)
    return dup_near (days);
  if (g_date_time_get_year (now) == g_date_time_get_year (then))
    /* Translators: a day of this year, "12 nov"; see strftime(3) */
    return g_date_time_format (then, _("%-d %b"));

  /* Translators: a day of another year, "12-11-2024"; see strftime(3) */
  return g_date_time_format (then, _("%d-%m-%Y"));
}
