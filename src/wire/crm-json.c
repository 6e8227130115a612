#include "wire/crm-json.h"

#include "wire/crm-wire-limit.h"

#include <stdlib.h>
#include <string.h>

/* So that a few megabytes of "[[],[],…" do not become gigabytes of nodes. */
#define MAX_NODES (2 * 1000 * 1000)
/* Digits of a number: more say nothing that a double could hold. */
#define MAX_NUMBER 64

typedef struct
{
  CrmArena *arena;
  const char *start;
  const char *at;
  const char *end;
  guint depth;
  guint n_nodes;
  GPtrArray *names; /* of the object that is being closed */
  GError **error;
} Parser;

static gboolean
fail (Parser *self, int code, const char *what)
{
  g_set_error (self->error,
               CRM_WIRE_ERROR,
               code,
               "JSON, byte %" G_GSIZE_FORMAT ": %s",
               (gsize) (self->at - self->start),
               what);

  return FALSE;
}

static void
skip_space (Parser *self)
{
  while (self->at < self->end &&
         (*self->at == ' ' || *self->at == '\n' || *self->at == '\t' || *self->at == '\r'))
    self->at++;
}

static gboolean
take (Parser *self, char c)
{
  if (self->at >= self->end || *self->at != c)
    return FALSE;
  self->at++;

  return TRUE;
}

static CrmJson *
new_node (Parser *self, CrmJsonType type)
{
  CrmJson *node;

  if (++self->n_nodes > MAX_NODES)
    {
      fail (self, CRM_WIRE_ERROR_TOO_BIG, "too many values");
      return NULL;
    }
  node = crm_arena_new0 (self->arena, CrmJson, 1);
  node->type = type;

  return node;
}

static gboolean
take_hex (Parser *self, gunichar *code)
{
  *code = 0;
  for (guint i = 0; i < 4; i++, self->at++)
    {
      if (self->at >= self->end || !g_ascii_isxdigit (*self->at))
        return fail (self, CRM_WIRE_ERROR_INVALID, "expected four hex digits");
      *code = 16 * *code + (gunichar) g_ascii_xdigit_value (*self->at);
    }

  return TRUE;
}

/* Behind "\u": one character, from two escapes when it is above U+FFFF. */
static gboolean
take_unicode (Parser *self, char **out)
{
  gunichar high, low;

  if (!take_hex (self, &high))
    return FALSE;
  if (high == 0)
    return fail (self, CRM_WIRE_ERROR_INVALID, "U+0000 is in no text");
  if (high >= 0xdc00 && high <= 0xdfff)
    return fail (self, CRM_WIRE_ERROR_INVALID, "half a surrogate pair");
  if (high >= 0xd800 && high <= 0xdbff)
    {
      if (!take (self, '\\') || !take (self, 'u'))
        return fail (self, CRM_WIRE_ERROR_INVALID, "half a surrogate pair");
      if (!take_hex (self, &low))
        return FALSE;
      if (low < 0xdc00 || low > 0xdfff)
        return fail (self, CRM_WIRE_ERROR_INVALID, "half a surrogate pair");
      high = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    }
  *out += g_unichar_to_utf8 (high, *out);

  return TRUE;
}

static gboolean
take_escape (Parser *self, char **out)
{
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  const char c = self->at < self->end ? *self->at++ : '\0';
  const char *found = c != '\0' ? strchr (from, c) : NULL;

  if (c == 'u')
    return take_unicode (self, out);
  if (found == NULL)
    return fail (self, CRM_WIRE_ERROR_INVALID, "no such escape");
  *(*out)++ = to[found - from];

  return TRUE;
}

/* The closing quote, whatever is escaped before it; NULL when there is none. */
static const char *
find_quote (Parser *self, gboolean *escaped)
{
  *escaped = FALSE;
  for (const char *at = self->at; at < self->end; at++)
    {
      if (*at == '"')
        return at;
      if (*at == '\\')
        {
          *escaped = TRUE;
          at++;
        }
    }

  return NULL;
}

/* Behind the opening quote. An escape is never shorter than what it stands for. */
static gboolean
take_string (Parser *self, const char **text, gsize *length)
{
  gboolean escaped;
  const char *quote = find_quote (self, &escaped);
  char *copy, *out;

  if (quote == NULL)
    return fail (self, CRM_WIRE_ERROR_INVALID, "text without an end");

  copy = out = crm_arena_strndup (self->arena, self->at, (gsize) (quote - self->at));
  while (self->at < quote)
    {
      if ((guchar) *self->at < 0x20)
        return fail (self, CRM_WIRE_ERROR_INVALID, "control character in text");
      if (*self->at != '\\')
        *out++ = *self->at++;
      else
        {
          self->at++;
          if (!take_escape (self, &out))
            return FALSE;
        }
    }
  *out = '\0';
  self->at = quote + 1;
  *text = copy;
  *length = (gsize) (out - copy);

  return TRUE;
}

static gsize
skip_digits (Parser *self)
{
  const char *start = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;

  return (gsize) (self->at - start);
}

static gboolean
is_number (Parser *self)
{
  const char *digits;

  take (self, '-');
  digits = self->at;
  if (skip_digits (self) == 0 || (digits[0] == '0' && self->at - digits > 1))
    return FALSE;
  if (take (self, '.') && skip_digits (self) == 0)
    return FALSE;
  if (take (self, 'e') || take (self, 'E'))
    {
      if (!take (self, '+'))
        take (self, '-');
      return skip_digits (self) > 0;
    }

  return TRUE;
}

