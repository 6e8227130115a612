#include "db/crm-db.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *dir;
  char *path;
  guint8 key[CRM_DB_KEY_SIZE];
  CrmDb *db;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("crm-db-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "test.db", NULL);
  memset (fixture->key, 42, sizeof fixture->key);
  fixture->db = crm_db_open (fixture->path, fixture->key, CRM_DB_CREATE, &error);
  g_assert_no_error (error);
  crm_db_exec (fixture->db, "CREATE TABLE town (id INTEGER PRIMARY KEY, name TEXT UNIQUE)", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  const char *const ends[] = { "", "-wal", "-shm" };

  if (fixture->db != NULL)
    g_assert_finalize_object (fixture->db);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, ends[i], NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->dir);
  g_free (fixture->path);
  g_free (fixture->dir);
}

static void
insert (Fixture *fixture, gint64 id, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStmt)
      stmt = crm_db_prepare (fixture->db, "INSERT INTO town VALUES (:id, :name)", &error);

  g_assert_no_error (error);
  crm_stmt_bind_int64 (stmt, ":id", id);
  crm_stmt_bind_text (stmt, ":name", name);
  g_assert_true (crm_stmt_run (stmt, &error));
  g_assert_no_error (error);
}

static void
test_settings (Fixture *fixture, gconstpointer unused)
{
  const struct
  {
    const char *name;
    const char *value;
  } settings[] = { { "journal_mode", "wal" }, { "synchronous", "2" },
                   { "foreign_keys", "1" },   { "secure_delete", "1" },
                   { "temp_store", "2" },     { "cipher_page_size", "4096" },
                   { "busy_timeout", "5000" } };

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *sql = g_strdup_printf ("PRAGMA %s", settings[i].name);
      g_autoptr (GError) error = NULL;
      g_autofree char *value = crm_db_query_text (fixture->db, sql, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (value, ==, settings[i].value);
    }
}

static void
test_cipher (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *version = crm_db_query_text (fixture->db, "PRAGMA cipher_version", NULL);
  g_autofree char *data = NULL;
  gsize size = 0;

  g_assert_nonnull (version);
  insert (fixture, 1, "Kanariegeel");
  g_assert_finalize_object (g_steal_pointer (&fixture->db));
  g_assert_true (g_file_get_contents (fixture->path, &data, &size, NULL));
  g_assert_null (memmem (data, size, "Kanariegeel", 11));
  g_assert_cmpint (memcmp (data, "SQLite format 3", 15), !=, 0);
}

static void
test_wrong_key (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->key[31] ^= 1;
  g_assert_null (crm_db_open (fixture->path, fixture->key, CRM_DB_READ_WRITE, &error));
  g_assert_error (error, CRM_DB_ERROR, CRM_DB_ERROR_KEY);
  g_assert_null (strstr (error->message, "2a2a2a"));
  g_clear_error (&error);
  g_assert_null (crm_db_open (fixture->path, NULL, CRM_DB_READ_WRITE, &error));
  g_assert_error (error, CRM_DB_ERROR, CRM_DB_ERROR_KEY);
}

static void
test_missing (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->dir, "nothing.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (crm_db_open (path, fixture->key, CRM_DB_READ_WRITE, &error));
  g_assert_error (error, CRM_DB_ERROR, CRM_DB_ERROR_OPEN);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_create_existing (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (crm_db_open (fixture->path, fixture->key, CRM_DB_CREATE, &error));
  g_assert_error (error, CRM_DB_ERROR, CRM_DB_ERROR_OPEN);
}

static void
test_values (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStmt) stmt = crm_db_prepare (fixture->db,
                                             "SELECT :text, :number, :double, :blob, :null, :empty",
                                             &error);
  gconstpointer blob;
  gsize size = 0;

  g_assert_no_error (error);
  crm_stmt_bind_text (stmt, ":text", "Özil");
  crm_stmt_bind_int64 (stmt, ":number", G_MININT64);
  crm_stmt_bind_double (stmt, ":double", 0.1);
  crm_stmt_bind_blob (stmt, ":blob", "a\0b", 3);
  crm_stmt_bind_null (stmt, ":null");
  crm_stmt_bind_text (stmt, ":empty", "");
  g_assert_cmpint (crm_stmt_step (stmt, &error), ==, CRM_STEP_ROW);

  g_assert_cmpint (crm_stmt_get_n_columns (stmt), ==, 6);
  g_assert_cmpstr (crm_stmt_get_text (stmt, 0), ==, "Özil");
  g_assert_cmpint (crm_stmt_get_int64 (stmt, 1), ==, G_MININT64);
  g_assert_cmpfloat_with_epsilon (crm_stmt_get_double (stmt, 2), 0.1, 1e-17);
  blob = crm_stmt_get_blob (stmt, 3, &size);
  g_assert_cmpmem (blob, size, "a\0b", 3);
  g_assert_true (crm_stmt_is_null (stmt, 4));
  g_assert_null (crm_stmt_get_text (stmt, 4));
  g_assert_false (crm_stmt_is_null (stmt, 5));
  g_assert_cmpint (crm_stmt_step (stmt, &error), ==, CRM_STEP_DONE);
}

static void
test_bad_bind (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStmt) stmt = crm_db_prepare (fixture->db, "SELECT :one", &error);

  crm_stmt_bind_text (stmt, ":two", "x");
  g_assert_cmpint (crm_stmt_step (stmt, &error), ==, CRM_STEP_ERROR);
  g_assert_error (error, CRM_DB_ERROR, CRM_DB_ERROR_FAILED);
}

static void
test_bad_sql (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (crm_db_prepare (fixture->db, "SELEKT", &error));
  g_assert_error (error, CRM_DB_ERROR, CRM_DB_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "SELEKT"));
}

