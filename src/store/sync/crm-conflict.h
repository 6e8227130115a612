#pragma once

#include "store/crm-replica.h"

G_BEGIN_DECLS

/*
 * What waits for a person to decide: edits that met on the server (records of kind `conflict`, the
 * same on every device), and own sets that it did not take (known only here). One list of both, for
 * they may come of one action. All functions block and are called on the replica's thread.
 */
typedef enum
{
  /* Two edits of one field. */
  CRM_CONFLICT_FIELD = 1,
  /* A delete met an edit. With a field: the record is gone, and the late value is for it; without:
   * the record is there, and the delete came late. */
  CRM_CONFLICT_DELETE,
  /* The late number was another's already, so that the field is blank. */
  CRM_CONFLICT_NUMBER,
  /* Two records, made on devices that did not know of each other, look like one. */
  CRM_CONFLICT_DOUBLE,
  /* The server took nothing of a set; `code` says why. What it held has stepped back here. */
  CRM_CONFLICT_REFUSED,
  /* A set that the server cannot take was set aside; what it holds is still shown here, only. */
  CRM_CONFLICT_PARKED,
} CrmConflictType;

/* What a refused or parked set holds: one field, or one record as a whole. */
typedef struct
{
  const CrmKind *kind;
  char *record;
  char *title;      /* of the record, nullable: it is nowhere any more */
  char *field;      /* nullable: the record was deleted, or made without a value */
  gboolean deleted; /* the set deleted the record */
  char *old_value;  /* canonical, nullable */
  char *new_value;  /* canonical, nullable: what was typed */
} CrmConflictValue;

/* At most this many values of one set are listed. */
#define CRM_CONFLICT_MAX_VALUES 200

/*
 * As it is for the viewer: the user who is logged in. His own value is mine; who wrote neither or
 * both has the late one for mine, so that `mine` and `late` are not the same thing.
 */
typedef struct
{
  CrmConflictType type;
  char *id;            /* of the conflict; REFUSED, PARKED: of the set */
  char *group;         /* equal in what comes of one action; never NULL */
  char *at;            /* UTC, crm_clock_format() */
  gboolean open;       /* not decided yet */
  gboolean can_decide; /* FALSE: a newer version made it, of a kind, field or type unknown here */

  /* The record that it is about; nullable in REFUSED and PARKED when they have several. */
  const CrmKind *kind;
  char *record;
  char *title;   /* nullable: gone, and its last values are not known here */
  gboolean gone; /* there is no such record here (any more) */
  /* Of one that is gone: as the server had it, nullable when that was not said. */
  CrmRecord *last;
  char *field; /* nullable; crm_kind_find_field() */

  /* Canonical values, nullable: empty. In DOUBLE the ids of the two. */
  char *mine;
  char *theirs;
  char *original;
  char *mine_author; /* nullable */
  char *theirs_author;
  char *mine_why; /* nullable */
  char *theirs_why;
  /* Whether mine is the late one, so that choosing it changes what is stored. */
  gboolean mine_is_late;

  /* DOUBLE: the other of the two; `record` is the later. */
  char *other;
  char *other_title;

  /* REFUSED, PARKED: "stale", "deleted", "forbidden", "invalid", "mass_delete", or words for the
   * log. */
  char *code;
  char *action;      /* of the set: "person.edit" */
  guint n_records;   /* in the set */
  GPtrArray *values; /* (element-type CrmConflictValue): nullable in others */
} CrmConflict;

void crm_conflict_free (CrmConflict *self);

/*
 * crm_replica_list_conflicts:
 * @include_resolved: also those that were decided; refused sets that were dismissed are not listed
 *
 * Open ones first, each with those of its action together, newest action first.
 *
 * Returns: (transfer full) (element-type CrmConflict)
 */
