#include "report/crm-report-file.h"

#include "base/crm-file-error.h"
#include "exchange/crm-csv-writer.h"
#include "report/crm-report-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <unistd.h>

static const char *const formats[] = { "table", "csv", "json", "xlsx", "pdf" };

gboolean
crm_report_format_parse (const char *text, CrmReportFormat *format)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_strcmp0 (formats[i], text) == 0)
      {
        *format = (CrmReportFormat) i;
        return TRUE;
      }

  return FALSE;
}

gboolean
crm_report_format_guess (const char *path, CrmReportFormat *format)
{
  const char *dot = strrchr (path, '.');
  g_autofree char *ending = dot != NULL ? g_ascii_strdown (dot + 1, -1) : NULL;

  return ending != NULL && !g_str_equal (ending, "table") &&
         crm_report_format_parse (ending, format);
}

static void
append_padded (GString *out, const char *text, gsize width)
{
  gsize length = (gsize) g_utf8_strlen (text, -1);

  g_string_append (out, text);
  for (gsize i = length; i < width; i++)
    g_string_append_c (out, ' ');
}

/* A line break in a cell would break the columns. */
static void
append_cells (GString *out, char **cells, const gsize *widths)
{
  for (guint i = 0; cells[i] != NULL; i++)
    {
      g_autofree char *cell = g_strdelimit (g_strdup (cells[i]), "\n\r\t", ' ');

      append_padded (out, cell, cells[i + 1] != NULL ? widths[i] + 2 : 0);
    }
  g_string_append_c (out, '\n');
}

static void
append_table (GString *out, const CrmReportTable *table)
{
  guint n = g_strv_length (table->columns);
  g_autofree gsize *widths = g_new0 (gsize, n);

  for (guint i = 0; i < n; i++)
    {
      widths[i] = (gsize) g_utf8_strlen (table->columns[i], -1);
      for (guint j = 0; j < table->rows->len; j++)
        {
          const CrmReportRow *row = g_ptr_array_index (table->rows, j);

          widths[i] = MAX (widths[i], (gsize) g_utf8_strlen (row->cells[i], -1));
        }
    }

  g_string_append_printf (out, "\n%s\n", table->title);
  append_cells (out, table->columns, widths);
  for (guint j = 0; j < table->rows->len; j++)
    append_cells (out, ((const CrmReportRow *) g_ptr_array_index (table->rows, j))->cells, widths);
}

static char *
to_table (const CrmReport *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "%s  %s – %s", self->title, self->from, self->to);
  if (self->user != NULL)
    g_string_append_printf (out, "  (%s)", self->user);
  g_string_append (out, "\n\n");

  for (guint i = 0; i < self->figures->len; i++)
    {
      const CrmReportFigure *figure = g_ptr_array_index (self->figures, i);

      g_autofree char *before = g_strdup_printf ("%" G_GINT64_FORMAT, figure->before);

      append_padded (out, figure->label, 18);
      g_string_append_printf (out, "%6" G_GINT64_FORMAT "   ", figure->value);
      g_string_append_printf (out, _("before: %s"), before);
      g_string_append_c (out, '\n');
    }
  for (guint i = 0; i < self->tables->len; i++)
    if (((const CrmReportTable *) g_ptr_array_index (self->tables, i))->rows->len > 0)
      append_table (out, g_ptr_array_index (self->tables, i));

  return g_string_free_and_steal (g_steal_pointer (&out));
}

static void
append_csv_cell (GString *out, const char *cell, gboolean last)
{
  g_autofree char *guarded = crm_csv_guard (cell);
  const char *text = guarded != NULL ? guarded : cell;

  if (strpbrk (text, ";\"\r\n") != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (text, "\"", -1);
      g_autofree char *doubled = g_strjoinv ("\"\"", parts);

      g_string_append_printf (out, "\"%s\"", doubled);
    }
  else
    {
      g_string_append (out, text);
    }
  g_string_append (out, last ? "\r\n" : ";");
}

