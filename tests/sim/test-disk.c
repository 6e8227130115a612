/* A replica's database on the disk of the simulator: what is synced stays, the rest may go. */
#include "crm-sim-vfs.h"

#include "db/crm-db.h"
#include "db/crm-transaction.h"

#include <glib/gstdio.h>
#include <unistd.h>

typedef struct
{
  char *dir;
  char *path;
  CrmSimDisk *disk;
  CrmDb *db;
  CrmSimRandom random;
} Fixture;

static const guint8 key[CRM_DB_KEY_SIZE] = { 7 };

static gboolean
try_open (Fixture *fixture, CrmDbMode mode, GError **error)
{
  fixture->db = crm_db_open (fixture->path, key, mode, error);

  return fixture->db != NULL;
}

static void
open_db (Fixture *fixture, CrmDbMode mode)
{
  g_autoptr (GError) error = NULL;

  try_open (fixture, mode, &error);
  g_assert_no_error (error);
}

static gint64
count_on (CrmDb *db)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  crm_db_query_int64 (db, "SELECT count(*) FROM t", &n, &error);
  g_assert_no_error (error);

  return n;
}

static gint64
count (Fixture *fixture)
{
  return count_on (fixture->db);
}

static gboolean
insert (Fixture *fixture, GError **error)
{
  return crm_db_exec (fixture->db, "INSERT INTO t (x) VALUES (randomblob (3000))", error);
}

static void
insert_some (Fixture *fixture, guint n)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_assert_true (insert (fixture, &error));
      g_assert_no_error (error);
    }
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("crm-sim-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->dir, "replica.db", NULL);
  fixture->disk = crm_sim_disk_new ();
  crm_sim_random_seed (&fixture->random, 1);
  crm_sim_vfs_start (1);
  crm_sim_vfs_mount (fixture->dir, fixture->disk);
  open_db (fixture, CRM_DB_CREATE);
  g_assert_true (crm_db_exec (fixture->db, "CREATE TABLE t (x BLOB)", &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_clear_object (&fixture->db);
  crm_sim_vfs_stop ();
  crm_sim_disk_free (fixture->disk);
  g_rmdir (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->path);
}

static void
test_stays (Fixture *fixture, gconstpointer unused)
{
  insert_some (fixture, 20);
  g_clear_object (&fixture->db);
  open_db (fixture, CRM_DB_READ_WRITE);
  g_assert_cmpint (count (fixture), ==, 20);
  /* Nothing of it is a file. */
  g_assert_cmpint (g_access (fixture->path, F_OK), !=, 0);
}

static void
test_reader (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmTransaction) transaction = NULL;
  g_autoptr (CrmDb) reader = crm_db_open (fixture->path, key, CRM_DB_READ_WRITE, &error);

  g_assert_no_error (error);
  transaction = crm_transaction_begin (fixture->db, CRM_TRANSACTION_WRITE, &error);
  g_assert_no_error (error);
  insert_some (fixture, 1);
  g_assert_cmpint (count_on (reader), ==, 0);

  crm_db_set_busy_timeout (reader, 0);
  g_assert_false (crm_db_exec (reader, "INSERT INTO t (x) VALUES (1)", &error));
  g_assert_error (error, CRM_DB_ERROR, CRM_DB_ERROR_BUSY);
  g_clear_error (&error);

  g_assert_true (crm_transaction_commit (transaction, &error));
  g_assert_cmpint (count_on (reader), ==, 1);
}

/* Killed at each operation in turn, with and without the power failing: what was committed is
 * there, what was under way is there whole or not at all, and the file is sound. */
static void
kill_at (Fixture *fixture, guint at, gboolean power)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sound = NULL;
  gint64 expected = count (fixture);
  gint64 found;

  crm_sim_disk_plan (fixture->disk, CRM_SIM_FAULT_KILL, CRM_SIM_OP_ANY, at, 1);
  while (insert (fixture, &error) && !crm_sim_disk_is_dead (fixture->disk) && at < 1000)
    expected++;
  g_clear_object (&fixture->db);
  g_assert_true (crm_sim_disk_is_dead (fixture->disk));

  crm_sim_disk_restart (fixture->disk, power, &fixture->random);
  open_db (fixture, CRM_DB_READ_WRITE);
  found = count (fixture);
  g_assert_true (found == expected || found == expected + 1);
  g_clear_error (&error);
  sound = crm_db_query_text (fixture->db, "PRAGMA integrity_check", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sound, ==, "ok");
}

