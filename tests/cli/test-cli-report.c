#include "crm-cli-fixture.h"

#include <string.h>

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  crm_cli_set_up (fixture, unused);
  crm_cli_run_args (fixture,
                    "new",
                    "activity",
                    "type=call",
                    "subject=Offerte",
                    "due=nu",
                    "done=nu",
                    NULL);
  crm_cli_assert_done (fixture);
  crm_cli_run_args (fixture,
                    "new",
                    "activity",
                    "type=visit",
                    "subject=Rondleiding",
                    "done=5-3-2024 14:30",
                    NULL);
  crm_cli_assert_done (fixture);
}

static void
test_week (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonNode) node = NULL;

  crm_cli_run_args (fixture, "report", "week", NULL);
  crm_cli_assert_done (fixture);
  g_assert_nonnull (strstr (fixture->out, "Offerte"));
  g_assert_null (strstr (fixture->out, "Rondleiding"));

  crm_cli_run_args (fixture, "report", "week", "--from", "1-3-2024", "--to", "7 maart 2024", NULL);
  crm_cli_assert_done (fixture);
  g_assert_nonnull (strstr (fixture->out, "Rondleiding"));
  g_assert_null (strstr (fixture->out, "Offerte"));

  crm_cli_run_args (fixture, "report", "week", "--json", NULL);
  crm_cli_assert_done (fixture);
  node = json_from_string (fixture->out, NULL);
  g_assert_nonnull (node);
  crm_cli_run_args (fixture, "report", "week", "--format", "csv", NULL);
  crm_cli_assert_done (fixture);
  g_assert_nonnull (strstr (fixture->out, "Offerte"));
}

static void
test_files (Fixture *fixture, gconstpointer unused)
{
  static const char *const files[][2] = { { "week.pdf", "%PDF-" }, { "week.xlsx", "PK" } };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = crm_cli_path (fixture, files[i][0]);
      g_autofree char *bytes = NULL;

      crm_cli_run_args (fixture, "report", "week", "--output", files[i][0], NULL);
      crm_cli_assert_done (fixture);
      g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
      g_assert_true (g_str_has_prefix (bytes, files[i][1]));
    }
  crm_cli_run_args (fixture, "report", "week", "--output", "no/such/week.pdf", NULL);
  crm_cli_assert_failed (fixture, 1, "");
}

static void
test_bad (Fixture *fixture, gconstpointer unused)
{
  crm_cli_run_args (fixture, "report", "horse", NULL);
  crm_cli_assert_failed (fixture, 2, "there is no report “horse”");
  crm_cli_run_args (fixture, "report", "week", "--format", "odt", NULL);
  crm_cli_assert_failed (fixture, 2, "--format is");
  crm_cli_run_args (fixture, "report", "week", "--format", "pdf", NULL);
  crm_cli_assert_failed (fixture, 2, "--output is missing");
  crm_cli_run_args (fixture, "report", "week", "--from", "31-2-2024", NULL);
  crm_cli_assert_failed (fixture, 2, "--from: “31-2-2024” is not a date");
  crm_cli_run_args (fixture, "report", "week", "--from", "2024-03-08", "--to", "2024-03-01", NULL);
  crm_cli_assert_failed (fixture, 1, "");
}

int
main (int argc, char *argv[])
{
  crm_cli_fixture_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, crm_cli_tear_down)
  ADD ("/cli/report/week", test_week);
  ADD ("/cli/report/files", test_files);
  ADD ("/cli/report/bad", test_bad);
#undef ADD

  return g_test_run ();
}
