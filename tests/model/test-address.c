#include "model/crm-address.h"

#include "crm-cases.h"

static void
test_block (void)
{
  g_autoptr (GPtrArray) rows = crm_cases_load ("address.csv", 3);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *row = rows->pdata[i];
      g_autoptr (CrmRecord) person = NULL;
      g_autoptr (CrmRecord) organisation = NULL;
      g_auto (GStrv) lines = NULL;
      g_autofree char *block = NULL;

      crm_cases_make_records (row[0], &person, &organisation);
      lines = crm_address_dup_block (person, organisation, crm_cases_get (row[1]));
      block = lines != NULL ? g_strjoinv ("/", lines) : NULL;
      crm_cases_assert (row, "block", block, crm_cases_get (row[2]));
      if (lines != NULL)
        g_assert_cmpuint (g_strv_length (lines), <=, 6);
    }
}

static void
test_choose (void)
{
  static const struct
  {
    const char *fields;
    CrmAddressUse use;
  } cases[] = {
    { "surname=Bos", CRM_ADDRESS_NONE },
    { "surname=Bos|postal_city=Ede|city=Ede|o.city=Ede", CRM_ADDRESS_OWN_POSTAL },
    { "city=Ede|o.postal_city=Ede", CRM_ADDRESS_OWN_VISITING },
    { "street=Weg|o.postal_city=Ede|o.city=Ede", CRM_ADDRESS_ORGANISATION_POSTAL },
    { "street=Weg|o.city=Ede", CRM_ADDRESS_ORGANISATION_VISITING },
    { "o.city=Ede", CRM_ADDRESS_ORGANISATION_VISITING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CrmRecord) person = NULL;
      g_autoptr (CrmRecord) organisation = NULL;

      crm_cases_make_records (cases[i].fields, &person, &organisation);
      g_assert_cmpint (crm_address_choose (person, organisation), ==, cases[i].use);
    }
  g_assert_cmpint (crm_address_choose (NULL, NULL), ==, CRM_ADDRESS_NONE);
}

static void
test_line (void)
{
  static const char *const cases[][3] = {
    { "street=Kerkstraat|house_number=12|house_addition=bis|postcode=1234AB|city=Ede",
      "Kerkstraat 12 bis, 1234 AB Ede",
      NULL },
    { "street=Kerkstraat|house_number=12", "Kerkstraat 12", NULL },
    { "city=Ede", "Ede", NULL },
    { "postcode=1234AB", "1234 AB", NULL },
    { "postal_po_box=123|postal_postcode=1234AB|postal_city=Ede",
      NULL,
      "Postbus 123, 1234 AB Ede" },
    { "surname=Bos", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CrmRecord) person = NULL;
      g_autoptr (CrmRecord) organisation = NULL;
      g_autofree char *visiting = NULL;
      g_autofree char *postal = NULL;

      crm_cases_make_records (cases[i][0], &person, &organisation);
      visiting = crm_address_dup_line (person, FALSE);
      postal = crm_address_dup_line (person, TRUE);
      g_assert_cmpstr (visiting, ==, cases[i][1]);
      g_assert_cmpstr (postal, ==, cases[i][2]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/address/block", test_block);
  g_test_add_func ("/model/address/choose", test_choose);
  g_test_add_func ("/model/address/line", test_line);

  return g_test_run ();
}
