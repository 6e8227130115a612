#pragma once

#include "wire/crm-json.h"
#include "wire/crm-push.h"

/* What the readers of whole messages share. */

/* The root of a message that is an object; a new @arena for it. */
const CrmJson *crm_message_parse (const char *text, gsize size, CrmArena **arena, GError **error);
/* "proto" is ours: else %CRM_WIRE_ERROR_PROTO. What is not said is the first of it, 1. */
gboolean crm_message_check (const CrmJson *root, gint64 *proto, gint64 *schema, GError **error);
/* "op": "new", "set" or "del" */
gboolean crm_message_get_op (const CrmJson *node, CrmSetOp *op, GError **error);
/* @numbers: (out): @n of them in @arena; none when the member is missing */
gboolean crm_message_get_ints (const CrmJson *root,
                               const char *name,
                               CrmArena *arena,
                               const gint64 **numbers,
                               guint *n,
                               GError **error);
/* The members of a result, for an object that has others too. */
void crm_set_result_put (const CrmSetResult *self, GString *json);
