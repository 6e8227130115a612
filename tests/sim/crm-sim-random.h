#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* splitmix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014): one
 * number is the whole state, so every event can have a stream of its own. */
typedef struct
{
  guint64 state;
} CrmSimRandom;

void crm_sim_random_seed (CrmSimRandom *self, guint64 seed);
guint64 crm_sim_random_next (CrmSimRandom *self);
/* From 0 up to, not including, @n; 0 when @n is 0. */
guint crm_sim_random_below (CrmSimRandom *self, guint n);
gboolean crm_sim_random_chance (CrmSimRandom *self, guint percent);
void crm_sim_random_fill (CrmSimRandom *self, guint8 *bytes, gsize size);
/* A seed for a stream of its own, which later numbers of @self do not depend on. */
guint64 crm_sim_random_mix (guint64 seed, guint64 other);

G_END_DECLS
