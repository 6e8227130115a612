#include "crm-sim-event.h"

#define MAX_REPLICAS 2
#define MIN_EVENTS   8
#define MORE_EVENTS  32
#define HOUR         (3600 * (gint64) G_USEC_PER_SEC)

static const struct
{
  const char *name;
  guint weight;
} types[CRM_SIM_N_EVENTS] = {
  [CRM_SIM_EVENT_EDIT] = { "edit", 40 },        [CRM_SIM_EVENT_ACTION] = { "action", 10 },
  [CRM_SIM_EVENT_UNDO] = { "undo", 15 },        [CRM_SIM_EVENT_REDO] = { "redo", 8 },
  [CRM_SIM_EVENT_RESTART] = { "restart", 5 },   [CRM_SIM_EVENT_CLOCK] = { "clock", 3 },
  [CRM_SIM_EVENT_CHECK] = { "check", 2 },       [CRM_SIM_EVENT_SYNC] = { "sync", 40 },
  [CRM_SIM_EVENT_LATE] = { "late", 4 },         [CRM_SIM_EVENT_RESOLVE] = { "resolve", 8 },
  [CRM_SIM_EVENT_LID] = { "lid", 8 },           [CRM_SIM_EVENT_SIGN_OUT] = { "sign out", 2 },
  [CRM_SIM_EVENT_TWIN] = { "twin", 3 },         [CRM_SIM_EVENT_JOIN] = { "join", 3 },
  [CRM_SIM_EVENT_REVOKE] = { "revoke", 2 },     [CRM_SIM_EVENT_BACKUP] = { "backup", 4 },
  [CRM_SIM_EVENT_RESTORE] = { "restore", 4 },   [CRM_SIM_EVENT_SETTING] = { "setting", 8 },
  [CRM_SIM_EVENT_TEMPLATE] = { "template", 8 }, [CRM_SIM_EVENT_NUMBER] = { "number", 8 },
};

static const char *const fault_names[] = {
  [CRM_SIM_FAULT_NONE] = "",          [CRM_SIM_FAULT_KILL] = "kill",
  [CRM_SIM_FAULT_IO] = "I/O error",   [CRM_SIM_FAULT_SHORT_READ] = "short read",
  [CRM_SIM_FAULT_FULL] = "disk full",
};

/* What one world is like. */
typedef struct
{
  guint weights[CRM_SIM_N_EVENTS];
  guint fault_percent;
  gboolean kills;
  gboolean power;
  gboolean errors;
} Swarm;

static void
choose_swarm (Swarm *swarm, CrmSimRandom *random)
{
  for (guint i = 0; i < CRM_SIM_EVENT_SYNC; i++)
    swarm->weights[i] = crm_sim_random_chance (random, 75) ? types[i].weight : 0;
  /* Without edits there is nothing to see. */
  swarm->weights[CRM_SIM_EVENT_EDIT] = types[CRM_SIM_EVENT_EDIT].weight;

  swarm->fault_percent = crm_sim_random_below (random, 4) * 20;
  swarm->kills = crm_sim_random_chance (random, 70);
  swarm->power = crm_sim_random_chance (random, 60);
  swarm->errors = crm_sim_random_chance (random, 50);
}

static CrmSimEventType
choose_type (const Swarm *swarm, CrmSimRandom *random)
{
  guint total = 0;
  guint place;

  for (guint i = 0; i < CRM_SIM_N_EVENTS; i++)
    total += swarm->weights[i];
  place = crm_sim_random_below (random, total);
  for (guint i = 0; i < CRM_SIM_N_EVENTS; i++)
    {
      if (place < swarm->weights[i])
        return (CrmSimEventType) i;
      place -= swarm->weights[i];
    }

  return CRM_SIM_EVENT_EDIT;
}

