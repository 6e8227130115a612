#include "model/crm-salutation.h"

#include "crm-cases.h"

#include <string.h>

static void
test_table (void)
{
  g_autoptr (GPtrArray) rows = crm_cases_load ("salutation.csv", 4);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *row = rows->pdata[i];
      g_autoptr (CrmRecord) person = NULL;
      g_autoptr (CrmRecord) organisation = NULL;
      g_autoptr (CrmSalutation) salutation = NULL;

      crm_cases_make_records (row[0], &person, &organisation);
      salutation = crm_salutation_new (person, organisation);
      crm_cases_assert (row, "address line", salutation->address_line, crm_cases_get (row[1]));
      crm_cases_assert (row, "in text", salutation->in_text, crm_cases_get (row[2]));
      crm_cases_assert (row, "salutation", salutation->salutation, crm_cases_get (row[3]));
    }
}

static void
test_nobody (void)
{
  g_autoptr (CrmSalutation) salutation = crm_salutation_new (NULL, NULL);

  g_assert_null (salutation->address_line);
  g_assert_null (salutation->in_text);
  g_assert_null (salutation->salutation);
}

static void
test_flags (void)
{
  static const char text[] =
      "form_of_address=mrs|initials=A.|title=drs.|surname_prefix=in het|surname=Veld|"
      "partner_prefix=van|partner_surname=Velzen|name_use=partner_own";
  g_autoptr (CrmRecord) person = NULL;
  g_autoptr (CrmRecord) organisation = NULL;
  g_autoptr (CrmSalutation) first = NULL;
  g_autoptr (CrmSalutation) plain = NULL;

  crm_cases_make_records (text, &person, &organisation);

  first = crm_salutation_new_full (person, NULL, CRM_SALUTATION_FIRST_SURNAME);
  g_assert_cmpstr (first->salutation, ==, "Geachte mevrouw Van Velzen,");
  g_assert_cmpstr (first->address_line, ==, "Mevrouw drs. A. van Velzen-in het Veld");

  plain = crm_salutation_new_full (person, NULL, CRM_SALUTATION_PLAIN_ADDRESS);
  g_assert_cmpstr (plain->salutation, ==, "Geachte mevrouw Van Velzen-in het Veld,");
  g_assert_cmpstr (plain->address_line, ==, "Drs. A. van Velzen-in het Veld");
}

/* Whatever is in the fields: no crash, one line each, no space at an end or doubled. */
static void
test_random (void)
{
  static const char *const fields[] = { "initials",        "given_name",  "call_name",
                                        "surname_prefix",  "surname",     "title",
                                        "partner_surname", "title_after", "partner_prefix",
                                        "country" };
  static const char *const values[] = { "",      "van", "-",  "'", "’t", "\xc3\x96", "J.", "Op Den",
                                        "a - b", "BE",  "d'", "ĳ", "()", ".",        "é",  "Q" };
  static const char *const choices[][3] = { { "name_use", "partner_own", "own_partner" },
                                            { "form_of_address", "mr", "unknown" },
                                            { "tone", "informal", "formal" } };

  for (guint i = 0; i < 20000; i++)
    {
      const CrmKind *kind = crm_model_find_kind (crm_model_get_default (), "person");
      g_autoptr (CrmRecord) person = crm_record_new (kind, "x");
      g_autoptr (CrmSalutation) salutation = NULL;

      for (guint j = 0; j < G_N_ELEMENTS (fields); j++)
        crm_record_set (person,
                        fields[j],
                        values[g_test_rand_int_range (0, G_N_ELEMENTS (values))]);
      for (guint j = 0; j < G_N_ELEMENTS (choices); j++)
        crm_record_set (person, choices[j][0], choices[j][g_test_rand_int_range (1, 3)]);

      salutation = crm_salutation_new (person, NULL);
      if (crm_record_get (person, "surname") != NULL)
        g_assert_true (g_str_has_suffix (salutation->salutation, ","));
      if (salutation->address_line != NULL)
        {
          g_assert_true (g_utf8_validate (salutation->address_line, -1, NULL));
          g_assert_null (strstr (salutation->address_line, "  "));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/salutation/table", test_table);
  g_test_add_func ("/model/salutation/nobody", test_nobody);
  g_test_add_func ("/model/salutation/flags", test_flags);
  g_test_add_func ("/model/salutation/random", test_random);

  return g_test_run ();
}
