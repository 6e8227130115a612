#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A prepared statement, borrowed from its connection's cache. A failed bind is kept and reported by
 * the next step, so binds need no check of their own. Parameters are named (":id") or counted from
 * 1; columns are counted from 0. NULL and "" are two things here.
 */
typedef struct _CrmStmt CrmStmt;

typedef enum
{
  CRM_STEP_ERROR,
  CRM_STEP_ROW,
  CRM_STEP_DONE,
} CrmStep;

/* Gives the statement back to the cache. */
void crm_stmt_free (CrmStmt *self);

void crm_stmt_bind_text (CrmStmt *self, const char *name, const char *value);
void crm_stmt_bind_int64 (CrmStmt *self, const char *name, gint64 value);
void crm_stmt_bind_double (CrmStmt *self, const char *name, double value);
void crm_stmt_bind_blob (CrmStmt *self, const char *name, gconstpointer data, gsize size);
void crm_stmt_bind_null (CrmStmt *self, const char *name);

/* By place, for hot loops. @value: not copied, must live until the step or the next bind. */
void crm_stmt_bind_text_at (CrmStmt *self, int place, const char *value);
void crm_stmt_bind_int64_at (CrmStmt *self, int place, gint64 value);
void crm_stmt_bind_double_at (CrmStmt *self, int place, double value);
void crm_stmt_bind_blob_at (CrmStmt *self, int place, gconstpointer data, gsize size);
void crm_stmt_bind_null_at (CrmStmt *self, int place);

CrmStep crm_stmt_step (CrmStmt *self, GError **error);
/* Steps to the end of a statement that gives no rows, and makes it ready for the next binds. */
gboolean crm_stmt_run (CrmStmt *self, GError **error);
/* Ready to be run again; bound values stay. */
void crm_stmt_reset (CrmStmt *self);

int crm_stmt_get_n_columns (CrmStmt *self);
const char *crm_stmt_get_column_name (CrmStmt *self, int column);
gboolean crm_stmt_is_null (CrmStmt *self, int column);
/* Borrowed until the next step; NULL when the column is. */
const char *crm_stmt_get_text (CrmStmt *self, int column);
char *crm_stmt_dup_text (CrmStmt *self, int column);
gint64 crm_stmt_get_int64 (CrmStmt *self, int column);
double crm_stmt_get_double (CrmStmt *self, int column);
gconstpointer crm_stmt_get_blob (CrmStmt *self, int column, gsize *size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmStmt, crm_stmt_free)

G_END_DECLS
