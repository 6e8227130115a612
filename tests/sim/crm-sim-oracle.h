#pragma once

#include "crm-sim-model.h"
#include "crm-sim-server.h"

G_BEGIN_DECLS

/*
 * What must have come of everything that was sent, made up in the most naive way: the sets that the
 * server accepted are replayed in their order, on a table of values, by the rules that people were
 * promised. Knows no SQL and nothing of how server or replica work.
 */
typedef struct _CrmSimOracle CrmSimOracle;

/* @builtin: what every replica has from the start */
CrmSimOracle *crm_sim_oracle_new (CrmSimModel *builtin);
/* As it is now, for when the server is put back. */
CrmSimOracle *crm_sim_oracle_copy (CrmSimOracle *self);
void crm_sim_oracle_free (CrmSimOracle *self);

/* The server was asked to take @body; what it took is replayed and compared with what it has.
 * @told: what that was, for the trace. FALSE with @failure when the server has something else. */
gboolean crm_sim_oracle_take (CrmSimOracle *self,
                              CrmSimServer *server,
                              GBytes *body,
                              GString *told,
                              char **failure);

/* What everybody must see, who has pulled all. */
CrmSimModel *crm_sim_oracle_get_state (CrmSimOracle *self);
/* Whether set @n of a replica was taken with that digest in hex, perhaps before the server was put
 * back: what it said then may still be under way. */
gboolean
crm_sim_oracle_has_taken (CrmSimOracle *self, const char *replica, gint64 n, const char *digest);
/* Whether a set, by its id, was refused as a whole, and no conflict about its one record tells so.
 */
gboolean crm_sim_oracle_has_refused (CrmSimOracle *self, const char *set);
/* No value that somebody typed is nowhere (I2): it was taken, or is in a conflict that all can see,
 * or the same laptop typed another one after it. */
gboolean crm_sim_oracle_check_losses (CrmSimOracle *self, char **failure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSimOracle, crm_sim_oracle_free)

G_END_DECLS
