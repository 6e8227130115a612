#include "ui/widgets/crm-relative-date.h"

static void
assert_shown (const char *value, const char *expected)
{
  g_autofree char *shown = crm_relative_date_dup (value);

  g_assert_cmpstr (shown, ==, expected);
}

static void
test_near_and_far (void)
{
  assert_shown ("2026-03-01", "today");
  assert_shown ("2026-02-28", "yesterday");
  assert_shown ("2026-03-02", "tomorrow");
  assert_shown ("2026-02-26", "3 d");
  assert_shown ("2026-02-22", "7 d");
  assert_shown ("2026-02-21", "21 Feb");
  assert_shown ("2026-11-12", "12 Nov");
  assert_shown ("2024-11-12", "12-11-2024");
}

static void
test_times_count_by_local_day (void)
{
  /* Half past midnight in Amsterdam is still yesterday in UTC. */
  assert_shown ("2026-02-28T23:30:00Z", "today");
  assert_shown ("2026-02-28T22:30:00Z", "yesterday");
}

static void
test_nothing_for_no_date (void)
{
  assert_shown (NULL, "");
  assert_shown ("", "");
  assert_shown ("someday", "");
  assert_shown ("2026-13-45", "");
}

int
main (int argc, char **argv)
{
  g_setenv ("CRM_NOW", "2026-03-01T08:00:00Z", TRUE);
  g_setenv ("TZ", "Europe/Amsterdam", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/relative-date/near-and-far", test_near_and_far);
  g_test_add_func ("/ui/relative-date/times", test_times_count_by_local_day);
  g_test_add_func ("/ui/relative-date/nothing", test_nothing_for_no_date);

  return g_test_run ();
}
