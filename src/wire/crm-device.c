#include "wire/crm-hello.h"

#include "wire/crm-json-writer.h"
#include "wire/crm-message-private.h"

#include <sodium.h>
#include <string.h>

void
crm_device_request_write (const CrmDeviceRequest *self, GString *json)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (json != NULL);

  crm_json_open (json, NULL, '{');
  crm_json_put_string (json, "user", self->user);
  crm_json_put_string (json, "password", self->password);
  crm_json_put_string (json, "replica", self->replica);
  crm_json_put_string (json, "device", self->device);
  crm_json_close (json, '}');
}

CrmDeviceRequest *
crm_device_request_read (const char *text, gsize size, GError **error)
{
  g_autoptr (CrmDeviceRequest) self = g_new0 (CrmDeviceRequest, 1);
  const CrmJson *root = crm_message_parse (text, size, &self->arena, error);

  if (root == NULL || !crm_json_need_string (root, "user", &self->user, error) ||
      !crm_json_need_string (root, "password", &self->password, error) ||
      !crm_json_need_id (root, "replica", &self->replica, error) ||
      !crm_json_get_string (root, "device", &self->device, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
crm_device_request_free (CrmDeviceRequest *self)
{
  if (self == NULL)
    return;

  /* It lies in the arena, which is ours. */
  if (self->arena != NULL && self->password != NULL)
    sodium_memzero ((char *) self->password, strlen (self->password));
  crm_arena_free (self->arena);
  g_free (self);
}

void
crm_device_reply_write (const CrmDeviceReply *self, GString *json)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (json != NULL);

  crm_json_open (json, NULL, '{');
  crm_json_put_string (json, "device", self->device);
  crm_json_put_string (json, "user", self->user);
  crm_json_put_string (json, "epoch", self->epoch);
  crm_json_put_string (json, "company", self->company);
  crm_json_put_string (json, "token", self->token);
  crm_json_close (json, '}');
}

CrmDeviceReply *
crm_device_reply_read (const char *text, gsize size, GError **error)
{
  g_autoptr (CrmDeviceReply) self = g_new0 (CrmDeviceReply, 1);
  const CrmJson *root = crm_message_parse (text, size, &self->arena, error);

  if (root == NULL || !crm_json_need_string (root, "device", &self->device, error) ||
      !crm_json_get_string (root, "user", &self->user, error) ||
      !crm_json_need_string (root, "epoch", &self->epoch, error) ||
      !crm_json_need_string (root, "company", &self->company, error) ||
      !crm_json_need_string (root, "token", &self->token, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
crm_device_reply_free (CrmDeviceReply *self)
{
  if (self == NULL)
    return;

  crm_arena_free (self->arena);
  g_free (self);
}
