#include "crm-sim-world.h"

#include "crm-sim-clock.h"
#include "crm-sim-laptop.h"

#include <glib/gstdio.h>

/* Virtual time in which everybody must be in step after the faults are over, and in which a laptop
 * that only syncs when asked is asked again. */
#define LIVENESS (3 * 3600 * (gint64) G_USEC_PER_SEC)
#define ASK      (60 * (gint64) G_USEC_PER_SEC)
#define YEAR     (365 * 24 * 3600 * (gint64) G_USEC_PER_SEC)
/* Twins and newcomers. */
#define MAX_LAPTOPS 6

struct _CrmSim
{
  char *dir;
  CrmSimDisk *image;
  CrmSimDisk *server_image;
  CrmSimModel *builtin; /* what every replica has */
};

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

/* Faults make it say much; what matters shows in the invariants. */
static void
drop_message (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
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
  crm_sim_clock_init ();

  self->dir = g_dir_make_tmp ("crm-sim-XXXXXX", &error);
  g_assert_no_error (error);
  dir = g_build_filename (self->dir, "image", NULL);
  crm_sim_clock_start ();
  self->image = crm_sim_replica_make_image (dir, &error);
  g_assert_no_error (error);
  g_free (dir);
  dir = g_build_filename (self->dir, "server", NULL);
  self->server_image = crm_sim_server_make_image (dir, &error);
  g_assert_no_error (error);
  self->builtin = crm_sim_replica_list_builtin (self->dir, self->image);
  crm_sim_clock_stop ();

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
  crm_sim_model_free (self->builtin);
  g_free (self->dir);
  g_free (self);
  running = NULL;
}

/* ---- laptops that are alone ---- */

static void
run_alone (CrmSim *self, const CrmSimScenario *scenario, CrmSimTrace *trace, CrmSimResult *result)
{
  g_autoptr (GPtrArray)
      replicas = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_sim_replica_free);

  for (guint i = 0; i < scenario->n_replicas; i++)
    {
      g_autofree char *dir = g_strdup_printf ("%s/%u", self->dir, i);

      g_ptr_array_add (replicas, crm_sim_replica_new (dir, self->image));
    }

  for (guint i = 0; i < scenario->events->len && result->failure == NULL; i++)
    {
      const CrmSimEvent *event = &g_array_index (scenario->events, CrmSimEvent, i);
      CrmSimReplica *replica = replicas->pdata[event->replica];
      g_autofree char *text = crm_sim_event_dup_text (event);
      g_autofree char *told = NULL;

      crm_sim_clock_advance (event->at);
      crm_sim_clock_set_offset (crm_sim_replica_get_clock_offset (replica));
      crm_sim_replica_run (replica, event, &told, &result->failure);
      crm_sim_trace_add (trace,
                         crm_sim_clock_get_now (),
                         "%s: %s",
                         text,
                         result->failure != NULL ? result->failure : told);
    }

  for (guint i = 0; i < replicas->len; i++)
    {
      result->n_kills += crm_sim_replica_get_n_kills (replicas->pdata[i]);
      if (result->failure == NULL)
        crm_sim_replica_check (replicas->pdata[i], &result->failure);
    }
}

/* ---- laptops around a server ---- */

typedef struct
{
  CrmSim *sim;
  const CrmSimScenario *scenario;
  CrmSimNetwork *network;
  GPtrArray *laptops; /* (element-type CrmSimLaptop) */
} World;

static void
add_laptop (World *world, gboolean watch)
{
  const guint number = world->laptops->len;
  g_autofree char *dir = g_strdup_printf ("%s/%u", world->sim->dir, number);
  const char *user = crm_sim_server_get_user (number / (1 + world->scenario->n_sharing));

  g_ptr_array_add (world->laptops,
                   crm_sim_laptop_new (world->network,
                                       number,
                                       dir,
                                       world->sim->image,
                                       user,
                                       watch));
}

