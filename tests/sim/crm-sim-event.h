#pragma once

#include "crm-sim-disk.h"

G_BEGIN_DECLS

/* What happens in the world from outside. Each event has a seed of its own for what it chooses, so
 * that leaving one out does not change the others: a failure can be shrunk. */
typedef enum
{
  CRM_SIM_EVENT_EDIT,   /* a set of a few records */
  CRM_SIM_EVENT_ACTION, /* a group of sets */
  CRM_SIM_EVENT_UNDO,
  CRM_SIM_EVENT_REDO,
  CRM_SIM_EVENT_RESTART, /* the program is closed and started */
  CRM_SIM_EVENT_CLOCK,   /* somebody sets the clock of the laptop */
  CRM_SIM_EVENT_CHECK,   /* the whole log, tables and index of a replica */
  /* Only where there is a server: */
  CRM_SIM_EVENT_SYNC,     /* somebody asks for an exchange */
  CRM_SIM_EVENT_LATE,     /* a copy of an old request arrives at the server */
  CRM_SIM_EVENT_RESOLVE,  /* of a conflict */
  CRM_SIM_EVENT_LID,      /* closed, or opened again */
  CRM_SIM_EVENT_SIGN_OUT, /* and in again */
  CRM_SIM_EVENT_TWIN,     /* the disk is copied, and both go on */
  CRM_SIM_EVENT_JOIN,     /* somebody new */
  CRM_SIM_EVENT_REVOKE,   /* a laptop was stolen */
  CRM_SIM_EVENT_BACKUP,   /* of the server */
  CRM_SIM_EVENT_RESTORE,
  /* In half of those: */
  CRM_SIM_EVENT_SETTING,  /* of the company */
  CRM_SIM_EVENT_TEMPLATE, /* one that came with the program is edited */
  CRM_SIM_EVENT_NUMBER,   /* of people's own making */
  CRM_SIM_N_EVENTS,
} CrmSimEventType;

typedef struct
{
  gint64 at; /* virtual microseconds since the start */
  CrmSimEventType type;
  guint replica;
  guint64 seed;

  /* What goes wrong meanwhile, from the @fault_at'th operation of @fault_ops on. */
  CrmSimFault fault;
  guint fault_ops;
  guint64 fault_at;
  guint64 fault_times;
  gboolean power; /* fails together with a kill */
} CrmSimEvent;

/* What the network does, in percent of messages. */
typedef struct
{
  guint lost; /* requests that do not arrive */
  guint reply_lost;
  guint twice;   /* requests that arrive twice */
  guint late;    /* requests of which a copy arrives much later */
  guint cut;     /* replies that end early */
  guint foreign; /* replies that somebody else made: a portal, a proxy */
  guint refused; /* connections */
  guint slow;    /* messages that take up to 40 seconds */
  guint killed;  /* the server dies meanwhile */
  guint server_full;
  guint cached;    /* segments that a proxy has kept */
  gboolean poison; /* the server stumbles over some sets, each time */
  guint disk;      /* steps of a laptop's machine in which its disk fails */
} CrmSimWeather;

/* One world, as chosen by a seed: which kinds of events and faults it has is chosen first, so that
 * some worlds have much of one thing (swarm testing, Groce et al. 2012). */
typedef struct
{
  guint64 seed;
  guint n_replicas;
  /* With a server between them; otherwise each is alone. */
  gboolean synced;
  CrmSimWeather weather;
  gboolean restores; /* the server is put back all the time */
  guint n_sharing;   /* of two laptops, whether they have one user */
  guint max_rows;    /* of a page */
  guint watching;    /* a bit for each laptop that syncs all the time */
  GArray *events;    /* (element-type CrmSimEvent): in the order of time */
} CrmSimScenario;

CrmSimScenario *crm_sim_scenario_new (guint64 seed);
CrmSimScenario *crm_sim_scenario_copy (const CrmSimScenario *self);
void crm_sim_scenario_free (CrmSimScenario *self);

/* Whether it has an event of that name, or that weather ("poison", "cached", "restores"). */
gboolean crm_sim_scenario_has (const CrmSimScenario *self, const char *name);

/* One line to read. */
char *crm_sim_event_dup_text (const CrmSimEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSimScenario, crm_sim_scenario_free)

G_END_DECLS
