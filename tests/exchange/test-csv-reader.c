#include "exchange/crm-csv-reader.h"

#include "crm-exchange-fixture.h"
#include "exchange/crm-csv-writer.h"
#include "exchange/crm-exchange-error.h"

#include <string.h>

/* "line:cell|cell" per row, joined by newline. */
static char *
read_all (GFile *file, GError **error)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (CrmCsvReader) reader = NULL;
  g_autoptr (GError) local = NULL;
  CrmCsvFormat format;
  CrmCsvRow row;
  guint i;

  if (!crm_csv_format_detect (file, NULL, &format, NULL, error))
    return NULL;
  reader = crm_csv_reader_open (file, &format, NULL, error);
  if (reader == NULL)
    return NULL;

  while (crm_csv_reader_next (reader, &row, NULL, &local))
    {
      g_string_append_printf (all, "%s%" G_GUINT64_FORMAT ":", all->len > 0 ? "\n" : "", row.line);
      for (i = 0; i < MIN (row.n_cells, CRM_CSV_CELLS_MAX); i++)
        g_string_append_printf (all, "%s%s", i > 0 ? "|" : "", row.cells[i]);
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  return g_string_free (g_steal_pointer (&all), FALSE);
}

typedef struct
{
  const char *path;
  const char *text;
  gssize length;
  const char *expected;
} Case;

static const Case cases[] = {
  { "plain", "a;b\nc;d\n", -1, "1:a|b\n2:c|d" },
  { "crlf", "a;b\r\nc;d\r\n", -1, "1:a|b\n2:c|d" },
  { "cr", "a;b\rc;d\r", -1, "1:a|b\n2:c|d" },
  { "no-last-line-end", "a;b\nc;d", -1, "1:a|b\n2:c|d" },
  { "empty-lines", "\n\na;b\n\n   \nc;d\n\n", -1, "3:a|b\n6:c|d" },
  { "quotes", "a;b\n\"c;1\";\"d \"\"e\"\"\"\n", -1, "1:a|b\n2:c;1|d \"e\"" },
  { "lines-in-cell", "a;b\n\"1\r\n2\r\n3\";x\ny;z\n", -1, "1:a|b\n2:1\n2\n3|x\n5:y|z" },
  { "utf8-mark",
    "\xEF\xBB\xBF"
    "a;b\nc;d\n",
    -1,
    "1:a|b\n2:c|d" },
  { "windows-1252",
    "a;b\nZo\xEB;\x80 \x93x\x94\n",
    -1,
    "1:a|b\n2:Zo\xC3\xAB|\xE2\x82\xAC \xE2\x80\x9Cx\xE2\x80\x9D" },
  { "utf16le",
    "\xFF\xFE"
    "a\0;\0b\0\n\0\xEB\0;\0d\0\n\0",
    18,
    "1:a|b\n2:\xC3\xAB|d" },
  { "mixed",
    "a;b\nZo\xC3\xAB;\xC3\xA9\nZo\xEB;d\n",
    -1,
    "1:a|b\n2:Zo\xC3\xAB|\xC3\xA9\n3:Zo\xC3\xAB|d" },
  { "short-and-long", "a;b\nc\nd;e;f\n", -1, "1:a|b\n2:c\n3:d|e|f" },
  { "separator-row", "sep=,\na,b\nc,d\n", -1, "2:a|b\n3:c|d" },
  { "quote-inside", "a;b\n5\" pijp;d\n", -1, "1:a|b\n2:5\" pijp|d" },
};

