#include "letters/crm-letter-composer.h"

#include "crm-letters-fixture.h"
#include "letters/crm-letters-error.h"
#include "letters/crm-typesetter.h"
#include "model/crm-builtin.h"

#include <string.h>

static CrmLetter *
compose (CrmLettersFixture *fixture, CrmRecord *template, const char *id, GPtrArray *notes)
{
  g_autoptr (CrmLetterSettings) settings = crm_letter_settings_load (fixture->replica);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmLetterComposer) composer = NULL;
  g_autoptr (CrmRecord) relation = NULL;

  composer = crm_letter_composer_new (fixture->replica, template, settings, &error);
  g_assert_no_error (error);
  relation = crm_replica_get (fixture->replica, id, &error);
  g_assert_no_error (error);
  return crm_letter_composer_compose (composer, relation, "V24-TEST-0001", notes);
}

static char *
dup_text (const CrmLetter *letter)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < letter->text->len; i++)
    {
      const CrmLetterBlock *block = g_ptr_array_index (letter->text, i);

      g_string_append_printf (text, "%s\n", block->text != NULL ? block->text : "~");
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
assert_notes (GPtrArray *notes, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < notes->len; i++)
    {
      const CrmLetterNote *note = g_ptr_array_index (notes, i);

      g_string_append_printf (text,
                              "%s%s%s",
                              i > 0 ? " " : "",
                              note->field,
                              note->stops ? "!" : "");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

/* What we send to hundreds fits on one sheet, for a relation of whom everything is known. */
static void
assert_one_page (const CrmLetter *letter, CrmLetterSettings *settings)
{
  g_autoptr (CrmTypesetter) typesetter = crm_typesetter_new (settings);
  g_autoptr (CrmLetterPages) pages = crm_typesetter_set (typesetter, letter);

  g_assert_cmpuint (crm_letter_pages_get_n (pages), ==, 1);
}

/* Something in each field that the template names. */
static char *
add_full_person (CrmLettersFixture *fixture, const char *organisation)
{
  const char *const values[] = { "initials",
                                 "J.",
                                 "surname_prefix",
                                 "de",
                                 "surname",
                                 "Vries",
                                 "street",
                                 "Kerkstraat",
                                 "form_of_address",
                                 "mr",
                                 "organisation",
                                 organisation,
                                 "house_number",
                                 "12",
                                 "postcode",
                                 "6711AB",
                                 "city",
                                 "Ede",
                                 "birthday",
                                 "1970-05-01",
                                 "phone",
                                 "+31612345678",
                                 "tags",
                                 "beurs;klant",
                                 NULL };

  return crm_letters_fixture_add_values (fixture, "person", values);
}

static void
test_plain (CrmLettersFixture *fixture, gconstpointer unused)
{
  g_autofree char *organisation = crm_letters_fixture_add (fixture,
                                                           "organisation",
                                                           "name",
                                                           "Bakker & Zn. *B.V.*",
                                                           NULL);
  g_autofree char *id = add_full_person (fixture, organisation);
  g_autoptr (CrmRecord) template =
      crm_letters_fixture_make_template (fixture,
                                         "Voor {{organisatie}}",
                                         "{{aanhef}}\n\nU, {{in_text}}, van {{organisation.name}} "
                                         "({{Geboortedatum}}), "
                                         "{{telefoon}}, {{postcode}}, {{#tags}}[{{.}}]{{/tags}} "
                                         "{{kenmerken}}\n\n"
                                         "{{datum}} {{ons_kenmerk}} {{afzender.naam}} "
                                         "{{sender.city}}\n\n{{groet}}\n\n"
                                         "{{ondertekening}}");
  g_autoptr (GPtrArray) notes = crm_letter_note_list_new ();
  g_autoptr (CrmLetter) letter = compose (fixture, template, id, notes);
  g_autofree char *text = dup_text (letter);
  g_autofree char *address = g_strjoinv ("|", letter->address);

  assert_notes (notes, "");
  g_assert_cmpstr (letter->subject, ==, "Voor Bakker & Zn. *B.V.*");
  g_assert_cmpstr (letter->place_date, ==, "Ede, 5 maart 2024");
  g_assert_cmpstr (letter->our_reference, ==, "V24-TEST-0001");
  g_assert_cmpstr (address,
                   ==,
                   "Bakker & Zn. *B.V.*|De heer J. de Vries|Kerkstraat 12|6711 AB  EDE");
  g_assert_cmpstr (text,
                   ==,
                   "Geachte heer De Vries,\n"
                   "U, de heer De Vries, van Bakker & Zn. *B.V.* (1 mei 1970), 06 12345678, "
                   "6711 AB, [beurs][klant] beurs, klant\n"
                   "5 maart 2024 V24-TEST-0001 Anna Smit Ede\n"
                   "Met vriendelijke groet,\n"
                   "~\n"
                   "Anna Smit\xe2\x80\xa8"
                   "Adviseur\xe2\x80\xa8Molenaar Advies B.V.\n");
}

/* What the head of a template says itself, the page does not say again. */
static void
test_head (CrmLettersFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = crm_letters_fixture_add_person (fixture, "Vries");
  g_autoptr (CrmRecord) template =
      crm_letters_fixture_make_template (fixture,
                                         NULL,
                                         "{{address_block}}\n\nWageningen, {{date}}\n\nKenmerk: "
                                         "{{our_reference}}\n\n{{salutation}}\n\n"
                                         "Vandaag");
  g_autoptr (GPtrArray) notes = crm_letter_note_list_new ();
  g_autoptr (CrmLetter) letter = compose (fixture, template, id, notes);
  g_autofree char *text = dup_text (letter);

  assert_notes (notes, "");
  g_assert_null (letter->place_date);
  g_assert_null (letter->our_reference);
  g_assert_null (letter->subject);
  g_assert_nonnull (letter->address);
  g_assert_cmpstr (text,
                   ==,
                   "Wageningen, 5 maart 2024\nKenmerk: V24-TEST-0001\nGeachte heer De Vries,\n"
                   "Vandaag\n");
}

static void
test_english (CrmLettersFixture *fixture, gconstpointer unused)
{
  g_autofree char *man = crm_letters_fixture_add_person (fixture, "Vries");
  g_autofree char *firm =
      crm_letters_fixture_add (fixture, "organisation", "name", "Acme", "city", "Ede", NULL);
  g_autofree char *friend = crm_letters_fixture_add (fixture,
                                                     "person",
                                                     "call_name",
                                                     "Kim",
                                                     "surname",
                                                     "Verbeek",
                                                     "tone",
                                                     "informal",
                                                     "city",
                                                     "Ede",
                                                     NULL);
  g_autoptr (CrmRecord) template =
      crm_letters_fixture_make_template (fixture,
                                         NULL,
                                         "{{salutation}}\n\n{{in_text}} {{date}}\n\n{{closing}}");
  const char *const ids[] = { man, firm, friend };
  const char *const salutations[] = { "Dear Mr De Vries,\n",
                                      "Dear Sir or Madam,\n",
                                      "Dear Kim,\n" };
  const char *const closings[] = { "Yours sincerely,\n",
                                   "Yours faithfully,\n",
                                   "Yours sincerely,\n" };

  crm_record_set (template, "language", "en");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (CrmLetter) letter = compose (fixture, template, ids[i], NULL);
      g_autofree char *text = dup_text (letter);

      g_assert_true (g_str_has_prefix (text, salutations[i]));
      g_assert_nonnull (strstr (text, "5 March 2024"));
      g_assert_true (g_str_has_suffix (text, closings[i]));
      g_assert_cmpstr (letter->words->our_reference, ==, "Our reference");
    }
}

/* Fields and values; a person works at a firm with a full address when the case says so. */
typedef struct
{
  const char *expected;
  const char *kind;
  gboolean firm;
  const char *values[14];
} PreflightCase;

/* clang-format off */
static const PreflightCase preflight_cases[] = {
  { "surname! city! form_of_address salutation function", "person", FALSE, { "given_name", "Jan" } },
  { "surname form_of_address function", "person", TRUE, { "given_name", "Jan" } },
  { "form_of_address function", "person", TRUE, { "surname", "Smit" } },
  { "form_of_address", "person", TRUE,
    { "surname", "Smit", "form_of_address", "unknown", "function", "Chef" } },
  { "", "person", TRUE,
    { "surname", "Smit", "call_name", "Jo", "tone", "informal", "function", "Chef" } },
  { "postcode function", "person", FALSE,
    { "surname", "Smit", "form_of_address", "mrs", "street", "A", "postcode", "1234 S", "city", "Ede" } },
  { "postcode country function", "person", FALSE,
    { "surname", "Smit", "form_of_address", "mrs", "street", "A", "postcode", "75008", "city", "Parijs" } },
  { "function", "person", FALSE,
    { "surname", "Smit", "form_of_address", "mrs", "street", "A", "postcode", "75008", "city", "Parijs",
      "country", "FR" } },
  { "street function", "person", FALSE,
    { "surname", "Smit", "form_of_address", "mrs", "city", "Ede" } },
  { "postal_postcode function", "person", FALSE,
    { "surname", "Smit", "form_of_address", "mrs", "postal_po_box", "Postbus 1",
      "postal_postcode", "1234 SS", "postal_city", "Ede" } },
  { "function", "organisation", FALSE,
    { "name", "Acme", "street", "Plein", "postcode", "1234AB", "city", "Ede" } },
  { "city! function", "organisation", FALSE, { "name", "Acme" } },
};
/* clang-format on */

static void
test_preflight (CrmLettersFixture *fixture, gconstpointer unused)
{
  static const char *const firm_values[] = { "name",   "Acme", "street", "Plein", "postcode",
                                             "1234AB", "city", "Ede",    NULL };
  g_autofree char *firm = crm_letters_fixture_add_values (fixture, "organisation", firm_values);
  g_autoptr (CrmRecord) template =
      crm_letters_fixture_make_template (fixture,
                                         NULL,
                                         "{{salutation}}\n\n{{function}}{{function}}{{#department}}"
                                         "{{department}}{{/department}}"
                                         "{{sender.iban}}");

  for (guint i = 0; i < G_N_ELEMENTS (preflight_cases); i++)
    {
      const PreflightCase *test = &preflight_cases[i];
      g_autoptr (GPtrArray) values = g_ptr_array_new ();
      g_autoptr (GPtrArray) notes = crm_letter_note_list_new ();
      g_autoptr (CrmLetter) letter = NULL;
      g_autofree char *id = NULL;

      for (guint j = 0; test->values[j] != NULL; j++)
        g_ptr_array_add (values, (gpointer) test->values[j]);
      if (test->firm)
        {
          g_ptr_array_add (values, (gpointer) "organisation");
          g_ptr_array_add (values, firm);
        }
      g_ptr_array_add (values, NULL);
      id = crm_letters_fixture_add_values (fixture,
                                           test->kind,
                                           (const char *const *) values->pdata);

      g_test_message ("case %u", i);
      letter = compose (fixture, template, id, notes);
      assert_notes (notes, test->expected);
    }
}

static void
test_unknown_names (CrmLettersFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLetterSettings) settings = crm_letter_settings_load (fixture->replica);
  g_autoptr (CrmRecord) template =
      crm_letters_fixture_make_template (fixture,
                                         "{{onderwerp}}",
                                         "{{surname}}\n  {{achternam}} {{sender.shoe}} "
                                         "{{organisation.name}} {{organisation.shoe}}"
                                         "{{#tags}}{{.}}{{/tags}}{{a.b.c}}");
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmLetterComposer)
      composer = crm_letter_composer_new (fixture->replica, template, settings, &error);
  g_autoptr (GPtrArray) notes = NULL;
  const CrmLetterNote *second;

  g_assert_no_error (error);
  notes = crm_letter_composer_check_template (composer);
  assert_notes (notes, "onderwerp! achternam! sender.shoe! organisation.shoe! a.b.c!");
  second = g_ptr_array_index (notes, 1);
  g_assert_cmpstr (second->id, ==, crm_record_get_id (template));
  g_assert_nonnull (strstr (second->message, "line 2, column 3"));
}

