#include "sync/crm-sync-machine-private.h"

#include "base/crm-bug.h"
#include "base/crm-clock.h"
#include "wire/crm-hello.h"
#include "wire/crm-page.h"

#include <string.h>

/* The first try again comes after about this; each one after takes twice as long. */
#define FIRST_DELAY_MS 1000
#define MAX_DELAY_MS   (5 * 60 * 1000)
#define MAX_SETS       500
/* One exchange that nobody watches over gives up then. */
#define MAX_RETRIES 9

static gint64
now (gpointer unused)
{
  return crm_clock_now ();
}

static guint32
draw (gpointer unused)
{
  return g_random_int ();
}

CrmSyncMachine *
crm_sync_machine_new (CrmReplica *replica, gboolean watch, const CrmSyncSources *sources)
{
  CrmSyncMachine *self;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);

  self = g_new0 (CrmSyncMachine, 1);
  self->replica = g_object_ref (replica);
  self->watch = watch;
  self->sources = sources != NULL ? *sources : (CrmSyncSources) { .now = now, .random = draw };
  self->batch_max = MAX_SETS;
  self->token = crm_sync_store_dup_state (replica, CRM_SYNC_STATE_TOKEN);
  g_queue_init (&self->actions);

  return self;
}

static void
wipe_password (CrmSyncMachine *self)
{
  if (self->password != NULL)
    explicit_bzero (self->password, strlen (self->password));
  g_clear_pointer (&self->password, g_free);
}

void
crm_sync_machine_free (CrmSyncMachine *self)
{
  if (self == NULL)
    return;

  wipe_password (self);
  g_queue_clear_full (&self->actions, (GDestroyNotify) crm_sync_action_free);
  g_free (self->token);
  g_free (self->user);
  g_free (self->device);
  g_free (self->moving);
  g_free (self->epoch);
  g_free (self->asked_cursor);
  g_object_unref (self->replica);
  g_free (self);
}

void
crm_sync_action_free (CrmSyncAction *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->stepped_back, g_ptr_array_unref);
  g_free (self->path);
  g_free (self->token);
  g_free (self->message);
  g_free (self);
}

void
crm_sync_machine_set_token (CrmSyncMachine *self, const char *token)
{
  g_return_if_fail (self != NULL);

  g_set_str (&self->token, token);
}

void
crm_sync_machine_set_password (CrmSyncMachine *self,
                               const char *user,
                               const char *password,
                               const char *device)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (user != NULL && password != NULL);

  wipe_password (self);
  self->password = g_strdup (password);
  g_set_str (&self->user, user);
  g_set_str (&self->device, device);
}

void
crm_sync_machine_allow_move (CrmSyncMachine *self)
{
  g_return_if_fail (self != NULL);

  self->may_move = TRUE;
}

CrmSyncAction *
crm_sync_machine_add_action (CrmSyncMachine *self, CrmSyncActionType type)
{
  CrmSyncAction *action = g_new0 (CrmSyncAction, 1);

  action->type = type;
  g_queue_push_tail (&self->actions, action);

  return action;
}

void
crm_sync_machine_act (CrmSyncMachine *self, CrmSyncActionType type)
{
  crm_sync_machine_add_action (self, type);
}

CrmSyncAction *
crm_sync_machine_next_action (CrmSyncMachine *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_queue_pop_head (&self->actions);
}

CrmSyncState
crm_sync_machine_get_state (CrmSyncMachine *self)
{
  g_return_val_if_fail (self != NULL, CRM_SYNC_PAUSED);

  return self->state;
}

double
crm_sync_machine_get_progress (CrmSyncMachine *self)
{
  g_return_val_if_fail (self != NULL, -1);

  if (self->n_to_load <= 0)
    return -1;

  return (double) MIN (self->n_loaded, self->n_to_load) / (double) self->n_to_load;
}

