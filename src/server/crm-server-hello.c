#include "server/crm-server-machine-private.h"

#include "base/crm-clock.h"
#include "wire/crm-hello.h"
#include "wire/crm-wire-limit.h"

#include "crm-config.h"

gboolean
crm_server_handle_hello (CrmServerCall *call, GError **error)
{
  g_autoptr (CrmServerHead) head = call->store->ops->get_head (call->store, error);
  g_autofree char *company = NULL;
  g_autofree char *name = NULL;
  g_autofree char *now = crm_clock_format (crm_clock_now ());
  GString *json;

  if (head == NULL)
    return FALSE;
  company = call->store->ops->get_meta (call->store, "company", error);
  if (company == NULL)
    return crm_server_call_miss (error, CRM_WIRE_ERROR_INTERNAL, "The database has no company");
  name = call->store->ops->get_meta (call->store, "name", NULL);

  json = g_string_new (NULL);
  crm_hello_write (&(CrmHello) { .company = company,
                                 .name = name,
                                 .epoch = head->epoch,
                                 .now = now,
                                 .server = CRM_VERSION,
                                 .proto_min = CRM_WIRE_PROTO,
                                 .proto_max = CRM_WIRE_PROTO,
                                 .schema_min = CRM_WIRE_SCHEMA,
                                 .schema_max = CRM_WIRE_SCHEMA,
                                 .max_body = CRM_WIRE_MAX_BODY },
                   json);
  crm_server_call_reply_json (call, json);

  return TRUE;
}