static void
test_syntax (CrmLettersFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLetterSettings) settings = crm_letter_settings_load (fixture->replica);
  g_autoptr (CrmRecord) template = crm_letters_fixture_make_template (fixture,
                                                                      "{{#x}}",
                                                                      "{{aanhef}}");
  g_autoptr (GError) error = NULL;

  g_assert_null (crm_letter_composer_new (fixture->replica, template, settings, &error));
  g_assert_error (error, CRM_LETTERS_ERROR, CRM_LETTERS_ERROR_TEMPLATE);
}

/* Every name that can be chosen in the editor is known, in both languages. */
static void
test_builtin (CrmLettersFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = crm_letters_fixture_add_person (fixture, "Vries");
  CrmModel *model = crm_replica_get_model (fixture->replica);

  for (guint i = 0; i < crm_builtin_get_n (); i++)
    {
      g_autoptr (CrmRecord) template = crm_builtin_new (model, i);
      g_autoptr (CrmLetterSettings) settings = crm_letter_settings_load (fixture->replica);
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmLetterComposer)
          composer = crm_letter_composer_new (fixture->replica, template, settings, &error);
      g_autoptr (GPtrArray) unknown = NULL;
      g_autoptr (GPtrArray) notes = crm_letter_note_list_new ();
      g_autoptr (CrmLetter) letter = NULL;
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      unknown = crm_letter_composer_check_template (composer);
      assert_notes (unknown, "");
      letter = compose (fixture, template, id, notes);
      assert_notes (notes, "");
      g_assert_nonnull (letter->subject);
      text = dup_text (letter);
      g_assert_true (g_str_has_prefix (text,
                                       i + 1 == crm_builtin_get_n () ? "Dear Mr De Vries,"
                                                                     : "Geachte heer De Vries,"));
      g_assert_null (strstr (text, "{{"));
      assert_one_page (letter, settings);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path,                                                                                \
              CrmLettersFixture,                                                                   \
              NULL,                                                                                \
              crm_letters_fixture_set_up,                                                          \
              func,                                                                                \
              crm_letters_fixture_tear_down)
  ADD ("/letters/letter-composer/plain", test_plain);
  ADD ("/letters/letter-composer/head", test_head);
  ADD ("/letters/letter-composer/english", test_english);
  ADD ("/letters/letter-composer/preflight", test_preflight);
  ADD ("/letters/letter-composer/unknown-names", test_unknown_names);
  ADD ("/letters/letter-composer/syntax", test_syntax);
  ADD ("/letters/letter-composer/builtin", test_builtin);
#undef ADD

  return g_test_run ();
}
