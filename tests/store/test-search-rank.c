#include "store/query/crm-search-rank.h"

#include "crm-store-fixture.h"
#include "store/demo/crm-demo.h"
#include "store/query/crm-query-plan-private.h"
#include "store/query/crm-search-index-private.h"

#define N_RELATIONS 400

static const char *const texts[] = {
  "de vries",     "Vries, de",    "jan de boer", "bakker tech", "van den berg",   "06-12",
  "+31 6 12",     "6711 ab",      "b.v.",        "jan b",       "pieter utrecht", "hoekstra e",
  "bouw vip",     "o'neill anna", "de de",       "e e",         "van van der",    "info voorbeeld",
  "Berg, J. van", "straat 1 a"
};

/* The rows of all segments but the first, one after the other. */
static void
walk_segments (const CrmQueryPlan *plan, GArray *rows)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i < plan->segments->len; i++)
    {
      g_autoptr (CrmStmt) stmt = crm_query_plan_walk (plan, i, NULL, 0, -1, FALSE, &error);

      g_assert_no_error (error);
      while (crm_stmt_step (stmt, &error) == CRM_STEP_ROW)
        {
          const CrmQueryHit row = { i,
                                    crm_stmt_get_int64 (stmt, 1),
                                    (guint) crm_stmt_get_int64 (stmt, 2),
                                    crm_stmt_get_int64 (stmt, 3) };

          g_array_append_val (rows, row);
        }
      g_assert_no_error (error);
    }
}

static guint
compare (CrmStoreFixture *fixture, const char *text)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (GArray) walked = g_array_new (FALSE, FALSE, sizeof (CrmQueryHit));
  g_autoptr (GArray) hits = NULL;
  g_autoptr (CrmQueryPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  crm_query_set_text (query, text);
  plan = crm_query_plan_new (fixture->replica, query, &error);
  g_assert_no_error (error);
  g_assert_true (crm_query_plan_rank (plan, 1, &hits, &error));
  g_assert_no_error (error);
  if (plan->rank == NULL)
    return 0;

  g_assert_nonnull (hits);
  walk_segments (plan, walked);
  g_assert_cmpuint (hits->len, ==, walked->len);
  for (guint i = 0; i < hits->len; i++)
    {
      const CrmQueryHit *hit = &g_array_index (hits, CrmQueryHit, i);
      const CrmQueryHit *row = &g_array_index (walked, CrmQueryHit, i);

      if (hit->segment != row->segment || hit->ord != row->ord)
        g_error ("“%s”: row %u is in class %u, not %u", text, i, hit->segment, row->segment);
      g_assert_cmpuint (hit->kind, ==, row->kind);
      g_assert_cmpint (hit->nr, ==, row->nr);
    }

  return hits->len;
}

static void
set_up (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  crm_store_fixture_set_up (fixture, unused);
  crm_demo_fill (fixture->replica, N_RELATIONS, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* One walk gives every row the class that the walks of the classes give it, as one types. */
static void
test_same (CrmStoreFixture *fixture, gconstpointer unused)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (long length = 1; length <= g_utf8_strlen (texts[i], -1); length++)
      {
        g_autofree char *typed = g_utf8_substring (texts[i], 0, length);

        n += compare (fixture, typed);
      }
  g_assert_cmpuint (n, >, 1000);
}

/* Words of the demo's own names, two or three at random. */
static void
test_random (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = crm_replica_list (fixture->replica, query, 0, NULL, &error);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  g_assert_no_error (error);
  for (guint i = 0; i < 200; i++)
    {
      CrmRecord *record = records->pdata[g_rand_int_range (random, 0, (gint) records->len)];
      g_autofree char *title = crm_record_dup_title (record);
      const char *city = crm_record_peek (record, "city");
      g_autofree char *text = g_strdup_printf ("%s %s", title, city != NULL ? city : "");

      compare (fixture, title);
      compare (fixture, text);
    }
}

/* A pasted page is left to the classes. */
static void
test_long (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmSearchMatch) many = crm_search_match_new ("een twee drie vier vijf zes zeven acht "
                                                          "negen tien elf twaalf dertien");
  g_autoptr (CrmSearchMatch) one = crm_search_match_new ("een");

  g_assert_null (crm_search_rank_new (many));
  g_assert_null (crm_search_rank_new (one));
}

static gint64
count (CrmStoreFixture *fixture, const char *text)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (GError) error = NULL;
  gint64 n;

  crm_query_set_text (query, text);
  n = crm_replica_count (fixture->replica, query, NULL, &error);
  g_assert_no_error (error);

  return n;
}

/* It comes to an end, finds the same, and has nothing to do a second time. */
static void
test_tidy (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 before[G_N_ELEMENTS (texts)];
  gboolean more = TRUE;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    before[i] = count (fixture, texts[i]);
  for (; more; n++)
    {
      g_assert_cmpuint (n, <, 1000);
      g_assert_true (crm_search_index_tidy (fixture->replica, &more, &error));
      g_assert_no_error (error);
    }
  g_assert_true (crm_search_index_tidy (fixture->replica, &more, &error));
  g_assert_false (more);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (count (fixture, texts[i]), ==, before[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path, CrmStoreFixture, NULL, set_up, func, crm_store_fixture_tear_down)
  ADD ("/store/search-rank/same", test_same);
  ADD ("/store/search-rank/random", test_random);
  ADD ("/store/search-rank/long", test_long);
  ADD ("/store/search-rank/tidy", test_tidy);
#undef ADD

  return g_test_run ();
}
