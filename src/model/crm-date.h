#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Dates and times as people and spreadsheets write them, Dutch first: day before month where both
 * would do. Canonical forms are 2024-03-05 and 2024-03-05T08:00:00Z.
 */

/*
 * crm_date_parse:
 * @month_first: "03/05/2024" is March 5th; a first number above 12 is a day all the same
 *
 * "2024-03-05", "5-3-2024", "05/03/24", "20240305", "5 maart 2024", "5 mrt. 2024", "March 5, 2024",
 * "dinsdag 5 maart 2024", "vandaag", also with a time behind it, which is left out. Two digits of a
 * year are the one from 80 years back to 19 years ahead.
 *
 * Returns: (transfer full) (nullable): NULL when it is no date that exists
 */
char *crm_date_parse (const char *text, gboolean month_first);
/* A date as above and a time "14:30", "14.30 uur", "2:30 pm" (local when no zone is given), or the
 * canonical form. Without a time it is local midnight. */
char *crm_time_parse (const char *text, gboolean month_first);

/* "5 maart 2024" for letters; NULL when @date is not canonical. */
char *crm_date_format_dutch (const char *date);
/* In the language of the program: "5 March 2024". */
char *crm_date_format_long (const char *date);
/* "05-03-2024" and "05-03-2024 14:30" (local). */
char *crm_date_format_short (const char *date);
char *crm_time_format_short (const char *time);

gboolean crm_date_is_valid (const char *date);

G_END_DECLS
