#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Microseconds since 1970 UTC. CRM_NOW=2026-03-01T08:00:00Z in the environment fixes it, for tests
 * and pictures; it is read once. Any thread. */
gint64 crm_clock_now (void);
/* Microseconds that only go forward, for measuring spans. Any thread. */
gint64 crm_clock_get_monotonic (void);
/*
 * For tests only: both clocks tell what these functions say; NULL puts the real ones back. Before
 * CRM_NOW. Set while no other thread runs.
 */
typedef gint64 (*CrmClockFunc) (gpointer data);
void crm_clock_set_source (CrmClockFunc wall, CrmClockFunc monotonic, gpointer data);
/* "2026-03-01T08:00:00Z"; with microseconds when they are not zero: "2026-03-01T08:00:00.250000Z".
 * Years 1 to 9999. */
char *crm_clock_format (gint64 time);
/* What crm_clock_format() writes, also with another number of decimals or "+01:00" for "Z". FALSE,
 * and @time untouched, for anything else. @text: nullable */
gboolean crm_clock_parse (const char *text, gint64 *time);
/* The local date, "2026-03-01", @offset days from today. */
char *crm_clock_dup_today (int offset);

G_END_DECLS
