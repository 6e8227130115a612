#include "crm-sim-laptop.h"

#include "crm-sim-clock.h"

#include "base/crm-clock.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define HOUR   (3600 * SECOND)
/* How long people take to log in again, and machines to start. */
#define LOGIN_DELAY (20 * SECOND)
#define START_DELAY (5 * SECOND)
/* Requests in an hour that nothing excuses: the time between two waits is 50 seconds, the tries
 * after a failure get ever fewer, and each edit here or elsewhere makes some more. */
#define MAX_REQUESTS 1500
/* A checkpoint comes at half of that; one commit may be long. */
#define MAX_WAL (32 * 1024 * 1024)

struct _CrmSimLaptop
{
  CrmSimNetwork *network;
  guint number;
  const char *user;
  gboolean watch;
  gboolean closed;
  CrmSimReplica *replica;

  CrmSyncMachine *machine; /* NULL while the program does not run */
  guint64 generation;
  guint64 serial; /* of the last request */
  guint64 timer;  /* the last one that was set */
  gboolean waits; /* its last request waits for news */
  gboolean done;
  gboolean wiped;
  char *token;

  CrmSimModel *checked; /* nullable: what was last compared, with this: */
  CrmSimModel *shown;

  gint64 hour;
  guint n_requests;
  guint n_parked;
};

static void start_machine (CrmSimLaptop *self);
static void settle (CrmSimLaptop *self, const CrmSimEvent *event);

static void
drop_machine (gpointer data)
{
  CrmSimLaptop *self = data;

  g_clear_pointer (&self->machine, crm_sync_machine_free);
  self->generation++;
  self->waits = FALSE;
  crm_sim_network_forget (self->network, self);
}

static CrmSimLaptop *
laptop_new (CrmSimNetwork *network, guint number, const char *user, gboolean watch)
{
  CrmSimLaptop *self = g_new0 (CrmSimLaptop, 1);

  self->network = network;
  self->number = number;
  self->user = user;
  self->watch = watch;

  return self;
}

CrmSimLaptop *
crm_sim_laptop_new (CrmSimNetwork *network,
                    guint number,
                    const char *dir,
                    CrmSimDisk *image,
                    const char *user,
                    gboolean watch)
{
  CrmSimLaptop *self = laptop_new (network, number, user, watch);

  self->replica = crm_sim_replica_new (dir, image);
  crm_sim_replica_set_closing (self->replica, drop_machine, self);
  if (watch)
    start_machine (self);

  return self;
}

CrmSimLaptop *
crm_sim_laptop_new_twin (CrmSimLaptop *self, guint number, const char *dir)
{
  CrmSimLaptop *twin = laptop_new (self->network, number, self->user, self->watch);

  twin->token = g_strdup (self->token);
  twin->replica = crm_sim_replica_new_twin (self->replica, dir);
  crm_sim_replica_set_closing (twin->replica, drop_machine, twin);
  start_machine (twin);

  return twin;
}

void
crm_sim_laptop_free (CrmSimLaptop *self)
{
  drop_machine (self);
  g_clear_pointer (&self->checked, crm_sim_model_free);
  g_clear_pointer (&self->shown, crm_sim_model_free);
  crm_sim_replica_free (self->replica);
  g_free (self->token);
  g_free (self);
}

guint
crm_sim_laptop_get_number (CrmSimLaptop *self)
{
  return self->number;
}

const char *
crm_sim_laptop_get_user (CrmSimLaptop *self)
{
  return self->user;
}

CrmSimReplica *
crm_sim_laptop_get_replica (CrmSimLaptop *self)
{
  return self->replica;
}

guint64
crm_sim_laptop_get_generation (CrmSimLaptop *self)
{
  return self->generation;
}

gboolean
crm_sim_laptop_is_open (CrmSimLaptop *self)
{
  return !self->closed;
}

/* ---- Later ---- */

/* A timer, or a person who comes back. */
typedef struct
{
  CrmSimLaptop *laptop;
  guint64 generation;
  guint64 serial;
} Later;

static void
add_later (CrmSimLaptop *self, gint64 delay, CrmSimFunc func, guint64 serial)
{
  Later *later = g_new0 (Later, 1);

  *later = (Later) { self, self->generation, serial };
  crm_sim_queue_add (self->network->queue, crm_sim_clock_get_now () + delay, func, later, g_free);
}

