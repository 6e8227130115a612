#include "server/crm-server-machine-private.h"

#include "db/crm-db-error.h"
#include "server/crm-server-password.h"
#include "server/crm-server-token.h"

#include <string.h>

/* After which a laptop may ask again whether there is room. */
#define FULL_SECONDS 60

typedef struct
{
  const char *method;
  const char *path;
  gboolean has_argument; /* the path is the beginning */
  gboolean open;         /* no token */
  CrmServerHandler handle;
} Route;

static const Route routes[] = {
  { "GET", "/v1/hello", FALSE, TRUE, crm_server_handle_hello },
  { "GET", "/v1/openapi.json", FALSE, TRUE, crm_server_handle_openapi },
  { "POST", "/v1/device", FALSE, TRUE, crm_server_handle_login },
  { "DELETE", "/v1/device", FALSE, FALSE, crm_server_handle_logout },
  { "POST", "/v1/push", FALSE, FALSE, crm_server_handle_push },
  { "POST", "/v1/pull", FALSE, FALSE, crm_server_handle_pull },
  { "GET", "/v1/boot", FALSE, FALSE, crm_server_handle_boot },
  { "GET", "/v1/history/", TRUE, FALSE, crm_server_handle_history },
};

CrmServerMachine *
crm_server_machine_new (CrmServerStore *store, CrmModel *model)
{
  CrmServerMachine *self = g_new0 (CrmServerMachine, 1);

  self->store = store;
  self->model = crm_model_ref (model);
  self->limiter = crm_server_limiter_new ();
  self->max_rows = G_MAXUINT;

  return self;
}

void
crm_server_machine_free (CrmServerMachine *self)
{
  if (self == NULL)
    return;

  crm_server_limiter_free (self->limiter);
  crm_server_segments_free (self->segments);
  crm_model_unref (self->model);
  g_free (self);
}

void
crm_server_machine_set_max_rows (CrmServerMachine *self, guint max_rows)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (max_rows > 0);

  self->max_rows = max_rows;
}

gboolean
crm_server_machine_set_cache (CrmServerMachine *self, const char *dir, GError **error)
{
  g_return_val_if_fail (self != NULL && self->segments == NULL, FALSE);

  self->segments = crm_server_segments_new (dir, error);

  return self->segments != NULL;
}

const CrmServerCounts *
crm_server_machine_get_counts (CrmServerMachine *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->counts;
}

const char *
crm_server_call_get_body (CrmServerCall *call, gsize *size)
{
  *size = 0;
  if (call->request->body == NULL || g_bytes_get_size (call->request->body) == 0)
    return "";

  return g_bytes_get_data (call->request->body, size);
}

const char *
crm_server_call_get_query (CrmServerCall *call, const char *name)
{
  return call->request->query != NULL ? g_hash_table_lookup (call->request->query, name) : NULL;
}

void
crm_server_call_reply_json (CrmServerCall *call, GString *json)
{
  crm_server_response_take (call->response,
                            200,
                            "application/json",
                            g_string_free_and_steal (json));
}

gboolean
crm_server_call_miss (GError **error, CrmWireError code, const char *message)
{
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, CRM_WIRE_ERROR, (int) code, message);

  return FALSE;
}

gboolean
crm_server_call_authorize (CrmServerCall *call, GError **error)
{
  guint8 hash[CRM_SERVER_TOKEN_HASH_SIZE];

  if (call->request->token == NULL)
    return crm_server_call_miss (error,
                                 CRM_WIRE_ERROR_UNAUTHORIZED,
                                 "No token: log in with POST /v1/device first");

  crm_server_token_hash (call->request->token, hash);
  call->device = call->store->ops->find_device (call->store, hash, error);
  if (call->device == NULL || call->device->state == CRM_SERVER_DEVICE_SIGNED_OUT)
    return crm_server_call_miss (error, CRM_WIRE_ERROR_UNAUTHORIZED, "The token is not valid");
  if (call->device->state == CRM_SERVER_DEVICE_REVOKED)
    return crm_server_call_miss (error, CRM_WIRE_ERROR_WIPE, "The device was revoked");

  call->user = call->store->ops->get_user (call->store, call->device->user, error);
  if (call->user == NULL || call->user->disabled)
    return crm_server_call_miss (error, CRM_WIRE_ERROR_UNAUTHORIZED, "The account is not in use");
  call->response->user = g_strdup (call->user->name);

  return TRUE;
}

/* Whoever asks for the head gets what he would get, and the adapter keeps the body. */
static gboolean
takes_method (const Route *route, const char *method)
{
  return strcmp (method, route->method) == 0 ||
         (strcmp (method, "HEAD") == 0 && strcmp (route->method, "GET") == 0);
}

