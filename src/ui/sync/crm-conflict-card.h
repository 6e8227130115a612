#pragma once

#include "store/crm-conflict.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_CONFLICT_CARD (crm_conflict_card_get_type ())

G_DECLARE_FINAL_TYPE (CrmConflictCard, crm_conflict_card, CRM, CONFLICT_CARD, AdwBin)

/*
 * One thing to decide: the original in the middle, mine and theirs at its sides, what differs
 * marked, who and why, and the choices. A refusal shows what was typed instead.
 *
 * Actions, all with its id (s): "inbox.mine", "inbox.theirs", "inbox.leave", "inbox.write",
 * "inbox.compare", "inbox.retry", "inbox.dismiss"; with its group (s): "inbox.group-mine",
 * "inbox.group-theirs". Signal "selected": its mark was set or taken away.
 */

/* @conflict: copied from; @titles: (nullable): of what links name */
CrmConflictCard *crm_conflict_card_new (const CrmConflict *conflict, GHashTable *titles);
const char *crm_conflict_card_get_id (CrmConflictCard *self);
/* Whether it may be decided with others by a mark. */
gboolean crm_conflict_card_get_selected (CrmConflictCard *self);
void crm_conflict_card_set_selected (CrmConflictCard *self, gboolean selected);
/* The first of @n of one action: with what decides them together; 0 or 1: without. */
void crm_conflict_card_set_group (CrmConflictCard *self, guint n);
/* The values below each other. */
void crm_conflict_card_set_narrow (CrmConflictCard *self, gboolean narrow);
/* Looks as one for @conflict would. */
gboolean crm_conflict_card_shows (CrmConflictCard *self, const CrmConflict *conflict);

G_END_DECLS