static gboolean
is_ready (const Later *later)
{
  const CrmSimLaptop *self = later->laptop;

  return self->network->failure == NULL && later->generation == self->generation && !self->closed;
}

static void
begin_step (CrmSimLaptop *self)
{
  CrmSimRandom *random = &self->network->random;
  CrmSimDisk *disk = crm_sim_replica_get_disk (self->replica);

  crm_sim_clock_set_offset (crm_sim_replica_get_clock_offset (self->replica));
  if (!crm_sim_random_chance (random, self->network->weather.disk))
    return;
  if (crm_sim_random_chance (random, 60))
    crm_sim_disk_plan (disk,
                       CRM_SIM_FAULT_KILL,
                       CRM_SIM_OP_ANY & ~CRM_SIM_OP_READ,
                       crm_sim_random_below (random, 40),
                       1);
  else
    crm_sim_disk_plan (disk,
                       crm_sim_random_chance (random, 50) ? CRM_SIM_FAULT_FULL : CRM_SIM_FAULT_IO,
                       CRM_SIM_OP_WRITE,
                       crm_sim_random_below (random, 20),
                       crm_sim_random_chance (random, 50) ? 1 : G_MAXUINT32);
}

static void
ring (gpointer data)
{
  const Later *later = data;
  CrmSimLaptop *self = later->laptop;

  if (!is_ready (later) || later->serial != self->timer || self->machine == NULL)
    return;

  begin_step (self);
  crm_sync_machine_timer (self->machine);
  settle (self, NULL);
}

/* He types his password. */
static void
log_in (gpointer data)
{
  const Later *later = data;
  CrmSimLaptop *self = later->laptop;

  if (!is_ready (later) || self->machine == NULL || self->token != NULL)
    return;

  crm_sim_clock_set_offset (crm_sim_replica_get_clock_offset (self->replica));
  crm_sync_machine_set_password (self->machine, self->user, CRM_SIM_PASSWORD, "laptop");
  crm_sync_machine_start (self->machine);
  settle (self, NULL);
}

static void
start_later (gpointer data)
{
  const Later *later = data;

  if (is_ready (later) && later->laptop->machine == NULL)
    start_machine (later->laptop);
}

/* ---- Actions ---- */

static void
count_request (CrmSimLaptop *self)
{
  const gint64 hour = crm_sim_clock_get_now () / HOUR;

  self->n_requests = hour == self->hour ? self->n_requests + 1 : 1;
  self->hour = hour;
  if (self->n_requests > MAX_REQUESTS)
    crm_sim_network_fail (self->network,
                          "laptop %u asks without end: %u requests in an hour",
                          self->number,
                          self->n_requests);
}

static void
send (CrmSimLaptop *self, const CrmSyncAction *action)
{
  count_request (self);
  self->serial = action->serial;
  self->waits = action->waits;
  crm_sim_network_send (self->network, self, action);
}

static void
change_state (CrmSimLaptop *self, const CrmSyncAction *action)
{
  crm_sim_trace_add (self->network->trace,
                     crm_sim_clock_get_now (),
                     "laptop %u: %s%s%s",
                     self->number,
                     crm_sync_state_get_name (action->state),
                     action->message != NULL ? ", " : "",
                     action->message != NULL ? action->message : "");
  if (action->state == CRM_SYNC_SIGNED_OUT)
    add_later (self, LOGIN_DELAY, log_in, 0);
  else if (action->state == CRM_SYNC_WRONG_PASSWORD || action->state == CRM_SYNC_OTHER_COMPANY ||
           action->state == CRM_SYNC_APP_TOO_OLD || action->state == CRM_SYNC_SERVER_TOO_OLD)
    crm_sim_network_fail (self->network,
                          "laptop %u is %s for no reason",
                          self->number,
                          crm_sync_state_get_name (action->state));
}

static void
act (CrmSimLaptop *self, const CrmSyncAction *action)
{
  switch (action->type)
    {
    case CRM_SYNC_ACTION_SEND:
      send (self, action);
      break;

    case CRM_SYNC_ACTION_CANCEL:
      crm_sim_network_forget (self->network, self);
      break;

    case CRM_SYNC_ACTION_TIMER:
      add_later (self, (gint64) action->milliseconds * 1000, ring, ++self->timer);
      break;

    case CRM_SYNC_ACTION_STATE:
      change_state (self, action);
      break;

    case CRM_SYNC_ACTION_TOKEN:
      g_set_str (&self->token, action->token);
      break;

    case CRM_SYNC_ACTION_PARKED:
      self->n_parked++;
      break;

    case CRM_SYNC_ACTION_WIPE:
      self->wiped = TRUE;
      break;

    case CRM_SYNC_ACTION_DONE:
      self->done = TRUE;
      break;

    case CRM_SYNC_ACTION_STEPPED_BACK:
    default:
      break;
    }
}

