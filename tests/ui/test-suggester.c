#include "crm-ui-test-records.h"
#include "ui/record/crm-suggester.h"

static GPtrArray *
search (CrmSuggester *suggester, const CrmKind *kind, const char *field, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *found;

  crm_suggester_search_async (suggester,
                              kind,
                              crm_kind_find_field (kind, field),
                              text,
                              NULL,
                              crm_ui_test_result_cb,
                              &result);
  crm_ui_test_wait_until (result != NULL);
  found = crm_suggester_search_finish (suggester, result, &error);
  g_assert_no_error (error);

  return found;
}

static const char *
get_title (GPtrArray *found, guint index)
{
  g_assert_cmpuint (index, <, found->len);

  return crm_suggestion_get_title (g_ptr_array_index (found, index));
}

static void
put_tagged (CrmStore *store, const char *kind, const char *field, const char *tag, guint n)
{
  const CrmKind *found = crm_model_find_kind (crm_store_get_model (store), kind);
  CrmChangeSet *set = crm_change_set_new ("import");
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *id = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CrmRecord) record = crm_record_new (found, NULL);
      /* By name the most used tag comes last. */
      g_autofree char *name = g_strdup_printf ("%s %04u", tag, i);

      crm_record_set (record, field, name);
      crm_record_set (record, "tags", tag);
      crm_change_set_put (set, record);
    }
  crm_store_apply_async (store, set, NULL, crm_ui_test_result_cb, &result);
  crm_ui_test_wait_until (result != NULL);
  id = crm_store_apply_finish (store, result, NULL);
  g_assert_nonnull (id);
}

/* All records count, not those that happen to come first, and those of the other kind too. */
static void
test_tags_by_use (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (FALSE);
  g_autoptr (CrmSuggester) suggester = crm_suggester_new (world->store);
  const CrmKind *person = crm_model_find_kind (crm_store_get_model (world->store), "person");
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) some = NULL;

  put_tagged (world->store, "person", "surname", "aaa", 450);
  put_tagged (world->store, "person", "surname", "zzz", 460);
  put_tagged (world->store, "organisation", "name", "leverancier", 1);

  all = search (suggester, person, "tags", "");
  g_assert_cmpstr (get_title (all, 0), ==, "zzz");
  g_assert_cmpstr (get_title (all, 1), ==, "aaa");
  g_assert_cmpstr (get_title (all, 2), ==, "leverancier");

  some = search (suggester, person, "tags", "LEV");
  g_assert_cmpuint (some->len, ==, 1);
  g_assert_cmpstr (get_title (some, 0), ==, "leverancier");
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/ui/suggester/tags-by-use", test_tags_by_use);

  return g_test_run ();
}
