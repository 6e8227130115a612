#pragma once

#include "crm-sim-network.h"
#include "crm-sim-replica.h"

G_BEGIN_DECLS

/*
 * A laptop in a world with a server: the program that edits (CrmSimReplica) and the machine of
 * src/sync upon it, whose steps are taken one by one: between any two of them its user may edit,
 * close the lid, or lose power.
 */

/* @image: of the disk. @user: who logs in. @watch: goes on for ever, as the window does; else only
 * when asked, as the command line. */
CrmSimLaptop *crm_sim_laptop_new (CrmSimNetwork *network,
                                  guint number,
                                  const char *dir,
                                  CrmSimDisk *image,
                                  const char *user,
                                  gboolean watch);
/* The same disk in another machine: both go on (a copied or restored image). */
CrmSimLaptop *crm_sim_laptop_new_twin (CrmSimLaptop *self, guint number, const char *dir);
void crm_sim_laptop_free (CrmSimLaptop *self);

guint crm_sim_laptop_get_number (CrmSimLaptop *self);
const char *crm_sim_laptop_get_user (CrmSimLaptop *self);
CrmSimReplica *crm_sim_laptop_get_replica (CrmSimLaptop *self);
/* Answers to an earlier run of the program are nobody's. */
guint64 crm_sim_laptop_get_generation (CrmSimLaptop *self);

/* ---- What its user does; the network says when it fails ---- */

void crm_sim_laptop_run (CrmSimLaptop *self, const CrmSimEvent *event);
/* One exchange now, when none is under way. */
void crm_sim_laptop_sync (CrmSimLaptop *self);
/* Closed: no network and no timers. */
void crm_sim_laptop_set_lid (CrmSimLaptop *self, gboolean open);
gboolean crm_sim_laptop_is_open (CrmSimLaptop *self);
void crm_sim_laptop_sign_out (CrmSimLaptop *self);

/* ---- What the network does ---- */

/* @state: (nullable): what everybody must see after this page */
void crm_sim_laptop_receive (CrmSimLaptop *self,
                             guint64 generation,
                             guint64 serial,
                             guint status,
                             const char *type,
                             GBytes *body,
                             CrmSimModel *state);
void crm_sim_laptop_fail (CrmSimLaptop *self,
                          guint64 generation,
                          guint64 serial,
                          CrmSyncNetworkError error);

/* ---- What came of it ---- */

/* In step with what the server has now, with nothing left to send. */
gboolean crm_sim_laptop_is_in_step (CrmSimLaptop *self);
gboolean crm_sim_laptop_is_watching (CrmSimLaptop *self);
/* The replica is whole, and each set that was refused is shown to its author (I2). */
gboolean crm_sim_laptop_check (CrmSimLaptop *self, char **failure);
/* To read; why it is not in step. */
char *crm_sim_laptop_dup_text (CrmSimLaptop *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSimLaptop, crm_sim_laptop_free)

G_END_DECLS
