#include "model/crm-postcode.h"

#include "crm-cases.h"

static void
test_table (void)
{
  g_autoptr (GPtrArray) rows = crm_cases_load ("postcode.csv", 4);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *row = rows->pdata[i];
      g_autofree char *code = crm_postcode_normalize (row[0]);
      g_autofree char *shown = crm_postcode_display (code != NULL ? code : row[0]);
      g_autofree char *again = crm_postcode_normalize (shown);

      crm_cases_assert (row, "postcode", code, crm_cases_get (row[1]));
      crm_cases_assert (row, "what is shown", crm_cases_get (shown), crm_cases_get (row[2]));
      crm_cases_assert (row, "validity", crm_postcode_is_valid (row[0]) ? "v" : "", row[3]);
      crm_cases_assert (row, "the postcode read back", again, code);
    }
}

static void
test_hostile (void)
{
  g_autofree char *large = g_strnfill (1 << 20, '1');
  g_autofree char *spaces = g_strnfill (1 << 20, ' ');

  g_assert_null (crm_postcode_normalize (large));
  g_assert_null (crm_postcode_normalize (spaces));
  g_assert_null (crm_postcode_normalize ("1234\xff"
                                         "AB"));
  g_assert_null (crm_postcode_normalize (NULL));
  g_assert_null (crm_postcode_display (NULL));
  g_assert_false (crm_postcode_is_valid (NULL));
  g_assert_false (crm_postcode_is_valid (large));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/postcode/table", test_table);
  g_test_add_func ("/model/postcode/hostile", test_hostile);

  return g_test_run ();
}
