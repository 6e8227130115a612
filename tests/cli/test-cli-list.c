#include "crm-cli-fixture.h"

#include <string.h>

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  crm_cli_set_up (fixture, unused);
  crm_cli_run_args (fixture,
                    "new",
                    "person",
                    "given_name=Jan",
                    "surname_prefix=de",
                    "surname=Vries",
                    "city=Ede",
                    "phone=06-12345678",
                    "postcode=6711 aa",
                    "last_activity=2020-01-01",
                    NULL);
  crm_cli_assert_done (fixture);
  crm_cli_run_args (fixture,
                    "new",
                    "person",
                    "given_name=Anna",
                    "surname=Özil",
                    "city=Tiel",
                    "note=zei \"ja, goed\"",
                    NULL);
  crm_cli_assert_done (fixture);
  crm_cli_run_args (fixture,
                    "new",
                    "person",
                    "given_name=Bert",
                    "surname=Bakker",
                    "city=EDE",
                    NULL);
  crm_cli_assert_done (fixture);
  crm_cli_run_args (fixture, "new", "organisation", "name=Zon B.V.", "city=Ede", NULL);
  crm_cli_assert_done (fixture);
}

/* The titles of the lines that were printed, joined by "|". */
static char *
get_names (Fixture *fixture)
{
  g_auto (GStrv) lines = g_strsplit (fixture->out, "\n", -1);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "|" : "", lines[i] + 38);

  return g_strdup (names->str);
}

static void
assert_names (Fixture *fixture, const char *expected)
{
  g_autofree char *names = NULL;

  crm_cli_assert_done (fixture);
  names = get_names (fixture);
  g_assert_cmpstr (names, ==, expected);
}

static void
test_order (Fixture *fixture, gconstpointer unused)
{
  crm_cli_run_args (fixture, "list", "person", NULL);
  assert_names (fixture, "Bert Bakker, EDE|Anna Özil, Tiel|Jan de Vries, Ede");
  crm_cli_run_args (fixture, "list", "person", "--sort", "surname", NULL);
  assert_names (fixture, "Bert Bakker, EDE|Anna Özil, Tiel|Jan de Vries, Ede");
  crm_cli_run_args (fixture, "list", "person", "--limit", "2", NULL);
  assert_names (fixture, "Bert Bakker, EDE|Anna Özil, Tiel");
  crm_cli_run_args (fixture, "list", "person", "--limit", "-1", NULL);
  crm_cli_assert_failed (fixture, 2, "--limit");
  crm_cli_run_args (fixture, "list", "relation", NULL);
  assert_names (fixture, "Bert Bakker, EDE|Anna Özil, Tiel|Jan de Vries, Ede|Zon B.V., Ede");
  crm_cli_run_args (fixture, "list", "tag", NULL);
  assert_names (fixture, "");
}

static void
test_where (Fixture *fixture, gconstpointer unused)
{
  crm_cli_run_args (fixture, "list", "person", "--where", "city = \"ede\"", NULL);
  assert_names (fixture, "Bert Bakker, EDE|Jan de Vries, Ede");
  crm_cli_run_args (fixture, "list", "person", "--where", "surname = \"ozil\"", NULL);
  assert_names (fixture, "Anna Özil, Tiel");
  crm_cli_run_args (fixture,
                    "list",
                    "person",
                    "--where",
                    "last_activity < today-30 and last_activity != \"\"",
                    NULL);
  assert_names (fixture, "Jan de Vries, Ede");
  /* Nobody was ever in touch with Bert. */
  crm_cli_run_args (fixture,
                    "list",
                    "person",
                    "--where",
                    "last_activity < today-30 and not city = \"Tiel\"",
                    NULL);
  assert_names (fixture, "Bert Bakker, EDE|Jan de Vries, Ede");
  crm_cli_run_args (fixture, "list", "person", "--where", "email = \"\"", NULL);
  assert_names (fixture, "Bert Bakker, EDE|Anna Özil, Tiel|Jan de Vries, Ede");
}

static void
test_where_bad (Fixture *fixture, gconstpointer unused)
{
  crm_cli_run_args (fixture, "list", "person", "--where", "city = Ede", NULL);
  crm_cli_assert_failed (fixture, 1, "column 8");
  /* False, and said. */
  crm_cli_run_args (fixture, "list", "person", "--where", "horse = \"x\"", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpstr (fixture->out, ==, "");
  g_assert_nonnull (strstr (fixture->err, "no kind has a field “horse”"));
  crm_cli_run_args (fixture, "list", "person", "--sort", "horse", NULL);
  crm_cli_assert_failed (fixture, 1, "has no field “horse”");
  crm_cli_run_args (fixture, "list", "horse", NULL);
  crm_cli_assert_failed (fixture, 1, "no kind “horse”");
}

static void
test_json (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonObject) object = NULL;

  crm_cli_run_args (fixture, "list", "person", "--json", "--where", "city = \"tiel\"", NULL);
  crm_cli_assert_done (fixture);
  g_assert_cmpuint (crm_cli_count_lines (fixture->out), ==, 1);
  object = crm_cli_get_line (fixture, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "note"), ==, "zei \"ja, goed\"");
}

static void
test_csv (Fixture *fixture, gconstpointer unused)
{
  crm_cli_run_args (fixture, "list", "person", "--csv", NULL);
  crm_cli_assert_done (fixture);
  g_assert_true (g_str_has_prefix (fixture->out, "id,kind,number,initials,given_name,"));
  g_assert_nonnull (strstr (fixture->out, ",\"zei \"\"ja, goed\"\"\","));
  g_assert_cmpuint (crm_cli_count_lines (fixture->out), ==, 4);
}

static void
test_find (Fixture *fixture, gconstpointer unused)
{
  static const char *const texts[] = { "vries",  "de vries",   "devries",        "Vries, de",
                                       "6711AA", "0612345678", "+31 6 1234 5678" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      crm_cli_run_args (fixture, "find", texts[i], NULL);
      assert_names (fixture, "Jan de Vries, Ede");
    }
  crm_cli_run_args (fixture, "find", "de", "vries", NULL);
  assert_names (fixture, "Jan de Vries, Ede");
  crm_cli_run_args (fixture, "find", "zon", NULL);
  assert_names (fixture, "Zon B.V., Ede");
  crm_cli_run_args (fixture, "find", "schoenmaat", NULL);
  assert_names (fixture, "");
  crm_cli_run_args (fixture, "find", "ede", "--limit", "1", "--json", NULL);
  g_assert_cmpuint (crm_cli_count_lines (fixture->out), ==, 1);
}

static void
test_show (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = crm_cli_make (fixture, "person", "organisation=Zon B.V.");

  crm_cli_run_args (fixture, "show", id, NULL);
  crm_cli_assert_done (fixture);
  g_assert_nonnull (strstr (fixture->out, "Zon B.V. ("));
}

int
main (int argc, char *argv[])
{
  crm_cli_fixture_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, crm_cli_tear_down)
  ADD ("/cli/list/order", test_order);
  ADD ("/cli/list/where", test_where);
  ADD ("/cli/list/where-bad", test_where_bad);
  ADD ("/cli/list/json", test_json);
  ADD ("/cli/list/csv", test_csv);
  ADD ("/cli/list/find", test_find);
  ADD ("/cli/list/show", test_show);
#undef ADD

  return g_test_run ();
}
