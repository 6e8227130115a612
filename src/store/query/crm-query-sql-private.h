#pragma once

#include "store/crm-replica-private.h"
#include "store/query/crm-query-private.h"

/*
 * What a query becomes on its way to SQL: the kinds it ranges over, the tables it needs and the
 * values it binds. Nothing that a user wrote is ever part of the text: values are bound, and names
 * of columns come from the descriptions.
 *
 * In the text `l` is `listing` for relations or else the kind's own table, and `k1`, `k2` … the
 * tables of relations by their kind's number.
 */
typedef struct
{
  CrmReplica *replica;
  /* (element-type CrmKind): not owned. */
  GPtrArray *kinds;
  gboolean relations;
  /* Bit 1 << number per kind whose table is joined. */
  guint joined;
  /* (element-type CrmQueryValue) */
  GPtrArray *values;
} CrmQuerySql;

typedef enum
{
  CRM_QUERY_TEXT,
  CRM_QUERY_INT,
  CRM_QUERY_DOUBLE,
} CrmQueryValueType;

typedef struct
{
  char *name; /* ":v3" */
  CrmQueryValueType type;
  char *text;
  gint64 integer;
  double number;
} CrmQueryValue;

/* Fails with %CRM_STORE_ERROR_FAILED when @kinds names none, or relations beside something else. */
CrmQuerySql *crm_query_sql_new (CrmReplica *replica, const char *kinds, GError **error);
void crm_query_sql_free (CrmQuerySql *self);

/* The parameter's name, to put in the text. Borrowed. */
const char *crm_query_sql_add_text (CrmQuerySql *self, const char *value);
const char *crm_query_sql_add_int (CrmQuerySql *self, gint64 value);
const char *crm_query_sql_add_double (CrmQuerySql *self, double value);
/* Binds all values; they must live until the statement is done. */
void crm_query_sql_bind (const CrmQuerySql *self, CrmStmt *stmt);

/* The field's column in its kind's own table, which is joined from now on. */
char *crm_query_sql_column (CrmQuerySql *self, const CrmKind *kind, const CrmField *field);
/* Whether all kinds have the field and `listing` has it: then l."field" is its folded value. */
gboolean crm_query_sql_in_listing (const CrmQuerySql *self, const char *field);
/* "listing l LEFT JOIN …" with what has been joined until now. */
char *crm_query_sql_dup_from (const CrmQuerySql *self);
/* The column of `l` that is unique and breaks ties. */
const char *crm_query_sql_get_ord (const CrmQuerySql *self);
/* A condition for the kinds; NULL when none is needed. */
char *crm_query_sql_dup_kind_condition (const CrmQuerySql *self);

/* A condition; what cannot be compared is false. In crm-query-where.c. */
char *crm_query_sql_compile (CrmQuerySql *self, const CrmExpr *where);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmQuerySql, crm_query_sql_free)
