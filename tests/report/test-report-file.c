#include "report/crm-report-file.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <poppler.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

static CrmReport *
make_report (guint n_rows)
{
  static const char *const columns[] = { "When", "What", "Subject", "Relation", NULL };
  CrmReport *report = crm_report_new ("week", "My week");
  CrmReportFigure *figure = crm_report_add_figure (report, "calls", "Calls");
  CrmReportPoint *point = crm_report_add_point (report, "2024-03-05");
  CrmReportTable *table = crm_report_add_table (report, "done", "Done", columns);

  report->from = g_strdup ("2024-03-01");
  report->to = g_strdup ("2024-03-07");
  figure->value = 12;
  figure->before = 7;
  point->value = 5;
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *subject = g_strdup_printf ("=1+%u;\"x\"", i);
      const char *const cells[] = { "2024-03-05 10:00", "Call", subject, "Özil\nB.V.", NULL };

      crm_report_table_add_row (table, "id-1", NULL, g_strdupv ((char **) cells));
    }
  return report;
}

static void
test_table (void)
{
  g_autoptr (CrmReport) report = make_report (2);
  g_autofree char *text = crm_report_to_text (report, CRM_REPORT_TABLE);

  g_assert_nonnull (strstr (text, "Calls                 12   before: 7\n"));
  g_assert_nonnull (strstr (text, "2024-03-05 10:00  Call  =1+0;\"x\"  Özil B.V.\n"));
}

static void
test_csv (void)
{
  g_autoptr (CrmReport) report = make_report (1);
  g_autofree char *text = crm_report_to_text (report, CRM_REPORT_CSV);

  g_assert_nonnull (strstr (text, "figure;calls;12;7\r\n"));
  g_assert_nonnull (strstr (text, "day;2024-03-05;5;0\r\n"));
  /* No formula, and quotes that are doubled. */
  g_assert_nonnull (strstr (text,
                            "done;2024-03-05 10:00;Call;\"'=1+0;\"\"x\"\"\";\"Özil\nB.V.\"\r\n"));
}

static void
test_json (void)
{
  g_autoptr (CrmReport) report = make_report (1);
  g_autofree char *text = crm_report_to_text (report, CRM_REPORT_JSON);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = json_from_string (text, &error);
  JsonObject *object;
  JsonArray *figures;

  g_assert_no_error (error);
  object = json_node_get_object (root);
  g_assert_cmpstr (json_object_get_string_member (object, "report"), ==, "week");
  figures = json_object_get_array_member (object, "figures");
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (figures, 0), "value"),
                   ==,
                   12);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "done")), ==, 1);
}

/* Every format comes whole under its name and leaves nothing beside it. */
static void
test_save (void)
{
  static const char *const names[] = { "a.csv", "a.json", "a.xlsx", "a.pdf" };
  g_autoptr (CrmReport) report = make_report (100);
  g_autofree char *dir = g_dir_make_tmp ("crm-report-XXXXXX", NULL);
  g_autoptr (GDir) folder = NULL;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (dir, names[i], NULL);
      g_autoptr (GError) error = NULL;
      CrmReportFormat format;

      g_assert_true (crm_report_format_guess (path, &format));
      g_assert_true (crm_report_save (report, format, path, &error));
      g_assert_no_error (error);
      /* Again, over what is there. */
      g_assert_true (crm_report_save (report, format, path, &error));
    }

  folder = g_dir_open (dir, 0, NULL);
  while (g_dir_read_name (folder) != NULL)
    n++;
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (names));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (dir, names[i], NULL);
      g_autofree char *data = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &data, &size, NULL));
      g_assert_cmpuint (size, >, 500);
      if (i == 2)
        g_assert_cmpmem (data, 4, "PK\3\4", 4);
      if (i == 3)
        {
          g_autoptr (GBytes) bytes = g_bytes_new (data, size);
          g_autoptr (PopplerDocument)
              document = poppler_document_new_from_bytes (bytes, NULL, NULL);
          g_autoptr (PopplerPage) first = poppler_document_get_page (document, 0);
          g_autofree char *text = poppler_page_get_text (first);

          g_assert_cmpint (poppler_document_get_n_pages (document), >=, 2);
          g_assert_nonnull (strstr (text, "My week"));
          g_assert_nonnull (strstr (text, "before: 7"));
        }
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

static void
test_no_place (void)
{
  g_autoptr (CrmReport) report = make_report (1);

  for (CrmReportFormat format = CRM_REPORT_TABLE; format <= CRM_REPORT_PDF; format++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (crm_report_save (report, format, "/no/such/folder/a", &error));
      g_assert_nonnull (error);
    }
}

static void
test_formats (void)
{
  CrmReportFormat format;

  g_assert_true (crm_report_format_parse ("xlsx", &format));
  g_assert_cmpint (format, ==, CRM_REPORT_XLSX);
  g_assert_false (crm_report_format_parse ("doc", &format));
  g_assert_true (crm_report_format_guess ("a.b/c.PDF", &format));
  g_assert_cmpint (format, ==, CRM_REPORT_PDF);
  g_assert_false (crm_report_format_guess ("a.table", &format));
  g_assert_false (crm_report_format_guess ("a", &format));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report/report-file/table", test_table);
  g_test_add_func ("/report/report-file/csv", test_csv);
  g_test_add_func ("/report/report-file/json", test_json);
  g_test_add_func ("/report/report-file/save", test_save);
  g_test_add_func ("/report/report-file/no-place", test_no_place);
  g_test_add_func ("/report/report-file/formats", test_formats);

  return g_test_run ();
}
