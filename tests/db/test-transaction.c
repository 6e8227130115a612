#include "db/crm-migration.h"
#include "db/crm-transaction.h"

typedef struct
{
  CrmDb *db;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->db = crm_db_open (":memory:", NULL, CRM_DB_CREATE, &error);
  g_assert_no_error (error);
  g_assert_true (crm_db_exec (fixture->db, "CREATE TABLE town (name TEXT)", &error));
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->db);
}

static void
insert (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStmt) stmt = crm_db_prepare (fixture->db, "INSERT INTO town VALUES (?1)", &error);

  crm_stmt_bind_text_at (stmt, 1, name);
  g_assert_true (crm_stmt_run (stmt, &error));
  g_assert_no_error (error);
}

static gint64
count (Fixture *fixture)
{
  gint64 n = -1;

  g_assert_true (crm_db_query_int64 (fixture->db, "SELECT count(*) FROM town", &n, NULL));

  return n;
}

static void
test_commit (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmTransaction)
      transaction = crm_transaction_begin (fixture->db, CRM_TRANSACTION_WRITE, &error);

  g_assert_true (crm_db_in_transaction (fixture->db));
  insert (fixture, "Ede");
  g_assert_true (crm_transaction_commit (transaction, &error));
  g_assert_no_error (error);
  g_assert_false (crm_db_in_transaction (fixture->db));
  g_assert_cmpint (count (fixture), ==, 1);
}

static void
test_roll_back (Fixture *fixture, gconstpointer unused)
{
  CrmTransaction *transaction = crm_transaction_begin (fixture->db, CRM_TRANSACTION_WRITE, NULL);

  insert (fixture, "Ede");
  crm_transaction_free (transaction);
  g_assert_false (crm_db_in_transaction (fixture->db));
  g_assert_cmpint (count (fixture), ==, 0);
}

/* The inner one goes back alone. */
static void
test_inner (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmTransaction)
      outer = crm_transaction_begin (fixture->db, CRM_TRANSACTION_WRITE, &error);
  CrmTransaction *inner;

  insert (fixture, "Ede");
  inner = crm_transaction_begin (fixture->db, CRM_TRANSACTION_WRITE, &error);
  insert (fixture, "Goor");
  crm_transaction_free (inner);
  g_assert_cmpint (count (fixture), ==, 1);

  inner = crm_transaction_begin (fixture->db, CRM_TRANSACTION_WRITE, &error);
  insert (fixture, "Almelo");
  g_assert_true (crm_transaction_commit (inner, &error));
  crm_transaction_free (inner);
  g_assert_true (crm_transaction_commit (outer, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (fixture), ==, 2);
}

/* What was cancelled is taken back although the cancellable still says so. */
static void
test_roll_back_cancelled (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  CrmTransaction *transaction = crm_transaction_begin (fixture->db, CRM_TRANSACTION_WRITE, NULL);

  insert (fixture, "Ede");
  crm_db_set_cancellable (fixture->db, cancellable);
  g_cancellable_cancel (cancellable);
  crm_transaction_free (transaction);
  g_assert_true (crm_db_get_cancellable (fixture->db) == cancellable);
  crm_db_set_cancellable (fixture->db, NULL);
  g_assert_cmpint (count (fixture), ==, 0);
}

static gboolean
fail_migration (CrmDb *db, gpointer data, GError **error)
{
  return crm_db_exec (db, "INSERT INTO nowhere VALUES (1)", error);
}

static gboolean
count_migration (CrmDb *db, gpointer data, GError **error)
{
  (*(guint *) data)++;

  return TRUE;
}

static void
test_migrations (Fixture *fixture, gconstpointer unused)
{
  const CrmMigration migrations[] = {
    { "CREATE TABLE one (a); INSERT INTO one VALUES (1)", NULL },
    { "ALTER TABLE one ADD COLUMN b", count_migration },
    { "CREATE TABLE three (c)", fail_migration },
  };
  g_autoptr (GError) error = NULL;
  gint64 version = 0;
  guint n_run = 0;

  g_assert_true (crm_migration_run (fixture->db, migrations, 1, &n_run, &error));
  g_assert_no_error (error);
  g_assert_true (crm_migration_run (fixture->db, migrations, 2, &n_run, &error));
  g_assert_true (crm_migration_run (fixture->db, migrations, 2, &n_run, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_run, ==, 1);

  /* One that fails leaves nothing of itself. */
  g_assert_false (crm_migration_run (fixture->db, migrations, 3, &n_run, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_true (crm_db_query_int64 (fixture->db, "PRAGMA user_version", &version, &error));
  g_assert_cmpint (version, ==, 2);
  g_assert_false (crm_db_exec (fixture->db, "SELECT * FROM three", NULL));

  /* A newer program was here. */
  g_assert_false (crm_migration_run (fixture->db, migrations, 1, &n_run, &error));
  g_assert_error (error, CRM_DB_ERROR, CRM_DB_ERROR_TOO_NEW);
  g_clear_error (&error);
  g_assert_false (crm_migration_check (fixture->db, 1, &error));
  g_assert_error (error, CRM_DB_ERROR, CRM_DB_ERROR_TOO_NEW);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/db/transaction/commit", test_commit);
  ADD ("/db/transaction/roll-back", test_roll_back);
  ADD ("/db/transaction/inner", test_inner);
  ADD ("/db/transaction/roll-back-cancelled", test_roll_back_cancelled);
  ADD ("/db/transaction/migrations", test_migrations);
#undef ADD

  return g_test_run ();
}