guint
crm_sync_machine_take_arrived (CrmSyncMachine *self)
{
  guint n;

  g_return_val_if_fail (self != NULL, 0);

  n = self->n_arrived;
  self->n_arrived = 0;

  return n;
}

void
crm_sync_machine_send (CrmSyncMachine *self,
                       CrmSyncPhase phase,
                       const char *method,
                       const char *path,
                       GString *body)
{
  CrmSyncAction *action = crm_sync_machine_add_action (self, CRM_SYNC_ACTION_SEND);

  self->phase = phase;
  self->out = TRUE;
  action->serial = ++self->serial;
  action->method = method;
  action->path = g_strdup (path);
  action->body = body != NULL ? g_string_free_to_bytes (body) : NULL;
  action->waits = self->waiting;
  if (phase != CRM_SYNC_PHASE_HELLO && phase != CRM_SYNC_PHASE_LOGIN)
    action->token = g_strdup (self->token);
}

void
crm_sync_machine_set_state (CrmSyncMachine *self, CrmSyncState state, const char *message)
{
  CrmSyncAction *action;

  if (self->state == state)
    return;

  self->state = state;
  action = crm_sync_machine_add_action (self, CRM_SYNC_ACTION_STATE);
  action->state = state;
  action->message = g_strdup (message);
}

void
crm_sync_machine_halt (CrmSyncMachine *self, CrmSyncState state, const char *message)
{
  self->phase = CRM_SYNC_PHASE_IDLE;
  self->out = FALSE;
  self->running = FALSE;
  crm_sync_machine_set_state (self, state, message);
  if (!self->watch)
    crm_sync_machine_act (self, CRM_SYNC_ACTION_DONE);
}

/* Half of the delay at least, so that tries are spread but none comes at once. */
void
crm_sync_machine_back_off (CrmSyncMachine *self, guint64 at_least)
{
  const guint shift = MIN (self->n_retries, 20);
  const guint64 delay = MIN ((guint64) FIRST_DELAY_MS << shift, MAX_DELAY_MS);
  const guint64 jitter = self->sources.random (self->sources.data) % (delay / 2 + 1);
  CrmSyncAction *action;

  if (!self->watch && self->n_retries >= MAX_RETRIES)
    {
      crm_sync_machine_halt (self, self->state, NULL);
      return;
    }

  self->n_retries++;
  self->phase = CRM_SYNC_PHASE_IDLE;
  self->out = FALSE;
  self->waiting = FALSE;
  if (self->n_retries > 2 && CRM_BUG ("retry-timer-dies"))
    return;
  action = crm_sync_machine_add_action (self, CRM_SYNC_ACTION_TIMER);
  action->milliseconds = MAX (delay / 2 + jitter, at_least);
}

void
crm_sync_machine_store_failed (CrmSyncMachine *self, const GError *error)
{
  crm_sync_machine_set_state (self, CRM_SYNC_STORE_ERROR, error->message);
  crm_sync_machine_back_off (self, 0);
}

void
crm_sync_machine_ask (CrmSyncMachine *self, const char *message)
{
  self->asks = TRUE;
  if (self->n_asked++ == 0)
    {
      crm_sync_machine_go_on (self);
      return;
    }

  self->n_retries = MAX (self->n_retries, self->n_asked);
  crm_sync_machine_set_state (self, CRM_SYNC_SERVER_ERROR, message);
  crm_sync_machine_back_off (self, 0);
}

static void
send_hello (CrmSyncMachine *self)
{
  crm_sync_machine_send (self, CRM_SYNC_PHASE_HELLO, "GET", "/v1/hello", NULL);
}

static void
send_login (CrmSyncMachine *self)
{
  GString *body = g_string_new (NULL);
  const char *id = self->moving != NULL ? self->moving : crm_replica_get_id (self->replica);

  crm_device_request_write (&(CrmDeviceRequest) { .user = self->user,
                                                  .password = self->password,
                                                  .replica = id,
                                                  .device = self->device },
                            body);
  crm_sync_machine_send (self, CRM_SYNC_PHASE_LOGIN, "POST", "/v1/device", body);
}

