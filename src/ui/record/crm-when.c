#include "ui/record/crm-when.h"

#include "base/crm-clock.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

GDateTime *
crm_when_now (void)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (crm_clock_now ());

  return g_date_time_to_local (utc);
}

GDateTime *
crm_when_parse (const char *value, gboolean *has_time)
{
  int year;
  int month;
  int day;
  int length = 0;
  gint64 time;

  if (has_time != NULL)
    *has_time = FALSE;
  if (value == NULL)
    return NULL;

  if (crm_clock_parse (value, &time))
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (time);
      g_autoptr (GDateTime) local = g_date_time_to_local (utc);

      /* A day without a time of day is stored as its local midnight. */
      if (has_time != NULL)
        *has_time = g_date_time_get_hour (local) != 0 || g_date_time_get_minute (local) != 0 ||
                    g_date_time_get_second (local) != 0;
      return g_steal_pointer (&local);
    }
  if (sscanf (value, "%4d-%2d-%2d%n", &year, &month, &day, &length) == 3 && value[length] == '\0')
    return g_date_time_new_local (year, month, day, 0, 0, 0);

  return NULL;
}

char *
crm_when_to_time (GDateTime *moment)
{
  return crm_clock_format (g_date_time_to_unix (moment) * G_USEC_PER_SEC);
}

char *
crm_when_to_date (GDateTime *moment)
{
  return g_date_time_format (moment, "%Y-%m-%d");
}

static guint
julian (GDateTime *moment)
{
  GDate date;
  int year;
  int month;
  int day;

  g_date_time_get_ymd (moment, &year, &month, &day);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);

  return g_date_get_julian (&date);
}

int
crm_when_days_until (GDateTime *moment, GDateTime *now)
{
  return (int) julian (moment) - (int) julian (now);
}

/* NULL when the day has no name of its own. */
static const char *
get_near (int days)
{
  switch (days)
    {
    case -1:
      return _("Yesterday");
    case 0:
      return _("Today");
    case 1:
      return _("Tomorrow");
    default:
      return NULL;
    }
}

char *
crm_when_dup_day (GDateTime *moment, GDateTime *now)
{
  const char *near = get_near (crm_when_days_until (moment, now));

  if (near != NULL)
    return g_strdup (near);
  if (g_date_time_get_year (moment) == g_date_time_get_year (now))
    /* Translators: a day of this year as a heading: "Friday 20 November" */
    return g_date_time_format (moment, _("%A %-e %B"));

  /* Translators: a day of another year as a heading: "12 November 2024" */
  return g_date_time_format (moment, _("%-e %B %Y"));
}

char *
crm_when_dup_clock (GDateTime *moment)
{
  return g_date_time_format (moment, "%H:%M");
}

char *
crm_when_dup_short (GDateTime *moment, gboolean has_time, GDateTime *now)
{
  int days = crm_when_days_until (moment, now);
  g_autofree char *day = NULL;

  if (get_near (days) != NULL)
    day = g_strdup (get_near (days));
  else if (ABS (days) <= 7)
    /* Translators: a day of this week: "Tue 24 Nov" */
    day = g_date_time_format (moment, _("%a %-e %b"));
  else if (g_date_time_get_year (moment) == g_date_time_get_year (now))
    /* Translators: a day of this year: "24 Nov" */
    day = g_date_time_format (moment, _("%-e %b"));
  else
    /* Translators: a day of another year: "24-11-2024" */
    day = g_date_time_format (moment, _("%d-%m-%Y"));

  if (has_time && ABS (days) <= 60)
    {
      g_autofree char *clock = crm_when_dup_clock (moment);

      return g_strconcat (day, " ", clock, NULL);
    }

  return g_steal_pointer (&day);
}

char *
crm_when_dup_full (const char *value)
{
  gboolean has_time;
  g_autoptr (GDateTime) moment = crm_when_parse (value, &has_time);

  if (moment == NULL)
    return g_strdup (value);

  return g_date_time_format (moment, has_time ? "%d-%m-%Y %H:%M" : "%d-%m-%Y");
}
