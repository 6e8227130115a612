#include "letters/crm-typesetter-private.h"

/*
 * The addressee in the window of the envelope. Post that shows half an address comes back, so no
 * ink may leave the window's safe area, whatever the address: smaller letters first, then lines
 * that wrap, then lines left out of the middle (the town is last, the name first).
 */
#define LARGEST  10.5
#define SMALLEST 6.5
#define STEP     0.5
/* Below this size wrapping a line is better than smaller letters. */
#define UNWRAPPED 8.5
#define SPACING   1.15

typedef struct
{
  CrmTypesetter *setter;
  PangoLayout *layout;
  CrmRect area; /* in points */
  PangoRectangle ink;
} Window;

static CrmRect
get_area (CrmTypesetter *setter)
{
  const CrmEnvelope *envelope = crm_letter_settings_get_envelope (setter->settings);
  CrmRect area = crm_envelope_get_safe_area (envelope);
  double left;

  area.x *= CRM_MM;
  area.y *= CRM_MM;
  area.width *= CRM_MM;
  area.height *= CRM_MM;

  /* All parts stand flush left where the window allows. */
  left = MAX (area.x, LEFT);
  if (left - area.x < area.width / 4)
    {
      area.width -= left - area.x;
      area.x = left;
    }

  return area;
}

static gboolean
try_size (Window *self, double size, gboolean wrap)
{
  g_autoptr (PangoFontDescription)
      font = pango_font_description_copy (self->setter->fonts[STYLE_BODY]);
  PangoRectangle box;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (self->layout, font);
  pango_layout_set_width (self->layout, wrap ? (int) (self->area.width * PANGO_SCALE) : -1);
  pango_layout_get_extents (self->layout, &self->ink, &box);

  return self->ink.x >= 0 && self->ink.y >= 0 &&
         self->ink.x + self->ink.width <= self->area.width * PANGO_SCALE &&
         self->ink.y + self->ink.height <= self->area.height * PANGO_SCALE &&
         box.x + box.width <= (self->area.width + 1) * PANGO_SCALE;
}

static gboolean
try_sizes (Window *self)
{
  for (double size = LARGEST; size >= UNWRAPPED; size -= STEP)
    if (try_size (self, size, FALSE))
      return TRUE;
  for (double size = LARGEST; size >= SMALLEST; size -= STEP)
    if (try_size (self, size, TRUE))
      return TRUE;

  return FALSE;
}

static void
set_lines (Window *self, GPtrArray *lines)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, g_ptr_array_index (lines, i));
    }

  pango_layout_set_text (self->layout, text->str, (int) text->len);
}

/* Takes lines out of the middle until the rest fits; in the end a single line is cut. */
static guint
fit (Window *self, GPtrArray *lines)
{
  guint n_lost = 0;

  set_lines (self, lines);
  while (!try_sizes (self) && lines->len > 1)
    {
      /* Far too many: do not try them one by one. */
      do
        {
          g_ptr_array_remove_index (lines, lines->len / 2);
          n_lost++;
        }
      while (lines->len > 12);
      set_lines (self, lines);
    }

  if (lines->len == 1 && !try_sizes (self))
    {
      pango_layout_set_height (self->layout, (int) (self->area.height * PANGO_SCALE));
      pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
      try_size (self, SMALLEST, TRUE);
      n_lost++;
    }

  return n_lost;
}

/* A line that breaks within itself counts as several for the window. */
static GPtrArray *
split_lines (char **address)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; address[i] != NULL; i++)
    {
      g_auto (GStrv) pieces = g_strsplit_set (address[i], "\r\n\v\f", -1);

      for (guint j = 0; pieces[j] != NULL; j++)
        {
          g_autofree char *piece = g_utf8_make_valid (pieces[j], -1);

          if (*g_strchomp (piece) != '\0')
            g_ptr_array_add (lines, g_steal_pointer (&piece));
        }
    }

  return lines;
}

/* The sender's own line, small above the address, when there is room for it too. */
static double
set_return_line (Window *self, CrmLetterPages *pages, double room)
{
  g_autofree char *line = crm_letter_settings_dup_return_line (self->setter->settings);
  g_autoptr (TypeBlock) block = NULL;

  if (line == NULL)
    return 0;

  block = typesetter_shape (self->setter, STYLE_RETURN, line, NULL, self->area.width);
  if (block->n_lines > 1 || block->height + 3 > room)
    return 0;

  letter_pages_put (pages, 0, block, self->area.x, self->area.y, 0.3);
  return block->height + 3;
}

void
letter_window_set (CrmTypesetter *self, CrmLetterPages *pages, char **address)
{
  g_autoptr (GPtrArray) lines = split_lines (address);
  g_autoptr (TypeBlock) block = NULL;
  Window window = { .setter = self, .area = get_area (self) };
  double y = window.area.y;

  window.layout = pango_layout_new (self->context);
  pango_layout_set_wrap (window.layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (window.layout, SPACING);
  pages->n_lost = fit (&window, lines);

  y += set_return_line (&window,
                        pages,
                        window.area.height -
                            (window.ink.y + window.ink.height) / (double) PANGO_SCALE);

  block = type_block_new (window.layout, 0);
  g_object_unref (window.layout);
  letter_pages_put (pages, 0, block, window.area.x, y, 0);
  pages->address_ink.x = (window.area.x + window.ink.x / (double) PANGO_SCALE) / CRM_MM;
  pages->address_ink.y = (y + window.ink.y / (double) PANGO_SCALE) / CRM_MM;
  pages->address_ink.width = window.ink.width / (double) PANGO_SCALE / CRM_MM;
  pages->address_ink.height = window.ink.height / (double) PANGO_SCALE / CRM_MM;
}
