#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What a report says, in one form for the window, the command line, tables and paper: figures
 * first, a series of points second, tables third. Labels are translated.
 */
typedef struct
{
  char *name; /* stable, for scripts: "calls" */
  char *label;
  gint64 value;
  gint64 before; /* in the period before */
} CrmReportFigure;

typedef struct
{
  char *date; /* 2024-03-05 */
  gint64 value;
  gint64 before; /* the same day of the period before */
} CrmReportPoint;

typedef struct
{
  char *id;           /* nullable: the record that the row is about */
  const char *figure; /* nullable, static: the name of the figure that counts it */
  char **cells;
} CrmReportRow;

typedef struct
{
  char *name;
  char *title;
  char **columns;
  GPtrArray *rows; /* (element-type CrmReportRow) */
} CrmReportTable;

typedef struct
{
  char *name; /* "week" */
  char *title;
  /* Local dates, both included. */
  char *from;
  char *to;
  char *user;         /* nullable: of everybody */
  GPtrArray *figures; /* (element-type CrmReportFigure) */
  GPtrArray *points;  /* (element-type CrmReportPoint) */
  GPtrArray *tables;  /* (element-type CrmReportTable) */
} CrmReport;

CrmReport *crm_report_new (const char *name, const char *title);
void crm_report_free (CrmReport *self);
CrmReportFigure *crm_report_add_figure (CrmReport *self, const char *name, const char *label);
CrmReportPoint *crm_report_add_point (CrmReport *self, const char *date);
/* @columns: NULL-terminated, copied */
CrmReportTable *crm_report_add_table (CrmReport *self,
                                      const char *name,
                                      const char *title,
                                      const char *const *columns);
/* @figure: (nullable): a static string. @cells: (transfer full): as many as there are columns */
void
crm_report_table_add_row (CrmReportTable *self, const char *id, const char *figure, char **cells);
CrmReportFigure *crm_report_find_figure (const CrmReport *self, const char *name);
CrmReportTable *crm_report_find_table (const CrmReport *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmReport, crm_report_free)

G_END_DECLS
