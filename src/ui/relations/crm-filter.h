#pragma once

#include "model/crm-expr.h"
#include "model/crm-kind.h"

G_BEGIN_DECLS

/* What a condition asks, in the words of the popover. */
typedef enum
{
  CRM_FILTER_CONTAINS,
  CRM_FILTER_IS,
  CRM_FILTER_IS_NOT,
  CRM_FILTER_EMPTY,
  CRM_FILTER_FILLED,
  CRM_FILTER_LESS,
  CRM_FILTER_MORE,
  CRM_FILTER_BEFORE,
  CRM_FILTER_SINCE,
  CRM_FILTER_WITHIN,     /* in the last @amount @unit */
  CRM_FILTER_LONGER_AGO, /* or never */
  CRM_FILTER_N_OPS,
} CrmFilterOp;

typedef enum
{
  CRM_FILTER_DAYS,
  CRM_FILTER_WEEKS,
  CRM_FILTER_MONTHS,
} CrmFilterUnit;

typedef struct
{
  const CrmField *field;
  CrmFilterOp op;
  char *value; /* canonical, nullable; not used by WITHIN, LONGER_AGO, EMPTY and FILLED */
  guint amount;
  CrmFilterUnit unit;
} CrmFilterTerm;

/* Conditions that must all hold; empty holds for every record. */
typedef struct _CrmFilter CrmFilter;

CrmFilter *crm_filter_new (void);
CrmFilter *crm_filter_copy (const CrmFilter *self);
void crm_filter_free (CrmFilter *self);
guint crm_filter_get_n_terms (const CrmFilter *self);
const CrmFilterTerm *crm_filter_get_term (const CrmFilter *self, guint index);
void crm_filter_add (CrmFilter *self, const CrmFilterTerm *term);

/* A term that waits for its value filters nothing. */
gboolean crm_filter_term_is_complete (const CrmFilterTerm *term);
/* NULL when there is no complete term. */
CrmExpr *crm_filter_to_expr (const CrmFilter *self);
/* "Town is Ede and no activity for 6 months"; NULL when there is no complete term. Translated. */
char *crm_filter_dup_words (const CrmFilter *self);

/* The operators that make sense for a field, ended by %CRM_FILTER_N_OPS. */
const CrmFilterOp *crm_filter_list_ops (const CrmField *field);
const char *crm_filter_op_get_label (const CrmField *field, CrmFilterOp op);
gboolean crm_filter_op_takes_value (CrmFilterOp op);
gboolean crm_filter_op_takes_amount (CrmFilterOp op);

/* Every field people can filter relations on, those of persons and organisations once.
 * Returns: (transfer container) (element-type CrmField) */
GPtrArray *crm_filter_list_fields (const CrmModel *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmFilter, crm_filter_free)

G_END_DECLS
