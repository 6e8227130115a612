#pragma once

#include "crm-sim-event.h"
#include "crm-sim-oracle.h"
#include "crm-sim-queue.h"
#include "crm-sim-trace.h"

#include "sync/crm-sync-machine.h"

G_BEGIN_DECLS

typedef struct _CrmSimLaptop CrmSimLaptop;

/*
 * What is between the laptops of one world: the server, the network that loses, doubles, delays,
 * cuts and invents messages, and the oracle that sees what the server took.
 */
typedef struct
{
  CrmSimQueue *queue;
  CrmSimServer *server;
  CrmSimOracle *oracle;
  CrmSimOracle *backup; /* nullable: as the server's */
  CrmSimTrace *trace;
  CrmSimWeather weather;
  CrmSimRandom random;
  GPtrArray *late;    /* copies that are still under way */
  GHashTable *cache;  /* (element-type utf8 GBytes): segments, by their address */
  GPtrArray *waiting; /* requests that the server holds until there is news */
  char *failure;      /* nullable: the first thing that must never be */
} CrmSimNetwork;

CrmSimNetwork *crm_sim_network_new (CrmSimServer *server,
                                    CrmSimModel *builtin,
                                    CrmSimTrace *trace,
                                    const CrmSimWeather *weather,
                                    guint64 seed);
void crm_sim_network_free (CrmSimNetwork *self);

/* Takes the request of @laptop on its way; what comes of it is told by crm_sim_laptop_receive() or
 * crm_sim_laptop_fail(). */
void crm_sim_network_send (CrmSimNetwork *self, CrmSimLaptop *laptop, const CrmSyncAction *action);
/* Nobody waits for that answer any more. */
void crm_sim_network_forget (CrmSimNetwork *self, CrmSimLaptop *laptop);
/* Lets a copy of an old request arrive. FALSE when there is none. */
gboolean crm_sim_network_deliver_late (CrmSimNetwork *self);

/* What an administrator does. */
void crm_sim_network_back_up (CrmSimNetwork *self);
void crm_sim_network_restore (CrmSimNetwork *self, gboolean tell);

void crm_sim_network_fail (CrmSimNetwork *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSimNetwork, crm_sim_network_free)

G_END_DECLS
