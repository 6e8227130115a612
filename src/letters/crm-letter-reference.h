#pragma once

#include "store/crm-replica.h"

G_BEGIN_DECLS

/*
 * "Ons kenmerk". The server issues the real ones; a letter made without it gets a provisional one
 * that no other laptop gives: V, the year, four characters of the replica's id and a number that
 * counts up on this laptop, "V26.3F2A.0012", which does not break over two lines.
 */
/* What the next letter would get; nothing is taken. */
char *crm_letter_reference_peek (CrmReplica *replica);
/* Takes @n numbers. They are not given again, also not when the letters are undone.
 * @first: (out): for crm_letter_reference_format() */
gboolean crm_letter_reference_take (CrmReplica *replica, guint n, guint64 *first, GError **error);
char *crm_letter_reference_format (CrmReplica *replica, guint64 number);

G_END_DECLS
