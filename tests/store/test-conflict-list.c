/* The list of what waits, in the order and the parts in which people see it. */
#include "crm-pull-fixture.h"

#include "store/sync/crm-conflict.h"

#define PERSON "01234567-0000-7000-8000-000000000001"
#define MANY   25

typedef CrmStoreFixture Fixture;

/* Conflicts of one city each; every fifth begins an action. */
static void
pull_many (Fixture *fixture)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  crm_pull_fixture_row (writer, PERSON, 10, TRUE, "surname=Jansen@10;city=Ede@10");
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("01234567-0000-7000-8000-0000000001%02x", i);
      g_autofree char *spec = NULL;

      spec = g_strdup_printf ("type=field@11;record=" PERSON "@11;record_kind=person@11;"
                              "field=city@11;kept=Ede@11;late=Goor@11;action_group=g%u@11;"
                              "state=%s@11;at=2026-03-%02uT08:00:00Z@11",
                              i / 5,
                              i == 3 ? "resolved" : "open",
                              i + 1);
      crm_pull_fixture_row_of (writer, "conflict", id, 11, TRUE, spec);
    }
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c20", 20));
}

static GPtrArray *
list_page (Fixture *fixture, gboolean resolved, guint offset, guint limit, guint n_all)
{
  g_autoptr (GError) error = NULL;
  guint n = G_MAXUINT;
  GPtrArray *items = crm_replica_page_conflicts (fixture->replica,
                                                 resolved,
                                                 offset,
                                                 limit,
                                                 &n,
                                                 &error);

  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, n_all);

  return items;
}

static void
assert_item (const CrmConflict *item, const CrmConflict *same, guint place)
{
  g_autofree char *group = g_strdup_printf ("g%u", place < MANY - 1 ? 4 - place / 5 : 0);

  g_assert_cmpstr (item->id, ==, same->id);
  g_assert_cmpstr (item->title, ==, "Jansen");
  g_assert_cmpstr (item->group, ==, group);
  g_assert_cmpint (item->open, ==, place < MANY - 1);
}

/* Pages of whatever size make up the list; each action stands together, the newest first. */
static void
test_pages (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) whole = NULL;
  g_autoptr (GPtrArray) past = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_auto (GStrv) ids = NULL;

  pull_many (fixture);
  whole = crm_replica_list_conflicts (fixture->replica, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (whole->len, ==, MANY);
  for (guint n = 0; n < MANY; n += 7)
    {
      g_autoptr (GPtrArray) page = list_page (fixture, TRUE, n, 7, MANY);

      g_assert_cmpuint (page->len, ==, MIN (7, MANY - n));
      for (guint i = 0; i < page->len; i++)
        assert_item (page->pdata[i], whole->pdata[n + i], n + i);
    }

  past = list_page (fixture, FALSE, MANY, 7, MANY - 1);
  g_assert_cmpuint (past->len, ==, 0);
  none = list_page (fixture, FALSE, 0, 0, MANY - 1);
  g_assert_cmpuint (none->len, ==, 0);
  ids = crm_replica_list_conflict_ids (fixture->replica, "g0", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (ids), ==, 4);
  g_assert_cmpstr (ids[3], ==, "01234567-0000-7000-8000-000000000104");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/store/conflict-list/pages",
              Fixture,
              NULL,
              crm_store_fixture_set_up,
              test_pages,
              crm_store_fixture_tear_down);

  return g_test_run ();
}
