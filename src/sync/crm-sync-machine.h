#pragma once

#include "store/sync/crm-sync-store.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The client's half of the synchronisation, without its sockets: events in, actions out. It reads
 * no clock and no randomness of its own, so that a simulator drives it; the replica is called
 * directly, on the thread of the machine, and blocks.
 *
 * Requests follow each other strictly: hello, login when a password was given, pushes until the
 * outbox is empty, pulls until the server has no more, segments of a first load, and then either
 * the end or a pull that waits for news.
 */
typedef struct _CrmSyncMachine CrmSyncMachine;

/* What people are told; words for it are in ui and cli. Kept nowhere. */
typedef enum
{
  CRM_SYNC_PAUSED,
  CRM_SYNC_WORKING,
  CRM_SYNC_IN_STEP,
  /* No network, or no answer. */
  CRM_SYNC_OFFLINE,
  /* Something answers that is no CRM server: the network wants a login first. */
  CRM_SYNC_PORTAL,
  CRM_SYNC_PROXY_LOGIN,
  /* The server's certificate cannot be trusted. */
  CRM_SYNC_TLS_ERROR,
  CRM_SYNC_WRONG_PASSWORD,
  /* There is no token, or it is worth nothing any more: a password is needed. */
  CRM_SYNC_SIGNED_OUT,
  /* The device was revoked and has to wipe itself. */
  CRM_SYNC_REVOKED,
  CRM_SYNC_SERVER_TOO_OLD,
  CRM_SYNC_APP_TOO_OLD,
  CRM_SYNC_OTHER_COMPANY,
  CRM_SYNC_SERVER_ERROR,
  /* The replica cannot be written: the disk is full, or the file is damaged. */
  CRM_SYNC_STORE_ERROR,
} CrmSyncState;

/* Whether it is of no use to try again before somebody did something. */
gboolean crm_sync_state_is_final (CrmSyncState state);
/* "in_step", for JSON and logs. */
const char *crm_sync_state_get_name (CrmSyncState state);

typedef enum
{
  CRM_SYNC_ACTION_SEND,
  /* The request of that serial is not wanted any more; an answer to it is not looked at. */
  CRM_SYNC_ACTION_CANCEL,
  /* Wake after so long; replaces an earlier timer. */
  CRM_SYNC_ACTION_TIMER,
  CRM_SYNC_ACTION_STATE,
  /* Keep this token in the keyring, or none. */
  CRM_SYNC_ACTION_TOKEN,
  /* Values of the user's that the server did not take. */
  CRM_SYNC_ACTION_STEPPED_BACK,
  /* Sets were set aside; crm_sync_store_count(). */
  CRM_SYNC_ACTION_PARKED,
  /* Destroy the key, then the files. */
  CRM_SYNC_ACTION_WIPE,
  /* One exchange is complete; only when it does not watch. */
  CRM_SYNC_ACTION_DONE,
} CrmSyncActionType;

typedef struct
{
  CrmSyncActionType type;

  /* SEND, CANCEL */
  guint64 serial;
  /* SEND */
  const char *method; /* static */
  char *path;         /* "/v1/pull?wait=50" */
  GBytes *body;       /* nullable; JSON */
  char *token;        /* nullable: for Authorization: Bearer. TOKEN: the new one */
  gboolean waits;     /* the answer may take a minute */
  /* TIMER */
  guint64 milliseconds;
  /* STATE */
  CrmSyncState state;
  char *message; /* nullable: English, for the log */
  /* STEPPED_BACK: (element-type CrmSteppedBack) */
  GPtrArray *stepped_back;
} CrmSyncAction;

void crm_sync_action_free (CrmSyncAction *self);

typedef enum
{
  CRM_SYNC_NETWORK_OFFLINE, /* no route, no name, refused */
  CRM_SYNC_NETWORK_TIMEOUT,
  CRM_SYNC_NETWORK_TLS,
  CRM_SYNC_NETWORK_PROXY,
} CrmSyncNetworkError;

typedef struct
{
  /* Microseconds since 1970, of the device: only told to the server and to people. */
  gint64 (*now) (gpointer data);
  /* Any 32 bits. */
  guint32 (*random) (gpointer data);
  gpointer data;
} CrmSyncSources;

/* @replica is referenced. @watch: goes on for ever; else it ends after one exchange. @sources: NULL
 * for the real ones. */
CrmSyncMachine *
crm_sync_machine_new (CrmReplica *replica, gboolean watch, const CrmSyncSources *sources);
void crm_sync_machine_free (CrmSyncMachine *self);

/* @token: (nullable): from the keyring */
void crm_sync_machine_set_token (CrmSyncMachine *self, const char *token);
/* Logs in before anything else. @device: nullable: what people call it */
void crm_sync_machine_set_password (CrmSyncMachine *self,
                                    const char *user,
                                    const char *password,
                                    const char *device);

/* The login may be at another company, when nothing here is unsent: then all that is here goes, and
 * what that has comes. Else it is refused. */
void crm_sync_machine_allow_move (CrmSyncMachine *self);

/* ---- Events ---- */

void crm_sync_machine_start (CrmSyncMachine *self);
void crm_sync_machine_stop (CrmSyncMachine *self);
/* Something was written here. */
void crm_sync_machine_local_change (CrmSyncMachine *self);
/* @content_type: nullable. One of another serial than the last request's is not looked at. */
void crm_sync_machine_response (CrmSyncMachine *self,
                                guint64 serial,
                                guint status,
                                const char *content_type,
                                GBytes *body);
void
crm_sync_machine_network_error (CrmSyncMachine *self, guint64 serial, CrmSyncNetworkError error);
/* The network came back: no need to wait any longer. */
void crm_sync_machine_network_available (CrmSyncMachine *self);
void crm_sync_machine_timer (CrmSyncMachine *self);

/* Returns: (transfer full) (nullable): in order; NULL when there is nothing to do */
CrmSyncAction *crm_sync_machine_next_action (CrmSyncMachine *self);
CrmSyncState crm_sync_machine_get_state (CrmSyncMachine *self);
/* 0 to 1 during a first load, else -1. */
double crm_sync_machine_get_progress (CrmSyncMachine *self);
/* How many records others changed, of what came since the last call. */
guint crm_sync_machine_take_arrived (CrmSyncMachine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSyncAction, crm_sync_action_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSyncMachine, crm_sync_machine_free)

G_END_DECLS
