#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What this process sees of the world: time, ids and secrets, ours and libsodium's, all of them
 * from one seed. One world at a time.
 */

/* Once in a process, before anything asks for randomness. */
void crm_sim_clock_init (void);
/* A new world begins. */
void crm_sim_clock_start (void);
/* Time and randomness are the real ones again. */
void crm_sim_clock_stop (void);

/* Microseconds since the world began. */
gint64 crm_sim_clock_get_now (void);
/* Never back. */
void crm_sim_clock_advance (gint64 to);
/* What the clock of the machine that acts now is ahead, in microseconds. */
void crm_sim_clock_set_offset (gint64 offset);

G_END_DECLS