static void
add_twin (World *world, CrmSimLaptop *laptop)
{
  const guint number = world->laptops->len;
  g_autofree char *dir = g_strdup_printf ("%s/%u", world->sim->dir, number);

  g_ptr_array_add (world->laptops, crm_sim_laptop_new_twin (laptop, number, dir));
}

static void
steal (World *world, CrmSimLaptop *laptop)
{
  CrmReplica *replica = crm_sim_replica_get_replica (crm_sim_laptop_get_replica (laptop));

  crm_sim_server_revoke (world->network->server, crm_replica_get_id (replica));
}

static void
run_event (World *world, const CrmSimEvent *event)
{
  CrmSimLaptop *laptop = world->laptops->pdata[event->replica];

  switch (event->type)
    {
    case CRM_SIM_EVENT_SYNC:
      crm_sim_laptop_sync (laptop);
      break;

    case CRM_SIM_EVENT_LATE:
      crm_sim_network_deliver_late (world->network);
      break;

    case CRM_SIM_EVENT_LID:
      crm_sim_laptop_set_lid (laptop, !crm_sim_laptop_is_open (laptop));
      break;

    case CRM_SIM_EVENT_SIGN_OUT:
      crm_sim_laptop_sign_out (laptop);
      break;

    case CRM_SIM_EVENT_TWIN:
      if (world->laptops->len < MAX_LAPTOPS)
        add_twin (world, laptop);
      break;

    case CRM_SIM_EVENT_JOIN:
      if (world->laptops->len < MAX_LAPTOPS)
        add_laptop (world, TRUE);
      break;

    case CRM_SIM_EVENT_REVOKE:
      steal (world, laptop);
      break;

    case CRM_SIM_EVENT_BACKUP:
      crm_sim_network_back_up (world->network);
      break;

    case CRM_SIM_EVENT_RESTORE:
      crm_sim_network_restore (world->network, event->seed % 2 == 0);
      break;

    case CRM_SIM_EVENT_EDIT:
    case CRM_SIM_EVENT_ACTION:
    case CRM_SIM_EVENT_UNDO:
    case CRM_SIM_EVENT_REDO:
    case CRM_SIM_EVENT_RESTART:
    case CRM_SIM_EVENT_CLOCK:
    case CRM_SIM_EVENT_CHECK:
    case CRM_SIM_EVENT_RESOLVE:
    case CRM_SIM_EVENT_SETTING:
    case CRM_SIM_EVENT_TEMPLATE:
    case CRM_SIM_EVENT_NUMBER:
    case CRM_SIM_N_EVENTS:
    default:
      crm_sim_laptop_run (laptop, event);
    }
}

/* Everything that the machines, the network and the clocks bring until then. */
static void
run_until (World *world, gint64 at)
{
  while (world->network->failure == NULL && crm_sim_queue_get_next (world->network->queue) <= at)
    crm_sim_queue_run (world->network->queue);
  crm_sim_clock_advance (at);
}

static void
run_events (World *world)
{
  for (guint i = 0; i < world->scenario->events->len && world->network->failure == NULL; i++)
    {
      const CrmSimEvent *event = &g_array_index (world->scenario->events, CrmSimEvent, i);
      g_autofree char *text = crm_sim_event_dup_text (event);

      run_until (world, event->at);
      if (world->network->failure != NULL)
        break;
      crm_sim_trace_add (world->network->trace, crm_sim_clock_get_now (), "%s", text);
      run_event (world, event);
    }
}

static gboolean
is_in_step (World *world)
{
  for (guint i = 0; i < world->laptops->len; i++)
    if (!crm_sim_laptop_is_in_step (world->laptops->pdata[i]))
      return FALSE;

  return TRUE;
}

/* Messages that were under way for long arrive, and everybody opens his lid. In half of the worlds
 * all of them were closed for a year; in the others nobody touches a laptop that is open, so it
 * must find by itself that all is well again. */
