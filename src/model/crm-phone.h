#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * crm_phone_normalize:
 * @text: (nullable):
 * @country: (nullable): ISO 3166-1 of a number that says none itself; NULL is NL
 *
 * "+31612345678" (E.164) from any notation: "06-1234 5678", "0031 (0)6 …", "tel:+31-6…", and from
 * what a spreadsheet leaves of it, "612345678" or "31612345678". A digit too few or too many is
 * kept, see crm_phone_is_valid().
 *
 * Returns: (transfer full) (nullable): NULL when it is no phone number, or two, or one with an
 * extension
 */
char *crm_phone_normalize (const char *text, const char *country);
/* A normalised number that can exist: Dutch and Belgian ones by their numbering plans, others by
 * E.164's length. */
gboolean crm_phone_is_valid (const char *phone);
/* "06 12345678" and "020 1234567" at home, "+32 2 1234567" from elsewhere; other text as it is.
 * Normalises back to @phone. NULL for NULL. */
char *crm_phone_display (const char *phone);

G_END_DECLS
