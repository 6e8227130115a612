#include "crm-store-fixture.h"

#include "store/query/crm-query.h"

static void
put (CrmStoreFixture *fixture, const char *kind, const char *first, ...)
{
  g_autoptr (CrmRecord) record = crm_record_new (crm_store_fixture_get_kind (fixture, kind), NULL);
  va_list args;

  va_start (args, first);
  for (const char *field = first; field != NULL; field = va_arg (args, const char *))
    crm_record_set (record, field, va_arg (args, const char *));
  va_end (args);
  g_free (crm_store_fixture_put (fixture, record));
}

static void
set_up (CrmStoreFixture *fixture, gconstpointer unused)
{
  crm_store_fixture_set_up (fixture, unused);
  put (fixture, "person", "surname", "A", "city", "Ede", "tags", "klant;vip", NULL);
  put (fixture, "person", "surname", "B", "city", "Ede", "tags", "klant", NULL);
  put (fixture, "person", "surname", "C", "city", "Breda", "tags", "a \"b\" \\ c", NULL);
  put (fixture, "organisation", "name", "D", "city", "Breda", NULL);
  put (fixture, "organisation", "name", "E", NULL);
  /* A Sunday night in UTC is Monday in Amsterdam, of the next week and the next month. */
  put (fixture, "activity", "type", "call", "done", "2026-05-31T22:30:00Z", NULL);
  put (fixture, "activity", "type", "call", "done", "2026-05-31T21:30:00Z", NULL);
  put (fixture, "activity", "type", "visit", "done", "2026-06-01T10:00:00Z", NULL);
  put (fixture, "activity", "type", "task", NULL);
}

/* "key,key=count key=count" */
static char *
run (CrmStoreFixture *fixture, const char *kinds, const char *where, const char *group_by)
{
  g_autoptr (CrmQuery) query = crm_query_new (kinds);
  g_autoptr (CrmExpr) expr = where != NULL ? crm_expr_parse (where, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  GString *text = g_string_new (NULL);

  crm_query_set_where (query, expr);
  rows = crm_replica_aggregate (fixture->replica, query, group_by, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const CrmAggregateRow *row = rows->pdata[i];
      g_autofree char *keys = g_strjoinv (",", row->keys);

      g_string_append_printf (text, "%s%s=%" G_GINT64_FORMAT, i > 0 ? " " : "", keys, row->count);
    }

  return g_string_free_and_steal (text);
}

static void
assert_groups (CrmStoreFixture *fixture,
               const char *kinds,
               const char *where,
               const char *group_by,
               const char *expected)
{
  g_autofree char *found = run (fixture, kinds, where, group_by);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_fields (CrmStoreFixture *fixture, gconstpointer unused)
{
  assert_groups (fixture, "relation", NULL, "city", "=1 Breda=2 Ede=2");
  assert_groups (fixture, "person", NULL, "city", "Breda=1 Ede=2");
  assert_groups (fixture, "relation", "city = \"ede\"", "city", "Ede=2");
  assert_groups (fixture, "relation", NULL, "", "=5");
  assert_groups (fixture, "relation", "city = \"nowhere\"", "city", "");
}

static void
test_sets (CrmStoreFixture *fixture, gconstpointer unused)
{
  assert_groups (fixture, "relation", NULL, "tags", "=2 a \"b\" \\ c=1 klant=2 vip=1");
  assert_groups (fixture, "person", "tags = \"vip\"", "tags|city", "klant,Ede=1 vip,Ede=1");
}

static void
test_periods (CrmStoreFixture *fixture, gconstpointer unused)
{
  assert_groups (fixture, "activity", NULL, "done:day", "=1 2026-05-31=1 2026-06-01=2");
  assert_groups (fixture, "activity", NULL, "done:week", "=1 2026-W22=1 2026-W23=2");
  assert_groups (fixture,
                 "activity",
                 "done != \"\"",
                 "done:month|type",
                 "2026-05,call=1 2026-06,call=1 2026-06,visit=1");
}

static void
test_text (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  crm_query_set_text (query, "klant");
  rows = crm_replica_aggregate (fixture->replica, query, "city", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (((const CrmAggregateRow *) rows->pdata[0])->count, ==, 2);
}

static void
test_sum (void)
{
  static const CrmField turnover = {
    .number = 9001, .name = "turnover", .label = "Turnover", .type = CRM_FIELD_MONEY
  };
  CrmStoreFixture fixture = { NULL };
  g_autoptr (CrmModel)
      model = crm_model_new_with_field (crm_model_get_default (), "organisation", &turnover);
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  crm_store_fixture_set_up (&fixture, NULL);
  g_clear_object (&fixture.replica);
  fixture.replica = crm_replica_open (fixture.dir,
                                      fixture.key,
                                      model,
                                      CRM_REPLICA_READ_WRITE,
                                      &error);
  g_assert_no_error (error);
  put (&fixture, "organisation", "name", "D", "turnover", "1190.05", NULL);
  put (&fixture, "organisation", "name", "E", "turnover", "-0.05", NULL);
  put (&fixture, "person", "surname", "F", NULL);

  rows = crm_replica_aggregate (fixture.replica, query, "", "turnover", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (((const CrmAggregateRow *) rows->pdata[0])->count, ==, 3);
  g_assert_cmpfloat_with_epsilon (((const CrmAggregateRow *) rows->pdata[0])->sum, 1190.0, 1e-9);
  crm_store_fixture_tear_down (&fixture, NULL);
}

static void
test_errors (CrmStoreFixture *fixture, gconstpointer unused)
{
  static const char *const wrong[] = { "nothing", "city|nothing", "done:day", "city:year" };
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (crm_replica_aggregate (fixture->replica, query, wrong[i], NULL, NULL, &error));
      g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_FAILED);
      g_clear_error (&error);
    }
  g_assert_null (crm_replica_aggregate (fixture->replica, query, "city", "city", NULL, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_FAILED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path, CrmStoreFixture, NULL, set_up, func, crm_store_fixture_tear_down)
  ADD ("/store/aggregate/fields", test_fields);
  ADD ("/store/aggregate/sets", test_sets);
  ADD ("/store/aggregate/periods", test_periods);
  ADD ("/store/aggregate/text", test_text);
  ADD ("/store/aggregate/errors", test_errors);
#undef ADD
  g_test_add_func ("/store/aggregate/sum", test_sum);

  return g_test_run ();
}
