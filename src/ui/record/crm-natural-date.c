#include "ui/record/crm-natural-date.h"

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

typedef struct
{
  const char *words; /* joined and surrounded by spaces */
  int value;
} Word;

static const Word weekdays[] = {
  { " ma maandag mon monday ", 1 },     { " di dinsdag tue tues tuesday ", 2 },
  { " wo woensdag wed wednesday ", 3 }, { " do donderdag thu thur thurs thursday ", 4 },
  { " vr vrijdag fri friday ", 5 },     { " za zaterdag sat saturday ", 6 },
  { " zo zondag sun sunday ", 7 },
};

static const Word months[] = {
  { " jan januari january ", 1 },
  { " feb februari february ", 2 },
  { " mrt maart mar march ", 3 },
  { " apr april ", 4 },
  { " mei may ", 5 },
  { " jun juni june ", 6 },
  { " jul juli july ", 7 },
  { " aug augustus august ", 8 },
  { " sep sept september ", 9 },
  { " okt oktober oct october ", 10 },
  { " nov november ", 11 },
  { " dec december ", 12 },
};

static const Word days[] = {
  { " eergisteren ", -2 },    { " gisteren yesterday ", -1 }, { " vandaag today ", 0 },
  { " morgen tomorrow ", 1 }, { " overmorgen ", 2 },
};

/* Value: 100 times days from today, plus the hour. */
static const Word parts[] = {
  { " vanochtend vanmorgen ", 9 }, { " vanmiddag ", 14 },     { " vanavond tonight ", 19 },
  { " morgenochtend ", 109 },      { " morgenmiddag ", 114 }, { " morgenavond ", 119 },
  { " gisterochtend ", -91 },      { " gistermiddag ", -86 }, { " gisteravond ", -81 },
};

static const Word numbers[] = {
  { " een één a an one ", 1 }, { " twee two ", 2 },    { " drie three ", 3 },
  { " vier four ", 4 },        { " vijf five ", 5 },   { " zes six ", 6 },
  { " zeven seven ", 7 },      { " acht eight ", 8 },  { " negen nine ", 9 },
  { " tien ten ", 10 },        { " elf eleven ", 11 }, { " twaalf twelve ", 12 },
};

typedef enum
{
  UNIT_MINUTE = 1,
  UNIT_HOUR,
  UNIT_DAY,
  UNIT_WEEK,
  UNIT_MONTH,
  UNIT_YEAR,
} Unit;

static const Word units[] = {
  { " min minuut minuten minute minutes ", UNIT_MINUTE },
  { " uur uren hour hours ", UNIT_HOUR },
  { " dag dagen day days ", UNIT_DAY },
  { " week weken weeks ", UNIT_WEEK },
  { " maand maanden month months ", UNIT_MONTH },
  { " jaar jaren year years ", UNIT_YEAR },
};

static gboolean
is_one_of (const char *word, const char *words)
{
  g_autofree char *padded = NULL;

  if (word == NULL)
    return FALSE;

  padded = g_strdup_printf (" %s ", word);

  return strstr (words, padded) != NULL;
}

static gboolean
find_word (const Word *table, gsize n, const char *word, int *value)
{
  for (gsize i = 0; i < n; i++)
    if (is_one_of (word, table[i].words))
      {
        *value = table[i].value;
        return TRUE;
      }

  return FALSE;
}

#define FIND(table, word, value) find_word (table, G_N_ELEMENTS (table), word, value)

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
  return read_number (word, number) || (word != NULL && FIND (numbers, word, number));
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
move_by_unit (Parser *self, int count, Unit unit)
{
  if (unit == UNIT_MINUTE || unit == UNIT_HOUR)
    {
      if (self->exact != NULL || self->has_day || self->has_time)
        return FALSE;
      self->exact = unit == UNIT_HOUR ? g_date_time_add_hours (self->now, count)
                                      : g_date_time_add_minutes (self->now, count);
      return TRUE;
    }

  if (!set_day (self, unit == UNIT_WEEK ? 7 * count : unit == UNIT_DAY ? count : 0))
    return FALSE;

  if (unit == UNIT_MONTH && count < 0)
    g_date_subtract_months (&self->day, (guint) -count);
  else if (unit == UNIT_MONTH)
    g_date_add_months (&self->day, (guint) count);
  else if (unit == UNIT_YEAR && count < 0)
    g_date_subtract_years (&self->day, (guint) -count);
  else if (unit == UNIT_YEAR)
    g_date_add_years (&self->day, (guint) count);

  return TRUE;
}

