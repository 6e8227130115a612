#include "ui/record/crm-natural-date.h"

/* Wednesday. */
static GDateTime *
make_now (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Amsterdam");

  return g_date_time_new (zone, 2026, 3, 4, 11, 20, 30);
}

static char *
parse (const char *text, gboolean *has_time)
{
  g_autoptr (GDateTime) now = make_now ();
  g_autoptr (GDateTime) found = crm_natural_date_parse (text, now, has_time);

  return found != NULL ? g_date_time_format (found, "%Y-%m-%d %H:%M") : NULL;
}

typedef struct
{
  const char *text;
  const char *expected;
} Case;

static void
check_cases (const Case *cases, gsize n, gboolean expect_time)
{
  for (gsize i = 0; i < n; i++)
    {
      gboolean has_time = !expect_time;
      g_autofree char *found = parse (cases[i].text, &has_time);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (found, ==, cases[i].expected);
      g_assert_cmpint (has_time, ==, expect_time);
    }
}

static const Case days[] = {
  { "vandaag", "2026-03-04 00:00" },
  { "Morgen", "2026-03-05 00:00" },
  { "overmorgen", "2026-03-06 00:00" },
  { "gisteren", "2026-03-03 00:00" },
  { "eergisteren", "2026-03-02 00:00" },
  { "tomorrow", "2026-03-05 00:00" },
  { "vr", "2026-03-06 00:00" },
  { "vr.", "2026-03-06 00:00" },
  { "maandag", "2026-03-09 00:00" },
  { "wo", "2026-03-11 00:00" },
  { "volgende week di", "2026-03-10 00:00" },
  { "volgende week", "2026-03-11 00:00" },
  { "next monday", "2026-03-09 00:00" },
  { "last friday", "2026-02-27 00:00" },
  { "afgelopen wo", "2026-02-25 00:00" },
  { "vorige maand", "2026-02-04 00:00" },
  { "volgend", NULL },
  { "over 2 weken", "2026-03-18 00:00" },
  { "over een maand", "2026-04-04 00:00" },
  { "in three days", "2026-03-07 00:00" },
  { "2 weken geleden", "2026-02-18 00:00" },
  { "a year ago", "2025-03-04 00:00" },
  { "24 nov", "2025-11-24 00:00" },
  { "24 apr.", "2026-04-24 00:00" },
  { "24 november 2026", "2026-11-24 00:00" },
  { "nov 24, 2026", "2026-11-24 00:00" },
  { "1 mei", "2026-05-01 00:00" },
  { "1st may", "2026-05-01 00:00" },
  { "di 24 november 2026", "2026-11-24 00:00" },
  { "24 november di", NULL },
  { "24-11-2026", "2026-11-24 00:00" },
  { "24/11/26", "2026-11-24 00:00" },
  { "24.11.2026", "2026-11-24 00:00" },
  { "2026-11-24", "2026-11-24 00:00" },
  { "31-1", "2026-01-31 00:00" },
  { "29 feb", NULL },
  { "31-2-2026", NULL },
  { "257-1-2026", NULL },
  { "", NULL },
  { "   ", NULL },
  { "de", NULL },
  { "24 smurf", NULL },
  { "belletje", NULL },
  { "99999999999999999999", NULL },
  { "over 2", NULL },
  { "in", NULL },
  { "volgende", NULL },
  { "kwart", NULL },
  { "morgen gisteren", NULL },
};

static void
test_days (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      gboolean has_time = TRUE;
      g_autofree char *found = parse (days[i].text, &has_time);

      g_test_message ("%s", days[i].text);
      g_assert_cmpstr (found, ==, days[i].expected);
      g_assert_false (has_time);
    }
}

static void
test_times (void)
{
  const Case cases[] = {
    { "di 10:00", "2026-03-10 10:00" },     { "wo 10:00", "2026-03-11 10:00" },
    { "wo 16:00", "2026-03-04 16:00" },     { "morgen om 10", "2026-03-05 10:00" },
    { "10:15", "2026-03-04 10:15" },        { "10.30", "2026-03-04 10:30" },
    { "10u", "2026-03-04 10:00" },          { "10u30", "2026-03-04 10:30" },
    { "10 uur", "2026-03-04 10:00" },       { "3pm", "2026-03-04 15:00" },
    { "12 am", "2026-03-04 00:00" },        { "tomorrow at 3:45 pm", "2026-03-05 15:45" },
    { "half 3", "2026-03-04 14:30" },       { "vr half tien", "2026-03-06 09:30" },
    { "kwart over 9", "2026-03-04 09:15" }, { "kwart voor vier", "2026-03-04 15:45" },
    { "quarter to 4", "2026-03-04 15:45" }, { "noon", "2026-03-04 12:00" },
    { "vanmiddag", "2026-03-04 14:00" },    { "morgenochtend", "2026-03-05 09:00" },
    { "gisteravond", "2026-03-03 19:00" },  { "24 apr 14u", "2026-04-24 14:00" },
    { "14:00 24-4", "2026-04-24 14:00" },   { "over 20 minuten", "2026-03-04 11:40" },
    { "in 2 hours", "2026-03-04 13:20" },   { "nu", "2026-03-04 11:20" },
  };
  const char *const wrong[] = {
    "25:00", "10:75", "13pm", "0 am", "10:00 11:00", "nu morgen", "\xff"
  };

  check_cases (cases, G_N_ELEMENTS (cases), TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *found = parse (wrong[i], NULL);

      g_test_message ("case %zu", i);
      g_assert_null (found);
    }
  g_assert_null (parse (NULL, NULL));
}

/* The hour that summer time skips does not exist; the answer is still a moment of that day. */
static void
test_summer_time (void)
{
  g_autofree char *found = parse ("29-3-2026 2:30", NULL);

  g_assert_nonnull (found);
  g_assert_true (g_str_has_prefix (found, "2026-03-29 "));
}

/* Whatever is typed, it answers or says no; a word is never taken twice. */
static void
test_hostile (void)
{
  static const char *const words[] = { "over",    "in", "2",   "weken", "vorige", "week",
                                       "di",      "24", "nov", "half",  "kwart",  "10:00",
                                       "'",       "-",  "1-",  "--",    ":",      "u",
                                       "geleden", "0",  "é",   "31" };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 4000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *found = NULL;

      for (int n = g_rand_int_range (random, 1, 6); n > 0; n--)
        {
          int pick = g_rand_int_range (random, 0, G_N_ELEMENTS (words));

          g_string_append_printf (text, "%s%s", words[pick], g_rand_boolean (random) ? " " : "");
        }
      found = parse (text->str, NULL);
      if (found != NULL)
        g_assert_cmpuint (strlen (found), ==, strlen ("2026-03-04 11:20"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/natural-date/days", test_days);
  g_test_add_func ("/ui/natural-date/times", test_times);
  g_test_add_func ("/ui/natural-date/summer-time", test_summer_time);
  g_test_add_func ("/ui/natural-date/hostile", test_hostile);

  return g_test_run ();
}
