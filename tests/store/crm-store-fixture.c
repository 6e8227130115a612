#include "crm-store-fixture.h"

void
crm_store_fixture_set_up (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("crm-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->key = crm_key_new_random ();
  fixture->replica = crm_replica_create (fixture->dir, fixture->key, NULL, &error);
  g_assert_no_error (error);
}

void
crm_store_fixture_tear_down (CrmStoreFixture *fixture, gconstpointer unused)
{
  if (fixture->replica != NULL)
    g_assert_finalize_object (g_steal_pointer (&fixture->replica));
  crm_store_fixture_remove (fixture->dir);
  crm_key_free (fixture->key);
  g_free (fixture->dir);
}

void
crm_store_fixture_reopen (CrmStoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  if (fixture->replica != NULL)
    g_assert_finalize_object (g_steal_pointer (&fixture->replica));
  fixture->replica = crm_replica_open (fixture->dir,
                                       fixture->key,
                                       NULL,
                                       CRM_REPLICA_READ_WRITE,
                                       &error);
  g_assert_no_error (error);
}

void
crm_store_fixture_remove (const char *dir)
{
  g_autoptr (GDir) folder = g_dir_open (dir, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        crm_store_fixture_remove (path);
      else
        g_unlink (path);
    }
  g_rmdir (dir);
}

const CrmKind *
crm_store_fixture_get_kind (CrmStoreFixture *fixture, const char *name)
{
  return crm_model_find_kind (crm_replica_get_model (fixture->replica), name);
}

CrmRecord *
crm_store_fixture_new_person (CrmStoreFixture *fixture, const char *surname, const char *city)
{
  CrmRecord *record = crm_record_new (crm_store_fixture_get_kind (fixture, "person"), NULL);

  crm_record_set (record, "surname", surname);
  crm_record_set (record, "city", city);

  return record;
}

char *
crm_store_fixture_put (CrmStoreFixture *fixture, CrmRecord *record)
{
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.edit");
  g_autoptr (GError) error = NULL;
  char *id = NULL;

  crm_change_set_put (set, record);
  g_assert_true (crm_replica_apply (fixture->replica, set, &id, &error));
  g_assert_no_error (error);

  return id;
}

char *
crm_store_fixture_set (CrmStoreFixture *fixture,
                       CrmRecord *record,
                       const char *field,
                       const char *value)
{
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.edit");
  g_autoptr (GError) error = NULL;
  char *id = NULL;

  crm_change_set_set (set, crm_record_get_kind (record), crm_record_get_id (record), field, value);
  g_assert_true (crm_replica_apply (fixture->replica, set, &id, &error));
  g_assert_no_error (error);

  return id;
}

void
crm_store_fixture_assert_value (CrmStoreFixture *fixture,
                                const char *id,
                                const char *field,
                                const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_replica_get (fixture->replica, id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (crm_record_get (record, field), ==, value);
}
