#pragma once

#include "letters/crm-letters-error.h"
#include "store/crm-replica.h"

G_BEGIN_DECLS

/*
 * crm_letter_templates_list:
 *
 * Returns: (transfer full) (element-type CrmRecord): of type letter; the built-in ones first, in
 *   their fixed order, then the others by name
 */
GPtrArray *
crm_letter_templates_list (CrmReplica *replica, GCancellable *cancellable, GError **error);

/*
 * crm_letter_templates_find:
 * @text: an id, a name (compared folded), or the short English name of a built-in one: plain,
 * visit, offer, consent, move, english
 *
 * Fails with %CRM_LETTERS_ERROR_NOT_FOUND; the message lists what there is.
 */
CrmRecord *crm_letter_templates_find (CrmReplica *replica,
                                      const char *text,
                                      GCancellable *cancellable,
                                      GError **error);

G_END_DECLS
