#pragma once

#include "wire/crm-json.h"

G_BEGIN_DECLS

/* The answer to GET /v1/hello, which needs no token. */
typedef struct
{
  const char *company; /* id of the company: another one is another replica */
  const char *name;    /* nullable */
  const char *epoch;
  const char *now;
  const char *server; /* nullable: version of the program */
  gint64 proto_min;
  gint64 proto_max;
  gint64 schema_min;
  gint64 schema_max;
  gint64 max_body; /* 0: not said */

  CrmArena *arena;
} CrmHello;

void crm_hello_write (const CrmHello *self, GString *json);
/* Does not judge the ranges; crm_hello_check() does. Returns: (transfer full) */
CrmHello *crm_hello_read (const char *text, gsize size, GError **error);
void crm_hello_free (CrmHello *self);
/* Fails with %CRM_WIRE_ERROR_PROTO or %CRM_WIRE_ERROR_SCHEMA. @server_is_older: (out) (optional):
 * which of the two has to be brought up to date */
gboolean crm_hello_check (const CrmHello *self, gboolean *server_is_older, GError **error);

/* POST /v1/device: password to token. */
typedef struct
{
  const char *user;
  const char *password;
  const char *replica;
  const char *device; /* what people call it; nullable */

  CrmArena *arena;
} CrmDeviceRequest;

void crm_device_request_write (const CrmDeviceRequest *self, GString *json);
CrmDeviceRequest *crm_device_request_read (const char *text, gsize size, GError **error);
/* Wipes the password of a request that was read. */
void crm_device_request_free (CrmDeviceRequest *self);

typedef struct
{
  const char *device; /* id, for `device revoke` */
  const char *user;   /* nullable: the name as the server has it */
  const char *epoch;
  const char *company;
  const char *token;

  CrmArena *arena;
} CrmDeviceReply;

void crm_device_reply_write (const CrmDeviceReply *self, GString *json);
CrmDeviceReply *crm_device_reply_read (const char *text, gsize size, GError **error);
void crm_device_reply_free (CrmDeviceReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmHello, crm_hello_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmDeviceRequest, crm_device_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmDeviceReply, crm_device_reply_free)

G_END_DECLS
