#pragma once

#include "exchange/crm-csv-format.h"
#include "exchange/crm-exchange-error.h"
#include "model/crm-kind.h"

G_BEGIN_DECLS

/*
 * What is known about a file before it is imported: how it is written, its columns and what each of
 * them means. Made by reading the whole file once, so that a file that cannot be read is refused
 * before anything is written. Immutable while an import runs on it.
 */
typedef struct _CrmImportPlan CrmImportPlan;

typedef enum
{
  CRM_DATE_YMD,
  CRM_DATE_DMY,
  CRM_DATE_MDY,
} CrmDateOrder;

typedef struct
{
  /* "relation" (persons and organisations in one file), or a kind's name; NULL: from the headers.
   */
  const char *kind;
  /* NULL-terminated, nullable: "FIELD=COLUMN", the column by its header or its number from 1;
   * "FIELD=" takes the field's column out of the import. FIELD may be "uid", "full_name" or
   * "organisation.email". */
  const char *const *maps;
  CrmCsvFormat format;
} CrmImportOptions;

/* What a column means. */
typedef enum
{
  CRM_TARGET_NONE,
  CRM_TARGET_UID,       /* the record's id */
  CRM_TARGET_KIND,      /* "person" or "organisation", in our own exports */
  CRM_TARGET_FULL_NAME, /* a person's name in one piece, or an organisation's */
  CRM_TARGET_FIELD,     /* a field of the row's record */
  CRM_TARGET_EMPLOYER,  /* a field of the organisation that the row's person works for */
  CRM_TARGET_LINK_UID,  /* the id of what the link field points at */
} CrmTargetRole;

typedef struct
{
  CrmTargetRole role;
  const char *field; /* nullable: its name */
} CrmImportTarget;

typedef struct
{
  char *name; /* the header, or "3" when there is none */
  gboolean named;
  CrmImportTarget target;
  guint64 n_filled;
  GPtrArray *samples; /* (element-type utf8): the first different values */
  CrmDateOrder date_order;
  gboolean has_dates; /* more than half of the values are dates in digits */
} CrmImportColumn;

/*
 * crm_import_plan_new:
 * @options: (nullable):
 *
 * Fails with %CRM_EXCHANGE_ERROR_UNREADABLE and its like, naming file, line and what was expected,
 * or %CRM_EXCHANGE_ERROR_MAPPING. Blocking, any thread.
 */
CrmImportPlan *crm_import_plan_new (CrmModel *model,
                                    GFile *file,
                                    const CrmImportOptions *options,
                                    GCancellable *cancellable,
                                    GError **error);
CrmImportPlan *crm_import_plan_copy (const CrmImportPlan *self);
void crm_import_plan_free (CrmImportPlan *self);

GFile *crm_import_plan_get_file (const CrmImportPlan *self);
CrmModel *crm_import_plan_get_model (const CrmImportPlan *self);
/* "relation" or a kind's name. */
const char *crm_import_plan_get_kind (const CrmImportPlan *self);
const CrmCsvFormat *crm_import_plan_get_format (const CrmImportPlan *self);
guint64 crm_import_plan_get_n_rows (const CrmImportPlan *self);
guint crm_import_plan_get_n_columns (const CrmImportPlan *self);
const CrmImportColumn *crm_import_plan_get_column (const CrmImportPlan *self, guint index);
/* One of our own exports: values are taken as they are, nothing is split. */
gboolean crm_import_plan_is_own (const CrmImportPlan *self);

/* A target is held by one column; the column that had it becomes "not imported". */
void crm_import_plan_set_target (CrmImportPlan *self, guint column, const CrmImportTarget *target);
void crm_import_plan_set_date_order (CrmImportPlan *self, guint column, CrmDateOrder order);
/* Every target a column of this kind may have, in the order of a form.
 * Returns: (transfer full) (element-type CrmImportTarget) */
GArray *crm_import_plan_list_targets (const CrmImportPlan *self);
gboolean crm_import_target_equal (const CrmImportTarget *a, const CrmImportTarget *b);
/* The column that has the target, or -1. */
int crm_import_plan_find (const CrmImportPlan *self, CrmTargetRole role, const char *field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportPlan, crm_import_plan_free)

G_END_DECLS
