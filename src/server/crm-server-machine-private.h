#pragma once

#include "server/crm-server-limiter.h"
#include "server/crm-server-machine.h"
#include "server/crm-server-segments.h"

struct _CrmServerMachine
{
  CrmServerStore *store;
  CrmModel *model;
  CrmServerLimiter *limiter;
  CrmServerCounts counts;
  CrmServerSegments *segments; /* nullable: every segment is made anew */
  /* In a page or a segment. */
  guint max_rows;
};

/* One request while it is handled. */
typedef struct
{
  CrmServerMachine *machine;
  CrmServerStore *store;
  const CrmServerRequest *request;
  CrmServerResponse *response;
  /* The last part of the path: "/v1/history/ID"; "" when there is none. */
  const char *argument;

  /* Who asks; NULL where no token is needed. */
  CrmServerUser *user;
  CrmServerDevice *device;
} CrmServerCall;

typedef gboolean (*CrmServerHandler) (CrmServerCall *call, GError **error);

gboolean crm_server_handle_hello (CrmServerCall *call, GError **error);
gboolean crm_server_handle_login (CrmServerCall *call, GError **error);
gboolean crm_server_handle_logout (CrmServerCall *call, GError **error);
gboolean crm_server_handle_push (CrmServerCall *call, GError **error);
gboolean crm_server_handle_pull (CrmServerCall *call, GError **error);
gboolean crm_server_handle_boot (CrmServerCall *call, GError **error);
gboolean crm_server_handle_history (CrmServerCall *call, GError **error);
gboolean crm_server_handle_openapi (CrmServerCall *call, GError **error);

/* Finds user and device of the token. Fails with %CRM_WIRE_ERROR_UNAUTHORIZED, or
 * %CRM_WIRE_ERROR_WIPE when the device was revoked. */
gboolean crm_server_call_authorize (CrmServerCall *call, GError **error);
/* @seq: (out): up to where those have all that boot now: the head, or the generation of segments
 * that are kept. @scopes: of the user. */
gboolean crm_server_call_find_generation (CrmServerCall *call,
                                          const CrmServerHead *head,
                                          GPtrArray *scopes,
                                          gint64 *seq,
                                          GError **error);
/* The body's text; "" when there is none. */
const char *crm_server_call_get_body (CrmServerCall *call, gsize *size);
/* NULL when not given. */
const char *crm_server_call_get_query (CrmServerCall *call, const char *name);
void crm_server_call_reply_json (CrmServerCall *call, GString *json);
/* Sets @error unless a lookup set it already: it found nothing where something must be. */
gboolean crm_server_call_miss (GError **error, CrmWireError code, const char *message);
