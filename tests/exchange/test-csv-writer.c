#include "exchange/crm-csv-writer.h"

#include "crm-exchange-fixture.h"

static void
test_rows (void)
{
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (GFile) file = NULL;
  g_autoptr (CrmCsvWriter) writer = NULL;
  g_autofree char *text = NULL;

  crm_scratch_init (&scratch);
  file = crm_scratch_file (&scratch, "out.csv");
  writer = crm_csv_writer_open (file, ';', TRUE, NULL, NULL);
  crm_csv_writer_add (writer, "naam");
  crm_csv_writer_add (writer, NULL);
  crm_csv_writer_add (writer, "a;b \"c\"\nd");
  g_assert_true (crm_csv_writer_end_row (writer, NULL, NULL));
  crm_csv_writer_add (writer, "");
  g_assert_true (crm_csv_writer_end_row (writer, NULL, NULL));
  g_assert_false (crm_scratch_exists (&scratch, "out.csv"));
  g_assert_true (crm_csv_writer_close (writer, NULL, NULL));

  text = crm_scratch_read (&scratch, "out.csv");
  g_assert_cmpstr (text, ==, "\xEF\xBB\xBFnaam;;\"a;b \"\"c\"\"\nd\"\r\n\"\"\r\n");
}

static void
test_atomic (void)
{
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (GFile) file = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autofree char *text = NULL;
  CrmCsvWriter *writer;
  guint i;

  crm_scratch_init (&scratch);
  file = crm_scratch_write (&scratch, "out.csv", "before", -1);
  writer = crm_csv_writer_open (file, ';', FALSE, NULL, NULL);
  for (i = 0; i < 50000; i++)
    {
      crm_csv_writer_add (writer, "half of it");
      g_assert_true (crm_csv_writer_end_row (writer, NULL, NULL));
    }
  crm_csv_writer_free (writer);

  text = crm_scratch_read (&scratch, "out.csv");
  g_assert_cmpstr (text, ==, "before");
  dir = g_dir_open (scratch.dir, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "out.csv");
  g_assert_null (g_dir_read_name (dir));
}

static void
test_guard (void)
{
  static const char *const dangerous[] = { "=1+1", "@SUM(A1)", "-2+3", "+cmd|' /C calc'!A0",
                                           "=",    "'=1",      "''=1", "\t=1",
                                           "-",    "+",        NULL };
  static const char *const harmless[] = {
    "Jan", "'t Hoen", "'s-Gravenhage", "+31612345678", "-12,50", "1=1", "", "'", NULL
  };
  guint i;

  for (i = 0; dangerous[i] != NULL; i++)
    {
      g_autofree char *guarded = crm_csv_guard (dangerous[i]);

      if (g_str_equal (dangerous[i], "-") || g_str_equal (dangerous[i], "+"))
        {
          g_assert_null (guarded);
          continue;
        }
      g_assert_nonnull (guarded);
      g_assert_cmpint (guarded[0], ==, '\'');
      g_assert_cmpstr (crm_csv_unguard (guarded), ==, dangerous[i]);
    }
  for (i = 0; harmless[i] != NULL; i++)
    {
      g_assert_null (crm_csv_guard (harmless[i]));
      g_assert_cmpstr (crm_csv_unguard (harmless[i]), ==, harmless[i]);
    }
}

static void
test_no_folder (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/folder/out.csv");
  g_autoptr (GError) error = NULL;

  g_assert_null (crm_csv_writer_open (file, ';', TRUE, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-writer/rows", test_rows);
  g_test_add_func ("/csv-writer/atomic", test_atomic);
  g_test_add_func ("/csv-writer/guard", test_guard);
  g_test_add_func ("/csv-writer/no-folder", test_no_folder);

  return g_test_run ();
}
