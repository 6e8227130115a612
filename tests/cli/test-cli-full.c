#include "crm-cli-fixture.h"
#include "crm-small-disk.h"

#include <glib/gstdio.h>
#include <string.h>

#define DISK_BYTES (40 * 1024 * 1024)
#define PEOPLE     1500

/* What is looked at before and after: it must be the same when a command failed. */
typedef char *(*Look) (Fixture *fixture);

static const char *why_not;

static void
set_up_disk (Fixture *fixture, gconstpointer unused)
{
  crm_cli_set_up_empty (fixture, unused);
  if (why_not == NULL)
    crm_small_disk_mount (fixture->dir, DISK_BYTES);
}

static void
tear_down_disk (Fixture *fixture, gconstpointer unused)
{
  if (why_not == NULL)
    crm_small_disk_unmount (fixture->dir);
  crm_cli_tear_down (fixture, unused);
}

static gboolean
skip (void)
{
  if (why_not != NULL)
    g_test_skip (why_not);

  return why_not != NULL;
}

static void
write_people (Fixture *fixture)
{
  GString *text = g_string_new ("voornaam;achternaam;straat;huisnummer;postcode;plaats;e-mail\n");

  for (guint i = 0; i < PEOPLE; i++)
    g_string_append_printf (text,
                            "Jan%u;Jansen%u;Kerkstraat;%u;1234 AB;Ede;jan%u@jansen.example\n",
                            i,
                            i,
                            i + 1,
                            i);
  crm_cli_write (fixture, "people.csv", text->str);
  g_string_free (text, TRUE);
}

/* The names of all files but the ballast and the log of what is under way, in order. */
static char *
list_files (Fixture *fixture)
{
  const char *const folders[] = { "", "replica" };
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) sorted = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = crm_cli_path (fixture, folders[i]);
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        if (!g_str_equal (name, "ballast") && !g_str_equal (name, "actions") &&
            !g_str_has_prefix (name, "replica"))
          g_ptr_array_add (names, g_strconcat (folders[i], "/", name, NULL));
    }
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  for (guint i = 0; i < names->len; i++)
    g_strv_builder_add (builder, names->pdata[i]);
  sorted = g_strv_builder_end (builder);

  return g_strjoinv (" ", sorted);
}

/* Files, records and their log; and the replica is sound. */
static char *
look (Fixture *fixture)
{
  g_autofree char *files = list_files (fixture);
  g_autofree char *people = NULL;

  crm_cli_run_args (fixture, "check", NULL);
  crm_cli_assert_done (fixture);
  crm_cli_run_args (fixture, "list", "activity", "--json", NULL);
  crm_cli_assert_done (fixture);
  people = g_strdup (fixture->out);
  crm_cli_run_args (fixture, "list", "person", "--json", NULL);
  crm_cli_assert_done (fixture);

  return g_strconcat (files, "\n", people, fixture->out, NULL);
}

/*
 * Runs a command with ever more room, until it can: each time that it cannot, one line says so and
 * everything is as it was.
 */
static void
run_until_room (Fixture *fixture, Look look_at, const char *const *argv)
{
  g_autofree char *before = look_at (fixture);
  guint n_failed = 0;

  for (guint64 left = 0;; left = left == 0 ? 4096 : left * 2)
    {
      g_autofree char *after = NULL;

      if (!crm_small_disk_fill (fixture->dir, left))
        g_error ("%s needs more than the whole disk", argv[0]);
      crm_cli_run_argv (fixture, argv);
      crm_small_disk_free (fixture->dir);
      if (fixture->status == 0)
        break;
      n_failed++;
      crm_cli_assert_failed (fixture, 1, "make room on the disk");
      g_assert_null (strstr (fixture->err, "running"));
      after = look_at (fixture);
      /* Not g_assert_cmpstr(): they are long. */
      g_assert_true (g_str_equal (before, after));
    }
  g_test_message ("%s failed %u times", argv[0], n_failed);
  g_assert_cmpuint (n_failed, >=, 3);
}

