#include "base/crm-clock.h"
#include "base/crm-text.h"
#include "model/crm-date-private.h"
#include "model/crm-date.h"

#include <string.h>

#define USEC G_GINT64_CONSTANT (1000000)

static gboolean
take_number (const char **text, int most, int *value)
{
  const gsize n = strspn (*text, "0123456789");

  if (n < 1 || n > 2)
    return FALSE;
  *value = (int) g_ascii_strtoll (*text, NULL, 10);
  *text += n;

  return *value <= most;
}

static gboolean
take_minutes (const char **text, int *minutes, int *seconds)
{
  *minutes = *seconds = 0;
  if ((**text == ':' || **text == '.' || **text == 'u' || **text == 'h') &&
      g_ascii_isdigit ((*text)[1]))
    {
      (*text)++;
      if (!take_number (text, 59, minutes))
        return FALSE;
      if ((**text == ':' || **text == '.') && g_ascii_isdigit ((*text)[1]))
        {
          (*text)++;
          if (!take_number (text, 59, seconds))
            return FALSE;
          if (**text == '.' || **text == ',')
            *text += 1 + strspn (*text + 1, "0123456789");
        }
      return TRUE;
    }

  return **text == 'u' || **text == 'h' || **text == ' ' || **text == 'a' || **text == 'p';
}

static gboolean
take_half_of_day (const char **text, int *hour)
{
  static const char *const words[] = { "a.m.", "p.m.", "am", "pm" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (*text, words[i]))
      {
        *text += strlen (words[i]);
        if (*hour < 1 || *hour > 12)
          return FALSE;
        *hour = *hour % 12 + (words[i][0] == 'p' ? 12 : 0);
        return TRUE;
      }

  return TRUE;
}

/* Two digits of "+0100", "+01:00" or "+01". */
static gboolean
take_two_digits (const char **text, int most, int *value)
{
  if (!g_ascii_isdigit ((*text)[0]) || !g_ascii_isdigit ((*text)[1]))
    return FALSE;
  *value = g_ascii_digit_value ((*text)[0]) * 10 + g_ascii_digit_value ((*text)[1]);
  *text += 2;

  return *value <= most;
}

static gboolean
take_zone (const char **text, CrmDayTime *time)
{
  const gboolean west = **text == '-';
  int hours, minutes = 0;

  if (**text == 'z')
    {
      time->zoned = TRUE;
      (*text)++;
      return TRUE;
    }
  if (**text != '+' && **text != '-')
    return TRUE;

  (*text)++;
  if (!take_two_digits (text, 23, &hours))
    return FALSE;
  if (**text == ':')
    (*text)++;
  if (**text != '\0' && !take_two_digits (text, 59, &minutes))
    return FALSE;
  time->zoned = TRUE;
  time->offset = (hours * 60 + minutes) * 60 * (west ? -1 : 1);

  return TRUE;
}

gboolean
crm_day_time_parse (const char *text, CrmDayTime *time)
{
  int hour, minutes, seconds;

  memset (time, 0, sizeof *time);
  text += strspn (text, " ,");
  if (g_str_has_prefix (text, "om ") || g_str_has_prefix (text, "at "))
    text += 3;
  else if (text[0] == 't' && g_ascii_isdigit (text[1]))
    text++;
  if (text[0] == '\0')
    return TRUE;

  if (!take_number (&text, 23, &hour) || !take_minutes (&text, &minutes, &seconds))
    return FALSE;
  text += strspn (text, " ");
  if (g_str_has_prefix (text, "uur"))
    text += 3;
  else if (g_str_has_prefix (text, "u") || g_str_has_prefix (text, "h"))
    text++;
  if (!take_half_of_day (&text, &hour) || !take_zone (&text, time))
    return FALSE;
  time->seconds = (hour * 60 + minutes) * 60 + seconds;

  return *text == '\0';
}

GDateTime *
crm_date_to_local (gint64 instant)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / USEC);

  return g_date_time_to_local (utc);
}

static GDateTime *
make_time (const GDate *date, const CrmDayTime *time)
{
  g_autoptr (GTimeZone) zone = time->zoned ? g_time_zone_new_offset (time->offset)
                                           : g_time_zone_new_local ();

  return g_date_time_new (zone,
                          g_date_get_year (date),
                          (int) g_date_get_month (date),
                          g_date_get_day (date),
                          time->seconds / 3600,
                          time->seconds / 60 % 60,
                          time->seconds % 60);
}

char *
crm_time_parse (const char *text, gboolean month_first)
{
  g_autofree char *folded = NULL;
  g_autoptr (GDate) date = NULL;
  g_autoptr (GDateTime) made = NULL;
  const char *rest;
  CrmDayTime time;
  gint64 instant;

  if (text == NULL || strlen (text) > CRM_DATE_LONGEST)
    return NULL;
  if (crm_clock_parse (text, &instant))
    return crm_clock_format (instant);

  folded = crm_text_fold (text);
  if (strcmp (folded, "nu") == 0 || strcmp (folded, "now") == 0)
    return crm_clock_format (crm_clock_now () / USEC * USEC);
  rest = folded;
  date = crm_date_take (&rest, month_first);
  if (date == NULL)
    {
      const char *today = "today";

      date = crm_date_take (&today, FALSE);
      if (folded[0] == '\0')
        return NULL;
    }
  if (!crm_day_time_parse (rest, &time))
    return NULL;
  made = make_time (date, &time);
  if (made == NULL)
    return NULL;

  return crm_clock_format (g_date_time_to_unix (made) * USEC);
}

char *
crm_time_format_short (const char *time)
{
  g_autoptr (GDateTime) local = NULL;
  gint64 instant;

  if (!crm_clock_parse (time, &instant))
    return NULL;
  local = crm_date_to_local (instant);

  return g_date_time_format (local, "%d-%m-%Y %H:%M");
}
