#include "crm-store-fixture.h"

#include "store/query/crm-query.h"
#include "store/query/crm-search-match.h"

/* Who is found before whom. A person is given name, prefix and surname, and partner's name. */
typedef struct
{
  const char *title;
  const char *values[16];
} Row;

static const Row persons[] = {
  { "Jan", { "given_name", "Jan", "surname_prefix", "de", "surname", "Vries" } },
  { "Dennis", { "given_name", "Dennis", "surname", "Vriesema", "street", "Kerkstraat" } },
  { "Double", { "given_name", "Jan", "surname_prefix", "van den", "surname", "Bakker-de Vries" } },
  { "Partner",
    { "given_name",
      "Anna",
      "surname",
      "Zwart",
      "partner_prefix",
      "de",
      "partner_surname",
      "Vries",
      "name_use",
      "partner" } },
  { "Maiden",
    { "given_name",
      "Ans",
      "surname_prefix",
      "de",
      "surname",
      "Vries",
      "partner_surname",
      "Aal",
      "name_use",
      "partner",
      "street",
      "Kerkstraat",
      "house_number",
      "12" } },
  { "Neill",
    { "given_name",
      "Sean",
      "surname",
      "O'Neill",
      "street",
      "Kerkstraat",
      "house_number",
      "12",
      "house_letter",
      "a" } },
};

static const Row organisations[] = {
  { "Accountants", { "name", "Accountants Vries" } },
  { "Bouw", { "name", "De Vries Bouw" } },
  { "Bakker", { "name", "Bakker Techniek" } },
  { "Techniek", { "name", "Techniek Bakker" } },
  { "Aanvriezen", { "name", "Aanvriesmeesters B.V." } },
};

static void
add_row (CrmStoreFixture *fixture, const char *kind, const Row *row)
{
  g_autoptr (CrmRecord) record = crm_record_new (crm_store_fixture_get_kind (fixture, kind), NULL);

  for (guint i = 0; row->values[i] != NULL; i += 2)
    crm_record_set (record, row->values[i], row->values[i + 1]);
  crm_record_set (record, "number", row->title);
  g_free (crm_store_fixture_put (fixture, record));
}

static void
set_up (CrmStoreFixture *fixture, gconstpointer unused)
{
  crm_store_fixture_set_up (fixture, unused);
  for (guint i = 0; i < G_N_ELEMENTS (persons); i++)
    add_row (fixture, "person", &persons[i]);
  for (guint i = 0; i < G_N_ELEMENTS (organisations); i++)
    add_row (fixture, "organisation", &organisations[i]);
}

static void
assert_found (CrmStoreFixture *fixture, const char *text, const char *expected)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GString) found = g_string_new (NULL);

  crm_query_set_text (query, text);
  records = crm_replica_list (fixture->replica, query, 0, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (found,
                            i > 0 ? " %s" : "%s",
                            crm_record_peek (records->pdata[i], "number"));

  if (!g_str_equal (found->str, expected))
    g_test_fail_printf ("“%s” finds %s instead of %s", text, found->str, expected);
  g_assert_cmpint (crm_replica_count (fixture->replica, query, NULL, &error), ==, records->len);
  g_assert_no_error (error);
}

static void
test_main_first (CrmStoreFixture *fixture, gconstpointer unused)
{
  assert_found (fixture, "vries", "Bouw Partner Jan Dennis Maiden Accountants Double Aanvriezen");
  assert_found (fixture, "vriese", "Dennis");
  assert_found (fixture, "oneill", "Neill");
  assert_found (fixture, "o'nei", "Neill");
  assert_found (fixture, "bakker", "Double Bakker Techniek");
  assert_found (fixture, "bakker tech", "Bakker Techniek");
}

static void
test_prefix_first (CrmStoreFixture *fixture, gconstpointer unused)
{
  static const char *const texts[] = { "de vries", "Vries, de", "De  Vries" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_found (fixture, texts[i], "Bouw Partner Jan Dennis Maiden Double");
  assert_found (fixture, "devries", "Bouw Partner Jan Maiden Double");
  assert_found (fixture, "jan de vries", "Jan Double");
  assert_found (fixture, "Vries, Jan de", "Jan Double");
  assert_found (fixture, "jan vries", "Jan Double");
  assert_found (fixture, "anna de v", "Partner");
}

/* Every class finds what the one before it finds, and no row stands twice. */
static void
test_growing (CrmStoreFixture *fixture, gconstpointer unused)
{
  static const char *const texts[] = { "jan van den bakker-de vries",
                                       "o'neill sean",
                                       "de vries bouw" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (long n = 1; n <= g_utf8_strlen (texts[i], -1); n++)
      {
        g_autofree char *typed = g_utf8_substring (texts[i], 0, n);
        g_autoptr (CrmQuery) query = crm_query_new ("relation");
        g_autoptr (GError) error = NULL;
        g_autoptr (GPtrArray) records = NULL;

        crm_query_set_text (query, typed);
        records = crm_replica_list (fixture->replica, query, 0, NULL, &error);
        g_assert_no_error (error);
        g_assert_cmpuint (records->len, >, 0);
        g_assert_cmpint (crm_replica_count (fixture->replica, query, NULL, &error),
                         ==,
                         records->len);
        g_assert_no_error (error);
      }
}

static void
test_house_number (CrmStoreFixture *fixture, gconstpointer unused)
{
  assert_found (fixture, "kerkstraat 12", "Maiden Neill");
  assert_found (fixture, "kerkstraat 12a", "Neill");
  assert_found (fixture, "kerkstraat 13", "");
}

static void
test_classes (void)
{
  g_autoptr (CrmSearchMatch) one = crm_search_match_new ("vries");
  g_autoptr (CrmSearchMatch) two = crm_search_match_new ("vries, de");
  g_autofree char *alone = crm_search_match_dup_class (one, CRM_SEARCH_CLASS_JOINED);
  g_autofree char *main_word = crm_search_match_dup_class (one, CRM_SEARCH_CLASS_MAIN);
  g_autofree char *joined = crm_search_match_dup_class (two, CRM_SEARCH_CLASS_JOINED);

  g_assert_null (alone);
  g_assert_cmpstr (main_word, ==, "(\"\1\6vries\")");
  g_assert_true (g_str_has_prefix (joined, "(\"\1\6devries\") AND "));
  g_assert_null (crm_search_match_new (" ,.- "));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, test)                                                                            \
  g_test_add (path, CrmStoreFixture, NULL, set_up, test, crm_store_fixture_tear_down)
  ADD ("/store/search-match/main-first", test_main_first);
  ADD ("/store/search-match/prefix-first", test_prefix_first);
  ADD ("/store/search-match/growing", test_growing);
  ADD ("/store/search-match/house-number", test_house_number);
#undef ADD
  g_test_add_func ("/store/search-match/classes", test_classes);

  return g_test_run ();
}
