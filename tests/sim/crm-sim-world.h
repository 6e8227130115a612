#pragma once

#include "crm-sim-event.h"

G_BEGIN_DECLS

/* What one run of a scenario came to. */
typedef struct
{
  char *hash;    /* of the trace */
  char *failure; /* nullable: the first invariant that did not hold */
  guint n_kills; /* that came in the midst of something */
} CrmSimResult;

void crm_sim_result_free (CrmSimResult *self);

/*
 * Runs worlds in this process, one after the other. Takes the clock, ids, randomness and log of
 * the whole process over; one at a time, on one thread.
 */
typedef struct _CrmSim CrmSim;

CrmSim *crm_sim_new (void);
void crm_sim_free (CrmSim *self);
/* @trace: prints each event and what came of it. */
CrmSimResult *crm_sim_run (CrmSim *self, const CrmSimScenario *scenario, gboolean trace);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSimResult, crm_sim_result_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSim, crm_sim_free)

G_END_DECLS
