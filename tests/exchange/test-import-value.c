#include "exchange/crm-import-value.h"

typedef struct
{
  const char *kind;
  const char *field;
  CrmDateOrder order;
  const char *text;
  const char *expected;
  gboolean bad;
} Case;

static const Case cases[] = {
  { "person", "birthday", CRM_DATE_DMY, "1-3-1980", "1980-03-01", FALSE },
  { "person", "birthday", CRM_DATE_MDY, "1/3/1980", "1980-01-03", FALSE },
  { "person", "birthday", CRM_DATE_YMD, "1980/3/1", "1980-03-01", FALSE },
  { "person", "birthday", CRM_DATE_DMY, "1980-03-01", "1980-03-01", FALSE },
  { "person", "birthday", CRM_DATE_MDY, "31/12/1980", "1980-12-31", FALSE },
  { "person", "birthday", CRM_DATE_DMY, "1-3-80", "1980-03-01", FALSE },
  { "person", "birthday", CRM_DATE_DMY, "1-3-24", "2024-03-01", FALSE },
  { "person", "birthday", CRM_DATE_DMY, "01-03-1980 00:00:00", "1980-03-01", FALSE },
  { "person", "birthday", CRM_DATE_DMY, "31-2-1980", "31-2-1980", TRUE },
  { "person", "birthday", CRM_DATE_DMY, "0000-00-00", NULL, FALSE },
  { "person", "phone", CRM_DATE_DMY, "06-1234 5678", "+31612345678", FALSE },
  { "person", "phone", CRM_DATE_DMY, "geen", "geen", TRUE },
  { "person", "tags", CRM_DATE_DMY, "vip, klant;vip", "klant;vip", FALSE },
  { "person", "tags", CRM_DATE_DMY, " ; ,", NULL, FALSE },
  { "person", "form_of_address", CRM_DATE_DMY, "Mevr.", "mrs", FALSE },
  { "person", "form_of_address", CRM_DATE_DMY, "Baron", "Baron", TRUE },
  { "person", "tone", CRM_DATE_DMY, "ja", "informal", FALSE },
  { "person", "stage", CRM_DATE_DMY, "Aangeboden", "Aangeboden", FALSE },
  { "person", "stage", CRM_DATE_DMY, "Customer", "customer", FALSE },
  { "person", "surname", CRM_DATE_DMY, " Jong ", "Jong", FALSE },
  { "person", "surname", CRM_DATE_DMY, "'=1+1", "=1+1", FALSE },
  { "person", "surname", CRM_DATE_DMY, "'t Hoen", "'t Hoen", FALSE },
  { "person", "postcode", CRM_DATE_DMY, "1234 ab", "1234AB", FALSE },
  { "person", "note", CRM_DATE_DMY, "a\nb", "a\nb", FALSE },
  { "activity", "type", CRM_DATE_DMY, "Telefoongesprek", "call", FALSE },
  { "activity", "due", CRM_DATE_DMY, "1-3-2026 14:00", "2026-03-01T13:00:00Z", FALSE },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CrmKind *kind = crm_model_find_kind (crm_model_get_default (), cases[i].kind);
      const CrmField *field = crm_kind_find_field (kind, cases[i].field);
      gboolean good;
      g_autofree char *value = crm_import_value_parse (field,
                                                       cases[i].text,
                                                       cases[i].order,
                                                       NULL,
                                                       FALSE,
                                                       &good);

      g_test_message ("%s “%s”", cases[i].field, cases[i].text);
      g_assert_cmpstr (value, ==, cases[i].expected);
      g_assert_cmpint (good, ==, !cases[i].bad);
    }
}

static void
test_country (void)
{
  const CrmField *phone = crm_kind_find_field (crm_model_find_kind (crm_model_get_default (),
                                                                    "person"),
                                               "phone");
  gboolean good;
  g_autofree char *belgian = crm_import_value_parse (phone,
                                                     "02 123 45 67",
                                                     CRM_DATE_DMY,
                                                     "BE",
                                                     FALSE,
                                                     &good);

  g_assert_cmpstr (belgian, ==, "+3221234567");
  g_assert_true (good);
}

static void
test_own_sets (void)
{
  const CrmField *tags = crm_kind_find_field (crm_model_find_kind (crm_model_get_default (),
                                                                   "person"),
                                              "tags");
  gboolean good;
  g_autofree char *value = crm_import_value_parse (tags, "a, b;c", CRM_DATE_DMY, NULL, TRUE, &good);
  g_autofree char *both = crm_import_set_union ("b;c", "a;b");

  g_assert_cmpstr (value, ==, "a, b;c");
  g_assert_cmpstr (both, ==, "a;b;c");
  g_assert_null (crm_import_set_union (NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_setenv ("CRM_NOW", "2026-03-01T08:00:00Z", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import-value/parse", test_parse);
  g_test_add_func ("/import-value/country", test_country);
  g_test_add_func ("/import-value/own-sets", test_own_sets);

  return g_test_run ();
}
