#include "model/crm-date.h"

#include "base/crm-clock.h"
#include "base/crm-text.h"
#include "model/crm-date-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define USEC G_GINT64_CONSTANT (1000000)

/* Names and their usual short forms, folded. A short form counts from three letters on. */
static const struct
{
  const char *name;
  int month;
} months[] = {
  { "januari", 1 },   { "january", 1 },   { "februari", 2 }, { "february", 2 }, { "maart", 3 },
  { "mrt", 3 },       { "march", 3 },     { "april", 4 },    { "mei", 5 },      { "may", 5 },
  { "juni", 6 },      { "june", 6 },      { "juli", 7 },     { "july", 7 },     { "augustus", 8 },
  { "august", 8 },    { "september", 9 }, { "oktober", 10 }, { "october", 10 }, { "november", 11 },
  { "december", 12 },
};

static const char *const days[] = {
  "maandag", "dinsdag", "woensdag",  "donderdag", "vrijdag", "zaterdag", "zondag",
  "monday",  "tuesday", "wednesday", "thursday",  "friday",  "saturday", "sunday",
};

static const struct
{
  const char *word;
  int offset;
} relative_days[] = {
  { "vandaag", 0 },    { "today", 0 },        { "nu", 0 },         { "now", 0 },
  { "morgen", 1 },     { "tomorrow", 1 },     { "overmorgen", 2 }, { "gisteren", -1 },
  { "yesterday", -1 }, { "eergisteren", -2 },
};

/* What is between parts of a date, and what people put behind a day: "5th", "1e". */
static const char *const fillers[] = { "de", "e", "ste", "st", "nd", "rd", "th", "of", "den" };

/* One number or month name of a date. */
typedef struct
{
  int value;
  guint n_digits; /* 0: a month's name */
} Part;

static gsize
word_length (const char *text)
{
  gsize n = 0;

  while (g_ascii_isalpha (text[n]))
    n++;

  return n;
}

static gboolean
is_word (const char *text, gsize length, const char *word)
{
  return strlen (word) == length && strncmp (text, word, length) == 0;
}

static gboolean
is_short_for (const char *text, gsize length, const char *name, gsize least)
{
  return length >= least && length <= strlen (name) && strncmp (text, name, length) == 0;
}

static int
find_month (const char *text, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    if (is_short_for (text, length, months[i].name, 3))
      return months[i].month;

  return is_word (text, length, "sept") ? 9 : 0;
}

static gboolean
is_filler (const char *text, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (fillers); i++)
    if (is_word (text, length, fillers[i]))
      return TRUE;

  return FALSE;
}

static const char *
skip_separators (const char *text)
{
  return text + strspn (text, " -/.,'\\");
}

static const char *
skip_weekday (const char *text)
{
  const gsize length = word_length (text);

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (is_short_for (text, length, days[i], 2))
      return text + length + strspn (text + length, " .,");

  return text;
}

static gboolean
take_part (const char **text, Part *part)
{
  const char *p = skip_separators (*text);
  gsize length = word_length (p);

  while (is_filler (p, length))
    {
      p = skip_separators (p + length);
      length = word_length (p);
    }

  if (length > 0)
    {
      part->n_digits = 0;
      part->value = find_month (p, length);
      *text = p + length;
      return part->value > 0;
    }

  part->n_digits = (guint) strspn (p, "0123456789");
  if (part->n_digits == 0 || part->n_digits > 4)
    return FALSE;
  part->value = 0;
  for (guint i = 0; i < part->n_digits; i++)
    part->value = part->value * 10 + g_ascii_digit_value (p[i]);
  *text = p + part->n_digits;

  return TRUE;
}

static int
get_this_year (void)
{
  g_autofree char *today = crm_clock_dup_today (0);

  return (int) g_ascii_strtoll (today, NULL, 10);
}

/* "24": the year from 80 years back to 19 ahead. */
static int
get_full_year (const Part *part)
{
  int year, first;

  if (part->n_digits >= 3)
    return part->n_digits == 4 ? part->value : 0;
  if (part->n_digits != 2)
    return 0;

  first = get_this_year () - 80;
  year = first - first % 100 + part->value;

  return year < first ? year + 100 : year;
}

static GDate *
make_date (const Part *year, const Part *month, const Part *day)
{
  const int full_year = get_full_year (year);

  if (full_year < 1 || month->value < 1 || month->value > 12 || day->value < 1 || day->value > 31 ||
      day->n_digits < 1 || day->n_digits > 2 || month->n_digits > 2 ||
      !g_date_valid_dmy ((GDateDay) day->value, (GDateMonth) month->value, (GDateYear) full_year))
    return NULL;

  return g_date_new_dmy ((GDateDay) day->value, (GDateMonth) month->value, (GDateYear) full_year);
}

static GDate *
order_parts (const Part *a, const Part *b, const Part *c, gboolean month_first)
{
  GDate *date;

  if (a->n_digits == 0)
    return make_date (c, a, b);
  if (a->n_digits == 4)
    return make_date (a, b, c);
  if (b->n_digits == 0)
    return make_date (c, b, a);

  date = month_first ? make_date (c, a, b) : make_date (c, b, a);
  if (date == NULL)
    date = month_first ? make_date (c, b, a) : make_date (c, a, b);

  return date;
}