static void
test_constraint (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  insert (fixture, 1, "Ede");
  g_assert_false (crm_db_exec (fixture->db, "INSERT INTO town VALUES (2, 'Ede')", &error));
  g_assert_error (error, CRM_DB_ERROR, CRM_DB_ERROR_CONSTRAINT);
}

/* A statement comes back clean, and the same text may be in use twice. */
static void
test_cache (Fixture *fixture, gconstpointer unused)
{
  static const char sql[] = "SELECT name FROM town WHERE id = ?1";
  g_autoptr (GError) error = NULL;
  CrmStmt *first;
  CrmStmt *second;
  CrmStmt *again;

  insert (fixture, 1, "Ede");
  insert (fixture, 2, "Goor");

  first = crm_db_prepare (fixture->db, sql, &error);
  second = crm_db_prepare (fixture->db, sql, &error);
  g_assert_true (first != second);
  crm_stmt_bind_int64_at (first, 1, 1);
  crm_stmt_bind_int64_at (second, 1, 2);
  g_assert_cmpint (crm_stmt_step (first, &error), ==, CRM_STEP_ROW);
  g_assert_cmpint (crm_stmt_step (second, &error), ==, CRM_STEP_ROW);
  g_assert_cmpstr (crm_stmt_get_text (first, 0), ==, "Ede");
  g_assert_cmpstr (crm_stmt_get_text (second, 0), ==, "Goor");
  crm_stmt_free (first);
  crm_stmt_free (second);

  again = crm_db_prepare (fixture->db, sql, &error);
  g_assert_true (again == first);
  /* Nothing is bound any more. */
  g_assert_cmpint (crm_stmt_step (again, &error), ==, CRM_STEP_DONE);
  crm_stmt_free (again);

  /* More texts than are kept. */
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *text = g_strdup_printf ("SELECT %u", i % 300);
      gint64 value = -1;

      g_assert_true (crm_db_query_int64 (fixture->db, text, &value, &error));
      g_assert_cmpint (value, ==, i % 300);
    }
}

/* Closed while a statement is in use: nothing crashes, and the file is let go at the end. */
static void
test_close_in_use (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  CrmStmt *stmt = crm_db_prepare (fixture->db, "SELECT 1", &error);

  g_assert_cmpint (crm_stmt_step (stmt, &error), ==, CRM_STEP_ROW);
  crm_db_close (fixture->db);
  crm_stmt_free (stmt);
}

static void
test_cancel (Fixture *fixture, gconstpointer unused)
{
  static const char endless[] = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                                " SELECT count(*) FROM n";
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 value = 0;

  crm_db_set_cancellable (fixture->db, cancellable);
  g_cancellable_cancel (cancellable);
  g_assert_false (crm_db_query_int64 (fixture->db, endless, &value, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  crm_db_set_cancellable (fixture->db, NULL);
  g_assert_true (crm_db_query_int64 (fixture->db, "SELECT 5", &value, &error));
  g_assert_cmpint (value, ==, 5);
}

static void
test_busy (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDb) other = crm_db_open (fixture->path, fixture->key, CRM_DB_READ_WRITE, &error);

  g_assert_no_error (error);
  g_assert_true (crm_db_exec (other, "BEGIN IMMEDIATE", &error));
  crm_db_set_busy_timeout (fixture->db, 20);
  g_assert_false (crm_db_exec (fixture->db, "INSERT INTO town VALUES (1, 'Ede')", &error));
  g_assert_error (error, CRM_DB_ERROR, CRM_DB_ERROR_BUSY);
}

static void
test_read_only (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDb) reader = NULL;
  gint64 n = 0;

  insert (fixture, 1, "Ede");
  reader = crm_db_open (fixture->path, fixture->key, CRM_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_true (crm_db_query_int64 (reader, "SELECT count(*) FROM town", &n, &error));
  g_assert_cmpint (n, ==, 1);
  g_assert_false (crm_db_exec (reader, "DELETE FROM town", &error));
  g_assert_error (error, CRM_DB_ERROR, CRM_DB_ERROR_READ_ONLY);
}

/* A file is data: what it says cannot reach out of it. */
static void
test_limits (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_db_exec (fixture->db, "SELECT load_extension ('x')", &error));
  g_clear_error (&error);
  g_assert_false (crm_db_exec (fixture->db, "SELECT zeroblob (1000000000)", &error));
  g_clear_error (&error);
  g_assert_false (crm_db_exec (fixture->db, "SELECT * FROM town WHERE name = \"Ede\"", &error));
}

static void
test_quote_name (void)
{
  g_autofree char *quoted = crm_db_quote_name ("a\"b");

  g_assert_cmpstr (quoted, ==, "\"a\"\"b\"");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/db/db/settings", test_settings);
  ADD ("/db/db/cipher", test_cipher);
  ADD ("/db/db/wrong-key", test_wrong_key);
  ADD ("/db/db/missing", test_missing);
  ADD ("/db/db/create-existing", test_create_existing);
  ADD ("/db/db/values", test_values);
  ADD ("/db/db/bad-bind", test_bad_bind);
  ADD ("/db/db/bad-sql", test_bad_sql);
  ADD ("/db/db/constraint", test_constraint);
  ADD ("/db/db/cache", test_cache);
  ADD ("/db/db/close-in-use", test_close_in_use);
  ADD ("/db/db/cancel", test_cancel);
  ADD ("/db/db/busy", test_busy);
  ADD ("/db/db/read-only", test_read_only);
  ADD ("/db/db/limits", test_limits);
#undef ADD
  g_test_add_func ("/db/db/quote-name", test_quote_name);

  return g_test_run ();
}
