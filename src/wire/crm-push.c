#include "wire/crm-push.h"

#include "wire/crm-json-writer.h"
#include "wire/crm-message-private.h"
#include "wire/crm-wire-limit.h"

#include <string.h>

void
crm_push_request_write (const CrmPushRequest *self, GString *json)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (json != NULL);

  crm_json_open (json, NULL, '{');
  crm_json_put_int (json, "proto", self->proto);
  crm_json_put_int (json, "schema", self->schema);
  crm_json_put_string (json, "epoch", self->epoch);
  crm_json_put_string (json, "replica", self->replica);
  crm_json_put_string (json, "now", self->now);
  crm_json_open (json, "sets", '[');
  for (guint i = 0; i < self->n_sets; i++)
    crm_wire_set_write (&self->sets[i], json);
  crm_json_close (json, ']');
  crm_json_close (json, '}');
}

static gboolean
read_sets (CrmPushRequest *self, const CrmJson *array, GError **error)
{
  CrmWireSet *sets;

  if (array == NULL)
    return TRUE;
  if (array->n_children > CRM_WIRE_MAX_SETS)
    {
      g_set_error (error,
                   CRM_WIRE_ERROR,
                   CRM_WIRE_ERROR_TOO_BIG,
                   "A push has at most %d sets",
                   CRM_WIRE_MAX_SETS);
      return FALSE;
    }

  self->sets = sets = crm_arena_new0 (self->arena, CrmWireSet, array->n_children);
  for (const CrmJson *child = array->child; child != NULL; child = child->next)
    {
      CrmWireSet *set = &sets[self->n_sets++];

      if (!crm_wire_set_read (child, self->arena, set, error))
        return FALSE;
      if (self->n_sets > 1 && set->n != set[-1].n + 1)
        return crm_json_fail (error,
                              "Set %" G_GINT64_FORMAT " does not follow the one before it",
                              set->n);
    }

  return TRUE;
}

CrmPushRequest *
crm_push_request_read (const char *text, gsize size, GError **error)
{
  g_autoptr (CrmPushRequest) self = g_new0 (CrmPushRequest, 1);
  const CrmJson *root = crm_message_parse (text, size, &self->arena, error);
  const CrmJson *sets;

  if (root == NULL || !crm_message_check (root, &self->proto, &self->schema, error) ||
      !crm_json_get_string (root, "epoch", &self->epoch, error) ||
      !crm_json_need_id (root, "replica", &self->replica, error) ||
      !crm_json_get_string (root, "now", &self->now, error) ||
      !crm_json_get_array (root, "sets", &sets, error) || !read_sets (self, sets, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
crm_push_request_free (CrmPushRequest *self)
{
  if (self == NULL)
    return;

  crm_arena_free (self->arena);
  g_free (self);
}

const char *
crm_set_status_get_name (CrmSetStatus status)
{
  switch (status)
    {
    case CRM_SET_STATUS_OK:
      return "ok";

    case CRM_SET_STATUS_CONFLICT:
      return "conflict";

    case CRM_SET_STATUS_REJECTED:
      return "rejected";

    case CRM_SET_STATUS_MERGED:
    default:
      return "merged";
    }
}

static CrmSetStatus
find_status (const char *name)
{
  for (CrmSetStatus status = CRM_SET_STATUS_OK; status <= CRM_SET_STATUS_REJECTED; status++)
    if (strcmp (name, crm_set_status_get_name (status)) == 0)
      return status;

  return CRM_SET_STATUS_MERGED;
}

void
crm_set_result_put (const CrmSetResult *self, GString *json)
{
  crm_json_put_int (json, "n", self->n);
  crm_json_put_string (json, "st", crm_set_status_get_name (self->status));
  crm_json_put_int (json, "seq", self->seq);
  crm_json_put_string (json, "code", self->code);
  crm_json_put_strings (json, "conf", self->conf, self->n_conf);
}

void
crm_set_result_write (const CrmSetResult *self, GString *json)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (json != NULL);

  crm_json_open (json, NULL, '{');
  crm_set_result_put (self, json);
  crm_json_close (json, '}');
}

static gboolean
read_conflicts (const CrmJson *node, CrmArena *arena, CrmSetResult *result, GError **error)
{
  const CrmJson *array;
  const char **ids;

  if (!crm_json_get_array (node, "conf", &array, error))
    return FALSE;
  if (array == NULL)
    return TRUE;

  ids = crm_arena_new0 (arena, const char *, array->n_children);
  result->conf = ids;
  result->n_conf = array->n_children;
  for (const CrmJson *child = array->child; child != NULL; child = child->next, ids++)
    {
      if (child->type != CRM_JSON_STRING)
        return crm_json_fail (error, "conf: expected ids");
      *ids = child->text;
    }

  return TRUE;
}

gboolean
crm_set_result_read (const CrmJson *node, CrmArena *arena, CrmSetResult *result, GError **error)
{
  const char *status;

  g_return_val_if_fail (result != NULL, FALSE);

  *result = (CrmSetResult) { 0 };
  if (!crm_json_get_int (node, "n", &result->n, error) ||
      !crm_json_need_string (node, "st", &status, error) ||
      !crm_json_get_int (node, "seq", &result->seq, error) ||
      !crm_json_get_string (node, "code", &result->code, error) ||
      !read_conflicts (node, arena, result, error))
    return FALSE;
  result->status = find_status (status);

  return result->n > 0 || crm_json_fail (error, "n is missing");
}

void
crm_push_reply_write (const CrmPushReply *self, GString *json)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (json != NULL);

  crm_json_open (json, NULL, '{');
  crm_json_open (json, "res", '[');
  for (guint i = 0; i < self->n_results; i++)
    crm_set_result_write (&self->results[i], json);
  crm_json_close (json, ']');
  crm_json_close (json, '}');
}

static gboolean
read_results (CrmPushReply *self, const CrmJson *root, GError **error)
{
  const CrmJson *array;
  CrmSetResult *results;

  if (!crm_json_get_array (root, "res", &array, error))
    return FALSE;
  if (array == NULL)
    return crm_json_fail (error, "res is missing");

  self->results = results = crm_arena_new0 (self->arena, CrmSetResult, array->n_children);
  self->n_results = array->n_children;
  for (const CrmJson *child = array->child; child != NULL; child = child->next)
    if (!crm_set_result_read (child, self->arena, results++, error))
      return FALSE;

  return TRUE;
}

CrmPushReply *
crm_push_reply_read (const char *text, gsize size, GError **error)
{
  g_autoptr (CrmPushReply) self = g_new0 (CrmPushReply, 1);
  const CrmJson *root = crm_message_parse (text, size, &self->arena, error);

  return root != NULL && read_results (self, root, error) ? g_steal_pointer (&self) : NULL;
}

void
crm_push_reply_free (CrmPushReply *self)
{
  if (self == NULL)
    return;

  crm_arena_free (self->arena);
  g_free (self);
}
