#include "model/crm-date.h"

#include "base/crm-clock.h"

#include "crm-cases.h"

#include <string.h>

static void
test_dates (void)
{
  g_autoptr (GPtrArray) rows = crm_cases_load ("date.csv", 3);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *row = rows->pdata[i];
      g_autofree char *day_first = crm_date_parse (row[0], FALSE);
      g_autofree char *month_first = crm_date_parse (row[0], TRUE);

      crm_cases_assert (row, "day first", day_first, crm_cases_get (row[1]));
      crm_cases_assert (row, "month first", month_first, crm_cases_get (row[2]));
    }
}

static void
test_times (void)
{
  g_autoptr (GPtrArray) rows = crm_cases_load ("time.csv", 2);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *row = rows->pdata[i];
      g_autofree char *time = crm_time_parse (row[0], FALSE);

      crm_cases_assert (row, "time", time, crm_cases_get (row[1]));
    }
}

static void
test_format (void)
{
  g_autofree char *dutch = crm_date_format_dutch ("2024-03-05");
  g_autofree char *dutch_last = crm_date_format_dutch ("1997-11-19");
  g_autofree char *english = crm_date_format_long ("2024-03-05");
  g_autofree char *brief = crm_date_format_short ("2024-03-05");
  g_autofree char *moment = crm_time_format_short ("2024-07-05T12:30:00Z");

  g_assert_cmpstr (dutch, ==, "5 maart 2024");
  g_assert_cmpstr (dutch_last, ==, "19 november 1997");
  g_assert_cmpstr (english, ==, "5 March 2024");
  g_assert_cmpstr (brief, ==, "05-03-2024");
  g_assert_cmpstr (moment, ==, "05-07-2024 14:30");
  g_assert_null (crm_date_format_dutch ("5-3-2024"));
  g_assert_null (crm_date_format_dutch (NULL));
  g_assert_null (crm_date_format_short (""));
  g_assert_null (crm_time_format_short ("2024-07-05"));
}

/* Every day of two centuries, in every way that it is written, reads as that day. */
static void
test_round_trip (void)
{
  g_autoptr (GDate) date = g_date_new_dmy (1, G_DATE_JANUARY, 1901);

  for (; g_date_get_year (date) < 2100; g_date_add_days (date, 1))
    {
      g_autofree char *canonical = g_strdup_printf ("%04d-%02d-%02d",
                                                    g_date_get_year (date),
                                                    g_date_get_month (date),
                                                    g_date_get_day (date));
      char *written[] = { crm_date_format_dutch (canonical),
                          crm_date_format_long (canonical),
                          crm_date_format_short (canonical) };

      g_assert_true (crm_date_is_valid (canonical));
      for (guint i = 0; i < G_N_ELEMENTS (written); i++)
        {
          g_autofree char *read = crm_date_parse (written[i], FALSE);

          g_assert_cmpstr (read, ==, canonical);
          g_free (written[i]);
        }
    }
}

/* Whatever is taken for a date or a time is canonical. */
static void
test_random (void)
{
  static const char *const parts[] = { "1", "12", "31",    "2024", "24",  "-",  "/",   " ",    " ",
                                       ".", ":",  "maart", "mei",  "jan", "om", "uur", "e",    "pm",
                                       "T", "Z",  "+01",   ",",    "'",   "di", "0",   "45356" };

  for (guint i = 0; i < 200000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *date = NULL;
      g_autofree char *time = NULL;
      gint64 instant;

      for (int n = g_test_rand_int_range (1, 10); n > 0; n--)
        g_string_append (text, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
      date = crm_date_parse (text->str, FALSE);
      time = crm_time_parse (text->str, FALSE);
      if (date != NULL && !crm_date_is_valid (date))
        g_error ("“%s” gives “%s”", text->str, date);
      if (time != NULL && !crm_clock_parse (time, &instant))
        g_error ("“%s” gives “%s”", text->str, time);
    }
}

static void
test_hostile (void)
{
  g_autofree char *large = g_strnfill (1 << 20, '1');

  g_assert_null (crm_date_parse (large, FALSE));
  g_assert_null (crm_time_parse (large, FALSE));
  g_assert_null (crm_date_parse ("5-3-\xff", FALSE));
  g_assert_null (crm_date_parse (NULL, FALSE));
  g_assert_null (crm_time_parse (NULL, FALSE));
  g_assert_false (crm_date_is_valid (NULL));
  g_assert_false (crm_date_is_valid ("2024-3-5"));
  g_assert_false (crm_date_is_valid ("2024-03-05 "));
}

int
main (int argc, char *argv[])
{
  g_setenv ("CRM_NOW", "2026-03-01T23:30:00Z", TRUE);
  g_setenv ("TZ", "Europe/Amsterdam", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/date/dates", test_dates);
  g_test_add_func ("/model/date/times", test_times);
  g_test_add_func ("/model/date/format", test_format);
  g_test_add_func ("/model/date/round-trip", test_round_trip);
  g_test_add_func ("/model/date/random", test_random);
  g_test_add_func ("/model/date/hostile", test_hostile);

  return g_test_run ();
}
