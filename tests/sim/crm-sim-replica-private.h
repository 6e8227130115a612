#pragma once

#include "crm-sim-replica.h"
#include "crm-sim-typed.h"

struct _CrmSimReplica
{
  char *dir;
  CrmSimDisk *disk;
  CrmReplica *replica;
  gint64 clock_offset;
  guint n_kills;
  /* Before the program ends. */
  void (*closing) (gpointer data);
  gpointer data;

  /* (element-type CrmSimModel): what the records were after each step that was not undone and what
   * they would be after each that was; as undo in a text editor. */
  GPtrArray *states;
  guint position;
  /* (element-type utf8): of each set that a call acknowledged, in order. */
  GPtrArray *log;
  CrmSimDisk *image; /* of a new one */
  CrmSimTyped *typed;
  gint64 acked; /* of @acked_id */
  char *acked_id;
  /* A page could not be written, or so it was said: the next start may find it. */
  gboolean shaky;
  /* Of the connection when it was last looked at; -1: it is another one. */
  gint64 n_changes;
};

gboolean crm_sim_replica_fail (char **failure, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Brings the program back to where its user can go on. @error: nullable */
gboolean crm_sim_replica_recover (CrmSimReplica *self,
                                  const CrmSimEvent *event,
                                  gboolean done,
                                  CrmSimRandom *random,
                                  const GError *error,
                                  char **failure);
/* Starts the program, now and then killed while it does. @power: had failed too */
gboolean crm_sim_replica_start_again (CrmSimReplica *self,
                                      gboolean power,
                                      CrmSimRandom *random,
                                      char **failure);
/* Whatever is shown is what is true. */
gboolean crm_sim_replica_take_state (CrmSimReplica *self, char **failure);
/* What was acknowledged to the user is there, in its place; more only when @may_grow. */
gboolean crm_sim_replica_check_log (CrmSimReplica *self, gboolean may_grow, char **failure);
/* This is what is shown, whatever was before. @state: (transfer full) */
void crm_sim_replica_take_model (CrmSimReplica *self, CrmSimModel *state);
/* The program starts, and ends. */
gboolean crm_sim_replica_open (CrmSimReplica *self, GError **error);
void crm_sim_replica_close (CrmSimReplica *self);
