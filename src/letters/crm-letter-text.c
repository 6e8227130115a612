#include "letters/crm-letter-text.h"

#include <cmark.h>
#include <string.h>

#define LINE_SEPARATOR "\xe2\x80\xa8"

typedef struct
{
  GPtrArray *blocks;
  CrmLetterBlock *block; /* nullable: being filled */
  GString *text;
  PangoAttrList *attributes;

  /* Byte offsets where the open strong, emphasis and link began; -1 when none is open. Nested ones
   * count, so that the outermost decides. */
  int strong_start;
  int strong_depth;
  int emphasis_start;
  int emphasis_depth;
  int link_start;

  guint indent;
  /* The marker that the next block takes. */
  char *marker;
  gboolean in_tight;
  gboolean first_in_list;
} Builder;

void
crm_letter_block_free (CrmLetterBlock *self)
{
  if (self == NULL)
    return;

  g_free (self->marker);
  g_free (self->text);
  g_clear_pointer (&self->attributes, pango_attr_list_unref);
  g_free (self);
}

static CrmLetterBlock *
add_block (Builder *self, CrmLetterBlockType type)
{
  CrmLetterBlock *block = g_new0 (CrmLetterBlock, 1);

  block->type = type;
  block->indent = MIN (self->indent, CRM_LETTER_MAX_INDENT);
  block->marker = g_steal_pointer (&self->marker);
  block->tight = self->in_tight && !self->first_in_list;
  self->first_in_list = FALSE;
  g_ptr_array_add (self->blocks, block);
  return block;
}

static void
begin_text (Builder *self, CrmLetterBlockType type)
{
  self->block = add_block (self, type);
  g_string_truncate (self->text, 0);
  self->strong_depth = self->emphasis_depth = 0;
}

static void
end_text (Builder *self)
{
  self->block->text = g_strdup (self->text->str);
  self->block->attributes = g_steal_pointer (&self->attributes);
  self->block = NULL;
}

static void
add_attribute (Builder *self, PangoAttribute *attribute, int start)
{
  attribute->start_index = (guint) start;
  attribute->end_index = (guint) self->text->len;
  if (attribute->end_index <= attribute->start_index)
    {
      pango_attribute_destroy (attribute);
      return;
    }

  if (self->attributes == NULL)
    self->attributes = pango_attr_list_new ();
  pango_attr_list_insert (self->attributes, attribute);
}

static void
take_strong (Builder *self, gboolean entering)
{
  if (entering && self->strong_depth++ == 0)
    self->strong_start = (int) self->text->len;
  else if (!entering && --self->strong_depth == 0)
    add_attribute (self, pango_attr_weight_new (PANGO_WEIGHT_BOLD), self->strong_start);
}

static void
take_emphasis (Builder *self, gboolean entering)
{
  if (entering && self->emphasis_depth++ == 0)
    self->emphasis_start = (int) self->text->len;
  else if (!entering && --self->emphasis_depth == 0)
    add_attribute (self, pango_attr_style_new (PANGO_STYLE_ITALIC), self->emphasis_start);
}

/* On paper a link is its words, with the address behind them unless they are the address. */
static void
take_link (Builder *self, cmark_node *node, gboolean entering)
{
  const char *url = cmark_node_get_url (node);
  const char *plain = url;
  const char *words;

  if (entering)
    {
      self->link_start = (int) self->text->len;
      return;
    }
  if (url == NULL || *url == '\0' || self->link_start > (int) self->text->len)
    return;

  words = self->text->str + self->link_start;
  if (g_str_has_prefix (url, "mailto:"))
    plain = url + strlen ("mailto:");
  else if (g_str_has_prefix (url, "https://"))
    plain = url + strlen ("https://");

  if (!g_str_equal (words, url) && !g_str_equal (words, plain))
    g_string_append_printf (self->text, " (%s)", plain);
}

static void
append_literal (Builder *self, cmark_node *node)
{
  const char *literal = cmark_node_get_literal (node);

  if (literal != NULL && self->block != NULL)
    g_string_append (self->text, literal);
}

static void
take_code (Builder *self, cmark_node *node)
{
  int start = (int) self->text->len;

  append_literal (self, node);
  add_attribute (self, pango_attr_family_new ("monospace"), start);
}

static void
take_inline (Builder *self, cmark_node *node, gboolean entering)
{
  cmark_node_type type = cmark_node_get_type (node);

  if (self->block == NULL)
    return;

  if (type == CMARK_NODE_TEXT || type == CMARK_NODE_HTML_INLINE)
    append_literal (self, node);
  else if (type == CMARK_NODE_SOFTBREAK)
    g_string_append_c (self->text, ' ');
  else if (type == CMARK_NODE_LINEBREAK)
    g_string_append (self->text, LINE_SEPARATOR);
  else if (type == CMARK_NODE_CODE)
    take_code (self, node);
  else if (type == CMARK_NODE_STRONG)
    take_strong (self, entering);
  else if (type == CMARK_NODE_EMPH)
    take_emphasis (self, entering);
  else if (type == CMARK_NODE_LINK)
    take_link (self, node, entering);
}

