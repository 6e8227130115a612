#include "crm-cli-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

static const char table[] =
    "Voornaam;Tussenvoegsel;Achternaam;Bedrijfsnaam;Adres;Postcode;Plaats;Telefoon\r\n"
    "Jan;de;Vries;Zon B.V.;Kerkstraat 12 bis;1234 ab;Ede;06-12345678\r\n"
    "Anna;;Özil;;Weg 1;1234 AC;Tiel;\r\n"
    ";;;;Weg 2;1234 AD;Tiel;\r\n";

static void
assert_totals (Fixture *fixture,
               gint64 rows,
               gint64 new,
               gint64 updated,
               gint64 unchanged,
               gint64 rejected)
{
  g_autoptr (JsonObject) totals = NULL;

  g_assert_cmpint (fixture->status, ==, 0);
  totals = crm_cli_get_line (fixture, crm_cli_count_lines (fixture->out) - 1);
  g_assert_cmpint (json_object_get_int_member (totals, "rows"), ==, rows);
  g_assert_cmpint (json_object_get_int_member (totals, "new"), ==, new);
  g_assert_cmpint (json_object_get_int_member (totals, "updated"), ==, updated);
  g_assert_cmpint (json_object_get_int_member (totals, "unchanged"), ==, unchanged);
  g_assert_cmpint (json_object_get_int_member (totals, "rejected"), ==, rejected);
  g_assert_true (json_object_has_member (totals, "seconds"));
  g_assert_cmpuint (json_object_get_size (totals), ==, 6);
}

static void
test_import (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *rejected = NULL;

  crm_cli_write (fixture, "t.csv", table);
  crm_cli_run_args (fixture, "--json", "import", "t.csv", NULL);
  assert_totals (fixture, 3, 2, 0, 0, 1);
  g_assert_cmpuint (crm_cli_count (fixture, "person"), ==, 2);
  g_assert_cmpuint (crm_cli_count (fixture, "organisation"), ==, 1);
  rejected = crm_cli_path (fixture, "t.csv.rejected.csv");
  g_assert_true (g_file_test (rejected, G_FILE_TEST_EXISTS));

  crm_cli_run_args (fixture, "import", "t.csv", "--json", NULL);
  assert_totals (fixture, 3, 0, 0, 2, 1);

  crm_cli_run_args (fixture, "undo", NULL);
  crm_cli_assert_done (fixture);
  g_assert_cmpuint (crm_cli_count (fixture, "relation"), ==, 0);
}

