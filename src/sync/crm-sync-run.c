#include "sync/crm-sync-private.h"

#include "base/crm-clock.h"

/* Another program's lock is tried again. */
#define LOCK_RETRY_MS 2000
/* However long an answer says to stay away. */
#define MAX_RETRY_AFTER (60 * 60)

/* ---- Begin and end ---- */

gboolean
crm_sync_take_lock (CrmSync *self, GError **error)
{
  if (self->lock == NULL)
    self->lock = crm_sync_lock_take (crm_store_get_dir (self->store), error);

  return self->lock != NULL;
}

void
crm_sync_end_run (CrmSync *self)
{
  self->run++;
  crm_sync_http_cancel (self->http);
  g_clear_handle_id (&self->timer_source, g_source_remove);
  g_clear_handle_id (&self->lock_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  crm_sync_set_progress (self, -1);
}

void
crm_sync_end (CrmSync *self)
{
  crm_sync_end_run (self);
  self->started = FALSE;
  g_clear_pointer (&self->lock, crm_sync_lock_free);
  g_signal_emit_by_name (self, "done");
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CrmSync *self = CRM_SYNC (source);
  g_autoptr (GError) error = NULL;
  CrmSyncStep *step;
  const gboolean loaded = crm_sync_load_finish (self, result, &error);

  if (GPOINTER_TO_UINT (data) != self->run)
    return;
  if (!loaded || self->server == NULL)
    {
      crm_sync_set_state (self,
                          loaded ? CRM_SYNC_SIGNED_OUT : CRM_SYNC_STORE_ERROR,
                          loaded ? NULL : error->message);
      if (!self->watch)
        crm_sync_end (self);
      return;
    }

  step = crm_sync_step_new (self, CRM_SYNC_STEP_START);
  step->watch = self->watch;
  step->token = g_strdup (self->token);
  crm_sync_step_run (self, step);
}

static gboolean
lock_cb (gpointer data)
{
  CrmSync *self = data;

  self->lock_source = 0;
  crm_sync_begin_run (self);

  return G_SOURCE_REMOVE;
}

void
crm_sync_begin_run (CrmSync *self)
{
  g_autoptr (GError) error = NULL;

  crm_sync_end_run (self);
  if (!crm_sync_take_lock (self, &error))
    {
      crm_sync_set_state (self, CRM_SYNC_PAUSED, error->message);
      self->lock_source = g_timeout_add (LOCK_RETRY_MS, lock_cb, self);
      return;
    }

  crm_sync_load_async (self, NULL, loaded_cb, GUINT_TO_POINTER (self->run));
}

/* ---- Actions of the machine ---- */

static gboolean
timer_cb (gpointer data)
{
  CrmSync *self = data;

  self->timer_source = 0;
  crm_sync_step_run (self, crm_sync_step_new (self, CRM_SYNC_STEP_TIMER));

  return G_SOURCE_REMOVE;
}

static void
set_timer (CrmSync *self, guint64 wanted)
{
  const guint64 milliseconds = MAX (wanted, 1000 * (guint64) self->retry_after);

  self->retry_after = 0;
  if (!self->watch && milliseconds > self->patience_ms)
    {
      crm_sync_end (self);
      return;
    }

  g_clear_handle_id (&self->timer_source, g_source_remove);
  self->timer_source = g_timeout_add ((guint) MIN (milliseconds, G_MAXUINT), timer_cb, self);
}

static gboolean
is_failure (CrmSyncState state)
{
  return state != CRM_SYNC_WORKING && state != CRM_SYNC_IN_STEP;
}

static void
fail_login (CrmSync *self, CrmSyncState state, const char *message)
{
  g_autofree char *text = crm_sync_describe (state, self->login_server, message);

  crm_sync_end_login (self,
                      g_error_new_literal (CRM_SYNC_ERROR, CRM_SYNC_ERROR_STATE + state, text));
}

static gpointer
save_contact_on_worker (CrmReplica *replica,
                        gpointer data,
                        GCancellable *cancellable,
                        GError **error)
{
  crm_sync_store_set_state (replica, CRM_SYNC_STATE_LAST_CONTACT, data, error);

  return NULL;
}

static void
saved_contact_cb (GObject *source, GAsyncResult *result, gpointer unused)
{
  g_autoptr (GError) error = NULL;

  crm_store_run_finish (CRM_STORE (source), result, &error);
  if (error != NULL)
    g_message ("The time of the last contact was not kept: %s", error->message);
}

/* An exchange in which nothing came writes nothing by itself. */
static void
note_contact (CrmSync *self)
{
  char *at = crm_clock_format (crm_clock_now ());

  crm_sync_set_last_contact (self, at);
  crm_store_run_async (self->store,
                       CRM_STORE_BULK,
                       save_contact_on_worker,
                       at,
                       g_free,
                       NULL,
                       NULL,
                       saved_contact_cb,
                       NULL);
}

static void
take_state (CrmSync *self, const CrmSyncAction *action)
{
  const char *message = action->message != NULL ? action->message : self->network_message;

  if (self->login != NULL && is_failure (action->state))
    {
      fail_login (self, action->state, message);
      return;
    }
  if (action->state == CRM_SYNC_IN_STEP)
    note_contact (self);
  crm_sync_set_state (self, action->state, is_failure (action->state) ? message : NULL);
}

static void
token_saved_cb (GObject *source, GAsyncResult *result, gpointer unused)
{
  g_autoptr (GError) error = NULL;

  if (!crm_sync_save_token_finish (CRM_SYNC (source), result, &error))
    g_message ("The token could not be forgotten: %s", error->message);
}

static void
take_token (CrmSync *self, const char *token)
{
  if (self->login != NULL && token != NULL)
    {
      crm_sync_take_login_token (self, token);
      return;
    }

  crm_sync_save_token_async (self, token, NULL, token_saved_cb, NULL);
}

static void
send (CrmSync *self, const CrmSyncAction *action)
{
  const char *server = self->login != NULL ? self->login_server : self->server;

  g_clear_pointer (&self->network_message, g_free);
  crm_sync_http_send (self->http, server, action);
}

void
crm_sync_act (CrmSync *self, const CrmSyncAction *action)
{
  switch (action->type)
    {
    case CRM_SYNC_ACTION_SEND:
      send (self, action);
      break;

    case CRM_SYNC_ACTION_CANCEL:
      crm_sync_http_cancel (self->http);
      break;

    case CRM_SYNC_ACTION_TIMER:
      set_timer (self, action->milliseconds);
      break;

    case CRM_SYNC_ACTION_STATE:
      take_state (self, action);
      break;

    case CRM_SYNC_ACTION_TOKEN:
      take_token (self, action->token);
      break;

    case CRM_SYNC_ACTION_STEPPED_BACK:
      crm_sync_emit_stepped_back (self, action->stepped_back);
      break;

    case CRM_SYNC_ACTION_WIPE:
      crm_sync_emit_wipe (self);
      break;

    case CRM_SYNC_ACTION_DONE:
      crm_sync_end (self);
      break;

    /* Counted after each step. */
    case CRM_SYNC_ACTION_PARKED:
    default:
      break;
    }
}

/* ---- Events ---- */

void
crm_sync_answered_cb (guint64 serial, const CrmSyncHttpResult *result, gpointer data)
{
  CrmSync *self = data;
  CrmSyncStep *step;

  if (self->logout != NULL)
    {
      crm_sync_end_logout (self);
      return;
    }

  self->retry_after = MIN (result->retry_after, MAX_RETRY_AFTER);
  g_set_str (&self->network_message, result->message);
  step = crm_sync_step_new (self, result->answered ? CRM_SYNC_STEP_ANSWER : CRM_SYNC_STEP_ERROR);
  step->serial = serial;
  step->status = result->status;
  step->content_type = g_strdup (result->content_type);
  step->body = result->body != NULL ? g_bytes_ref (result->body) : NULL;
  step->error = result->error;
  crm_sync_step_run (self, step);
}

/* Whether a machine runs that wants to know. */
static gboolean
is_running (CrmSync *self)
{
  return self->started && self->watch && !self->paused && self->lock_source == 0 &&
         self->login == NULL && self->logout == NULL && !crm_sync_state_is_final (self->state);
}

void
crm_sync_store_changed_cb (CrmSync *self)
{
  if (is_running (self))
    crm_sync_step_run (self, crm_sync_step_new (self, CRM_SYNC_STEP_CHANGE));
  crm_sync_count (self);
}

void
crm_sync_network_changed_cb (CrmSync *self, gboolean available)
{
  if (available && is_running (self))
    crm_sync_step_run (self, crm_sync_step_new (self, CRM_SYNC_STEP_NETWORK));
}

gboolean
crm_sync_start (CrmSync *self, gboolean watch, GError **error)
{
  g_return_val_if_fail (CRM_IS_SYNC (self), FALSE);

  if (!watch && !crm_sync_take_lock (self, error))
    return FALSE;

  self->started = TRUE;
  self->paused = FALSE;
  self->watch = watch;
  if (self->login == NULL && self->logout == NULL)
    crm_sync_begin_run (self);

  return TRUE;
}

void
crm_sync_stop (CrmSync *self)
{
  g_return_if_fail (CRM_IS_SYNC (self));

  self->started = FALSE;
  crm_sync_end_run (self);
  crm_sync_drop_pasts (self);
  g_clear_pointer (&self->lock, crm_sync_lock_free);
  crm_sync_set_state (self, CRM_SYNC_PAUSED, NULL);
}

void
crm_sync_now (CrmSync *self)
{
  g_return_if_fail (CRM_IS_SYNC (self));

  if (is_running (self))
    crm_sync_step_run (self, crm_sync_step_new (self, CRM_SYNC_STEP_NETWORK));
  else if (self->started && self->login == NULL && self->logout == NULL)
    {
      self->paused = FALSE;
      crm_sync_begin_run (self);
    }
}

void
crm_sync_set_paused (CrmSync *self, gboolean paused)
{
  g_return_if_fail (CRM_IS_SYNC (self));

  if (self->paused == paused || !self->started)
    return;

  self->paused = paused;
  if (self->login != NULL || self->logout != NULL)
    return;
  if (!paused)
    {
      crm_sync_begin_run (self);
      return;
    }

  crm_sync_end_run (self);
  crm_sync_set_state (self, CRM_SYNC_PAUSED, NULL);
}
