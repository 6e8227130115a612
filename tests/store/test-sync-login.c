/* Whose changes they are before and after the replica is known to a server. */
#include "crm-store-fixture.h"

#include "store/crm-history.h"
#include "store/crm-sync-store.h"

typedef CrmStoreFixture Fixture;

static void
log_in (Fixture *fixture, const char *user)
{
  g_autoptr (GError) error = NULL;

  crm_sync_store_save_login (fixture->replica, "company", "device", user, &error);
  g_assert_no_error (error);
}

static void
put_person (Fixture *fixture, const char *surname)
{
  g_autoptr (CrmRecord) record = crm_store_fixture_new_person (fixture, surname, "Ede");
  g_autofree char *set = crm_store_fixture_put (fixture, record);
}

/* Of all sets, in their order. */
static char *
join_authors (Fixture *fixture)
{
  g_autoptr (GPtrArray) sets = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  sets = crm_sync_store_list_sets (fixture->replica, 0, 100, G_MAXSIZE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sets->len; i++)
    {
      const CrmSyncSet *set = g_ptr_array_index (sets, i);
      const CrmSyncOp *op = g_ptr_array_index (set->ops, 0);
      g_autoptr (GPtrArray) entries = crm_replica_get_history (fixture->replica, op->id, &error);
      const CrmHistoryEntry *entry;

      g_assert_no_error (error);
      entry = g_ptr_array_index (entries, 0);
      g_string_append_printf (text, "%s ", entry->author);
    }

  return g_strdup (text->str);
}

/* The first login says who the one was that wrote here; undo goes on as well. */
static void
test_first (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *authors = NULL;
  g_autofree char *account = NULL;
  g_autoptr (CrmUndoResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_replica_set_setting (fixture->replica, "user", "Anna de Boer", &error));
  put_person (fixture, "Jansen");
  log_in (fixture, "anna");
  put_person (fixture, "Vries");

  authors = join_authors (fixture);
  account = crm_replica_dup_account (fixture->replica);
  g_assert_cmpstr (authors, ==, "anna anna ");
  g_assert_cmpstr (account, ==, "anna");
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&result, crm_undo_result_free);
      result = crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
}

/* Later another one works here: what was the first one's stays so. */
static void
test_second (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *authors = NULL;
  g_autoptr (CrmUndoResult) result = NULL;
  g_autoptr (GError) error = NULL;

  log_in (fixture, "anna");
  put_person (fixture, "Jansen");
  log_in (fixture, "bas");
  result = crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error);
  g_assert_null (result);
  put_person (fixture, "Vries");

  authors = join_authors (fixture);
  g_assert_cmpstr (authors, ==, "anna bas ");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path, Fixture, NULL, crm_store_fixture_set_up, func, crm_store_fixture_tear_down)
  ADD ("/store/sync-login/first", test_first);
  ADD ("/store/sync-login/second", test_second);
#undef ADD

  return g_test_run ();
}
