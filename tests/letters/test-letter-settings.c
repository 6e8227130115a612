#include "letters/crm-letter-settings.h"

#include "crm-letters-fixture.h"

/* On paper each has the form that people know, however it was typed. */
static void
test_forms (void)
{
  static const char *const cases[][3] = {
    { "sender.postcode", "6711ab", "6711 AB" },
    { "sender.postcode", "B-2000", "B-2000" },
    { "sender.phone", "0318123456", "0318 123456" },
    { "sender.phone", "0318 123456, toestel 3", "0318 123456, toestel 3" },
    { "sender.mobile", "+31612345678", "06 12345678" },
    { "sender.iban", "nl91abna0417164300", "NL91 ABNA 0417 1643 00" },
    { "sender.iban", "NL91 ABNA 0417 1643 00", "NL91 ABNA 0417 1643 00" },
    { "sender.iban", "bij de ING", "bij de ING" },
    { "sender.vat_number", "nl 1234.56.782.b90", "NL123456782B90" },
    { "sender.country", "België", "BE" },
    { "sender.country", "Luilekkerland", "Luilekkerland" },
    { "sender.organisation", " Bakker B.V.\n", "Bakker B.V." },
    { "sender.city", " ", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CrmLetterSettings) settings = crm_letter_settings_new ();
      g_autoptr (CrmLetterSettings) copy = NULL;

      crm_letter_settings_set (settings, cases[i][0], cases[i][1]);
      g_assert_cmpstr (crm_letter_settings_get (settings, cases[i][0]), ==, cases[i][2]);
      copy = crm_letter_settings_copy (settings);
      g_assert_cmpstr (crm_letter_settings_get (copy, cases[i][0]), ==, cases[i][2]);
    }
}

/* A number without a country is one of the country that the letters leave from. */
static void
test_home (void)
{
  g_autoptr (CrmLetterSettings) settings = crm_letter_settings_new ();

  g_assert_cmpstr (crm_letter_settings_get_home (settings), ==, "NL");
  crm_letter_settings_set (settings, "sender.country", "Belgium");
  g_assert_cmpstr (crm_letter_settings_get_home (settings), ==, "BE");
  crm_letter_settings_set (settings, "sender.phone", "03 123 45 67");
  g_assert_cmpstr (crm_letter_settings_get (settings, "sender.phone"), ==, "+32 3 1234567");
}

static void
test_kept (CrmLettersFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLetterSettings) settings = crm_letter_settings_load (fixture->replica);
  g_autoptr (CrmLetterSettings) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_letter_settings_get_letterhead (settings));
  crm_letter_settings_set (settings, "letters.letterhead", "none");
  crm_letter_settings_set (settings, "sender.name", NULL);
  g_assert_true (crm_letter_settings_save (settings, fixture->replica, &error));
  g_assert_no_error (error);

  again = crm_letter_settings_load (fixture->replica);
  g_assert_false (crm_letter_settings_get_letterhead (again));
  /* Signed by the user when nobody said who signs. */
  g_assert_cmpstr (crm_letter_settings_get (again, "sender.name"), ==, "anna");
}

static void
test_return_line (void)
{
  g_autoptr (CrmLetterSettings) settings = crm_letter_settings_new ();
  g_autofree char *line = NULL;

  g_assert_null (crm_letter_settings_dup_return_line (settings));
  crm_letter_settings_set (settings, "sender.organisation", "Bakker B.V.");
  crm_letter_settings_set (settings, "sender.street", "Postbus 123");
  crm_letter_settings_set (settings, "sender.city", "Ede");
  crm_letter_settings_set (settings, "sender.postcode", "6711ab");
  line = crm_letter_settings_dup_return_line (settings);
  g_assert_cmpstr (line, ==, "Bakker B.V., Postbus 123, 6711 AB  Ede");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/letters/letter-settings/forms", test_forms);
  g_test_add_func ("/letters/letter-settings/home", test_home);
  g_test_add ("/letters/letter-settings/kept",
              CrmLettersFixture,
              NULL,
              crm_letters_fixture_set_up,
              test_kept,
              crm_letters_fixture_tear_down);
  g_test_add_func ("/letters/letter-settings/return-line", test_return_line);

  return g_test_run ();
}
