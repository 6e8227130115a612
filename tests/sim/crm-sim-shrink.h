#pragma once

#include "crm-sim-world.h"

G_BEGIN_DECLS

/* The fewest events found that still break an invariant, by ddmin (Zeller, Hildebrandt:
 * Simplifying and isolating failure-inducing input, 2002). @scenario fails. */
CrmSimScenario *crm_sim_shrink (CrmSim *sim, const CrmSimScenario *scenario);

G_END_DECLS
