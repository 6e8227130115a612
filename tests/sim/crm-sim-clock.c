#include "crm-sim-clock.h"

#include "crm-sim-random.h"
#include "crm-sim-vfs.h"

#include "base/crm-clock.h"
#include "base/crm-id.h"

#include <sodium.h>

/* 2026-03-01T08:00:00Z */
#define START (G_GINT64_CONSTANT (1772352000) * G_USEC_PER_SEC)
/* Ids, keys and the like are the same for all scenarios; what differs is what happens. */
#define SEED 20260301

/* For libsodium, which passes no data. */
static struct
{
  gint64 now;
  gint64 offset;
  CrmSimRandom ids;
  CrmSimRandom secrets;
} world;

static gint64
tell_wall (gpointer unused)
{
  /* Nothing happens twice at the same time. */
  world.now++;

  return START + world.now + world.offset;
}

static gint64
tell_monotonic (gpointer unused)
{
  return ++world.now;
}

static void
fill_id (guint8 *bytes, gsize size, gpointer unused)
{
  crm_sim_random_fill (&world.ids, bytes, size);
}

static const char *
name_secrets (void)
{
  return "crm-sim";
}

static guint32
draw_secret (void)
{
  return (guint32) crm_sim_random_next (&world.secrets);
}

static void
fill_secret (void *const bytes, const size_t size)
{
  crm_sim_random_fill (&world.secrets, bytes, size);
}

static randombytes_implementation secret_source = {
  .implementation_name = name_secrets,
  .random = draw_secret,
  .buf = fill_secret,
};

void
crm_sim_clock_init (void)
{
  randombytes_set_implementation (&secret_source);
}

void
crm_sim_clock_start (void)
{
  world.now = 0;
  world.offset = 0;
  crm_sim_random_seed (&world.ids, SEED);
  crm_sim_random_seed (&world.secrets, SEED + 1);
  crm_clock_set_source (tell_wall, tell_monotonic, NULL);
  crm_id_set_random (fill_id, NULL);
  crm_sim_vfs_start (SEED + 2);
}

void
crm_sim_clock_stop (void)
{
  crm_sim_vfs_stop ();
  crm_id_set_random (NULL, NULL);
  crm_clock_set_source (NULL, NULL, NULL);
}

gint64
crm_sim_clock_get_now (void)
{
  return world.now;
}

void
crm_sim_clock_advance (gint64 to)
{
  world.now = MAX (world.now, to);
}

void
crm_sim_clock_set_offset (gint64 offset)
{
  world.offset = offset;
}
