#include "bench-bare.h"

#include "db/crm-transaction.h"
#include "store/crm-index-private.h"
#include "store/query/crm-query-record-private.h"
#include "store/query/crm-search-text.h"

#include <sqlite3.h>

static const char *const tables[] = { "person", "organisation", "listing" };

/* Tables and indexes exactly as the replica has them; what SQLite makes by itself has no text. */
static void
copy_schema (BenchBare *self, CrmDb *from)
{
  GError *error = NULL;
  g_autoptr (CrmStmt)
      stmt = crm_db_prepare (from,
                             "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND (tbl_name IN"
                             " ('person', 'organisation', 'listing') OR name = 'search_relation')"
                             " ORDER BY type DESC",
                             &error);

  bench_check (error);
  while (crm_stmt_step (stmt, &error) == CRM_STEP_ROW)
    {
      crm_db_exec (self->db, crm_stmt_get_text (stmt, 0), &error);
      bench_check (error);
    }
  bench_check (error);
}

static void
read_table (BenchBare *self, CrmDb *from, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s ORDER BY 1", table);
  GString *insert = g_string_new (NULL);
  GPtrArray *values = g_ptr_array_new_with_free_func ((GDestroyNotify) sqlite3_value_free);
  sqlite3_stmt *stmt = NULL;

  g_assert (sqlite3_prepare_v2 (crm_db_get_handle (from), sql, -1, &stmt, NULL) == SQLITE_OK);
  g_string_printf (insert, "INSERT INTO %s VALUES (?", table);
  for (int i = 1; i < sqlite3_column_count (stmt); i++)
    g_string_append (insert, ", ?");
  g_string_append_c (insert, ')');

  while (sqlite3_step (stmt) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (stmt); i++)
      g_ptr_array_add (values, sqlite3_value_dup (sqlite3_column_value (stmt, i)));
  sqlite3_finalize (stmt);

  g_ptr_array_add (self->statements, g_string_free_and_steal (insert));
  g_ptr_array_add (self->rows, values);
}

static void
read_texts (BenchBare *self, CrmReplica *replica)
{
  GError *error = NULL;
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_replica_get_db (replica),
                                             "SELECT ord, kind, nr FROM listing ORDER BY ord",
                                             &error);

  bench_check (error);
  while (crm_stmt_step (stmt, &error) == CRM_STEP_ROW)
    {
      const CrmKind *kind = crm_model_find_kind_by_number (replica->model,
                                                           (guint) crm_stmt_get_int64 (stmt, 1));
      gint64 ord = crm_stmt_get_int64 (stmt, 0);
      g_autoptr (CrmRecord) record = NULL;
      g_autofree char *linked = NULL;

      crm_query_load_record (replica, kind, crm_stmt_get_int64 (stmt, 2), &record, &error);
      bench_check (error);
      linked = crm_query_dup_linked (replica, record);
      g_ptr_array_add (self->texts, crm_search_text_new (record, linked));
      g_array_append_val (self->ords, ord);
    }
}

BenchBare *
bench_bare_new (BenchWorld *world)
{
  BenchBare *self = g_new0 (BenchBare, 1);
  g_autofree char *path = g_build_filename (world->dir, "bare.db", NULL);
  CrmDb *from = crm_replica_get_db (world->replica);
  GError *error = NULL;

  self->db = crm_db_open (path, crm_key_get_bytes (world->key), CRM_DB_CREATE, &error);
  bench_check (error);
  crm_index_connect (self->db, &error);
  bench_check (error);
  self->statements = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->ords = g_array_new (FALSE, FALSE, sizeof (gint64));

  copy_schema (self, from);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    read_table (self, from, tables[i]);
  read_texts (self, world->replica);

  return self;
}

static void
insert_rows (BenchBare *self, guint index)
{
  GPtrArray *values = self->rows->pdata[index];
  sqlite3_stmt *stmt = NULL;
  int n_columns;

  g_assert (sqlite3_prepare_v2 (crm_db_get_handle (self->db),
                                self->statements->pdata[index],
                                -1,
                                &stmt,
                                NULL) == SQLITE_OK);
  n_columns = sqlite3_bind_parameter_count (stmt);
  for (guint i = 0; i < values->len; i += (guint) n_columns)
    {
      for (int k = 0; k < n_columns; k++)
        sqlite3_bind_value (stmt, k + 1, values->pdata[i + (guint) k]);
      g_assert (sqlite3_step (stmt) == SQLITE_DONE);
      sqlite3_reset (stmt);
    }
  sqlite3_finalize (stmt);
}

static void
insert_texts (BenchBare *self)
{
  GError *error = NULL;
  g_autoptr (CrmStmt)
      stmt = crm_db_prepare (self->db,
                             "INSERT INTO search_relation (rowid, text) VALUES (?1, ?2)",
                             &error);

  bench_check (error);
  for (guint i = 0; i < self->texts->len; i++)
    {
      crm_stmt_bind_int64_at (stmt, 1, g_array_index (self->ords, gint64, i));
      crm_stmt_bind_text_at (stmt, 2, self->texts->pdata[i]);
      crm_stmt_run (stmt, &error);
    }
  bench_check (error);
}

void
bench_bare_fill (gpointer data)
{
  BenchBare *self = data;
  GError *error = NULL;
  g_autoptr (CrmTransaction)
      transaction = crm_transaction_begin (self->db, CRM_TRANSACTION_WRITE, &error);

  bench_check (error);
  for (guint i = 0; i < self->rows->len; i++)
    insert_rows (self, i);
  insert_texts (self);
  crm_transaction_commit (transaction, &error);
  bench_check (error);
}

void
bench_bare_free (BenchBare *self)
{
  g_object_unref (self->db);
  g_ptr_array_unref (self->statements);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->texts);
  g_array_unref (self->ords);
  g_free (self);
}
