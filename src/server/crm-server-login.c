#include "server/crm-server-machine-private.h"

#include "base/crm-clock.h"
#include "base/crm-id.h"
#include "server/crm-server-token.h"
#include "wire/crm-hello.h"

#include <string.h>

/* Whatever was wrong, name or password, is said with the same words. */
static gboolean
refuse (CrmServerCall *call, GError **error)
{
  call->machine->counts.logins_refused++;

  return crm_server_call_miss (error,
                               CRM_WIRE_ERROR_UNAUTHORIZED,
                               "The name or the password is wrong");
}

static gboolean
is_limited (CrmServerCall *call, const char *name, GError **error)
{
  const guint wait = crm_server_limiter_check (call->machine->limiter,
                                               name,
                                               call->request->address,
                                               crm_clock_get_monotonic ());

  if (wait == 0)
    return FALSE;

  call->response->retry_after = wait;
  call->machine->counts.logins_refused++;
  g_set_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_BUSY, "Too many wrong logins: wait");
  return TRUE;
}

/* The machine does not hash: it says what to compare and is asked again. */
static gboolean
ask_verdict (CrmServerCall *call, const CrmDeviceRequest *login, GError **error)
{
  g_autoptr (CrmServerUser) user = NULL;
  g_autoptr (GError) local_error = NULL;

  if (is_limited (call, login->user, error))
    return FALSE;
  crm_server_limiter_add (call->machine->limiter,
                          login->user,
                          call->request->address,
                          crm_clock_get_monotonic ());

  user = call->store->ops->find_user (call->store, login->user, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  call->response->outcome = CRM_SERVER_VERIFY;
  call->response->hash = user != NULL && !user->disabled ? g_strdup (user->password) : NULL;
  call->response->password = g_strdup (login->password);

  return TRUE;
}

/* Or whoever knows a password would get back in with the laptop that was to be wiped. */
static gboolean
check_not_revoked (CrmServerCall *call, const char *id, GError **error)
{
  g_autoptr (CrmServerDevice) device = call->store->ops->get_device (call->store, id, error);

  if (device != NULL && device->state == CRM_SERVER_DEVICE_REVOKED)
    return crm_server_call_miss (error, CRM_WIRE_ERROR_WIPE, "The device was revoked");

  return device != NULL;
}

/* A replica stays its user's: what it has not sent yet was made under that name. */
static gboolean
register_replica (CrmServerCall *call, const CrmServerDevice *device, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (CrmServerReplica) replica = NULL;

  replica = call->store->ops->get_replica (call->store, device->replica, TRUE, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (replica != NULL && strcmp (replica->user, device->user) != 0)
    return crm_server_call_miss (error,
                                 CRM_WIRE_ERROR_FORBIDDEN,
                                 "This replica belongs to another user");
  if (replica != NULL && !check_not_revoked (call, replica->device, error))
    return FALSE;

  if (replica == NULL)
    {
      replica = g_new0 (CrmServerReplica, 1);
      replica->id = g_strdup (device->replica);
      replica->user = g_strdup (device->user);
    }
  g_set_str (&replica->device, device->id);

  return call->store->ops->put_replica (call->store, replica, error);
}

static CrmServerDevice *
make_device (const CrmServerUser *user, const CrmDeviceRequest *login, const char *token)
{
  CrmServerDevice *device = g_new0 (CrmServerDevice, 1);

  device->id = crm_id_new ();
  device->user = g_strdup (user->id);
  device->replica = g_strdup (login->replica);
  device->name = crm_server_name_clean (login->device);
  device->created = crm_clock_format (crm_clock_now ());
  device->seen = g_strdup (device->created);
  crm_server_token_hash (token, device->token_hash);

  return device;
}

static gboolean
reply (CrmServerCall *call,
       const CrmServerUser *user,
       const CrmServerDevice *device,
       const char *token,
       GError **error)
{
  g_autoptr (CrmServerHead) head = call->store->ops->get_head (call->store, error);
  g_autofree char *company = NULL;
  GString *json;

  if (head == NULL || !(company = call->store->ops->get_meta (call->store, "company", error)))
    return FALSE;

  json = g_string_new (NULL);
  crm_device_reply_write (&(CrmDeviceReply) { .device = device->id,
                                              .user = user->name,
                                              .epoch = head->epoch,
                                              .company = company,
                                              .token = token },
                          json);
  crm_server_call_reply_json (call, json);
  call->response->user = g_strdup (user->name);

  return TRUE;
}

static gboolean
log_in (CrmServerCall *call, const CrmDeviceRequest *login, GError **error)
{
  g_autoptr (CrmServerUser) user = NULL;
  g_autoptr (CrmServerDevice) device = NULL;
  g_autofree char *token = crm_server_token_new ();

  if (!call->store->ops->begin (call->store, TRUE, error))
    return FALSE;
  /* Again: an account may have been closed while the password was compared. */
  user = call->store->ops->find_user (call->store, login->user, error);
  if (user == NULL || user->disabled)
    return refuse (call, error);

  device = make_device (user, login, token);

  return call->store->ops->put_device (call->store, device, error) &&
         register_replica (call, device, error) && reply (call, user, device, token, error) &&
         call->store->ops->commit (call->store, error);
}

gboolean
crm_server_handle_login (CrmServerCall *call, GError **error)
{
  gsize size;
  const char *body = crm_server_call_get_body (call, &size);
  g_autoptr (CrmDeviceRequest) login = crm_device_request_read (body, size, error);

  if (login == NULL)
    return FALSE;
  if (call->request->verdict == 0)
    return ask_verdict (call, login, error);
  if (call->request->verdict < 0)
    return refuse (call, error);

  crm_server_limiter_forgive (call->machine->limiter, login->user, call->request->address);

  return log_in (call, login, error);
}

/* The user's own word that this token is no longer his: signing out, not losing the device. */
gboolean
crm_server_handle_logout (CrmServerCall *call, GError **error)
{
  call->device->state = CRM_SERVER_DEVICE_SIGNED_OUT;
  if (!call->store->ops->put_device (call->store, call->device, error))
    return FALSE;

  crm_server_call_reply_json (call, g_string_new ("{}"));

  return TRUE;
}
