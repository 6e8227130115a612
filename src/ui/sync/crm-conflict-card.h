#pragma once

#include "ui/sync/crm-inbox-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_CONFLICT_CARD (crm_conflict_card_get_type ())

G_DECLARE_FINAL_TYPE (CrmConflictCard, crm_conflict_card, CRM, CONFLICT_CARD, AdwBin)

/*
 * One thing to decide: the original in the middle, mine and theirs at its sides, what differs
 * marked, who and why, and the choices. A refusal shows what was typed instead.
 *
 * Actions, all with its id (s): "inbox.mine", "inbox.theirs", "inbox.leave", "inbox.write",
 * "inbox.compare", "inbox.retry", "inbox.dismiss"; with its group (s), on the first of an action:
 * "inbox.group-mine", "inbox.group-theirs", "inbox.group-retry", "inbox.group-dismiss".
 */

CrmConflictCard *crm_conflict_card_new (CrmInboxItem *item);
const char *crm_conflict_card_get_id (CrmConflictCard *self);
/* The values below each other. */
void crm_conflict_card_set_narrow (CrmConflictCard *self, gboolean narrow);

G_END_DECLS
