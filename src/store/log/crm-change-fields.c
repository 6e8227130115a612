#include "store/log/crm-change-fields-private.h"

#include "base/crm-text.h"
#include "store/crm-store-error.h"

#include <string.h>

void
crm_change_fields_begin (GString *json)
{
  g_string_assign (json, "{");
}

static gboolean
is_plain (unsigned char c)
{
  return c >= 0x20 && c != '"' && c != '\\';
}

void
crm_change_fields_add (GString *json,
                       const char *name,
                       const char *old_value,
                       const char *new_value,
                       gint64 seen)
{
  if (json->len > 1)
    g_string_append_c (json, ',');
  crm_text_append_json (json, name);
  g_string_append (json, ":[");
  crm_text_append_json (json, old_value);
  g_string_append_c (json, ',');
  crm_text_append_json (json, new_value);
  if (seen > 0)
    g_string_append_printf (json, ",%" G_GINT64_FORMAT, seen);
  else if (seen < 0)
    g_string_append_printf (json, ",\"n%" G_GINT64_FORMAT "\"", -seen);
  g_string_append_c (json, ']');
}

void
crm_change_fields_end (GString *json)
{
  g_string_append_c (json, '}');
}

static void
clear_change (gpointer data)
{
  CrmFieldChange *change = data;

  g_free (change->name);
  g_free (change->old_value);
  g_free (change->new_value);
}

static gboolean
skip_char (const char **at, char c)
{
  if (**at != c)
    return FALSE;

  (*at)++;

  return TRUE;
}

/* @at is behind the backslash. */
static gboolean
parse_escape (const char **at, GString *text)
{
  const char c = **at;
  guint code = 0;

  (*at)++;
  if (c == '"' || c == '\\' || c == '/')
    g_string_append_c (text, c);
  else if (c == 'n')
    g_string_append_c (text, '\n');
  else if (c == 'u')
    {
      for (guint i = 0; i < 4; i++, (*at)++)
        {
          if (!g_ascii_isxdigit (**at))
            return FALSE;
          code = 16 * code + g_ascii_xdigit_value (**at);
        }
      /* Only control characters are written like this. */
      if (code == 0 || code >= 0x20)
        return FALSE;
      g_string_append_c (text, (char) code);
    }
  else
    return FALSE;

  return TRUE;
}

/* Most values have no escape and are copied in one piece. */
static gboolean
parse_string (const char **at, char **value)
{
  const char *end;
  g_autoptr (GString) text = NULL;

  if (!skip_char (at, '"'))
    return FALSE;

  for (end = *at; is_plain (*end); end++)
    ;
  if (*end == '"')
    {
      *value = g_strndup (*at, end - *at);
      *at = end + 1;
      return TRUE;
    }

  text = g_string_new (NULL);
  while (**at != '"')
    {
      for (end = *at; is_plain (*end); end++)
        ;
      g_string_append_len (text, *at, end - *at);
      *at = end;
      if (*end == '"')
        break;
      if (!skip_char (at, '\\') || !parse_escape (at, text))
        return FALSE;
    }
  (*at)++;
  *value = g_strdup (text->str);

  return TRUE;
}

static gboolean
parse_value (const char **at, char **value)
{
  if (**at == '"')
    return parse_string (at, value);
  if (!g_str_has_prefix (*at, "null"))
    return FALSE;

  *at += strlen ("null");
  *value = NULL;

  return TRUE;
}

static gboolean
parse_seen (const char **at, gint64 *seen)
{
  const gboolean own = **at == '"';
  char *end = NULL;

  if (own && (*at)[1] != 'n')
    return FALSE;
  if (own)
    *at += 2;
  if (!g_ascii_isdigit (**at))
    return FALSE;

  *seen = g_ascii_strtoll (*at, &end, 10);
  *at = end;
  if (!own)
    return TRUE;

  *seen = -*seen;

  return skip_char (at, '"');
}