static void
choose_kill (CrmSimEvent *event, const Swarm *swarm, CrmSimRandom *random)
{
  /* Most bugs of durability are around the syncs, of which there are few. */
  const gboolean at_sync = crm_sim_random_chance (random, 40);

  event->fault = CRM_SIM_FAULT_KILL;
  event->fault_ops = at_sync ? CRM_SIM_OP_SYNC | CRM_SIM_OP_TRUNCATE | CRM_SIM_OP_DELETE
                             : CRM_SIM_OP_ANY & ~CRM_SIM_OP_READ;
  /* Some far enough for the second set of a long action. */
  event->fault_at = crm_sim_random_below (random, at_sync ? 4 : 40);
  if (!at_sync && crm_sim_random_chance (random, 30))
    event->fault_at *= 20;
  event->fault_times = 1;
  event->power = swarm->power && crm_sim_random_chance (random, 70);
}

static void
choose_error (CrmSimEvent *event, CrmSimRandom *random)
{
  static const struct
  {
    CrmSimFault fault;
    guint ops;
  } faults[] = {
    { CRM_SIM_FAULT_FULL, CRM_SIM_OP_WRITE },
    { CRM_SIM_FAULT_IO, CRM_SIM_OP_WRITE | CRM_SIM_OP_TRUNCATE },
    { CRM_SIM_FAULT_IO, CRM_SIM_OP_SYNC },
    { CRM_SIM_FAULT_IO, CRM_SIM_OP_READ },
    { CRM_SIM_FAULT_SHORT_READ, CRM_SIM_OP_READ },
    { CRM_SIM_FAULT_IO, CRM_SIM_OP_ANY },
  };
  const guint i = crm_sim_random_below (random, G_N_ELEMENTS (faults));

  event->fault = faults[i].fault;
  event->fault_ops = faults[i].ops;
  event->fault_at = crm_sim_random_below (random, 20);
  event->fault_times = crm_sim_random_chance (random, 50) ? 1 : G_MAXUINT32;
}

static void
choose_fault (CrmSimEvent *event, const Swarm *swarm, CrmSimRandom *random)
{
  if (!crm_sim_random_chance (random, swarm->fault_percent))
    return;

  if (swarm->kills && (!swarm->errors || crm_sim_random_chance (random, 60)))
    choose_kill (event, swarm, random);
  else if (swarm->errors)
    choose_error (event, random);
}

static void
choose_weather (CrmSimWeather *weather, CrmSimRandom *random)
{
  guint *const faults[] = { &weather->lost,    &weather->reply_lost, &weather->twice,
                            &weather->late,    &weather->cut,        &weather->foreign,
                            &weather->refused, &weather->slow,       &weather->killed };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if (crm_sim_random_chance (random, 30))
      *faults[i] = crm_sim_random_below (random, 30);
  if (crm_sim_random_chance (random, 15))
    weather->server_full = crm_sim_random_below (random, 15);
  if (crm_sim_random_chance (random, 20))
    weather->cached = crm_sim_random_below (random, 60);
  weather->poison = crm_sim_random_chance (random, 20);
  if (crm_sim_random_chance (random, 40))
    weather->disk = crm_sim_random_below (random, 15);
}

/* A server that is put back all the time, from backups of a moment ago, while programs come and go:
 * what is stopped halfway is then nearly always about a restore. */
static void
choose_restores (Swarm *swarm)
{
  static const CrmSimEventType chosen[] = { CRM_SIM_EVENT_SYNC,
                                            CRM_SIM_EVENT_LID,
                                            CRM_SIM_EVENT_RESTART,
                                            CRM_SIM_EVENT_BACKUP,
                                            CRM_SIM_EVENT_RESTORE };

  for (guint i = 0; i < CRM_SIM_N_EVENTS; i++)
    if (i != CRM_SIM_EVENT_EDIT)
      swarm->weights[i] = 0;
  for (guint i = 0; i < G_N_ELEMENTS (chosen); i++)
    swarm->weights[chosen[i]] = 20;
}

