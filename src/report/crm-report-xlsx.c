#include "report/crm-report-file-private.h"

#include "base/crm-file-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <xlsxwriter.h>

typedef struct
{
  lxw_worksheet *sheet;
  lxw_format *bold;
  lxw_format *title;
  lxw_row_t row;
} Sheet;

/* write_string never makes a formula of a text that starts with "=". */
static void
write_row (Sheet *self, char **cells, lxw_format *format)
{
  for (guint i = 0; cells[i] != NULL; i++)
    worksheet_write_string (self->sheet, self->row, (lxw_col_t) i, cells[i], format);
  self->row++;
}

static void
write_counts (Sheet *self, const char *label, gint64 value, gint64 before)
{
  worksheet_write_string (self->sheet, self->row, 0, label, NULL);
  worksheet_write_number (self->sheet, self->row, 1, (double) value, NULL);
  worksheet_write_number (self->sheet, self->row, 2, (double) before, NULL);
  self->row++;
}

static void
write_head (Sheet *self, const CrmReport *report)
{
  g_autofree char *period = g_strdup_printf ("%s – %s", report->from, report->to);
  char *columns[] = { (char *) "", (char *) _("This period"), (char *) _("Before"), NULL };

  worksheet_write_string (self->sheet, self->row++, 0, report->title, self->title);
  worksheet_write_string (self->sheet, self->row++, 0, period, NULL);
  self->row++;
  write_row (self, columns, self->bold);
}

static void
write_all (Sheet *self, const CrmReport *report)
{
  write_head (self, report);
  for (guint i = 0; i < report->figures->len; i++)
    {
      const CrmReportFigure *figure = g_ptr_array_index (report->figures, i);

      write_counts (self, figure->label, figure->value, figure->before);
    }
  self->row++;
  for (guint i = 0; i < report->points->len; i++)
    {
      const CrmReportPoint *point = g_ptr_array_index (report->points, i);

      write_counts (self, point->date, point->value, point->before);
    }

  for (guint i = 0; i < report->tables->len; i++)
    {
      const CrmReportTable *table = g_ptr_array_index (report->tables, i);

      self->row++;
      worksheet_write_string (self->sheet, self->row++, 0, table->title, self->title);
      write_row (self, table->columns, self->bold);
      for (guint j = 0; j < table->rows->len; j++)
        write_row (self, ((const CrmReportRow *) g_ptr_array_index (table->rows, j))->cells, NULL);
    }
}

gboolean
crm_report_write_xlsx (const CrmReport *self, const char *path, GError **error)
{
  lxw_workbook *book = workbook_new (path);
  Sheet sheet = { NULL };
  lxw_error code;

  sheet.sheet = workbook_add_worksheet (book, NULL);
  sheet.bold = workbook_add_format (book);
  format_set_bold (sheet.bold);
  sheet.title = workbook_add_format (book);
  format_set_bold (sheet.title);
  format_set_font_size (sheet.title, 14);
  worksheet_set_column (sheet.sheet, 0, 0, 20, NULL);
  worksheet_set_column (sheet.sheet, 1, 3, 28, NULL);
  write_all (&sheet, self);

  errno = 0;
  code = workbook_close (book);
  if (code == LXW_NO_ERROR)
    return TRUE;
  if (crm_file_error_is_full (errno))
    return crm_file_error_set (error, path, errno);

  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_FAILED,
               "“%s” could not be written: %s",
               path,
               lxw_strerror (code));
  return FALSE;
}
