#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A canonical date ("2026-03-01", local midnight) or time ("2026-03-01T08:00:00Z") as a local
 * moment; NULL when @value is neither. @has_time: (out) (optional): whether it names a time. */
GDateTime *crm_when_parse (const char *value, gboolean *has_time);
/* Now, as crm_clock_now() says, in the local zone. */
GDateTime *crm_when_now (void);
/* The canonical time of a moment, UTC. */
char *crm_when_to_time (GDateTime *moment);
/* The canonical local date of a moment. */
char *crm_when_to_date (GDateTime *moment);

/* For headings: "Today", "Yesterday", "Friday 20 November", "12 November 2024". */
char *crm_when_dup_day (GDateTime *moment, GDateTime *now);
/* For rows, relative up to a week: "Today 10:00", "Tomorrow", "Tue 24 Nov 10:00", "12 Nov",
 * "12-11-2024". */
char *crm_when_dup_short (GDateTime *moment, gboolean has_time, GDateTime *now);
/* "10:00" */
char *crm_when_dup_clock (GDateTime *moment);
/* "24-11-2026" or "24-11-2026 10:00" of a canonical value; the value itself when it is neither. */
char *crm_when_dup_full (const char *value);
/* Whole local days from @now to @moment. */
int crm_when_days_until (GDateTime *moment, GDateTime *now);

G_END_DECLS
