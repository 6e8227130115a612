#pragma once

#include "model/crm-set-digest.h"
#include "store/crm-replica.h"

G_BEGIN_DECLS

/*
 * What synchronisation needs of a replica: the outbox, the writer of pulled pages, and what is
 * known of the server. All functions block and are called on the replica's thread. All numbers of
 * sets here are those of the wire: 1, 2, 3 … under crm_replica_get_id(), without a gap. Errors are
 * of %CRM_STORE_ERROR.
 *
 * A record is the server's value overlaid by the changes of sets that are not acknowledged. Fields
 * under such a change have a negative version, and what a pull brings for them waits beside the
 * table until the server says that it has the set; so nothing on the screen steps back meanwhile,
 * and pulling never waits for pushing. See crm-pull-base-private.h.
 */

/* ---- What is known of the server and of the exchange with it ---- */

#define CRM_SYNC_STATE_SERVER       "server"       /* its address */
#define CRM_SYNC_STATE_USER         "user"         /* the name logged in with */
#define CRM_SYNC_STATE_COMPANY      "company"      /* its id, from hello */
#define CRM_SYNC_STATE_DEVICE       "device"       /* the server's id of this device */
#define CRM_SYNC_STATE_TOKEN        "token"        /* only where there is no keyring */
#define CRM_SYNC_STATE_EPOCH        "epoch"        /* of the cursor and of all positive versions */
#define CRM_SYNC_STATE_CURSOR       "cursor"       /* opaque; where the next pull starts */
#define CRM_SYNC_STATE_LAST_CONTACT "last_contact" /* UTC, crm_clock_format() */

/* NULL when not set, or when it cannot be read: for showing. Names beyond those above are free for
 * the sync machine. */
char *crm_sync_store_dup_state (CrmReplica *replica, const char *name);
/* For what must not be taken for unset when it cannot be read. @value: (out) (transfer full)
 * (nullable): NULL when it is unset */
gboolean
crm_sync_store_load_state (CrmReplica *replica, const char *name, char **value, GError **error);
/* @value: nullable. */
gboolean
crm_sync_store_set_state (CrmReplica *replica, const char *name, const char *value, GError **error);

/*
 * The server knows this replica as @device of @user. Before the first login nobody else can have
 * written here: what was logged under the setting "user" then was @user's, and says so from now on,
 * as it does at the server. Records that he owned by that name become the account's, by changes
 * that go to the server as any do.
 */
gboolean crm_sync_store_save_login (CrmReplica *replica,
                                    const char *company,
                                    const char *device,
                                    const char *user,
                                    GError **error);

/* ---- The outbox ---- */

typedef struct
{
  char *name;
  char *value; /* canonical, nullable */
  char *old;   /* canonical, nullable; whole, however long */
  gint64 base; /* version seen: > 0 the server's seq, < 0 own set -base, 0 none */
} CrmSyncField;

typedef struct
{
  const CrmKind *kind;
  char *id;
  CrmSetOp op;
  gint64 base;       /* DELETE: version of the row; as CrmSyncField.base */
  GPtrArray *fields; /* (element-type CrmSyncField): in the order of the digest; none of DELETE */
} CrmSyncOp;

typedef struct
{
  gint64 n;
  char *id;
  char *group; /* nullable */
  char *action;
  char *why; /* nullable */
  char *at;
  gboolean all;                         /* mode: as a whole or field by field */
  guint8 previous[CRM_SET_DIGEST_SIZE]; /* digest of set n-1; zeros before the first */
  guint8 digest[CRM_SET_DIGEST_SIZE];
  /* Set aside (crm_sync_store_park()): goes as a set without ops. */
  gboolean parked;
  /* Somebody was asked, and means so many deletes. */
  gboolean confirmed;
  /* Records that may not be seen any more were taken from it: its digest is of more. */
  gboolean scrubbed;
  GPtrArray *ops; /* (element-type CrmSyncOp) */
} CrmSyncSet;

void crm_sync_set_free (CrmSyncSet *self);

/*
 * crm_sync_store_list_sets:
 * @after: the number of the last set that is not wanted
 * @max_bytes: of values and names, about what they take on the wire; the first set is given however
 *   large it is
 *
 * Marks nothing: a set stays in the outbox until it is acknowledged. Sets of a long action that has
 * not finished are held back, with all that follow.
 *
 * Returns: (transfer full) (element-type CrmSyncSet): in order; empty when there are none
 */
GPtrArray *crm_sync_store_list_sets (CrmReplica *replica,
                                     gint64 after,
                                     guint max_sets,
                                     gsize max_bytes,
                                     GError **error);
/* The last set that the server said it has, and the end of the log. @acked, @last: (out) (optional)
 */
