#include "wire/crm-message-private.h"

#include <string.h>

const CrmJson *
crm_message_parse (const char *text, gsize size, CrmArena **arena, GError **error)
{
  const CrmJson *root;

  *arena = crm_arena_new ();
  root = crm_json_parse (*arena, text, size, error);
  if (root == NULL || root->type == CRM_JSON_OBJECT)
    return root;
  crm_json_fail (error, "Expected a JSON object");

  return NULL;
}

gboolean
crm_message_check (const CrmJson *root, gint64 *proto, gint64 *schema, GError **error)
{
  if (!crm_json_get_int (root, "proto", proto, error) ||
      !crm_json_get_int (root, "schema", schema, error))
    return FALSE;
  /* The first of each had no need to be named. */
  if (crm_json_get (root, "proto") == NULL)
    *proto = 1;
  if (crm_json_get (root, "schema") == NULL)
    *schema = 1;
  if (*proto == CRM_WIRE_PROTO)
    return *schema > 0 || crm_json_fail (error, "schema: expected a number from 1 on");

  if (*proto == 0)
    g_set_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_PROTO, "proto is missing");
  else
    g_set_error (error,
                 CRM_WIRE_ERROR,
                 CRM_WIRE_ERROR_PROTO,
                 "Protocol %" G_GINT64_FORMAT " is not spoken here, but %d",
                 *proto,
                 CRM_WIRE_PROTO);

  return FALSE;
}

gboolean
crm_message_get_ints (const CrmJson *root,
                      const char *name,
                      CrmArena *arena,
                      const gint64 **numbers,
                      guint *n,
                      GError **error)
{
  const CrmJson *array;
  gint64 *read;

  if (!crm_json_get_array (root, name, &array, error))
    return FALSE;
  if (array == NULL)
    return TRUE;

  *numbers = read = crm_arena_new0 (arena, gint64, array->n_children);
  *n = array->n_children;
  for (const CrmJson *child = array->child; child != NULL; child = child->next)
    if (!crm_json_to_int (child, read++, error))
      return FALSE;

  return TRUE;
}

gboolean
crm_message_get_op (const CrmJson *node, CrmSetOp *op, GError **error)
{
  const char *name;

  if (!crm_json_need_string (node, "op", &name, error))
    return FALSE;

  for (*op = CRM_SET_OP_NEW; *op <= CRM_SET_OP_DELETE; (*op)++)
    if (strcmp (name, crm_set_op_get_name (*op)) == 0)
      return TRUE;

  return crm_json_fail (error, "op: expected new, set or del");
}
