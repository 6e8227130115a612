#include "model/crm-money.h"

#include "crm-cases.h"

#include <locale.h>
#include <string.h>

static void
test_table (void)
{
  g_autoptr (GPtrArray) rows = crm_cases_load ("money.csv", 3);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *row = rows->pdata[i];
      g_autofree char *amount = crm_money_parse (row[0]);
      g_autofree char *number = crm_number_parse (row[0]);

      crm_cases_assert (row, "amount", amount, crm_cases_get (row[1]));
      crm_cases_assert (row, "number", number, crm_cases_get (row[2]));
    }
}

static void
test_format (void)
{
  g_autofree char *dutch = crm_money_format_dutch ("1234.56");
  g_autofree char *dutch_less = crm_money_format_dutch ("-1234567.00");
  g_autofree char *dutch_small = crm_money_format_dutch ("0.05");

  g_assert_cmpstr (dutch, ==, "€\u00a01.234,56");
  g_assert_cmpstr (dutch_less, ==, "€\u00a0-1.234.567,00");
  g_assert_cmpstr (dutch_small, ==, "€\u00a00,05");
  g_assert_null (crm_money_format_dutch ("1234"));
  g_assert_null (crm_money_format_dutch (NULL));
}

/* In each locale, what is shown reads as what it shows. */
static void
test_round_trip (void)
{
  static const char *const locales[] = { "C.UTF-8", "nl_NL.UTF-8", "en_US.UTF-8" };

  for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      if (setlocale (LC_ALL, locales[i]) == NULL)
        continue;
      for (guint j = 0; j < 20000; j++)
        {
          const gint64 cents = ((gint64) g_test_rand_int () *
                                (1 << g_test_rand_int_range (0, 14))) >>
                               g_test_rand_int_range (0, 32);
          g_autofree char *value = crm_money_from_cents (cents);
          g_autofree char *shown = crm_money_display (value);
          g_autofree char *dutch = crm_money_format_dutch (value);
          g_autofree char *read = crm_money_parse (shown);
          g_autofree char *read_dutch = crm_money_parse (dutch);
          g_autofree char *number = crm_number_parse (value);
          g_autofree char *shown_number = crm_number_display (number);
          g_autofree char *read_number = crm_number_parse (shown_number);
          gint64 back;

          g_assert_cmpstr (read, ==, value);
          g_assert_cmpstr (read_dutch, ==, value);
          g_assert_cmpstr (read_number, ==, number);
          g_assert_true (crm_money_to_cents (value, &back));
          g_assert_cmpint (back, ==, cents);
        }
    }
  setlocale (LC_ALL, "C.UTF-8");
}

static void
test_cents (void)
{
  static const char *const bad[] = { "",     "1",     "1.2",   "1.234",  ".50",
                                     "1,00", "+1.00", "1.00 ", "--1.00", "1234567890123456.00" };
  gint64 cents = 42;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (crm_money_to_cents (bad[i], &cents));
  g_assert_false (crm_money_to_cents (NULL, &cents));
  g_assert_cmpint (cents, ==, 42);
  g_assert_true (crm_money_to_cents ("-0.05", &cents));
  g_assert_cmpint (cents, ==, -5);
}

static void
test_hostile (void)
{
  g_autofree char *large = g_strnfill (1 << 20, '1');
  g_autofree char *commas = g_strnfill (1 << 20, ',');
  g_autofree char *least = crm_money_from_cents (G_MININT64);

  g_assert_null (crm_money_parse (large));
  g_assert_null (crm_money_parse (commas));
  g_assert_null (crm_number_parse (large));
  g_assert_null (crm_money_parse ("1\xff"));
  g_assert_null (crm_money_parse (NULL));
  g_assert_null (crm_number_parse (NULL));
  g_assert_cmpstr (least, ==, "-92233720368547758.08");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/money/table", test_table);
  g_test_add_func ("/model/money/format", test_format);
  g_test_add_func ("/model/money/round-trip", test_round_trip);
  g_test_add_func ("/model/money/cents", test_cents);
  g_test_add_func ("/model/money/hostile", test_hostile);

  return g_test_run ();
}
