#include "model/crm-name.h"

#include "crm-cases.h"

#include <string.h>

static CrmRecord *
make_person (const char *pairs)
{
  CrmRecord *person = crm_record_new (crm_model_find_kind (crm_model_get_default (), "person"),
                                      NULL);
  g_auto (GStrv) parts = g_strsplit (pairs, "|", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (parts[i], "=", 2);

      crm_record_set (person, pair[0], pair[1]);
    }

  return person;
}

static void
test_initials (void)
{
  g_autoptr (GPtrArray) rows = crm_cases_load ("initials.csv", 2);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *row = rows->pdata[i];
      g_autofree char *initials = crm_name_dup_initials (row[0]);

      crm_cases_assert (row, "initials", initials, crm_cases_get (row[1]));
    }
  g_assert_null (crm_name_dup_initials (NULL));
}

static void
test_split (void)
{
  g_autoptr (GPtrArray) rows = crm_cases_load ("name-split.csv", 4);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *row = rows->pdata[i];
      g_autofree char *given = NULL;
      g_autofree char *prefix = NULL;
      g_autofree char *surname = NULL;

      crm_name_split (row[0], &given, &prefix, &surname);
      crm_cases_assert (row, "given name", given, crm_cases_get (row[1]));
      crm_cases_assert (row, "prefix", prefix, crm_cases_get (row[2]));
      crm_cases_assert (row, "surname", surname, crm_cases_get (row[3]));
    }
}

/* A field for surnames holds all of the surname, but no given name. */
static void
test_split_surname (void)
{
  static const char *const cases[][3] = {
    { "Vries, de", "de", "Vries" },
    { "de Vries", "de", "Vries" },
    { "van der Berg", "van der", "Berg" },
    { "Bergh, op de", "op de", "Bergh" },
    { "Zandloo, 't", "'t", "Zandloo" },
    { "de", NULL, "de" },
    { "Van", NULL, "Van" },
    { "El Khatib", NULL, "El Khatib" },
    { "García Márquez", NULL, "García Márquez" },
    { "García de la Vega", NULL, "García de la Vega" },
    { "Jansen, Piet & Zn", NULL, "Jansen, Piet & Zn" },
    { "Peters-Sanders, van", "van", "Peters-Sanders" },
    { "d'Ancona", "d'", "Ancona" },
    { "Kleidonk, van de", "van de", "Kleidonk" },
    { "", NULL, NULL },
    { NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *prefix = NULL;
      g_autofree char *surname = NULL;

      crm_name_split_surname (cases[i][0], &prefix, &surname);
      g_assert_cmpstr (prefix, ==, cases[i][1]);
      g_assert_cmpstr (surname, ==, cases[i][2]);
    }
}

static const struct
{
  const char *fields;
  const char *shown;
  const char *listed;
  const char *listed_be;
} names[] = {
  { "given_name=Jan|surname_prefix=de|surname=Vries",
    "Jan de Vries",
    "Vries, Jan de",
    "De Vries, Jan" },
  { "given_name=Johannes Maria|call_name=Jan|surname=Bos", "Jan Bos", "Bos, Jan", "Bos, Jan" },
  { "initials=J.|surname_prefix=de|surname=Vries", "J. de Vries", "Vries, J. de", "De Vries, J." },
  { "surname_prefix=de|surname=Vries", "De Vries", "Vries, de", "De Vries" },
  { "surname=Vries", "Vries", "Vries", "Vries" },
  { "given_name=Kim", "Kim", "Kim", "Kim" },
  { "initials=K.", "K.", "K.", "K." },
  { "email=info@bedrijf.example", NULL, NULL, NULL },
  { "given_name=Jan|surname_prefix=Van den|surname=Berghe|country=BE",
    "Jan Van den Berghe",
    "Berghe, Jan Van den",
    "Van den Berghe, Jan" },
  { "surname_prefix=de|surname=Smet|country=BE", "de Smet", "Smet, de", "de Smet" },
  { "given_name=Anna|surname_prefix=in het|surname=Veld|partner_prefix=van|partner_surname=Velzen|"
    "name_use=partner_own",
    "Anna van Velzen-in het Veld",
    "Velzen-in het Veld, Anna van",
    "Van Velzen-in het Veld, Anna" },
  { "given_name=Hedy|surname_prefix=d'|surname=Ancona",
    "Hedy d'Ancona",
    "Ancona, Hedy d'",
    "d'Ancona, Hedy" },
};

static void
test_display (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (CrmRecord) person = make_person (names[i].fields);
      g_autofree char *shown = crm_name_dup_display (person);
      g_autofree char *listed = crm_name_dup_listed (person, CRM_LOCALE_NL);
      g_autofree char *listed_be = crm_name_dup_listed (person, CRM_LOCALE_BE);

      g_assert_cmpstr (shown, ==, names[i].shown);
      g_assert_cmpstr (listed, ==, names[i].listed);
      g_assert_cmpstr (listed_be, ==, names[i].listed_be);
    }
}

