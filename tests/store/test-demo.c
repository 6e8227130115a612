#include "crm-store-fixture.h"

#include "model/crm-value.h"
#include "store/demo/crm-demo.h"
#include "store/query/crm-query.h"

#include <string.h>

static void
fill (CrmStoreFixture *fixture, guint n)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_demo_fill (fixture->replica, n, NULL, NULL, &error));
  g_assert_no_error (error);
}

static GPtrArray *
list (CrmStoreFixture *fixture, const char *kinds, const char *where)
{
  g_autoptr (CrmQuery) query = crm_query_new (kinds);
  g_autoptr (CrmExpr) expr = where != NULL ? crm_expr_parse (where, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *records;

  crm_query_set_where (query, expr);
  records = crm_replica_list (fixture->replica, query, 0, NULL, &error);
  g_assert_no_error (error);

  return records;
}

static guint
count (CrmStoreFixture *fixture, const char *kinds, const char *where)
{
  g_autoptr (GPtrArray) records = list (fixture, kinds, where);

  return records->len;
}

static void
test_kinds (CrmStoreFixture *fixture, gconstpointer unused)
{
  fill (fixture, 300);
  g_assert_cmpuint (count (fixture, "organisation", NULL), ==, 100);
  g_assert_cmpuint (count (fixture, "person", NULL), ==, 200);
  g_assert_cmpuint (count (fixture, "tag", NULL), ==, 8);
  g_assert_cmpuint (count (fixture, "activity", NULL), >, 300);
  /* Most people work somewhere, and everybody can be written to. */
  g_assert_cmpuint (count (fixture, "person", "organisation != \"\""), >, 100);
  g_assert_cmpuint (count (fixture, "person", "city = \"\" and not organisation.city != \"\""),
                    ==,
                    0);
  g_assert_cmpuint (count (fixture, "activity", "relation = \"\""), ==, 0);
}

/* The story ends before today; what is to be done is of this week. */
static void
test_days (CrmStoreFixture *fixture, gconstpointer unused)
{
  fill (fixture, 300);
  g_assert_cmpuint (count (fixture, "activity", "done > today"), ==, 0);
  g_assert_cmpuint (count (fixture, "activity", "due < today-7 and due != \"\""), ==, 0);
  g_assert_cmpuint (count (fixture, "activity", "due > today+7"), ==, 0);
  g_assert_cmpuint (count (fixture, "activity", "type = \"task\""), >, 10);
  g_assert_cmpuint (count (fixture, "activity", "done < today-548 and done != \"\""), ==, 0);
  g_assert_cmpuint (count (fixture, "relation", "last_activity = \"\""), >, 20);
}

/* Everything a field can be checked for is right, and nothing leads to somebody real. */
static void
test_values (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) records = NULL;

  fill (fixture, 300);
  records = list (fixture, "relation", NULL);
  for (guint i = 0; i < records->len; i++)
    {
      const CrmKind *kind = crm_record_get_kind (records->pdata[i]);
      const char *email = crm_record_get (records->pdata[i], "email");

      g_assert_true (g_str_has_suffix (email, ".example"));
      for (guint k = 0; k < crm_kind_get_n_fields (kind); k++)
        {
          const char *value = crm_record_get_at (records->pdata[i], k);
          g_autoptr (GError) error = NULL;

          if (value != NULL)
            crm_value_check (crm_kind_get_field (kind, k), value, &error);
          g_assert_no_error (error);
        }
    }
}

static void
assert_same (CrmStoreFixture *fixture, CrmStoreFixture *other, const char *kinds)
{
  g_autoptr (GPtrArray) a = list (fixture, kinds, NULL);
  g_autoptr (GPtrArray) b = list (other, kinds, NULL);

  g_assert_cmpuint (a->len, >, 0);
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    g_assert_true (crm_record_equal (a->pdata[i], b->pdata[i]));
}

/* Also on a laptop that is far away. */
static void
test_deterministic (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autofree char *kept = g_strdup (g_getenv ("TZ"));
  CrmStoreFixture other = { NULL };

  fill (fixture, 100);
  crm_store_fixture_set_up (&other, NULL);
  g_setenv ("TZ", "Pacific/Kiritimati", TRUE);
  fill (&other, 100);
  if (kept != NULL)
    g_setenv ("TZ", kept, TRUE);
  else
    g_unsetenv ("TZ");
  assert_same (fixture, &other, "relation");
  assert_same (fixture, &other, "activity");
  assert_same (fixture, &other, "tag");
  crm_store_fixture_tear_down (&other, NULL);
}

static void
test_undo (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmUndoResult) undone = NULL;

  fill (fixture, 50);
  undone = crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (undone->action, ==, "demo");
  g_assert_cmpuint (count (fixture, "relation", NULL), ==, 0);
  g_assert_cmpuint (count (fixture, "activity", NULL), ==, 0);
}

static void
test_cancelled (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (crm_demo_fill (fixture->replica, 50, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count (fixture, "tag", NULL), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path,                                                                                \
              CrmStoreFixture,                                                                     \
              NULL,                                                                                \
              crm_store_fixture_set_up,                                                            \
              func,                                                                                \
              crm_store_fixture_tear_down)
  ADD ("/store/demo/kinds", test_kinds);
  ADD ("/store/demo/days", test_days);
  ADD ("/store/demo/values", test_values);
  ADD ("/store/demo/deterministic", test_deterministic);
  ADD ("/store/demo/undo", test_undo);
  ADD ("/store/demo/cancelled", test_cancelled);
#undef ADD

  return g_test_run ();
}
