#pragma once

#include "crm-sim-client.h"
#include "crm-sim-disk.h"
#include "crm-sim-event.h"
#include "crm-sim-model.h"

G_BEGIN_DECLS

/*
 * One laptop: its disk, the program that runs on it, and what its user knows to be true. After each
 * event the records must be what the oracle says, and the log must go on where it was.
 */
typedef struct _CrmSimReplica CrmSimReplica;

/* @dir: a real folder that stays empty but for lock files. @image: a new replica's disk. */
CrmSimReplica *crm_sim_replica_new (const char *dir, CrmSimDisk *image, guint64 seed);
void crm_sim_replica_free (CrmSimReplica *self);

/* NULL while the program does not run. */
CrmReplica *crm_sim_replica_get_replica (CrmSimReplica *self);
CrmSimDisk *crm_sim_replica_get_disk (CrmSimReplica *self);
/* What the clock of this laptop is ahead, in microseconds. */
gint64 crm_sim_replica_get_clock_offset (CrmSimReplica *self);

/* How often an event of it was killed half-way. */
guint crm_sim_replica_get_n_kills (CrmSimReplica *self);

/* Does what @event says and checks what came of it. @told: what there is to tell for the trace.
 * FALSE with @failure when an invariant does not hold. */
gboolean
crm_sim_replica_run (CrmSimReplica *self, const CrmSimEvent *event, char **told, char **failure);
/* Logs in at the server of @network, which is kept. */
void crm_sim_replica_connect (CrmSimReplica *self, CrmSimNetwork *network);
/* One exchange, at an event or (@event NULL) in fair weather. @complete: nothing is left to push or
 * pull. */
gboolean crm_sim_replica_sync (CrmSimReplica *self,
                               const CrmSimEvent *event,
                               gboolean *complete,
                               char **told,
                               char **failure);
/* What its user sees. */
CrmSimModel *crm_sim_replica_get_model (CrmSimReplica *self);
/* All that crm_replica_check() finds. */
gboolean crm_sim_replica_check (CrmSimReplica *self, char **failure);

/* Makes the disk image of a new, empty replica. */
CrmSimDisk *crm_sim_replica_make_image (const char *dir, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSimReplica, crm_sim_replica_free)

G_END_DECLS
