#pragma once

#include "store/log/crm-change-log.h"

G_BEGIN_DECLS

/**
 * crm_record_saver_new_set:
 * @stored: (nullable): what is stored; NULL for a new record
 * @edited: the same record as it should be
 * @drafts: (nullable) (element-type CrmRecord): made first
 * @why: (nullable):
 *
 * One change set with just the fields that differ, so that an edit elsewhere of another field
 * stays. Members of a set are added and removed one by one for the same reason.
 *
 * Returns: (transfer full) (nullable): NULL when nothing differs
 */
CrmChangeSet *
crm_record_saver_new_set (CrmRecord *stored, CrmRecord *edited, GPtrArray *drafts, const char *why);

/* Adds and removes members of a set field; either nullable. Returns: (transfer full) */
CrmChangeSet *crm_record_saver_new_members_set (CrmRecord *record,
                                                const char *field,
                                                const char *add,
                                                const char *remove);

G_END_DECLS