/* Names in parts, written in either order, come back in the same parts. */
static void
test_split_round_trip (void)
{
  static const char *const givens[] = { "Jan", "Anna Maria", "J.P.", "Aïcha" };
  static const char *const prefixes[] = {
    NULL, "de", "van der", "'t", "in het", "Op Den", "van 't"
  };
  static const char *const surnames[] = { "Vries", "Berg-Jansen", "Wu", "Özil", "Hart" };

  for (guint i = 0; i < 4 * 7 * 5; i++)
    {
      const char *given = givens[i % 4], *prefix = prefixes[i / 4 % 7], *surname = surnames[i / 28];
      g_autoptr (CrmRecord) person = make_person ("");
      g_autofree char *shown = NULL;
      g_autofree char *listed = NULL;
      const char *written[2];

      crm_record_set (person, "given_name", given);
      crm_record_set (person, "surname_prefix", prefix);
      crm_record_set (person, "surname", surname);
      written[0] = shown = crm_name_dup_display (person);
      written[1] = listed = crm_name_dup_listed (person, CRM_LOCALE_NL);
      for (guint j = 0; j < 2; j++)
        {
          char *read[3];

          crm_name_split (written[j], &read[0], &read[1], &read[2]);
          g_assert_cmpstr (read[0], ==, given);
          g_assert_cmpstr (read[1], ==, prefix);
          g_assert_cmpstr (read[2], ==, surname);
          for (guint k = 0; k < 3; k++)
            g_free (read[k]);
        }
    }
}

static void
test_hostile (void)
{
  g_autofree char *large = g_strnfill (1 << 20, 'a');
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < 100000; i++)
    g_string_append (words, "van ");
  for (guint i = 0; i < 4; i++)
    {
      const char *const texts[] = { large, words->str, "\xff\xfe\x80", "a\xe2\x80\xae, \xc3" };
      g_autofree char *given = NULL;
      g_autofree char *prefix = NULL;
      g_autofree char *surname = NULL;
      g_autofree char *initials = crm_name_dup_initials (texts[i]);

      crm_name_split (texts[i], &given, &prefix, &surname);
      g_assert_nonnull (surname);
      g_assert_true (g_utf8_validate (surname, -1, NULL));
    }
}

/* Parts of nothing but space are no name. */
static void
test_blank (void)
{
  static const char *const fields[] = {
    "", "surname_prefix= ", "surname= ", "partner_surname= |name_use=partner"
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (CrmRecord) person = make_person (fields[i]);

      g_assert_null (crm_name_dup_display (person));
      g_assert_null (crm_name_dup_listed (person, CRM_LOCALE_NL));
      g_assert_null (crm_name_dup_listed (person, CRM_LOCALE_BE));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/name/initials", test_initials);
  g_test_add_func ("/model/name/split", test_split);
  g_test_add_func ("/model/name/split-surname", test_split_surname);
  g_test_add_func ("/model/name/display", test_display);
  g_test_add_func ("/model/name/split-round-trip", test_split_round_trip);
  g_test_add_func ("/model/name/hostile", test_hostile);
  g_test_add_func ("/model/name/blank", test_blank);

  return g_test_run ();
}
