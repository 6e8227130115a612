#pragma once

#include "model/crm-model-error.h"
#include "model/crm-record.h"

G_BEGIN_DECLS

/*
 * A filter as administrators and scripts write it:
 *
 *   EXPR = AND {or AND};  AND = T {and T};  T = [not] ( '('EXPR')' | FIELD[.FIELD] OP VALUE )
 *   OP = | != | < | <= | > | >= | ~ (contains);
 *   VALUE "text" with \" and \\ | number | YYYY-MM-DD | today-30 | true
 *
 * Text compares folded (no case, no diacritics). A field that the kind lacks makes the term false.
 * Immutable, so any thread may read it.
 */
typedef enum
{
  CRM_EXPR_AND,
  CRM_EXPR_OR,
  CRM_EXPR_NOT,
  CRM_EXPR_TERM,
} CrmExprNode;

typedef enum
{
  CRM_OP_EQ,
  CRM_OP_NE,
  CRM_OP_LT,
  CRM_OP_LE,
  CRM_OP_GT,
  CRM_OP_GE,
  CRM_OP_CONTAINS,
} CrmExprOp;

typedef enum
{
  CRM_EXPR_TEXT,
  CRM_EXPR_NUMBER,
  CRM_EXPR_DATE,
  CRM_EXPR_TODAY, /* text is the offset in days, "-30" */
  CRM_EXPR_TRUE,
} CrmExprValue;

typedef struct _CrmExpr CrmExpr;

struct _CrmExpr
{
  CrmExprNode node;

  /* AND, OR: both; NOT: left. */
  CrmExpr *left;
  CrmExpr *right;

  /* TERM. */
  char *field;
  char *subfield; /* nullable */
  CrmExprOp op;
  CrmExprValue value_type;
  char *value;
};

/* Fails with %CRM_MODEL_ERROR_EXPRESSION; the message names the column. At most 1000 terms. */
CrmExpr *crm_expr_parse (const char *text, GError **error);
CrmExpr *crm_expr_new_term (const char *field, CrmExprOp op, CrmExprValue type, const char *value);
/* @left, @right: (transfer full) (nullable): with one of them NULL it is the other. */
CrmExpr *crm_expr_new_and (CrmExpr *left, CrmExpr *right);
CrmExpr *crm_expr_copy (const CrmExpr *self);
void crm_expr_free (CrmExpr *self);
gboolean crm_expr_equal (const CrmExpr *a, const CrmExpr *b);
/* Parses back to an equal expression. */
char *crm_expr_to_string (const CrmExpr *self);
/* Every field a term names exists on at least one kind of @model; else %CRM_MODEL_ERROR_UNKNOWN.
 * @self: nullable */
gboolean crm_expr_check (const CrmExpr *self, const CrmModel *model, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmExpr, crm_expr_free)

G_END_DECLS
