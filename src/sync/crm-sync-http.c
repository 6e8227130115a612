#include "sync/crm-sync-http-private.h"

#include "crm-config.h"
#include "wire/crm-inflate.h"

#include <libsoup/soup.h>

#define CHUNK              (16 * 1024)
#define PACKED_FROM        1024 /* bytes; less gains nothing */
#define GZIP_LEVEL         6
#define STATUS_PROXY_LOGIN 407

static const CrmSyncHttpTimes house_times = {
  .idle_ms = 30 * 1000,
  .wait_ms = (50 + 30) * 1000,
  .total_ms = 10 * 60 * 1000,
};

/* One request and its answer. Held by the callbacks of what it waits for. */
typedef struct
{
  grefcount references;
  CrmSyncHttp *http; /* NULL when it was cancelled */
  guint64 serial;
  char *url;
  const char *method;
  char *token;
  gboolean waits;
  GBytes *body; /* nullable; packed before it is sent when it is large */
  gboolean packed;
  GCancellable *cancellable;
  guint idle_source;
  guint total_source;
  gboolean timed_out;
  /* On a connection of its own, and not one that was kept. */
  gboolean connects;
  SoupMessage *message;
  GInputStream *stream;
  CrmInflate *inflate;
} Request;

struct _CrmSyncHttp
{
  SoupSession *session;
  CrmSyncHttpTimes times;
  CrmSyncHttpFunc func;
  gpointer data;
  Request *request; /* nullable */
};

static Request *
request_ref (Request *self)
{
  g_ref_count_inc (&self->references);

  return self;
}

static void
request_unref (Request *self)
{
  if (!g_ref_count_dec (&self->references))
    return;

  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->inflate, crm_inflate_free);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  g_clear_object (&self->cancellable);
  g_free (self->url);
  g_free (self->token);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_unref)

/* Of the house no more: whatever comes back later is not looked at. */
static void
drop (Request *self)
{
  g_clear_handle_id (&self->idle_source, g_source_remove);
  g_clear_handle_id (&self->total_source, g_source_remove);
  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);
  self->http->request = NULL;
  self->http = NULL;
  g_cancellable_cancel (self->cancellable);
  request_unref (self);
}

static void
hand_over (Request *self, CrmSyncHttpResult *result)
{
  CrmSyncHttp *http = self->http;
  const guint64 serial = self->serial;

  if (http != NULL)
    {
      drop (self);
      http->func (serial, result, http->data);
    }
  g_clear_pointer (&result->body, g_bytes_unref);
  g_free (result->content_type);
  g_free (result->message);
}

/* ---- Failures ---- */

static gboolean
is_proxy_error (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_AUTH_FAILED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NOT_ALLOWED);
}

