#pragma once

#include "base/crm-progress.h"
#include "store/crm-replica.h"

G_BEGIN_DECLS

/*
 * Every change to a record is a change set: atomic, named, with who, when and why. The log is the
 * outbox of sync, the undo of the user, the history of a record and the audit of the administrator.
 * There is no other way to write a record.
 */
typedef struct _CrmChangeSet CrmChangeSet;

/* At most this many records in one set; a longer action is a group of sets (see CrmAction). */
#define CRM_CHANGE_SET_MAX 500

/* @action: "person.edit", "import", "letters", "duplicates.merge": words for it in
 * crm-action-name.h. */
CrmChangeSet *crm_change_set_new (const char *action);
void crm_change_set_free (CrmChangeSet *self);
/* nullable: the reason people gave. */
void crm_change_set_set_why (CrmChangeSet *self, const char *why);
/* Somebody was asked, and means so many deletes: a server refuses them else (see crm-wire-set.h).
 */
void crm_change_set_set_confirmed (CrmChangeSet *self, gboolean confirmed);
/* Makes the record, or writes the fields that differ from what is stored. @record is referenced. */
void crm_change_set_put (CrmChangeSet *self, CrmRecord *record);
/* One field of one record; @value canonical, nullable. Fails at apply when the record is not there.
 */
void crm_change_set_set (CrmChangeSet *self,
                         const CrmKind *kind,
                         const char *id,
                         const char *field,
                         const char *value);
void crm_change_set_delete (CrmChangeSet *self, const CrmKind *kind, const char *id);
/* Members of a set field added and removed; NULL-terminated, either nullable. */
void crm_change_set_change_members (CrmChangeSet *self,
                                    const CrmKind *kind,
                                    const char *id,
                                    const char *field,
                                    const char *const *add,
                                    const char *const *remove);

/*
 * crm_replica_apply:
 * @set_id: (out) (optional) (transfer full) (nullable): the id of the logged set, NULL when nothing
 *   differed and so nothing was logged
 *
 * Writes the whole set or nothing, in one transaction, fsynced when it returns.
 */
gboolean crm_replica_apply (CrmReplica *self, CrmChangeSet *set, char **set_id, GError **error);

/*
 * A long action: records are put one by one, written in sets of at most %CRM_CHANGE_SET_MAX that
 * share a group. What was written is undone by crm_action_abort(), by freeing an unfinished action,
 * and by the next start when the program was killed.
 */
typedef struct _CrmAction CrmAction;

CrmAction *
crm_action_begin (CrmReplica *replica, const char *name, const char *why, GError **error);
/* The same, while no other of that name runs on the replica in any program; else fails with
 * %CRM_STORE_ERROR_BUSY. For what decides by all records what to write. */
CrmAction *
crm_action_begin_alone (CrmReplica *replica, const char *name, const char *why, GError **error);
const char *crm_action_get_group (CrmAction *self);
gboolean crm_action_put (CrmAction *self, CrmRecord *record, GError **error);
gboolean crm_action_set (CrmAction *self,
                         const CrmKind *kind,
                         const char *id,
                         const char *field,
                         const char *value,
                         GError **error);
gboolean crm_action_delete (CrmAction *self, const CrmKind *kind, const char *id, GError **error);
/* As crm_change_set_set_confirmed(). */
void crm_action_set_confirmed (CrmAction *self, gboolean confirmed);
/* A bulk load of more than some thousand records: search rows are made at the end. */
void crm_action_set_bulk (CrmAction *self, gboolean bulk);
/* Lets somebody who waits for the writer go first, with what was written so far committed. For work
 * that takes its time between two records. */
gboolean crm_action_yield (CrmAction *self, GError **error);
/* @n_changed: (out) (optional): records that differed */
gboolean crm_action_finish (CrmAction *self, guint *n_changed, GError **error);
gboolean crm_action_abort (CrmAction *self, GError **error);
void crm_action_free (CrmAction *self);

/* What undo or redo did. */
typedef struct
{
  char *action;    /* "person.edit" */
  char *set;       /* the set or group that was undone */
  char *title;     /* of the record when it was one; nullable */
  guint n_records; /* put back */
  GPtrArray *kept; /* (element-type CrmRecord): changed since, so left as they are */
} CrmUndoResult;

void crm_undo_result_free (CrmUndoResult *self);

/*
 * crm_replica_undo:
 * @set: (nullable): a set or group; NULL for the last of this user on this device
 *
 * Undoing is a change set (or group) of its own: fields that still have the value the set gave them
 * get their old value back; others are kept and named. An action of many sets is undone whole.
 * Fails with %CRM_STORE_ERROR_NOTHING when there is nothing to undo.
 */
CrmUndoResult *crm_replica_undo (CrmReplica *self,
                                 const char *set,
                                 CrmProgress *progress,
                                 GCancellable *cancellable,
                                 GError **error);
CrmUndoResult *crm_replica_redo (CrmReplica *self,
                                 CrmProgress *progress,
                                 GCancellable *cancellable,
                                 GError **error);
/* The action's name and record title that crm_replica_undo() would take; FALSE when nothing. */
gboolean crm_replica_peek_undo (CrmReplica *self, char **action, char **title);
gboolean crm_replica_peek_redo (CrmReplica *self, char **action, char **title);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmChangeSet, crm_change_set_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmAction, crm_action_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmUndoResult, crm_undo_result_free)

G_END_DECLS
