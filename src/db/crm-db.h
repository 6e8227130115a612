#pragma once

#include "db/crm-db-error.h"
#include "db/crm-stmt.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define CRM_TYPE_DB (crm_db_get_type ())

G_DECLARE_FINAL_TYPE (CrmDb, crm_db, CRM, DB, GObject)

/*
 * One connection to one SQLCipher file. It knows no table. Used by one thread at a time.
 */
typedef enum
{
  CRM_DB_READ_WRITE,
  CRM_DB_READ_ONLY,
  CRM_DB_CREATE, /* fails when the file exists and is not empty */
} CrmDbMode;

/* Bytes of the page key: it is used as it is, without derivation, so it must be random. */
#define CRM_DB_KEY_SIZE 32
/* Fixed for ever: a file opens only with the size it was made with. */
#define CRM_DB_PAGE_SIZE 4096

/*
 * crm_db_open:
 * @key: (nullable) (array fixed-size=32): NULL for a plain file
 *
 * Refuses with %CRM_DB_ERROR_NO_CIPHER when a key is given and the library does not encrypt:
 * libsqlite3 can be in the process too (libsoup brings it), ignores the key and would write plain
 * text. Writers use WAL with a full sync at each commit.
 */
CrmDb *crm_db_open (const char *path, const guint8 *key, CrmDbMode mode, GError **error);
/* Closes now; the last unref does it too. Statements still in use keep the file open until freed.
 */
void crm_db_close (CrmDb *self);
const char *crm_db_get_path (CrmDb *self);
CrmDbMode crm_db_get_mode (CrmDb *self);

/*
 * crm_db_prepare:
 *
 * A statement from the cache, or a new one, by its text. crm_stmt_free() gives it back. The same
 * text may be in use twice at a time.
 */
CrmStmt *crm_db_prepare (CrmDb *self, const char *sql, GError **error);
/* Any number of statements without results. Not for text that holds values: bind those. */
gboolean crm_db_exec (CrmDb *self, const char *sql, GError **error);
/* The first column of the first row; @value is left alone when there is no row. */
gboolean crm_db_query_int64 (CrmDb *self, const char *sql, gint64 *value, GError **error);
/* (transfer full) (nullable): NULL without error when there is no row or it is NULL. */
char *crm_db_query_text (CrmDb *self, const char *sql, GError **error);
/* "a ""quoted"" name" for a table or column. */
char *crm_db_quote_name (const char *name);

gint64 crm_db_get_last_insert_id (CrmDb *self);
/* Rows that the last statement changed. */
gint64 crm_db_get_changes (CrmDb *self);
gboolean crm_db_in_transaction (CrmDb *self);

/* @cancellable: nullable; asked every some thousand steps of any statement, until replaced. */
void crm_db_set_cancellable (CrmDb *self, GCancellable *cancellable);
GCancellable *crm_db_get_cancellable (CrmDb *self);
/* Milliseconds to wait for another writer. */
void crm_db_set_busy_timeout (CrmDb *self, int milliseconds);

/* For a command of the engine that has no wrapper (sqlite3 *). */
gpointer crm_db_get_handle (CrmDb *self);
/* Sets @error from @code, an SQLite result, and the connection's message. Always FALSE. */
gboolean crm_db_fail (CrmDb *self, int code, const char *doing, GError **error);

G_END_DECLS
