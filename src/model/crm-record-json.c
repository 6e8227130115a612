#include "model/crm-record-json.h"

#include "base/crm-id.h"
#include "base/crm-text.h"
#include "model/crm-money.h"
#include "model/crm-value.h"

#include <string.h>

static JsonNode *
new_string (const char *value)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, value);

  return node;
}

static JsonNode *
new_array (const char *value)
{
  g_auto (GStrv) members = g_strsplit (value, ";", -1);
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; members[i] != NULL; i++)
    json_array_add_string_element (array, members[i]);
  json_node_take_array (node, array);

  return node;
}

/* Whole numbers stay whole, so that 1190 is not written 1190.0. */
static JsonNode *
new_number (const char *value)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  char *end = NULL;

  if (strchr (value, '.') == NULL)
    json_node_set_int (node, g_ascii_strtoll (value, &end, 10));
  else
    json_node_set_double (node, g_ascii_strtod (value, &end));

  return node;
}

JsonNode *
crm_value_to_json (const CrmField *field, const char *value)
{
  JsonNode *node;

  g_return_val_if_fail (field != NULL, NULL);

  if (crm_text_is_empty (value))
    return json_node_new (JSON_NODE_NULL);

  switch (field->type)
    {
    case CRM_FIELD_SET:
      return new_array (value);

    case CRM_FIELD_NUMBER:
      return new_number (value);

    case CRM_FIELD_BOOL:
      node = json_node_new (JSON_NODE_VALUE);
      json_node_set_boolean (node, strcmp (value, "true") == 0);
      return node;

    case CRM_FIELD_TEXT:
    case CRM_FIELD_LONG_TEXT:
    case CRM_FIELD_DATE:
    case CRM_FIELD_TIME:
    case CRM_FIELD_MONEY:
    case CRM_FIELD_CHOICE:
    case CRM_FIELD_LINK:
    default:
      return new_string (value);
    }
}

JsonNode *
crm_record_to_json (CrmRecord *self)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  const CrmKind *kind;

  g_return_val_if_fail (CRM_IS_RECORD (self), NULL);

  kind = crm_record_get_kind (self);
  json_object_set_string_member (object, "id", crm_record_get_id (self));
  json_object_set_string_member (object, "kind", crm_kind_get_name (kind));
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);
      const char *value = crm_record_get_at (self, i);

      if (value != NULL)
        json_object_set_member (object, field->name, crm_value_to_json (field, value));
    }
  json_node_take_object (node, object);

  return node;
}

/* RFC 8259, 7: quotes, backslashes and control characters; all else as it is. */
static void
append_string (GString *line, const char *text)
{
  g_string_append_c (line, '"');
  for (; *text != '\0'; text++)
    if (*text == '"' || *text == '\\')
      g_string_append_printf (line, "\\%c", *text);
    else if (*text == '\n')
      g_string_append (line, "\\n");
    else if (*text == '\t')
      g_string_append (line, "\\t");
    else if ((guchar) *text < 0x20 || *text == 0x7f)
      g_string_append_printf (line, "\\u%04x", *text);
    else
      g_string_append_c (line, *text);
  g_string_append_c (line, '"');
}

static void
append_set (GString *line, const char *value)
{
  g_auto (GStrv) members = g_strsplit (value, ";", -1);

  g_string_append_c (line, '[');
  for (guint i = 0; members[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (line, ',');
      append_string (line, members[i]);
    }
  g_string_append_c (line, ']');
}

static void
append_value (GString *line, const CrmField *field, const char *value)
{
  g_autofree char *number = field->type == CRM_FIELD_NUMBER ? crm_number_parse (value) : NULL;

  if (field->type == CRM_FIELD_SET)
    append_set (line, value);
  else if (field->type == CRM_FIELD_BOOL)
    g_string_append (line, strcmp (value, "true") == 0 ? "true" : "false");
  else if (g_strcmp0 (number, value) == 0)
    g_string_append (line, value);
  else
    append_string (line, value);
}

/* Written here and not by json-glib, which would write 11.9 as 11.900000000000000. */
char *
crm_record_to_json_line (CrmRecord *self)
{
  const CrmKind *kind;
  GString *line;

  g_return_val_if_fail (CRM_IS_RECORD (self), NULL);

  kind = crm_record_get_kind (self);
  line = g_string_new ("{\"id\":");
  append_string (line, crm_record_get_id (self));
  g_string_append (line, ",\"kind\":");
  append_string (line, crm_kind_get_name (kind));
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      if (crm_record_get_at (self, i) == NULL)
        continue;
      g_string_append_printf (line, ",\"%s\":", crm_kind_get_field (kind, i)->name);
      append_value (line, crm_kind_get_field (kind, i), crm_record_get_at (self, i));
    }
  g_string_append_c (line, '}');

  return g_string_free_and_steal (line);
}