/* "over 2 weken", "in 3 days", "2 weken geleden", "a month ago". */
static guint
take_relative (Parser *self)
{
  guint start = is_one_of (peek (self, 0), " over in ") ? 1 : 0;
  int count;
  int unit;

  if (!read_count (peek (self, start), &count) || !FIND (units, peek (self, start + 1), &unit))
    return 0;

  if (start == 1)
    return move_by_unit (self, count, (Unit) unit) ? 3 : 0;
  if (is_one_of (peek (self, 2), " geleden ago "))
    return move_by_unit (self, -count, (Unit) unit) ? 3 : 0;

  return 0;
}

/* "volgende week", "vorige maand", "next year": a week keeps the weekday, unless one follows. */
static guint
take_next_unit (Parser *self, int direction)
{
  int unit;
  int weekday;

  if (!FIND (units, peek (self, 1), &unit) || unit < UNIT_DAY)
    return 0;
  if (!move_by_unit (self, direction, (Unit) unit))
    return 0;
  if (unit != UNIT_WEEK || !FIND (weekdays, peek (self, 2), &weekday))
    return 2;

  move (&self->day, weekday - (int) g_date_get_weekday (&self->day));

  return 3;
}

static guint
take_weekday (Parser *self)
{
  gboolean back = is_one_of (peek (self, 0), " afgelopen vorige last ");
  gboolean forth = is_one_of (peek (self, 0), " volgende komende aanstaande next this ");
  guint used = back || forth ? 1 : 0;
  int weekday;
  int offset;

  if (used == 1)
    {
      guint taken = take_next_unit (self, back ? -1 : 1);

      if (taken > 0)
        return taken;
    }
  if (!FIND (weekdays, peek (self, used), &weekday))
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

  if (length > 0 && is_one_of (first + length, " e ste de st nd rd th "))
    first[length] = '\0';

  if (read_number (first, &day) && FIND (months, peek (self, 1), &month))
    return take_year (self, 2, day, month);
  if (FIND (months, first, &month) && read_number (peek (self, 1), &day) && day <= 31)
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
  gboolean quarter = is_one_of (first, " kwart quarter ");
  gboolean past = is_one_of (peek (self, 1), " over past ");
  gboolean before = is_one_of (peek (self, 1), " voor to ");
  int hour;

  if (quarter && (past || before) && read_count (peek (self, 2), &hour))
    return set_spoken (self, hour, past ? 15 : -15) ? 3 : 0;
  if (is_one_of (first, " half ") && past && read_count (peek (self, 2), &hour))
    return set_spoken (self, hour, 30) ? 3 : 0;
  if (is_one_of (first, " half ") && read_count (peek (self, 1), &hour))
    return set_spoken (self, hour, -30) ? 2 : 0;
  if (is_one_of (first, " noon "))
    return set_time (self, 12, 0) ? 1 : 0;

  return 0;
}

/* The part of a time behind its digits: nothing, "u", "uur", "h", "am", "pm". FALSE: no time. */
static gboolean
apply_suffix (const char *suffix, int *hour)
{
  if (is_one_of (suffix, " am pm "))
    {
      if (*hour < 1 || *hour > 12)
        return FALSE;
      *hour = *hour % 12 + (suffix[0] == 'p' ? 12 : 0);
      return TRUE;
    }

  return suffix[0] == '\0' || is_one_of (suffix, " u uur h ");
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

  if (suffix[0] == '\0' && is_one_of (next, " u uur h am pm "))
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

  if (is_one_of (word, " om at op on de the van "))
    return 1;
  if (is_one_of (word, " nu now ") && self->exact == NULL && !self->has_day && !self->has_time)
    {
      self->exact = g_date_time_ref (self->now);
      return 1;
    }
  if (FIND (days, word, &value))
    return set_day (self, value) ? 1 : 0;
  if (FIND (parts, word, &value))
    {
      int offset = value < 0 ? -1 : value / 100;

      return set_day (self, offset) && set_time (self, value - 100 * offset, 0) ? 1 : 0;
    }

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
  g_autofree char *lower = g_utf8_strdown (text, -1);
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
