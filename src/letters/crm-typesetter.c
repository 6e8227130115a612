#include "letters/crm-typesetter-private.h"

#include <string.h>

/* Shaped text that no letter used for this long goes, when there is more of it than this. */
#define CACHE_KEEP 4
#define CACHE_SIZE 192

static const struct
{
  double size;
  double leading;
  PangoWeight weight;
} styles[N_STYLES] = {
  [STYLE_BODY] = { BODY_SIZE, LEADING, PANGO_WEIGHT_NORMAL },
  [STYLE_HEADING_1] = { 13, 17, PANGO_WEIGHT_BOLD },
  [STYLE_HEADING_2] = { 11.5, 15, PANGO_WEIGHT_BOLD },
  [STYLE_HEADING_3] = { BODY_SIZE, LEADING, PANGO_WEIGHT_BOLD },
  [STYLE_CODE] = { 9.5, 12.5, PANGO_WEIGHT_NORMAL },
  [STYLE_SUBJECT] = { BODY_SIZE, LEADING, PANGO_WEIGHT_BOLD },
  [STYLE_LABEL] = { BODY_SIZE, LEADING, PANGO_WEIGHT_NORMAL },
  [STYLE_SMALL] = { 8, 11, PANGO_WEIGHT_NORMAL },
  [STYLE_RETURN] = { 6.5, 8, PANGO_WEIGHT_NORMAL },
  [STYLE_NAME] = { 15, 20, PANGO_WEIGHT_BOLD },
};

TypeBlock *
type_block_ref (TypeBlock *self)
{
  return g_rc_box_acquire (self);
}

static void
clear_block (gpointer data)
{
  TypeBlock *self = data;

  g_free (self->lines);
  g_object_unref (self->layout);
}

void
type_block_unref (TypeBlock *self)
{
  g_rc_box_release_full (self, clear_block);
}

/* Lines stand @leading apart, so that pages look even; a script with taller letters gets more. */
TypeBlock *
type_block_new (PangoLayout *layout, double leading)
{
  TypeBlock *self = g_rc_box_new0 (TypeBlock);
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double top = 0;

  self->layout = g_object_ref (layout);
  self->lines = g_new0 (TypeLine, (gsize) pango_layout_get_line_count (layout));

  do
    {
      TypeLine *line = &self->lines[self->n_lines++];
      PangoRectangle box;
      double natural, above;

      pango_layout_iter_get_line_extents (iter, NULL, &box);
      natural = (double) box.height / PANGO_SCALE;
      above = (pango_layout_iter_get_baseline (iter) - box.y) / (double) PANGO_SCALE;

      line->line = pango_layout_iter_get_line_readonly (iter);
      line->x = (double) box.x / PANGO_SCALE;
      line->top = top;
      line->height = MAX (leading, natural);
      line->baseline = top + (line->height - natural) / 2 + above;
      top += line->height;
    }
  while (pango_layout_iter_next_line (iter));

  pango_layout_iter_free (iter);
  self->height = top;
  return self;
}

static void
set_key (CrmTypesetter *self,
         TypeStyle style,
         const char *text,
         PangoAttrList *attributes,
         double width)
{
  g_string_printf (self->key, "%d|%d|", style, (int) (width * 100));
  if (attributes != NULL)
    {
      g_autofree char *written = pango_attr_list_to_string (attributes);

      g_string_append (self->key, written);
    }
  g_string_append_c (self->key, '|');
  g_string_append (self->key, text);
}

static PangoLayout *
make_layout (CrmTypesetter *self,
             TypeStyle style,
             const char *text,
             PangoAttrList *attributes,
             double width)
{
  PangoLayout *layout = pango_layout_new (self->context);

  pango_layout_set_font_description (layout, self->fonts[style]);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (attributes != NULL)
    pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, -1);

  return layout;
}

TypeBlock *
typesetter_shape (CrmTypesetter *self,
                  TypeStyle style,
                  const char *text,
                  PangoAttrList *attributes,
                  double width)
{
  g_autoptr (PangoLayout) layout = NULL;
  TypeBlock *block;

  set_key (self, style, text, attributes, width);
  block = g_hash_table_lookup (self->cache, self->key->str);
  if (block == NULL)
    {
      layout = make_layout (self, style, text, attributes, width);
      block = type_block_new (layout, styles[style].leading);
      g_hash_table_insert (self->cache, g_strdup (self->key->str), block);
    }

  block->used = self->n_letters;
  return type_block_ref (block);
}

static void
sweep_cache (CrmTypesetter *self)
{
  GHashTableIter iter;
  gpointer value;

  if (g_hash_table_size (self->cache) < CACHE_SIZE)
    return;

  g_hash_table_iter_init (&iter, self->cache);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((TypeBlock *) value)->used + CACHE_KEEP < self->n_letters)
      g_hash_table_iter_remove (&iter);
}