static void
choose_company (CrmSimScenario *self, Swarm *swarm, guint64 seed)
{
  CrmSimRandom random;

  crm_sim_random_seed (&random, crm_sim_random_mix (seed, G_MAXUINT32));
  self->synced = crm_sim_random_chance (&random, 75);
  if (!self->synced)
    return;

  self->n_replicas = 2 + crm_sim_random_below (&random, 2);
  self->n_sharing = crm_sim_random_below (&random, 2);
  self->max_rows = 1 + crm_sim_random_below (&random, crm_sim_random_chance (&random, 70) ? 8 : 60);
  self->watching = crm_sim_random_below (&random, 8);
  choose_weather (&self->weather, &random);
  swarm->weights[CRM_SIM_EVENT_SYNC] = types[CRM_SIM_EVENT_SYNC].weight;
  for (guint i = CRM_SIM_EVENT_LATE; i < CRM_SIM_EVENT_SETTING; i++)
    if (crm_sim_random_chance (&random, i < CRM_SIM_EVENT_SIGN_OUT ? 70 : 30))
      swarm->weights[i] = types[i].weight;
  for (guint i = CRM_SIM_EVENT_SETTING; i < CRM_SIM_N_EVENTS; i++)
    if (crm_sim_random_chance (&random, 25))
      swarm->weights[i] = types[i].weight;
  self->restores = crm_sim_random_chance (&random, 8);
  if (self->restores)
    choose_restores (swarm);
}

/* Where there is a server, most happens while messages are under way. */
static gint64
choose_gap (const CrmSimScenario *self, CrmSimRandom *random)
{
  const guint what = crm_sim_random_below (random, 100);

  if (!self->synced)
    return what < 90 ? crm_sim_random_below (random, G_USEC_PER_SEC)
                     : HOUR * crm_sim_random_below (random, 48);
  if (what < 60)
    return crm_sim_random_below (random, G_USEC_PER_SEC / 5);
  if (what < 90)
    return crm_sim_random_below (random, 20 * G_USEC_PER_SEC);

  return (gint64) crm_sim_random_below (random, 600) * G_USEC_PER_SEC;
}

CrmSimScenario *
crm_sim_scenario_new (guint64 seed)
{
  CrmSimScenario *self = g_new0 (CrmSimScenario, 1);
  CrmSimRandom random;
  Swarm swarm = { { 0 } };
  guint n_events;
  gint64 at = 0;

  crm_sim_random_seed (&random, crm_sim_random_mix (seed, 0));
  choose_swarm (&swarm, &random);
  self->seed = seed;
  self->n_replicas = 1 + crm_sim_random_below (&random, MAX_REPLICAS);
  choose_company (self, &swarm, seed);
  self->events = g_array_new (FALSE, TRUE, sizeof (CrmSimEvent));
  n_events = MIN_EVENTS + crm_sim_random_below (&random, MORE_EVENTS);

  for (guint i = 0; i < n_events; i++)
    {
      CrmSimEvent event = { 0 };

      at += choose_gap (self, &random);
      event.at = at;
      event.type = choose_type (&swarm, &random);
      event.replica = crm_sim_random_below (&random, self->n_replicas);
      event.seed = crm_sim_random_mix (seed, i + 1);
      choose_fault (&event, &swarm, &random);
      g_array_append_val (self->events, event);
    }

  return self;
}

CrmSimScenario *
crm_sim_scenario_copy (const CrmSimScenario *self)
{
  CrmSimScenario *copy = g_new0 (CrmSimScenario, 1);

  *copy = *self;
  copy->events = g_array_copy (self->events);

  return copy;
}

void
crm_sim_scenario_free (CrmSimScenario *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->events);
  g_free (self);
}

gboolean
crm_sim_scenario_has (const CrmSimScenario *self, const char *name)
{
  if (g_str_equal (name, "poison"))
    return self->weather.poison;
  if (g_str_equal (name, "restores"))
    return self->restores;
  if (g_str_equal (name, "cached"))
    return self->weather.cached > 0;

  for (guint i = 0; i < self->events->len; i++)
    if (g_str_equal (types[g_array_index (self->events, CrmSimEvent, i).type].name, name))
      return TRUE;

  return FALSE;
}

char *
crm_sim_event_dup_text (const CrmSimEvent *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text,
                          "replica %u: %s %016" G_GINT64_MODIFIER "x",
                          self->replica,
                          types[self->type].name,
                          self->seed);
  if (self->fault != CRM_SIM_FAULT_NONE)
    g_string_append_printf (text,
                            ", %s at operation %" G_GUINT64_FORMAT " of %#x%s%s",
                            fault_names[self->fault],
                            self->fault_at,
                            self->fault_ops,
                            self->fault_times > 1 ? " and on" : "",
                            self->power ? ", without power" : "");

  return g_strdup (text->str);
}
