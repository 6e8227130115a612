#include "sync/crm-sync-look.h"

#include "sync/crm-sync-http-private.h"
#include "sync/crm-sync.h"
#include "wire/crm-hello.h"

#include <string.h>

/* People look at an empty dialog meanwhile. */
#define LOOK_MS 15000

typedef struct
{
  CrmSyncHttp *http;
  char *server;
  char *name;
  GSource *cancelled; /* nullable */
  gboolean done;
} Look;

/* "crm.example.org:8470": what people know a server by that tells no name. */
static char *
dup_host (const char *server)
{
  const char *scheme = strstr (server, "://");

  return g_strdup (scheme != NULL ? scheme + 3 : server);
}

static void
look_free (gpointer data)
{
  Look *look = data;

  if (look->cancelled != NULL)
    g_source_destroy (look->cancelled);
  g_clear_pointer (&look->cancelled, g_source_unref);
  g_clear_pointer (&look->http, crm_sync_http_free);
  g_free (look->server);
  g_free (look->name);
  g_free (look);
}

static void
return_state (GTask *task, CrmSyncState state, const char *detail)
{
  Look *look = g_task_get_task_data (task);
  g_autofree char *text = crm_sync_describe (state, look->server, detail);

  g_task_return_new_error_literal (task, CRM_SYNC_ERROR, CRM_SYNC_ERROR_STATE + (int) state, text);
}

static CrmSyncState
get_state (CrmSyncNetworkError error)
{
  switch (error)
    {
    case CRM_SYNC_NETWORK_TLS:
      return CRM_SYNC_TLS_ERROR;
    case CRM_SYNC_NETWORK_PROXY:
      return CRM_SYNC_PROXY_LOGIN;
    case CRM_SYNC_NETWORK_OFFLINE:
    case CRM_SYNC_NETWORK_TIMEOUT:
    default:
      return CRM_SYNC_OFFLINE;
    }
}

static void
take_hello (GTask *task, GBytes *body)
{
  Look *look = g_task_get_task_data (task);
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  g_autoptr (CrmHello) hello = crm_hello_read (text != NULL ? text : "", size, NULL);
  gboolean server_is_older = FALSE;
  g_autoptr (GError) error = NULL;

  if (hello == NULL)
    {
      return_state (task, CRM_SYNC_PORTAL, NULL);
      return;
    }
  if (!crm_hello_check (hello, &server_is_older, &error))
    {
      return_state (task,
                    server_is_older ? CRM_SYNC_SERVER_TOO_OLD : CRM_SYNC_APP_TOO_OLD,
                    error->message);
      return;
    }

  look->name = hello->name != NULL ? g_strdup (hello->name) : dup_host (look->server);
  g_task_return_boolean (task, TRUE);
}

/* Once: the answer, its failure, or that nobody waits any more. */
static GTask *
take_task (GTask *task)
{
  Look *look = g_task_get_task_data (task);

  if (look->done)
    return NULL;
  look->done = TRUE;

  return task;
}

static gboolean
free_later_cb (gpointer data)
{
  g_object_unref (data);

  return G_SOURCE_REMOVE;
}

/* What carries the request is freed with the task, but not within its own callback. */
static void
let_go (GTask *task)
{
  g_idle_add (free_later_cb, task);
}

static void
answered_cb (guint64 serial, const CrmSyncHttpResult *result, gpointer data)
{
  GTask *task = take_task (data);

  if (task == NULL)
    return;
  if (!result->answered)
    return_state (task, get_state (result->error), result->message);
  else if (result->status >= 500)
    return_state (task, CRM_SYNC_SERVER_ERROR, NULL);
  else if (result->status != 200 || g_strcmp0 (result->content_type, "application/json") != 0)
    return_state (task, CRM_SYNC_PORTAL, NULL);
  else
    take_hello (task, result->body);
  let_go (task);
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  GTask *task = take_task (data);
  Look *look = g_task_get_task_data (data);

  if (task == NULL)
    return G_SOURCE_REMOVE;
  crm_sync_http_cancel (look->http);
  g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  let_go (task);

  return G_SOURCE_REMOVE;
}

void
crm_sync_look_async (const char *url,
                     gboolean insecure,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  static const CrmSyncHttpTimes times = { LOOK_MS, LOOK_MS, LOOK_MS };
  const CrmSyncAction action = { .type = CRM_SYNC_ACTION_SEND,
                                 .method = "GET",
                                 .path = (char *) "/v1/hello" };
  GTask *task;
  GError *error = NULL;
  Look *look;

  g_return_if_fail (url != NULL);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, crm_sync_look_async);
  look = g_new0 (Look, 1);
  g_task_set_task_data (task, look, look_free);
  look->server = crm_sync_normalize_server (url, insecure, &error);
  if (look->server == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  look->http = crm_sync_http_new (answered_cb, task);
  crm_sync_http_set_times (look->http, &times);
  if (cancellable != NULL)
    {
      look->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_static_name (look->cancelled, "[crm] look cancelled");
      g_source_set_callback (look->cancelled, G_SOURCE_FUNC (cancelled_cb), task, NULL);
      g_source_attach (look->cancelled, NULL);
    }
  crm_sync_http_send (look->http, look->server, &action);
}

char *
crm_sync_look_finish (GAsyncResult *result, char **name, GError **error)
{
  Look *look;

  g_return_val_if_fail (g_async_result_is_tagged (result, crm_sync_look_async), NULL);

  look = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  if (name != NULL)
    *name = g_strdup (look->name);

  return g_strdup (look->server);
}