gboolean
crm_sync_store_load_numbers (CrmReplica *replica, gint64 *acked, gint64 *last, GError **error);
/* The same for showing: 0 when they cannot be read. */
gint64 crm_sync_store_get_acked (CrmReplica *replica);
gint64 crm_sync_store_get_last (CrmReplica *replica);

/*
 * Sets one set aside that the server cannot take, with the later ones that build on it, so that the
 * rest goes on: they keep their numbers and go as sets without ops. Their edits stay on the screen.
 * @n_parked: (out) (optional)
 */
gboolean crm_sync_store_park (CrmReplica *replica,
                              gint64 n,
                              const char *why,
                              guint *n_parked,
                              GError **error);
/* The same for sets after @after, the last that was sent, that were made when others had been set
 * aside already, and build on those. Most of the time there are none. @n_parked: (out) */
gboolean
crm_sync_store_park_more (CrmReplica *replica, gint64 after, guint *n_parked, GError **error);

/*
 * After a fork: the file is a copy, or was one's source, and went its own way. A new replica id;
 * what is not acknowledged is numbered from 1 again, with bases and digests made anew. The ids of
 * sets stay, so that the server knows those that it has.
 */
gboolean crm_sync_store_fork (CrmReplica *replica, GError **error);

/*
 * After the server was restored (another epoch) or this replica was away for too long: sets above
 * @last_n go again, and the pull that follows is a boot of every scope. What that boot does not
 * bring is removed at its end, but for what has changes of its own. @last_n: the server's last set
 * of this replica.
 */
gboolean
crm_sync_store_reconcile (CrmReplica *replica, const char *epoch, gint64 last_n, GError **error);

/* Whether all that was done here is at the server, and nothing of it waits for a decision. @may:
 * (out) */
gboolean crm_sync_store_may_move (CrmReplica *replica, gboolean *may, GError **error);
/*
 * From one company to another, whose server knows this replica as @id and is in @epoch: the load
 * that follows brings what that has, and at its end all else goes. Nothing of before can be undone
 * any more; what was written here stays in the log, which is not sent. Fails with
 * %CRM_STORE_ERROR_BUSY when it may not.
 */
gboolean
crm_sync_store_move (CrmReplica *replica, const char *id, const char *epoch, GError **error);

/*
 * The records of @scope that pulls have brought, also of kinds that this program does not know;
 * what own changes that are not acknowledged made or deleted does not count. @n: how many, @ids:
 * (transfer full): the xor of their ids as crm_id_sum_to_hex(). Kept, so that it costs the same for
 * any number.
 */
gboolean
crm_sync_store_load_sum (CrmReplica *replica, gint64 scope, gint64 *n, char **ids, GError **error);

typedef struct
{
  gint64 pending;     /* sets that are not acknowledged, without parked ones */
  gint64 parked;      /* sets */
  gint64 rejected;    /* sets whose refusal nobody has dismissed */
  gint64 conflicts;   /* open ones */
  char *last_contact; /* nullable */
} CrmSyncCounts;

CrmSyncCounts *crm_sync_store_count (CrmReplica *replica, GError **error);
void crm_sync_counts_free (CrmSyncCounts *self);

/* ---- Pulled pages ---- */

/*
 * One transaction, open from begin to finish; freed before, all of it is rolled back. Lines are put
 * in the order of the page. After a function failed only free is left to do.
 */
typedef struct _CrmPullWriter CrmPullWriter;

typedef struct
{
  const char *name;
  const char *value; /* canonical, nullable */
  gint64 seq;
} CrmPulledField;

typedef struct
{
  const char *kind;
  const char *id;
  gint64 row_seq; /* of the set that made the row */
  /* All fields that are not empty are there. */
  gboolean full;
  const gint64 *scopes; /* all of mine that hold the row; none: membership stays as it is */
  guint n_scopes;
  const CrmPulledField *fields;
  guint n_fields;
} CrmPulledRow;

/* Of a seq that the page names. */
typedef struct
{
  gint64 seq;
  const char *id; /* nullable: an older server does not say it */
  const char *user;
  const char *device;
  const char *at;
  const char *action;
  const char *why;   /* nullable */
  const char *group; /* nullable */
  /* This replica's own set of that number; 0: of others. Own ones are in the log already. */
  gint64 n;
} CrmPulledSet;

CrmPullWriter *crm_pull_writer_begin (CrmReplica *replica, GError **error);
void crm_pull_writer_free (CrmPullWriter *self);

/*
 * The page is one of a boot of @scope, was read at @seq and ends with id @after. Fails with
 * %CRM_STORE_ERROR_STALE when a later state was pulled already: what has gone since would rise
 * again. Rows are put in fast: no history, lists and search follow in crm_sync_store_finish_boot().
 */
