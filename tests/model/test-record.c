#include "model/crm-record.h"

#include "base/crm-id.h"
#include "model/crm-model-error.h"

#include <string.h>

static CrmRecord *
make (const char *kind)
{
  return crm_record_new (crm_model_find_kind (crm_model_get_default (), kind), NULL);
}

static void
test_new (void)
{
  g_autoptr (CrmRecord) record = make ("person");
  g_autoptr (CrmRecord) named = crm_record_new (crm_record_get_kind (record), "x");

  g_assert_true (crm_id_is_valid (crm_record_get_id (record)));
  g_assert_cmpstr (crm_record_get_id (named), ==, "x");
  for (guint i = 0; i < crm_kind_get_n_fields (crm_record_get_kind (record)); i++)
    g_assert_null (crm_record_get_at (record, i));
}

static void
count_cb (CrmRecord *record, const char *field, gpointer user_data)
{
  GString *names = user_data;

  g_string_append_printf (names, "%s=%s ", field, crm_record_get (record, field));
}

static void
test_set (void)
{
  g_autoptr (CrmRecord) record = make ("person");
  g_autoptr (GString) names = g_string_new (NULL);

  g_signal_connect (record, "changed", G_CALLBACK (count_cb), names);
  crm_record_set (record, "surname", "Vries");
  crm_record_set (record, "surname", "Vries");
  crm_record_set (record, "surname", "");
  crm_record_set (record, "surname", NULL);
  g_assert_cmpstr (names->str, ==, "surname=Vries surname=(null) ");
  g_assert_null (crm_record_get (record, "surname"));
}

static void
test_input (void)
{
  g_autoptr (CrmRecord) record = make ("person");
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_record_set_input (record, "phone", "06-12345678", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (crm_record_get (record, "phone"), ==, "+31612345678");

  g_assert_true (crm_record_set_input (record, "country", "België", &error));
  g_assert_true (crm_record_set_input (record, "phone", "0475/12.34.56", &error));
  g_assert_cmpstr (crm_record_get (record, "phone"), ==, "+32475123456");

  g_assert_false (crm_record_set_input (record, "birthday", "31-2-2000", &error));
  g_assert_error (error, CRM_MODEL_ERROR, CRM_MODEL_ERROR_VALUE);
  g_assert_null (crm_record_get (record, "birthday"));

  g_assert_true (crm_record_set_input (record, "phone", "  ", NULL));
  g_assert_null (crm_record_get (record, "phone"));
}

static void
test_copy (void)
{
  g_autoptr (CrmRecord) record = make ("organisation");
  g_autoptr (CrmRecord) copy = NULL;
  g_autoptr (CrmRecord) other = make ("organisation");

  crm_record_set (record, "name", "Zon");
  copy = crm_record_copy (record);
  g_assert_true (crm_record_equal (record, copy));
  crm_record_set (copy, "name", "Maan");
  g_assert_cmpstr (crm_record_get (record, "name"), ==, "Zon");
  g_assert_false (crm_record_equal (record, copy));
  crm_record_set (other, "name", "Zon");
  g_assert_false (crm_record_equal (record, other));
}

static void
test_peek (void)
{
  g_autoptr (CrmRecord) record = make ("tag");

  crm_record_set (record, "name", "Nieuwsbrief");
  g_assert_cmpstr (crm_record_peek (record, "name"), ==, "Nieuwsbrief");
  g_assert_null (crm_record_peek (record, "surname"));
}

static void
test_title (void)
{
  static const char *const cases[][4] = {
    { "person", "surname", "Vries", "Vries" },
    { "person", "email", "info@bedrijf.example", "info@bedrijf.example" },
    { "person", NULL, NULL, "Person" },
    { "organisation", "name", "Zon", "Zon" },
    { "organisation", NULL, NULL, "Organisation" },
    { "activity", "subject", "Bellen", "Bellen" },
    { "activity", "type", "call", "Call" },
    { "activity", NULL, NULL, "Activity" },
    { "template", "name", "Brief", "Brief" },
    { "tag", "name", "Nieuwsbrief", "Nieuwsbrief" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CrmRecord) record = make (cases[i][0]);
      g_autofree char *title = NULL;

      if (cases[i][1] != NULL)
        crm_record_set (record, cases[i][1], cases[i][2]);
      title = crm_record_dup_title (record);
      g_assert_cmpstr (title, ==, cases[i][3]);
    }
}

static void
test_unknown_field (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (CrmRecord) record = make ("tag");

      crm_record_get (record, "surname");
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*has no field*surname*");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/record/new", test_new);
  g_test_add_func ("/model/record/set", test_set);
  g_test_add_func ("/model/record/input", test_input);
  g_test_add_func ("/model/record/copy", test_copy);
  g_test_add_func ("/model/record/peek", test_peek);
  g_test_add_func ("/model/record/title", test_title);
  g_test_add_func ("/model/record/unknown-field", test_unknown_field);

  return g_test_run ();
}
