#include "crm-letters-fixture.h"

#include "store/query/crm-query.h"

#include <gio/gio.h>

static const char *const sender[] = { "sender.organisation",
                                      "Molenaar Advies B.V.",
                                      "sender.name",
                                      "Anna Smit",
                                      "sender.function",
                                      "Adviseur",
                                      "sender.street",
                                      "Postbus 123",
                                      "sender.postcode",
                                      "6711 AB",
                                      "sender.city",
                                      "Ede",
                                      "sender.phone",
                                      "0318 123456",
                                      "user",
                                      "anna",
                                      NULL };

void
crm_letters_fixture_set_up (CrmLettersFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmKey) key = crm_key_new_random ();
  g_autoptr (GError) error = NULL;
  g_autofree char *replica = NULL;

  g_setenv ("CRM_NOW", "2024-03-05T10:00:00Z", TRUE);
  fixture->dir = g_dir_make_tmp ("crm-letters-XXXXXX", &error);
  g_assert_no_error (error);
  replica = g_build_filename (fixture->dir, "replica", NULL);
  fixture->replica = crm_replica_create (replica, key, NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; sender[i] != NULL; i += 2)
    g_assert_true (crm_replica_set_setting (fixture->replica, sender[i], sender[i + 1], &error));
  g_assert_no_error (error);
}

static void
remove_folder (GFile *folder)
{
  g_autoptr (GFileEnumerator)
      files = g_file_enumerate_children (folder,
                                         "",
                                         G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                                         NULL,
                                         NULL);
  GFile *child = NULL;

  while (files != NULL && g_file_enumerator_iterate (files, NULL, &child, NULL, NULL) &&
         child != NULL)
    remove_folder (child);
  g_file_delete (folder, NULL, NULL);
}

void
crm_letters_fixture_tear_down (CrmLettersFixture *fixture, gconstpointer unused)
{
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->dir);

  g_assert_finalize_object (fixture->replica);
  remove_folder (folder);
  g_free (fixture->dir);
}

static char *
store (CrmLettersFixture *fixture, CrmRecord *record)
{
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("test");
  g_autoptr (GError) error = NULL;

  crm_change_set_put (set, record);
  g_assert_true (crm_replica_apply (fixture->replica, set, NULL, &error));
  g_assert_no_error (error);
  return g_strdup (crm_record_get_id (record));
}

char *
crm_letters_fixture_add (CrmLettersFixture *fixture, const char *kind, ...)
{
  CrmModel *model = crm_replica_get_model (fixture->replica);
  g_autoptr (CrmRecord) record = crm_record_new (crm_model_find_kind (model, kind), NULL);
  const char *field;
  va_list args;

  va_start (args, kind);
  while ((field = va_arg (args, const char *)) != NULL)
    crm_record_set (record, field, va_arg (args, const char *));
  va_end (args);

  return store (fixture, record);
}

char *
crm_letters_fixture_add_values (CrmLettersFixture *fixture,
                                const char *kind,
                                const char *const *values)
{
  CrmModel *model = crm_replica_get_model (fixture->replica);
  g_autoptr (CrmRecord) record = crm_record_new (crm_model_find_kind (model, kind), NULL);

  for (guint i = 0; values[i] != NULL; i += 2)
    crm_record_set (record, values[i], values[i + 1]);

  return store (fixture, record);
}

char *
crm_letters_fixture_add_person (CrmLettersFixture *fixture, const char *surname)
{
  return crm_letters_fixture_add (fixture,
                                  "person",
                                  "initials",
                                  "J.",
                                  "surname_prefix",
                                  "de",
                                  "surname",
                                  surname,
                                  "form_of_address",
                                  "mr",
                                  "street",
                                  "Kerkstraat",
                                  "house_number",
                                  "12",
                                  "postcode",
                                  "6711AB",
                                  "city",
                                  "Ede",
                                  NULL);
}

CrmRecord *
crm_letters_fixture_make_template (CrmLettersFixture *fixture,
                                   const char *subject,
                                   const char *body)
{
  CrmModel *model = crm_replica_get_model (fixture->replica);
  CrmRecord *record = crm_record_new (crm_model_find_kind (model, "template"), NULL);

  crm_record_set (record, "name", "Proef");
  crm_record_set (record, "type", "letter");
  crm_record_set (record, "language", "nl");
  crm_record_set (record, "subject", subject);
  crm_record_set (record, "body", body);
  return record;
}

guint
crm_letters_fixture_count (CrmLettersFixture *fixture, const char *kind)
{
  g_autoptr (CrmQuery) query = crm_query_new (kind);
  g_autoptr (GError) error = NULL;
  gint64 n = crm_replica_count (fixture->replica, query, NULL, &error);

  g_assert_no_error (error);
  return (guint) n;
}