static void
test_import_text (Fixture *fixture, gconstpointer unused)
{
  crm_cli_write (fixture, "t.csv", table);
  crm_cli_run_args (fixture, "import", "t.csv", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_true (g_str_has_prefix (fixture->out,
                                   "3 rows: 2 new, 0 updated, 0 unchanged, 1 rejected"));
  g_assert_nonnull (strstr (fixture->out, "t.csv.rejected.csv"));
  g_assert_nonnull (strstr (fixture->out, "undo"));
  g_assert_nonnull (strstr (fixture->err, "line 4"));
}

static void
test_dry_run (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *rejected = crm_cli_path (fixture, "t.csv.rejected.csv");

  crm_cli_write (fixture, "t.csv", table);
  crm_cli_run_args (fixture, "import", "--dry-run", "t.csv", "--json", NULL);
  assert_totals (fixture, 3, 2, 0, 0, 1);
  g_assert_cmpuint (crm_cli_count (fixture, "relation"), ==, 0);
}

static void
test_map (Fixture *fixture, gconstpointer unused)
{
  crm_cli_write (fixture, "t.csv", "A,B\nVries,Ede\nBakker,Tiel\n");
  crm_cli_run_args (fixture,
                    "import",
                    "t.csv",
                    "--kind",
                    "person",
                    "--map",
                    "surname=A",
                    "--map",
                    "city=2",
                    "--json",
                    NULL);
  assert_totals (fixture, 2, 2, 0, 0, 0);
  crm_cli_run_args (fixture, "list", "person", "--where", "city = \"Tiel\"", "--json", NULL);
  g_assert_nonnull (strstr (fixture->out, "\"surname\":\"Bakker\""));

  crm_cli_run_args (fixture, "import", "t.csv", "--map", "surname", NULL);
  crm_cli_assert_failed (fixture, 2, "FIELD=COLUMN");
  crm_cli_run_args (fixture, "import", "t.csv", "--map", "=A", NULL);
  crm_cli_assert_failed (fixture, 2, "FIELD=COLUMN");
  crm_cli_run_args (fixture, "import", "t.csv", "--kind", "person", "--map", "horse=A", NULL);
  crm_cli_assert_failed (fixture, 1, "horse");
  crm_cli_run_args (fixture, "import", "t.csv", "--map", "surname=1", "--map", "city=1", NULL);
  crm_cli_assert_failed (fixture, 1, "each column one field");
  crm_cli_run_args (fixture, "import", "t.csv", "--kind", "horse", NULL);
  crm_cli_assert_failed (fixture, 1, "horse");
}

static void
test_bad_files (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = crm_cli_path (fixture, "binary");

  crm_cli_run_args (fixture, "import", "nowhere.csv", NULL);
  crm_cli_assert_failed (fixture, 1, "nowhere.csv");
  crm_cli_run_args (fixture, "import", ".", NULL);
  crm_cli_assert_failed (fixture, 1, "");
  g_assert_true (g_file_set_contents (path,
                                      "\x7f"
                                      "ELF\0\0\1\2\3\0\0",
                                      11,
                                      NULL));
  crm_cli_run_args (fixture, "import", "binary", NULL);
  crm_cli_assert_failed (fixture, 1, "binary");
  crm_cli_write (fixture, "cut.csv", "Achternaam;Plaats\nVries;\"Ede\nBakker;Tiel\n");
  crm_cli_run_args (fixture, "import", "cut.csv", NULL);
  crm_cli_assert_failed (fixture, 1, "cut.csv");
  g_assert_cmpuint (crm_cli_count (fixture, "relation"), ==, 0);
}

/* A list is no export, but its links are ids too. */
static void
test_list_back (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *organisation = crm_cli_make (fixture, "organisation", "name=Bakker");
  g_autofree char *link = g_strconcat ("organisation=", organisation, NULL);
  g_autofree char *person = crm_cli_make (fixture, "person", "surname=Vries");
  g_autofree char *list = NULL;

  crm_cli_run_args (fixture, "set", person, link, NULL);
  crm_cli_assert_done (fixture);
  crm_cli_run_args (fixture, "list", "person", "--csv", NULL);
  list = g_strdup (fixture->out);
  crm_cli_write (fixture, "list.csv", list);
  crm_cli_run_args (fixture, "import", "list.csv", "--json", NULL);
  assert_totals (fixture, 1, 0, 0, 1, 0);
  g_assert_cmpuint (crm_cli_count (fixture, "organisation"), ==, 1);
}

static void
test_templates_back (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *file = crm_cli_path (fixture, "templates.csv");

  crm_cli_run_args (fixture, "export", "template", file, NULL);
  crm_cli_assert_done (fixture);
  crm_cli_run_args (fixture, "import", file, "--json", NULL);
  assert_totals (fixture, 6, 0, 0, 6, 0);
}

/* What is exported and imported in another replica is exported the same again. */
static void
test_round_trip (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *other = crm_cli_path (fixture, "other");
  g_autofree char *other_key = crm_cli_path (fixture, "other.key");
  g_autofree char *first = crm_cli_path (fixture, "first.csv");
  g_autofree char *second = crm_cli_path (fixture, "second.csv");
  g_autofree char *first_text = NULL;
  g_autofree char *second_text = NULL;

  crm_cli_write (fixture, "t.csv", table);
  crm_cli_run_args (fixture, "import", "t.csv", NULL);
  crm_cli_run_args (fixture, "export", "relation", first, NULL);
  crm_cli_assert_done (fixture);
  g_assert_cmpstr (fixture->out, ==, "3 records\n");

  crm_cli_run_plain (fixture, "init", "--data", other, "--key-file", other_key, NULL);
  crm_cli_run_plain (fixture, "import", first, "--data", other, "--key-file", other_key, NULL);
  crm_cli_assert_done (fixture);
  crm_cli_run_plain (fixture,
                     "export",
                     "relation",
                     second,
                     "--data",
                     other,
                     "--key-file",
                     other_key,
                     NULL);
  crm_cli_assert_done (fixture);
  g_assert_true (g_file_get_contents (first, &first_text, NULL, NULL));
  g_assert_true (g_file_get_contents (second, &second_text, NULL, NULL));
  g_assert_cmpstr (first_text, ==, second_text);
}

static void
test_export_bad (Fixture *fixture, gconstpointer unused)
{
  crm_cli_run_args (fixture, "export", "horse", "x.csv", NULL);
  crm_cli_assert_failed (fixture, 1, "horse");
  crm_cli_run_args (fixture, "export", "person", "no/such/folder/x.csv", NULL);
  crm_cli_assert_failed (fixture, 1, "x.csv");
}

static void
write_large (Fixture *fixture, guint n)
{
  g_autoptr (GString) text = g_string_new ("Achternaam;Plaats;E-mail\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "Naam%u;Ede;naam%u@bedrijf.example\n", i, i);
  crm_cli_write (fixture, "large.csv", text->str);
}

/* The replica works, is sound, and holds nothing of an import that did not end. */
static void
assert_nothing_left (Fixture *fixture)
{
  /* Who only looks does not see half of it either. */
  g_assert_cmpuint (crm_cli_count (fixture, "person"), ==, 0);
  crm_cli_run_args (fixture, "check", NULL);
  crm_cli_assert_done (fixture);
}

/* Killed at several moments, from before the first set to far into the import. */
static void
test_killed (Fixture *fixture, gconstpointer unused)
{
  write_large (fixture, 20000);
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *path = crm_cli_path (fixture, "large.csv");
      g_autoptr (GSubprocess) import = crm_cli_start (fixture, "import", path, NULL);

      g_usleep (i * i * 15000);
      g_subprocess_force_exit (import);
      g_subprocess_wait (import, NULL, NULL);
      if (g_subprocess_get_if_exited (import))
        {
          /* Too quick for us; take it back. */
          crm_cli_run_args (fixture, "undo", NULL);
          crm_cli_assert_done (fixture);
        }
      assert_nothing_left (fixture);
    }
}

/* Until the import has begun to write; its mark lies in this folder. */
static void
wait_for_action (Fixture *fixture)
{
  g_autofree char *path = crm_cli_path (fixture, "replica/actions");

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

      if (dir != NULL && g_dir_read_name (dir) != NULL)
        return;
      g_usleep (10000);
    }
  g_error ("The import did not begin");
}

