#include "crm-store-fixture.h"

#include "store/crm-replica-private.h"
#include "store/query/crm-query.h"

#include <sqlite3.h>

/* A small company: each row is kind, then pairs of field and value; "@n" links to the n-th row. */
typedef struct
{
  const char *kind;
  const char *values[16];
} Row;

static const Row rows[] = {
  { "organisation",
    { "name", "Bakker Techniek B.V.", "city", "Ede", "postcode", "6711AB", "stage", "customer" } },
  { "person",
    { "given_name",
      "Jan",
      "surname_prefix",
      "de",
      "surname",
      "Vries",
      "organisation",
      "@0",
      "city",
      "Ede",
      "phone",
      "+31612345678",
      "email",
      "jan@bakker.example" } },
  { "person",
    { "given_name",
      "Renée",
      "surname",
      "Özil",
      "city",
      "'s-Hertogenbosch",
      "postcode",
      "5211ZZ",
      "note",
      "Belt altijd over fietsen",
      "tags",
      "klant;vip" } },
  { "person",
    { "given_name",
      "Piet",
      "surname",
      "Aalders",
      "city",
      "Amsterdam",
      "email",
      "vries@example.org",
      "last_activity",
      "2026-02-01",
      "tags",
      "vipkaart" } },
  { "person", { "given_name", "Vriesje", "surname", "Zwart", "last_activity", "2025-01-31" } },
  { "organisation", { "name", "De Vries & Zonen", "city", "Zwolle", "parent", "@0" } },
  { "activity", { "type", "call", "subject", "Offerte bellen", "relation", "@1" } },
  { "activity",
    { "type", "task", "subject", "Nazorg", "relation", "@5", "due", "2026-03-01T23:30:00Z" } },
};

static char *ids[G_N_ELEMENTS (rows)];

static void
fill_row (CrmStoreFixture *fixture, guint index)
{
  const Row *row = &rows[index];
  g_autoptr (CrmRecord)
      record = crm_record_new (crm_store_fixture_get_kind (fixture, row->kind), NULL);

  for (guint i = 0; row->values[i] != NULL; i += 2)
    {
      const char *value = row->values[i + 1];

      if (value[0] == '@')
        value = ids[g_ascii_digit_value (value[1])];
      crm_record_set (record, row->values[i], value);
    }

  g_set_str (&ids[index], crm_record_get_id (record));
  g_free (crm_store_fixture_put (fixture, record));
}

static void
set_up (CrmStoreFixture *fixture, gconstpointer unused)
{
  crm_store_fixture_set_up (fixture, unused);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    fill_row (fixture, i);
}

static void
tear_down (CrmStoreFixture *fixture, gconstpointer unused)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_clear_pointer (&ids[i], g_free);
  crm_store_fixture_tear_down (fixture, unused);
}

