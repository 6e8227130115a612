/*
 * kill -9 at any moment: this program starts itself as a child that writes without end, kills it
 * after a random time, and looks at what is left. CRM_TEST_ROUNDS sets how often.
 */
#include "crm-store-fixture.h"

#include "store/crm-backup.h"
#include "store/crm-replica-private.h"
#include "store/sync/crm-sync-store.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CHILD       "--crash-child"
#define PASSWORD    "geheim wachtwoord"
#define N_IMPORTED  1700
#define MAX_WAIT_MS 120

/* With the sanitizers each round takes ten times as long. */
#ifdef __SANITIZE_ADDRESS__
#define N_ROUNDS 3
#else
#define N_ROUNDS 12
#endif

typedef CrmStoreFixture Fixture;

static guint
get_n_rounds (void)
{
  const char *rounds = g_getenv ("CRM_TEST_ROUNDS");

  return rounds != NULL ? (guint) atoi (rounds) : N_ROUNDS;
}

/* ---- the child ---- */

static void
die_on (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static CrmRecord *
new_person (CrmReplica *replica, const char *id, const char *city)
{
  CrmRecord *record = crm_record_new (crm_model_find_kind (crm_replica_get_model (replica),
                                                           "person"),
                                      id);

  crm_record_set (record, "surname", "Jansen");
  crm_record_set (record, "city", city);

  return record;
}

static void
import (CrmReplica *replica, const char *city, guint n_records)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmAction) action = crm_action_begin (replica, "import", NULL, &error);

  die_on (error);
  crm_action_set_bulk (action, g_random_boolean ());
  for (guint i = 0; i < n_records; i++)
    {
      g_autoptr (CrmRecord) record = new_person (replica, NULL, city);

      crm_action_put (action, record, &error);
      die_on (error);
    }
  crm_action_finish (action, NULL, &error);
  die_on (error);
}

/* Three records that are always changed together. */
static const char *const ids[] = { "00000000-0000-7000-8000-000000000001",
                                   "00000000-0000-7000-8000-000000000002",
                                   "00000000-0000-7000-8000-000000000003" };

static void
apply_once (CrmReplica *replica, guint round)
{
  g_autofree char *city = g_strdup_printf ("Plaats %u", round);
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.edit");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (CrmRecord) record = new_person (replica, ids[i], city);

      crm_change_set_put (set, record);
    }
  crm_replica_apply (replica, set, NULL, &error);
  die_on (error);
}

static void
edit_one (CrmReplica *replica, const char *phone)
{
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.edit");
  g_autoptr (GError) error = NULL;

  crm_change_set_set (set,
                      crm_model_find_kind (crm_replica_get_model (replica), "person"),
                      ids[0],
                      "phone",
                      phone);
  crm_replica_apply (replica, set, NULL, &error);
  die_on (error);
}

/* All sets but the last, which a page brings back. */
static void
ack_earlier (CrmReplica *replica, CrmPullWriter *writer)
{
  const gint64 n = crm_sync_store_get_last (replica) - 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sets = NULL;
  gboolean forked = FALSE;

  if (n < 1)
    return;
  sets = crm_sync_store_list_sets (replica, n - 1, 1, G_MAXSIZE, &error);
  die_on (error);
  crm_pull_writer_ack (writer,
                       n,
                       ((CrmSyncSet *) g_ptr_array_index (sets, 0))->digest,
                       &forked,
                       &error);
  die_on (error);
  g_assert_false (forked);
}

/* A page that takes three records to the next place, among edits of one's own. */
static void
pull_once (CrmReplica *replica, guint round)
{
  g_autofree char *cursor = crm_sync_store_dup_state (replica, CRM_SYNC_STATE_CURSOR);
  const gint64 place = cursor != NULL ? g_ascii_strtoll (cursor, NULL, 10) + 1 : 1;
  g_autofree char *next = g_strdup_printf ("%" G_GINT64_FORMAT, place);
  const CrmPulledField fields[] = { { "surname", "Jansen", 1 },
                                    { "city", next, place },
                                    { "phone", next, place } };
  g_autoptr (CrmPullWriter) writer = NULL;
  g_autoptr (CrmPullResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (place > 1)
    edit_one (replica, next);
  writer = crm_pull_writer_begin (replica, &error);
  die_on (error);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const CrmPulledRow row = { .kind = "person",
                                 .id = ids[i],
                                 .row_seq = 1,
                                 .full = TRUE,
                                 .fields = fields,
                                 .n_fields = G_N_ELEMENTS (fields) };

      crm_pull_writer_put_row (writer, &row, &error);
      die_on (error);
    }
  ack_earlier (replica, writer);
  result = crm_pull_writer_finish (writer, next, place, &error);
  die_on (error);
}

static void
act_once (CrmReplica *replica, guint round)
{
  g_autofree char *city = g_strdup_printf ("Import %u-%u", g_random_int (), round);

  import (replica, city, N_IMPORTED);
}

