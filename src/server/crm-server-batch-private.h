#pragma once

#include "server/crm-server-machine-private.h"
#include "wire/crm-push.h"

/*
 * What one push does, in memory until all of it is known: records are read and locked first, merged
 * here, and written at the end under seqs that are taken last, because whoever holds those holds up
 * everybody. Until then the i-th set has the seq %CRM_SERVER_PROVISIONAL + i.
 */
typedef struct
{
  CrmServerStore *store;
  CrmModel *model;
  const CrmServerUser *user;
  CrmServerReplica *replica;
  char *now;
  gint64 skew_ms;
  /* The highest seq that the replica has shown to know. */
  gint64 seen;

  /* (element-type utf8 Touched): every record that was asked for, also when there is none */
  GHashTable *records;
  /* (element-type Touched): those of which the set that is applied has saved what they were */
  GPtrArray *saved;
  /* (element-type gint64 CrmServerAuthor): of the sets that wrote a version */
  GHashTable *authors;
  /* (element-type utf8 utf8): numbers given in this push, "family\nfield\nvalue" to id */
  GHashTable *claims;
  /* (element-type utf8 guint): records of others that the sets of a group are to delete */
  GHashTable *deletes;
  /* (element-type CrmServerSet), (element-type CrmServerChange), (element-type CrmServerConflict)
   */
  GPtrArray *sets;
  GPtrArray *changes;
  GPtrArray *conflicts;
} CrmServerBatch;

/* Who wrote a version, seen from the replica that pushes. */
typedef enum
{
  CRM_SERVER_AUTHOR_OTHER,
  /* An earlier set of the same replica, as it was sent. */
  CRM_SERVER_AUTHOR_SELF,
  /* The same, but what it did was joined with what others had done, which the replica may not have
   * seen. */
  CRM_SERVER_AUTHOR_MERGED,
} CrmServerAuthor;

/* A record of the batch. */
typedef struct
{
  /* NULL: there is none. */
  CrmServerRecord *record;
  /* Before the set that is being applied; owned; NULL when that has not changed it. */
  CrmServerRecord *before;
  gboolean was_there;
  gboolean saved;
  /* Provisional seq of the last set that wrote it or was refused about it; 0: untouched. */
  gint64 seq;
  gboolean written;
  gboolean was_written; /* before the set */
  /* To be sent whole. */
  gboolean joined;
} CrmServerTouched;

/* What makes a conflict, before it is known whether its set is taken. */
typedef struct
{
  const char *type; /* "field", "delete", "number", "double" */
  char *kind;
  char *record;
  char *field; /* "" for the record itself */
  char *kept;
  char *late;
  char *original;
  char *last; /* nullable: JSON of a record that is gone */
  /* The seq that wrote what is kept. */
  gint64 kept_seq;
} CrmServerClash;

/* One set while it is applied. */
typedef struct
{
  CrmServerBatch *batch;
  const CrmWireSet *wire;
  CrmServerSet *set;
  guint n_changes_before;
  guint n_conflicts_before;
  /* (element-type CrmServerClash) */
  GPtrArray *clashes;
  gboolean merged;
  /* Static: why it, or field by field the op that is applied, is refused; NULL while it is not. */
  const char *refused;
  /* The first such reason of a set that goes field by field. */
  const char *partly;
} CrmServerApply;

CrmServerBatch *crm_server_batch_new (CrmServerCall *call,
                                      CrmServerReplica *replica,
                                      const CrmPushRequest *request);
void crm_server_batch_free (CrmServerBatch *self);
/* Reads and locks what the sets name, in the order of ids. */
gboolean
crm_server_batch_load (CrmServerBatch *self, const CrmPushRequest *request, GError **error);
/* What its own replica made and nobody else changed may go without being counted. */
gboolean crm_server_batch_counts_delete (CrmServerBatch *self,
                                         const CrmServerRecord *record,
                                         gboolean *counts,
                                         GError **error);
/* NULL with an error only. */
CrmServerTouched *crm_server_batch_touch (CrmServerBatch *self, const char *id, GError **error);
/* Keeps what there was, so that a refused set can be taken back. */
void crm_server_batch_save (CrmServerBatch *self, CrmServerTouched *touched);
void crm_server_batch_settle_set (CrmServerBatch *self, gboolean keep);
gboolean crm_server_batch_find_author (CrmServerBatch *self,
                                       gint64 version,
                                       CrmServerAuthor *author,
                                       GError **error);
/* The open conflicts about a record, those of this push too. (element-type CrmServerConflict) */
GPtrArray *
crm_server_batch_list_conflicts (CrmServerBatch *self, const char *record, GError **error);
gboolean crm_server_batch_write (CrmServerBatch *self, gint64 *head, GError **error);

/* crm-server-op.c: FALSE with an error of the store only; see CrmServerApply.refused. */
gboolean crm_server_apply_op (CrmServerApply *apply, const CrmWireOp *op, GError **error);
void crm_server_apply_add_change (CrmServerApply *apply,
                                  const CrmServerRecord *record,
                                  const char *field,
                                  const CrmWireValue *old,
                                  const CrmWireValue *value);
/* The seq of the set that is applied. */
gint64 crm_server_apply_get_seq (CrmServerApply *apply);
/* @record was written by the set. */
void crm_server_apply_mark (CrmServerApply *apply, CrmServerTouched *touched, gboolean joined);

/* crm-server-clash.c */
void crm_server_clash_free (CrmServerClash *self);
CrmServerClash *crm_server_apply_add_clash (CrmServerApply *apply,
                                            const char *type,
                                            const char *kind,
                                            const char *record,
                                            const char *field);
/* Makes the records of the clashes, or brings open ones of the same user up to date. */
gboolean crm_server_apply_store_clashes (CrmServerApply *apply, GError **error);

/* Open conflicts about fields that the set has written say what stands there now. */
gboolean crm_server_apply_keep_up (CrmServerApply *apply, GError **error);

/* crm-server-number.c: gives numbers to new relations, and sees that none stands twice. */
gboolean crm_server_apply_numbers (CrmServerApply *apply, GError **error);
/* NULL for a kind without numbers. */
const char *crm_server_number_get_family (const CrmKind *kind);

/* crm-server-alike.c */
gboolean crm_server_apply_doubles (CrmServerApply *apply, GError **error);
/* (element-type utf8): by which others of the same relation are found */
GPtrArray *crm_server_alike_list_keys (const CrmServerRecord *record);
