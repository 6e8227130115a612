#include "sync/crm-sync-private.h"

/* So long the server is waited for before it is left without a goodbye. */
#define LOGOUT_MS 5000

/* ---- Login: a run of its own ---- */

/* Goes on as before, or is at rest. */
static void
resume (CrmSync *self)
{
  crm_sync_end_run (self);
  if (self->started && !self->paused)
    crm_sync_begin_run (self);
  else if (!self->started)
    g_clear_pointer (&self->lock, crm_sync_lock_free);
}

static GTask *
take_login (CrmSync *self)
{
  if (self->login_cancelled != NULL)
    g_source_destroy (self->login_cancelled);
  g_clear_pointer (&self->login_cancelled, g_source_unref);
  g_clear_pointer (&self->login_server, g_free);

  return g_steal_pointer (&self->login);
}

void
crm_sync_end_login (CrmSync *self, GError *error)
{
  g_autoptr (GTask) task = take_login (self);

  resume (self);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer unused)
{
  CrmSync *self = CRM_SYNC (source);
  GError *error = NULL;

  crm_sync_save_token_finish (self, result, &error);
  if (self->login == NULL)
    {
      g_clear_error (&error);
      return;
    }

  if (error == NULL)
    crm_sync_set_known (self, self->login_server, self->login_user);
  crm_sync_end_login (self, error);
}

void
crm_sync_take_login_token (CrmSync *self, const char *token)
{
  /* What the machine wants next is for a run that knows that it goes on. */
  crm_sync_end_run (self);
  crm_sync_save_token_async (self, token, self->login_server, saved_cb, NULL);
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  crm_sync_end_login (data, g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));

  return G_SOURCE_REMOVE;
}

static void
watch_cancellable (CrmSync *self, GCancellable *cancellable)
{
  if (cancellable == NULL)
    return;

  self->login_cancelled = g_cancellable_source_new (cancellable);
  g_source_set_static_name (self->login_cancelled, "[crm] login cancelled");
  g_source_set_callback (self->login_cancelled, G_SOURCE_FUNC (cancelled_cb), self, NULL);
  g_source_attach (self->login_cancelled, NULL);
}

void
crm_sync_login_async (CrmSync *self,
                      const char *url,
                      const char *user,
                      const char *password,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *server = NULL;
  GError *error = NULL;
  CrmSyncStep *step;

  g_return_if_fail (CRM_IS_SYNC (self));
  g_return_if_fail (url != NULL && user != NULL && password != NULL);
  g_return_if_fail (self->login == NULL && self->logout == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_sync_login_async);
  server = crm_sync_normalize_server (url, self->insecure, &error);
  if (server == NULL || !crm_sync_take_lock (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  crm_sync_end_run (self);
  self->login = g_steal_pointer (&task);
  self->login_server = g_steal_pointer (&server);
  g_set_str (&self->login_user, user);
  watch_cancellable (self, cancellable);

  step = crm_sync_step_new (self, CRM_SYNC_STEP_LOGIN);
  step->user = g_strdup (user);
  step->password = g_strdup (password);
  step->device = g_strdup (self->device);
  step->may_move = self->may_move;
  crm_sync_step_run (self, step);
}

gboolean
crm_sync_login_finish (CrmSync *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- Logout ---- */

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer unused)
{
  CrmSync *self = CRM_SYNC (source);
  g_autoptr (GTask) task = g_steal_pointer (&self->logout);
  GError *error = NULL;

  crm_sync_save_token_finish (self, result, &error);
  self->started = FALSE;
  g_clear_pointer (&self->lock, crm_sync_lock_free);
  crm_sync_set_state (self, CRM_SYNC_SIGNED_OUT, NULL);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
crm_sync_end_logout (CrmSync *self)
{
  crm_sync_http_set_times (self->http, NULL);
  crm_sync_save_token_async (self, NULL, NULL, forgotten_cb, NULL);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer unused)
{
  static const CrmSyncHttpTimes times = { LOGOUT_MS, LOGOUT_MS, LOGOUT_MS };
  CrmSync *self = CRM_SYNC (source);
  const CrmSyncAction action = { .type = CRM_SYNC_ACTION_SEND,
                                 .method = "DELETE",
                                 .path = (char *) "/v1/device",
                                 .token = self->token };

  if (!crm_sync_load_finish (self, result, NULL) || self->token == NULL || self->server == NULL)
    {
      crm_sync_end_logout (self);
      return;
    }

  crm_sync_http_set_times (self->http, &times);
  crm_sync_http_send (self->http, self->server, &action);
}

void
crm_sync_logout_async (CrmSync *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (CRM_IS_SYNC (self));
  g_return_if_fail (self->login == NULL && self->logout == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_sync_logout_async);
  if (!crm_sync_take_lock (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  crm_sync_end_run (self);
  self->logout = g_steal_pointer (&task);
  crm_sync_load_async (self, NULL, loaded_cb, NULL);
}

gboolean
crm_sync_logout_finish (CrmSync *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
