#include "sync/crm-sync-private.h"

#include "wire/crm-past.h"
#include "wire/crm-wire-error.h"

/* Somebody waits for the answer, and has what is known meanwhile. */
static const CrmSyncHttpTimes times = { .idle_ms = 5000, .wait_ms = 5000, .total_ms = 20000 };

/* Data of the tasks; one is asked for at a time, the others wait in self->pasts. */
typedef struct
{
  char *id;
  gint64 before; /* 0: from the last change on */
  GSource *cancelled;
} Past;

static void
past_free (gpointer data)
{
  Past *past = data;

  if (past->cancelled != NULL)
    g_source_destroy (past->cancelled);
  g_clear_pointer (&past->cancelled, g_source_unref);
  g_free (past->id);
  g_free (past);
}

static void ask_next (CrmSync *self);

/* @error: (transfer full) (nullable) */
static void
end (CrmSync *self, GTask *task, GError *error)
{
  const gboolean first = g_queue_peek_head (&self->pasts) == task;

  if (!g_queue_remove (&self->pasts, task))
    {
      g_clear_error (&error);
      return;
    }

  if (first)
    crm_sync_http_cancel (self->past_http);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  if (first)
    ask_next (self);
  g_object_unref (task);
}

static void
end_in_state (CrmSync *self, GTask *task, CrmSyncState state, const char *detail)
{
  g_autofree char *text = crm_sync_describe (state, self->server, detail);

  end (self, task, g_error_new_literal (CRM_SYNC_ERROR, CRM_SYNC_ERROR_STATE + state, text));
}

static void
ask (CrmSync *self, GTask *task)
{
  const Past *past = g_task_get_task_data (task);
  g_autofree char *path = past->before == 0
                              ? g_strconcat ("/v1/history/", past->id, NULL)
                              : g_strdup_printf ("/v1/history/%s?before=%" G_GINT64_FORMAT,
                                                 past->id,
                                                 past->before);
  const CrmSyncAction action = {
    .type = CRM_SYNC_ACTION_SEND, .method = "GET", .path = path, .token = self->token
  };

  crm_sync_http_send (self->past_http, self->server, &action);
}

/* ---- The answer ---- */

static void
take_change (const CrmPastChange *from,
             CrmPulledValue *values,
             const char *own,
             CrmPulledChange *to)
{
  const gboolean is_own = g_strcmp0 (from->set.replica, own) == 0;

  *to = (CrmPulledChange) { .set = { .seq = from->set.seq,
                                     .id = from->set.id,
                                     .user = from->set.user,
                                     .device = from->set.device,
                                     .at = from->set.at,
                                     .action = from->set.action,
                                     .why = from->set.why,
                                     .group = from->set.group,
                                     .n = is_own ? from->set.n : 0 },
                            .op = from->op,
                            .kind = from->kind,
                            .values = values,
                            .n_values = from->n_fields };
  for (guint i = 0; i < from->n_fields; i++)
    values[i] = (CrmPulledValue) { from->fields[i].name,
                                   from->fields[i].old.text,
                                   from->fields[i].value.text };
}

static gboolean
save (CrmReplica *replica, const char *id, const CrmPast *past, GError **error)
{
  g_autofree CrmPulledChange *changes = g_new0 (CrmPulledChange, MAX (past->n_changes, 1));
  g_autofree CrmPulledValue *values = NULL;
  guint n = 0;

  for (guint i = 0; i < past->n_changes; i++)
    n += past->changes[i].n_fields;
  values = g_new0 (CrmPulledValue, MAX (n, 1));
  n = 0;
  for (guint i = 0; i < past->n_changes; i++)
    {
      take_change (&past->changes[i], &values[n], crm_replica_get_id (replica), &changes[i]);
      n += past->changes[i].n_fields;
    }

  return crm_sync_store_save_past (replica, id, changes, past->n_changes, error);
}

typedef struct
{
  char *id;
  GBytes *body;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_bytes_unref (job->body);
  g_free (job->id);
  g_free (job);
}

/* Where to go on, as a gint64; NULL when it failed. */
static gpointer
save_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  gsize size;
  const char *text = g_bytes_get_data (job->body, &size);
  g_autoptr (CrmPast) past = crm_past_read (text, size, error);

  if (past == NULL || !save (replica, job->id, past, error))
    return NULL;

  return g_memdup2 (&past->before, sizeof past->before);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CrmSync *self = CRM_SYNC (g_task_get_source_object (task));
  Past *past = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *before = crm_store_run_finish (CRM_STORE (source), result, &error);

  if (g_queue_peek_head (&self->pasts) != task)
    return;
  if (before == NULL)
    end_in_state (self,
                  task,
                  error->domain == CRM_WIRE_ERROR ? CRM_SYNC_PORTAL : CRM_SYNC_STORE_ERROR,
                  error->message);
  /* Older and older, or it would never end. */
  else if (*before > 0 && (past->before == 0 || *before < past->before))
    {
      past->before = *before;
      ask (self, task);
    }
  else
    end (self, task, NULL);
}