static CrmSyncNetworkError
classify (Request *self, const GError *error)
{
  if (self->timed_out || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return CRM_SYNC_NETWORK_TIMEOUT;
  /* One that ends without a word was cut, which is no question of trust. */
  if (error->domain == G_TLS_ERROR && error->code != G_TLS_ERROR_EOF)
    return CRM_SYNC_NETWORK_TLS;
  if (is_proxy_error (error))
    return CRM_SYNC_NETWORK_PROXY;

  return CRM_SYNC_NETWORK_OFFLINE;
}

static const char *
describe_tls (GTlsCertificateFlags flags)
{
  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    return "the certificate has expired";
  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return "the certificate is not valid yet; is the clock right?";
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return "the certificate is for another name";
  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return "nobody this device trusts signed the certificate";

  return NULL;
}

static char *
dup_message (Request *self, const GError *error)
{
  const char *tls = NULL;

  if (self->timed_out)
    return g_strdup ("no answer in time");
  if (error->domain == G_TLS_ERROR && self->message != NULL)
    tls = describe_tls (soup_message_get_tls_peer_certificate_errors (self->message));

  return g_strdup (tls != NULL ? tls : error->message);
}

static void send_now (Request *self);

/* A connection that was kept may have been closed at the other end in the same moment. */
static gboolean
try_anew (Request *self)
{
  if (self->connects || self->timed_out || self->message == NULL || self->stream != NULL)
    return FALSE;

  g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
  self->connects = TRUE;
  send_now (self);

  return TRUE;
}

static void
fail (Request *self, const GError *error)
{
  CrmSyncHttpResult result = { .error = classify (self, error),
                               .message = dup_message (self, error) };

  if (result.error == CRM_SYNC_NETWORK_OFFLINE && try_anew (self))
    {
      g_free (result.message);
      return;
    }

  g_debug ("%s %s: %s", self->method, self->url, result.message);
  hand_over (self, &result);
}

/* ---- Time ---- */

static gboolean
late (Request *self)
{
  self->timed_out = TRUE;
  /* Brings the callback of what is awaited, which then fails. */
  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_REMOVE;
}

static gboolean
idle_cb (gpointer data)
{
  Request *self = data;

  self->idle_source = 0;

  return late (self);
}

static gboolean
total_cb (gpointer data)
{
  Request *self = data;

  self->total_source = 0;

  return late (self);
}

static void
note_progress (Request *self)
{
  const gboolean waits = self->waits && self->stream == NULL;

  if (self->http == NULL)
    return;

  g_clear_handle_id (&self->idle_source, g_source_remove);
  self->idle_source = g_timeout_add (waits ? self->http->times.wait_ms : self->http->times.idle_ms,
                                     idle_cb,
                                     self);
}

static void
connects_cb (Request *self)
{
  self->connects = TRUE;
  note_progress (self);
}

/* ---- The answer ---- */

static gboolean
is_gzip (Request *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  const char *encoding = soup_message_headers_get_one (headers, "Content-Encoding");

  return encoding != NULL && g_ascii_strcasecmp (encoding, "gzip") == 0;
}

/* Also of what stands before a server: a number of seconds, or a date. */
static guint
read_retry_after (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) now = NULL;
  guint64 seconds = 0;

  if (text == NULL || g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &seconds, NULL))
    return (guint) seconds;

  date = soup_date_time_new_from_http_string (text);
  now = g_date_time_new_now_utc ();
  if (date == NULL)
    return 0;

  return (guint) CLAMP (g_date_time_difference (date, now) / G_TIME_SPAN_SECOND, 0, G_MAXUINT);
}

/* @unreadable: what it is, or NULL */
static void
finish (Request *self, const GError *unreadable)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  g_autoptr (GError) error = NULL;
  CrmSyncHttpResult result = { .answered = TRUE,
                               .status = soup_message_get_status (self->message),
                               .retry_after = read_retry_after (headers) };

  if (unreadable == NULL)
    result.body = crm_inflate_finish (self->inflate, &error);
  if (result.body != NULL)
    result.content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  else
    {
      result.body = g_bytes_new_static ("", 0);
      result.message = g_strdup ((unreadable != NULL ? unreadable : error)->message);
    }

  hand_over (self, &result);
}

static void read_on (Request *self);

static void
read_cb (GObject *source, GAsyncResult *async, gpointer data)
{
  g_autoptr (Request) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk = NULL;
  gconstpointer bytes;
  gsize size;

  chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), async, &error);
  if (self->http == NULL)
    return;
  if (chunk == NULL)
    {
      fail (self, error);
      return;
    }

  note_progress (self);
  bytes = g_bytes_get_data (chunk, &size);
  if (size == 0)
    finish (self, NULL);
  else if (!crm_inflate_push (self->inflate, bytes, size, &error))
    finish (self, error);
  else
    read_on (self);
}

static void
read_on (Request *self)
{
  g_input_stream_read_bytes_async (self->stream,
                                   CHUNK,
                                   G_PRIORITY_DEFAULT,
                                   self->cancellable,
                                   read_cb,
                                   request_ref (self));
}

static void
ask_proxy (Request *self)
{
  CrmSyncHttpResult result = { .error = CRM_SYNC_NETWORK_PROXY,
                               .message = g_strdup ("the proxy asks for a password") };

  hand_over (self, &result);
}

static void
sent_cb (GObject *source, GAsyncResult *async, gpointer data)
{
  g_autoptr (Request) self = data;
  g_autoptr (GError) error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), async, &error);
  if (self->http == NULL)
    return;
  if (self->stream == NULL)
    {
      fail (self, error);
      return;
    }
  if (soup_message_get_status (self->message) == STATUS_PROXY_LOGIN)
    {
      ask_proxy (self);
      return;
    }

  note_progress (self);
  self->inflate = crm_inflate_new (is_gzip (self));
  read_on (self);
}

