#include "server/crm-server-exchange-private.h"

#include "base/crm-clock.h"
#include "server/crm-server-log.h"
#include "server/crm-server-password.h"
#include "wire/crm-wire-limit.h"

#include <string.h>

#define KEY "crm-exchange"
/* Bytes that are still read and dropped after a body was found too big, so that its sender gets to
 * read why. */
#define MAX_DROPPED (2 * CRM_WIRE_MAX_BODY)
/* Boots, and pulls that were woken, let a push go first. */
#define PRIORITY_WOKEN 100
/* Of each sort at a time. Long polls that wait are among the light ones. */
#define MAX_LIGHT  4000
#define MAX_BOOTS  32
#define MAX_LOGINS 32
/* Seconds over which those that come back are spread. */
#define MAX_JITTER 10
#define GZIP_LEVEL 6
/* Below this it does not pay. */
#define MIN_PACKED 1024

static void run_again (CrmServerExchange *self, int priority);

CrmServerExchange *
crm_server_exchange_get (SoupServerMessage *message)
{
  return g_object_get_data (G_OBJECT (message), KEY);
}

static void
exchange_free (gpointer data)
{
  CrmServerExchange *self = data;

  g_clear_pointer (&self->inflate, crm_inflate_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->request.query, g_hash_table_unref);
  crm_server_response_clear (&self->response);
  g_free (self->token);
  g_free (self->address);
  g_free (self);
}

static void
got_headers_cb (SoupServerMessage *message, CrmServerExchange *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *encoding = soup_message_headers_get_list (headers, "Content-Encoding");
  const gboolean is_gzip = encoding != NULL && g_ascii_strcasecmp (encoding, "gzip") == 0;

  /* Kept by us, unpacked and counted. */
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  self->started = crm_clock_get_monotonic ();
  self->inflate = crm_inflate_new (is_gzip);
  if (soup_message_headers_get_content_length (headers) > CRM_WIRE_MAX_BODY)
    g_set_error (&self->error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_TOO_BIG, "The body is too big");
  else if (encoding != NULL && !is_gzip && g_ascii_strcasecmp (encoding, "identity") != 0)
    g_set_error (&self->error,
                 CRM_WIRE_ERROR,
                 CRM_WIRE_ERROR_INVALID,
                 "Packed otherwise than gzip");
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, CrmServerExchange *self)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (chunk, &size);

  self->received += size;
  if (self->error == NULL && self->inflate != NULL)
    crm_inflate_push (self->inflate, data, size, &self->error);
  if (self->error == NULL)
    return;

  g_clear_pointer (&self->inflate, crm_inflate_free);
  if (self->received > MAX_DROPPED)
    crm_server_connections_cut (message);
}

static void
finished_cb (SoupServerMessage *message, CrmServerExchange *self)
{
  self->finished = TRUE;
  if (self->counted)
    self->http->n_of_sort[self->sort]--;
  g_hash_table_remove (self->http->waiting, self);
  crm_server_http_check_stopped (self->http);
}

void
crm_server_exchange_start (CrmServerHttp *http, SoupServerMessage *message)
{
  CrmServerExchange *self = g_new0 (CrmServerExchange, 1);

  self->http = http;
  self->message = message;
  self->started = crm_clock_get_monotonic ();
  g_object_set_data_full (G_OBJECT (message), KEY, self, exchange_free);
  crm_server_connections_follow (http->connections, message);
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), self);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), self);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), self);
}

static gboolean
takes_gzip (CrmServerExchange *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  const char *accept = soup_message_headers_get_list (headers, "Accept-Encoding");

  return accept != NULL && soup_header_contains (accept, "gzip");
}

static void
write_log (CrmServerExchange *self, gsize size)
{
  const CrmServerLogRequest entry = {
    .method = soup_server_message_get_method (self->message),
    .path = self->request.path,
    .status = self->response.status,
    .code = self->response.code,
    .user = self->response.user,
    .address = self->address,
    .received = self->received,
    .sent = size,
    .usec = crm_clock_get_monotonic () - self->started,
  };

  crm_server_log_request (&entry);
  crm_server_metrics_add (self->http->metrics, &entry);
}

static void
send_reply (CrmServerExchange *self, GBytes *body, gboolean packed)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  self->answered = TRUE;
  soup_server_message_set_status (self->message, self->response.status, NULL);
  soup_message_headers_set_content_type (headers, self->response.content_type, NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_append (headers, "Vary", "Accept-Encoding");
  if (packed)
    soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  if (self->response.allow != NULL)
    soup_message_headers_replace (headers, "Allow", self->response.allow);
  if (self->response.status == 401)
    soup_message_headers_replace (headers, "WWW-Authenticate", "Bearer");
  if (self->response.retry_after > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", self->response.retry_after);

      soup_message_headers_replace (headers, "Retry-After", seconds);
    }
  if (self->http->stopping)
    soup_message_headers_replace (headers, "Connection", "close");
  soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), body);
  write_log (self, g_bytes_get_size (body));
}

