#include "exchange/crm-csv-format.h"

#include "crm-exchange-fixture.h"
#include "exchange/crm-exchange-error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  const char *path;
  const char *text;
  gssize length;
  CrmEncoding encoding;
  char separator;
  char quote;
} Case;

static const Case cases[] = {
  { "semicolon", "naam;plaats\nJan;Ede\n", -1, CRM_ENCODING_UTF8, ';', '"' },
  { "comma", "naam,plaats\nJan,Ede\n", -1, CRM_ENCODING_UTF8, ',', '"' },
  { "tab", "naam\tplaats\nJan, Piet\tEde; en meer\n", -1, CRM_ENCODING_UTF8, '\t', '"' },
  { "pipe", "naam|plaats\r\nJan|Ede\r\n", -1, CRM_ENCODING_UTF8, '|', '"' },
  { "commas-in-cells",
    "naam;adres\n\"Vries, de\";\"Dorp 1, Ede\"\n\"Jong, de\";\"Dorp 2, Ede\"\n",
    -1,
    CRM_ENCODING_UTF8,
    ';',
    '"' },
  { "unquoted-commas",
    "achternaam;plaats\nVries, de;Ede\nJong, de;Ede\nSmit, van;Ede\n",
    -1,
    CRM_ENCODING_UTF8,
    ';',
    '"' },
  { "decimal-commas",
    "naam;bedrag;korting\nA;1,5;2,5\nB;2,5;3,5\n",
    -1,
    CRM_ENCODING_UTF8,
    ';',
    '"' },
  { "one-column", "e-mail\njan@x.nl\npiet@x.nl\n", -1, CRM_ENCODING_UTF8, ';', '"' },
  { "one-column-of-names", "naam\nVries, de\nJong, de\n", -1, CRM_ENCODING_UTF8, ';', '"' },
  { "apostrophes",
    "'naam','plaats'\n'Jan','Ede'\n'Piet','Ede'\n",
    -1,
    CRM_ENCODING_UTF8,
    ',',
    '\'' },
  { "apostrophes-in-names",
    "naam;plaats\n't Hoen;'s-Gravenhage\n't Hart;'s-Hertogenbosch\n",
    -1,
    CRM_ENCODING_UTF8,
    ';',
    '"' },
  { "bom", "\xEF\xBB\xBFnaam;plaats\nJan;Ede\n", -1, CRM_ENCODING_UTF8, ';', '"' },
  { "utf8", "naam;plaats\nZo\xC3\xAB;Ede\n", -1, CRM_ENCODING_UTF8, ';', '"' },
  { "windows-1252", "naam;plaats\nZo\xEB;Ede\n", -1, CRM_ENCODING_WINDOWS_1252, ';', '"' },
  { "utf16le", "\xFF\xFEn\0;\0p\0\n\0J\0;\0E\0\n\0", 18, CRM_ENCODING_UTF16LE, ';', '"' },
  { "utf16be", "\xFE\xFF\0n\0,\0p\0\n\0J\0,\0E\0\n", 18, CRM_ENCODING_UTF16BE, ',', '"' },
  { "excel-says-so", "sep=,\r\nnaam,plaats\r\nJan,Ede\r\n", -1, CRM_ENCODING_UTF8, ',', '"' },
  { "cut-character", "naam;plaats\nZo\xC3", -1, CRM_ENCODING_WINDOWS_1252, ';', '"' },
};

