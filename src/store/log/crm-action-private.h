#pragma once

#include "store/log/crm-change-log.h"
#include "store/log/crm-log-writer-private.h"
#include "store/log/crm-undo-step-private.h"

/*
 * The part that long actions and their undo share: sets of one group, written as they fill, several
 * in one transaction while nobody waits for the writer. The group's row in `step` is part of the
 * same transactions.
 */
typedef struct _CrmGroupWriter CrmGroupWriter;

/* @step: (transfer full): its id is the group's; its numbers are kept up to date. */
CrmGroupWriter *crm_group_writer_new (CrmReplica *replica, CrmUndoStep *step, const char *why);
void crm_group_writer_free (CrmGroupWriter *self);
CrmUndoStep *crm_group_writer_get_step (CrmGroupWriter *self);
void crm_group_writer_set_bulk (CrmGroupWriter *self, gboolean bulk);
void crm_group_writer_set_confirmed (CrmGroupWriter *self, gboolean confirmed);
/* Commits and lets go of the writer when somebody wants it. */
gboolean crm_group_writer_yield (CrmGroupWriter *self, GError **error);

/* Makes sure that a transaction is open, for reading what the next set depends on. */
gboolean crm_group_writer_begin (CrmGroupWriter *self, GError **error);
/* @edits: (element-type CrmEdit): one set. Commits when it is time to, then lets others go first.
 */
gboolean crm_group_writer_write (CrmGroupWriter *self, GPtrArray *edits, GError **error);
/* Commits what is open. */
gboolean crm_group_writer_commit (CrmGroupWriter *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmGroupWriter, crm_group_writer_free)

/* crm-undo.c: takes back what an open action wrote, here and now, and marks it aborted. */
gboolean crm_undo_abort (CrmReplica *replica, const char *id, GError **error);
/* At start: all open actions whose process is gone. */
gboolean crm_undo_recover (CrmReplica *replica, GError **error);
/* Whether it would find one; also for a replica that is open for reading. */
gboolean crm_undo_can_recover (CrmReplica *replica);
