#pragma once

#include "report/crm-report.h"
#include "store/crm-replica.h"

G_BEGIN_DECLS

/*
 * "Mijn week": what was done in a period, against as many days before it, and what comes next.
 *
 *   figures   calls, visits, letters, emails, tasks, new_relations
 *   points    what was done, by day
 *   tables    "done": when, what, subject, relation; "next": what is due first; "new": relations
 * made
 *
 * @from, @to: (nullable): local dates, both included; the last seven days when both are NULL. With
 *   one given, the other is seven days from it.
 * @user: (nullable): whose; compared without case. NULL: the user of the replica with what has no
 *   owner, or everybody when the replica has no user.
 *
 * Blocks. Fails with %G_IO_ERROR_INVALID_ARGUMENT when a date is none, or @to is before @from.
 */
CrmReport *crm_report_week_new (CrmReplica *replica,
                                const char *from,
                                const char *to,
                                const char *user,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
