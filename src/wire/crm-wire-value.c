#include "wire/crm-wire-value.h"

#include "base/crm-text.h"
#include "model/crm-merge.h"
#include "model/crm-money.h"
#include "wire/crm-json-writer.h"
#include "wire/crm-wire-limit.h"

#include <math.h>
#include <string.h>

/* As it is written: sorted, once each, none empty. Other texts go as they are, so that both ends
 * make the same digest of them. */
static gboolean
is_members (const char *text)
{
  g_autofree char *members = crm_members_unite (text, NULL);

  return g_strcmp0 (members, text) == 0;
}

static gboolean
is_number (const char *text)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  double number;

  if (strspn (text, "0123456789.+-e") != strlen (text))
    return FALSE;
  number = g_ascii_strtod (text, NULL);

  return isfinite (number) && strcmp (crm_number_format (number, buffer), text) == 0;
}

static CrmWireType
get_type (const CrmField *field, const char *value)
{
  if (field->type == CRM_FIELD_NUMBER && is_number (value))
    return CRM_WIRE_NUMBER;
  if (field->type == CRM_FIELD_BOOL && strcmp (value, "true") == 0)
    return CRM_WIRE_TRUE;
  if (field->type == CRM_FIELD_SET && is_members (value))
    return CRM_WIRE_MEMBERS;

  return CRM_WIRE_TEXT;
}

CrmWireValue
crm_wire_value_for_field (const CrmField *field, const char *value)
{
  g_return_val_if_fail (field != NULL, (CrmWireValue) { 0 });

  if (value == NULL || value[0] == '\0')
    return (CrmWireValue) { CRM_WIRE_EMPTY, NULL };

  return (CrmWireValue) { get_type (field, value), value };
}

/* A whole number that a double does not hold would be another one at the other end. */
static gboolean
read_number (const CrmJson *node, CrmArena *arena, CrmWireValue *value, GError **error)
{
  const gboolean whole = strpbrk (node->text, ".eE") == NULL;
  const double number = g_ascii_strtod (node->text, NULL);
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    return crm_json_fail (error, "“%s” is too large a number", node->text);
  crm_number_format (number, buffer);
  if (whole && fabs (number) >= CRM_WIRE_MAX_INT && strcmp (buffer, node->text) != 0)
    return crm_json_fail (error, "“%s” has too many digits for a number", node->text);

  *value = (CrmWireValue) { CRM_WIRE_NUMBER, crm_arena_strdup (arena, buffer) };

  return TRUE;
}

static gboolean
join_members (const CrmJson *node, GString *joined, GError **error)
{
  for (const CrmJson *child = node->child; child != NULL; child = child->next)
    {
      if (child->type != CRM_JSON_STRING || strchr (child->text, ';') != NULL)
        return crm_json_fail (error, "A member of a set is a text without “;”");
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? ";" : "", child->text);
    }

  return TRUE;
}

static gboolean
read_members (const CrmJson *node, CrmArena *arena, CrmWireValue *value, GError **error)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  g_autofree char *members = NULL;

  if (!join_members (node, joined, error))
    return FALSE;

  members = crm_members_unite (joined->str, NULL);
  *value = (CrmWireValue) { members != NULL ? CRM_WIRE_MEMBERS : CRM_WIRE_EMPTY,
                            crm_arena_strdup (arena, members) };

  return TRUE;
}

gboolean
crm_wire_value_read (const CrmJson *node, CrmArena *arena, CrmWireValue *value, GError **error)
{
  g_return_val_if_fail (value != NULL, FALSE);

  *value = (CrmWireValue) { CRM_WIRE_EMPTY, NULL };
  if (node == NULL)
    return TRUE;

  switch (node->type)
    {
    case CRM_JSON_STRING:
      if (node->length > 0)
        *value = (CrmWireValue) { CRM_WIRE_TEXT, node->text };
      return TRUE;

    case CRM_JSON_NUMBER:
      return read_number (node, arena, value, error);

    case CRM_JSON_TRUE:
      *value = (CrmWireValue) { CRM_WIRE_TRUE, "true" };
      return TRUE;

    case CRM_JSON_ARRAY:
      return read_members (node, arena, value, error);

    case CRM_JSON_NULL:
    case CRM_JSON_FALSE:
      return TRUE;

    case CRM_JSON_OBJECT:
    default:
      return crm_json_fail (error, "A value is no object");
    }
}

static void
write_members (const char *text, GString *json)
{
  g_auto (GStrv) members = g_strsplit (text, ";", -1);

  g_string_append_c (json, '[');
  for (guint i = 0; members[i] != NULL; i++)
    crm_json_add_string (json, members[i]);
  g_string_append_c (json, ']');
}

void
crm_wire_value_write (const CrmWireValue *value, GString *json)
{
  g_return_if_fail (value != NULL);
  g_return_if_fail (json != NULL);

  switch (value->type)
    {
    case CRM_WIRE_TEXT:
      crm_text_append_json (json, value->text);
      break;

    case CRM_WIRE_NUMBER:
      g_string_append (json, value->text);
      break;

    case CRM_WIRE_TRUE:
      g_string_append (json, "true");
      break;

    case CRM_WIRE_MEMBERS:
      write_members (value->text, json);
      break;

    case CRM_WIRE_EMPTY:
    default:
      g_string_append (json, "null");
    }
}

gboolean
crm_wire_value_equal (const CrmWireValue *a, const CrmWireValue *b)
{
  return a->type == b->type && g_strcmp0 (a->text, b->text) == 0;
}

CrmNamedValue *
crm_named_values_read (const char *json, CrmArena *arena, guint *n, GError **error)
{
  const CrmJson *root;
  CrmNamedValue *values;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (n != NULL, NULL);

  *n = 0;
  if (!(root = crm_json_parse (arena, json, strlen (json), error)))
    return NULL;
  if (root->type != CRM_JSON_OBJECT)
    {
      crm_json_fail (error, "Expected an object of fields");
      return NULL;
    }

  /* One more, as none at all is no error. */
  values = crm_arena_new0 (arena, CrmNamedValue, root->n_children + 1);
  for (const CrmJson *child = root->child; child != NULL; child = child->next)
    {
      values[*n].name = child->name;
      if (!crm_wire_value_read (child, arena, &values[(*n)++].value, error))
        return NULL;
    }

  return values;
}

void
crm_named_values_write (const CrmNamedValue *values, guint n, GString *json)
{
  crm_json_open (json, NULL, '{');
  for (guint i = 0; i < n; i++)
    {
      if (values[i].value.type == CRM_WIRE_EMPTY)
        continue;
      crm_json_add_name (json, values[i].name);
      crm_wire_value_write (&values[i].value, json);
    }
  crm_json_close (json, '}');
}