static void
heal (World *world)
{
  const gboolean long_after = world->scenario->seed % 2 == 0;
  CrmSimNetwork *network = world->network;

  /* What is poison stays it. */
  network->weather = (CrmSimWeather) { .poison = network->weather.poison };
  for (guint i = 0; i < world->laptops->len && network->failure == NULL && long_after; i++)
    crm_sim_laptop_set_lid (world->laptops->pdata[i], FALSE);
  if (long_after)
    run_until (world, crm_sim_clock_get_now () + YEAR);
  while (network->failure == NULL && crm_sim_network_deliver_late (network))
    run_until (world, crm_sim_clock_get_now () + G_USEC_PER_SEC);
  for (guint i = 0; i < world->laptops->len && network->failure == NULL; i++)
    crm_sim_laptop_set_lid (world->laptops->pdata[i], TRUE);
}

/* Liveness: without any help but people who ask for an exchange all get in step. */
static void
come_together (World *world)
{
  const gint64 end = crm_sim_clock_get_now () + LIVENESS;

  while (world->network->failure == NULL && !is_in_step (world))
    {
      if (crm_sim_clock_get_now () > end)
        {
          for (guint i = 0; i < world->laptops->len; i++)
            if (!crm_sim_laptop_is_in_step (world->laptops->pdata[i]))
              {
                g_autofree char *text = crm_sim_laptop_dup_text (world->laptops->pdata[i]);

                crm_sim_network_fail (world->network, "%s, for hours", text);
              }
          break;
        }
      run_until (world, crm_sim_clock_get_now () + ASK);
      for (guint i = 0; i < world->laptops->len && world->network->failure == NULL; i++)
        if (!crm_sim_laptop_is_watching (world->laptops->pdata[i]))
          crm_sim_laptop_sync (world->laptops->pdata[i]);
      run_until (world, crm_sim_clock_get_now () + ASK / 2);
    }
}

static void
judge (World *world)
{
  CrmSimNetwork *network = world->network;
  g_autofree char *failure = NULL;

  if (network->failure != NULL)
    return;

  failure = crm_sim_server_check (network->server);
  if (failure == NULL)
    crm_sim_oracle_check_losses (network->oracle, &failure);
  for (guint i = 0; i < world->laptops->len && failure == NULL; i++)
    crm_sim_laptop_check (world->laptops->pdata[i], &failure);
  if (failure != NULL)
    crm_sim_network_fail (network, "%s", failure);
}

static void
run_together (CrmSim *self,
              const CrmSimScenario *scenario,
              CrmSimTrace *trace,
              CrmSimResult *result)
{
  g_autofree char *dir = g_build_filename (self->dir, "server", NULL);
  g_autoptr (GPtrArray)
      laptops = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_sim_laptop_free);
  CrmSimServer *server = crm_sim_server_new (dir, self->server_image, scenario->max_rows);
  g_autoptr (CrmSimNetwork) network = crm_sim_network_new (server,
                                                           self->builtin,
                                                           trace,
                                                           &scenario->weather,
                                                           scenario->seed);
  World world = { self, scenario, network, laptops };

  for (guint i = 0; i < scenario->n_replicas; i++)
    add_laptop (&world, (scenario->watching >> i) & 1);
  run_events (&world);
  heal (&world);
  come_together (&world);
  judge (&world);

  for (guint i = 0; i < laptops->len; i++)
    result->n_kills += crm_sim_replica_get_n_kills (crm_sim_laptop_get_replica (laptops->pdata[i]));
  result->failure = g_strdup (network->failure);
  /* Before the network. */
  g_clear_pointer (&laptops, g_ptr_array_unref);
}

CrmSimResult *
crm_sim_run (CrmSim *self, const CrmSimScenario *scenario, gboolean print)
{
  CrmSimResult *result = g_new0 (CrmSimResult, 1);
  g_autoptr (CrmSimTrace) trace = crm_sim_trace_new (self->dir, print);

  crm_sim_clock_start ();
  if (scenario->synced)
    run_together (self, scenario, trace, result);
  else
    run_alone (self, scenario, trace, result);
  crm_sim_clock_stop ();
  result->hash = crm_sim_trace_dup_hash (trace);

  return result;
}