/* Lines of code and of HTML as they stand. */
static void
take_lines (Builder *self, cmark_node *node, CrmLetterBlockType type)
{
  g_autofree char *literal = g_strdup (cmark_node_get_literal (node));
  g_auto (GStrv) lines = NULL;
  g_autofree char *joined = NULL;

  g_strchomp (literal);
  if (g_str_equal (literal, CRM_LETTER_SIGNATURE_MARK))
    {
      add_block (self, CRM_LETTER_SIGNATURE);
      return;
    }
  if (g_str_equal (literal, CRM_LETTER_PAGE_MARK))
    {
      add_block (self, CRM_LETTER_PAGE_BREAK);
      return;
    }

  lines = g_strsplit (literal, "\n", -1);
  joined = g_strjoinv (LINE_SEPARATOR, lines);
  begin_text (self, type);
  g_string_append (self->text, joined);
  if (type == CRM_LETTER_CODE)
    add_attribute (self, pango_attr_family_new ("monospace"), 0);
  end_text (self);
}

static void
take_list (Builder *self, cmark_node *node, gboolean entering)
{
  if (entering)
    self->indent++;
  else
    self->indent--;

  if (entering)
    {
      self->in_tight = cmark_node_get_list_tight (node) != 0;
      self->first_in_list = self->indent == 1;
    }
  else
    {
      cmark_node *parent = cmark_node_parent (cmark_node_parent (node));

      self->in_tight = parent != NULL && cmark_node_get_type (parent) == CMARK_NODE_LIST &&
                       cmark_node_get_list_tight (parent) != 0;
    }
}

/* cmark numbers no items, so each takes the number before it and one; counting on from the list's
 * start each time would be slow in a long list. */
static void
take_item (Builder *self, cmark_node *node)
{
  cmark_node *list = cmark_node_parent (node);
  int number = cmark_node_get_list_start (list);
  cmark_node *previous = cmark_node_previous (node);

  g_free (self->marker);
  if (cmark_node_get_list_type (list) != CMARK_ORDERED_LIST)
    {
      self->marker = g_strdup ("•");
      return;
    }

  if (previous != NULL)
    number = GPOINTER_TO_INT (cmark_node_get_user_data (previous)) + 1;
  cmark_node_set_user_data (node, GINT_TO_POINTER (number));
  self->marker = g_strdup_printf ("%d%c",
                                  number,
                                  cmark_node_get_list_delim (list) == CMARK_PAREN_DELIM ? ')'
                                                                                        : '.');
}

static void
take_block (Builder *self, cmark_node *node, gboolean entering)
{
  cmark_node_type type = cmark_node_get_type (node);

  if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING)
    {
      if (!entering)
        end_text (self);
      else if (type == CMARK_NODE_HEADING)
        begin_text (self, CRM_LETTER_HEADING);
      else
        begin_text (self, self->indent > 0 ? CRM_LETTER_ITEM : CRM_LETTER_PARAGRAPH);
      if (entering && type == CMARK_NODE_HEADING)
        self->block->level = (guint) cmark_node_get_heading_level (node);
    }
  else if (type == CMARK_NODE_LIST)
    take_list (self, node, entering);
  else if (type == CMARK_NODE_BLOCK_QUOTE)
    self->indent += entering ? 1 : -1;
  else if (type == CMARK_NODE_ITEM && entering)
    take_item (self, node);
  else if (type == CMARK_NODE_CODE_BLOCK)
    take_lines (self, node, CRM_LETTER_CODE);
  else if (type == CMARK_NODE_HTML_BLOCK)
    take_lines (self, node, CRM_LETTER_PARAGRAPH);
  else if (type == CMARK_NODE_THEMATIC_BREAK)
    add_block (self, CRM_LETTER_RULE);
}

GPtrArray *
crm_letter_text_parse (const char *markdown)
{
  g_autoptr (GPtrArray) blocks = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  Builder builder = { .text = text };
  cmark_node *document;
  cmark_iter *iter;
  cmark_event_type event;

  blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_letter_block_free);
  builder.blocks = blocks;
  if (markdown == NULL)
    return g_steal_pointer (&blocks);

  document = cmark_parse_document (markdown, strlen (markdown), CMARK_OPT_VALIDATE_UTF8);
  iter = cmark_iter_new (document);
  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      cmark_node *node = cmark_iter_get_node (iter);

      if (cmark_node_get_type (node) >= CMARK_NODE_FIRST_INLINE)
        take_inline (&builder, node, event == CMARK_EVENT_ENTER);
      else
        take_block (&builder, node, event == CMARK_EVENT_ENTER);
    }
  cmark_iter_free (iter);
  cmark_node_free (document);
  g_free (builder.marker);

  return g_steal_pointer (&blocks);
}

void
crm_letter_text_escape (GString *out, const char *text)
{
  g_autofree char *trimmed = NULL;
  const char *at;

  g_return_if_fail (out != NULL);
  g_return_if_fail (text != NULL);

  /* A break at the very end would show as a backslash. */
  at = trimmed = g_strchomp (g_strdup (text));

  /* White space at the edges of a line would become an indent, a break or nothing. */
  while (*at != '\0')
    {
      const char *end = at + strcspn (at, "\r\n");
      const char *last = end;

      while (at < end && g_ascii_isspace (*at))
        at++;
      while (last > at && g_ascii_isspace (last[-1]))
        last--;
      for (; at < last; at++)
        {
          if (g_ascii_ispunct (*at))
            g_string_append_c (out, '\\');
          g_string_append_c (out, *at == '\t' ? ' ' : *at);
        }

      if (*end == '\0')
        return;
      at = end + (end[0] == '\r' && end[1] == '\n' ? 2 : 1);
      g_string_append (out, "\\\n");
    }
}
