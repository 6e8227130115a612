#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * How long ago, short enough for the end of a row: "today", "yesterday", "3 d", then "12 nov", then
 * "12-11-2024". @value: a date or time in its canonical form; nullable. "" when it is neither.
 */
char *crm_relative_date_dup (const char *value);

G_END_DECLS
