#include "store/crm-store-error.h"
#include "store/log/crm-change-fields-private.h"

#include <string.h>

static void
test_round_trip (void)
{
  const char *const values[] = { NULL,      "",          "Jansen",
                                 "\"",      "\\",        "a\nb\tc\r\x01\x1f",
                                 "Özil 🧀", "]},{\"a\"", "null",
                                 "\\u0",    "\x7f/\b" };
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GArray) changes = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  crm_change_fields_begin (json);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (guint k = 0; k < G_N_ELEMENTS (values); k++)
      crm_change_fields_add (json, "na\"me", values[i], values[k], (gint64) i - 5);
  crm_change_fields_end (json);

  changes = crm_change_fields_parse (json->str, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changes->len, ==, G_N_ELEMENTS (values) * G_N_ELEMENTS (values));
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (guint k = 0; k < G_N_ELEMENTS (values); k++)
      {
        const CrmFieldChange *change = &g_array_index (changes, CrmFieldChange, n++);

        g_assert_cmpstr (change->name, ==, "na\"me");
        g_assert_cmpstr (change->old_value, ==, values[i]);
        g_assert_cmpstr (change->new_value, ==, values[k]);
        g_assert_cmpint (change->seen, ==, (gint64) i - 5);
      }
}

static void
test_empty (void)
{
  g_autoptr (GArray) changes = crm_change_fields_parse ("{}", NULL);

  g_assert_nonnull (changes);
  g_assert_cmpuint (changes->len, ==, 0);
}

/* Cut at any byte, and other nonsense: an error, no crash, no half result. */
static void
test_damaged (void)
{
  static const char whole[] =
      "{\"city\":[\"E\\u0001de\\n\",null,\"n805\"],\"stage\":[null,\"x\",12]}";
  const char *const texts[] = { "",
                                "[]",
                                "{\"a\":[1,2]}",
                                "{\"a\":[null]}",
                                "{\"a\":[null,null,]}",
                                "{\"a\":[null,null,\"805\"]}",
                                "{\"a\":[null,null]}}",
                                "{\"a\":[null,null],}",
                                "{\"a\":[\"\\x\",null]}",
                                "{\"a\":[\"\\u0000\",null]}",
                                "{\"a\":[\"\\u00e9\",null]}",
                                "{\"a\":[\"\n\",null]}" };

  for (gsize size = 0; size < strlen (whole); size++)
    {
      g_autofree char *cut = g_strndup (whole, size);
      g_autoptr (GError) error = NULL;

      g_assert_null (crm_change_fields_parse (cut, &error));
      g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_CORRUPT);
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (crm_change_fields_parse (texts[i], &error));
      g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_CORRUPT);
    }
  g_assert_null (crm_change_fields_parse (NULL, NULL));
}

static void
test_versions (void)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  const guint first[] = { 17, 3 };
  const guint second[] = { 5, 17, 40 };
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  g_array_append_vals (numbers, first, G_N_ELEMENTS (first));
  one = crm_fver_set (NULL, numbers, -7);
  g_assert_cmpstr (one, ==, "3:-7,17:-7");
  g_array_set_size (numbers, 0);
  g_array_append_vals (numbers, second, G_N_ELEMENTS (second));
  two = crm_fver_set (one, numbers, 90110);
  g_assert_cmpstr (two, ==, "3:-7,5:90110,17:90110,40:90110");

  g_assert_cmpint (crm_fver_get (two, 3, -1), ==, -7);
  g_assert_cmpint (crm_fver_get (two, 17, -1), ==, 90110);
  g_assert_cmpint (crm_fver_get (two, 4, -1), ==, -1);
  g_assert_cmpint (crm_fver_get (NULL, 4, -1), ==, -1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/change-fields/round-trip", test_round_trip);
  g_test_add_func ("/store/change-fields/empty", test_empty);
  g_test_add_func ("/store/change-fields/damaged", test_damaged);
  g_test_add_func ("/store/change-fields/versions", test_versions);

  return g_test_run ();
}
