#include "crm-sim-random.h"

void
crm_sim_random_seed (CrmSimRandom *self, guint64 seed)
{
  self->state = seed;
}

static guint64
scramble (guint64 z)
{
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return z ^ (z >> 31);
}

guint64
crm_sim_random_next (CrmSimRandom *self)
{
  self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  return scramble (self->state);
}

guint
crm_sim_random_below (CrmSimRandom *self, guint n)
{
  /* The bias of a remainder is 2^-32 at most; nobody counts here. */
  return n == 0 ? 0 : (guint) (crm_sim_random_next (self) % n);
}

gboolean
crm_sim_random_chance (CrmSimRandom *self, guint percent)
{
  return crm_sim_random_below (self, 100) < percent;
}

void
crm_sim_random_fill (CrmSimRandom *self, guint8 *bytes, gsize size)
{
  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) crm_sim_random_next (self);
}

guint64
crm_sim_random_mix (guint64 seed, guint64 other)
{
  return scramble (scramble (seed + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) ^
                   scramble (other + 1));
}
