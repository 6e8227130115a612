#include "model/crm-check.h"

#include "crm-cases.h"

#include <string.h>

static CrmCheck
find_check (const char *name)
{
  static const struct
  {
    const char *name;
    CrmCheck check;
  } checks[] = {
    { "email", CRM_CHECK_EMAIL },       { "phone", CRM_CHECK_PHONE },
    { "postcode", CRM_CHECK_POSTCODE }, { "url", CRM_CHECK_URL },
    { "language", CRM_CHECK_LANGUAGE }, { "country", CRM_CHECK_COUNTRY },
    { "chamber", CRM_CHECK_CHAMBER },   { "vat", CRM_CHECK_VAT },
    { "currency", CRM_CHECK_CURRENCY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    if (strcmp (checks[i].name, name) == 0)
      return checks[i].check;
  g_error ("There is no check “%s”", name);
}

static void
test_table (void)
{
  g_autoptr (GPtrArray) rows = crm_cases_load ("check.csv", 4);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *row = rows->pdata[i];
      const CrmCheck check = find_check (row[0]);
      g_autofree char *value = crm_check_normalize (check, row[1], NULL);
      g_autofree char *again = crm_check_normalize (check, value, NULL);
      g_autofree char *shown = crm_check_display (check, value);
      g_autofree char *read = crm_check_normalize (check, shown, NULL);
      const char *expected = NULL;
      const gboolean passes = crm_check_passes (check, value, &expected);

      crm_cases_assert (row, "value", value, row[2]);
      crm_cases_assert (row, "validity", passes ? "v" : "", row[3]);
      crm_cases_assert (row, "the value normalised again", again, value);
      crm_cases_assert (row, "the value read back", read, value);
      g_assert_nonnull (expected);
    }
}

static void
test_hostile (void)
{
  static const char *const texts[] = { "\xff\xfe", "a\xe2\x80\xae@b.example", "", "@", "..", "<>",
                                       "mailto:" };
  g_autofree char *large = g_strnfill (1 << 20, 'a');

  for (int check = CRM_CHECK_NONE; check <= CRM_CHECK_CURRENCY; check++)
    for (guint i = 0; i <= G_N_ELEMENTS (texts); i++)
      {
        const char *text = i < G_N_ELEMENTS (texts) ? texts[i] : large;
        g_autofree char *value = crm_check_normalize ((CrmCheck) check, text, "BE");

        g_assert_nonnull (value);
        if (check != CRM_CHECK_NONE && i != 1)
          g_assert_false (crm_check_passes ((CrmCheck) check, value, NULL));
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/check/table", test_table);
  g_test_add_func ("/model/check/hostile", test_hostile);

  return g_test_run ();
}
