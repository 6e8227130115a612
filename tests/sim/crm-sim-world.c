#include "crm-sim-world.h"

#include "crm-sim-client.h"
#include "crm-sim-replica.h"
#include "crm-sim-trace.h"
#include "crm-sim-vfs.h"

#include "base/crm-clock.h"
#include "base/crm-id.h"

#include <glib/gstdio.h>
#include <sodium.h>

/* 2026-03-01T08:00:00Z */
#define START (G_GINT64_CONSTANT (1772352000) * G_USEC_PER_SEC)
/* Ids, keys and the like are the same for all scenarios; what differs is what happens. */
#define SEED 20260301
/* Exchanges in fair weather after which nothing may be left to send. */
#define MAX_ROUNDS 3

struct _CrmSim
{
  char *dir;
  CrmSimDisk *image;
  CrmSimDisk *server_image;

  gint64 now;
  gint64 clock_offset;
  CrmSimRandom ids;
  CrmSimRandom secrets;
};

/* For libsodium, which passes no data. */
static CrmSim *running;

void
crm_sim_result_free (CrmSimResult *self)
{
  if (self == NULL)
    return;

  g_free (self->hash);
  g_free (self->failure);
  g_free (self);
}

/* ---- what the process sees of the world ---- */

static gint64
tell_wall (gpointer data)
{
  CrmSim *self = data;

  /* Nothing happens twice at the same time. */
  self->now++;

  return START + self->now + self->clock_offset;
}

static gint64
tell_monotonic (gpointer data)
{
  return ++((CrmSim *) data)->now;
}

static void
fill_id (guint8 *bytes, gsize size, gpointer data)
{
  crm_sim_random_fill (&((CrmSim *) data)->ids, bytes, size);
}

static const char *
name_secrets (void)
{
  return "crm-sim";
}

static guint32
draw_secret (void)
{
  return (guint32) crm_sim_random_next (&running->secrets);
}

static void
fill_secret (void *const bytes, const size_t size)
{
  crm_sim_random_fill (&running->secrets, bytes, size);
}

static randombytes_implementation secret_source = {
  .implementation_name = name_secrets,
  .random = draw_secret,
  .buf = fill_secret,
};

/* Faults make it say much; what matters shows in the invariants. */
static void
drop_message (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
}

static void
begin (CrmSim *self)
{
  self->now = 0;
  self->clock_offset = 0;
  crm_sim_random_seed (&self->ids, SEED);
  crm_sim_random_seed (&self->secrets, SEED + 1);
  crm_clock_set_source (tell_wall, tell_monotonic, self);
  crm_id_set_random (fill_id, self);
  crm_sim_vfs_start (SEED + 2);
}

static void
end (CrmSim *self)
{
  crm_sim_vfs_stop ();
  crm_id_set_random (NULL, NULL);
  crm_clock_set_source (NULL, NULL, NULL);
}

CrmSim *
crm_sim_new (void)
{
  CrmSim *self = g_new0 (CrmSim, 1);
  g_autofree char *dir = NULL;
  g_autoptr (GError) error = NULL;

  g_assert (running == NULL);
  running = self;
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR);
  g_log_set_default_handler (drop_message, NULL);
  randombytes_set_implementation (&secret_source);

  self->dir = g_dir_make_tmp ("crm-sim-XXXXXX", &error);
  g_assert_no_error (error);
  dir = g_build_filename (self->dir, "image", NULL);
  begin (self);
  self->image = crm_sim_replica_make_image (dir, &error);
  g_assert_no_error (error);
  g_free (dir);
  dir = g_build_filename (self->dir, "server", NULL);
  self->server_image = crm_sim_server_make_image (dir, &error);
  g_assert_no_error (error);
  end (self);

  return self;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_folder (inner);
    }
  g_remove (path);
}

void
crm_sim_free (CrmSim *self)
{
  remove_folder (self->dir);
  crm_sim_disk_free (self->image);
  crm_sim_disk_free (self->server_image);
  g_free (self->dir);
  g_free (self);
  running = NULL;
}

/* ---- one world ---- */

static GPtrArray *
make_replicas (CrmSim *self, const CrmSimScenario *scenario)
{
  GPtrArray *replicas = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_sim_replica_free);

  for (guint i = 0; i < scenario->n_replicas; i++)
    {
      g_autofree char *dir = g_strdup_printf ("%s/%u", self->dir, i);

      g_ptr_array_add (replicas, crm_sim_replica_new (dir, self->image, i));
    }

  return replicas;
}

/* The replicas of one world, and what is between them. */
typedef struct
{
  const CrmSimScenario *scenario;
  CrmSimTrace *trace;
  GPtrArray *replicas;
  CrmSimServer *server;
  CrmSimWeather weather;
  CrmSimRandom random;
  CrmSimNetwork network;
} World;