/* ---- The request ---- */

static void
set_headers (Request *self)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (self->message);

  soup_message_headers_replace (headers, "Accept-Encoding", "gzip");
  if (self->packed)
    soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  if (self->token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", self->token, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
    }
}

static void
send_now (Request *self)
{
  g_autoptr (Request) held = request_ref (self);

  self->message = soup_message_new (self->method, self->url);
  if (self->message == NULL)
    {
      g_autoptr (GError) error = g_error_new (G_IO_ERROR,
                                              G_IO_ERROR_INVALID_ARGUMENT,
                                              "“%s” is no address",
                                              self->url);

      fail (self, error);
      return;
    }

  /* Each request may be done twice, so that a connection that was kept may be tried. */
  soup_message_set_flags (self->message,
                          SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_IDEMPOTENT |
                              (self->connects ? SOUP_MESSAGE_NEW_CONNECTION : 0));
  set_headers (self);
  if (self->body != NULL)
    soup_message_set_request_body_from_bytes (self->message, "application/json", self->body);
  g_signal_connect_swapped (self->message, "network-event", G_CALLBACK (connects_cb), self);
  g_signal_connect_swapped (self->message, "wrote-body-data", G_CALLBACK (note_progress), self);
  note_progress (self);
  soup_session_send_async (self->http->session,
                           self->message,
                           G_PRIORITY_DEFAULT,
                           self->cancellable,
                           sent_cb,
                           request_ref (self));
}

static void
packed_cb (GObject *source, GAsyncResult *async, gpointer data)
{
  g_autoptr (Request) self = data;
  GBytes *packed = g_task_propagate_pointer (G_TASK (async), NULL);

  g_bytes_unref (self->body);
  self->body = packed;
  self->packed = TRUE;
  if (self->http != NULL)
    send_now (self);
}

static void
pack_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, crm_wire_gzip (data, GZIP_LEVEL), (GDestroyNotify) g_bytes_unref);
}

static void
pack (Request *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, packed_cb, request_ref (self));

  g_task_set_source_tag (task, pack);
  g_task_set_task_data (task, g_bytes_ref (self->body), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, pack_on_worker);
}

void
crm_sync_http_send (CrmSyncHttp *self, const char *server, const CrmSyncAction *action)
{
  Request *request;

  g_return_if_fail (self != NULL);
  g_return_if_fail (server != NULL);
  g_return_if_fail (action != NULL && action->type == CRM_SYNC_ACTION_SEND);

  crm_sync_http_cancel (self);
  request = g_new0 (Request, 1);
  g_ref_count_init (&request->references);
  request->http = self;
  request->serial = action->serial;
  request->url = g_strconcat (server, action->path, NULL);
  request->method = action->method;
  request->token = g_strdup (action->token);
  request->waits = action->waits;
  request->body = action->body != NULL ? g_bytes_ref (action->body) : NULL;
  request->cancellable = g_cancellable_new ();
  request->total_source = g_timeout_add (self->times.total_ms, total_cb, request);
  self->request = request;

  if (request->body != NULL && g_bytes_get_size (request->body) >= PACKED_FROM)
    pack (request);
  else
    send_now (request);
}

void
crm_sync_http_cancel (CrmSyncHttp *self)
{
  g_return_if_fail (self != NULL);

  if (self->request != NULL)
    drop (self->request);
}

void
crm_sync_http_set_times (CrmSyncHttp *self, const CrmSyncHttpTimes *times)
{
  g_return_if_fail (self != NULL);

  self->times = times != NULL ? *times : house_times;
}

CrmSyncHttp *
crm_sync_http_new (CrmSyncHttpFunc func, gpointer data)
{
  CrmSyncHttp *self = g_new0 (CrmSyncHttp, 1);

  g_return_val_if_fail (func != NULL, NULL);

  self->func = func;
  self->data = data;
  self->times = house_times;
  /* Times are ours; the library's would end a wait for news. */
  self->session = soup_session_new_with_options ("user-agent", "crm/" CRM_VERSION, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);

  return self;
}

void
crm_sync_http_free (CrmSyncHttp *self)
{
  if (self == NULL)
    return;

  crm_sync_http_cancel (self);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_free (self);
}
