/* The program is killed before each operation on the disk in turn, in the midst of each kind of
 * step, now with and now without the power. */
#include "crm-sim-world.h"

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

  status = g_test_run ();
  crm_sim_free (sim);

  return status;
}