GPtrArray *crm_replica_list_conflicts (CrmReplica *self, gboolean include_resolved, GError **error);
/*
 * crm_replica_page_conflicts:
 * @offset: of the first item wanted, in the list of crm_replica_list_conflicts()
 * @limit: items at most; 0 to know only @n_all
 * @n_all: (out) (optional): items of the whole list, at the same moment
 *
 * A part of that list, at the cost of that part: what it is about is read of these items only. An
 * action's items may go on in the next page; crm_replica_list_conflict_ids() has all of them.
 *
 * Returns: (transfer full) (element-type CrmConflict): empty past the end
 */
GPtrArray *crm_replica_page_conflicts (CrmReplica *self,
                                       gboolean include_resolved,
                                       guint offset,
                                       guint limit,
                                       guint *n_all,
                                       GError **error);
/* Ids of the open conflicts, without refusals, of one action (CrmConflict.group), oldest first. */
char **crm_replica_list_conflict_ids (CrmReplica *self, const char *group, GError **error);
/* By its id, open or not. Fails with %CRM_STORE_ERROR_NOT_FOUND. */
CrmConflict *crm_replica_find_conflict (CrmReplica *self, const char *id, GError **error);
/* Open ones about @record, for its page. (element-type CrmConflict) */
GPtrArray *crm_replica_list_conflicts_of (CrmReplica *self, const char *record, GError **error);

typedef enum
{
  CRM_CONFLICT_MINE = 1,
  CRM_CONFLICT_THEIRS,
  CRM_CONFLICT_VALUE,
  /* What is stored stays. DOUBLE: they are not the same. */
  CRM_CONFLICT_LEAVE,
} CrmConflictChoice;

/*
 * crm_replica_resolve_conflicts:
 * @ids: NULL-terminated; of conflicts only
 * @value: (nullable): VALUE: as people type it; empty clears the field
 * @why: (nullable): the reason people give
 * @set: (out) (optional) (transfer full): what crm_replica_undo() takes; one undo makes all of them
 *   open again and gives the fields their values back
 *
 * One change set (for more than some hundreds: one action of several), in one transaction: all of
 * them or nothing. Fields get the chosen value, the conflicts are closed.
 *
 *   FIELD, NUMBER           the field gets the chosen value; the kept one of a number is none
 *   DELETE with a field     the late value, or VALUE: the record is made again as it was when it
 * was deleted, with that value; the kept one: it stays away DELETE without          the late one
 * deletes the record, the kept one lets it be DOUBLE                  closed, whichever is chosen
 *
 * Fails with %CRM_STORE_ERROR_NOT_FOUND for an id that is none, with %CRM_STORE_ERROR_NOTHING when
 * one was decided already, with %CRM_MODEL_ERROR_VALUE when @value is not of the field's type or
 * fails its check, with %CRM_STORE_ERROR_EXISTS when a number is another's, with
 * %CRM_STORE_ERROR_LOST when a record shall come back whose last values neither this device ever
 * had nor the server said (an older one), with %CRM_STORE_ERROR_FAILED for a choice that the type
 * does not have.
 */
gboolean crm_replica_resolve_conflicts (CrmReplica *self,
                                        const char *const *ids,
                                        CrmConflictChoice choice,
                                        const char *value,
                                        const char *why,
                                        char **set,
                                        GError **error);

/*
 * crm_replica_dismiss_refusal:
 * @id: of a REFUSED or PARKED item
 *
 * It is listed no more, on this device. What a parked set holds is let go: the server's values are
 * shown again. Not to be undone.
 */
gboolean crm_replica_dismiss_refusal (CrmReplica *self, const char *id, GError **error);
/*
 * crm_replica_retry_refusal:
 * @set: (out) (optional) (transfer full) (nullable): NULL when all of it stands there already
 *
 * What a refused or parked set holds is written again, as a new set that goes to the server, and
 * the item is listed no more. Fails with %CRM_STORE_ERROR_NOT_FOUND when a record that it changes
 * is gone, and leaves all as it is. Of "mass_delete" the new set says that so many deletes are
 * meant.
 */
gboolean crm_replica_retry_refusal (CrmReplica *self, const char *id, char **set, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmConflict, crm_conflict_free)

G_END_DECLS