/* The numbers of the rows that the query gives, in its order: "1 5 3". */
static char *
run (CrmStoreFixture *fixture, const CrmQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = crm_replica_list (fixture->replica, query, 0, NULL, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
      if (g_str_equal (crm_record_get_id (records->pdata[i]), ids[k]))
        g_string_append_printf (text, text->len > 0 ? " %u" : "%u", k);

  g_assert_cmpint (crm_replica_count (fixture->replica, query, NULL, &error), ==, records->len);
  g_assert_no_error (error);

  return g_string_free_and_steal (text);
}

static void
assert_query (CrmStoreFixture *fixture,
              const char *kinds,
              const char *where,
              const char *text,
              const char *sort,
              const char *expected)
{
  g_autoptr (CrmQuery) query = crm_query_new (kinds);
  g_autoptr (CrmExpr) expr = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  if (where != NULL)
    expr = crm_expr_parse (where, &error);
  g_assert_no_error (error);
  crm_query_set_where (query, expr);
  crm_query_set_text (query, text);
  if (sort != NULL)
    crm_query_set_sort (query, sort + (sort[0] == '-'), sort[0] == '-');

  found = run (fixture, query);
  if (!g_str_equal (found, expected))
    g_test_fail_printf ("%s where %s text %s sort %s: %s instead of %s",
                        kinds,
                        where,
                        text,
                        sort,
                        found,
                        expected);
}

static void
test_order (CrmStoreFixture *fixture, gconstpointer unused)
{
  assert_query (fixture, "relation", NULL, NULL, NULL, "3 0 5 2 1 4");
  assert_query (fixture, "person", NULL, NULL, NULL, "3 2 1 4");
  assert_query (fixture, "organisation", NULL, NULL, NULL, "0 5");
  /* Filled first in both directions, then the empty ones. */
  assert_query (fixture, "relation", NULL, NULL, "last_activity", "4 3 0 5 2 1");
  assert_query (fixture, "relation", NULL, NULL, "-last_activity", "3 4 1 2 5 0");
  assert_query (fixture, "relation", NULL, NULL, "city", "2 3 0 1 5 4");
  assert_query (fixture, "person", NULL, NULL, "organisation", "1 3 2 4");
  assert_query (fixture, "person", NULL, NULL, "given_name", "1 3 2 4");
  assert_query (fixture, "activity", NULL, NULL, NULL, "7 6");
  assert_query (fixture, "activity", NULL, NULL, "due", "7 6");
  /* What does not exist sorts by name. */
  assert_query (fixture, "relation", NULL, NULL, "nothing", "3 0 5 2 1 4");
}

static void
test_where (CrmStoreFixture *fixture, gconstpointer unused)
{
  assert_query (fixture, "relation", "city = \"ede\"", NULL, NULL, "0 1");
  assert_query (fixture, "relation", "city != \"EDE\"", NULL, NULL, "3 5 2 4");
  assert_query (fixture, "relation", "city = \"\"", NULL, NULL, "4");
  assert_query (fixture, "relation", "city ~ \"hertogen\"", NULL, NULL, "2");
  assert_query (fixture, "relation", "surname = \"ozil\"", NULL, NULL, "2");
  assert_query (fixture, "relation", "not surname = \"ozil\"", NULL, NULL, "3 0 5 1 4");
  assert_query (fixture, "relation", "tags = \"VIP\"", NULL, NULL, "2");
  assert_query (fixture, "relation", "tags ~ \"vip\"", NULL, NULL, "3 2");
  assert_query (fixture, "person", "tags = \"\"", NULL, NULL, "1 4");
  assert_query (fixture, "relation", "last_activity >= 2026-01-01", NULL, NULL, "3");
  assert_query (fixture, "person", "last_activity < 2026-01-01", NULL, NULL, "2 1 4");
  assert_query (fixture,
                "relation",
                "(city = \"Ede\" or city = \"Zwolle\") and not name = \"\"",
                NULL,
                NULL,
                "0 5 1");
  assert_query (fixture, "relation", "name = \"\"", NULL, NULL, "");
}

/* As people write it, not as it is stored. */
static void
test_notation (CrmStoreFixture *fixture, gconstpointer unused)
{
  assert_query (fixture, "relation", "phone = \"06-1234 5678\"", NULL, NULL, "1");
  assert_query (fixture, "person", "phone != \"06-1234 5678\"", NULL, NULL, "3 2 4");
  assert_query (fixture, "relation", "postcode = \"5211 zz\"", NULL, NULL, "2");
  assert_query (fixture, "relation", "organisation.postcode = \"6711 ab\"", NULL, NULL, "1");
  assert_query (fixture, "relation", "stage = \"klant\"", NULL, NULL, "0");
  assert_query (fixture, "relation", "phone = \"nonsense\"", NULL, NULL, "");
}

static int
count_cb (gpointer data)
{
  (*(guint *) data)++;

  return 0;
}

/* Steps of the engine, in hundreds: the same on every machine. */
static guint
measure (CrmStoreFixture *fixture, const char *where, const char *expected)
{
  sqlite3 *handle = crm_db_get_handle (crm_replica_get_db (fixture->replica));
  guint n = 0;

  sqlite3_progress_handler (handle, 100, count_cb, &n);
  assert_query (fixture, "relation", where, NULL, NULL, expected);
  sqlite3_progress_handler (handle, 0, NULL, NULL);

  return n;
}

/* Numbers are looked up, whatever the number of relations; what is no number is compared. */
static void
test_looked_up (CrmStoreFixture *fixture, gconstpointer unused)
{
  const guint few = measure (fixture, "phone = \"06-1234 5678\"", "1");
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmAction) action = crm_action_begin (fixture->replica, "import", NULL, &error);
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (CrmExpr) where = NULL;

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *surname = g_strdup_printf ("Bos %u", i);
      g_autoptr (CrmRecord) person = crm_store_fixture_new_person (fixture, surname, "Ede");

      crm_record_set (person, "phone", i == 0 ? "Bel Özil" : "+31201234567");
      g_assert_true (crm_action_put (action, person, &error));
    }
  g_assert_true (crm_action_finish (action, NULL, &error));
  g_assert_no_error (error);

  g_assert_cmpuint (measure (fixture, "phone = \"06-1234 5678\"", "1"), <=, 2 * few + 10);
  where = crm_expr_parse ("phone = \"bel ozil\"", &error);
  g_assert_no_error (error);
  crm_query_set_where (query, where);
  g_assert_cmpint (crm_replica_count (fixture->replica, query, NULL, &error), ==, 1);
}

