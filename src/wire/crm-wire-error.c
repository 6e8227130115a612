#include "wire/crm-wire-error.h"

#include "wire/crm-json-writer.h"
#include "wire/crm-json.h"

#include <string.h>

G_DEFINE_QUARK (crm-wire-error-quark, crm_wire_error)

static const struct
{
  CrmWireError code;
  const char *name;
  guint status;
} codes[] = {
  { CRM_WIRE_ERROR_INVALID, "invalid", 400 },
  { CRM_WIRE_ERROR_TOO_BIG, "too_big", 413 },
  { CRM_WIRE_ERROR_PROTO, "proto", 400 },
  { CRM_WIRE_ERROR_SCHEMA, "schema", 400 },
  { CRM_WIRE_ERROR_FORK, "fork", 409 },
  { CRM_WIRE_ERROR_GAP, "gap", 409 },
  { CRM_WIRE_ERROR_EPOCH, "epoch", 410 },
  { CRM_WIRE_ERROR_TOO_OLD, "too_old", 410 },
  { CRM_WIRE_ERROR_BUSY, "busy", 429 },
  { CRM_WIRE_ERROR_UNAUTHORIZED, "unauthorized", 401 },
  { CRM_WIRE_ERROR_WIPE, "wipe", 401 },
  { CRM_WIRE_ERROR_FORBIDDEN, "forbidden", 403 },
  { CRM_WIRE_ERROR_NOT_FOUND, "not_found", 404 },
  { CRM_WIRE_ERROR_INTERNAL, "internal", 500 },
  { CRM_WIRE_ERROR_FULL, "full", 507 },
};

const char *
crm_wire_error_get_name (int code)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if ((int) codes[i].code == code)
      return codes[i].name;

  return "internal";
}

guint
crm_wire_error_get_status (int code)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if ((int) codes[i].code == code)
      return codes[i].status;

  return 500;
}

gboolean
crm_wire_error_find (const char *name, CrmWireError *code)
{
  g_return_val_if_fail (code != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (codes[i].name, name) == 0)
      {
        *code = codes[i].code;
        return TRUE;
      }

  return FALSE;
}

/* What a code of a newer server amounts to. */
static CrmWireError
guess (guint status)
{
  switch (status)
    {
    case 401:
      return CRM_WIRE_ERROR_UNAUTHORIZED;

    case 403:
      return CRM_WIRE_ERROR_FORBIDDEN;

    case 404:
      return CRM_WIRE_ERROR_NOT_FOUND;

    case 413:
      return CRM_WIRE_ERROR_TOO_BIG;

    case 429:
    case 503:
      return CRM_WIRE_ERROR_BUSY;

    case 507:
      return CRM_WIRE_ERROR_FULL;

    default:
      return status >= 400 && status < 500 ? CRM_WIRE_ERROR_INVALID : CRM_WIRE_ERROR_INTERNAL;
    }
}

void
crm_wire_error_write (const GError *error, guint retry_after, GString *json)
{
  gboolean ours;

  g_return_if_fail (error != NULL);
  g_return_if_fail (json != NULL);

  ours = error->domain == CRM_WIRE_ERROR;
  crm_json_open (json, NULL, '{');
  crm_json_open (json, "error", '{');
  crm_json_put_string (json, "code", crm_wire_error_get_name (ours ? error->code : 0));
  crm_json_put_string (json, "message", ours ? error->message : "The server failed; see its log");
  crm_json_put_int (json, "retry_after", retry_after);
  crm_json_close (json, '}');
  crm_json_close (json, '}');
}

static gboolean
read_body (CrmArena *arena,
           const char *text,
           gsize size,
           const char **name,
           const char **message,
           gint64 *retry_after)
{
  const CrmJson *root = crm_json_parse (arena, text, size, NULL);
  const CrmJson *body = NULL;

  return root != NULL && crm_json_get_object (root, "error", &body, NULL) && body != NULL &&
         crm_json_need_string (body, "code", name, NULL) &&
         crm_json_get_string (body, "message", message, NULL) &&
         crm_json_get_int (body, "retry_after", retry_after, NULL);
}

void
crm_wire_error_read (guint status, const char *text, gsize size, guint *retry_after, GError **error)
{
  g_autoptr (CrmArena) arena = crm_arena_new ();
  const char *name = NULL;
  const char *message = NULL;
  gint64 seconds = 0;
  CrmWireError code;

  if (retry_after != NULL)
    *retry_after = 0;

  if (!read_body (arena, text, size, &name, &message, &seconds))
    {
      g_set_error (error,
                   CRM_WIRE_ERROR,
                   CRM_WIRE_ERROR_TRUNCATED,
                   "Status %u came from something that is not a CRM server",
                   status);
      return;
    }

  if (!crm_wire_error_find (name, &code))
    code = guess (status);
  if (retry_after != NULL)
    *retry_after = (guint) MIN (seconds, 24 * 60 * 60);
  g_set_error_literal (error, CRM_WIRE_ERROR, code, message != NULL ? message : name);
}
