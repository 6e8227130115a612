#include "letters/crm-letter-words.h"

static void
test_dates (void)
{
  static const struct
  {
    const char *language;
    const char *date;
    const char *written;
  } cases[] = {
    { "nl", "2024-03-05", "5 maart 2024" },
    { "nl", "1997-11-19", "19 november 1997" },
    { "nl", "2024-08-01T10:00:00Z", "1 augustus 2024" },
    { "en", "2024-03-05", "5 March 2024" },
    { "de", "2024-03-05", "5 maart 2024" }, /* not known: Dutch */
    { NULL, "2024-12-31", "31 december 2024" },
    { "nl", "ooit", "ooit" },
    { "nl", "2024-13-01", "2024-13-01" },
    { "nl", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CrmLetterWords *words = crm_letter_words_find (cases[i].language);
      g_autofree char *written = crm_letter_words_format_date (words, cases[i].date);

      g_assert_cmpstr (written, ==, cases[i].written);
    }
}

static CrmRecord *
make_person (const char *form, const char *tone)
{
  CrmRecord *person = crm_record_new (crm_model_find_kind (crm_model_get_default (), "person"),
                                      NULL);

  crm_record_set (person, "call_name", "Kim");
  crm_record_set (person, "initials", "K.");
  crm_record_set (person, "surname_prefix", "de");
  crm_record_set (person, "surname", "Vries");
  crm_record_set (person, "form_of_address", form);
  crm_record_set (person, "tone", tone);
  return person;
}

static void
test_english (void)
{
  static const struct
  {
    const char *form;
    const char *tone;
    const char *salutation;
    const char *in_text;
  } cases[] = {
    { "mr", NULL, "Dear Mr De Vries,", "Mr De Vries" },
    { "mrs", NULL, "Dear Ms De Vries,", "Ms De Vries" },
    { "unknown", NULL, "Dear K. de Vries,", "K. de Vries" },
    { "mr", "informal", "Dear Kim,", "Kim" },
  };
  const CrmLetterWords *words = crm_letter_words_find ("en");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CrmRecord) person = make_person (cases[i].form, cases[i].tone);
      g_autoptr (CrmSalutation) dutch = crm_salutation_new (person, NULL);
      g_autofree char *salutation = crm_letter_words_dup_salutation (words, person, dutch);
      g_autofree char *in_text = crm_letter_words_dup_in_text (words, person, dutch);

      g_assert_cmpstr (salutation, ==, cases[i].salutation);
      g_assert_cmpstr (in_text, ==, cases[i].in_text);
    }
}

static void
test_dutch_is_left (void)
{
  g_autoptr (CrmRecord) person = make_person ("mr", NULL);
  g_autoptr (CrmSalutation) dutch = crm_salutation_new (person, NULL);
  g_autofree char *salutation = crm_letter_words_dup_salutation (crm_letter_words_find ("nl"),
                                                                 person,
                                                                 dutch);

  g_assert_cmpstr (salutation, ==, "Geachte heer De Vries,");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/letters/letter-words/dates", test_dates);
  g_test_add_func ("/letters/letter-words/english", test_english);
  g_test_add_func ("/letters/letter-words/dutch", test_dutch_is_left);

  return g_test_run ();
}
