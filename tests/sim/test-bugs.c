/* Each planted bug is found, and a failure shrinks to few events that still show it. */
#include "crm-sim-bugs.h"
#include "crm-sim-shrink.h"

#include "base/crm-bug.h"

#define MAX_SEEDS      300
#define MAX_SLOW_SEEDS 2000
/* Seeds of a disturbed step, and moments in it. */
#define MAX_DISTURBED 6
#define MAX_MOMENTS   30

static CrmSim *sim;

static gboolean
fails (const CrmSimBug *bug, const CrmSimScenario *scenario)
{
  g_autoptr (CrmSimResult) result = NULL;

  crm_bug_plant (bug->name);
  result = crm_sim_run (sim, scenario, FALSE);
  crm_bug_plant (NULL);

  return result->failure != NULL;
}

static gboolean
fails_at (const CrmSimBug *bug, guint64 seed)
{
  g_autoptr (CrmSimScenario) scenario = crm_sim_scenario_new (seed);

  return fails (bug, scenario);
}

static CrmSimEvent *
add_event (CrmSimScenario *scenario, CrmSimEventType type, guint64 seed)
{
  const CrmSimEvent event = { .type = type, .seed = seed, .at = (gint64) scenario->events->len };

  g_array_append_val (scenario->events, event);

  return &g_array_index (scenario->events, CrmSimEvent, scenario->events->len - 1);
}

/* One laptop, whose user does that after an edit and is disturbed; then the power fails. */
static gboolean
fails_disturbed (const CrmSimBug *bug, guint64 seed, guint64 at)
{
  g_autoptr (CrmSimScenario) scenario = crm_sim_scenario_new (1);
  CrmSimEvent *event;

  scenario->n_replicas = 1;
  scenario->synced = FALSE;
  g_array_set_size (scenario->events, 0);
  add_event (scenario, CRM_SIM_EVENT_EDIT, seed + 1000);
  event = add_event (scenario, bug->disturbed, seed);
  event->fault = bug->fault;
  event->fault_ops = bug->ops;
  event->fault_at = at;
  event->fault_times = 1;
  event = add_event (scenario, CRM_SIM_EVENT_EDIT, seed + 2000);
  event->fault = CRM_SIM_FAULT_KILL;
  event->fault_ops = CRM_SIM_OP_ANY & ~CRM_SIM_OP_READ;
  event->power = TRUE;
  add_event (scenario, CRM_SIM_EVENT_EDIT, seed + 3000);

  return fails (bug, scenario);
}

static gboolean
is_found_disturbed (const CrmSimBug *bug)
{
  if (bug->fault == CRM_SIM_FAULT_NONE)
    return FALSE;

  for (guint64 seed = bug->from; seed < bug->from + MAX_DISTURBED; seed++)
    for (guint64 at = 0; at < MAX_MOMENTS; at++)
      if (fails_disturbed (bug, seed, at * bug->every))
        return TRUE;

  return FALSE;
}

/* A change of the store moves every operation on the disk; then another seed finds it. */
static void
test_bug (gconstpointer data)
{
  const CrmSimBug *bug = data;
  const guint64 max_seeds = g_test_slow () ? MAX_SLOW_SEEDS : MAX_SEEDS;

  for (guint i = 0; bug->seeds[i] != 0; i++)
    if (fails_at (bug, bug->seeds[i]))
      return;
  if (is_found_disturbed (bug))
    return;
  for (guint64 seed = 1; seed <= max_seeds; seed++)
    if (fails_at (bug, seed))
      {
        g_test_message ("“%s” is now found by seed %" G_GUINT64_FORMAT, bug->name, seed);
        return;
      }

  g_test_message ("“%s” survives: %s", bug->name, bug->what);
  g_test_fail ();
}

static void
test_shrink (void)
{
  g_autoptr (CrmSimScenario) scenario = crm_sim_scenario_new (14);
  g_autoptr (CrmSimScenario) least = NULL;
  g_autoptr (CrmSimResult) result = NULL;

  crm_bug_plant ("undo-forgets");
  least = crm_sim_shrink (sim, scenario);
  result = crm_sim_run (sim, least, FALSE);
  crm_bug_plant (NULL);

  /* Something is done, and undone; without the rest it may take one more to show. */
  g_assert_cmpuint (least->events->len, <=, 3);
  g_assert_nonnull (result->failure);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sim = crm_sim_new ();

  for (const CrmSimBug *bug = crm_sim_bugs; bug->name != NULL; bug++)
    {
      g_autofree char *path = g_strdup_printf ("/sim/bugs/%s", bug->name);

      g_test_add_data_func (path, bug, test_bug);
    }
  g_test_add_func ("/sim/bugs/shrink", test_shrink);

  status = g_test_run ();
  crm_sim_free (sim);

  return status;
}