/* Ctrl+C ends with a word, not with half an import. */
static void
test_interrupted (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = crm_cli_path (fixture, "large.csv");
  g_autoptr (GSubprocess) import = NULL;
  g_autofree char *err = NULL;

  write_large (fixture, 100000);
  import = crm_cli_start (fixture, "import", path, NULL);
  wait_for_action (fixture);
  g_subprocess_send_signal (import, SIGINT);
  g_assert_true (g_subprocess_communicate_utf8 (import, NULL, NULL, NULL, &err, NULL));
  g_assert_true (g_subprocess_get_if_exited (import));
  g_assert_cmpint (g_subprocess_get_exit_status (import), ==, 1);
  g_assert_cmpstr (err, ==, "crm-cli: stopped; nothing was changed\n");
  assert_nothing_left (fixture);
}

/* A file may not grow beyond a limit, as on a full disk. */
static void
test_full_disk (Fixture *fixture, gconstpointer unused)
{
  write_large (fixture, 20000);
  crm_cli_run_limited (fixture, 2000000, "import", "large.csv", NULL);
  crm_cli_assert_failed (fixture, 1, "");
  assert_nothing_left (fixture);
}

/* An edit beside an import is not lost, and neither is the import. */
static void
test_two_writers (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = crm_cli_path (fixture, "large.csv");
  g_autoptr (GSubprocess) import = NULL;
  g_autofree char *err = NULL;
  guint n_made = 0;

  write_large (fixture, 5000);
  import = crm_cli_start (fixture, "import", path, NULL);
  for (guint i = 0; i < 10; i++)
    {
      crm_cli_run_args (fixture, "new", "tag", "name=x", NULL);
      n_made += fixture->status == 0 ? 1 : 0;
      if (fixture->status != 0)
        crm_cli_assert_failed (fixture, 1, "");
    }
  g_assert_true (g_subprocess_communicate_utf8 (import, NULL, NULL, NULL, &err, NULL));
  g_assert_cmpstr (err, ==, "");
  g_assert_cmpint (g_subprocess_get_exit_status (import), ==, 0);
  g_assert_cmpuint (crm_cli_count (fixture, "person"), ==, 5000);
  g_assert_cmpuint (crm_cli_count (fixture, "tag"), ==, n_made);
  g_assert_cmpuint (n_made, >, 0);
  crm_cli_run_args (fixture, "check", NULL);
  crm_cli_assert_done (fixture);
}

