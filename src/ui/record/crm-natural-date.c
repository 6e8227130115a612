#include "ui/record/crm-natural-date.h"

#include "base/crm-text.h"
#include "ui/record/crm-natural-words.h"

#include <string.h>

/* What is known so far; words are taken from the left. */
typedef struct
{
  GDateTime *now;
  char **words;
  guint at;

  GDate day;
  gboolean has_day;
  gboolean is_weekday;
  int hour;
  int minute;
  gboolean has_time;
  /* "over 20 minuten": the moment itself. */
  GDateTime *exact;
} Parser;

/* The word @ahead of the next one; NULL past the end. */
static const char *
peek (Parser *self, guint ahead)
{
  for (guint i = 0; i < ahead; i++)
    if (self->words[self->at + i] == NULL)
      return NULL;

  return self->words[self->at + ahead];
}

/* Digits only, at most four of them. */
static gboolean
read_number (const char *word, int *number)
{
  gsize length = word != NULL ? strspn (word, "0123456789") : 0;

  if (length == 0 || length > 4 || word[length] != '\0')
    return FALSE;

  *number = (int) g_ascii_strtoll (word, NULL, 10);

  return TRUE;
}

static gboolean
read_count (const char *word, int *number)
{
  return read_number (word, number) ||
         (word != NULL && crm_natural_words_find_number (word, number));
}

