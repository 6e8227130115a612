#include "crm-ui-test-records.h"

#include <glib/gstdio.h>

static void
put (CrmStore *store, const char *kind, const char *id, const char *const *values)
{
  g_autoptr (CrmRecord)
      record = crm_record_new (crm_model_find_kind (crm_store_get_model (store), kind), id);
  g_autofree char *action = g_strconcat (kind, ".new", NULL);
  CrmChangeSet *set = crm_change_set_new (action);

  for (gsize i = 0; values[i] != NULL; i += 2)
    crm_record_set (record, values[i], values[i + 1]);
  crm_change_set_put (set, record);
  crm_ui_test_apply (store, set);
}

/* Few, but each of another shape. */
static const char *const bakker[] = {
  "name",       "Bakker Techniek B.V.", "city", "Ede",   "postcode", "6711AB", "street",
  "Kerkstraat", "house_number",         "12",   "stage", "customer", NULL
};
static const char *const jan[] = { "given_name",
                                   "Jan",
                                   "surname_prefix",
                                   "de",
                                   "surname",
                                   "Vries",
                                   "form_of_address",
                                   "mr",
                                   "function",
                                   "Inkoper",
                                   "organisation",
                                   CRM_UI_TEST_BAKKER,
                                   "phone",
                                   "+31612345678",
                                   "email",
                                   "jan@bakker.example",
                                   "tags",
                                   "beurs2025;klant",
                                   "last_activity",
                                   "2026-02-26",
                                   "city",
                                   "Ede",
                                   NULL };
static const char *const anna[] = { "given_name",      "Anna",       "surname", "Özil",
                                    "form_of_address", "mrs",        "city",    "Utrecht",
                                    "last_activity",   "2025-06-01", NULL };
static const char *const marie[] = { "given_name", "Marie <&>", "surname_prefix",
                                     "van der",    "surname",   "Berg",
                                     "city",       "Ede",       "function",
                                     "Directeur",  NULL };

static void
fill (CrmStore *store)
{
  put (store, "organisation", CRM_UI_TEST_BAKKER, bakker);
  put (store, "person", CRM_UI_TEST_JAN, jan);
  put (store, "person", CRM_UI_TEST_ANNA, anna);
  put (store, "person", CRM_UI_TEST_MARIE, marie);
}

static void
remove_file (GFile *folder)
{
  g_autoptr (GFileEnumerator) files = NULL;
  GFile *child = NULL;

  files = g_file_enumerate_children (folder, "", G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  while (files != NULL && g_file_enumerator_iterate (files, NULL, &child, NULL, NULL) &&
         child != NULL)
    remove_file (child);
  g_file_delete (folder, NULL, NULL);
}

void
crm_ui_test_remove_folder (const char *path)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  remove_file (folder);
}

CrmUiTestWorld *
crm_ui_test_world_new (gboolean filled)
{
  CrmUiTestWorld *world = g_new0 (CrmUiTestWorld, 1);
  g_autoptr (CrmKey) key = crm_key_new_random ();
  g_autoptr (GError) error = NULL;
  g_autofree char *replica = NULL;

  g_setenv ("CRM_NOW", "2026-03-01T08:00:00Z", TRUE);
  world->dir = g_dir_make_tmp ("crm-ui-XXXXXX", &error);
  g_assert_no_error (error);
  replica = g_build_filename (world->dir, "replica", NULL);
  world->store = crm_store_open (replica, key, NULL, TRUE, &error);
  g_assert_no_error (error);
  if (filled)
    fill (world->store);

  return world;
}

void
crm_ui_test_world_free (CrmUiTestWorld *world)
{
  CrmStore *store = world->store;

  /* A page that holds on to the store would keep its threads: wait until it is gone. */
  if (store != NULL)
    g_object_add_weak_pointer (G_OBJECT (store), (gpointer *) &store);
  g_clear_object (&world->store);
  crm_ui_test_wait_until (store == NULL);

  crm_ui_test_remove_folder (world->dir);
  g_free (world->dir);
  g_free (world);
}

void
crm_ui_test_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}