/* FALSE when @node is an object or another array, which no field holds. */
static gboolean
join_array (JsonArray *array, char **text)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
        return FALSE;
      g_string_append_printf (joined, "%s%s", i > 0 ? ";" : "", json_node_get_string (element));
    }
  *text = g_strdup (joined->str);

  return TRUE;
}

static char *
number_to_text (JsonNode *node)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.15g", json_node_get_double (node)));
}

/* What a person would have typed for @node. */
static gboolean
to_text (JsonNode *node, char **text)
{
  *text = NULL;
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return join_array (json_node_get_array (node), text);
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    *text = g_strdup (json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    *text = g_strdup (json_node_get_boolean (node) ? "true" : "false");
  else
    *text = number_to_text (node);

  return TRUE;
}

static gboolean
set_member (CrmRecord *record, const char *name, JsonNode *node, GError **error)
{
  const CrmKind *kind = crm_record_get_kind (record);
  g_autofree char *text = NULL;

  if (crm_kind_find_field (kind, name) == NULL)
    {
      g_set_error (error,
                   CRM_MODEL_ERROR,
                   CRM_MODEL_ERROR_UNKNOWN,
                   "A %s has no field “%s”",
                   crm_kind_get_name (kind),
                   name);
      return FALSE;
    }
  if (!to_text (node, &text))
    {
      g_set_error (error,
                   CRM_MODEL_ERROR,
                   CRM_MODEL_ERROR_VALUE,
                   "%s: expected text, a number, true or an array of texts",
                   name);
      return FALSE;
    }

  return crm_record_set_input (record, name, text, error);
}

static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static CrmRecord *
new_record (JsonObject *object, const CrmModel *model, GError **error)
{
  const char *kind_name = get_string (object, "kind");
  const CrmKind *kind = kind_name != NULL ? crm_model_find_kind (model, kind_name) : NULL;
  g_autofree char *id = crm_id_normalize (get_string (object, "id"));

  if (kind == NULL)
    {
      g_set_error (error,
                   CRM_MODEL_ERROR,
                   CRM_MODEL_ERROR_UNKNOWN,
                   "kind: there is no kind “%s”",
                   kind_name != NULL ? kind_name : "");
      return NULL;
    }
  if (id == NULL && json_object_has_member (object, "id"))
    {
      g_set_error (error, CRM_MODEL_ERROR, CRM_MODEL_ERROR_VALUE, "id: expected a UUID");
      return NULL;
    }

  return crm_record_new (kind, id);
}

CrmRecord *
crm_record_from_json (JsonNode *node, const CrmModel *model, GError **error)
{
  g_autoptr (CrmRecord) record = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  g_return_val_if_fail (model != NULL, NULL);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, CRM_MODEL_ERROR, CRM_MODEL_ERROR_VALUE, "Expected a JSON object");
      return NULL;
    }
  record = new_record (json_node_get_object (node), model, error);
  if (record == NULL)
    return NULL;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    if (strcmp (name, "id") != 0 && strcmp (name, "kind") != 0 &&
        !set_member (record, name, member, error))
      return NULL;

  return g_steal_pointer (&record);
}

gboolean
crm_record_take_json (CrmRecord *record, const char *text)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  g_return_val_if_fail (CRM_IS_RECORD (record), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  node = g_utf8_validate (text, -1, NULL) ? json_from_string (text, NULL) : NULL;
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      const int index = crm_kind_find_index (crm_record_get_kind (record), name);
      g_autofree char *value = NULL;

      if (index >= 0 && to_text (member, &value))
        crm_record_set_at (record, (guint) index, value);
    }

  return TRUE;
}

CrmRecord *
crm_record_from_json_line (const char *line, const CrmModel *model, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  g_return_val_if_fail (line != NULL, NULL);

  /* Strings of JSON are UTF-8; the parser does not look. */
  if (!g_utf8_validate (line, -1, NULL))
    {
      g_set_error (error, CRM_MODEL_ERROR, CRM_MODEL_ERROR_VALUE, "Expected UTF-8 text");
      return NULL;
    }
  if (!json_parser_load_from_data (parser, line, -1, error))
    return NULL;

  return crm_record_from_json (json_parser_get_root (parser), model, error);
}
