/* The program is killed before each operation on the disk in turn, in the midst of each kind of
 * step, now with and now without the power. */
#include "crm-sim-clock.h"
#include "crm-sim-server.h"
#include "crm-sim-vfs.h"
#include "crm-sim-world.h"

#include "server/crm-server-admin.h"
#include "server/sqlite/crm-sqlite-store.h"

#include <glib/gstdio.h>

#define USER "ilse"

static CrmSim *sim;

static void
add_event (CrmSimScenario *scenario, CrmSimEventType type, guint64 seed)
{
  const CrmSimEvent event = { .type = type, .seed = seed, .at = (gint64) scenario->events->len };

  g_array_append_val (scenario->events, event);
}

/* FALSE when the step ended before the kill came. */
static gboolean
run_killed (CrmSimEventType type, guint64 at, gboolean power)
{
  g_autoptr (CrmSimScenario) scenario = crm_sim_scenario_new (1);
  g_autoptr (CrmSimResult) killed = NULL;
  CrmSimEvent *event;

  scenario->n_replicas = 1;
  g_array_set_size (scenario->events, 0);
  add_event (scenario, CRM_SIM_EVENT_EDIT, 11);
  add_event (scenario, CRM_SIM_EVENT_EDIT, 12);
  add_event (scenario, CRM_SIM_EVENT_ACTION, 13);
  add_event (scenario, CRM_SIM_EVENT_UNDO, 14);
  add_event (scenario, type, 15);
  add_event (scenario, CRM_SIM_EVENT_EDIT, 16);
  add_event (scenario, CRM_SIM_EVENT_CHECK, 17);
  event = &g_array_index (scenario->events, CrmSimEvent, 4);
  event->fault = CRM_SIM_FAULT_KILL;
  event->fault_ops = CRM_SIM_OP_ANY & ~CRM_SIM_OP_READ;
  event->fault_at = at;
  event->fault_times = 1;
  event->power = power;
  killed = crm_sim_run (sim, scenario, FALSE);
  if (killed->failure != NULL)
    g_test_message ("killed at %" G_GUINT64_FORMAT, at);
  g_assert_cmpstr (killed->failure, ==, NULL);

  return killed->n_kills > 0;
}

static void
test_kill (gconstpointer data)
{
  const CrmSimEventType type = GPOINTER_TO_UINT (data);
  guint64 n_points = 0;

  /* Both for each point would take twice as long; the worlds by seed have all of them. */
  while (run_killed (type, n_points, n_points % 2 == 1))
    n_points++;
  g_test_message ("%" G_GUINT64_FORMAT " points", n_points);
  g_assert_cmpuint (n_points, >, 3);
}

/* ---- What the next server shows of a killed one ---- */

static CrmServerStore *
open_server (const char *path)
{
  g_autoptr (GError) error = NULL;
  CrmServerStore *store = crm_sqlite_store_open (path, FALSE, &error);

  g_assert_no_error (error);

  return store;
}

static gboolean
is_disabled (CrmServerStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmServerUser) user = store->ops->find_user (store, USER, &error);

  g_assert_no_error (error);

  return user->disabled;
}

/* Killed before that operation, and its disk as it is then. FALSE when all was done before it. */
static gboolean
kill_server (const char *path, CrmSimDisk *disk, guint64 at, gboolean power, CrmSimRandom *random)
{
  g_autoptr (CrmServerStore) store = open_server (path);
  gboolean killed;

  crm_sim_disk_plan (disk, CRM_SIM_FAULT_KILL, CRM_SIM_OP_ANY & ~CRM_SIM_OP_READ, at, 1);
  crm_server_admin_disable_user (store, USER, NULL);
  killed = crm_sim_disk_is_dead (disk);
  g_clear_pointer (&store, crm_server_store_free);
  crm_sim_disk_restart (disk, power, random);

  return killed;
}

/* @seen: (out): whether the next server saw the change */
static gboolean
run_server_killed (const char *path, CrmSimDisk *disk, guint64 at, gboolean *seen)
{
  g_autoptr (CrmServerStore) store = NULL;
  CrmSimRandom random;
  gboolean killed;

  crm_sim_random_seed (&random, at);
  killed = kill_server (path, disk, at, FALSE, &random);
  store = open_server (path);
  *seen = is_disabled (store);
  crm_sim_disk_plan (disk, CRM_SIM_FAULT_KILL, CRM_SIM_OP_ANY, 0, 1);
  crm_server_admin_disable_user (store, USER, NULL);
  g_clear_pointer (&store, crm_server_store_free);
  crm_sim_disk_restart (disk, TRUE, &random);
  store = open_server (path);
  if (*seen)
    g_assert_true (is_disabled (store));

  return killed;
}

/* It was told to somebody, so a loss of power does not take it away any more. */
static void
test_server (void)
{
  g_autofree char *dir = g_dir_make_tmp ("crm-sim-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "server.db", NULL);
  g_autoptr (CrmSimDisk) image = NULL;
  gboolean killed = TRUE;
  guint n_seen = 0;

  crm_sim_clock_start ();
  image = crm_sim_server_make_image (dir, NULL);
  for (guint64 at = 0; killed; at++)
    {
      g_autoptr (CrmSimDisk) disk = crm_sim_disk_new ();
      gboolean seen = FALSE;

      crm_sim_disk_copy_from (disk, image);
      crm_sim_vfs_mount (dir, disk);
      killed = run_server_killed (path, disk, at, &seen);
      n_seen += killed && seen;
      crm_sim_vfs_unmount (dir);
    }
  crm_sim_clock_stop ();
  g_assert_cmpuint (n_seen, >, 0);
  g_unlink (path);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sim = crm_sim_new ();

#define ADD(path, type) g_test_add_data_func (path, GUINT_TO_POINTER (type), test_kill)
  ADD ("/sim/kill/edit", CRM_SIM_EVENT_EDIT);
  ADD ("/sim/kill/action", CRM_SIM_EVENT_ACTION);
  ADD ("/sim/kill/undo", CRM_SIM_EVENT_UNDO);
  ADD ("/sim/kill/redo", CRM_SIM_EVENT_REDO);
  ADD ("/sim/kill/restart", CRM_SIM_EVENT_RESTART);
#undef ADD
  g_test_add_func ("/sim/kill/server", test_server);

  status = g_test_run ();
  crm_sim_free (sim);

  return status;
}
