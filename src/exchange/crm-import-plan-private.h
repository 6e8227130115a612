#pragma once

#include "exchange/crm-csv-reader.h"
#include "exchange/crm-import-plan.h"

G_BEGIN_DECLS

struct _CrmImportPlan
{
  CrmModel *model;
  GFile *file;
  CrmCsvFormat format;
  char *kind;
  GPtrArray *columns; /* (element-type CrmImportColumn) */
  guint n_expected;   /* cells of a whole row: those behind the last name may be missing */
  guint64 n_rows;
  gboolean own;
};

/* What the values of a column look like. */
typedef struct
{
  guint64 n_filled;
  guint64 n_dates;
  guint64 n_year_first;
  guint64 n_day_first;   /* the first number is over 12 */
  guint64 n_month_first; /* the second one is */
  guint64 n_slashes;
  guint64 n_emails;
  guint64 n_ids;
  guint64 n_postcodes;
  guint64 n_legal_forms;
} CrmColumnCensus;

/* Reads the whole file; fills format.header, columns and their samples, n_rows. @census:
 * (element-type CrmColumnCensus), one per column. */
gboolean crm_import_plan_scan (CrmImportPlan *self,
                               GArray *census,
                               GCancellable *cancellable,
                               GError **error);
/* Decides the kind (@kind: nullable, wanted) and what each column means. */
gboolean crm_import_plan_map (CrmImportPlan *self,
                              const GArray *census,
                              const char *kind,
                              const char *const *maps,
                              GError **error);

/* Whether @text is a header that any kind knows. */
gboolean crm_import_header_is_known (const CrmModel *model, const char *text);
/* 0: @header does not mean @field; higher is surer. */
guint crm_import_header_match (const CrmField *field, const char *header);
/* A kind of the plan: what FIELD targets set; @employer for organisation fields on a person's row.
 */
gboolean crm_import_plan_is_relation (const CrmImportPlan *self);

/* "Bakker B.V.", "Stichting De Boom": an organisation, not a person. */
gboolean crm_import_has_legal_form (const char *name);

G_END_DECLS