/* Nothing to push and nothing to pull. */
static void
end_exchange (CrmSyncMachine *self)
{
  self->n_retries = 0;
  self->n_asked = 0;
  crm_sync_machine_set_state (self, CRM_SYNC_IN_STEP, NULL);
  if (!self->watch)
    {
      self->running = FALSE;
      self->phase = CRM_SYNC_PHASE_IDLE;
      crm_sync_machine_act (self, CRM_SYNC_ACTION_DONE);
      return;
    }

  crm_sync_pull_send (self, CRM_SYNC_PHASE_PULL, TRUE);
}

/* TRUE also when it is not known whether to. */
static gboolean
send_boot (CrmSyncMachine *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *cursor = NULL;
  gint64 scope;

  if (!crm_sync_store_load_state (self->replica, CRM_SYNC_STATE_CURSOR, &cursor, &error) ||
      !crm_sync_store_load_next_boot (self->replica, &scope, &error))
    {
      crm_sync_machine_store_failed (self, error);
      return TRUE;
    }
  /* What changes while it loads is pulled from a place before it; without one it would be missed.
   */
  if (scope == 0 || (cursor == NULL && !CRM_BUG ("boot-without-place")))
    return FALSE;

  crm_sync_boot_send (self, scope);

  return TRUE;
}

void
crm_sync_machine_go_on (CrmSyncMachine *self)
{
  gboolean sent = FALSE;

  self->out = FALSE;
  self->waiting = FALSE;
  if (!self->running)
    return;

  if (!self->greeted)
    send_hello (self);
  else if (self->password != NULL)
    send_login (self);
  else if (self->token == NULL)
    crm_sync_machine_halt (self, CRM_SYNC_SIGNED_OUT, NULL);
  else if (self->asks)
    {
      self->asks = FALSE;
      crm_sync_pull_send (self, CRM_SYNC_PHASE_ASK_CURSOR, FALSE);
    }
  else if (send_boot (self) || !crm_sync_push_send (self, &sent) || sent)
    return;
  else if (!self->pulled)
    crm_sync_pull_send (self, CRM_SYNC_PHASE_PULL, FALSE);
  else
    end_exchange (self);
}

/* So that an exchange in which nothing changed is one request. */
static void
recognize (CrmSyncMachine *self)
{
  g_autofree char *epoch = crm_sync_store_dup_state (self->replica, CRM_SYNC_STATE_EPOCH);

  self->trusted = epoch != NULL && self->token != NULL && self->password == NULL;
  self->greeted = self->trusted;
  if (self->trusted)
    g_set_str (&self->epoch, epoch);
}

/* ---- Events ---- */

void
crm_sync_machine_start (CrmSyncMachine *self)
{
  g_return_if_fail (self != NULL);

  if (self->running)
    return;

  self->running = TRUE;
  recognize (self);
  self->pulled = FALSE;
  self->asks = FALSE;
  self->n_retries = 0;
  self->n_asked = 0;
  self->pushed = 0;
  crm_sync_machine_set_state (self, CRM_SYNC_WORKING, NULL);
  crm_sync_machine_go_on (self);
}

static void
cancel (CrmSyncMachine *self)
{
  if (self->out)
    crm_sync_machine_add_action (self, CRM_SYNC_ACTION_CANCEL)->serial = self->serial;
  self->out = FALSE;
  self->waiting = FALSE;
  self->phase = CRM_SYNC_PHASE_IDLE;
}

void
crm_sync_machine_stop (CrmSyncMachine *self)
{
  g_return_if_fail (self != NULL);

  cancel (self);
  self->running = FALSE;
  crm_sync_machine_set_state (self, CRM_SYNC_PAUSED, NULL);
}