static void
test_detect (gconstpointer data)
{
  const Case *c = data;
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  CrmCsvFormat format;

  crm_scratch_init (&scratch);
  file = crm_scratch_write (&scratch, "file.csv", c->text, c->length);

  g_assert_true (crm_csv_format_detect (file, NULL, &format, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (format.encoding, ==, c->encoding);
  g_assert_cmpint (format.separator, ==, c->separator);
  g_assert_cmpint (format.quote, ==, c->quote);
  g_assert_cmpint (format.separator_row, ==, g_str_has_prefix (c->text, "sep="));
}

static void
test_late_bytes (void)
{
  /* The only letter that tells stands behind the part that is sampled, and across a block. */
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (GString) text = g_string_new ("naam;plaats\n");
  CrmCsvFormat format;
  g_autoptr (GError) error = NULL;

  crm_scratch_init (&scratch);
  while (text->len < 64 * 1024 * 5 - 1 - 3)
    g_string_append (text, "ab\n");
  while (text->len < 64 * 1024 * 5 - 1)
    g_string_append_c (text, 'x');
  g_string_append (text, "\xC3\xAB\n");
  {
    g_autoptr (GFile) file = crm_scratch_write (&scratch, "a.csv", text->str, text->len);

    g_assert_true (crm_csv_format_detect (file, NULL, &format, NULL, &error));
    g_assert_cmpint (format.encoding, ==, CRM_ENCODING_UTF8);
  }
  g_string_append (text, "\xEB;\n");
  {
    g_autoptr (GFile) file = crm_scratch_write (&scratch, "b.csv", text->str, text->len);

    g_assert_true (crm_csv_format_detect (file, NULL, &format, NULL, &error));
    g_assert_cmpint (format.encoding, ==, CRM_ENCODING_WINDOWS_1252);
    g_assert_true (format.mixed);
  }
}

static void
test_wanted_stays (void)
{
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (GFile) file = NULL;
  const CrmCsvFormat wanted = { .encoding = CRM_ENCODING_WINDOWS_1252,
                                .separator = ',',
                                .header = CRM_HEADER_ABSENT };
  CrmCsvFormat format;
  g_autoptr (GError) error = NULL;

  crm_scratch_init (&scratch);
  file = crm_scratch_write (&scratch, "file.csv", "a;b\nc;d\n", -1);
  g_assert_true (crm_csv_format_detect (file, &wanted, &format, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (format.encoding, ==, CRM_ENCODING_WINDOWS_1252);
  g_assert_cmpint (format.separator, ==, ',');
  g_assert_cmpint (format.header, ==, CRM_HEADER_ABSENT);
}

static void
assert_refused (GFile *file, const char *expected)
{
  CrmCsvFormat format;
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_csv_format_detect (file, NULL, &format, NULL, &error));
  g_assert_cmpint (error->domain, ==, CRM_EXCHANGE_ERROR);
  g_assert_cmpint (error->code, !=, CRM_EXCHANGE_ERROR_MAPPING);
  if (strstr (error->message, expected) == NULL)
    g_error ("“%s” does not say “%s”", error->message, expected);
}

static void
test_refused (void)
{
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (GFile) empty = NULL;
  g_autoptr (GFile) binary = NULL;
  g_autoptr (GFile) nul = NULL;
  g_autoptr (GFile) sheet = NULL;
  g_autoptr (GFile) only_mark = NULL;
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GFile) zero = g_file_new_for_path ("/dev/zero");

  crm_scratch_init (&scratch);
  empty = crm_scratch_write (&scratch, "empty.csv", "", 0);
  assert_refused (empty, "empty.csv: the file is empty");
  only_mark = crm_scratch_write (&scratch, "mark.csv", "\xEF\xBB\xBF", 3);
  assert_refused (only_mark, "the file is empty");
  binary = crm_scratch_write (&scratch, "binary.csv", "\177ELF\2\1\1\0\0\0\n", 11);
  assert_refused (binary, "binary.csv: line 1: a NUL byte");
  nul = crm_scratch_write (&scratch, "nul.csv", "naam;plaats\nJan;E\0de\n", 21);
  assert_refused (nul, "nul.csv: line 2: a NUL byte");
  sheet = crm_scratch_write (&scratch, "klanten.xlsx", "PK\003\004 and the rest", -1);
  assert_refused (sheet, "save it as CSV");
  folder = g_file_new_for_path (scratch.dir);
  assert_refused (folder, "this is a folder");
  assert_refused (zero, "no ordinary file");
}

static void
test_endless_line (void)
{
  /* 2 GB without an end of line; sparse, so that it takes no room. NULs are met first, so that the
   * first part is letters. */
  g_auto (CrmScratch) scratch = { NULL };
  g_autofree char *letters = g_strnfill (9 * 1024 * 1024, 'a');
  g_autoptr (GFile) file = NULL;
  gint64 started;

  crm_scratch_init (&scratch);
  file = crm_scratch_write (&scratch, "line.csv", letters, -1);
  g_assert_cmpint (truncate (g_file_peek_path (file), 2000000000), ==, 0);
  started = g_get_monotonic_time ();
  assert_refused (file, "line.csv: line 1: the line is longer than 8 MiB");
  g_assert_cmpint (g_get_monotonic_time () - started, <, 5 * G_USEC_PER_SEC);
}

static void
test_missing (void)
{
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (GFile) file = NULL;
  CrmCsvFormat format;
  g_autoptr (GError) error = NULL;

  crm_scratch_init (&scratch);
  file = crm_scratch_file (&scratch, "missing.csv");
  g_assert_false (crm_csv_format_detect (file, NULL, &format, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_cancelled (void)
{
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GFile) file = NULL;
  CrmCsvFormat format;
  g_autoptr (GError) error = NULL;

  crm_scratch_init (&scratch);
  file = crm_scratch_write (&scratch, "file.csv", "a;b\n", -1);
  g_cancellable_cancel (cancellable);
  g_assert_false (crm_csv_format_detect (file, NULL, &format, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  gsize i;

  g_test_init (&argc, &argv, NULL);

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/csv-format/detect/", cases[i].path, NULL);

      g_test_add_data_func (path, &cases[i], test_detect);
    }
  g_test_add_func ("/csv-format/late-bytes", test_late_bytes);
  g_test_add_func ("/csv-format/wanted-stays", test_wanted_stays);
  g_test_add_func ("/csv-format/refused", test_refused);
  g_test_add_func ("/csv-format/endless-line", test_endless_line);
  g_test_add_func ("/csv-format/missing", test_missing);
  g_test_add_func ("/csv-format/cancelled", test_cancelled);

  return g_test_run ();
}
