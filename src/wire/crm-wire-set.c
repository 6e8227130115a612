#include "wire/crm-wire-set.h"

#include "wire/crm-json-writer.h"
#include "wire/crm-message-private.h"
#include "wire/crm-wire-limit.h"

#include <string.h>

void
crm_wire_set_get_digest (const CrmWireSet *self,
                         const guint8 previous[CRM_SET_DIGEST_SIZE],
                         guint8 digest[CRM_SET_DIGEST_SIZE])
{
  const CrmSetHeader header = {
    .n = self->n,
    .id = self->id,
    .group = self->group,
    .action = self->action,
    .why = self->why,
    .at = self->at,
    .all = self->all,
  };
  g_auto (CrmSetDigest) chain = { 0 };

  crm_set_digest_begin (&chain, previous, &header);
  for (guint i = 0; i < self->n_ops; i++)
    {
      const CrmWireOp *op = &self->ops[i];

      crm_set_digest_begin_op (&chain, op->kind, op->id, op->op, op->base);
      for (guint j = 0; j < op->n_fields; j++)
        crm_set_digest_add_field (&chain,
                                  op->fields[j].name,
                                  op->fields[j].value.text,
                                  op->fields[j].base,
                                  op->fields[j].old.text);
      crm_set_digest_end_op (&chain);
    }
  crm_set_digest_end (&chain, digest);
}

/* Own sets are texts, the server's numbers are numbers. */
static void
put_base (GString *json, gint64 base)
{
  g_autoptr (GString) text = g_string_new (NULL);

  crm_set_base_append (text, base);
  if (base < 0)
    crm_json_put_string (json, "b", text->str);
  else
    crm_json_put_int (json, "b", base);
}

static void
put_value (GString *json, const char *name, const CrmWireValue *value)
{
  if (value->type == CRM_WIRE_EMPTY)
    return;

  crm_json_add_name (json, name);
  crm_wire_value_write (value, json);
}

static void
write_field (const CrmWireField *field, GString *json)
{
  crm_json_open (json, field->name, '{');
  put_value (json, "v", &field->value);
  put_base (json, field->base);
  put_value (json, "o", &field->old);
  crm_json_close (json, '}');
}

static void
write_op (const CrmWireOp *op, GString *json)
{
  crm_json_open (json, NULL, '{');
  crm_json_put_string (json, "kind", op->kind);
  crm_json_put_string (json, "id", op->id);
  crm_json_put_string (json, "op", crm_set_op_get_name (op->op));
  put_base (json, op->base);
  if (op->op != CRM_SET_OP_DELETE)
    {
      crm_json_open (json, "f", '{');
      for (guint i = 0; i < op->n_fields; i++)
        write_field (&op->fields[i], json);
      crm_json_close (json, '}');
    }
  crm_json_close (json, '}');
}

void
crm_wire_set_write (const CrmWireSet *self, GString *json)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (json != NULL);

  crm_json_open (json, NULL, '{');
  crm_json_put_string (json, "id", self->id);
  crm_json_put_int (json, "n", self->n);
  crm_json_put_string (json, "prev", self->prev);
  crm_json_put_string (json, "action", self->action);
  crm_json_put_string (json, "group", self->group);
  crm_json_put_string (json, "mode", self->all ? "all" : "each");
  crm_json_put_string (json, "why", self->why);
  crm_json_put_string (json, "at", self->at);
  crm_json_put_true (json, "confirm", self->confirm);
  crm_json_open (json, "ops", '[');
  for (guint i = 0; i < self->n_ops; i++)
    write_op (&self->ops[i], json);
  crm_json_close (json, ']');
  crm_json_close (json, '}');
}

static gboolean
read_base (const CrmJson *object, gint64 *base, GError **error)
{
  const CrmJson *node = crm_json_get (object, "b");

  *base = 0;
  if (node == NULL || (node->type == CRM_JSON_NUMBER && crm_json_to_int (node, base, NULL)))
    return TRUE;
  if (node->type == CRM_JSON_STRING && node->text[0] == 'n' &&
      crm_set_base_parse (node->text, base))
    return TRUE;

  return crm_json_fail (error, "b: expected a version or “n” and the number of a set");
}

static void
check_size (CrmWireSet *set, const CrmWireValue *value)
{
  if (value->text != NULL && strlen (value->text) > CRM_WIRE_MAX_FIELD)
    set->problem = CRM_WIRE_ERROR_TOO_BIG;
}

static gboolean
read_field (const CrmJson *node,
            CrmArena *arena,
            CrmWireSet *set,
            CrmWireField *field,
            GError **error)
{
  if (!crm_json_is_name (node->name))
    return crm_json_fail (error, "f: “%.80s” is not the name of a field", node->name);
  if (node->type != CRM_JSON_OBJECT)
    return crm_json_fail (error, "%s: expected an object", node->name);

  field->name = node->name;
  if (!crm_wire_value_read (crm_json_get (node, "v"), arena, &field->value, error) ||
      !crm_wire_value_read (crm_json_get (node, "o"), arena, &field->old, error) ||
      !read_base (node, &field->base, error))
    {
      g_prefix_error (error, "%s: ", node->name);
      return FALSE;
    }
  check_size (set, &field->value);
  check_size (set, &field->old);

  return TRUE;
}

