#include "server/crm-server-message.h"

#include <sodium.h>
#include <string.h>

void
crm_server_response_clear (CrmServerResponse *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->allow);
  g_free (self->user);
  g_free (self->hash);
  if (self->password != NULL)
    sodium_memzero (self->password, strlen (self->password));
  g_free (self->password);
  memset (self, 0, sizeof *self);
}

void
crm_server_response_take (CrmServerResponse *self, guint status, const char *type, char *text)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  self->outcome = CRM_SERVER_REPLY;
  self->packed = FALSE;
  self->status = status;
  self->content_type = type;
  self->body = g_bytes_new_take (text, strlen (text));
}

void
crm_server_response_set_error (CrmServerResponse *self, const GError *error, guint retry_after)
{
  const int code = error->domain == CRM_WIRE_ERROR ? error->code : CRM_WIRE_ERROR_INTERNAL;
  GString *json = g_string_new (NULL);

  crm_wire_error_write (error, retry_after, json);
  crm_server_response_take (self,
                            crm_wire_error_get_status (code),
                            "application/json",
                            g_string_free_and_steal (json));
  self->code = crm_wire_error_get_name (code);
  self->retry_after = retry_after;
}