void
crm_sync_machine_local_change (CrmSyncMachine *self)
{
  g_return_if_fail (self != NULL);

  /* Else it is read when the turn of the outbox comes, or when the time to try again has come. */
  if (!self->running || !self->waiting)
    return;

  cancel (self);
  crm_sync_machine_go_on (self);
}

void
crm_sync_machine_network_available (CrmSyncMachine *self)
{
  g_return_if_fail (self != NULL);

  if (!self->running || self->out)
    return;

  self->n_retries = 0;
  crm_sync_machine_go_on (self);
}

void
crm_sync_machine_timer (CrmSyncMachine *self)
{
  g_return_if_fail (self != NULL);

  if (self->running && !self->out)
    crm_sync_machine_go_on (self);
}

void
crm_sync_machine_network_error (CrmSyncMachine *self, guint64 serial, CrmSyncNetworkError error)
{
  CrmSyncState state = CRM_SYNC_OFFLINE;

  g_return_if_fail (self != NULL);

  if (!self->out || serial != self->serial)
    return;

  /* A wait that nobody answered is as good as one without news. */
  if (self->waiting && error == CRM_SYNC_NETWORK_TIMEOUT)
    {
      self->pulled = FALSE;
      crm_sync_machine_go_on (self);
      return;
    }

  if (error == CRM_SYNC_NETWORK_TLS)
    state = CRM_SYNC_TLS_ERROR;
  else if (error == CRM_SYNC_NETWORK_PROXY)
    state = CRM_SYNC_PROXY_LOGIN;
  if (!self->watch)
    {
      crm_sync_machine_halt (self, state, NULL);
      return;
    }
  crm_sync_machine_set_state (self, state, NULL);
  crm_sync_machine_back_off (self, 0);
}

/* What a server of ours would say; anything else came from something in between. */
static gboolean
has_type (CrmSyncMachine *self, const char *content_type)
{
  const gboolean page = self->phase != CRM_SYNC_PHASE_HELLO &&
                        self->phase != CRM_SYNC_PHASE_LOGIN && self->phase != CRM_SYNC_PHASE_PUSH;
  const char *expected = page ? CRM_PAGE_TYPE : "application/json";

  return content_type != NULL &&
         g_ascii_strncasecmp (content_type, expected, strlen (expected)) == 0;
}

static void
take (CrmSyncMachine *self, GBytes *body)
{
  gsize size;
  const char *text = g_bytes_get_data (body, &size);

  switch (self->phase)
    {
    case CRM_SYNC_PHASE_HELLO:
      crm_sync_answer_hello (self, text, size);
      break;

    case CRM_SYNC_PHASE_LOGIN:
      crm_sync_answer_login (self, text, size);
      break;

    case CRM_SYNC_PHASE_PUSH:
      crm_sync_push_take (self, text, size);
      break;

    case CRM_SYNC_PHASE_BOOT:
      crm_sync_boot_take (self, body);
      break;

    case CRM_SYNC_PHASE_ASK_CURSOR:
    case CRM_SYNC_PHASE_ASK_ACK:
      crm_sync_pull_take_asked (self, body);
      break;

    case CRM_SYNC_PHASE_PULL:
      crm_sync_pull_take (self, body);
      break;

    case CRM_SYNC_PHASE_IDLE:
    default:
      g_assert_not_reached ();
    }
}

void
crm_sync_machine_response (CrmSyncMachine *self,
                           guint64 serial,
                           guint status,
                           const char *content_type,
                           GBytes *body)
{
  gsize size;
  const char *text;

  g_return_if_fail (self != NULL);
  g_return_if_fail (body != NULL);

  if (!self->out || serial != self->serial)
    return;

  self->out = FALSE;
  text = g_bytes_get_data (body, &size);
  if (status != 200)
    crm_sync_answer_fail (self, status, text, size);
  else if (!has_type (self, content_type))
    crm_sync_answer_bad (self, NULL);
  else
    take (self, body);
}
