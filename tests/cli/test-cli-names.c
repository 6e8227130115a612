#include "crm-cli-fixture.h"

#include <string.h>

static void
test_salutation (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonObject) object = NULL;

  crm_cli_run_plain (fixture,
                     "salutation",
                     "form_of_address=Dhr.",
                     "initials=J.",
                     "surname_prefix=de",
                     "surname=Vries",
                     NULL);
  crm_cli_assert_done (fixture);
  g_assert_cmpstr (fixture->out,
                   ==,
                   "De heer J. de Vries\nde heer De Vries\nGeachte heer De Vries,\n");

  crm_cli_run_plain (fixture,
                     "--json",
                     "salutation",
                     "tone=informal",
                     "call_name=Kim",
                     "surname=Verbeek",
                     NULL);
  object = crm_cli_get_line (fixture, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "address_line"), ==, "Kim Verbeek");
  g_assert_cmpstr (json_object_get_string_member (object, "in_text"), ==, "Kim");
  g_assert_cmpstr (json_object_get_string_member (object, "salutation"), ==, "Beste Kim,");
}

/* Absent is empty: an organisation has no form in text, a person without surname none at all. */
static void
test_salutation_empty (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonObject) object = NULL;

  crm_cli_run_plain (fixture, "salutation", "--json", "organisation=Zon B.V.", NULL);
  object = crm_cli_get_line (fixture, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "address_line"), ==, "Zon B.V.");
  g_assert_false (json_object_has_member (object, "in_text"));
  g_assert_cmpstr (json_object_get_string_member (object, "salutation"),
                   ==,
                   "Geachte heer of mevrouw,");

  crm_cli_run_plain (fixture, "salutation", "--json", "initials=J.", NULL);
  crm_cli_assert_done (fixture);
  g_assert_cmpstr (fixture->out, ==, "{}\n");
  crm_cli_run_plain (fixture, "salutation", "initials=J.", NULL);
  g_assert_cmpstr (fixture->out, ==, "\n\n\n");
}

static void
test_salutation_bad (Fixture *fixture, gconstpointer unused)
{
  crm_cli_run_plain (fixture, "salutation", "horse=1", NULL);
  crm_cli_assert_failed (fixture, 1, "no field “horse”");
  crm_cli_run_plain (fixture, "salutation", "form_of_address=hertog", NULL);
  crm_cli_assert_failed (fixture, 1, "form_of_address");
}

static void
test_sort (Fixture *fixture, gconstpointer unused)
{
  static const char names[] =
      "Winkel, G. ter\nRutgers\r\nRijn, van\nBoer, P. den\n\nAlmere, Marijke van";
  static const char belgian[] =
      "Van Vilvoorde\nVanderlaan\nTer Winkel\nVan Avermaet\nVan Den Steenweg\n";

  crm_cli_run_input (fixture, names, "sort", "--locale", "nl", NULL);
  crm_cli_assert_done (fixture);
  g_assert_cmpstr (fixture->out,
                   ==,
                   "\nAlmere, Marijke van\nBoer, P. den\nRijn, van\nRutgers\nWinkel, G. ter\n");

  crm_cli_run_input (fixture, names, "sort", "--ij", "y", NULL);
  g_assert_cmpstr (fixture->out,
                   ==,
                   "\nAlmere, Marijke van\nBoer, P. den\nRutgers\nRijn, van\nWinkel, G. ter\n");

  crm_cli_run_input (fixture, belgian, "sort", "--locale", "be", NULL);
  g_assert_cmpstr (fixture->out,
                   ==,
                   "Ter Winkel\nVan Avermaet\nVan Den Steenweg\nVanderlaan\nVan Vilvoorde\n");

  crm_cli_run_input (fixture, "", "sort", NULL);
  crm_cli_assert_done (fixture);
  g_assert_cmpstr (fixture->out, ==, "");

  crm_cli_run_input (fixture, "b\xff\na\n", "sort", NULL);
  crm_cli_assert_done (fixture);
  g_assert_cmpstr (fixture->out, ==, "a\nb\xff\n");
}

static void
test_kinds (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonObject) object = NULL;

  crm_cli_run_plain (fixture, "kinds", "--json", NULL);
  crm_cli_assert_done (fixture);
  object = crm_cli_get_line (fixture, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, "person");
  g_assert_cmpint (json_object_get_int_member (object, "fields"), >, 40);

  crm_cli_run_plain (fixture, "kinds", NULL);
  g_assert_nonnull (strstr (fixture->out, "organisation"));
}

static void
test_fields (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonObject) object = NULL;

  crm_cli_run_plain (fixture, "fields", "activity", "--json", NULL);
  crm_cli_assert_done (fixture);
  g_assert_cmpuint (crm_cli_count_lines (fixture->out), >=, 8);
  object = crm_cli_get_line (fixture, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, "type");
  g_assert_cmpstr (json_object_get_string_member (object, "type"), ==, "choice");
  g_assert_cmpint (json_object_get_int_member (object, "number"), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "choices")),
                    ==,
                    6);

  crm_cli_run_plain (fixture, "fields", "person", NULL);
  g_assert_nonnull (strstr (fixture->out, "surname_prefix"));
  crm_cli_run_plain (fixture, "fields", "horse", NULL);
  crm_cli_assert_failed (fixture, 1, "There is no kind “horse”");
}

int
main (int argc, char *argv[])
{
  crm_cli_fixture_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path, Fixture, NULL, crm_cli_set_up_empty, func, crm_cli_tear_down)
  ADD ("/cli/names/salutation", test_salutation);
  ADD ("/cli/names/salutation-empty", test_salutation_empty);
  ADD ("/cli/names/salutation-bad", test_salutation_bad);
  ADD ("/cli/names/sort", test_sort);
  ADD ("/cli/names/kinds", test_kinds);
  ADD ("/cli/names/fields", test_fields);
#undef ADD

  return g_test_run ();
}