static void
test_read (gconstpointer data)
{
  const Case *c = data;
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *all = NULL;

  crm_scratch_init (&scratch);
  file = crm_scratch_write (&scratch, "file.csv", c->text, c->length);
  all = read_all (file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (all, ==, c->expected);
}

static void
test_undefined_byte (void)
{
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (GFile) file = NULL;
  g_autoptr (CrmCsvReader) reader = NULL;
  CrmCsvFormat format;
  CrmCsvRow row;

  crm_scratch_init (&scratch);
  file = crm_scratch_write (&scratch, "file.csv", "a;b\nx\x81y;\xEB\n", -1);
  g_assert_true (crm_csv_format_detect (file, NULL, &format, NULL, NULL));
  reader = crm_csv_reader_open (file, &format, NULL, NULL);
  g_assert_true (crm_csv_reader_next (reader, &row, NULL, NULL));
  g_assert_false (row.damaged);
  g_assert_true (crm_csv_reader_next (reader, &row, NULL, NULL));
  g_assert_true (row.damaged);
  g_assert_cmpstr (row.cells[0], ==, "x\xEF\xBF\xBDy");
  g_assert_cmpstr (crm_csv_row_get (&row, 7), ==, "");
}

static void
assert_fails (CrmScratch *scratch, const char *text, gssize length, const char *expected)
{
  g_autoptr (GFile) file = crm_scratch_write (scratch, "bad.csv", text, length);
  g_autoptr (GError) error = NULL;
  g_autofree char *all = read_all (file, &error);

  g_assert_null (all);
  g_assert_cmpint (error->domain, ==, CRM_EXCHANGE_ERROR);
  g_assert_cmpint (error->code, !=, CRM_EXCHANGE_ERROR_MAPPING);
  if (strstr (error->message, expected) == NULL)
    g_error ("“%s” does not say “%s”", error->message, expected);
}

static void
test_fails (void)
{
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (GString) runaway = g_string_new ("a;b\nc;d\n\"e;f\n");
  g_autoptr (GString) endless = g_string_new ("a;b\n");
  guint i;

  crm_scratch_init (&scratch);
  assert_fails (&scratch,
                "a;b\nc;d\ne;\"f\ng;h\n",
                -1,
                "bad.csv: line 3: the row that begins here has quoted text that is not closed");
  assert_fails (&scratch,
                "\xFF\xFE"
                "a\0;\0b\0\n\0c\0;\0\0\0\n\0",
                18,
                "line 2: a NUL character");

  for (i = 0; i < 900000; i++)
    g_string_append (runaway, "0123456789\n");
  assert_fails (&scratch,
                runaway->str,
                runaway->len,
                "line 3: the row that begins here is longer than 8 MiB");
  for (i = 0; i < 5000000; i++)
    g_string_append (endless, "x;");
  assert_fails (&scratch, endless->str, endless->len, "line 2: the line is longer than 8 MiB");
}

static void
test_many_cells (void)
{
  /* Counted, but not kept. */
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (GString) text = g_string_new ("a;b\n");
  g_autoptr (GFile) file = NULL;
  g_autoptr (CrmCsvReader) reader = NULL;
  CrmCsvFormat format = { .encoding = CRM_ENCODING_UTF8, .separator = ';', .quote = '"' };
  CrmCsvRow row;
  guint i;

  crm_scratch_init (&scratch);
  for (i = 0; i < 100000; i++)
    g_string_append (text, "x;");
  file = crm_scratch_write (&scratch, "file.csv", text->str, text->len);
  reader = crm_csv_reader_open (file, &format, NULL, NULL);
  g_assert_true (crm_csv_reader_next (reader, &row, NULL, NULL));
  g_assert_true (crm_csv_reader_next (reader, &row, NULL, NULL));
  g_assert_cmpuint (row.n_cells, ==, 100001);
  g_assert_cmpstr (row.cells[CRM_CSV_CELLS_MAX - 1], ==, "x");
  g_assert_false (crm_csv_reader_next (reader, &row, NULL, NULL));
  g_assert_true (crm_csv_reader_ended_open (reader));
}

static char *
random_cell (GRand *rand)
{
  static const char *const parts[] = { "a",    "Zo\xC3\xAB", ";",  ",",  "\"",
                                       "\"\"", "\n",         " ",  "'",  "=",
                                       "+31",  "-",          "@x", "\t", "\xE2\x82\xAC",
                                       "|",    "1",          "" };
  GString *cell = g_string_new (NULL);
  guint n = g_rand_int_range (rand, 0, 6);

  while (n-- > 0)
    g_string_append (cell, parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts))]);

  return g_string_free (cell, FALSE);
}

/* Whatever the writer writes, the reader gives back. */
static void
test_round_trip (void)
{
  static const char separators[] = { ';', ',', '\t', '|' };
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260301);
  guint round, i;

  crm_scratch_init (&scratch);
  for (round = 0; round < 400; round++)
    {
      g_autoptr (GFile) file = crm_scratch_file (&scratch, "trip.csv");
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
      CrmCsvFormat format = { .encoding = CRM_ENCODING_UTF8,
                              .separator = separators[round % 4],
                              .quote = '"' };
      g_autoptr (CrmCsvWriter)
          writer = crm_csv_writer_open (file, format.separator, round % 2, NULL, NULL);
      g_autoptr (CrmCsvReader) reader = NULL;
      guint width = g_rand_int_range (rand, 1, 6);
      guint n_rows = g_rand_int_range (rand, 1, 8);
      CrmCsvRow row;

      for (i = 0; i < width * n_rows; i++)
        {
          g_ptr_array_add (cells, random_cell (rand));
          crm_csv_writer_add (writer, cells->pdata[i]);
          if (i % width == width - 1)
            g_assert_true (crm_csv_writer_end_row (writer, NULL, NULL));
        }
      g_assert_true (crm_csv_writer_close (writer, NULL, NULL));

      reader = crm_csv_reader_open (file, &format, NULL, NULL);
      for (i = 0; i < width * n_rows; i++)
        {
          if (i % width == 0)
            {
              g_assert_true (crm_csv_reader_next (reader, &row, NULL, NULL));
              g_assert_cmpuint (row.n_cells, ==, width);
            }
          g_assert_cmpstr (crm_csv_unguard (row.cells[i % width]), ==, cells->pdata[i]);
        }
      g_assert_false (crm_csv_reader_next (reader, &row, NULL, NULL));
    }
}

int
main (int argc, char **argv)
{
  gsize i;

  g_test_init (&argc, &argv, NULL);

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/csv-reader/read/", cases[i].path, NULL);

      g_test_add_data_func (path, &cases[i], test_read);
    }
  g_test_add_func ("/csv-reader/undefined-byte", test_undefined_byte);
  g_test_add_func ("/csv-reader/fails", test_fails);
  g_test_add_func ("/csv-reader/many-cells", test_many_cells);
  g_test_add_func ("/csv-reader/round-trip", test_round_trip);

  return g_test_run ();
}
