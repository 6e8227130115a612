#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "+31612345678" from any notation, "06-1234 5678" and "0031 (0)6 …" too; a number that has no
 * country is taken as one of @country (ISO 3166-1: NL or BE). NULL when it is no phone number. */
char *crm_phone_normalize (const char *text, const char *country);
/* "06 12345678" at home, "+32 2 1234567" from elsewhere. */
char *crm_phone_display (const char *phone);

G_END_DECLS