/* Of very many remarks the first are told, and how many more there are. */
static void
test_many_notes (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GString) text = g_string_new ("achternaam;e-mail\n");
  g_autoptr (JsonObject) more = NULL;

  for (guint i = 0; i < 1500; i++)
    g_string_append_printf (text, "Jansen%u;geen adres\n", i);
  crm_cli_write (fixture, "notes.csv", text->str);
  crm_cli_run_args (fixture, "--json", "import", "notes.csv", "--dry-run", NULL);
  crm_cli_assert_done (fixture);
  g_assert_cmpuint (crm_cli_count_lines (fixture->out), ==, 1002);
  more = crm_cli_get_line (fixture, 1000);
  g_assert_cmpint (json_object_get_int_member (more, "more"), ==, 500);
}

/* What a spreadsheet, an old program or a slip can make of a table: read, or one clear line. */
static void
test_odd_files (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *text;
    gsize length;
    const char *message; /* NULL: it is read */
    guint n_persons;
  } files[] = {
#define FILE(text) text, sizeof text - 1
    { FILE ("voornaam;achternaam\nJos\xE9;Jansen\nJos\xC3\xA9;Pieters\n"), NULL, 2 },
    { FILE ("\xFF\xFEv\0o\0o\0r\0n\0a\0a\0m\0\n\0J\0a\0n\0\n\0"), NULL, 1 },
    { FILE ("voornaam;achternaam\rJan;Jansen\rPiet;Pieters\r"), NULL, 2 },
    { FILE ("voornaam;achternaam\n"), NULL, 0 },
    { FILE ("achternaam;achternaam;voornaam\nJansen;Pieters;Jan\n"), NULL, 1 },
    { FILE ("achternaam;bedrag\nJansen;\"1;50\"\n"), NULL, 1 },
    { FILE ("voornaam;achternaam\nJa\0n;Jansen\n"), "line 2: a NUL byte", 0 },
    { FILE ("v\0o\0o\0r\0"), "NUL byte", 0 },
    { FILE (""), "the file is empty", 0 },
    { FILE ("\xEF\xBB\xBF"), "the file is empty", 0 },
    { FILE ("\n\n\n"), "only empty lines", 0 },
    { FILE ("voornaam;achternaam\n\"Jan;Jansen\n"), "not closed", 0 },
#undef FILE
  };
  g_autofree char *path = crm_cli_path (fixture, "odd.csv");

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_assert_true (g_file_set_contents (path, files[i].text, (gssize) files[i].length, NULL));
      crm_cli_run_args (fixture, "import", "odd.csv", NULL);
      if (files[i].message != NULL)
        crm_cli_assert_failed (fixture, 1, files[i].message);
      else
        g_assert_cmpint (fixture->status, ==, 0);
      g_assert_cmpuint (crm_cli_count (fixture, "person"), ==, files[i].n_persons);
      if (files[i].n_persons == 0)
        continue;
      crm_cli_run_args (fixture, "undo", NULL);
      crm_cli_assert_done (fixture);
    }
}

