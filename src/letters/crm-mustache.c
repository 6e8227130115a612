#include "letters/crm-mustache-private.h"

#include <string.h>

typedef struct
{
  const char *text;
  gsize length;
  gsize at;
  /* Where the text that is not yet a node starts. */
  gsize pending;
  /* What is open: the lists that nodes go into, the outermost first, and the names of the sections.
   */
  GPtrArray *lists;
  GPtrArray *open;
  CrmMustache *result;
} Parser;

typedef struct
{
  char sigil; /* 0 for a plain name */
  gsize start;
  gsize end; /* after the closing braces */
  gsize inner_start;
  gsize inner_end;
} Tag;

static void
free_node (gpointer data)
{
  CrmMustacheNode *node = data;

  g_free (node->text);
  g_strfreev (node->parts);
  g_clear_pointer (&node->children, g_ptr_array_unref);
  g_free (node);
}

static void
free_name (gpointer data)
{
  CrmMustacheName *name = data;

  g_free ((char *) name->name);
  g_free (name);
}

static void
find_place (const char *text, gsize offset, guint *line, guint *column)
{
  const char *start = text;

  *line = 1;
  for (gsize i = 0; i < offset; i++)
    if (text[i] == '\n')
      {
        (*line)++;
        start = text + i + 1;
      }
  *column = (guint) g_utf8_strlen (start, text + offset - start) + 1;
}

static gboolean G_GNUC_PRINTF (4, 5)
    fail (Parser *self, gsize offset, GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  guint line, column;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  find_place (self->text, offset, &line, &column);
  g_set_error (error,
               CRM_LETTERS_ERROR,
               CRM_LETTERS_ERROR_TEMPLATE,
               "Line %u, column %u of the template: %s",
               line,
               column,
               message);
  return FALSE;
}

static void
add_text (Parser *self, gsize end)
{
  CrmMustacheNode *node;

  if (end <= self->pending)
    return;

  node = g_new0 (CrmMustacheNode, 1);
  node->type = NODE_TEXT;
  node->text = g_strndup (self->text + self->pending, end - self->pending);
  g_ptr_array_add (g_ptr_array_index (self->lists, self->lists->len - 1), node);
}

/* Where @n times @brace stand together, from @at on; NULL when nowhere. */
static const char *
find_braces (Parser *self, gsize at, char brace, gsize n)
{
  const char *end = self->text + self->length;
  const char *found = self->text + at;

  while (found < end && (found = memchr (found, brace, (gsize) (end - found))) != NULL)
    {
      gsize count = 1;

      while (count < n && found[count] == brace)
        count++;
      if (count == n)
        return found;
      found += count;
    }

  return NULL;
}

/* The limits of the tag that starts at @start, where "{{" stands. */
static gboolean
scan_tag (Parser *self, gsize start, Tag *tag, GError **error)
{
  const char *inner = self->text + start + 2;
  const char *end;

  tag->start = start;
  tag->sigil = *inner != '\0' && strchr ("{#^/!&>=", *inner) != NULL ? *inner : '\0';
  if (tag->sigil != '\0')
    inner++;

  end = find_braces (self, (gsize) (inner - self->text), '}', tag->sigil == '{' ? 3 : 2);
  if (end == NULL)
    return fail (self, start, error, "the tag “{{” is not closed; write “}}” after the name");

  tag->inner_start = (gsize) (inner - self->text);
  tag->inner_end = (gsize) (end - self->text);
  tag->end = tag->inner_end + (tag->sigil == '{' ? 3 : 2);
  return TRUE;
}

/* Tags that stand alone on their line take the line with them; the spec's "standalone" rule. */
static void
widen_standalone (Parser *self, gsize *start, gsize *end)
{
  gsize first = *start;
  gsize last = *end;

  while (first > self->pending && (self->text[first - 1] == ' ' || self->text[first - 1] == '\t'))
    first--;
  if (first > 0 && self->text[first - 1] != '\n')
    return;

  while (self->text[last] == ' ' || self->text[last] == '\t')
    last++;
  if (self->text[last] == '\r' && self->text[last + 1] == '\n')
    last += 2;
  else if (self->text[last] == '\n')
    last++;
  else if (self->text[last] != '\0')
    return;

  *start = first;
  *end = last;
}

static char *
dup_name (Parser *self, const Tag *tag, GError **error)
{
  g_autofree char *name = g_strndup (self->text + tag->inner_start,
                                     tag->inner_end - tag->inner_start);

  g_strstrip (name);
  if (*name == '\0')
    {
      fail (self, tag->start, error, "the tag has no name");
      return NULL;
    }
  if (strpbrk (name, "{}\n") != NULL)
    {
      fail (self, tag->start, error, "the tag “{{” is not closed; write “}}” after the name");
      return NULL;
    }

  return g_steal_pointer (&name);
}

static void
note_name (Parser *self, const Tag *tag, const char *text, gboolean section)
{
  CrmMustacheName *name = g_new0 (CrmMustacheName, 1);

  name->name = g_strdup (text);
  name->offset = tag->start;
  name->section = section;
  g_ptr_array_add (self->result->names, name);
}