static void
test_links (CrmStoreFixture *fixture, gconstpointer unused)
{
  assert_query (fixture, "person", "organisation.city = \"ede\"", NULL, NULL, "1");
  assert_query (fixture, "relation", "organisation.postcode = \"6711AB\"", NULL, NULL, "1");
  assert_query (fixture, "relation", "parent.name ~ \"techniek\"", NULL, NULL, "5");
  assert_query (fixture, "person", "organisation = \"Bakker Techniek B.V.\"", NULL, NULL, "1");
  assert_query (fixture, "person", "organisation ~ \"techniek\"", NULL, NULL, "1");
  assert_query (fixture, "person", "organisation != \"bakker techniek b.v.\"", NULL, NULL, "3 2 4");
  assert_query (fixture, "activity", "relation.city = \"Ede\"", NULL, NULL, "6");
  assert_query (fixture, "activity", "relation.name ~ \"zonen\"", NULL, NULL, "7");
  assert_query (fixture, "person", "organisation.nothing = \"x\"", NULL, NULL, "");
}

static void
test_link_by_id (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autofree char *is = g_strdup_printf ("organisation = \"%s\"", ids[0]);
  g_autofree char *is_not = g_strdup_printf ("organisation != \"%s\"", ids[0]);
  g_autofree char *neither = g_strdup_printf ("not organisation = \"%s\"", ids[0]);

  assert_query (fixture, "person", is, NULL, NULL, "1");
  assert_query (fixture, "person", is_not, NULL, NULL, "3 2 4");
  assert_query (fixture, "person", neither, NULL, NULL, "3 2 4");
}

/* A day is a day of this laptop: 23:30 UTC on the first of March is the second in Amsterdam. */
static void
test_days (CrmStoreFixture *fixture, gconstpointer unused)
{
  assert_query (fixture, "activity", "due = 2026-03-02", NULL, NULL, "7");
  assert_query (fixture, "activity", "due = 2026-03-01", NULL, NULL, "");
  assert_query (fixture, "activity", "due > 2026-03-01", NULL, NULL, "7");
  assert_query (fixture, "activity", "due <= 2026-03-01", NULL, NULL, "6");
  assert_query (fixture, "activity", "due = \"\"", NULL, NULL, "6");
  assert_query (fixture, "relation", "last_activity > today", NULL, NULL, "");
}

static void
test_text (CrmStoreFixture *fixture, gconstpointer unused)
{
  /* Starts of names by name, then the one whose e-mail has it. */
  assert_query (fixture, "relation", NULL, "vries", NULL, "5 1 4 3");
  assert_query (fixture, "relation", NULL, "de vries", NULL, "5 1");
  assert_query (fixture, "relation", NULL, "devries", NULL, "5 1");
  assert_query (fixture, "relation", NULL, "Vries, de", NULL, "5 1");
  assert_query (fixture, "relation", NULL, "VRIES jan", NULL, "1");
  assert_query (fixture, "relation", NULL, "ozil", NULL, "2");
  assert_query (fixture, "relation", NULL, "renee", NULL, "2");
  assert_query (fixture, "relation", NULL, "akke", NULL, "0 5 1");
  assert_query (fixture, "relation", NULL, "bv", NULL, "0 5 1");
  assert_query (fixture, "relation", NULL, "fiets", NULL, "2");
  assert_query (fixture, "relation", NULL, "xyzzy", NULL, "");
  assert_query (fixture, "relation", NULL, " ,. ", NULL, "3 0 5 2 1 4");
  assert_query (fixture, "relation", NULL, "\"vries\" AND (zz", NULL, "");
}

static void
test_numbers (CrmStoreFixture *fixture, gconstpointer unused)
{
  static const char *const phones[] = { "0612345678", "06-1234", "06 12 34 56 78",
                                        "+31 6 12",   "0031612", "+31 (0)6 1234",
                                        "345678",     "2345",    "06" };

  for (guint i = 0; i < G_N_ELEMENTS (phones); i++)
    assert_query (fixture, "relation", NULL, phones[i], NULL, "1");
  assert_query (fixture, "relation", NULL, "6711AB", NULL, "0");
  assert_query (fixture, "relation", NULL, "6711 ab", NULL, "0");
  assert_query (fixture, "relation", NULL, "6711", NULL, "0");
  assert_query (fixture, "relation", NULL, "bakker 6711 a", NULL, "0");
}

