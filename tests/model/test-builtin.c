#include "model/crm-builtin.h"

#include "base/crm-id.h"
#include "model/crm-value.h"

#include <string.h>

static void
test_plain (void)
{
  g_autofree char *id = crm_id_new_for_name ("template.letter.plain");
  g_autoptr (CrmRecord) plain = crm_builtin_new (crm_model_get_default (), 0);

  /* Ids never change: other laptops and the server know them. */
  g_assert_cmpstr (crm_record_get_id (plain), ==, id);
  g_assert_cmpstr (crm_record_get (plain, "name"), ==, "Algemene brief");
  g_assert_cmpstr (crm_record_get (plain, "type"), ==, "letter");
  g_assert_cmpstr (crm_record_get (plain, "language"), ==, "nl");
  g_assert_nonnull (strstr (crm_record_get (plain, "body"), "{{aanhef}}"));
}

static void
test_find (void)
{
  for (guint i = 0; i < crm_builtin_get_n (); i++)
    {
      g_autoptr (CrmRecord) record = crm_builtin_new (crm_model_get_default (), i);

      g_assert_cmpint (crm_builtin_find (crm_record_get_id (record)), ==, i);
    }

  g_assert_cmpint (crm_builtin_find ("x"), ==, -1);
  g_assert_cmpint (crm_builtin_find (NULL), ==, -1);
}

/* What goes out in an export comes in as unchanged. */
static void
test_canonical (void)
{
  for (guint i = 0; i < crm_builtin_get_n (); i++)
    {
      g_autoptr (CrmRecord) record = crm_builtin_new (crm_model_get_default (), i);
      const CrmKind *kind = crm_record_get_kind (record);

      for (guint k = 0; k < crm_kind_get_n_fields (kind); k++)
        {
          const char *value = crm_record_get_at (record, k);
          g_autoptr (GError) error = NULL;
          g_autofree char *parsed = NULL;

          if (value == NULL)
            continue;
          parsed = crm_value_parse (crm_kind_get_field (kind, k), value, &error);
          g_assert_no_error (error);
          g_assert_cmpstr (parsed, ==, value);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/builtin/plain", test_plain);
  g_test_add_func ("/model/builtin/find", test_find);
  g_test_add_func ("/model/builtin/canonical", test_canonical);

  return g_test_run ();
}