static void
end_task (CrmServerExchange *self)
{
  self->running = FALSE;
  self->http->n_running--;
}

/* The body has changed to what the client takes. */
static void
packed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SoupServerMessage) message = SOUP_SERVER_MESSAGE (source);
  CrmServerExchange *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_task_propagate_pointer (G_TASK (result), &error);

  end_task (self);
  if (body == NULL)
    crm_server_response_set_error (&self->response, error, 0);
  if (!self->finished)
    {
      send_reply (self,
                  body != NULL ? body : self->response.body,
                  body != NULL && takes_gzip (self));
      soup_server_message_unpause (message);
    }
  crm_server_http_check_stopped (self->http);
}

static void
pack_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task,
                         crm_wire_gzip (((CrmServerExchange *) data)->response.body, GZIP_LEVEL),
                         (GDestroyNotify) g_bytes_unref);
}

static void
unpack_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *plain = crm_wire_gunzip (((CrmServerExchange *) data)->response.body, &error);

  if (plain != NULL)
    g_task_return_pointer (task, plain, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/* A task keeps the message, and so the exchange. */
static GTask *
start_task (CrmServerExchange *self, GAsyncReadyCallback callback)
{
  GTask *task = g_task_new (g_object_ref (self->message), NULL, callback, self);

  g_task_set_task_data (task, self, NULL);
  self->running = TRUE;
  self->http->n_running++;

  return task;
}

static void
answer (CrmServerExchange *self)
{
  const gboolean packed = self->response.packed;
  g_autoptr (GTask) task = NULL;

  if (self->finished)
    return;

  if (self->response.body == NULL)
    self->response.body = g_bytes_new_static ("", 0);
  if (packed == takes_gzip (self) ||
      (!packed && g_bytes_get_size (self->response.body) < MIN_PACKED))
    {
      send_reply (self, self->response.body, packed);
      soup_server_message_unpause (self->message);
      return;
    }

  task = start_task (self, packed_cb);
  g_task_run_in_thread (task, packed ? unpack_on_worker : pack_on_worker);
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SoupServerMessage) message = SOUP_SERVER_MESSAGE (source);
  CrmServerExchange *self = data;

  end_task (self);
  self->request.verdict = g_task_propagate_boolean (G_TASK (result), NULL) ? 1 : -1;
  if (!self->finished)
    run_again (self, G_PRIORITY_DEFAULT);
  crm_server_http_check_stopped (self->http);
}

static void
verify_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const CrmServerResponse *response = &((CrmServerExchange *) data)->response;

  g_task_return_boolean (task, crm_server_password_verify (response->hash, response->password));
}

static void
handled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SoupServerMessage) message = SOUP_SERVER_MESSAGE (source);
  CrmServerExchange *self = data;
  CrmServerHttp *http = self->http;

  end_task (self);
  if (self->response.head > 0)
    crm_server_http_notify (http, self->response.head);

  if (self->finished)
    {
      crm_server_http_check_stopped (http);
      return;
    }
  switch (self->response.outcome)
    {
    case CRM_SERVER_WAIT:
      crm_server_http_park (http, self);
      break;

    case CRM_SERVER_VERIFY:
      crm_worker_push (http->hasher, start_task (self, verified_cb), verify_on_worker);
      break;

    case CRM_SERVER_REPLY:
    default:
      answer (self);
    }
}

static void
answer_health (CrmServerExchange *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmServerHead) head = self->http->store->ops->get_head (self->http->store, &error);

  if (head != NULL)
    crm_server_response_take (&self->response, 200, "text/plain", g_strdup ("ok\n"));
  else
    crm_server_response_set_error (&self->response, error, 0);
}

static void
handle_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  CrmServerExchange *self = data;

  if (strcmp (self->request.path, "/healthz") == 0)
    answer_health (self);
  else
    crm_server_machine_handle (self->http->machine, &self->request, &self->response);
  g_task_return_boolean (task, TRUE);
}

static void
run_again (CrmServerExchange *self, int priority)
{
  GTask *task = start_task (self, handled_cb);

  crm_server_response_clear (&self->response);
  g_task_set_priority (task, priority);
  crm_worker_push (self->http->database, task, handle_on_worker);
}