/* A base of a whole row counts when it goes; elsewhere it is not part of the message. */
static gboolean
read_op (const CrmJson *node, CrmArena *arena, CrmWireSet *set, CrmWireOp *op, GError **error)
{
  const CrmJson *fields;
  CrmWireField *read;

  if (!crm_json_need_name (node, "kind", &op->kind, error) ||
      !crm_json_need_id (node, "id", &op->id, error) || !crm_message_get_op (node, &op->op, error))
    return FALSE;
  if (op->op == CRM_SET_OP_DELETE)
    return read_base (node, &op->base, error);
  if (!crm_json_get_object (node, "f", &fields, error))
    return FALSE;
  if (fields == NULL)
    return TRUE;

  op->n_fields = fields->n_children;
  op->fields = read = crm_arena_new0 (arena, CrmWireField, op->n_fields);
  for (const CrmJson *child = fields->child; child != NULL; child = child->next)
    if (!read_field (child, arena, set, read++, error))
      return FALSE;

  return TRUE;
}

static gboolean
read_ops (const CrmJson *node, CrmArena *arena, CrmWireSet *set, GError **error)
{
  const CrmJson *ops;
  CrmWireOp *read;

  if (!crm_json_get_array (node, "ops", &ops, error))
    return FALSE;
  if (ops == NULL)
    return TRUE;
  if (ops->n_children > CRM_WIRE_MAX_OPS)
    {
      g_set_error (error,
                   CRM_WIRE_ERROR,
                   CRM_WIRE_ERROR_TOO_BIG,
                   "A set has at most %d records",
                   CRM_WIRE_MAX_OPS);
      return FALSE;
    }

  set->n_ops = ops->n_children;
  set->ops = read = crm_arena_new0 (arena, CrmWireOp, set->n_ops);
  for (const CrmJson *child = ops->child; child != NULL; child = child->next)
    if (!read_op (child, arena, set, read++, error))
      return FALSE;

  return TRUE;
}

static gboolean
read_mode (const CrmJson *node, gboolean *all, GError **error)
{
  const char *mode;

  if (!crm_json_get_string (node, "mode", &mode, error))
    return FALSE;
  *all = mode == NULL || strcmp (mode, "all") == 0;

  return *all || strcmp (mode, "each") == 0 || crm_json_fail (error, "mode: expected all or each");
}

static gboolean
read_prev (const CrmJson *node, const char **prev, GError **error)
{
  guint8 digest[CRM_SET_DIGEST_SIZE];

  if (!crm_json_get_string (node, "prev", prev, error))
    return FALSE;

  return *prev == NULL || crm_set_digest_from_hex (*prev, digest) ||
         crm_json_fail (error, "prev: expected 64 hex digits");
}

/* They travel with every row that the set changed, to everybody. */
static gboolean
check_labels (CrmWireSet *set, GError **error)
{
  const char *const labels[] = { set->action, set->group, set->at };

  if (set->why != NULL && strlen (set->why) > CRM_WIRE_MAX_WHY)
    set->problem = CRM_WIRE_ERROR_TOO_BIG;
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (labels[i] != NULL && strlen (labels[i]) > CRM_WIRE_MAX_LABEL)
      return crm_json_fail (error,
                            "action, group, at: expected at most %d bytes each",
                            CRM_WIRE_MAX_LABEL);

  return TRUE;
}

gboolean
crm_wire_set_read (const CrmJson *node, CrmArena *arena, CrmWireSet *set, GError **error)
{
  g_return_val_if_fail (set != NULL, FALSE);

  *set = (CrmWireSet) { 0 };
  if (!crm_json_get_int (node, "n", &set->n, error) ||
      !crm_json_need_id (node, "id", &set->id, error) || !read_prev (node, &set->prev, error) ||
      !crm_json_need_string (node, "action", &set->action, error) ||
      !crm_json_get_string (node, "group", &set->group, error) ||
      !crm_json_get_string (node, "why", &set->why, error) ||
      !crm_json_need_string (node, "at", &set->at, error) || !read_mode (node, &set->all, error) ||
      !crm_json_get_bool (node, "confirm", &set->confirm, error) || !check_labels (set, error) ||
      !read_ops (node, arena, set, error))
    {
      g_prefix_error (error, "Set %" G_GINT64_FORMAT ": ", set->n);
      return FALSE;
    }
  if (set->n == 0)
    return crm_json_fail (error, "A set has a number from 1 on");

  return TRUE;
}
