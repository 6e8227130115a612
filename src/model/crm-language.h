#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Languages by ISO 639-1. Any thread. */

/* The code of a language by any name or code people use: "Nederlands", "Dutch", "NL", "nld" and
 * "nl_BE" are "nl". @text: nullable. NULL when it is none. */
const char *crm_language_find (const char *text);
/* @code: (nullable); @language: (nullable): "nl" for Dutch, else English. NULL when there is no
 * such language. */
const char *crm_language_get_name (const char *code, const char *language);

G_END_DECLS