static void
undo_once (CrmReplica *replica, guint round)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmUndoResult) result = NULL;

  result = crm_replica_peek_undo (replica, NULL, NULL)
               ? crm_replica_undo (replica, NULL, NULL, NULL, &error)
               : crm_replica_redo (replica, NULL, NULL, &error);
  die_on (error);
}

static void
rekey_once (CrmReplica *replica, guint round)
{
  g_autofree char *path = g_build_filename (crm_replica_get_dir (replica),
                                            round % 2 == 0 ? "key.b" : "key.a",
                                            NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmKey) key = crm_key_new_from_file (path, &error);

  die_on (error);
  crm_replica_rekey (replica, key, &error);
  die_on (error);
}

static void
backup_once (CrmReplica *replica, guint round)
{
  g_autofree char *file = g_build_filename (crm_replica_get_dir (replica), "backup.crm", NULL);
  g_autoptr (GError) error = NULL;

  crm_replica_backup (replica, file, PASSWORD, NULL, NULL, &error);
  die_on (error);
}

static const struct
{
  const char *name;
  void (*once) (CrmReplica *replica, guint round);
} modes[] = {
  { "apply", apply_once }, { "action", act_once },    { "undo", undo_once },
  { "rekey", rekey_once }, { "backup", backup_once }, { "pull", pull_once },
};

static int
run_child (const char *mode, const char *dir, const char *key_path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmKey) key = crm_key_new_from_file (key_path, &error);
  g_autoptr (CrmReplica) replica = NULL;

  die_on (error);
  replica = crm_replica_open (dir, key, NULL, CRM_REPLICA_READ_WRITE, &error);
  die_on (error);
  /* From here on it may be killed. */
  g_assert_cmpint (write (STDOUT_FILENO, "!", 1), ==, 1);

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    for (guint round = 0; g_str_equal (modes[i].name, mode); round++)
      modes[i].once (replica, round);

  return 2;
}

/* ---- the parent ---- */

static void
run_and_kill (Fixture *fixture, const char *mode, const char *key_path, guint max_wait_ms)
{
  g_autoptr (GError) error = NULL;
  const GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE;
  g_autoptr (GSubprocess) child =
      g_subprocess_new (flags, &error, "/proc/self/exe", CHILD, mode, fixture->dir, key_path, NULL);
  char ready;

  g_assert_no_error (error);
  g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (child),
                                        &ready,
                                        1,
                                        NULL,
                                        &error),
                   ==,
                   1);
  g_assert_no_error (error);
  g_usleep (1000 * g_test_rand_int_range (0, max_wait_ms));
  g_subprocess_force_exit (child);
  g_assert_true (g_subprocess_wait (child, NULL, &error));
  g_assert_no_error (error);
  /* It did not fail by itself before. */
  g_assert_true (g_subprocess_get_if_signaled (child));
  g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
}

static gint64
count (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (crm_db_query_int64 (crm_replica_get_db (fixture->replica), sql, &n, &error));
  g_assert_no_error (error);

  return n;
}

static void
assert_clean (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = crm_replica_check (fixture->replica, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM step WHERE state = 2"), ==, 0);
}

static char *
save_key (Fixture *fixture, const CrmKey *key, const char *name)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (fixture->dir, name, NULL);

  g_assert_true (crm_key_save (key, path, &error));
  g_assert_no_error (error);

  return path;
}

/* Where all is slow, the child needs more time to come to anything at all. */
static gboolean
is_enough (Fixture *fixture, guint n_rounds)
{
  return n_rounds >= get_n_rounds () && (n_rounds >= 20 * get_n_rounds () ||
                                         count (fixture, "SELECT count(*) FROM change_set") > 0);
}

static guint
get_max_wait (guint round)
{
  return MAX_WAIT_MS * (1 + round / get_n_rounds ());
}

static void
test_apply (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *key_path = save_key (fixture, fixture->key, "key");

  for (guint i = 0; !is_enough (fixture, i); i++)
    {
      g_clear_object (&fixture->replica);
      run_and_kill (fixture, "apply", key_path, get_max_wait (i));
      crm_store_fixture_reopen (fixture);
      assert_clean (fixture);
      g_assert_cmpint (count (fixture, "SELECT count(DISTINCT city) FROM person"), <=, 1);
      g_assert_cmpint (count (fixture, "SELECT count(*) % 3 FROM person"), ==, 0);
    }
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM change_set"), >, 0);
}

/* The cursor says what the rows are, wherever it was killed; own edits are whole too. */
static void
test_pull (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *key_path = save_key (fixture, fixture->key, "key");

  for (guint i = 0; !is_enough (fixture, i); i++)
    {
      g_clear_object (&fixture->replica);
      run_and_kill (fixture, "pull", key_path, get_max_wait (i));
      crm_store_fixture_reopen (fixture);
      assert_clean (fixture);
      g_assert_cmpint (count (fixture,
                              "SELECT count(*) FROM person WHERE city IS NOT (SELECT value"
                              " FROM sync_state WHERE name = 'cursor')"),
                       ==,
                       0);
      g_assert_cmpint (count (fixture, "SELECT count(*) FROM change_set WHERE state = 0"), <=, 2);
    }
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM change_set"), >, 0);
}

