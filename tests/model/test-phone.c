#include "model/crm-phone.h"

#include "crm-cases.h"

#include <string.h>

static void
test_table (void)
{
  g_autoptr (GPtrArray) rows = crm_cases_load ("phone.csv", 5);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *row = rows->pdata[i];
      g_autofree char *phone = crm_phone_normalize (row[0], crm_cases_get (row[1]));
      g_autofree char *shown = crm_phone_display (phone);
      g_autofree char *again = crm_phone_normalize (shown, "NL");

      crm_cases_assert (row, "the number", phone, crm_cases_get (row[2]));
      crm_cases_assert (row, "what is shown", shown, crm_cases_get (row[3]));
      crm_cases_assert (row, "the number read back", again, phone);
      crm_cases_assert (row, "validity", crm_phone_is_valid (phone) ? "v" : "", row[4]);
    }
}

/* What is normalised stays, and every number can be shown and read back. */
static void
test_properties (void)
{
  for (guint i = 0; i < 200000; i++)
    {
      char text[24];
      const int length = g_test_rand_int_range (1, 20);
      g_autofree char *phone = NULL;
      g_autofree char *again = NULL;
      g_autofree char *shown = NULL;
      g_autofree char *read = NULL;

      for (int j = 0; j < length; j++)
        text[j] = "0123456789001231+ -()/.x"[g_test_rand_int_range (0, 24)];
      text[length] = '\0';
      phone = crm_phone_normalize (text, "NL");
      if (phone == NULL)
        continue;
      again = crm_phone_normalize (phone, "BE");
      shown = crm_phone_display (phone);
      read = crm_phone_normalize (shown, NULL);
      if (strcmp (phone, again) != 0 || strcmp (phone, read) != 0)
        g_error ("“%s” gives %s, then %s; shown “%s”, read %s", text, phone, again, shown, read);
    }
}

static void
test_hostile (void)
{
  g_autofree char *digits = g_strnfill (1 << 20, '1');
  g_autofree char *spaces = g_strnfill (1 << 20, ' ');
  g_autofree char *shown = crm_phone_display ("zie notitie");

  g_assert_null (crm_phone_normalize (digits, "NL"));
  g_assert_null (crm_phone_normalize (spaces, "NL"));
  g_assert_null (crm_phone_normalize ("06\xff"
                                      "12345678",
                                      "NL"));
  g_assert_null (crm_phone_normalize ("06\xc3", "NL"));
  g_assert_null (crm_phone_normalize (NULL, "NL"));
  g_assert_null (crm_phone_display (NULL));
  g_assert_cmpstr (shown, ==, "zie notitie");
  g_assert_false (crm_phone_is_valid (NULL));
  g_assert_false (crm_phone_is_valid ("0612345678"));
  g_assert_false (crm_phone_is_valid ("+3161234567x"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/phone/table", test_table);
  g_test_add_func ("/model/phone/properties", test_properties);
  g_test_add_func ("/model/phone/hostile", test_hostile);

  return g_test_run ();
}
