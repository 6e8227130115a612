#pragma once

#include "crm-sim-disk.h"
#include "crm-sim-event.h"
#include "crm-sim-oracle.h"

G_BEGIN_DECLS

/*
 * One laptop: its disk, the program that runs on it, and what its user knows to be true. After each
 * event the records must be what the oracle says, and the log must go on where it was.
 */
typedef struct _CrmSimReplica CrmSimReplica;

/* @dir: a real folder that stays empty but for lock files. @image: a new replica's disk; outlives
 * it. */
CrmSimReplica *crm_sim_replica_new (const char *dir, CrmSimDisk *image);
/* The disk copied, and the program started on the copy. */
CrmSimReplica *crm_sim_replica_new_twin (CrmSimReplica *self, const char *dir);
void crm_sim_replica_free (CrmSimReplica *self);
/* Everything is gone; a new replica takes its place. */
void crm_sim_replica_wipe (CrmSimReplica *self);
/* Called before the program ends, of itself or not. */
void crm_sim_replica_set_closing (CrmSimReplica *self, void (*closing) (gpointer), gpointer data);

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
/* After a step of the machine of src/sync upon it, in which its disk may have failed: it is started
 * again when that is needed, and what came of it is checked and is what is true from now on. */
gboolean crm_sim_replica_settle (CrmSimReplica *self,
                                 CrmSimOracle *oracle,
                                 CrmSimRandom *random,
                                 char **failure);
/* What its user sees. */
CrmSimModel *crm_sim_replica_get_model (CrmSimReplica *self);
/* Sets that the server is not known to have. */
gint64 crm_sim_replica_get_n_pending (CrmSimReplica *self);
/* Sets were set aside: what is shown is then not what others see. */
gboolean crm_sim_replica_has_parked (CrmSimReplica *self);
/* Each of its sets that the server took nothing of is shown to its author (I2). */
gboolean crm_sim_replica_check_refused (CrmSimReplica *self, CrmSimOracle *oracle, char **failure);
/* All that crm_replica_check() finds. */
gboolean crm_sim_replica_check (CrmSimReplica *self, char **failure);

/* Makes the disk image of a new, empty replica. */
CrmSimDisk *crm_sim_replica_make_image (const char *dir, GError **error);
/* What is in it from the start. */
CrmSimModel *crm_sim_replica_list_builtin (const char *dir, CrmSimDisk *image);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSimReplica, crm_sim_replica_free)

G_END_DECLS
