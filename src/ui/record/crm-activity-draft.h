#pragma once

#include "store/log/crm-change-log.h"

G_BEGIN_DECLS

/**
 * crm_activity_draft_new_set:
 * @relation: what it is about
 * @type: "call", "visit", "note" or "task"
 * @text: the first line is the subject, the rest the note
 * @when: (nullable): NULL is now, or no day for a task
 *
 * The one change set that logs an activity. What has happened is done at @when and moves the
 * relation's last activity, never back; what is still to come is due then.
 *
 * Returns: (transfer full):
 */
CrmChangeSet *crm_activity_draft_new_set (const CrmModel *model,
                                          CrmRecord *relation,
                                          const char *type,
                                          const char *text,
                                          GDateTime *when,
                                          const char *owner);

/* Done now, with the relation's last activity; @relation: nullable when it is not known. */
CrmChangeSet *crm_activity_draft_done_set (CrmRecord *activity, CrmRecord *relation);

/* An activity that was edited or made in a form: what is done moves @relation's last activity,
 * never back. @relation: nullable when it is gone */
void crm_activity_draft_follow (CrmChangeSet *set, CrmRecord *activity, CrmRecord *relation);

G_END_DECLS
