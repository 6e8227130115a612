#include "base/crm-clock.h"

#include <string.h>

#define NOW "2026-03-01T23:30:00Z"

static void
test_now (void)
{
  g_autofree char *now = crm_clock_format (crm_clock_now ());

  g_assert_cmpstr (now, ==, NOW);
}

static void
test_today (void)
{
  static const struct
  {
    int offset;
    const char *date;
  } cases[] = {
    /* It is half past midnight in Amsterdam. */
    { 0, "2026-03-02" },   { -1, "2026-03-01" },       { -2, "2026-02-28" },
    { 365, "2027-03-02" }, { G_MAXINT, "9999-12-31" }, { G_MININT, "0001-01-01" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *today = crm_clock_dup_today (cases[i].offset);

      g_assert_cmpstr (today, ==, cases[i].date);
    }
}

static void
test_round_trip (void)
{
  static const char *const texts[] = {
    "1970-01-01T00:00:00Z",        "1969-12-31T23:59:59Z", "1969-12-31T23:59:59.999999Z",
    "2026-03-01T08:00:00.250000Z", "2000-02-29T12:00:00Z", "1900-03-01T00:00:00Z",
    "0001-01-01T00:00:00Z",        "9999-12-31T23:59:59Z", "2038-01-19T03:14:08Z",
    "2024-12-31T23:59:59.000001Z",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *again = NULL;
      gint64 time;

      g_assert_true (crm_clock_parse (texts[i], &time));
      again = crm_clock_format (time);
      g_assert_cmpstr (again, ==, texts[i]);
    }
}

/* Against GLib's calendar, over 20 centuries. */
static void
test_like_glib (void)
{
  for (gint64 day = -719162; day < 200000; day += 17)
    {
      const gint64 seconds = day * 86400 + ABS (day) % 86400;
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
      g_autofree char *expected = g_date_time_format (time, "%C%y-%m-%dT%H:%M:%SZ");
      g_autofree char *text = crm_clock_format (seconds * 1000000);
      gint64 again;

      g_assert_cmpstr (text, ==, expected);
      g_assert_true (crm_clock_parse (text, &again));
      g_assert_cmpint (again, ==, seconds * 1000000);
    }
}

static void
test_parse_other (void)
{
  static const struct
  {
    const char *text;
    const char *same;
  } cases[] = {
    { "2026-03-01T08:00:00+01:00", "2026-03-01T07:00:00Z" },
    { "2026-03-01T00:30:00+01:00", "2026-02-28T23:30:00Z" },
    { "2026-02-28T23:30:00-05:30", "2026-03-01T05:00:00Z" },
    { "2026-03-01T08:00:00.5Z", "2026-03-01T08:00:00.500000Z" },
    { "2026-03-01T08:00:00.1234567Z", "2026-03-01T08:00:00.123456Z" },
    { "2026-03-01T08:00:00.000Z", "2026-03-01T08:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;
      gint64 time;

      g_assert_true (crm_clock_parse (cases[i].text, &time));
      text = crm_clock_format (time);
      g_assert_cmpstr (text, ==, cases[i].same);
    }
}

static void
test_parse_bad (void)
{
  static const char *const bad[] = {
    "",
    "2026-03-01",
    "2026-03-01T08:00:00",
    "2026-03-01 08:00:00Z",
    "2026-02-30T08:00:00Z",
    "2026-13-01T08:00:00Z",
    "2026-00-01T08:00:00Z",
    "2026-01-00T08:00:00Z",
    "0000-01-01T08:00:00Z",
    "2026-03-01T24:00:00Z",
    "2026-03-01T08:60:00Z",
    "2026-03-01T08:00:60Z",
    "2026-03-01T08:00:00.Z",
    "2026-03-01T08:00:00Zx",
    "2026-03-01T08:00:00+1:00",
    "2026-03-01T08:00:00+24:00",
    "+026-03-01T08:00:00Z",
    "2026-3-1T08:00:00Z",
  };
  gint64 time = 42;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    if (crm_clock_parse (bad[i], &time))
      g_error ("“%s” was taken for a time", bad[i]);
  g_assert_false (crm_clock_parse (NULL, &time));
  g_assert_cmpint (time, ==, 42);
}

static gint64
tell (gpointer data)
{
  return ++*(gint64 *) data;
}

static void
test_source (void)
{
  const gint64 before = crm_clock_get_monotonic ();
  gint64 time = 41;

  crm_clock_set_source (tell, tell, &time);
  g_assert_cmpint (crm_clock_now (), ==, 42);
  g_assert_cmpint (crm_clock_get_monotonic (), ==, 43);

  crm_clock_set_source (NULL, NULL, NULL);
  test_now ();
  g_assert_cmpint (crm_clock_get_monotonic (), >=, before);
  g_assert_cmpint (time, ==, 43);
}

int
main (int argc, char *argv[])
{
  g_setenv ("CRM_NOW", NOW, TRUE);
  g_setenv ("TZ", "Europe/Amsterdam", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/clock/now", test_now);
  g_test_add_func ("/base/clock/today", test_today);
  g_test_add_func ("/base/clock/round-trip", test_round_trip);
  g_test_add_func ("/base/clock/like-glib", test_like_glib);
  g_test_add_func ("/base/clock/parse-other", test_parse_other);
  g_test_add_func ("/base/clock/parse-bad", test_parse_bad);

  g_test_add_func ("/base/clock/source", test_source);

  return g_test_run ();
}
