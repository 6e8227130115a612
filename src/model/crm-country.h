#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Countries by ISO 3166-1 alpha-2. Any thread. */

/* The code of a country by any name or code people use, in Dutch, English and its own language:
 * "België", "Belgium", "BEL" and "be" are "BE". @text: nullable. NULL when it is none. */
const char *crm_country_find (const char *text);
/* @code: (nullable); @language: (nullable): "nl" for Dutch, else English. NULL when there is no
 * such country. */
const char *crm_country_get_name (const char *code, const char *language);

G_END_DECLS
