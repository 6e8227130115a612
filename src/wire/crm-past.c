#include "wire/crm-past.h"

#include "wire/crm-json-writer.h"
#include "wire/crm-message-private.h"
#include "wire/crm-page-private.h"

#include <string.h>

static void
write_change (const CrmPastChange *change, GString *json)
{
  crm_json_open (json, NULL, '{');
  crm_set_line_put (&change->set, json);
  crm_json_put_string (json, "kind", change->kind);
  crm_json_put_string (json, "op", crm_set_op_get_name (change->op));
  crm_json_open (json, "f", '{');
  for (guint i = 0; i < change->n_fields; i++)
    {
      crm_json_open (json, change->fields[i].name, '[');
      crm_wire_value_write (&change->fields[i].old, json);
      g_string_append_c (json, ',');
      crm_wire_value_write (&change->fields[i].value, json);
      crm_json_close (json, ']');
    }
  crm_json_close (json, '}');
  crm_json_close (json, '}');
}

void
crm_past_write (const CrmPast *self, GString *json)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (json != NULL);

  crm_json_open (json, NULL, '{');
  crm_json_open (json, "sets", '[');
  for (guint i = 0; i < self->n_changes; i++)
    write_change (&self->changes[i], json);
  crm_json_close (json, ']');
  crm_json_put_int (json, "before", self->before);
  crm_json_close (json, '}');
}

static gboolean
read_field (const CrmJson *node, CrmArena *arena, CrmPastField *field, GError **error)
{
  if (!crm_json_is_name (node->name) || node->type != CRM_JSON_ARRAY || node->n_children < 2)
    return crm_json_fail (error, "%.80s: expected an old and a new value", node->name);

  field->name = node->name;

  return crm_wire_value_read (node->child, arena, &field->old, error) &&
         crm_wire_value_read (node->child->next, arena, &field->value, error);
}

static gboolean
read_change (const CrmJson *node, CrmArena *arena, CrmPastChange *change, GError **error)
{
  const CrmJson *object;
  CrmPastField *fields;

  if (!crm_set_line_read (node, &change->set, error) ||
      !crm_json_need_name (node, "kind", &change->kind, error) ||
      !crm_message_get_op (node, &change->op, error) ||
      !crm_json_get_object (node, "f", &object, error))
    return FALSE;
  if (object == NULL)
    return TRUE;

  change->fields = fields = crm_arena_new0 (arena, CrmPastField, object->n_children);
  change->n_fields = object->n_children;
  for (const CrmJson *child = object->child; child != NULL; child = child->next)
    if (!read_field (child, arena, fields++, error))
      return FALSE;

  return TRUE;
}

static gboolean
read_changes (CrmPast *self, const CrmJson *root, GError **error)
{
  const CrmJson *array;
  CrmPastChange *changes;

  if (!crm_json_get_array (root, "sets", &array, error))
    return FALSE;
  if (array == NULL)
    return crm_json_fail (error, "sets is missing");

  self->changes = changes = crm_arena_new0 (self->arena, CrmPastChange, array->n_children);
  self->n_changes = array->n_children;
  for (const CrmJson *child = array->child; child != NULL; child = child->next)
    if (!read_change (child, self->arena, changes++, error))
      return FALSE;

  return TRUE;
}

CrmPast *
crm_past_read (const char *text, gsize size, GError **error)
{
  g_autoptr (CrmPast) self = g_new0 (CrmPast, 1);
  const CrmJson *root = crm_message_parse (text, size, &self->arena, error);

  if (root == NULL || !read_changes (self, root, error) ||
      !crm_json_get_int (root, "before", &self->before, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
crm_past_free (CrmPast *self)
{
  if (self == NULL)
    return;

  crm_arena_free (self->arena);
  g_free (self);
}
