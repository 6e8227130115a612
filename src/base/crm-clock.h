#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Microseconds since 1970 UTC. CRM_NOW=2026-03-01T08:00:00Z in the environment fixes it, for tests
 * and pictures. Any thread. */
gint64 crm_clock_now (void);
/* "2026-03-01T08:00:00Z"; with microseconds when they are not zero: "2026-03-01T08:00:00.250000Z". */
char *crm_clock_format (gint64 time);
gboolean crm_clock_parse (const char *text, gint64 *time);
/* The local date, "2026-03-01", @offset days from today. */
char *crm_clock_dup_today (int offset);

G_END_DECLS