/* One table that a spreadsheet can work with: a line for each figure, day and row. */
static char *
to_csv (const CrmReport *self)
{
  g_autoptr (GString) out = g_string_new (NULL);
  static const char *const head[] = { "part", "name", "value", "before" };

  for (guint i = 0; i < G_N_ELEMENTS (head); i++)
    append_csv_cell (out, head[i], i + 1 == G_N_ELEMENTS (head));
  for (guint i = 0; i < self->figures->len; i++)
    {
      const CrmReportFigure *figure = g_ptr_array_index (self->figures, i);

      g_string_append_printf (out,
                              "figure;%s;%" G_GINT64_FORMAT ";%" G_GINT64_FORMAT "\r\n",
                              figure->name,
                              figure->value,
                              figure->before);
    }
  for (guint i = 0; i < self->points->len; i++)
    {
      const CrmReportPoint *point = g_ptr_array_index (self->points, i);

      g_string_append_printf (out,
                              "day;%s;%" G_GINT64_FORMAT ";%" G_GINT64_FORMAT "\r\n",
                              point->date,
                              point->value,
                              point->before);
    }
  for (guint i = 0; i < self->tables->len; i++)
    {
      const CrmReportTable *table = g_ptr_array_index (self->tables, i);

      for (guint j = 0; j < table->rows->len; j++)
        {
          const CrmReportRow *row = g_ptr_array_index (table->rows, j);

          append_csv_cell (out, table->name, FALSE);
          for (guint k = 0; row->cells[k] != NULL; k++)
            append_csv_cell (out, row->cells[k], row->cells[k + 1] == NULL);
        }
    }

  return g_string_free_and_steal (g_steal_pointer (&out));
}

static void
set_member (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
set_counts (JsonBuilder *builder, gint64 value, gint64 before)
{
  json_builder_set_member_name (builder, "value");
  json_builder_add_int_value (builder, value);
  json_builder_set_member_name (builder, "before");
  json_builder_add_int_value (builder, before);
}

static void
build_figures (const CrmReport *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "figures");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->figures->len; i++)
    {
      const CrmReportFigure *figure = g_ptr_array_index (self->figures, i);

      json_builder_begin_object (builder);
      set_member (builder, "name", figure->name);
      set_counts (builder, figure->value, figure->before);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "days");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->points->len; i++)
    {
      const CrmReportPoint *point = g_ptr_array_index (self->points, i);

      json_builder_begin_object (builder);
      set_member (builder, "date", point->date);
      set_counts (builder, point->value, point->before);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
build_table (const CrmReportTable *table, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, table->name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < table->rows->len; i++)
    {
      const CrmReportRow *row = g_ptr_array_index (table->rows, i);

      json_builder_begin_object (builder);
      if (row->id != NULL)
        set_member (builder, "id", row->id);
      json_builder_set_member_name (builder, "cells");
      json_builder_begin_array (builder);
      for (guint j = 0; row->cells[j] != NULL; j++)
        json_builder_add_string_value (builder, row->cells[j]);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static char *
to_json (const CrmReport *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  set_member (builder, "report", self->name);
  set_member (builder, "from", self->from);
  set_member (builder, "to", self->to);
  if (self->user != NULL)
    set_member (builder, "user", self->user);
  build_figures (self, builder);
  for (guint i = 0; i < self->tables->len; i++)
    build_table (g_ptr_array_index (self->tables, i), builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_strconcat (text, "\n", NULL);
}

char *
crm_report_to_text (const CrmReport *self, CrmReportFormat format)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (format)
    {
    case CRM_REPORT_TABLE:
      return to_table (self);

    case CRM_REPORT_CSV:
      return to_csv (self);

    case CRM_REPORT_JSON:
      return to_json (self);

    case CRM_REPORT_XLSX:
    case CRM_REPORT_PDF:
    default:
      g_return_val_if_reached (NULL);
    }
}

/* libxlsxwriter writes where it is told, so it is told another name first; and it talks to the
 * terminal when it cannot, so that is tried before. */
static gboolean
save_xlsx (const CrmReport *self, const char *path, GError **error)
{
  g_autofree char *partial = g_strdup_printf ("%s.%u.part", path, g_random_int ());
  int fd = g_open (partial, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);

  if (fd < 0)
    return crm_file_error_set (error, path, errno);
  close (fd);

  if (!crm_report_write_xlsx (self, partial, error))
    {
      g_unlink (partial);
      return crm_file_error_blame (error, path, partial);
    }
  if (g_rename (partial, path) != 0)
    {
      int code = errno;

      g_unlink (partial);
      return crm_file_error_set (error, path, code);
    }

  return TRUE;
}

gboolean
crm_report_save (const CrmReport *self, CrmReportFormat format, const char *path, GError **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (format == CRM_REPORT_PDF)
    return crm_report_write_pdf (self, path, error);
  if (format == CRM_REPORT_XLSX)
    return save_xlsx (self, path, error);

  text = crm_report_to_text (self, format);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0666, error) ||
         crm_file_error_blame (error, path, path);
}
