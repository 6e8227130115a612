#include "model/crm-kind.h"
#include "model/crm-value.h"

#include <string.h>

static const CrmField money = {
  900, "amount", "Amount", CRM_FIELD_MONEY, CRM_SECTION_STATUS, CRM_GROUP_COMMERCIAL
};
static const CrmField number = {
  901, "size", "Size", CRM_FIELD_NUMBER, CRM_SECTION_STATUS, CRM_GROUP_COMMERCIAL
};
static const CrmField yes_no = {
  902, "vip", "VIP", CRM_FIELD_BOOL, CRM_SECTION_STATUS, CRM_GROUP_COMMERCIAL
};

/* "person.email", or one of the three above. */
static const CrmField *
find_field (const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", 2);
  const CrmField *field = NULL;

  if (strcmp (path, "money") == 0)
    return &money;
  if (strcmp (path, "number") == 0)
    return &number;
  if (strcmp (path, "bool") == 0)
    return &yes_no;
  field = crm_kind_find_field (crm_model_find_kind (crm_model_get_default (), names[0]), names[1]);
  g_assert_nonnull (field);

  return field;
}

typedef struct
{
  const char *field;
  const char *text;
  const char *value; /* NULL: empty; "!" refused */
  const char *shown;
  gboolean fails;
} Case;

static const Case cases[] = {
  { "person.surname", " Vries ", "Vries", "Vries" },
  { "person.surname", "", NULL, "" },
  { "person.surname", " \t\n", NULL, "" },
  { "person.surname", "a\nb", "a b", "a b" },
  { "person.surname", "O\xcc\x88zil", "Özil", "Özil" },
  { "person.note", " a\r\nb ", "a\nb", "a\nb" },
  { "person.birthday", "5 maart 1980", "1980-03-05", "05-03-1980" },
  { "person.birthday", "0000-00-00", NULL, "" },
  { "person.birthday", "31-2-1980", "!", NULL },
  { "activity.due", "5-3-2024 14:30", "2024-03-05T13:30:00Z", "05-03-2024 14:30" },
  { "activity.due", "straks", "!", NULL },
  { "money", "€ 1.190,00", "1190.00", "1,190.00" },
  { "money", "veel", "!", NULL },
  { "number", "11,9", "11.9", "11.9" },
  { "number", "elf", "!", NULL },
  { "bool", "Ja", "true", "Yes" },
  { "bool", "x", "true", "Yes" },
  { "bool", "nee", NULL, "" },
  { "bool", "false", NULL, "" },
  { "bool", "misschien", "!", NULL },
  { "person.form_of_address", "mr", "mr", "Mr" },
  { "person.form_of_address", "De heer", "mr", "Mr" },
  { "person.form_of_address", "Dhr.", "mr", "Mr" },
  { "person.form_of_address", "heer", "mr", "Mr" },
  { "person.form_of_address", "M", "mr", "Mr" },
  { "person.form_of_address", "Mevrouw", "mrs", "Mrs" },
  { "person.form_of_address", "Mw.", "mrs", "Mrs" },
  { "person.form_of_address", "mevr", "mrs", "Mrs" },
  { "person.form_of_address", "V", "mrs", "Mrs" },
  { "person.form_of_address", "onbekend", "unknown", "Unknown" },
  { "person.form_of_address", "hertog", "!", NULL },
  { "person.name_use", "Partner, eigen", "partner_own", "Partner’s name, own name" },
  { "person.name_use", "E", "own", "Own name" },
  { "person.name_use", "P", "partner", "Partner’s name" },
  { "person.name_use", "V", "partner_own", "Partner’s name, own name" },
  { "person.name_use", "N", "own_partner", "Own name, partner’s name" },
  { "person.stage", "Klant", "customer", "Customer" },
  { "person.stage", "CUSTOMER", "customer", "Customer" },
  { "person.stage", "Oud-klant", "former", "Former customer" },
  { "person.stage", "qualified", "qualified", "qualified" },
  { "person.tags", "b; a ;;b", "a;b", "a; b" },
  { "person.tags", " ; ", NULL, "" },
  { "activity.type", "Telefoongesprek", "call", "Call" },
  { "activity.type", "dansen", "!", NULL },
  { "person.phone", "06-1234 5678", "+31612345678", "06 12345678" },
  { "person.phone", "zie notitie", "zie notitie", "zie notitie", TRUE },
  { "person.phone", "06-1234567", "+3161234567", "06 1234567", TRUE },
  { "person.postcode", "1234 ab", "1234AB", "1234 AB" },
  { "person.postcode", "1234 SS", "1234 SS", "1234 SS", TRUE },
  { "person.country", "België", "BE", "Belgium" },
  { "person.country", "Atlantis", "Atlantis", "Atlantis", TRUE },
  { "person.language", "Nederlands", "nl", "Dutch" },
  { "person.email", "mailto:Jan@Bedrijf.Example", "Jan@bedrijf.example", "Jan@bedrijf.example" },
  { "person.email", "geen", "geen", "geen", TRUE },
  { "organisation.vat_number", "NL 0044.95.445.B01", "NL004495445B01", "NL004495445B01" },
  { "organisation.chamber_number", "1234.5678", "12345678", "12345678" },
  { "person.organisation", " 0190a1b2 ", "0190a1b2", "0190a1b2" },
};

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  const CrmField *field = find_field (one->field);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) check_error = NULL;
  g_autofree char *value = crm_value_parse (field, one->text, &error);
  g_autofree char *shown = NULL;
  g_autofree char *read = NULL;
  g_autofree char *again = NULL;

  if (g_strcmp0 (one->value, "!") == 0)
    {
      g_assert_error (error, CRM_MODEL_ERROR, CRM_MODEL_ERROR_VALUE);
      g_assert_nonnull (strstr (error->message, field->name));
      g_assert_null (value);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (value, ==, one->value);
  shown = crm_value_display (field, value);
  g_assert_cmpstr (shown, ==, one->shown);

  read = crm_value_parse (field, shown, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read, ==, value);
  again = crm_value_parse (field, value, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, value);

  g_assert_cmpint (crm_value_check (field, value, &check_error), ==, !one->fails);
  g_assert_cmpint (check_error != NULL, ==, one->fails);
}

