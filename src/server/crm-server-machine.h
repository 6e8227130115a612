#pragma once

#include "model/crm-kind.h"
#include "server/crm-server-message.h"
#include "server/crm-server-store.h"

G_BEGIN_DECLS

/*
 * The server without its sockets: a request in, a response out. It reads clock and randomness from
 * the base only, so that a simulator drives them. One thread at a time.
 */
typedef struct _CrmServerMachine CrmServerMachine;

/* What /metrics tells besides what the adapter counts. */
typedef struct
{
  guint64 sets[5]; /* by CrmSetStatus */
  guint64 rows_sent;
  guint64 logins_refused;
  /* The last attempt to write found no room. */
  gboolean disk_full;
} CrmServerCounts;

/* @store: (transfer none); outlives the machine, as does @model. */
CrmServerMachine *crm_server_machine_new (CrmServerStore *store, CrmModel *model);
void crm_server_machine_free (CrmServerMachine *self);
/* At most so many rows in a page or a segment, below what the protocol allows: for tests of what
 * takes many of them. */
void crm_server_machine_set_max_rows (CrmServerMachine *self, guint max_rows);

/* Keeps boot segments in this folder, for many who boot at once. Their answers are then packed. */
gboolean crm_server_machine_set_cache (CrmServerMachine *self, const char *dir, GError **error);

/* Never fails: what goes wrong is in @response, which is empty before. */
void crm_server_machine_handle (CrmServerMachine *self,
                                const CrmServerRequest *request,
                                CrmServerResponse *response);
/* The same for callers that may wait: verifies passwords on the spot. */
void crm_server_machine_handle_whole (CrmServerMachine *self,
                                      const CrmServerRequest *request,
                                      CrmServerResponse *response);
const CrmServerCounts *crm_server_machine_get_counts (CrmServerMachine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmServerMachine, crm_server_machine_free)

G_END_DECLS
