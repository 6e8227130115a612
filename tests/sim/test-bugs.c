/* Each planted bug is found, and a failure shrinks to few events that still show it. */
#include "crm-sim-bugs.h"
#include "crm-sim-shrink.h"

#include "base/crm-bug.h"

#define MAX_SEEDS      300
#define MAX_SLOW_SEEDS 2000

static CrmSim *sim;

static gboolean
fails (const CrmSimBug *bug, guint64 seed)
{
  g_autoptr (CrmSimScenario) scenario = crm_sim_scenario_new (seed);
  g_autoptr (CrmSimResult) result = NULL;

  crm_bug_plant (bug->name);
  result = crm_sim_run (sim, scenario, FALSE);
  crm_bug_plant (NULL);

  return result->failure != NULL;
}

/* A change of the store moves every operation on the disk; then another seed finds it. */
static void
test_bug (gconstpointer data)
{
  const CrmSimBug *bug = data;
  const guint64 max_seeds = g_test_slow () ? MAX_SLOW_SEEDS : MAX_SEEDS;

  if (bug->is_rare && !g_test_slow ())
    {
      g_test_skip ("takes many seeds; `test slow` has it");
      return;
    }
  for (guint i = 0; bug->seeds[i] != 0; i++)
    if (fails (bug, bug->seeds[i]))
      return;
  for (guint64 seed = 1; seed <= max_seeds; seed++)
    if (fails (bug, seed))
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
  g_autoptr (CrmSimScenario) scenario = crm_sim_scenario_new (6);
  g_autoptr (CrmSimScenario) least = NULL;
  g_autoptr (CrmSimResult) result = NULL;

  crm_bug_plant ("undo-forgets");
  least = crm_sim_shrink (sim, scenario);
  result = crm_sim_run (sim, least, FALSE);
  crm_bug_plant (NULL);

  /* Something is done, and undone. */
  g_assert_cmpuint (least->events->len, ==, 2);
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