static void
test_no_files (Fixture *fixture, gconstpointer unused)
{
  static const char *const devices[] = { "/dev/zero", "/dev/null", "/dev/urandom" };
  g_autoptr (GString) wide = g_string_new ("c");

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      crm_cli_run_args (fixture, "import", devices[i], NULL);
      crm_cli_assert_failed (fixture, 1, "no ordinary file");
    }
  crm_cli_run_args (fixture, "import", fixture->dir, NULL);
  crm_cli_assert_failed (fixture, 1, "this is a folder");
  crm_cli_run_args (fixture, "import", "no.csv", NULL);
  crm_cli_assert_failed (fixture, 1, "no.csv");

  for (guint i = 0; i < 100000; i++)
    g_string_append (wide, ";c");
  crm_cli_write (fixture, "wide.csv", wide->str);
  crm_cli_run_args (fixture, "import", "wide.csv", NULL);
  crm_cli_assert_failed (fixture, 1, "at most 4096 columns");
}

/* Conflicts come from a server and nowhere else. */
static void
test_system_kind (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *file = g_build_filename (fixture->dir, "conflicts.csv", NULL);

  g_assert_true (g_file_set_contents (file, "type,late\nfield,x\n", -1, NULL));
  crm_cli_run_args (fixture, "new", "conflict", "type=field", NULL);
  crm_cli_assert_failed (fixture, 1, "made by the program itself");
  crm_cli_run_args (fixture, "import", file, "--kind", "conflict", NULL);
  crm_cli_assert_failed (fixture, 1, "no kind “conflict”");
  crm_cli_run_args (fixture, "export", "conflict", file, NULL);
  crm_cli_assert_failed (fixture, 1, "no kind “conflict”");
  crm_cli_run_args (fixture, "list", "conflict", NULL);
  crm_cli_assert_done (fixture);
}

int
main (int argc, char *argv[])
{
  crm_cli_fixture_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, crm_cli_set_up, func, crm_cli_tear_down)
  ADD ("/cli/exchange/import", test_import);
  ADD ("/cli/exchange/import-text", test_import_text);
  ADD ("/cli/exchange/dry-run", test_dry_run);
  ADD ("/cli/exchange/map", test_map);
  ADD ("/cli/exchange/bad-files", test_bad_files);
  ADD ("/cli/exchange/odd-files", test_odd_files);
  ADD ("/cli/exchange/no-files", test_no_files);
  ADD ("/cli/exchange/many-notes", test_many_notes);
  ADD ("/cli/exchange/list-back", test_list_back);
  ADD ("/cli/exchange/templates-back", test_templates_back);
  ADD ("/cli/exchange/round-trip", test_round_trip);
  ADD ("/cli/exchange/export-bad", test_export_bad);
  ADD ("/cli/exchange/system-kind", test_system_kind);
  ADD ("/cli/exchange/killed", test_killed);
  ADD ("/cli/exchange/interrupted", test_interrupted);
  ADD ("/cli/exchange/full-disk", test_full_disk);
  ADD ("/cli/exchange/two-writers", test_two_writers);
#undef ADD

  return g_test_run ();
}
