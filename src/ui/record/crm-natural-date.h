#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * crm_natural_date_parse:
 * @text: a moment as people write it, in Dutch or English: "di 10:00", "morgen", "24 nov",
 *   "over 2 weken", "next friday", "kwart over 3", "24-11-2026 14u"
 * @now: what "now" is; its time zone is that of the answer
 * @has_time: (out) (optional): whether @text names a time of day
 *
 * A bare weekday is the next one, today's only when its time is still to come; a day and month
 * without a year are the nearest to @now; a bare time is of today. Without a time of day the answer
 * is at midnight.
 *
 * Returns: (transfer full) (nullable): NULL when any word of it is not understood
 */
GDateTime *crm_natural_date_parse (const char *text, GDateTime *now, gboolean *has_time);

G_END_DECLS