static CrmMustacheNode *
add_node (Parser *self, CrmMustacheNodeType type, const char *name)
{
  CrmMustacheNode *node = g_new0 (CrmMustacheNode, 1);

  node->type = type;
  node->text = g_strdup (name);
  node->parts = g_str_equal (name, ".") ? g_new0 (char *, 1) : g_strsplit (name, ".", -1);
  g_ptr_array_add (g_ptr_array_index (self->lists, self->lists->len - 1), node);
  return node;
}

static gboolean
open_section (Parser *self, const Tag *tag, const char *name, GError **error)
{
  CrmMustacheNode *node;

  if (self->open->len >= CRM_MUSTACHE_MAX_DEPTH)
    return fail (self,
                 tag->start,
                 error,
                 "sections are nested deeper than %d",
                 CRM_MUSTACHE_MAX_DEPTH);

  node = add_node (self, tag->sigil == '#' ? NODE_SECTION : NODE_INVERTED, name);
  node->children = g_ptr_array_new_with_free_func (free_node);
  g_ptr_array_add (self->lists, node->children);
  g_ptr_array_add (self->open,
                   g_ptr_array_index (self->result->names, self->result->names->len - 1));
  return TRUE;
}

static gboolean
close_section (Parser *self, const Tag *tag, const char *name, GError **error)
{
  const CrmMustacheName *open;

  if (self->open->len == 0)
    return fail (self, tag->start, error, "“{{/%s}}” closes a section that was never opened", name);

  open = g_ptr_array_index (self->open, self->open->len - 1);
  if (!g_str_equal (open->name, name))
    return fail (self,
                 tag->start,
                 error,
                 "“{{/%s}}” stands where “{{/%s}}” was expected",
                 name,
                 open->name);

  g_ptr_array_set_size (self->open, (int) self->open->len - 1);
  g_ptr_array_set_size (self->lists, (int) self->lists->len - 1);
  return TRUE;
}

static gboolean
take_tag (Parser *self, const Tag *tag, GError **error)
{
  gsize start = tag->start;
  gsize end = tag->end;
  g_autofree char *name = NULL;
  gboolean done = TRUE;

  if (tag->sigil == '>' || tag->sigil == '=')
    return fail (self,
                 tag->start,
                 error,
                 "“{{%c” is not known here; use a field, a section or a comment",
                 tag->sigil);

  if (tag->sigil != '!' && (name = dup_name (self, tag, error)) == NULL)
    return FALSE;

  if (tag->sigil != '\0' && strchr ("#^/!", tag->sigil) != NULL)
    widen_standalone (self, &start, &end);
  add_text (self, start);

  if (tag->sigil == '#' || tag->sigil == '^')
    {
      note_name (self, tag, name, TRUE);
      done = open_section (self, tag, name, error);
    }
  else if (tag->sigil == '/')
    {
      done = close_section (self, tag, name, error);
    }
  else if (tag->sigil != '!')
    {
      note_name (self, tag, name, FALSE);
      add_node (self, tag->sigil == '\0' ? NODE_ESCAPED : NODE_RAW, name);
    }

  self->at = self->pending = end;
  return done;
}

/* One pass over the text, so that a long template with many names stays linear. */
static void
place_names (Parser *self)
{
  guint line = 1;
  gsize line_start = 0;
  gsize at = 0;

  for (guint i = 0; i < self->result->names->len; i++)
    {
      CrmMustacheName *name = g_ptr_array_index (self->result->names, i);

      for (; at < name->offset; at++)
        if (self->text[at] == '\n')
          {
            line++;
            line_start = at + 1;
          }
      name->line = line;
      name->column = (guint) g_utf8_strlen (self->text + line_start,
                                            (gssize) (name->offset - line_start)) +
                     1;
    }
}

static gboolean
parse_all (Parser *self, GError **error)
{
  const char *found;
  Tag tag;

  while ((found = find_braces (self, self->at, '{', 2)) != NULL)
    if (!scan_tag (self, (gsize) (found - self->text), &tag, error) ||
        !take_tag (self, &tag, error))
      return FALSE;

  if (self->open->len > 0)
    {
      const CrmMustacheName *open = g_ptr_array_index (self->open, self->open->len - 1);

      return fail (self,
                   open->offset,
                   error,
                   "the section “%s” is never closed; write “{{/%s}}”",
                   open->name,
                   open->name);
    }

  add_text (self, self->length);
  place_names (self);
  return TRUE;
}

CrmMustache *
crm_mustache_parse (const char *text, GError **error)
{
  g_autoptr (CrmMustache) result = g_new0 (CrmMustache, 1);
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  Parser parser = { .text = text != NULL ? text : "", .lists = lists, .open = open };

  result->nodes = g_ptr_array_new_with_free_func (free_node);
  result->names = g_ptr_array_new_with_free_func (free_name);

  if (!g_utf8_validate (parser.text, -1, NULL))
    {
      g_set_error_literal (error,
                           CRM_LETTERS_ERROR,
                           CRM_LETTERS_ERROR_TEMPLATE,
                           "The template is not UTF-8 text; save it as UTF-8");
      return NULL;
    }

  parser.length = strlen (parser.text);
  parser.result = result;
  g_ptr_array_add (lists, result->nodes);

  if (!parse_all (&parser, error))
    return NULL;

  return g_steal_pointer (&result);
}

void
crm_mustache_free (CrmMustache *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_free (self);
}

GPtrArray *
crm_mustache_get_names (const CrmMustache *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->names;
}
