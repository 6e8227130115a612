#include "base/crm-clock.h"

#include <string.h>

#define USEC G_GINT64_CONSTANT (1000000)
#define DAY  (86400 * USEC)

/* Of tests; NULL otherwise. */
static CrmClockFunc wall_source;
static CrmClockFunc monotonic_source;
static gpointer source_data;

/*
 * Days since 1970-01-01 of a date of the Gregorian calendar, by Howard Hinnant's days_from_civil()
 * (https://howardhinnant.github.io/date_algorithms.html), for years from 1.
 */
static gint64
days_from_civil (int year, int month, int day)
{
  const int y = month <= 2 ? year - 1 : year;
  const int era = y / 400;
  const int year_of_era = y - era * 400;
  const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return (gint64) era * 146097 + day_of_era - 719468;
}

static void
civil_from_days (gint64 days, int *year, int *month, int *day)
{
  const gint64 shifted = days + 719468;
  const gint64 era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const int day_of_era = (int) (shifted - era * 146097);
  const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                           day_of_era / 146096) /
                          365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int mp = (5 * day_of_year + 2) / 153;

  *day = day_of_year - (153 * mp + 2) / 5 + 1;
  *month = mp < 10 ? mp + 3 : mp - 9;
  *year = (int) (year_of_era + era * 400) + (*month <= 2);
}

/* Exactly @n digits. */
static gboolean
take_digits (const char **text, int n, int *value)
{
  *value = 0;
  for (int i = 0; i < n; i++, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *value = *value * 10 + g_ascii_digit_value (**text);
    }

  return TRUE;
}

static gboolean
take_char (const char **text, char c)
{
  if (**text != c)
    return FALSE;
  (*text)++;

  return TRUE;
}

static gboolean
take_date (const char **text, gint64 *days)
{
  int year, month, day;

  if (!take_digits (text, 4, &year) || !take_char (text, '-') || !take_digits (text, 2, &month) ||
      !take_char (text, '-') || !take_digits (text, 2, &day))
    return FALSE;
  if (year < 1 || month < 1 || month > 12 || day < 1 ||
      day > g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year))
    return FALSE;

  *days = days_from_civil (year, month, day);

  return TRUE;
}

/* Up to microseconds; further digits are cut off. */
static gboolean
take_fraction (const char **text, int *usec)
{
  int scale = 100000;

  *usec = 0;
  if (!take_char (text, '.'))
    return TRUE;
  if (!g_ascii_isdigit (**text))
    return FALSE;
  for (; g_ascii_isdigit (**text); (*text)++, scale /= 10)
    *usec += g_ascii_digit_value (**text) * scale;

  return TRUE;
}

static gboolean
take_time (const char **text, gint64 *usecs)
{
  int hour, minute, second, usec;

  if (!take_digits (text, 2, &hour) || !take_char (text, ':') || !take_digits (text, 2, &minute) ||
      !take_char (text, ':') || !take_digits (text, 2, &second) || !take_fraction (text, &usec))
    return FALSE;
  if (hour > 23 || minute > 59 || second > 59)
    return FALSE;

  *usecs = ((hour * 60 + minute) * 60 + second) * USEC + usec;

  return TRUE;
}

static gboolean
take_offset (const char **text, gint64 *usecs)
{
  const gboolean west = **text == '-';
  int hour, minute;

  *usecs = 0;
  if (take_char (text, 'Z'))
    return TRUE;
  if (!take_char (text, '+') && !take_char (text, '-'))
    return FALSE;
  if (!take_digits (text, 2, &hour) || !take_char (text, ':') || !take_digits (text, 2, &minute) ||
      hour > 23 || minute > 59)
    return FALSE;

  *usecs = (hour * 60 + minute) * 60 * USEC * (west ? -1 : 1);

  return TRUE;
}

gboolean
crm_clock_parse (const char *text, gint64 *time)
{
  gint64 days, usecs, offset;

  g_return_val_if_fail (time != NULL, FALSE);

  if (text == NULL || !take_date (&text, &days) || !take_char (&text, 'T') ||
      !take_time (&text, &usecs) || !take_offset (&text, &offset) || *text != '\0')
    return FALSE;

  *time = days * DAY + usecs - offset;

  return TRUE;
}

char *
crm_clock_format (gint64 time)
{
  const gint64 days = time >= 0 ? time / DAY : -((-time + DAY - 1) / DAY);
  const gint64 rest = time - days * DAY;
  const int seconds = (int) (rest / USEC);
  const int usec = (int) (rest % USEC);
  int year, month, day;

  civil_from_days (days, &year, &month, &day);
  if (usec == 0)
    return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02dZ",
                            year,
                            month,
                            day,
                            seconds / 3600,
                            seconds / 60 % 60,
                            seconds % 60);

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%06dZ",
                          year,
                          month,
                          day,
                          seconds / 3600,
                          seconds / 60 % 60,
                          seconds % 60,
                          usec);
}

/* Read once: getenv() beside setenv() in another thread is not safe. */
static const gint64 *
get_fixed_now (void)
{
  static gint64 fixed;
  static gboolean is_fixed;
  static gsize once;

  if (g_once_init_enter (&once))
    {
      const char *text = g_getenv ("CRM_NOW");

      is_fixed = text != NULL && crm_clock_parse (text, &fixed);
      if (text != NULL && !is_fixed)
        g_warning ("CRM_NOW is “%s”, not a time like 2026-03-01T08:00:00Z; ignored", text);
      g_once_init_leave (&once, 1);
    }

  return is_fixed ? &fixed : NULL;
}

gint64
crm_clock_now (void)
{
  const gint64 *fixed;

  if (wall_source != NULL)
    return wall_source (source_data);

  fixed = get_fixed_now ();

  return fixed != NULL ? *fixed : g_get_real_time ();
}

gint64
crm_clock_get_monotonic (void)
{
  return monotonic_source != NULL ? monotonic_source (source_data) : g_get_monotonic_time ();
}

void
crm_clock_set_source (CrmClockFunc wall, CrmClockFunc monotonic, gpointer data)
{
  wall_source = wall;
  monotonic_source = monotonic;
  source_data = data;
}

char *
crm_clock_dup_today (int offset)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (crm_clock_now () / USEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autoptr (GDateTime) day = g_date_time_add_days (local, offset);

  /* An offset beyond the calendar's end is no date that a record could have. */
  return day == NULL ? g_strdup (offset < 0 ? "0001-01-01" : "9999-12-31")
                     : g_date_time_format (day, "%Y-%m-%d");
}
