#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "1234AB" from "1234 ab"; NULL when it is no Dutch postcode: no first 0, and not SA, SD or SS. */
char *crm_postcode_normalize (const char *text);
/* "1234 AB"; other text as it is. NULL for NULL. */
char *crm_postcode_display (const char *postcode);
/* A Dutch postcode, or one that another country could have; "1234 A" and "0123 AB" are neither. */
gboolean crm_postcode_is_valid (const char *postcode);

G_END_DECLS
