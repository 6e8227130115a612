#include "crm-store-fixture.h"

#include "store/query/crm-query.h"

/* Each new name goes right before the last one, as when a sorted file is imported: the room there
 * is used up again and again, at an end of the list. */
static void
test_sorted (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) last = crm_store_fixture_new_person (fixture, "Zzz", "Ede");
  g_autofree char *first_set = crm_store_fixture_put (fixture, last);
  g_autoptr (CrmQuery) query = crm_query_new ("person");
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  guint i, round;

  for (round = 0; round < 4; round++)
    {
      CrmChangeSet *set = crm_change_set_new ("test");

      for (i = 0; i < 400; i++)
        {
          g_autofree char *surname = g_strdup_printf ("A%05u", round * 400 + i);
          g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, surname, "Ede");

          crm_change_set_put (set, record);
        }
      g_assert_true (crm_replica_apply (fixture->replica, set, NULL, &error));
      g_assert_no_error (error);
      crm_change_set_free (set);
    }

  records = crm_replica_list (fixture->replica, query, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1601);
  for (i = 0; i < 1600; i++)
    {
      g_autofree char *surname = g_strdup_printf ("A%05u", i);

      g_assert_cmpstr (crm_record_get (records->pdata[i], "surname"), ==, surname);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/listing/sorted",
              CrmStoreFixture,
              NULL,
              crm_store_fixture_set_up,
              test_sorted,
              crm_store_fixture_tear_down);

  return g_test_run ();
}
