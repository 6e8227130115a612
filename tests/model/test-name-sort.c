#include "model/crm-name.h"

#include <string.h>

typedef struct
{
  CrmLocale locale;
  gboolean ij_as_y;
  const char *names; /* in their order, joined by "|" */
} List;

static const List lists[] = {
  /* The lists of the Dutch and Belgian rules. */
  { CRM_LOCALE_NL,
    FALSE,
    "Almere, Marijke van|Boer, P. den|Gogh, Vincent van|Persie, Robin van|Raamdonck|Rijn, "
    "van|Rutgers|"
    "Steenweg, Aïcha van den|Vlugt, Simone van der|Winkel, G. ter" },
  { CRM_LOCALE_NL,
    TRUE,
    "Almere, Marijke van|Boer, P. den|Gogh, Vincent van|Persie, Robin van|Raamdonck|Rutgers|Rijn, "
    "van|"
    "Steenweg, Aïcha van den|Vlugt, Simone van der|Winkel, G. ter" },
  { CRM_LOCALE_BE, FALSE, "Ter Winkel|Van Avermaet|Van Den Steenweg|Vanderlaan|Van Vilvoorde" },
  /* The same, written as one says them. */
  { CRM_LOCALE_NL,
    FALSE,
    "Marijke van Almere|P. den Boer|Vincent van Gogh|Robin van Persie|Raamdonck|Van Rijn|Rutgers|"
    "Aïcha van den Steenweg|Simone van der Vlugt|G. ter Winkel" },
  /* Ties: by prefix, then by initials. */
  { CRM_LOCALE_NL,
    FALSE,
    "Berg|Berg, van|Berg, A. van|Berg, B. van|Berg, van den|Berg, A. van den" },
  { CRM_LOCALE_NL, FALSE, "Vries, A. de|Vries, Anna de|Vries, B. de|Vries, Bert de" },
  /* A short name is before a longer one, and a double one before what only begins alike. */
  { CRM_LOCALE_NL, FALSE, "Berg|Berg-Jansen|Bergen|Bergman" },
  /* Neither case nor diacritics count. */
  { CRM_LOCALE_NL, FALSE, "Odijk|Özil|Ozinga" },
  { CRM_LOCALE_NL, FALSE, "ADAMS|Adèr|Ader, B.|adriaans" },
  { CRM_LOCALE_NL, FALSE, "Hart, 't|Hartman" },
  { CRM_LOCALE_NL, FALSE, "Meier|Meijer|Meyer" },
  { CRM_LOCALE_NL, TRUE, "Meier|Meijer|Meys" },
  { CRM_LOCALE_BE,
    FALSE,
    "De Smet|Desmet, Jan|De Smet, Piet|Van den Berghe|Vandenberghe, An|Van der Aa" },
};

static void
test_list (gconstpointer data)
{
  const List *list = data;
  g_auto (GStrv) names = g_strsplit (list->names, "|", -1);

  for (guint i = 0; names[i + 1] != NULL; i++)
    {
      g_autofree char *first = crm_name_dup_sort_key_for_text (names[i],
                                                               list->locale,
                                                               list->ij_as_y);
      g_autofree char *second = crm_name_dup_sort_key_for_text (names[i + 1],
                                                                list->locale,
                                                                list->ij_as_y);

      if (strcmp (first, second) >= 0)
        g_error ("“%s” sorts behind “%s”", names[i], names[i + 1]);
    }
}

static CrmRecord *
make (const char *kind, const char *field, const char *value)
{
  CrmRecord *record = crm_record_new (crm_model_find_kind (crm_model_get_default (), kind), NULL);

  if (field != NULL)
    crm_record_set (record, field, value);

  return record;
}