static void
today (Parser *self, GDate *date)
{
  int year;
  int month;
  int day;

  g_date_time_get_ymd (self->now, &year, &month, &day);
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static void
move (GDate *date, int n_days)
{
  if (n_days < 0)
    g_date_subtract_days (date, (guint) -n_days);
  else
    g_date_add_days (date, (guint) n_days);
}

static gboolean
set_day (Parser *self, int offset)
{
  if (self->has_day)
    return FALSE;

  today (self, &self->day);
  move (&self->day, offset);
  self->has_day = TRUE;

  return TRUE;
}

static gboolean
set_date (Parser *self, int day, int month, int year)
{
  /* "di 24 nov": the date says more than the weekday before it. */
  if ((self->has_day && !self->is_weekday) || day < 1 || day > 31 || month < 1 || month > 12)
    return FALSE;
  if (year < 1900 || year > 2999 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;

  g_date_clear (&self->day, 1);
  g_date_set_dmy (&self->day, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  self->has_day = TRUE;
  self->is_weekday = FALSE;

  return TRUE;
}

/* The year that brings the day nearest to now; 29 February takes a year that has one. */
static gboolean
set_nearest (Parser *self, int day, int month)
{
  GDate now;
  int best_year = 0;
  int best = G_MAXINT;

  if (day < 1 || day > 31 || month < 1 || month > 12)
    return FALSE;

  today (self, &now);
  for (int year = g_date_get_year (&now) - 1; year <= g_date_get_year (&now) + 1; year++)
    {
      GDate date;
      int distance;

      if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
        continue;

      g_date_clear (&date, 1);
      g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
      distance = ABS (g_date_days_between (&now, &date));
      if (distance < best)
        {
          best = distance;
          best_year = year;
        }
    }

  return best_year != 0 && set_date (self, day, month, best_year);
}

static gboolean
set_time (Parser *self, int hour, int minute)
{
  if (self->has_time || hour < 0 || hour > 23 || minute < 0 || minute > 59)
    return FALSE;

  self->hour = hour;
  self->minute = minute;
  self->has_time = TRUE;

  return TRUE;
}

static gboolean
move_by_unit (Parser *self, int count, CrmNaturalUnit unit)
{
  if (unit == CRM_UNIT_MINUTE || unit == CRM_UNIT_HOUR)
    {
      if (self->exact != NULL || self->has_day || self->has_time)
        return FALSE;
      self->exact = unit == CRM_UNIT_HOUR ? g_date_time_add_hours (self->now, count)
                                          : g_date_time_add_minutes (self->now, count);
      return TRUE;
    }

  if (!set_day (self, unit == CRM_UNIT_WEEK ? 7 * count : unit == CRM_UNIT_DAY ? count : 0))
    return FALSE;

  if (unit == CRM_UNIT_MONTH && count < 0)
    g_date_subtract_months (&self->day, (guint) -count);
  else if (unit == CRM_UNIT_MONTH)
    g_date_add_months (&self->day, (guint) count);
  else if (unit == CRM_UNIT_YEAR && count < 0)
    g_date_subtract_years (&self->day, (guint) -count);
  else if (unit == CRM_UNIT_YEAR)
    g_date_add_years (&self->day, (guint) count);

  return TRUE;
}

/* "over 2 weken", "in 3 days", "2 weken geleden", "a month ago". */
static guint
take_relative (Parser *self)
{
  guint start = crm_natural_words_is_one_of (peek (self, 0), " over in ") ? 1 : 0;
  int count;
  int unit;

  if (!read_count (peek (self, start), &count) ||
      !crm_natural_words_find_unit (peek (self, start + 1), &unit))
    return 0;

  if (start == 1)
    return move_by_unit (self, count, (CrmNaturalUnit) unit) ? 3 : 0;
  if (crm_natural_words_is_one_of (peek (self, 2), " geleden ago "))
    return move_by_unit (self, -count, (CrmNaturalUnit) unit) ? 3 : 0;

  return 0;
}

/* "volgende week", "vorige maand", "next year": a week keeps the weekday, unless one follows. */
static guint
take_next_unit (Parser *self, int direction)
{
  int unit;
  int weekday;

  if (!crm_natural_words_find_unit (peek (self, 1), &unit) || unit < CRM_UNIT_DAY)
    return 0;
  if (!move_by_unit (self, direction, (CrmNaturalUnit) unit))
    return 0;
  if (unit != CRM_UNIT_WEEK || !crm_natural_words_find_weekday (peek (self, 2), &weekday))
    return 2;

  move (&self->day, weekday - (int) g_date_get_weekday (&self->day));

  return 3;
}

static guint
take_weekday (Parser *self)
{
  gboolean back = crm_natural_words_is_one_of (peek (self, 0), " afgelopen vorige last ");
  gboolean forth = crm_natural_words_is_one_of (peek (self, 0),
                                                " volgende komende aanstaande next this ");
  guint used = back || forth ? 1 : 0;
  int weekday;
  int offset;

  if (used == 1)
    {
      guint taken = take_next_unit (self, back ? -1 : 1);

      if (taken > 0)
        return taken;
    }
  if (!crm_natural_words_find_weekday (peek (self, used), &weekday))
    return 0;

  offset = (weekday - g_date_time_get_day_of_week (self->now) + 7) % 7;
  if (back)
    offset -= 7;
  if (!set_day (self, offset))
    return 0;
  self->is_weekday = !back;

  return used + 1;
}

/* A year after a date, as a word of its own. */
static guint
take_year (Parser *self, guint used, int day, int month)
{
  int year;

  if (read_number (peek (self, used), &year) && year >= 1900)
    return set_date (self, day, month, year) ? used + 1 : 0;

  return set_nearest (self, day, month) ? used : 0;
}

/* "24 nov", "24th november 2026", "nov 24". */
static guint
take_named_month (Parser *self)
{
  g_autofree char *first = g_strdup (peek (self, 0));
  gsize length = strspn (first, "0123456789");
  int day;
  int month;

  if (length > 0 && crm_natural_words_is_one_of (first + length, " e ste de st nd rd th "))
    first[length] = '\0';

  if (read_number (first, &day) && crm_natural_words_find_month (peek (self, 1), &month))
    return take_year (self, 2, day, month);
  if (crm_natural_words_find_month (first, &month) && read_number (peek (self, 1), &day) &&
      day <= 31)
    return take_year (self, 2, day, month);

  return 0;
}

/* "24-11", "24/11/26", "2026-11-24", "24.11.2026". A day and month with a dot are a time: "10.30".
 */
static guint
take_numeric (Parser *self)
{
  g_auto (GStrv) part = g_strsplit_set (peek (self, 0), "-/.", -1);
  guint n = g_strv_length (part);
  gboolean dotted = strchr (peek (self, 0), '.') != NULL;
  int number[3];

  if (n < 2 || n > 3 || (n == 2 && dotted))
    return 0;
  for (guint i = 0; i < n; i++)
    if (!read_number (part[i], &number[i]))
      return 0;

  if (n == 2)
    return set_nearest (self, number[0], number[1]) ? 1 : 0;
  if (strlen (part[0]) == 4)
    return set_date (self, number[2], number[1], number[0]) ? 1 : 0;
  if (strlen (part[2]) == 2)
    number[2] += 2000;

  return set_date (self, number[0], number[1], number[2]) ? 1 : 0;
}

/* An hour as spoken: half past and quarters are in office hours, so 1 to 6 are in the afternoon. */
static gboolean
set_spoken (Parser *self, int hour, int minutes)
{
  int total = (hour < 7 ? hour + 12 : hour) * 60 + minutes;

  return hour >= 1 && hour <= 12 && set_time (self, total / 60, total % 60);
}

/* "half 3" (14:30), "kwart over 3", "quarter to three", "half past two". */
static guint
take_spoken_time (Parser *self)
{
  const char *first = peek (self, 0);
  gboolean quarter = crm_natural_words_is_one_of (first, " kwart quarter ");
  gboolean past = crm_natural_words_is_one_of (peek (self, 1), " over past ");
  gboolean before = crm_natural_words_is_one_of (peek (self, 1), " voor to ");
  int hour;

  if (quarter && (past || before) && read_count (peek (self, 2), &hour))
    return set_spoken (self, hour, past ? 15 : -15) ? 3 : 0;
  if (crm_natural_words_is_one_of (first, " half ") && past && read_count (peek (self, 2), &hour))
    return set_spoken (self, hour, 30) ? 3 : 0;
  if (crm_natural_words_is_one_of (first, " half ") && read_count (peek (self, 1), &hour))
    return set_spoken (self, hour, -30) ? 2 : 0;
  if (crm_natural_words_is_one_of (first, " noon "))
    return set_time (self, 12, 0) ? 1 : 0;

  return 0;
}

/* The part of a time behind its digits: nothing, "u", "uur", "h", "am", "pm". FALSE: no time. */
static gboolean
apply_suffix (const char *suffix, int *hour)
{
  if (crm_natural_words_is_one_of (suffix, " am pm "))
    {
      if (*hour < 1 || *hour > 12)
        return FALSE;
      *hour = *hour % 12 + (suffix[0] == 'p' ? 12 : 0);
      return TRUE;
    }

  return suffix[0] == '\0' || crm_natural_words_is_one_of (suffix, " u uur h ");
}

/* "10:00", "10.30", "10u30", "10u", "10 uur", "3pm". */
static guint
take_clock (Parser *self)
{
  const char *word = peek (self, 0);
  g_autofree char *hours = g_strndup (word, strspn (word, "0123456789"));
  const char *rest = word + strlen (hours);
  gboolean joined = rest[0] != '\0' && strchr (":.uh", rest[0]) != NULL;
  gsize n_minutes = joined ? strspn (rest + 1, "0123456789") : 0;
  const char *next = peek (self, 1);
  const char *suffix;
  guint used = 1;
  int minute = 0;
  int hour;

  if (!read_number (hours, &hour) || strlen (hours) > 2)
    return 0;

  if (n_minutes == 2)
    minute = (rest[1] - '0') * 10 + (rest[2] - '0');
  else if (joined && rest[0] != 'u' && rest[0] != 'h')
    return 0;
  suffix = n_minutes == 2 ? rest + 3 : rest;

  if (suffix[0] == '\0' && crm_natural_words_is_one_of (next, " u uur h am pm "))
    {
      suffix = next;
      used = 2;
    }
  if (!apply_suffix (suffix, &hour))
    return 0;
  /* A bare "10" is a time only behind a day: "di 10", "morgen om 10". */
  if (n_minutes == 0 && suffix[0] == '\0' && !self->has_day)
    return 0;

  return set_time (self, hour, minute) ? used : 0;
}

static guint
take_single (Parser *self)
{
  const char *word = peek (self, 0);
  int value;
  int hour;

  if (crm_natural_words_is_one_of (word, " om at op on de the van "))
    return 1;
  if (crm_natural_words_is_one_of (word, " nu now ") && self->exact == NULL && !self->has_day &&
      !self->has_time)
    {
      self->exact = g_date_time_ref (self->now);
      return 1;
    }
  if (crm_natural_words_find_day (word, &value))
    return set_day (self, value) ? 1 : 0;
  if (crm_natural_words_find_part (word, &value, &hour))
    return set_day (self, value) && set_time (self, hour, 0) ? 1 : 0;

  return 0;
}

static guint
take (Parser *self)
{
  guint (*const takers[]) (Parser *) = {
    take_relative,    take_weekday, take_named_month, take_numeric,
    take_spoken_time, take_clock,   take_single,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (takers); i++)
    {
      guint taken = takers[i](self);

      if (taken > 0)
        return taken;
    }

  return 0;
}

static GDateTime *
finish (Parser *self)
{
  g_autoptr (GDateTime) found = NULL;

  if (self->exact != NULL)
    return self->has_day || self->has_time ? NULL : g_date_time_ref (self->exact);
  if (!self->has_day && !self->has_time)
    return NULL;
  if (!self->has_day)
    today (self, &self->day);

  for (int attempt = 0; attempt < 2; attempt++)
    {
      g_clear_pointer (&found, g_date_time_unref);
      found = g_date_time_new (g_date_time_get_timezone (self->now),
                               g_date_get_year (&self->day),
                               (int) g_date_get_month (&self->day),
                               g_date_get_day (&self->day),
                               self->hour,
                               self->minute,
                               0);
      if (!self->is_weekday || found == NULL || g_date_time_compare (found, self->now) > 0)
        break;
      /* Today's weekday that has passed is the one of next week. */
      g_date_add_days (&self->day, 7);
    }

  return g_steal_pointer (&found);
}

/* Lower case; separators that are no part of a word become spaces; a dot behind a word goes. */
static char **
split_words (const char *text)
{
  g_autofree char *lower = crm_text_dup_lower (text);
  g_autofree char *composed = g_utf8_normalize (lower, -1, G_NORMALIZE_NFC);
  g_auto (GStrv) parts_of = g_strsplit_set (composed != NULL ? composed : "", " \t\n,;", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts_of[i] != NULL; i++)
    {
      gsize length = strlen (parts_of[i]);

      if (length > 1 && parts_of[i][length - 1] == '.')
        parts_of[i][length - 1] = '\0';
      if (parts_of[i][0] != '\0')
        g_strv_builder_add (builder, parts_of[i]);
    }

  return g_strv_builder_end (builder);
}

GDateTime *
crm_natural_date_parse (const char *text, GDateTime *now, gboolean *has_time)
{
  g_auto (GStrv) words = NULL;
  Parser parser = { .now = now };
  GDateTime *found = NULL;

  g_return_val_if_fail (now != NULL, NULL);

  if (has_time != NULL)
    *has_time = FALSE;
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return NULL;

  words = split_words (text);
  parser.words = words;
  while (words[parser.at] != NULL)
    {
      guint taken = take (&parser);

      if (taken == 0)
        break;
      parser.at += taken;
    }

  if (words[parser.at] == NULL)
    found = finish (&parser);
  if (found != NULL && has_time != NULL)
    *has_time = parser.has_time || parser.exact != NULL;
  g_clear_pointer (&parser.exact, g_date_time_unref);

  return found;
}
