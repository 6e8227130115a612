/*
 * crm-sim: deterministic worlds by seed. Fails, with the seed and the fewest events that show it,
 * when an invariant does not hold. See README.md.
 */
#include "crm-sim-bugs.h"
#include "crm-sim-shrink.h"

#include "base/crm-bug.h"

#include <stdlib.h>

static gint64 n_seeds = 100;
static gint64 first_seed = 1;
static char *bug;
static char *with;
static gboolean trace;
static gboolean go_on;

static const GOptionEntry entries[] = {
  { "seeds", 0, 0, G_OPTION_ARG_INT64, &n_seeds, "Worlds to run (100)", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &first_seed, "The first one (1)", "S" },
  { "bug", 0, 0, G_OPTION_ARG_STRING, &bug, "Plant this bug", "NAME" },
  { "with", 0, 0, G_OPTION_ARG_STRING, &with, "Only worlds with such an event or weather", "NAME" },
  { "go-on",
    0,
    0,
    G_OPTION_ARG_NONE,
    &go_on,
    "Name the seeds that fail and go on; of a bug only the first",
    NULL },
  { "trace", 0, 0, G_OPTION_ARG_NONE, &trace, "Print what happens", NULL },
  { NULL },
};

static void
print_events (const CrmSimScenario *scenario)
{
  for (guint i = 0; i < scenario->events->len; i++)
    {
      g_autofree char *text = crm_sim_event_dup_text (&g_array_index (scenario->events,
                                                                      CrmSimEvent,
                                                                      i));

      g_print ("  %s\n", text);
    }
}

static void
report (CrmSim *sim, guint64 seed, const CrmSimScenario *scenario, const char *failure)
{
  g_autoptr (CrmSimScenario) least = NULL;
  g_autoptr (CrmSimResult) result = NULL;

  g_print ("seed %" G_GUINT64_FORMAT " failed: %s\n", seed, failure);
  if (go_on)
    return;

  least = crm_sim_shrink (sim, scenario);
  result = crm_sim_run (sim, least, trace);
  g_print ("%u of its %u events are enough: %s\n",
           least->events->len,
           scenario->events->len,
           result->failure);
  print_events (least);
}

static gboolean
run_seed (CrmSim *sim, guint64 seed)
{
  g_autoptr (CrmSimScenario) scenario = crm_sim_scenario_new (seed);
  g_autoptr (CrmSimResult) result = NULL;

  if (with != NULL && !crm_sim_scenario_has (scenario, with))
    return TRUE;

  result = crm_sim_run (sim, scenario, trace);
  if (trace)
    g_print ("seed %" G_GUINT64_FORMAT " has trace %s\n", seed, result->hash);
  if (result->failure != NULL)
    report (sim, seed, scenario, result->failure);

  return result->failure == NULL;
}

static gboolean
is_known (const char *name)
{
  for (const CrmSimBug *known = crm_sim_bugs; known->name != NULL; known++)
    if (g_str_equal (known->name, name))
      return TRUE;

  return FALSE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new ("– worlds by seed");
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmSim) sim = NULL;
  gint64 n_failed = 0;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("crm-sim: %s\n", error->message);
      return 2;
    }
  if (bug != NULL && !is_known (bug))
    {
      g_printerr ("crm-sim: there is no bug “%s”; see tests/sim/crm-sim-bugs.c\n", bug);
      return 2;
    }
  crm_bug_plant (bug);

  sim = crm_sim_new ();
  for (gint64 i = 0; i < n_seeds; i++)
    if (!run_seed (sim, (guint64) (first_seed + i)))
      {
        n_failed++;
        if (!go_on || bug != NULL)
          return EXIT_FAILURE;
      }
  g_print ("%" G_GINT64_FORMAT " seeds, %" G_GINT64_FORMAT " failed\n", n_seeds, n_failed);

  return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