/* Records sort as their names in text do. */
static void
test_records (void)
{
  g_autoptr (CrmRecord) person = make ("person", "surname", "Vries");
  g_autofree char *key = NULL;
  g_autofree char *text_key = crm_name_dup_sort_key_for_text ("Vries, Jan de",
                                                              CRM_LOCALE_NL,
                                                              FALSE);
  g_autofree char *key_be = NULL;
  g_autofree char *text_key_be = crm_name_dup_sort_key_for_text ("De Vries, Jan",
                                                                 CRM_LOCALE_BE,
                                                                 FALSE);

  crm_record_set (person, "surname_prefix", "de");
  crm_record_set (person, "given_name", "Jan");
  key = crm_name_dup_sort_key (person, CRM_LOCALE_NL, FALSE);
  key_be = crm_name_dup_sort_key (person, CRM_LOCALE_BE, FALSE);
  g_assert_cmpstr (key, ==, text_key);
  g_assert_cmpstr (key_be, ==, text_key_be);
}

static void
test_other_kinds (void)
{
  static const char *const cases[][3] = {
    { "organisation", "name", "Bakker & Zn. B.V." },
    { "activity", "subject", "Bellen" },
    { "tag", "name", "Nieuwsbrief" },
    { "template", "name", "Zakelijke brief" },
    { "person", "email", "info@bedrijf.example" },
    { "person", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CrmRecord) record = make (cases[i][0], cases[i][1], cases[i][2]);
      g_autofree char *key = crm_name_dup_sort_key (record, CRM_LOCALE_NL, FALSE);

      g_assert_cmpuint (strlen (key), >, 3);
    }
}

static void
test_organisations (void)
{
  static const char *const names[] = { "Bakker", "Bakker & Zn.", "Bakker B.V.", "BakkerTechniek" };
  g_autofree char *last = g_strdup ("");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (CrmRecord) organisation = make ("organisation", "name", names[i]);
      char *key = crm_name_dup_sort_key (organisation, CRM_LOCALE_NL, FALSE);

      /* "&" is no letter, so Bakker Zn comes after Bakker BV. */
      if (i != 2)
        g_assert_cmpstr (last, <, key);
      g_free (last);
      last = key;
    }
}

static void
test_hostile (void)
{
  g_autofree char *large = g_strnfill (1 << 20, 'i');
  g_autofree char *key = crm_name_dup_sort_key_for_text (large, CRM_LOCALE_NL, TRUE);
  g_autofree char *odd = crm_name_dup_sort_key_for_text ("\xff,\x80 \xe2\x80\xae",
                                                         CRM_LOCALE_BE,
                                                         TRUE);
  g_autofree char *none = crm_name_dup_sort_key_for_text (NULL, CRM_LOCALE_NL, FALSE);

  g_assert_cmpuint (strlen (key), >=, 1 << 20);
  g_assert_true (g_utf8_validate (odd, -1, NULL));
  g_assert_nonnull (none);
}

/* 30,000 rows have to go within an import's budget; a test machine may be ten times slower. */
static void
test_speed (void)
{
  g_autoptr (CrmRecord) person = make ("person", "surname", "Vries");
  const gint64 start = g_get_monotonic_time ();
  double each;

  crm_record_set (person, "surname_prefix", "de");
  crm_record_set (person, "given_name", "Johannes");
  for (guint i = 0; i < 100000; i++)
    {
      g_autofree char *key = crm_name_dup_sort_key (person, CRM_LOCALE_NL, FALSE);

      g_assert_nonnull (key);
    }
  each = (double) (g_get_monotonic_time () - start) / 100000;
  g_test_minimized_result (each, "a sort key takes %.2f µs", each);
  g_assert_cmpfloat (each, <, 50);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/name-sort/list/%u", i);

      g_test_add_data_func (path, &lists[i], test_list);
    }
  g_test_add_func ("/model/name-sort/records", test_records);
  g_test_add_func ("/model/name-sort/other-kinds", test_other_kinds);
  g_test_add_func ("/model/name-sort/organisations", test_organisations);
  g_test_add_func ("/model/name-sort/hostile", test_hostile);
  g_test_add_func ("/model/name-sort/speed", test_speed);

  return g_test_run ();
}