static gboolean
sync_all (World *world, char **failure)
{
  gboolean all = TRUE;

  for (guint i = 0; i < world->replicas->len && *failure == NULL; i++)
    {
      g_autofree char *told = NULL;
      gboolean complete = FALSE;

      crm_sim_replica_sync (world->replicas->pdata[i], NULL, &complete, &told, failure);
      crm_sim_trace_add (world->trace, 0, "fair: %u: %s", i, *failure != NULL ? *failure : told);
      all = all && complete;
    }

  return all;
}

static void
connect_all (CrmSim *self, World *world, char **failure)
{
  g_autofree char *dir = g_build_filename (self->dir, "server", NULL);

  world->server = crm_sim_server_new (dir, self->server_image);
  world->network = (CrmSimNetwork) { .server = world->server,
                                     .weather = &world->weather,
                                     .random = &world->random,
                                     .late = crm_sim_network_new_late () };
  for (guint i = 0; i < world->replicas->len; i++)
    crm_sim_replica_connect (world->replicas->pdata[i], &world->network);

  /* While there is nothing to load yet, each gets a place to pull from. */
  sync_all (world, failure);
  world->weather = world->scenario->weather;
}

static gboolean
run_event (World *world, const CrmSimEvent *event, char **told, char **failure)
{
  CrmSimReplica *replica = g_ptr_array_index (world->replicas, event->replica);
  gboolean complete;

  crm_sim_random_seed (&world->random, event->seed);
  if (event->type == CRM_SIM_EVENT_SYNC)
    return crm_sim_replica_sync (replica, event, &complete, told, failure);
  if (event->type != CRM_SIM_EVENT_LATE)
    return crm_sim_replica_run (replica, event, told, failure);

  crm_sim_network_deliver_late (&world->network);
  *told = g_strdup ("delivered");

  return TRUE;
}

static void
run_events (CrmSim *self, World *world, char **failure)
{
  for (guint i = 0; i < world->scenario->events->len && *failure == NULL; i++)
    {
      const CrmSimEvent *event = &g_array_index (world->scenario->events, CrmSimEvent, i);
      g_autofree char *text = crm_sim_event_dup_text (event);
      g_autofree char *told = NULL;

      self->now = MAX (self->now, event->at);
      self->clock_offset = crm_sim_replica_get_clock_offset (world->replicas
                                                                 ->pdata[event->replica]);
      run_event (world, event, &told, failure);
      crm_sim_trace_add (world->trace,
                         self->now,
                         "%s: %s",
                         text,
                         *failure != NULL ? *failure : told);
    }
}

/* The faults are over: everybody must get where everybody else is (I1), and the server must have
 * taken each set once (I4). */
static void
come_together (World *world, char **failure)
{
  CrmSimReplica *first = g_ptr_array_index (world->replicas, 0);
  guint n_rounds = 0;

  world->weather = (CrmSimWeather) { 0 };
  while (!sync_all (world, failure) && *failure == NULL)
    if (++n_rounds == MAX_ROUNDS)
      *failure = g_strdup ("an outbox does not get empty");
  /* Those that went first have not seen what the last ones brought. */
  sync_all (world, failure);

  for (guint i = 0; i < world->replicas->len && *failure == NULL; i++)
    {
      CrmSimReplica *replica = g_ptr_array_index (world->replicas, i);
      g_autofree char
          *difference = crm_sim_model_dup_difference (crm_sim_replica_get_model (replica),
                                                      crm_sim_replica_get_model (first));

      if (difference != NULL)
        *failure = g_strdup_printf ("replica %u differs from 0: %s", i, difference);
    }
  if (*failure == NULL)
    *failure = crm_sim_server_check (world->server);
}

static void
run_world (CrmSim *self, const CrmSimScenario *scenario, CrmSimTrace *trace, CrmSimResult *result)
{
  World world = { .scenario = scenario, .trace = trace };

  world.replicas = make_replicas (self, scenario);
  if (scenario->synced)
    connect_all (self, &world, &result->failure);

  run_events (self, &world, &result->failure);
  if (scenario->synced && result->failure == NULL)
    come_together (&world, &result->failure);
  for (guint i = 0; i < world.replicas->len; i++)
    result->n_kills += crm_sim_replica_get_n_kills (world.replicas->pdata[i]);
  for (guint i = 0; i < world.replicas->len && result->failure == NULL; i++)
    crm_sim_replica_check (world.replicas->pdata[i], &result->failure);

  g_ptr_array_unref (world.replicas);
  g_clear_pointer (&world.network.late, g_ptr_array_unref);
  g_clear_pointer (&world.server, crm_sim_server_free);
}

CrmSimResult *
crm_sim_run (CrmSim *self, const CrmSimScenario *scenario, gboolean print)
{
  CrmSimResult *result = g_new0 (CrmSimResult, 1);
  g_autoptr (CrmSimTrace) trace = crm_sim_trace_new (print);

  begin (self);
  run_world (self, scenario, trace, result);
  end (self);
  result->hash = crm_sim_trace_dup_hash (trace);

  return result;
}