static void
carry_out (CrmSimLaptop *self)
{
  CrmSyncAction *action;

  while ((action = crm_sync_machine_next_action (self->machine)) != NULL)
    {
      act (self, action);
      crm_sync_action_free (action);
    }
}

/* The key is destroyed, and the laptop set up anew. */
static void
wipe (CrmSimLaptop *self)
{
  self->wiped = FALSE;
  g_clear_pointer (&self->token, g_free);
  drop_machine (self);
  crm_sim_replica_wipe (self->replica);
  add_later (self, START_DELAY, start_later, 0);
}

static void
check_disk (CrmSimLaptop *self)
{
  CrmSimFile *wal = crm_sim_disk_find (crm_sim_replica_get_disk (self->replica), "replica.db-wal");

  if (wal != NULL && crm_sim_file_get_size (wal) > MAX_WAL)
    crm_sim_network_fail (self->network,
                          "laptop %u has a WAL of %" G_GINT64_FORMAT " bytes",
                          self->number,
                          crm_sim_file_get_size (wal));
}

static void
settle (CrmSimLaptop *self, const CrmSimEvent *event)
{
  g_autofree char *failure = NULL;

  /* A dead program sends nothing any more. */
  if (self->machine != NULL && !crm_sim_disk_is_dead (crm_sim_replica_get_disk (self->replica)))
    carry_out (self);
  if (!crm_sim_replica_settle (self->replica,
                               self->network->oracle,
                               &self->network->random,
                               &failure))
    crm_sim_network_fail (self->network, "laptop %u: %s", self->number, failure);
  if (self->machine == NULL)
    add_later (self, START_DELAY, start_later, 0);
  else if (self->wiped)
    wipe (self);
  check_disk (self);
}

/* ---- The machine ---- */

static gint64
tell_time (gpointer unused)
{
  return crm_clock_now ();
}

static guint32
draw (gpointer data)
{
  return (guint32) crm_sim_random_next (&((CrmSimLaptop *) data)->network->random);
}

static void
start_machine (CrmSimLaptop *self)
{
  const CrmSyncSources sources = { tell_time, draw, self };

  crm_sim_clock_set_offset (crm_sim_replica_get_clock_offset (self->replica));
  self->done = FALSE;
  self->machine = crm_sync_machine_new (crm_sim_replica_get_replica (self->replica),
                                        self->watch,
                                        &sources);
  crm_sync_machine_set_token (self->machine, self->token);
  if (self->token == NULL)
    crm_sync_machine_set_password (self->machine, self->user, CRM_SIM_PASSWORD, "laptop");
  crm_sync_machine_start (self->machine);
  settle (self, NULL);
}

void
crm_sim_laptop_sync (CrmSimLaptop *self)
{
  if (self->closed)
    return;
  if (self->machine == NULL)
    {
      start_machine (self);
      return;
    }

  begin_step (self);
  self->done = FALSE;
  crm_sync_machine_start (self->machine);
  crm_sync_machine_network_available (self->machine);
  settle (self, NULL);
}

void
crm_sim_laptop_set_lid (CrmSimLaptop *self, gboolean open)
{
  if (self->closed != open)
    return;

  self->closed = !open;
  if (self->machine == NULL && open)
    start_machine (self);
  else if (open)
    crm_sim_laptop_sync (self);
  else if (self->machine != NULL)
    {
      crm_sync_machine_stop (self->machine);
      settle (self, NULL);
    }
}

void
crm_sim_laptop_sign_out (CrmSimLaptop *self)
{
  g_clear_pointer (&self->token, g_free);
  drop_machine (self);
  add_later (self, LOGIN_DELAY, start_later, 0);
}

