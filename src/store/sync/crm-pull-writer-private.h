#pragma once

#include "db/crm-transaction.h"
#include "store/crm-row-writer-private.h"
#include "store/sync/crm-pull-base-private.h"
#include "store/sync/crm-sync-state-private.h"

/* What others did, to be written when the page has said which sets those were. */
typedef struct
{
  gint64 seq;
  guint kind;
  char *id;
  CrmChangeOp op;
  char *fields;
} CrmPastRow;

struct _CrmPullWriter
{
  CrmReplica *replica;
  CrmTransaction *transaction;
  CrmRowWriter rows;

  gint64 chain;
  gint64 acked;
  /* Whether any own set is not acknowledged or parked. */
  gboolean any_pending;

  /* Of a page of a boot; 0: none. */
  gint64 boot;
  char *after;
  /* Versions held are of another epoch, so all values of the page are taken. */
  gboolean force;
  /* What is removed was lost by a restored server: records that come with the program are put back
   * as they came. */
  gboolean restored;
  /* What is removed may not be seen any more. */
  gboolean dropping;
  gboolean scrubbed;

  GArray *past;       /* (element-type CrmPastRow) */
  GHashTable *sums;   /* (element-type gint64 CrmMemberSum): changes of those of scopes */
  GHashTable *others; /* (element-type gint64): seqs of foreign sets of this page */
  CrmPullResult *result;
};

/* crm-pull-past.c: fields that differ between @old and @new, each under its seq. Nothing in a boot.
 * @old: (nullable): the row is new */
void crm_pull_past_add (CrmPullWriter *self,
                        const char *id,
                        const CrmPullBase *old,
                        const CrmPullBase *new);
void
crm_pull_past_add_gone (CrmPullWriter *self, const char *id, const CrmPullBase *old, gint64 seq);
gboolean crm_pull_past_write (CrmPullWriter *self, GError **error);
void crm_pull_past_clear_change (gpointer data);
/* A set of others. */
gboolean crm_pull_past_save_set (CrmReplica *replica, const CrmPulledSet *set, GError **error);

/* crm-pull-note.c: tells windows of other programs, which see no set of the log, what changed;
 * @commit gets which rows of `pulled` say so. */
gboolean crm_pull_note_write (const CrmRowWriter *rows, CrmCommit *commit, GError **error);

/* crm-pull-row.c: makes the row of the table, which is @edit->old, that of @target. */
gboolean
crm_pull_row_write (CrmPullWriter *self, CrmEdit *edit, const CrmPullBase *target, GError **error);
gboolean crm_pull_row_remove (CrmPullWriter *self,
                              const CrmTable *table,
                              const char *id,
                              gint64 seq,
                              GError **error);

/* crm-pull-member.c: which scopes hold a record. What a line says replaces what was; one of a boot
 * says one scope of perhaps many. @table: NULL for a kind that is not known here: that it is there
 * is counted all the same */
gboolean crm_pull_member_put (CrmPullWriter *self,
                              const CrmTable *table,
                              const CrmPulledRow *row,
                              GError **error);
gboolean crm_pull_member_remove (CrmPullWriter *self, const char *id, GError **error);
gboolean crm_pull_member_remove_scope (CrmPullWriter *self, gint64 scope, GError **error);
/* Writes the sums. */
gboolean crm_pull_member_flush (CrmPullWriter *self, GError **error);

/* crm-pull-drop.c: removes the records that only @scope holds. */
gboolean crm_pull_remove_members (CrmPullWriter *self, gint64 scope, GError **error);
/* Takes from the log what it has of records that are nowhere here, but for what waits. */
gboolean crm_pull_scrub (CrmPullWriter *self, GError **error);
/* After the commit. */
gboolean crm_pull_scrub_file (CrmReplica *replica, GError **error);

/* Of edit->old, or edit->new. @field: (nullable): the record as a whole */
void crm_pull_add_stepped_back (CrmPullWriter *self,
                                const CrmEdit *edit,
                                const CrmField *field,
                                const char *old_value,
                                const char *new_value);

/* crm-pull-settle.c: gives each record of acknowledged sets its base. */
gboolean crm_pull_settle (CrmPullWriter *self, gint64 acked, GError **error);
/* Parked sets (element-type gint64: of the log) are shown no more, and stay away from the server.
 */
gboolean crm_pull_let_go (CrmPullWriter *writer, const GArray *numbers, GError **error);