gboolean crm_pull_writer_set_boot (CrmPullWriter *self,
                                   gint64 scope,
                                   gint64 seq,
                                   const char *after,
                                   GError **error);

/*
 * A field is taken when its seq is above the version held. Of kinds and fields that this program
 * does not know only the record's membership is kept. Fails with %CRM_STORE_ERROR_PARTIAL when the
 * row is not full and not held: pull again with the scopes named as booting.
 */
gboolean crm_pull_writer_put_row (CrmPullWriter *self, const CrmPulledRow *row, GError **error);
/* @seq: of the deletion, 0 when not known. */
gboolean crm_pull_writer_remove_row (CrmPullWriter *self,
                                     const char *kind,
                                     const char *id,
                                     gint64 seq,
                                     GError **error);
gboolean crm_pull_writer_drop_scope (CrmPullWriter *self, gint64 scope, GError **error);
/* A scope that was granted, or whose rights changed: unless it is as it was, it waits to be loaded.
 * @mask: any text that is equal when the rights are. */
gboolean
crm_pull_writer_add_scope (CrmPullWriter *self, gint64 scope, const char *mask, GError **error);
gboolean crm_pull_writer_add_set (CrmPullWriter *self, const CrmPulledSet *set, GError **error);
/* Of an own set: @status "merged", "conflict" or "rejected". @code: nullable; @conflicts: nullable,
 * ids. */
gboolean crm_pull_writer_add_result (CrmPullWriter *self,
                                     gint64 n,
                                     const char *status,
                                     const char *code,
                                     const char *const *conflicts,
                                     GError **error);
/*
 * The server has all sets up to @n, and this and the earlier pages hold what it made of them. Only
 * on the last page of a catch-up. When @digest is not that of our set @n nothing is acknowledged
 * and @forked is set: the number belongs to a twin.
 */
gboolean crm_pull_writer_ack (CrmPullWriter *self,
                              gint64 n,
                              const guint8 digest[CRM_SET_DIGEST_SIZE],
                              gboolean *forked,
                              GError **error);

/* A value of the user's that the server did not take. */
typedef struct
{
  const CrmKind *kind;
  char *id;
  char *title;
  char *field;     /* nullable: the record as a whole went or came back */
  char *old_value; /* what was on the screen */
  char *new_value; /* what is there now */
} CrmSteppedBack;

typedef struct
{
  guint n_rows;            /* records made, changed or deleted */
  GPtrArray *stepped_back; /* (element-type CrmSteppedBack) */
} CrmPullResult;

void crm_pull_result_free (CrmPullResult *self);

/*
 * crm_pull_writer_finish:
 * @cursor: (nullable): NULL leaves it as it is (pages of a boot)
 * @seq: the state that the page reaches; 0 when not known
 *
 * Commits, fsynced when it returns, and tells the windows. The writer is then only to be freed.
 */
CrmPullResult *
crm_pull_writer_finish (CrmPullWriter *self, const char *cursor, gint64 seq, GError **error);

/* ---- The past of one record ---- */

typedef struct
{
  const char *name;
  const char *old_value; /* canonical, nullable */
  const char *value;     /* canonical, nullable */
} CrmPulledValue;

/* What one set did to it. */
typedef struct
{
  CrmPulledSet set;
  CrmSetOp op;
  const char *kind;
  const CrmPulledValue *values;
  guint n_values;
} CrmPulledChange;

/* Keeps what the server told when it was asked, for crm_replica_get_history(): a first load brings
 * no history, and a pull no values that came and went since the one before. Own sets are passed
 * over, for they are in the log. When something was new, the windows are told that @id changed. */
gboolean crm_sync_store_save_past (CrmReplica *replica,
                                   const char *id,
                                   const CrmPulledChange *changes,
                                   guint n_changes,
                                   GError **error);

/* ---- First load ---- */

/* @scope: (out): the one that is being loaded, 0 for none; @after: (out) (optional) (transfer full)
 * (nullable): the last id of the last page that was written; NULL at the start */
gboolean
crm_sync_store_load_boot (CrmReplica *replica, gint64 *scope, char **after, GError **error);
/* @scope: (out): the one that is being loaded, else the first that is not whole; 0 for none */
gboolean crm_sync_store_load_next_boot (CrmReplica *replica, gint64 *scope, GError **error);
/* Starts, or goes on with, a boot of @scope. */
gboolean crm_sync_store_begin_boot (CrmReplica *replica, gint64 scope, GError **error);
/* Makes what the pages left: order of names, lists, search. Then the scope is whole. */
gboolean
crm_sync_store_finish_boot (CrmReplica *replica, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSyncSet, crm_sync_set_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSyncCounts, crm_sync_counts_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmPullWriter, crm_pull_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmPullResult, crm_pull_result_free)

G_END_DECLS