/* @argument: (out): behind a path that takes one. @allow: what the path takes, "" when there is no
 * such path */
static const Route *
find_route (const CrmServerRequest *request, const char **argument, GString *allow)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      const Route *route = &routes[i];
      const gsize length = strlen (route->path);

      if (route->has_argument ? strncmp (request->path, route->path, length) != 0
                              : strcmp (request->path, route->path) != 0)
        continue;
      if (takes_method (route, request->method))
        {
          *argument = request->path + length;
          return route;
        }
      g_string_append_printf (allow, "%s%s", allow->len > 0 ? ", " : "", route->method);
    }

  return NULL;
}

static gboolean
miss_route (CrmServerCall *call, const char *allow, GError **error)
{
  g_autofree char *message = NULL;

  if (allow[0] == '\0')
    return crm_server_call_miss (error, CRM_WIRE_ERROR_NOT_FOUND, "There is no such address");

  call->response->allow = g_strdup (allow);
  message = g_strdup_printf ("This address takes %s", allow);

  return crm_server_call_miss (error, CRM_WIRE_ERROR_INVALID, message);
}

static gboolean
dispatch (CrmServerCall *call, GError **error)
{
  g_autoptr (GString) allow = g_string_new (NULL);
  const Route *route = find_route (call->request, &call->argument, allow);

  if (route == NULL)
    return miss_route (call, allow->str, error);
  if (!route->open && !crm_server_call_authorize (call, error))
    return FALSE;

  return route->handle (call, error);
}

/* What a database says in the words of the wire; what else went wrong is for the log alone. */
static GError *
translate (const CrmServerRequest *request, GError *error, guint *retry_after)
{
  GError *said = NULL;

  if (error->domain == CRM_WIRE_ERROR)
    return error;

  if (g_error_matches (error, CRM_DB_ERROR, CRM_DB_ERROR_BUSY))
    {
      *retry_after = 1;
      said = g_error_new (CRM_WIRE_ERROR, CRM_WIRE_ERROR_BUSY, "The database is in use");
    }
  else if (g_error_matches (error, CRM_DB_ERROR, CRM_DB_ERROR_FULL))
    {
      *retry_after = FULL_SECONDS;
      said = g_error_new (CRM_WIRE_ERROR,
                          CRM_WIRE_ERROR_FULL,
                          "The server's disk is full: tell the person who runs it");
    }
  else
    {
      g_warning ("%s %s failed: %s", request->method, request->path, error->message);
      return error;
    }
  g_message ("%s %s failed: %s", request->method, request->path, error->message);
  g_error_free (error);

  return said;
}

/* @error: (nullable) (transfer full) */
static void
fail (CrmServerCall *call, GError *error)
{
  CrmServerResponse *response = call->response;
  guint retry_after = response->retry_after;
  g_autoptr (GError) said = NULL;

  /* A step that says no without a reason is a fault of ours. */
  if (error == NULL)
    g_set_error (&error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INTERNAL, "No reason was given");
  said = translate (call->request, error, &retry_after);
  if (g_error_matches (said, CRM_WIRE_ERROR, CRM_WIRE_ERROR_FULL))
    call->machine->counts.disk_full = TRUE;
  response->head = 0;
  crm_server_response_set_error (response, said, retry_after);
  if (response->allow != NULL)
    response->status = 405;
}

void
crm_server_machine_handle (CrmServerMachine *self,
                           const CrmServerRequest *request,
                           CrmServerResponse *response)
{
  CrmServerCall call = {
    .machine = self, .store = self->store, .request = request, .response = response, .argument = ""
  };
  g_autoptr (GError) error = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (request != NULL && response != NULL);

  if (!dispatch (&call, &error))
    fail (&call, g_steal_pointer (&error));
  else if (response->head > 0)
    self->counts.disk_full = FALSE;
  /* Nothing stays open, whichever way it went. */
  self->store->ops->roll_back (self->store);
  crm_server_user_free (call.user);
  crm_server_device_free (call.device);
}

void
crm_server_machine_handle_whole (CrmServerMachine *self,
                                 const CrmServerRequest *request,
                                 CrmServerResponse *response)
{
  CrmServerRequest again = *request;

  crm_server_machine_handle (self, request, response);
  if (response->outcome != CRM_SERVER_VERIFY)
    return;

  again.verdict = crm_server_password_verify (response->hash, response->password) ? 1 : -1;
  crm_server_response_clear (response);
  crm_server_machine_handle (self, &again, response);
}