static void
test_text_and_more (CrmStoreFixture *fixture, gconstpointer unused)
{
  assert_query (fixture, "relation", "city = \"Ede\"", "vries", NULL, "1");
  assert_query (fixture, "person", NULL, "vries", NULL, "1 4 3");
  assert_query (fixture, "relation", NULL, "vries", "city", "3 1 5 4");
  assert_query (fixture, "relation", NULL, "vries", "-last_activity", "3 4 1 5");
  assert_query (fixture, "activity", NULL, "offerte", NULL, "6");
  assert_query (fixture, "activity", "type = \"task\"", "naz", NULL, "7");
}

/* The index follows what happens to a record and to what it points at. */
static void
test_changes (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) bakker = crm_replica_get (fixture->replica, ids[0], &error);
  g_autoptr (CrmRecord) piet = crm_replica_get (fixture->replica, ids[3], &error);
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.delete");
  g_autoptr (CrmUndoResult) undone = NULL;

  g_free (crm_store_fixture_set (fixture, bakker, "name", "Slager Zagen"));
  assert_query (fixture, "relation", NULL, "bakker", NULL, "1");
  assert_query (fixture, "relation", NULL, "slager", NULL, "0 5 1");
  g_free (crm_store_fixture_set (fixture, piet, "surname", "Zwaan"));
  assert_query (fixture, "relation", NULL, NULL, NULL, "5 2 0 1 3 4");
  assert_query (fixture, "relation", NULL, "aalders", NULL, "");
  assert_query (fixture, "relation", NULL, "zwaan", NULL, "3");

  crm_change_set_delete (set, crm_record_get_kind (piet), ids[3]);
  g_assert_true (crm_replica_apply (fixture->replica, set, NULL, &error));
  assert_query (fixture, "relation", NULL, "zwaan", NULL, "");
  assert_query (fixture, "relation", NULL, NULL, NULL, "5 2 0 1 4");

  undone = crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_query (fixture, "relation", NULL, "zwaan", NULL, "3");
}

static void
test_errors (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CrmQuery) unknown = crm_query_new ("unicorn");
  g_autoptr (CrmQuery) mixed = crm_query_new ("person|activity");
  g_autoptr (CrmQuery) good = crm_query_new ("relation");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (crm_replica_count (fixture->replica, unknown, NULL, &error), ==, -1);
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_null (crm_replica_list (fixture->replica, mixed, 0, NULL, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (crm_replica_list (fixture->replica, good, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
stop_at_second_cb (CrmRecord *record, gpointer user_data)
{
  return ++*(guint *) user_data < 2;
}

static void
test_each_stops (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (GPtrArray) three = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_true (crm_replica_each (fixture->replica,
                                   query,
                                   0,
                                   stop_at_second_cb,
                                   &n,
                                   NULL,
                                   &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 2);

  three = crm_replica_list (fixture->replica, query, 3, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (three->len, ==, 3);
}

static void
test_equal (void)
{
  g_autoptr (CrmQuery) a = crm_query_new ("relation");
  g_autoptr (CrmQuery) b = crm_query_new ("person|organisation");
  g_autoptr (CrmExpr) where = crm_expr_parse ("city = \"Ede\"", NULL);
  g_autoptr (CrmQuery) copy = NULL;

  g_assert_true (crm_query_equal (a, b));
  crm_query_set_text (b, "");
  g_assert_true (crm_query_equal (a, b));
  crm_query_set_sort (b, "city", FALSE);
  g_assert_false (crm_query_equal (a, b));
  crm_query_set_sort (a, "city", TRUE);
  g_assert_false (crm_query_equal (a, b));
  crm_query_set_where (a, where);
  copy = crm_query_copy (a);
  g_assert_true (crm_query_equal (a, copy));
  crm_query_set_where (copy, NULL);
  g_assert_false (crm_query_equal (a, copy));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func) g_test_add (path, CrmStoreFixture, NULL, set_up, func, tear_down)
  ADD ("/store/query/order", test_order);
  ADD ("/store/query/where", test_where);
  ADD ("/store/query/notation", test_notation);
  ADD ("/store/query/looked-up", test_looked_up);
  ADD ("/store/query/links", test_links);
  ADD ("/store/query/link-by-id", test_link_by_id);
  ADD ("/store/query/days", test_days);
  ADD ("/store/query/text", test_text);
  ADD ("/store/query/numbers", test_numbers);
  ADD ("/store/query/text-and-more", test_text_and_more);
  ADD ("/store/query/changes", test_changes);
  ADD ("/store/query/errors", test_errors);
  ADD ("/store/query/each-stops", test_each_stops);
#undef ADD
  g_test_add_func ("/store/query/equal", test_equal);

  return g_test_run ();
}
