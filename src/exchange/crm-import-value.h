#pragma once

#include "exchange/crm-import-plan.h"

G_BEGIN_DECLS

/*
 * crm_import_value_parse:
 * @text: a cell
 * @order: how dates in digits are written in its column
 * @country: (nullable): ISO 3166-1, for phone numbers without one
 * @own: an export of ours, whose lists are separated by ";" only
 * @good: (out): FALSE when @text is not what @field expects
 *
 * What people and other programs write, to the canonical value. A value that fails is kept as text.
 *
 * Returns: (transfer full) (nullable): NULL when the cell is empty
 */
char *crm_import_value_parse (const CrmField *field,
                              const char *text,
                              CrmDateOrder order,
                              const char *country,
                              gboolean own,
                              gboolean *good);

/* Members of both, sorted by byte, joined by ";"; NULL when there are none. */
char *crm_import_set_union (const char *a, const char *b);

G_END_DECLS
