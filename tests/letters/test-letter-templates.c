#include "letters/crm-letter-templates.h"

#include "crm-letters-fixture.h"
#include "model/crm-builtin.h"

#include <string.h>

/* An edited built-in one takes the place of its original; own ones come after. */
static void
test_list (CrmLettersFixture *fixture, gconstpointer unused)
{
  CrmModel *model = crm_replica_get_model (fixture->replica);
  guint n = crm_builtin_get_n ();
  g_autoptr (CrmRecord) visit = crm_builtin_new (model, 1);
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("template.edit");
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *own = crm_letters_fixture_add (fixture,
                                                  "template",
                                                  "name",
                                                  "Eigen",
                                                  "type",
                                                  "letter",
                                                  "body",
                                                  "x",
                                                  NULL);
  g_autofree char *mail = crm_letters_fixture_add (fixture,
                                                   "template",
                                                   "name",
                                                   "Mail",
                                                   "type",
                                                   "email",
                                                   "body",
                                                   "x",
                                                   NULL);

  crm_record_set (visit, "body", "anders");
  crm_change_set_put (set, visit);
  g_assert_true (crm_replica_apply (fixture->replica, set, NULL, &error));

  list = crm_letter_templates_list (fixture->replica, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, n + 1);
  g_assert_cmpstr (crm_record_get (g_ptr_array_index (list, 1), "body"), ==, "anders");
  g_assert_cmpstr (crm_record_get_id (g_ptr_array_index (list, n)), ==, own);
}

static void
test_find (CrmLettersFixture *fixture, gconstpointer unused)
{
  static const char *const texts[] = { "Algemene brief", "algemene BRIEF", "plain" };
  g_autofree char *own = crm_letters_fixture_add (fixture,
                                                  "template",
                                                  "name",
                                                  "Plain",
                                                  "type",
                                                  "letter",
                                                  "body",
                                                  "x",
                                                  NULL);
  g_autoptr (CrmRecord) found = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (CrmRecord)
          record = crm_letter_templates_find (fixture->replica, texts[i], NULL, &error);

      g_assert_no_error (error);
      /* A name of one's own goes before a short name. */
      g_assert_cmpstr (crm_record_get (record, "name"), ==, i < 2 ? "Algemene brief" : "Plain");
    }

  found = crm_letter_templates_find (fixture->replica, own, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (crm_record_get_id (found), ==, own);

  g_assert_null (crm_letter_templates_find (fixture->replica, "geen", NULL, &error));
  g_assert_error (error, CRM_LETTERS_ERROR, CRM_LETTERS_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "“Algemene brief”"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path,                                                                                \
              CrmLettersFixture,                                                                   \
              NULL,                                                                                \
              crm_letters_fixture_set_up,                                                          \
              func,                                                                                \
              crm_letters_fixture_tear_down)
  ADD ("/letters/letter-templates/list", test_list);
  ADD ("/letters/letter-templates/find", test_find);
#undef ADD

  return g_test_run ();
}
