#include "wire/crm-json-writer.h"

#include "base/crm-text.h"

#include <string.h>

static void
separate (GString *json)
{
  if (json->len > 0 && strchr ("{[:\n", json->str[json->len - 1]) == NULL)
    g_string_append_c (json, ',');
}

void
crm_json_add_name (GString *json, const char *name)
{
  crm_json_add_string (json, name);
  g_string_append_c (json, ':');
}

void
crm_json_open (GString *json, const char *name, char bracket)
{
  g_return_if_fail (json != NULL);

  if (name != NULL)
    crm_json_add_name (json, name);
  else
    separate (json);
  g_string_append_c (json, bracket);
}

void
crm_json_close (GString *json, char bracket)
{
  g_return_if_fail (json != NULL);

  g_string_append_c (json, bracket);
}

void
crm_json_add_string (GString *json, const char *text)
{
  g_return_if_fail (json != NULL);

  separate (json);
  crm_text_append_json (json, text);
}

void
crm_json_add_int (GString *json, gint64 number)
{
  g_return_if_fail (json != NULL);

  separate (json);
  g_string_append_printf (json, "%" G_GINT64_FORMAT, number);
}

void
crm_json_put_string (GString *json, const char *name, const char *text)
{
  if (text == NULL || text[0] == '\0')
    return;

  crm_json_add_name (json, name);
  crm_text_append_json (json, text);
}

void
crm_json_put_int (GString *json, const char *name, gint64 number)
{
  if (number == 0)
    return;

  crm_json_add_name (json, name);
  crm_json_add_int (json, number);
}

void
crm_json_put_true (GString *json, const char *name, gboolean value)
{
  if (!value)
    return;

  crm_json_add_name (json, name);
  g_string_append (json, "true");
}

void
crm_json_put_strings (GString *json, const char *name, const char *const *texts, guint n)
{
  if (n == 0)
    return;

  crm_json_open (json, name, '[');
  for (guint i = 0; i < n; i++)
    crm_json_add_string (json, texts[i]);
  crm_json_close (json, ']');
}
