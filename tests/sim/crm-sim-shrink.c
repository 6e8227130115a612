#include "crm-sim-shrink.h"

/* How a failure starts, without the numbers of laptops, sets and records. */
#define SORT_LENGTH 30

static char *
dup_sort (CrmSim *sim, const CrmSimScenario *scenario)
{
  g_autoptr (CrmSimResult) result = crm_sim_run (sim, scenario, FALSE);
  g_autoptr (GString) sort = g_string_new (NULL);

  if (result->failure == NULL)
    return NULL;

  for (const char *c = result->failure; *c != '\0' && sort->len < SORT_LENGTH; c++)
    if (!g_ascii_isxdigit (*c))
      g_string_append_c (sort, *c);

  return g_strdup (sort->str);
}

/* In the same way: another bug is another matter. */
static gboolean
fails (CrmSim *sim, const CrmSimScenario *scenario, const char *sort)
{
  g_autofree char *other = dup_sort (sim, scenario);

  return g_strcmp0 (other, sort) == 0;
}

/* Without the @part'th of @n_parts. */
static CrmSimScenario *
leave_out (const CrmSimScenario *scenario, guint part, guint n_parts)
{
  CrmSimScenario *less = crm_sim_scenario_copy (scenario);
  const guint from = scenario->events->len * part / n_parts;
  const guint to = scenario->events->len * (part + 1) / n_parts;

  if (to > from)
    g_array_remove_range (less->events, from, to - from);

  return less;
}

CrmSimScenario *
crm_sim_shrink (CrmSim *sim, const CrmSimScenario *scenario)
{
  CrmSimScenario *best = crm_sim_scenario_copy (scenario);
  g_autofree char *sort = dup_sort (sim, scenario);
  guint n_parts = 2;

  while (best->events->len > 1 && n_parts <= best->events->len)
    {
      gboolean found = FALSE;

      for (guint part = 0; part < n_parts && !found; part++)
        {
          g_autoptr (CrmSimScenario) less = leave_out (best, part, n_parts);

          if (!fails (sim, less, sort))
            continue;
          crm_sim_scenario_free (best);
          best = g_steal_pointer (&less);
          found = TRUE;
        }
      if (found)
        n_parts = MAX (n_parts - 1, 2);
      else if (n_parts == best->events->len)
        break;
      else
        n_parts = MIN (2 * n_parts, best->events->len);
    }

  return best;
}