static CrmJson *
parse_number (Parser *self)
{
  const char *start = self->at;
  CrmJson *node;

  if (!is_number (self) || self->at - start > MAX_NUMBER)
    {
      fail (self, CRM_WIRE_ERROR_INVALID, "expected a value");
      return NULL;
    }
  if (!(node = new_node (self, CRM_JSON_NUMBER)))
    return NULL;
  node->length = (gsize) (self->at - start);
  node->text = crm_arena_strndup (self->arena, start, node->length);

  return node;
}

static CrmJson *
parse_word (Parser *self, const char *word, CrmJsonType type)
{
  const gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    {
      fail (self, CRM_WIRE_ERROR_INVALID, "expected a value");
      return NULL;
    }
  self->at += length;

  return new_node (self, type);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Sorted, as hashing can be made slow by who chooses the names. */
static gboolean
check_names (Parser *self, const CrmJson *object)
{
  g_ptr_array_set_size (self->names, 0);
  for (const CrmJson *child = object->child; child != NULL; child = child->next)
    g_ptr_array_add (self->names, (gpointer) child->name);
  g_ptr_array_sort (self->names, compare_names);
  for (guint i = 1; i < self->names->len; i++)
    if (strcmp (self->names->pdata[i - 1], self->names->pdata[i]) == 0)
      return fail (self, CRM_WIRE_ERROR_INVALID, "a name twice in one object");

  return TRUE;
}

static CrmJson *parse_value (Parser *self);

static gboolean
take_member_name (Parser *self, const char **name)
{
  gsize length;

  skip_space (self);
  if (!take (self, '"'))
    return fail (self, CRM_WIRE_ERROR_INVALID, "expected a name");
  if (!take_string (self, name, &length))
    return FALSE;
  skip_space (self);

  return take (self, ':') || fail (self, CRM_WIRE_ERROR_INVALID, "expected a colon");
}

static gboolean
parse_children (Parser *self, CrmJson *node, char close)
{
  const CrmJson **next = &node->child;

  skip_space (self);
  if (take (self, close))
    return TRUE;

  do
    {
      const char *name = NULL;
      CrmJson *child;

      if (node->type == CRM_JSON_OBJECT && !take_member_name (self, &name))
        return FALSE;
      if (!(child = parse_value (self)))
        return FALSE;
      child->name = name;
      *next = child;
      next = &child->next;
      node->n_children++;
      skip_space (self);
    }
  while (take (self, ','));

  return take (self, close) || fail (self, CRM_WIRE_ERROR_INVALID, "expected a comma or an end");
}

static CrmJson *
parse_container (Parser *self, CrmJsonType type)
{
  CrmJson *node = new_node (self, type);

  if (node == NULL)
    return NULL;
  if (++self->depth > CRM_WIRE_MAX_DEPTH)
    {
      fail (self, CRM_WIRE_ERROR_TOO_BIG, "too deep");
      return NULL;
    }
  self->at++;
  if (!parse_children (self, node, type == CRM_JSON_OBJECT ? '}' : ']') ||
      (type == CRM_JSON_OBJECT && !check_names (self, node)))
    return NULL;
  self->depth--;

  return node;
}

static CrmJson *
parse_string (Parser *self)
{
  CrmJson *node = new_node (self, CRM_JSON_STRING);

  self->at++;

  return node != NULL && take_string (self, &node->text, &node->length) ? node : NULL;
}

/* The depth bounds the recursion. */
static CrmJson *
parse_value (Parser *self)
{
  skip_space (self);
  switch (self->at < self->end ? *self->at : '\0')
    {
    case '{':
      return parse_container (self, CRM_JSON_OBJECT);

    case '[':
      return parse_container (self, CRM_JSON_ARRAY);

    case '"':
      return parse_string (self);

    case 't':
      return parse_word (self, "true", CRM_JSON_TRUE);

    case 'f':
      return parse_word (self, "false", CRM_JSON_FALSE);

    case 'n':
      return parse_word (self, "null", CRM_JSON_NULL);

    default:
      return parse_number (self);
    }
}

const CrmJson *
crm_json_parse (CrmArena *arena, const char *text, gsize size, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  Parser self = { arena, text, text, text + size, 0, 0, names, error };
  const CrmJson *root;

  g_return_val_if_fail (arena != NULL, NULL);
  g_return_val_if_fail (text != NULL || size == 0, NULL);

  if (size > CRM_WIRE_MAX_INFLATED)
    {
      fail (&self, CRM_WIRE_ERROR_TOO_BIG, "too long");
      return NULL;
    }
  if (size > 0 && !g_utf8_validate_len (text, size, &self.at))
    {
      fail (&self, CRM_WIRE_ERROR_INVALID, "expected UTF-8 text");
      return NULL;
    }

  self.at = text;
  root = parse_value (&self);
  if (root == NULL)
    return NULL;
  skip_space (&self);
  if (self.at < self.end)
    {
      fail (&self, CRM_WIRE_ERROR_INVALID, "expected nothing more");
      return NULL;
    }

  return root;
}