static void
test_equal (void)
{
  g_assert_true (crm_value_equal (NULL, NULL));
  g_assert_true (crm_value_equal (NULL, ""));
  g_assert_true (crm_value_equal ("é", "e\xcc\x81"));
  g_assert_false (crm_value_equal ("a", NULL));
  g_assert_false (crm_value_equal ("a", "A"));
  g_assert_false (crm_value_equal ("é", "e"));
  g_assert_false (crm_value_equal ("\xff", "\xfe"));
}

/* For every field of every kind: what is parsed, shown and read again is the same value, and
 * hostile text is at most an error of one line. */
static void
test_hostile (void)
{
  static const char *const texts[] = { "\xff\xfe\x80",
                                       "\xe2\x80\xae"
                                       "abc",
                                       "a\nb\tc",
                                       ";;;",
                                       "'; DROP TABLE person; --",
                                       "=1+1",
                                       "\xef\xbb\xbf",
                                       "1e400",
                                       "-",
                                       "0",
                                       "12/03/24",
                                       "%s%n",
                                       "😀" };
  g_autofree char *large = g_strnfill (1 << 20, 'x');
  CrmModel *model = crm_model_get_default ();

  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    for (guint j = 0; j < crm_kind_get_n_fields (crm_model_get_kind (model, i)); j++)
      for (guint k = 0; k <= G_N_ELEMENTS (texts); k++)
        {
          const CrmField *field = crm_kind_get_field (crm_model_get_kind (model, i), j);
          const char *text = k < G_N_ELEMENTS (texts) ? texts[k] : large;
          g_autoptr (GError) error = NULL;
          g_autofree char *value = crm_value_parse (field, text, &error);
          g_autofree char *shown = crm_value_display (field, value);
          g_autofree char *read = error == NULL ? crm_value_parse (field, shown, NULL) : NULL;

          g_assert_true (value == NULL || (error == NULL && g_utf8_validate (value, -1, NULL)));
          g_assert_cmpstr (read, ==, value);
          if (error != NULL)
            {
              g_assert_null (strchr (error->message, '\n'));
              g_assert_cmpuint (strlen (error->message), <, 400);
            }
        }
}

/* Pitfall 28: what no server takes is refused where it is typed. */
static void
test_too_long (void)
{
  const CrmField *note = find_field ("person.note");
  g_autofree char *fits = g_strnfill (CRM_VALUE_MAX, 'x');
  g_autofree char *too_long = g_strnfill (CRM_VALUE_MAX + 1, 'x');
  g_autofree char *value = NULL;
  g_autoptr (GError) error = NULL;

  value = crm_value_parse (note, fits, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (value), ==, CRM_VALUE_MAX);
  g_assert_null (crm_value_parse (note, too_long, &error));
  g_assert_error (error, CRM_MODEL_ERROR, CRM_MODEL_ERROR_VALUE);
}

int
main (int argc, char *argv[])
{
  g_setenv ("CRM_NOW", "2026-03-01T08:00:00Z", TRUE);
  g_setenv ("TZ", "Europe/Amsterdam", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/value/case/%s/%u", cases[i].field, i);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/model/value/equal", test_equal);
  g_test_add_func ("/model/value/hostile", test_hostile);
  g_test_add_func ("/model/value/too-long", test_too_long);

  return g_test_run ();
}