/* "20240305" */
static GDate *
take_packed (const char **text)
{
  int year, month, day, n = 0;

  if (strspn (*text, "0123456789") != 8 ||
      sscanf (*text, "%4d%2d%2d%n", &year, &month, &day, &n) != 3 || n != 8 || year < 1000 ||
      month < 1 || month > 12 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return NULL;
  *text += 8;

  return g_date_new_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

/* The days since 1899-12-30 that a spreadsheet writes for a date without a format, from 1927 on. */
static GDate *
take_serial (const char **text)
{
  const long long serial = g_ascii_strtoll (*text, NULL, 10);
  GDate *date;

  if (strspn (*text, "0123456789") != 5 || serial < 10000 || serial > 73050)
    return NULL;
  *text += 5;
  date = g_date_new_dmy (30, G_DATE_DECEMBER, 1899);
  g_date_add_days (date, (guint) serial);

  return date;
}

static GDate *
take_relative (const char **text)
{
  const gsize length = word_length (*text);

  for (guint i = 0; i < G_N_ELEMENTS (relative_days); i++)
    if (is_word (*text, length, relative_days[i].word))
      {
        g_autofree char *day = crm_clock_dup_today (relative_days[i].offset);
        GDate *date = g_date_new ();

        g_date_set_parse (date, day);
        *text += length;
        return date;
      }

  return NULL;
}

GDate *
crm_date_take (const char **text, gboolean month_first)
{
  const char *p = *text;
  Part parts[3];
  GDate *date = take_relative (text);

  if (date == NULL)
    date = take_packed (text);
  if (date == NULL)
    date = take_serial (text);
  if (date != NULL)
    return date;

  p = skip_weekday (p);
  if (!g_ascii_isalnum (*p))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!take_part (&p, &parts[i]))
      return NULL;

  date = order_parts (&parts[0], &parts[1], &parts[2], month_first);
  if (date != NULL)
    *text = p;

  return date;
}

static char *
format_date (const GDate *date)
{
  return g_strdup_printf ("%04d-%02d-%02d",
                          g_date_get_year (date),
                          g_date_get_month (date),
                          g_date_get_day (date));
}

static gboolean
is_canonical_shape (const char *text)
{
  for (guint i = 0; i < 10; i++)
    if (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return FALSE;

  return text[10] == '\0';
}

gboolean
crm_date_is_valid (const char *date)
{
  int year, month, day;

  if (date == NULL || !is_canonical_shape (date))
    return FALSE;
  sscanf (date, "%4d-%2d-%2d", &year, &month, &day);

  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
         g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

/* Many programs write a date as its midnight in UTC, which must not become the day before. */
static char *
date_of_instant (const char *text, gint64 instant)
{
  g_autoptr (GDateTime) local = NULL;

  if (instant % (86400 * USEC) == 0)
    return g_strndup (text, 10);
  local = crm_date_to_local (instant);

  return g_date_time_format (local, "%Y-%m-%d");
}

char *
crm_date_parse (const char *text, gboolean month_first)
{
  g_autofree char *folded = NULL;
  g_autoptr (GDate) date = NULL;
  const char *rest;
  CrmDayTime time;
  gint64 instant;

  if (text == NULL || strlen (text) > CRM_DATE_LONGEST)
    return NULL;
  if (crm_date_is_valid (text))
    return g_strdup (text);
  if (crm_clock_parse (text, &instant))
    return date_of_instant (text, instant);

  folded = crm_text_fold (text);
  rest = folded;
  date = crm_date_take (&rest, month_first);
  if (date == NULL || !crm_day_time_parse (rest, &time))
    return NULL;

  return format_date (date);
}

static gboolean
read_date (const char *text, int *year, int *month, int *day)
{
  return crm_date_is_valid (text) && sscanf (text, "%4d-%2d-%2d", year, month, day) == 3;
}

char *
crm_date_format_dutch (const char *date)
{
  static const char *const names[] = {
    "januari", "februari", "maart",     "april",   "mei",      "juni",
    "juli",    "augustus", "september", "oktober", "november", "december",
  };
  int year, month, day;

  if (!read_date (date, &year, &month, &day))
    return NULL;

  return g_strdup_printf ("%d %s %d", day, names[month - 1], year);
}

char *
crm_date_format_long (const char *date)
{
  static const char *const names[] = {
    N_("January"), N_("February"), N_("March"),     N_("April"),   N_("May"),      N_("June"),
    N_("July"),    N_("August"),   N_("September"), N_("October"), N_("November"), N_("December"),
  };
  int year, month, day;

  if (!read_date (date, &year, &month, &day))
    return NULL;

  return g_strdup_printf ("%d %s %d", day, g_dgettext (GETTEXT_PACKAGE, names[month - 1]), year);
}

char *
crm_date_format_short (const char *date)
{
  int year, month, day;

  if (!read_date (date, &year, &month, &day))
    return NULL;

  return g_strdup_printf ("%02d-%02d-%04d", day, month, year);
}
