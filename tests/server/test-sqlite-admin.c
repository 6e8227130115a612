#include "crm-server-fixture.h"

#include "db/crm-db.h"
#include "server/crm-server-error.h"
#include "server/sqlite/crm-sqlite-store-private.h"

static void
fill (CrmServerFixture *fixture)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");

  crm_laptop_assert_push (anna,
                          "all",
                          "{'kind':'person','id':'01900000-0000-7000-8000-000000000001','op':'new',"
                          "'f':{'surname':{'v':'Bakker'}}},"
                          "{'kind':'person','id':'01900000-0000-7000-8000-000000000002','op':'new',"
                          "'f':{'surname':{'v':'Jansen'}}}",
                          "ok");
  crm_laptop_assert_push (anna,
                          "all",
                          "{'kind':'person','id':'01900000-0000-7000-8000-000000000001','op':'set',"
                          "'f':{'city':{'v':'Delft','b':1}}}",
                          "ok");
}

/* Each fault that is planted is found. */
static void
test_check (CrmServerFixture *fixture, gconstpointer unused)
{
  static const char *const faults[] = {
    "UPDATE record SET row_seq = 99",
    "DELETE FROM scope_entry WHERE id LIKE '%1'",
    "UPDATE scope_entry SET gone = 1",
    "UPDATE scope_head SET live = 9",
    "UPDATE unique_value SET value = '77' WHERE value = '1'",
    "UPDATE change_set SET n = 9 WHERE n = 1",
    "UPDATE clock SET seq = 1",
    "UPDATE clock SET h = zeroblob (32)",
    "DELETE FROM change_field; DELETE FROM change_set WHERE seq = 2",
  };

  fill (fixture);
  g_assert_cmpuint (crm_server_fixture_count_faults (fixture), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (CrmDb) db = NULL;
      g_autoptr (GError) error = NULL;

      /* Planted in a transaction of the same store that is taken back afterwards. */
      g_assert_true (fixture->store->ops->begin (fixture->store, TRUE, &error));
      db = g_object_ref (crm_sqlite_store_get_db (fixture->store));
      g_assert_true (crm_db_exec (db, faults[i], &error));
      g_assert_no_error (error);
      g_assert_cmpuint (crm_server_fixture_count_faults (fixture), >, 0);
      fixture->store->ops->roll_back (fixture->store);
    }
  g_assert_cmpuint (crm_server_fixture_count_faults (fixture), ==, 0);
}

/* Pitfall 58: a copy made while others write is whole. */
static void
test_backup (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->dir, "backup.db", NULL);
  g_autofree char *url = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (CrmServerStore) copy = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  fill (fixture);
  g_assert_true (fixture->store->ops->back_up (fixture->store, path, &error));
  g_assert_no_error (error);
  g_assert_false (fixture->store->ops->back_up (fixture->store, path, &error));
  g_assert_error (error, CRM_SERVER_ERROR, CRM_SERVER_ERROR_EXISTS);
  g_clear_error (&error);

  copy = crm_server_store_open (url, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (copy->ops->check (copy, problems, &error));
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_true (copy->ops->count_records (copy, &n, &error));
  g_assert_cmpint (n, ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/server/sqlite-admin/check",
              CrmServerFixture,
              NULL,
              crm_server_fixture_set_up,
              test_check,
              crm_server_fixture_tear_down);
  g_test_add ("/server/sqlite-admin/backup",
              CrmServerFixture,
              NULL,
              crm_server_fixture_set_up,
              test_backup,
              crm_server_fixture_tear_down);

  return g_test_run ();
}
