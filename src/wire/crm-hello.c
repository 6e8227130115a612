#include "wire/crm-hello.h"

#include "wire/crm-json-writer.h"
#include "wire/crm-message-private.h"

#include <sodium.h>
#include <string.h>

static void
put_range (GString *json, const char *name, gint64 min, gint64 max)
{
  crm_json_open (json, name, '[');
  crm_json_add_int (json, min);
  crm_json_add_int (json, max);
  crm_json_close (json, ']');
}

void
crm_hello_write (const CrmHello *self, GString *json)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (json != NULL);

  crm_json_open (json, NULL, '{');
  crm_json_put_string (json, "company", self->company);
  crm_json_put_string (json, "name", self->name);
  crm_json_put_string (json, "epoch", self->epoch);
  crm_json_put_string (json, "now", self->now);
  crm_json_put_string (json, "server", self->server);
  put_range (json, "proto", self->proto_min, self->proto_max);
  put_range (json, "schema", self->schema_min, self->schema_max);
  if (self->max_body > 0)
    {
      crm_json_open (json, "limits", '{');
      crm_json_put_int (json, "body", self->max_body);
      crm_json_close (json, '}');
    }
  crm_json_close (json, '}');
}

static gboolean
read_range (const CrmJson *root, const char *name, gint64 *min, gint64 *max, GError **error)
{
  const CrmJson *array;

  if (!crm_json_get_array (root, name, &array, error))
    return FALSE;

  return (array != NULL && array->n_children >= 2 && crm_json_to_int (array->child, min, NULL) &&
          crm_json_to_int (array->child->next, max, NULL) && *min <= *max) ||
         crm_json_fail (error, "%s: expected the first and the last version", name);
}

CrmHello *
crm_hello_read (const char *text, gsize size, GError **error)
{
  g_autoptr (CrmHello) self = g_new0 (CrmHello, 1);
  const CrmJson *root = crm_message_parse (text, size, &self->arena, error);
  const CrmJson *limits;

  if (root == NULL || !crm_json_need_string (root, "company", &self->company, error) ||
      !crm_json_get_string (root, "name", &self->name, error) ||
      !crm_json_need_string (root, "epoch", &self->epoch, error) ||
      !crm_json_get_string (root, "now", &self->now, error) ||
      !crm_json_get_string (root, "server", &self->server, error) ||
      !read_range (root, "proto", &self->proto_min, &self->proto_max, error) ||
      !read_range (root, "schema", &self->schema_min, &self->schema_max, error) ||
      !crm_json_get_object (root, "limits", &limits, error) ||
      !crm_json_get_int (limits, "body", &self->max_body, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
crm_hello_free (CrmHello *self)
{
  if (self == NULL)
    return;

  crm_arena_free (self->arena);
  g_free (self);
}

static gboolean
check_range (gint64 min, gint64 max, gint64 ours, gboolean *server_is_older)
{
  if (server_is_older != NULL)
    *server_is_older = max < ours;

  return min <= ours && ours <= max;
}

gboolean
crm_hello_check (const CrmHello *self, gboolean *server_is_older, GError **error)
{
  int code = CRM_WIRE_ERROR_SCHEMA;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!check_range (self->proto_min, self->proto_max, CRM_WIRE_PROTO, server_is_older))
    code = CRM_WIRE_ERROR_PROTO;
  else if (check_range (self->schema_min, self->schema_max, CRM_WIRE_SCHEMA, server_is_older))
    return TRUE;

  g_set_error (error,
               CRM_WIRE_ERROR,
               code,
               "The server speaks protocol %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
               " and descriptions %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
               ", this program %d and %d",
               self->proto_min,
               self->proto_max,
               self->schema_min,
               self->schema_max,
               CRM_WIRE_PROTO,
               CRM_WIRE_SCHEMA);

  return FALSE;
}