static void
test_action (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *key_path = save_key (fixture, fixture->key, "key");

  for (guint i = 0; !is_enough (fixture, i); i++)
    {
      g_clear_object (&fixture->replica);
      run_and_kill (fixture, "action", key_path, 3 * get_max_wait (i));
      crm_store_fixture_reopen (fixture);
      assert_clean (fixture);
      g_assert_cmpint (count (fixture,
                              "SELECT count(*) FROM (SELECT count(*) AS n FROM person GROUP BY "
                              "city)"
                              " WHERE n <> " G_STRINGIFY (N_IMPORTED)),
                       ==,
                       0);
    }
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM change_set"), >, 0);
}

static void
test_undo (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *key_path = save_key (fixture, fixture->key, "key");
  guint n_whole = 0;

  import (fixture->replica, "Ede", N_IMPORTED);
  for (guint i = 0; i < get_n_rounds (); i++)
    {
      gint64 n;

      g_clear_object (&fixture->replica);
      run_and_kill (fixture, "undo", key_path, 3 * MAX_WAIT_MS);
      crm_store_fixture_reopen (fixture);
      assert_clean (fixture);
      n = count (fixture, "SELECT count(*) FROM person");
      g_assert_true (n == 0 || n == N_IMPORTED);
      n_whole += n > 0;
      /* Either way is still open. */
      g_assert_true (crm_replica_peek_undo (fixture->replica, NULL, NULL) ||
                     crm_replica_peek_redo (fixture->replica, NULL, NULL));
    }
  g_test_message ("%u of %u rounds ended with the records", n_whole, get_n_rounds ());
}

static void
test_rekey (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmKey) other = crm_key_new_random ();
  g_autofree char *path_a = save_key (fixture, fixture->key, "key.a");
  g_autofree char *path_b = save_key (fixture, other, "key.b");
  g_autoptr (CrmKey) first = crm_key_copy (fixture->key);
  const char *now = path_a;
  guint n_changed = 0;

  import (fixture->replica, "Ede", N_IMPORTED);
  for (guint i = 0; i < get_n_rounds (); i++)
    {
      g_autoptr (GError) error = NULL;
      const char *before = now;

      g_clear_object (&fixture->replica);
      run_and_kill (fixture, "rekey", now, MAX_WAIT_MS);

      /* One of the two opens it, and not both. */
      fixture->replica = crm_replica_open (fixture->dir,
                                           first,
                                           NULL,
                                           CRM_REPLICA_READ_WRITE,
                                           &error);
      now = fixture->replica != NULL ? path_a : path_b;
      if (fixture->replica == NULL)
        {
          g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_KEY);
          g_clear_error (&error);
          fixture->replica = crm_replica_open (fixture->dir,
                                               other,
                                               NULL,
                                               CRM_REPLICA_READ_WRITE,
                                               &error);
          g_assert_no_error (error);
        }
      assert_clean (fixture);
      g_assert_cmpint (count (fixture, "SELECT count(*) FROM person"), ==, N_IMPORTED);
      n_changed += now != before;
    }
  g_test_message ("%u of %u rounds changed the key", n_changed, get_n_rounds ());
}

/* Under its name is the last whole backup, or none. */
static void
test_backup (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *key_path = save_key (fixture, fixture->key, "key");
  g_autofree char *file = g_build_filename (fixture->dir, "backup.crm", NULL);
  g_autofree char *dir = g_build_filename (fixture->dir, "restored", NULL);

  import (fixture->replica, "Ede", 100);
  for (guint i = 0; i < MIN (get_n_rounds (), 3); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmReplica) restored = NULL;

      g_clear_object (&fixture->replica);
      run_and_kill (fixture, "backup", key_path, 30 * MAX_WAIT_MS);
      crm_store_fixture_reopen (fixture);
      assert_clean (fixture);
      if (!g_file_test (file, G_FILE_TEST_EXISTS))
        continue;

      g_assert_true (crm_backup_restore (file, PASSWORD, dir, fixture->key, NULL, NULL, &error));
      g_assert_no_error (error);
      restored = crm_replica_open (dir, fixture->key, NULL, CRM_REPLICA_READ_WRITE, &error);
      g_assert_no_error (error);
      g_clear_object (&restored);
      crm_store_fixture_remove (dir);
    }
}

int
main (int argc, char *argv[])
{
  if (argc == 5 && g_str_equal (argv[1], CHILD))
    return run_child (argv[2], argv[3], argv[4]);

  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path, Fixture, NULL, crm_store_fixture_set_up, func, crm_store_fixture_tear_down)
  ADD ("/store/crash/apply", test_apply);
  ADD ("/store/crash/pull", test_pull);
  ADD ("/store/crash/action", test_action);
  ADD ("/store/crash/undo", test_undo);
  ADD ("/store/crash/rekey", test_rekey);
  ADD ("/store/crash/backup", test_backup);
#undef ADD

  return g_test_run ();
}