#define RUN(fixture, ...)                                                                          \
  run_until_room (fixture, look, (const char *const[]) { __VA_ARGS__, NULL })

static void
test_init (Fixture *fixture, gconstpointer unused)
{
  if (skip ())
    return;

  run_until_room (fixture, list_files, (const char *const[]) { "init", NULL });
  crm_cli_run_args (fixture, "check", NULL);
  crm_cli_assert_done (fixture);
}

static void
start (Fixture *fixture)
{
  crm_cli_run_args (fixture, "init", NULL);
  crm_cli_assert_done (fixture);
}

static void
start_with_people (Fixture *fixture)
{
  start (fixture);
  write_people (fixture);
  crm_cli_run_args (fixture, "import", "people.csv", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
}

static void
test_edit (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = NULL;

  if (skip ())
    return;

  start (fixture);
  id = crm_cli_make (fixture, "person", "surname=Jansen");
  RUN (fixture, "set", id, "city=Ede");
  RUN (fixture, "undo");
  g_assert_cmpuint (crm_cli_count (fixture, "person"), ==, 1);
}

static void
test_import (Fixture *fixture, gconstpointer unused)
{
  if (skip ())
    return;

  start (fixture);
  write_people (fixture);
  RUN (fixture, "import", "people.csv");
  g_assert_cmpuint (crm_cli_count (fixture, "person"), ==, PEOPLE);
  RUN (fixture, "undo");
  g_assert_cmpuint (crm_cli_count (fixture, "person"), ==, 0);
}

static void
test_export (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = crm_cli_path (fixture, "out.csv");
  g_autofree char *text = NULL;

  if (skip ())
    return;

  start_with_people (fixture);
  RUN (fixture, "export", "person", "out.csv");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpuint (crm_cli_count_lines (text), ==, PEOPLE + 1);
}

static void
test_letters (Fixture *fixture, gconstpointer unused)
{
  if (skip ())
    return;

  start_with_people (fixture);
  RUN (fixture,
       "letters",
       "Algemene brief",
       "--to",
       "surname ~ \"jansen1\"",
       "--output",
       "out.pdf");
  g_assert_cmpuint (crm_cli_count (fixture, "activity"), >, 100);
}

static void
test_rekey (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = crm_cli_path (fixture, "key");
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  if (skip ())
    return;

  start_with_people (fixture);
  crm_cli_write (fixture, "replica/recovery", "wrapped");
  g_assert_true (g_file_get_contents (path, &old, NULL, NULL));
  RUN (fixture, "rekey");
  g_assert_true (g_file_get_contents (path, &new, NULL, NULL));
  g_assert_cmpstr (old, !=, new);
  g_assert_cmpuint (crm_cli_count (fixture, "person"), ==, PEOPLE);
}

static void
remove_replica (Fixture *fixture)
{
  const char *const names[] = { "replica/replica.db", "replica/actions", "replica", "key" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = crm_cli_path (fixture, names[i]);

      g_assert_no_errno (g_remove (path));
    }
}

static void
test_backup (Fixture *fixture, gconstpointer unused)
{
  if (skip ())
    return;

  start_with_people (fixture);
  crm_cli_write (fixture, "password", "zeer geheim\n");
  RUN (fixture, "backup", "b", "--password-file", "password");
  remove_replica (fixture);
  run_until_room (fixture,
                  list_files,
                  (const char *const[]) { "restore", "b", "--password-file", "password", NULL });
  g_assert_cmpuint (crm_cli_count (fixture, "person"), ==, PEOPLE);
}

int
main (int argc, char *argv[])
{
  crm_cli_fixture_init (&argc, &argv);
  crm_small_disk_enter (&why_not);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up_disk, func, tear_down_disk)
  ADD ("/cli/full/init", test_init);
  ADD ("/cli/full/edit", test_edit);
  ADD ("/cli/full/import", test_import);
  ADD ("/cli/full/export", test_export);
  ADD ("/cli/full/letters", test_letters);
  ADD ("/cli/full/rekey", test_rekey);
  ADD ("/cli/full/backup", test_backup);
#undef ADD

  return g_test_run ();
}