static void
test_kill (Fixture *fixture, gconstpointer unused)
{
  for (guint at = 0; at < 60; at++)
    kill_at (fixture, at, FALSE);
  g_assert_cmpint (count (fixture), >, 60);
}

static void
test_power (Fixture *fixture, gconstpointer unused)
{
  for (guint at = 0; at < 120; at++)
    kill_at (fixture, at % 40, TRUE);
  g_assert_cmpint (count (fixture), >, 60);
}

/* Proof that unsynced writes do go: without syncing, committed rows are lost. */
static void
test_unsynced (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  guint n_lost = 0;

  for (guint i = 0; i < 20 && n_lost == 0; i++)
    {
      const gint64 before = count (fixture);

      g_assert_true (crm_db_exec (fixture->db, "PRAGMA synchronous = OFF", &error));
      insert_some (fixture, 3);
      crm_sim_disk_plan (fixture->disk, CRM_SIM_FAULT_KILL, CRM_SIM_OP_ANY, 0, 1);
      g_assert_false (insert (fixture, NULL));
      g_clear_object (&fixture->db);
      crm_sim_disk_restart (fixture->disk, TRUE, &fixture->random);
      if (!try_open (fixture, CRM_DB_READ_WRITE, NULL))
        return;
      n_lost += count (fixture) < before + 3;
    }
  g_assert_cmpuint (n_lost, >, 0);
}

static void
test_full (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  insert_some (fixture, 2);
  crm_sim_disk_plan (fixture->disk, CRM_SIM_FAULT_FULL, CRM_SIM_OP_WRITE, 0, G_MAXUINT64);
  g_assert_false (insert (fixture, &error));
  g_assert_error (error, CRM_DB_ERROR, CRM_DB_ERROR_FULL);
  g_assert_cmpint (count (fixture), ==, 2);

  crm_sim_disk_heal (fixture->disk);
  insert_some (fixture, 1);
  g_assert_cmpint (count (fixture), ==, 3);
}

static void
test_io_error (Fixture *fixture, gconstpointer unused)
{
  for (guint at = 0; at < 12; at++)
    {
      const gint64 before = count (fixture);

      crm_sim_disk_plan (fixture->disk,
                         CRM_SIM_FAULT_IO,
                         CRM_SIM_OP_WRITE | CRM_SIM_OP_SYNC,
                         at,
                         1);
      g_assert_cmpint (before + insert (fixture, NULL), ==, count (fixture));
    }
  crm_sim_disk_heal (fixture->disk);
  insert_some (fixture, 1);
}

static void
test_copy (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmSimDisk) twin = crm_sim_disk_new ();
  g_autofree char *dir = g_strconcat (fixture->dir, "-twin", NULL);
  g_autofree char *path = g_build_filename (dir, "replica.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDb) db = NULL;

  insert_some (fixture, 5);
  crm_sim_disk_copy_from (twin, fixture->disk);
  crm_sim_vfs_mount (dir, twin);
  db = crm_db_open (path, key, CRM_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  insert_some (fixture, 2);
  g_assert_cmpint (count_on (db), ==, 5);
  g_assert_cmpint (count (fixture), ==, 7);
}

/* Two runs of one seed do the same operations. */
static void
test_same (Fixture *fixture, gconstpointer unused)
{
  guint64 n_ops[2];

  for (guint i = 0; i < G_N_ELEMENTS (n_ops); i++)
    {
      tear_down (fixture, NULL);
      set_up (fixture, NULL);
      insert_some (fixture, 30);
      n_ops[i] = crm_sim_disk_get_n_ops (fixture->disk);
    }
  g_assert_cmpuint (n_ops[0], >, 100);
  g_assert_cmpuint (n_ops[0], ==, n_ops[1]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/sim/disk/stays", test_stays);
  ADD ("/sim/disk/reader", test_reader);
  ADD ("/sim/disk/kill", test_kill);
  ADD ("/sim/disk/power", test_power);
  ADD ("/sim/disk/unsynced", test_unsynced);
  ADD ("/sim/disk/full", test_full);
  ADD ("/sim/disk/io-error", test_io_error);
  ADD ("/sim/disk/copy", test_copy);
  ADD ("/sim/disk/same", test_same);
#undef ADD

  return g_test_run ();
}
