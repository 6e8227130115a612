#pragma once

#include "db/crm-db.h"
#include "model/crm-record.h"

/*
 * The typed table of one kind, made from its description. Columns: nr, id, row_seq, fver, sort_key,
 * name_key, then one per field in description order, named as the field.
 *
 *   text, long text, date, time, choice, set, link   TEXT, the canonical string
 *   money                                            INTEGER, minor units
 *   number                                           REAL
 *   bool                                             INTEGER, 1 or NULL
 *
 * row_seq and fver are versions of sync, positive: the server's seq; negative: -n of an own set
 * that has no seq yet. row_seq is that of the set that made the record, fver ("17:-805,3:90110",
 * field number:version, sorted) has the fields changed after that.
 */
typedef struct
{
  const CrmKind *kind;
  char *name; /* quoted */
  char
      *columns; /* id and all fields, quoted, for crm_table_read_record(); with prefix: see below */

  char *select_sql; /* nr, row_seq, fver, columns; ?1 is the id */
  char *
      insert_sql; /* ?1 nr, ?2 id, ?3 row_seq, ?4 fver, ?5 sort_key, ?6 name_key, then the fields */
  char *delete_sql; /* ?1 is nr */
} CrmTable;

/* Columns of crm_table's own before the fields in insert_sql. */
#define CRM_TABLE_N_FIXED 6

/* Whether records are found by it although no list sorts on it: numbers that two who are one share.
 */
gboolean crm_table_is_looked_up (const CrmField *field);
CrmTable *crm_table_new (const CrmKind *kind);
void crm_table_free (CrmTable *self);

/* Makes the table and its indexes, or adds the columns and indexes that the description has more.
 */
gboolean crm_table_ensure (const CrmTable *self, CrmDb *db, GError **error);
/* "p.id, p.surname …", for joins. */
char *crm_table_dup_columns (const CrmTable *self, const char *prefix);

/* A record from the columns of `columns`, the first of which (id) is @first_column of @stmt. */
CrmRecord *crm_table_read_record (const CrmTable *self, CrmStmt *stmt, int first_column);

/*
 * The value as the table gives it back: "1190" becomes "1190.00" in a money field. Fails with
 * %CRM_STORE_ERROR_FAILED when it is not of the field's type.
 *
 * Returns: @value itself, or @buffer filled
 */
const char *crm_table_normalize (const CrmKind *kind,
                                 const CrmField *field,
                                 const char *value,
                                 char buffer[G_ASCII_DTOSTR_BUF_SIZE],
                                 GError **error);
/* Binds a normalised value, borrowed until the step. */
void crm_table_bind (const CrmField *field, CrmStmt *stmt, int place, const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmTable, crm_table_free)
