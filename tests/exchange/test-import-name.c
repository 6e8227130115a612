#include "exchange/crm-import-name.h"

typedef struct
{
  const char *text;
  const char *form;
  const char *title;
  const char *initials;
  const char *given;
  const char *prefix;
  const char *surname;
  const char *after;
} Case;

static const Case cases[] = {
  { "Jan de Vries", NULL, NULL, NULL, "Jan", "de", "Vries", NULL },
  { "Vries, de", NULL, NULL, NULL, NULL, "de", "Vries", NULL },
  { "Vries, Jan de", NULL, NULL, NULL, "Jan", "de", "Vries", NULL },
  { "Vries, J.P. de", NULL, NULL, "J.P.", NULL, "de", "Vries", NULL },
  { "de Vries", NULL, NULL, NULL, NULL, "de", "Vries", NULL },
  { "Jansen, Piet", NULL, NULL, NULL, "Piet", NULL, "Jansen", NULL },
  { "Jansen", NULL, NULL, NULL, NULL, NULL, "Jansen", NULL },
  { "Dhr. drs. J.P. van der Berg", "mr", "drs.", "J.P.", NULL, "van der", "Berg", NULL },
  { "Mw. mr. A. Bakker-Smit", "mrs", "mr.", "A.", NULL, NULL, "Bakker-Smit", NULL },
  { "De heer J. in 't Veld", "mr", NULL, "J.", NULL, "in 't", "Veld", NULL },
  { "T.a.v. mevrouw K. Öz", "mrs", NULL, "K.", NULL, NULL, "Öz", NULL },
  { "Marie Louise Jansen", NULL, NULL, NULL, "Marie Louise", NULL, "Jansen", NULL },
  { "Piet Smit MBA", NULL, NULL, NULL, "Piet", NULL, "Smit", "MBA" },
  { "Smit, Piet, MSc", NULL, NULL, NULL, "Piet", NULL, "Smit", "MSc" },
  { "  Jan   Jong ", NULL, NULL, NULL, "Jan", NULL, "Jong", NULL },
  { "", NULL, NULL, NULL, NULL, NULL, NULL, NULL },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (CrmNameParts) parts = { 0 };

      g_test_message ("“%s”", cases[i].text);
      crm_name_parts_parse (cases[i].text, &parts);
      g_assert_cmpstr (parts.form_of_address, ==, cases[i].form);
      g_assert_cmpstr (parts.title, ==, cases[i].title);
      g_assert_cmpstr (parts.initials, ==, cases[i].initials);
      g_assert_cmpstr (parts.given_name, ==, cases[i].given);
      g_assert_cmpstr (parts.prefix, ==, cases[i].prefix);
      g_assert_cmpstr (parts.surname, ==, cases[i].surname);
      g_assert_cmpstr (parts.title_after, ==, cases[i].after);
    }
}

static void
test_form_of_address (void)
{
  static const char *const men[] = { "De heer", "de heer",      "Dhr.", "dhr", "Heer",
                                     "M",       "Geachte heer", "Mr.",  "man", NULL };
  static const char *const women[] = { "Mevrouw", "Mevr.",           "Mw.", "mw", "V", "Vrouw",
                                       "Mrs",     "Geachte mevrouw", NULL };
  static const char *const open[] = { "onbekend", "Heer/mevrouw", "De heer/mevrouw", "X", NULL };
  static const char *const none[] = { "", "  ", "Baron", "familie", NULL };
  guint i;

  for (i = 0; men[i] != NULL; i++)
    g_assert_cmpstr (crm_form_of_address_parse (men[i]), ==, "mr");
  for (i = 0; women[i] != NULL; i++)
    g_assert_cmpstr (crm_form_of_address_parse (women[i]), ==, "mrs");
  for (i = 0; open[i] != NULL; i++)
    g_assert_cmpstr (crm_form_of_address_parse (open[i]), ==, "unknown");
  for (i = 0; none[i] != NULL; i++)
    g_assert_null (crm_form_of_address_parse (none[i]));
  g_assert_null (crm_form_of_address_parse (NULL));
}

static void
test_initials (void)
{
  static const char *const yes[] = { "J.", "J.P.", "J. P.", "Th.", "IJ.", "Ö.", "J.-P.", NULL };
  static const char *const no[] = { "Jan", "J", "JP", "", ".", "Jan.", "J.P", "St. Jan", NULL };
  guint i;

  for (i = 0; yes[i] != NULL; i++)
    g_assert_true (crm_name_is_initials (yes[i]));
  for (i = 0; no[i] != NULL; i++)
    g_assert_false (crm_name_is_initials (no[i]));
  g_assert_false (crm_name_is_initials (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import-name/parse", test_parse);
  g_test_add_func ("/import-name/form-of-address", test_form_of_address);
  g_test_add_func ("/import-name/initials", test_initials);

  return g_test_run ();
}