static gboolean
parse_change (const char **at, CrmFieldChange *change)
{
  if (!parse_string (at, &change->name) || !skip_char (at, ':') || !skip_char (at, '['))
    return FALSE;
  if (!parse_value (at, &change->old_value) || !skip_char (at, ',') ||
      !parse_value (at, &change->new_value))
    return FALSE;
  if (skip_char (at, ',') && !parse_seen (at, &change->seen))
    return FALSE;

  return skip_char (at, ']');
}

static gboolean
parse_all (const char *at, GArray *changes)
{
  if (!skip_char (&at, '{'))
    return FALSE;
  if (skip_char (&at, '}'))
    return *at == '\0';

  do
    {
      CrmFieldChange change = { NULL };
      const gboolean parsed = parse_change (&at, &change);

      g_array_append_val (changes, change);
      if (!parsed)
        return FALSE;
    }
  while (skip_char (&at, ','));

  return skip_char (&at, '}') && *at == '\0';
}

GArray *
crm_change_fields_parse (const char *json, GError **error)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (CrmFieldChange));

  g_array_set_clear_func (changes, clear_change);
  if (json != NULL && parse_all (json, changes))
    return g_steal_pointer (&changes);

  g_set_error (error,
               CRM_STORE_ERROR,
               CRM_STORE_ERROR_CORRUPT,
               "The change log holds “%.60s” where a change is expected; restore the last backup",
               json != NULL ? json : "");

  return NULL;
}

/* One "number:version" of `fver`; FALSE at the end. */
static gboolean
next_version (const char **at, guint *number, gint64 *version)
{
  char *end = NULL;

  if (*at == NULL || **at == '\0')
    return FALSE;

  *number = (guint) g_ascii_strtoull (*at, &end, 10);
  if (*end != ':')
    return FALSE;

  *version = g_ascii_strtoll (end + 1, &end, 10);
  *at = *end == ',' ? end + 1 : end;

  return TRUE;
}

gint64
crm_fver_get (const char *fver, guint number, gint64 row_seq)
{
  guint found;
  gint64 version;

  while (next_version (&fver, &found, &version))
    if (found == number)
      return version;

  return row_seq;
}

/* 0 < -1 < -2 … < 1 < 2 … */
static gint64
get_later (gint64 a, gint64 b)
{
  if (a > 0 || b > 0)
    return MAX (a, b);

  return MIN (a, b);
}

gint64
crm_fver_get_highest (const char *fver, gint64 row_seq)
{
  gint64 highest = row_seq;
  guint number;
  gint64 version;

  while (next_version (&fver, &number, &version))
    highest = get_later (highest, version);

  return highest;
}

gboolean
crm_fver_is_pending (const char *fver, gint64 row_seq)
{
  return row_seq < 0 || (fver != NULL && strchr (fver, '-') != NULL);
}

static gboolean
has_number (const GArray *numbers, guint number)
{
  for (guint i = 0; i < numbers->len; i++)
    if (g_array_index (numbers, guint, i) == number)
      return TRUE;

  return FALSE;
}

static void
append_version (GString *text, guint number, gint64 version)
{
  g_string_append_printf (text,
                          "%s%u:%" G_GINT64_FORMAT,
                          text->len > 0 ? "," : "",
                          number,
                          version);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const guint left = *(const guint *) a;
  const guint right = *(const guint *) b;

  return (left > right) - (left < right);
}

char *
crm_fver_set (const char *fver, const GArray *numbers, gint64 version)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) sorted = g_array_copy ((GArray *) numbers);
  guint next = 0;
  guint number;
  gint64 old;

  g_array_sort (sorted, compare_numbers);
  while (next_version (&fver, &number, &old))
    {
      for (; next < sorted->len && g_array_index (sorted, guint, next) < number; next++)
        append_version (text, g_array_index (sorted, guint, next), version);
      if (!has_number (sorted, number))
        append_version (text, number, old);
    }
  for (; next < sorted->len; next++)
    append_version (text, g_array_index (sorted, guint, next), version);

  return g_strdup (text->str);
}
