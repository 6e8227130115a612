#pragma once

#include "sync/crm-sync-http-private.h"
#include "sync/crm-sync-lock-private.h"
#include "sync/crm-sync.h"

G_BEGIN_DECLS

struct _CrmSync
{
  GObject parent_instance;

  CrmStore *store;
  CrmKeyring *keyring; /* nullable */
  CrmSyncHttp *http;
  CrmSyncLock *lock; /* nullable: not held */
  GNetworkMonitor *monitor;

  /* Asked for by crm_sync_start(). */
  gboolean started;
  gboolean watch;
  gboolean paused;
  gboolean insecure;
  gboolean may_move;

  /* One exchange that nobody watches over does not wait longer than this before it tries again. */
  guint patience_ms;
  guint retry_after; /* seconds that the last answer asked for */

  /* A run is one machine from its start on; what comes of an earlier one is not looked at. */
  guint run;
  GCancellable *cancellable; /* of the run's jobs */
  guint timer_source;
  guint lock_source;
  /* Only within jobs of the store's writer, which run one after the other. */
  CrmSyncMachine *machine;
  guint machine_run; /* as above */
  gint64 seen_last;  /* the end of the log when it was looked at last; as above */

  /* nullable: the one that is on its way */
  GTask *login;
  GSource *login_cancelled;
  char *login_server;
  char *login_user;
  char *device; /* nullable: what people call this one */
  GTask *logout;

  /* What was asked of the past of records; the head is on its way. */
  GQueue pasts;           /* (element-type GTask) */
  CrmSyncHttp *past_http; /* nullable */

  CrmSyncState state;
  char *message;
  char *network_message; /* nullable: of the last request that failed */
  char *server;
  char *user;
  char *token;  /* nullable; as it was loaded, or is being kept */
  guint saving; /* it is on its way to where it is kept */
  char *last_contact;
  gint64 pending;
  gint64 conflicts;
  gint64 parked;
  gint64 rejected;
  double progress;
  gboolean counting;
  gboolean count_again;
};

/* ---- crm-sync.c ---- */

void crm_sync_set_state (CrmSync *self, CrmSyncState state, const char *message);
void crm_sync_set_progress (CrmSync *self, double progress);
void crm_sync_emit_stepped_back (CrmSync *self, GPtrArray *items);
void crm_sync_emit_arrived (CrmSync *self, guint n);
void crm_sync_emit_wipe (CrmSync *self);
void crm_sync_set_known (CrmSync *self, const char *server, const char *user);
void crm_sync_set_last_contact (CrmSync *self, const char *at);
void crm_sync_set_counts (CrmSync *self, const CrmSyncCounts *counts);
/* Counts again what is unsent, soon. */
void crm_sync_count (CrmSync *self);

/* ---- crm-sync-run.c: the life of a machine ---- */

/* Ends a run; the lock stays. */
void crm_sync_end_run (CrmSync *self);
/* A new run, which starts with the token that is kept. */
void crm_sync_begin_run (CrmSync *self);
/* The end of what was asked for: lets the lock go and emits “done”. */
void crm_sync_end (CrmSync *self);
gboolean crm_sync_take_lock (CrmSync *self, GError **error);
/* Of CrmSyncHttp. */
void crm_sync_answered_cb (guint64 serial, const CrmSyncHttpResult *result, gpointer data);
void crm_sync_store_changed_cb (CrmSync *self);
void crm_sync_network_changed_cb (CrmSync *self, gboolean available);

/* ---- crm-sync-step.c: one event and what comes of it ---- */

typedef enum
{
  CRM_SYNC_STEP_START,
  CRM_SYNC_STEP_LOGIN,
  CRM_SYNC_STEP_ANSWER,
  CRM_SYNC_STEP_ERROR,
  CRM_SYNC_STEP_CHANGE,
  CRM_SYNC_STEP_NETWORK,
  CRM_SYNC_STEP_TIMER,
} CrmSyncStepType;

typedef struct
{
  CrmSyncStepType type;
  guint run;
  /* START */
  gboolean watch;
  char *token; /* nullable */
  /* LOGIN */
  char *user;
  char *password;
  char *device; /* nullable */
  gboolean may_move;
  /* ANSWER, ERROR */
  guint64 serial;
  guint status;
  char *content_type;
  GBytes *body;
  CrmSyncNetworkError error;
} CrmSyncStep;

CrmSyncStep *crm_sync_step_new (CrmSync *self, CrmSyncStepType type);
/* @step: (transfer full). Its actions come to crm_sync_act(), unless the run has ended. */
void crm_sync_step_run (CrmSync *self, CrmSyncStep *step);
/* crm-sync-run.c */
void crm_sync_act (CrmSync *self, const CrmSyncAction *action);

/* ---- crm-sync-known.c: where the token is, and what else is kept; crm_sync_load_async() ---- */

/* @token: nullable: forget it; @server: nullable: leave it as it is */
void crm_sync_save_token_async (CrmSync *self,
                                const char *token,
                                const char *server,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean crm_sync_save_token_finish (CrmSync *self, GAsyncResult *result, GError **error);

/* ---- crm-sync-past.c ---- */

/* Nobody waits any more. */
void crm_sync_drop_pasts (CrmSync *self);

/* ---- crm-sync-login.c ---- */

/* The login or logout that is on its way has ended. @error: (transfer full) (nullable) */
void crm_sync_end_login (CrmSync *self, GError *error);
void crm_sync_take_login_token (CrmSync *self, const char *token);
void crm_sync_end_logout (CrmSync *self);

G_END_DECLS