void
crm_sim_laptop_run (CrmSimLaptop *self, const CrmSimEvent *event)
{
  g_autofree char *told = NULL;
  g_autofree char *failure = NULL;

  crm_sim_clock_set_offset (crm_sim_replica_get_clock_offset (self->replica));
  if (!crm_sim_replica_run (self->replica, event, &told, &failure))
    crm_sim_network_fail (self->network, "laptop %u: %s", self->number, failure);
  crm_sim_trace_add (self->network->trace,
                     crm_sim_clock_get_now (),
                     "laptop %u: %s",
                     self->number,
                     failure != NULL ? failure : told);
  if (failure != NULL)
    return;

  if (self->machine != NULL)
    crm_sync_machine_local_change (self->machine);
  settle (self, event);
}

/* ---- The network ---- */

/* The last page was taken, and nothing is left to send: this is what the server had then. */
static void
check_in_step (CrmSimLaptop *self, CrmSimModel *state)
{
  g_autofree char *difference = NULL;

  if (self->machine == NULL || state == NULL || !(self->waits || self->done) ||
      crm_sync_machine_get_state (self->machine) != CRM_SYNC_IN_STEP ||
      crm_sim_replica_has_parked (self->replica))
    return;
  if (crm_sim_replica_get_n_pending (self->replica) > 0)
    {
      crm_sim_network_fail (self->network,
                            "laptop %u says it is in step, and was told nothing of its sets",
                            self->number);
      return;
    }

  if (state == self->checked && crm_sim_replica_get_model (self->replica) == self->shown)
    return;
  g_clear_pointer (&self->checked, crm_sim_model_free);
  self->checked = crm_sim_model_ref (state);
  g_clear_pointer (&self->shown, crm_sim_model_free);
  self->shown = crm_sim_model_ref (crm_sim_replica_get_model (self->replica));

  difference = crm_sim_model_dup_difference (self->shown, state);
  if (difference != NULL)
    crm_sim_network_fail (self->network,
                          "laptop %u says it is in step: %s",
                          self->number,
                          difference);
}

void
crm_sim_laptop_receive (CrmSimLaptop *self,
                        guint64 generation,
                        guint64 serial,
                        guint status,
                        const char *type,
                        GBytes *body,
                        CrmSimModel *state)
{
  if (generation != self->generation || self->machine == NULL || self->closed ||
      self->network->failure != NULL)
    return;

  begin_step (self);
  /* Only the first answer counts. */
  if (serial == self->serial)
    self->serial = 0;
  else
    state = NULL;
  crm_sync_machine_response (self->machine, serial, status, type, body);
  settle (self, NULL);
  check_in_step (self, state);
}

void
crm_sim_laptop_fail (CrmSimLaptop *self,
                     guint64 generation,
                     guint64 serial,
                     CrmSyncNetworkError error)
{
  if (generation != self->generation || self->machine == NULL || self->closed ||
      self->network->failure != NULL)
    return;

  begin_step (self);
  crm_sync_machine_network_error (self->machine, serial, error);
  settle (self, NULL);
}

/* ---- What came of it ---- */

gboolean
crm_sim_laptop_is_in_step (CrmSimLaptop *self)
{
  g_autofree char *difference = NULL;

  if (self->machine == NULL || crm_sync_machine_get_state (self->machine) != CRM_SYNC_IN_STEP ||
      !(self->waits || self->done))
    return FALSE;
  if (crm_sim_replica_get_n_pending (self->replica) > 0)
    return FALSE;

  difference = crm_sim_model_dup_difference (crm_sim_replica_get_model (self->replica),
                                             crm_sim_oracle_get_state (self->network->oracle));

  return difference == NULL || crm_sim_replica_has_parked (self->replica);
}

gboolean
crm_sim_laptop_is_watching (CrmSimLaptop *self)
{
  return self->watch;
}

gboolean
crm_sim_laptop_check (CrmSimLaptop *self, char **failure)
{
  return crm_sim_replica_check (self->replica, failure) &&
         crm_sim_replica_check_refused (self->replica, self->network->oracle, failure);
}

char *
crm_sim_laptop_dup_text (CrmSimLaptop *self)
{
  g_autofree char
      *difference = crm_sim_model_dup_difference (crm_sim_replica_get_model (self->replica),
                                                  crm_sim_oracle_get_state (self->network->oracle));

  return g_strdup_printf (
      "laptop %u is %s, %" G_GINT64_FORMAT " sets wait%s%s",
      self->number,
      self->machine == NULL ? "off"
                            : crm_sync_state_get_name (crm_sync_machine_get_state (self->machine)),
      crm_sim_replica_get_n_pending (self->replica),
      difference != NULL ? "; " : "",
      difference != NULL ? difference : "");
}
