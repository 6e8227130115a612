#pragma once

#include "crm-sim-event.h"
#include "crm-sim-server.h"

#include "store/crm-replica.h"

G_BEGIN_DECLS

/*
 * The exchange of one laptop with the server in its most plain form, straight through the messages
 * of src/wire and the store's sync functions, and the network between them. What goes wrong ends
 * the exchange; the next one goes on where it was.
 */

typedef struct
{
  CrmSimServer *server;
  const CrmSimWeather *weather;
  CrmSimRandom *random;
  /* (element-type CrmSimLate): copies that are still under way */
  GPtrArray *late;
} CrmSimNetwork;

/* @told: what happened, for the trace. TRUE when the exchange was complete: nothing more to push or
 * pull. @failure: what must never be. */
gboolean crm_sim_client_sync (CrmReplica *replica,
                              const char *token,
                              CrmSimNetwork *network,
                              GString *told,
                              char **failure);
/* Lets a copy of an old request arrive. */
void crm_sim_network_deliver_late (CrmSimNetwork *network);
GPtrArray *crm_sim_network_new_late (void);

G_END_DECLS
