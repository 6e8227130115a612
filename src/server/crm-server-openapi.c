#include "server/crm-server-machine-private.h"

#include "server/crm-server-resources.h"

gboolean
crm_server_handle_openapi (CrmServerCall *call, GError **error)
{
  /* A static library drops the constructor that would register it. */
  GBytes *text = g_resource_lookup_data (crm_server_get_resource (),
                                         "/org/example/Crm/server/openapi.json",
                                         G_RESOURCE_LOOKUP_FLAGS_NONE,
                                         error);

  if (text == NULL)
    return FALSE;

  call->response->outcome = CRM_SERVER_REPLY;
  call->response->status = 200;
  call->response->content_type = "application/json";
  call->response->body = text;

  return TRUE;
}
