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
                    "form_of_address=mr",
                    "street=Kerkstraat",
                    "house_number=12",
                    "postcode=6711AA",
                    "city=Ede",
                    NULL);
  crm_cli_assert_done (fixture);
  crm_cli_run_args (fixture,
                    "new",
                    "person",
                    "given_name=Anna",
                    "surname=Özil",
                    "form_of_address=mrs",
                    "street=Weg",
                    "house_number=1",
                    "postcode=6711AB",
                    "city=Ede",
                    NULL);
  crm_cli_assert_done (fixture);
}

static void
assert_pdf (Fixture *fixture, const char *name)
{
  g_autofree char *path = crm_cli_path (fixture, name);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, >, 1000);
  g_assert_true (g_str_has_prefix (bytes, "%PDF-"));
}

static guint
count_files (Fixture *fixture, const char *name)
{
  g_autofree char *path = crm_cli_path (fixture, name);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
test_file (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonObject) object = NULL;

  crm_cli_run_args (fixture,
                    "letters",
                    "plain",
                    "--to",
                    "city = \"Ede\"",
                    "--output",
                    "out.pdf",
                    "--json",
                    NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  object = crm_cli_get_line (fixture, crm_cli_count_lines (fixture->out) - 1);
  g_assert_cmpint (json_object_get_int_member (object, "letters"), ==, 2);
  assert_pdf (fixture, "out.pdf");

  /* Each letter is at its relation, and one undo takes all back. */
  g_assert_cmpuint (crm_cli_count (fixture, "activity"), ==, 2);
  crm_cli_run_args (fixture, "undo", NULL);
  crm_cli_assert_done (fixture);
  g_assert_cmpuint (crm_cli_count (fixture, "activity"), ==, 0);
}

static void
test_folder (Fixture *fixture, gconstpointer unused)
{
  crm_cli_run_args (fixture, "letters", "plain", "--to", "city = \"Ede\"", "--output", "out", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpuint (count_files (fixture, "out"), ==, 2);
}

static void
test_ids (Fixture *fixture, gconstpointer unused)
{
  g_auto (GStrv) lines = NULL;

  crm_cli_run_args (fixture, "list", "person", NULL);
  lines = g_strsplit (fixture->out, "\n", -1);
  lines[0][36] = lines[1][36] = '\0';
  crm_cli_run_args (fixture,
                    "letters",
                    "plain",
                    "--id",
                    lines[0],
                    lines[1],
                    "--output",
                    "out.pdf",
                    NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_true (g_str_has_prefix (fixture->out, "2 letters"));
  crm_cli_run_args (fixture,
                    "letters",
                    "plain",
                    "--id",
                    lines[0],
                    "--id",
                    lines[1],
                    "--output",
                    "out2.pdf",
                    NULL);
  g_assert_true (g_str_has_prefix (fixture->out, "2 letters"));
}

/* Without an address there is no letter, and without --skip none at all. */
static void
test_preflight (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = crm_cli_make (fixture, "person", "surname=Bakker");
  g_autofree char *path = crm_cli_path (fixture, "out.pdf");
  g_autoptr (JsonObject) note = NULL;

  crm_cli_run_args (fixture,
                    "letters",
                    "plain",
                    "--to",
                    "surname != \"\"",
                    "--check",
                    "--json",
                    NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  g_assert_nonnull (strstr (fixture->err, "1 of 3 letters cannot be made"));
  g_assert_nonnull (strstr (fixture->out, "\"stops\":true"));
  g_assert_nonnull (strstr (fixture->out, id));
  note = crm_cli_get_line (fixture, 0);
  g_assert_true (json_object_has_member (note, "id"));
  g_assert_true (json_object_has_member (note, "problem"));

  crm_cli_run_args (fixture,
                    "letters",
                    "plain",
                    "--to",
                    "surname != \"\"",
                    "--output",
                    "out.pdf",
                    NULL);
  crm_cli_assert_failed (fixture, 1, "");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (crm_cli_count (fixture, "activity"), ==, 0);

  crm_cli_run_args (fixture,
                    "letters",
                    "plain",
                    "--to",
                    "surname != \"\"",
                    "--output",
                    "out.pdf",
                    "--skip",
                    NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_nonnull (strstr (fixture->out, "1 left out"));
  assert_pdf (fixture, "out.pdf");
}

static void
test_bad (Fixture *fixture, gconstpointer unused)
{
  crm_cli_run_args (fixture,
                    "letters",
                    "horse",
                    "--to",
                    "city = \"Ede\"",
                    "--output",
                    "out.pdf",
                    NULL);
  crm_cli_assert_failed (fixture, 1, "horse");
  crm_cli_run_args (fixture,
                    "letters",
                    "plain",
                    "--to",
                    "city = \"Nergens\"",
                    "--output",
                    "out.pdf",
                    NULL);
  crm_cli_assert_failed (fixture, 1, "no letter was made");
  crm_cli_run_args (fixture, "letters", "plain", "--to", "city =", "--output", "out.pdf", NULL);
  crm_cli_assert_failed (fixture, 1, "column");
  crm_cli_run_args (fixture, "letters", "plain", "--id", "x", "--output", "out.pdf", NULL);
  crm_cli_assert_failed (fixture, 1, "x");
  crm_cli_run_args (fixture,
                    "letters",
                    "plain",
                    "--to",
                    "city = \"Ede\"",
                    "--output",
                    "no/such/out.pdf",
                    NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  g_assert_cmpuint (crm_cli_count (fixture, "activity"), ==, 0);
}

int
main (int argc, char *argv[])
{
  crm_cli_fixture_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, crm_cli_tear_down)
  ADD ("/cli/letters/file", test_file);
  ADD ("/cli/letters/folder", test_folder);
  ADD ("/cli/letters/ids", test_ids);
  ADD ("/cli/letters/preflight", test_preflight);
  ADD ("/cli/letters/bad", test_bad);
#undef ADD

  return g_test_run ();
}
