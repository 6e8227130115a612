#include "report/crm-report.h"

static void
free_figure (gpointer data)
{
  CrmReportFigure *figure = data;

  g_free (figure->name);
  g_free (figure->label);
  g_free (figure);
}

static void
free_point (gpointer data)
{
  CrmReportPoint *point = data;

  g_free (point->date);
  g_free (point);
}

static void
free_row (gpointer data)
{
  CrmReportRow *row = data;

  g_free (row->id);
  g_strfreev (row->cells);
  g_free (row);
}

static void
free_table (gpointer data)
{
  CrmReportTable *table = data;

  g_free (table->name);
  g_free (table->title);
  g_strfreev (table->columns);
  g_ptr_array_unref (table->rows);
  g_free (table);
}

CrmReport *
crm_report_new (const char *name, const char *title)
{
  CrmReport *self = g_new0 (CrmReport, 1);

  self->name = g_strdup (name);
  self->title = g_strdup (title);
  self->figures = g_ptr_array_new_with_free_func (free_figure);
  self->points = g_ptr_array_new_with_free_func (free_point);
  self->tables = g_ptr_array_new_with_free_func (free_table);
  return self;
}

void
crm_report_free (CrmReport *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->title);
  g_free (self->from);
  g_free (self->to);
  g_free (self->user);
  g_ptr_array_unref (self->figures);
  g_ptr_array_unref (self->points);
  g_ptr_array_unref (self->tables);
  g_free (self);
}

CrmReportFigure *
crm_report_add_figure (CrmReport *self, const char *name, const char *label)
{
  CrmReportFigure *figure = g_new0 (CrmReportFigure, 1);

  figure->name = g_strdup (name);
  figure->label = g_strdup (label);
  g_ptr_array_add (self->figures, figure);
  return figure;
}

CrmReportPoint *
crm_report_add_point (CrmReport *self, const char *date)
{
  CrmReportPoint *point = g_new0 (CrmReportPoint, 1);

  point->date = g_strdup (date);
  g_ptr_array_add (self->points, point);
  return point;
}

CrmReportTable *
crm_report_add_table (CrmReport *self,
                      const char *name,
                      const char *title,
                      const char *const *columns)
{
  CrmReportTable *table = g_new0 (CrmReportTable, 1);

  table->name = g_strdup (name);
  table->title = g_strdup (title);
  table->columns = g_strdupv ((char **) columns);
  table->rows = g_ptr_array_new_with_free_func (free_row);
  g_ptr_array_add (self->tables, table);
  return table;
}

void
crm_report_table_add_row (CrmReportTable *self, const char *id, const char *figure, char **cells)
{
  CrmReportRow *row = g_new0 (CrmReportRow, 1);

  row->id = g_strdup (id);
  row->figure = figure;
  row->cells = cells;
  g_ptr_array_add (self->rows, row);
}

CrmReportFigure *
crm_report_find_figure (const CrmReport *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->figures->len; i++)
    {
      CrmReportFigure *figure = g_ptr_array_index (self->figures, i);

      if (g_strcmp0 (figure->name, name) == 0)
        return figure;
    }

  return NULL;
}

CrmReportTable *
crm_report_find_table (const CrmReport *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->tables->len; i++)
    {
      CrmReportTable *table = g_ptr_array_index (self->tables, i);

      if (g_strcmp0 (table->name, name) == 0)
        return table;
    }

  return NULL;
}
