#pragma once

#include "db/crm-db.h"
#include "store/crm-replica.h"
#include "store/crm-store-error-private.h"
#include "store/crm-table-private.h"

/* What one commit did. */
typedef struct
{
  GHashTable *ids; /* (element-type utf8): of records; NULL: too many */
  guint kinds;     /* 1 << crm_kind_get_number() */
  /* Sets that it added to the log: above n_before, up to n; 0 for none. */
  gint64 n_before;
  gint64 n;
  /* The same of the rows of `pulled`. */
  gint64 pulled_before;
  gint64 pulled;
} CrmCommit;

typedef void (*CrmCommitHook) (const CrmCommit *commit, gpointer data);

/* What the room's files share of a replica. */
struct _CrmReplica
{
  GObject parent_instance;

  CrmDb *db; /* NULL after crm_replica_close() */
  CrmReplicaMode mode;
  char *dir;
  char *id;
  CrmModel *model;
  CrmKey *key;

  /* (element-type CrmTable): in the model's order of kinds. */
  GPtrArray *tables;

  /* Called between two sets of a long action, outside of any transaction. */
  void (*yield_hook) (gpointer);
  gboolean (*wanted_hook) (gpointer);
  gpointer yield_data;

  /* Called after each commit that changed records; see CrmCommit. */
  CrmCommitHook commit_hook;
  gpointer commit_data;
};

/* As crm_replica_open(), but without the texts that the search still lacks: after a change of the
 * program these are all, and crm_index_catch_up() takes half a minute for 100,000 relations. */
CrmReplica *crm_replica_open_behind (const char *dir,
                                     const CrmKey *key,
                                     CrmModel *model,
                                     CrmReplicaMode mode,
                                     GError **error);

/* The connection, for the room's own queries; set its cancellable around long ones. */
#define crm_replica_get_db(self) ((self)->db)

const CrmTable *crm_replica_get_table (CrmReplica *self, const CrmKind *kind);
/* Whether sort keys take "IJ" as "Y" (setting "ij" is "y"). */
gboolean crm_replica_get_ij_as_y (CrmReplica *self);
/* Who changes are logged for: crm_replica_dup_account(), else the name of the session. */
char *crm_replica_dup_user (CrmReplica *self);
/* The same for what is kept: fails when it cannot be read. @user: (out) (transfer full) */
gboolean crm_replica_load_user (CrmReplica *self, char **user, GError **error);
/* Both that a change is logged with: the setting "device", else the name of the host. */
gboolean crm_replica_load_author (CrmReplica *self, char **user, char **device, GError **error);

/*
 * Values of this file that are no settings: "replica", "next_nr", versions of local columns. Part
 * of the open transaction when there is one.
 */
char *crm_replica_dup_meta (CrmReplica *self, const char *name);
gint64 crm_replica_get_meta_int64 (CrmReplica *self, const char *name, gint64 fallback);
/* For what must not be taken for unset when it cannot be read. @value: NULL when it is unset. */
gboolean crm_replica_load_meta (CrmReplica *self, const char *name, char **value, GError **error);
/* @value: @fallback when it is unset. */
gboolean crm_replica_load_meta_int64 (CrmReplica *self,
                                      const char *name,
                                      gint64 fallback,
                                      gint64 *value,
                                      GError **error);
gboolean
crm_replica_set_meta (CrmReplica *self, const char *name, const char *value, GError **error);
gboolean
crm_replica_set_meta_int64 (CrmReplica *self, const char *name, gint64 value, GError **error);

void crm_replica_set_commit_hook (CrmReplica *self, CrmCommitHook hook, gpointer data);
gboolean crm_replica_check_writable (CrmReplica *self, GError **error);
/* With the key it has: a fresh connection in the place of the one it had. */
gboolean crm_replica_reopen (CrmReplica *self, GError **error);