static char *
dup_token (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *value = soup_message_headers_get_one (headers, "Authorization");

  if (value == NULL || g_ascii_strncasecmp (value, "Bearer ", 7) != 0)
    return NULL;

  return g_strstrip (g_strdup (value + 7));
}

/* A proxy on this machine says who it speaks for; what stood there before it added the last one is
 * only what somebody claims. */
static char *
dup_address (SoupServerMessage *message)
{
  const char *host = soup_server_message_get_remote_host (message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *value = soup_message_headers_get_list (headers, "X-Forwarded-For");
  g_autoptr (GInetAddress) peer = host != NULL ? g_inet_address_new_from_string (host) : NULL;
  g_autoptr (GInetAddress) last = NULL;
  g_autofree char *text = NULL;

  if (peer != NULL && value != NULL && g_inet_address_get_is_loopback (peer))
    {
      const char *comma = strrchr (value, ',');

      text = g_strstrip (g_strdup (comma != NULL ? comma + 1 : value));
      last = g_inet_address_new_from_string (text);
    }

  return last != NULL ? g_inet_address_to_string (last) : g_strdup (host != NULL ? host : "");
}

static void
read_request (CrmServerExchange *self)
{
  GUri *uri = soup_server_message_get_uri (self->message);

  self->token = dup_token (self->message);
  self->address = dup_address (self->message);
  if (self->error == NULL && self->inflate != NULL)
    self->body = crm_inflate_finish (self->inflate, &self->error);
  /* It came whole, so its sender has cut it. */
  if (g_error_matches (self->error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_TRUNCATED))
    self->error->code = CRM_WIRE_ERROR_INVALID;
  if (g_uri_get_query (uri) != NULL)
    self->request.query = soup_form_decode (g_uri_get_query (uri));
  self->request.method = soup_server_message_get_method (self->message);
  self->request.path = g_uri_get_path (uri);
  self->request.token = self->token;
  self->request.address = self->address;
  self->request.body = self->body;
}

static void
answer_metrics (CrmServerExchange *self)
{
  CrmServerHttp *http = self->http;

  crm_server_response_take (
      &self->response,
      200,
      "text/plain; version=0.0.4",
      crm_server_metrics_write (http->metrics,
                                crm_server_machine_get_counts (http->machine),
                                crm_server_connections_get_n (http->connections),
                                g_hash_table_size (http->waiting),
                                http->head));
  answer (self);
}

static CrmServerSort
find_sort (const CrmServerRequest *request)
{
  if (strcmp (request->path, "/v1/boot") == 0)
    return CRM_SERVER_SORT_BOOT;
  if (strcmp (request->path, "/v1/device") == 0 && strcmp (request->method, "POST") == 0)
    return CRM_SERVER_SORT_LOGIN;

  return CRM_SERVER_SORT_LIGHT;
}

/* Pitfall 48: everybody at once is answered in turns, and the turns are spread. */
static gboolean
is_too_many (CrmServerExchange *self)
{
  static const guint limits[CRM_SERVER_N_SORTS] = {
    [CRM_SERVER_SORT_LIGHT] = MAX_LIGHT,
    [CRM_SERVER_SORT_BOOT] = MAX_BOOTS,
    [CRM_SERVER_SORT_LOGIN] = MAX_LOGINS,
  };
  guint *n;

  self->sort = find_sort (&self->request);
  n = &self->http->n_of_sort[self->sort];
  if (*n >= limits[self->sort])
    return TRUE;
  (*n)++;
  self->counted = TRUE;

  return FALSE;
}

static void
answer_busy (CrmServerExchange *self)
{
  g_autoptr (GError) error = g_error_new (CRM_WIRE_ERROR,
                                          CRM_WIRE_ERROR_BUSY,
                                          "Too many ask for this at once: come back in a moment");

  crm_server_response_set_error (&self->response,
                                 error,
                                 1 + (guint) g_random_int_range (0, MAX_JITTER));
  answer (self);
}

void
crm_server_exchange_run (CrmServerExchange *self)
{
  if (self->request.path != NULL)
    {
      /* Woken from a long poll. */
      run_again (self, PRIORITY_WOKEN);
      return;
    }

  read_request (self);
  soup_server_message_pause (self->message);
  if (self->error != NULL)
    {
      crm_server_response_set_error (&self->response, self->error, 0);
      answer (self);
    }
  else if (strcmp (self->request.path, "/metrics") == 0)
    answer_metrics (self);
  else if (is_too_many (self))
    answer_busy (self);
  else
    run_again (self, self->sort == CRM_SERVER_SORT_BOOT ? PRIORITY_WOKEN : G_PRIORITY_DEFAULT);
}
