#include "wire/crm-json.h"

#include "base/crm-id.h"
#include "wire/crm-wire-limit.h"

#include <stdarg.h>
#include <string.h>

#define MAX_NAME 64

gboolean
crm_json_fail (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INVALID, message);

  return FALSE;
}

const CrmJson *
crm_json_get (const CrmJson *object, const char *name)
{
  if (object == NULL || object->type != CRM_JSON_OBJECT)
    return NULL;

  for (const CrmJson *child = object->child; child != NULL; child = child->next)
    if (strcmp (child->name, name) == 0)
      return child->type != CRM_JSON_NULL ? child : NULL;

  return NULL;
}

gboolean
crm_json_get_string (const CrmJson *object, const char *name, const char **text, GError **error)
{
  const CrmJson *node = crm_json_get (object, name);

  *text = NULL;
  if (node != NULL && node->type != CRM_JSON_STRING)
    return crm_json_fail (error, "%s: expected text", name);
  if (node != NULL)
    *text = node->text;

  return TRUE;
}

gboolean
crm_json_to_int (const CrmJson *node, gint64 *number, GError **error)
{
  /* 2^53 has 16 digits. */
  if (node == NULL || node->type != CRM_JSON_NUMBER || node->length > 16 ||
      strspn (node->text, "0123456789") != node->length)
    return crm_json_fail (error, "Expected a whole number");

  *number = g_ascii_strtoll (node->text, NULL, 10);
  if (*number > CRM_WIRE_MAX_INT)
    return crm_json_fail (error, "Expected a whole number below 2^53");

  return TRUE;
}

gboolean
crm_json_get_int (const CrmJson *object, const char *name, gint64 *number, GError **error)
{
  const CrmJson *node = crm_json_get (object, name);

  *number = 0;
  if (node == NULL || crm_json_to_int (node, number, NULL))
    return TRUE;

  return crm_json_fail (error, "%s: expected a whole number from 0 to 2^53", name);
}

gboolean
crm_json_get_bool (const CrmJson *object, const char *name, gboolean *value, GError **error)
{
  const CrmJson *node = crm_json_get (object, name);

  *value = node != NULL && (node->type == CRM_JSON_TRUE ||
                            (node->type == CRM_JSON_NUMBER && strcmp (node->text, "1") == 0));
  if (node == NULL || *value || node->type == CRM_JSON_FALSE ||
      (node->type == CRM_JSON_NUMBER && strcmp (node->text, "0") == 0))
    return TRUE;

  return crm_json_fail (error, "%s: expected true or false", name);
}

static gboolean
get_container (const CrmJson *object,
               const char *name,
               CrmJsonType type,
               const CrmJson **child,
               GError **error)
{
  *child = crm_json_get (object, name);
  if (*child == NULL || (*child)->type == type)
    return TRUE;

  *child = NULL;

  return crm_json_fail (error,
                        "%s: expected an %s",
                        name,
                        type == CRM_JSON_ARRAY ? "array" : "object");
}

gboolean
crm_json_get_array (const CrmJson *object, const char *name, const CrmJson **array, GError **error)
{
  return get_container (object, name, CRM_JSON_ARRAY, array, error);
}

gboolean
crm_json_get_object (const CrmJson *object, const char *name, const CrmJson **child, GError **error)
{
  return get_container (object, name, CRM_JSON_OBJECT, child, error);
}

gboolean
crm_json_need_string (const CrmJson *object, const char *name, const char **text, GError **error)
{
  if (!crm_json_get_string (object, name, text, error))
    return FALSE;

  return (*text != NULL && (*text)[0] != '\0') || crm_json_fail (error, "%s is missing", name);
}

gboolean
crm_json_need_id (const CrmJson *object, const char *name, const char **id, GError **error)
{
  if (!crm_json_need_string (object, name, id, error))
    return FALSE;

  return crm_id_is_valid (*id) || crm_json_fail (error, "%s: expected a UUID in lower case", name);
}

gboolean
crm_json_is_name (const char *text)
{
  const gsize length = text != NULL ? strlen (text) : 0;

  return length > 0 && length <= MAX_NAME && g_ascii_islower (text[0]) &&
         strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_") == length;
}

gboolean
crm_json_need_name (const CrmJson *object, const char *name, const char **text, GError **error)
{
  if (!crm_json_need_string (object, name, text, error))
    return FALSE;

  return crm_json_is_name (*text) || crm_json_fail (error, "%s: expected a name", name);
}
