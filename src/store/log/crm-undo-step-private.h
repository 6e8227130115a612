#pragma once

#include "store/crm-replica-private.h"

/*
 * What the user sees as one action: a single set, or a group of them. Local: undo and redo walk
 * over these. Values are kept in the file.
 */
typedef enum
{
  CRM_ROLE_DO = 0,
  CRM_ROLE_UNDO = 1,
  CRM_ROLE_REDO = 2,
} CrmStepRole;

typedef enum
{
  CRM_STATE_DONE = 0,
  CRM_STATE_UNDONE = 1,
  /* A long action that has not finished; a live process holds its lock, or it is undone at the next
   * start. */
  CRM_STATE_OPEN = 2,
  /* Stopped half-way, or the taking back of such a one: never offered for undo or redo. */
  CRM_STATE_ABORTED = 4,
} CrmStepState;

typedef struct
{
  char *id;
  gint64 first_n;
  gint64 last_n; /* 0 while no set was written */
  gboolean is_group;
  char *action;
  char *user;
  char *title; /* nullable */
  gint64 n_records;
  CrmStepRole role;
  CrmStepState state;
  char *target; /* nullable */
} CrmUndoStep;

void crm_undo_step_free (CrmUndoStep *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmUndoStep, crm_undo_step_free)

/* Inserts, or replaces the row with the same id. Inside the caller's transaction. */
gboolean crm_undo_step_save (const CrmUndoStep *self, CrmDb *db, GError **error);
gboolean crm_undo_step_set_state (CrmDb *db, const char *id, CrmStepState state, GError **error);

/* By its id, or that of a set of the group. NULL without error when there is none. */
CrmUndoStep *crm_undo_step_load (CrmDb *db, const char *id, GError **error);
/* What undo would take: the last of @user that is not undone. NULL without error: nothing. */
CrmUndoStep *crm_undo_step_load_undoable (CrmDb *db, const char *user, GError **error);
/* What redo would take: the last undo after which @user did nothing new. */
CrmUndoStep *crm_undo_step_load_redoable (CrmDb *db, const char *user, GError **error);
/* Ids of actions that did not finish. */
GPtrArray *crm_undo_step_list_open (CrmDb *db, GError **error);
/* The step that was taking @target back when the program was killed; NULL without error. */
CrmUndoStep *crm_undo_step_load_abort (CrmDb *db, const char *target, GError **error);