static void
take_body (CrmSync *self, GTask *task, GBytes *body)
{
  const Past *past = g_task_get_task_data (task);
  Job *job = g_new0 (Job, 1);

  job->id = g_strdup (past->id);
  job->body = g_bytes_ref (body);
  crm_store_run_async (self->store,
                       CRM_STORE_BULK,
                       save_on_worker,
                       job,
                       job_free,
                       g_free,
                       NULL,
                       saved_cb,
                       g_object_ref (task));
}

static void
take_refusal (CrmSync *self, GTask *task, const CrmSyncHttpResult *result)
{
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *text = g_bytes_get_data (result->body, &size);
  CrmSyncState state = CRM_SYNC_SERVER_ERROR;

  crm_wire_error_read (result->status, text, size, NULL, &error);
  /* Not sent yet, so all that happened to it is here. */
  if (g_error_matches (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_NOT_FOUND))
    {
      end (self, task, NULL);
      return;
    }

  /* What follows of these is for the next exchange to do. */
  if (g_error_matches (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_UNAUTHORIZED) ||
      g_error_matches (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_WIPE))
    state = CRM_SYNC_SIGNED_OUT;
  else if (g_error_matches (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_TRUNCATED) &&
           result->status < 500)
    state = CRM_SYNC_PORTAL;
  end_in_state (self, task, state, error->message);
}

static void
answered_cb (guint64 serial, const CrmSyncHttpResult *result, gpointer data)
{
  static const CrmSyncState states[] = { [CRM_SYNC_NETWORK_OFFLINE] = CRM_SYNC_OFFLINE,
                                         [CRM_SYNC_NETWORK_TIMEOUT] = CRM_SYNC_OFFLINE,
                                         [CRM_SYNC_NETWORK_TLS] = CRM_SYNC_TLS_ERROR,
                                         [CRM_SYNC_NETWORK_PROXY] = CRM_SYNC_PROXY_LOGIN };
  CrmSync *self = data;
  GTask *task = g_queue_peek_head (&self->pasts);

  if (!result->answered)
    end_in_state (self, task, states[result->error], result->message);
  else if (result->status != 200)
    take_refusal (self, task, result);
  else if (result->content_type == NULL ||
           g_ascii_strcasecmp (result->content_type, "application/json") != 0)
    end_in_state (self, task, CRM_SYNC_PORTAL, result->message);
  else
    take_body (self, task, result->body);
}

/* ---- The question ---- */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CrmSync *self = CRM_SYNC (source);
  GError *error = NULL;
  const gboolean loaded = crm_sync_load_finish (self, result, &error);

  if (g_queue_peek_head (&self->pasts) != task)
    g_clear_error (&error);
  else if (!loaded)
    end (self, task, error);
  else if (self->server == NULL || self->token == NULL)
    end_in_state (self, task, CRM_SYNC_SIGNED_OUT, NULL);
  else
    ask (self, task);
}

static void
ask_next (CrmSync *self)
{
  GTask *task = g_queue_peek_head (&self->pasts);

  if (task == NULL)
    return;

  if (self->past_http == NULL)
    {
      self->past_http = crm_sync_http_new (answered_cb, self);
      crm_sync_http_set_times (self->past_http, &times);
    }
  /* A keyring is not asked again and again. */
  if (self->server != NULL && self->token != NULL)
    ask (self, task);
  else
    crm_sync_load_async (self, NULL, loaded_cb, g_object_ref (task));
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  GTask *task = data;

  end (g_task_get_source_object (task),
       task,
       g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));

  return G_SOURCE_REMOVE;
}

void
crm_sync_load_past_async (CrmSync *self,
                          const char *id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;
  Past *past;

  g_return_if_fail (CRM_IS_SYNC (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  past = g_new0 (Past, 1);
  past->id = g_strdup (id);
  g_task_set_source_tag (task, crm_sync_load_past_async);
  g_task_set_task_data (task, past, past_free);
  if (cancellable != NULL)
    {
      past->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_static_name (past->cancelled, "[crm] past cancelled");
      g_source_set_callback (past->cancelled, G_SOURCE_FUNC (cancelled_cb), task, NULL);
      g_source_attach (past->cancelled, NULL);
    }
  g_queue_push_tail (&self->pasts, task);
  if (g_queue_get_length (&self->pasts) == 1)
    ask_next (self);
}

gboolean
crm_sync_load_past_finish (CrmSync *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
crm_sync_drop_pasts (CrmSync *self)
{
  GTask *task;

  while ((task = g_queue_peek_tail (&self->pasts)) != NULL)
    end (self, task, g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
}
