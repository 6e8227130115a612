#include "store/crm-index-private.h"

#include "base/crm-text.h"
#include "db/crm-transaction.h"

/* Rows that catch up in one transaction. */
#define BATCH 2000

static const char create_sql[] =
    "CREATE VIRTUAL TABLE search USING fts5 (text, content='', contentless_delete=1,"
    " tokenize='trigram');"
    "CREATE TABLE index_todo (nr INTEGER PRIMARY KEY, kind INTEGER NOT NULL) STRICT;";

gboolean
crm_index_create (CrmDb *db, GError **error)
{
  return crm_db_exec (db, create_sql, error);
}

static char *
dup_search_text (CrmRecord *record)
{
  const CrmKind *kind = crm_record_get_kind (record);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const char *value = crm_record_get_at (record, i);

      if (value == NULL || crm_kind_get_field (kind, i)->weight == 0)
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, value);
    }

  return crm_text_fold (text->str);
}

static gboolean
run_with_nr (CrmReplica *replica, const char *sql, gint64 nr, GError **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_replica_get_db (replica), sql, error);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, nr);

  return crm_stmt_run (stmt, error);
}

static gboolean
insert_row (CrmReplica *replica, gint64 nr, CrmRecord *record, GError **error)
{
  static const char sql[] = "INSERT INTO search (rowid, text) VALUES (?, ?)";
  g_autofree char *text = dup_search_text (record);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_replica_get_db (replica), sql, error);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, nr);
  crm_stmt_bind_text_at (stmt, 2, text);

  return crm_stmt_run (stmt, error);
}

static gboolean
put_off (CrmReplica *replica, gint64 nr, const CrmKind *kind, GError **error)
{
  static const char sql[] = "INSERT OR IGNORE INTO index_todo (nr, kind) VALUES (?, ?)";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_replica_get_db (replica), sql, error);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, nr);
  crm_stmt_bind_int64_at (stmt, 2, crm_kind_get_number (kind));

  return crm_stmt_run (stmt, error);
}

gboolean
crm_index_put (CrmReplica *replica,
               gint64 nr,
               CrmRecord *record,
               CrmRecord *old,
               gboolean later,
               GError **error)
{
  if (later)
    return put_off (replica, nr, crm_record_get_kind (record), error);
  if (old != NULL && !run_with_nr (replica, "DELETE FROM search WHERE rowid = ?", nr, error))
    return FALSE;

  return insert_row (replica, nr, record, error);
}

gboolean
crm_index_remove (CrmReplica *replica,
                  gint64 nr,
                  CrmRecord *old,
                  gboolean later,
                  GError **error)
{
  return run_with_nr (replica, "DELETE FROM search WHERE rowid = ?", nr, error);
}

static gboolean
catch_up_kind (CrmReplica *replica, const CrmTable *table, gint64 *n_done, GError **error)
{
  g_autofree char *columns = crm_table_dup_columns (table, "t");
  g_autofree char *sql = g_strdup_printf ("SELECT t.nr, %s FROM index_todo AS i JOIN %s AS t"
                                          " ON t.nr = i.nr WHERE i.kind = %u LIMIT %d",
                                          columns,
                                          table->name,
                                          crm_kind_get_number (table->kind),
                                          BATCH);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_replica_get_db (replica), sql, error);
  g_autoptr (GArray) done = g_array_new (FALSE, FALSE, sizeof (gint64));
  CrmStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      g_autoptr (CrmRecord) record = crm_table_read_record (table, stmt, 1);
      const gint64 nr = crm_stmt_get_int64 (stmt, 0);

      if (!run_with_nr (replica, "DELETE FROM search WHERE rowid = ?", nr, error)
          || !insert_row (replica, nr, record, error))
        return FALSE;
      g_array_append_val (done, nr);
    }
  crm_stmt_reset (stmt);

  for (guint i = 0; i < done->len; i++)
    if (!run_with_nr (replica,
                      "DELETE FROM index_todo WHERE nr = ?",
                      g_array_index (done, gint64, i),
                      error))
      return FALSE;

  *n_done += done->len;

  return step == CRM_STEP_DONE;
}

gboolean
crm_index_catch_up (CrmReplica *replica, GCancellable *cancellable, GError **error)
{
  CrmDb *db = crm_replica_get_db (replica);
  gint64 n_done;

  do
    {
      g_autoptr (CrmTransaction) transaction = NULL;
      gint64 n_todo = 0;

      n_done = 0;
      if (!crm_db_query_int64 (db, "SELECT count(*) FROM (SELECT 1 FROM index_todo LIMIT 1)", &n_todo, error))
        return FALSE;
      if (n_todo == 0)
        return TRUE;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !(transaction = crm_transaction_begin (db, CRM_TRANSACTION_WRITE, error)))
        return FALSE;
      for (guint i = 0; i < replica->tables->len; i++)
        if (!catch_up_kind (replica, g_ptr_array_index (replica->tables, i), &n_done, error))
          return FALSE;
      /* What remains then is of records that are gone. */
      if (n_done == 0 && !crm_db_exec (db, "DELETE FROM index_todo", error))
        return FALSE;
      if (!crm_transaction_commit (transaction, error))
        return FALSE;
    }
  while (n_done > 0);

  return TRUE;
}

gboolean
crm_index_check (CrmReplica *replica,
                 GPtrArray *problems,
                 GCancellable *cancellable,
                 GError **error)
{
  gint64 n_rows = 0;
  gint64 n_todo = 0;
  gint64 n_found = 0;

  for (guint i = 0; i < replica->tables->len; i++)
    {
      const CrmTable *table = g_ptr_array_index (replica->tables, i);
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", table->name);
      gint64 n = 0;

      if (!crm_db_query_int64 (crm_replica_get_db (replica), sql, &n, error))
        return FALSE;
      n_rows += n;
    }

  if (!crm_db_query_int64 (crm_replica_get_db (replica),
                           "SELECT count(*) FROM search_docsize",
                           &n_found,
                           error)
      || !crm_db_query_int64 (crm_replica_get_db (replica),
                              "SELECT count(*) FROM index_todo",
                              &n_todo,
                              error))
    return FALSE;

  if (n_found + n_todo < n_rows)
    g_ptr_array_add (problems,
                     g_strdup_printf ("The search index holds %" G_GINT64_FORMAT
                                      " records, the tables %" G_GINT64_FORMAT,
                                      n_found,
                                      n_rows));

  return TRUE;
}