static void
set_block_part (CrmTypesetter *self, TypePart *part, const CrmLetterBlock *block)
{
  TypeStyle style = STYLE_BODY;

  part->x = LEFT + block->indent * INDENT;
  if (block->type == CRM_LETTER_CODE)
    style = STYLE_CODE;
  if (block->type == CRM_LETTER_HEADING)
    {
      style = block->level == 1 ? STYLE_HEADING_1 : STYLE_HEADING_2;
      if (block->level > 2)
        style = STYLE_HEADING_3;
      part->keep_next = part->keep_whole = TRUE;
    }

  part->block = typesetter_shape (self, style, block->text, block->attributes, RIGHT - part->x);
  if (block->marker != NULL)
    {
      part->marker = typesetter_shape (self, STYLE_BODY, block->marker, NULL, RIGHT - LEFT);
      part->marker_x = part->x - MIN (INDENT, 4.5 * CRM_MM + 5.8 * (strlen (block->marker) - 1));
      if (g_unichar_isdigit (g_utf8_get_char (block->marker)))
        part->marker_x = part->x - INDENT;
    }
}

static void
add_block_part (CrmTypesetter *self, GArray *parts, const CrmLetterBlock *block)
{
  TypePart part = { .x = LEFT };

  part.space_before = block->tight || parts->len == 0 ? 0 : LEADING;

  switch (block->type)
    {
    case CRM_LETTER_PARAGRAPH:
    case CRM_LETTER_HEADING:
    case CRM_LETTER_ITEM:
    case CRM_LETTER_CODE:
      set_block_part (self, &part, block);
      break;

    case CRM_LETTER_RULE:
      part.rule = TRUE;
      part.room = LEADING / 2;
      break;

    case CRM_LETTER_SIGNATURE:
      /* The closing stays with it, and it stays with the name. */
      if (parts->len > 0)
        g_array_index (parts, TypePart, parts->len - 1).keep_next = TRUE;
      part.space_before = 0;
      part.room = 3.5 * LEADING;
      part.keep_next = TRUE;
      break;

    case CRM_LETTER_PAGE_BREAK:
      part.new_page = TRUE;
      break;

    default:
      g_assert_not_reached ();
    }

  g_array_append_val (parts, part);
}

static void
clear_part (gpointer data)
{
  TypePart *part = data;

  g_clear_pointer (&part->block, type_block_unref);
  g_clear_pointer (&part->marker, type_block_unref);
}

static GArray *
make_parts (CrmTypesetter *self, const CrmLetter *letter)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (TypePart));
  g_auto (GStrv) enclosures = NULL;
  TypePart part = { .x = LEFT, .space_before = 2 * LEADING };

  g_array_set_clear_func (parts, clear_part);
  for (guint i = 0; i < letter->text->len; i++)
    add_block_part (self, parts, g_ptr_array_index (letter->text, i));

  if (letter->enclosures != NULL)
    {
      gboolean several = strchr (letter->enclosures, '\n') != NULL;
      const char *label = several ? letter->words->enclosures : letter->words->enclosure;

      part.x = LEFT + LABEL_WIDTH;
      part.marker_x = LEFT;
      part.marker = typesetter_shape (self, STYLE_LABEL, label, NULL, LABEL_WIDTH);
      part.block = typesetter_shape (self, STYLE_BODY, letter->enclosures, NULL, RIGHT - part.x);
      g_array_append_val (parts, part);
    }

  return parts;
}

CrmLetterPages *
crm_typesetter_set (CrmTypesetter *self, const CrmLetter *letter)
{
  CrmLetterPages *pages;
  g_autoptr (GArray) parts = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (letter != NULL && letter->words != NULL && letter->text != NULL, NULL);

  self->n_letters++;
  sweep_cache (self);

  pages = g_new0 (CrmLetterPages, 1);
  pages->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  pages->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) type_block_unref);
  letter_pages_add (pages);

  parts = make_parts (self, letter);
  letter_flow_set (pages, parts, letter_face_set (self, pages, letter));
  letter_face_number (self, pages, letter);

  return pages;
}

/* Nothing is rounded to a screen's pixels, so that the preview breaks lines where the print does.
 */
static PangoContext *
make_context (PangoFontMap *font_map)
{
  PangoContext *context = pango_font_map_create_context (font_map);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);

  return context;
}

CrmTypesetter *
crm_typesetter_new (const CrmLetterSettings *settings)
{
  CrmTypesetter *self;
  const char *family;

  g_return_val_if_fail (settings != NULL, NULL);

  self = g_new0 (CrmTypesetter, 1);
  self->settings = crm_letter_settings_copy (settings);
  self->font_map = pango_cairo_font_map_new ();
  self->context = make_context (self->font_map);
  self->key = g_string_new (NULL);
  self->cache = g_hash_table_new_full (g_str_hash,
                                       g_str_equal,
                                       g_free,
                                       (GDestroyNotify) type_block_unref);

  family = crm_letter_settings_get (settings, "letters.font");
  for (guint i = 0; i < N_STYLES; i++)
    {
      PangoFontDescription *font = pango_font_description_new ();

      pango_font_description_set_family (font,
                                         family != NULL ? family : "Liberation Sans,Arial,Sans");
      if (i == STYLE_CODE)
        pango_font_description_set_family (font, "Liberation Mono,Monospace");
      pango_font_description_set_absolute_size (font, styles[i].size * PANGO_SCALE);
      pango_font_description_set_weight (font, styles[i].weight);
      self->fonts[i] = font;
    }

  return self;
}

void
crm_typesetter_free (CrmTypesetter *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->cache);
  g_string_free (self->key, TRUE);
  for (guint i = 0; i < N_STYLES; i++)
    pango_font_description_free (self->fonts[i]);
  g_object_unref (self->context);
  g_object_unref (self->font_map);
  crm_letter_settings_free (self->settings);
  g_free (self);
}
