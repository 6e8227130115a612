#include "letters/crm-typesetter-private.h"

void
crm_letter_pages_free (CrmLetterPages *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->pages);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

guint
crm_letter_pages_get_n (const CrmLetterPages *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->pages->len;
}

static void
draw_item (const TypeItem *item, cairo_t *cr)
{
  cairo_set_source_rgb (cr, item->grey, item->grey, item->grey);

  if (item->line != NULL)
    {
      cairo_move_to (cr, item->x, item->y);
      pango_cairo_show_layout_line (cr, item->line);
      return;
    }

  cairo_set_line_width (cr, 0.5);
  cairo_move_to (cr, item->x, item->y);
  cairo_rel_line_to (cr, item->rule, 0);
  cairo_stroke (cr);
}

void
crm_letter_pages_draw (const CrmLetterPages *self, guint page, cairo_t *cr)
{
  const GArray *items;

  g_return_if_fail (self != NULL);
  g_return_if_fail (page < self->pages->len);
  g_return_if_fail (cr != NULL);

  items = g_ptr_array_index (self->pages, page);
  for (guint i = 0; i < items->len; i++)
    draw_item (&g_array_index (items, TypeItem, i), cr);
}

CrmRect
crm_letter_pages_get_address_ink (const CrmLetterPages *self)
{
  g_return_val_if_fail (self != NULL, ((CrmRect) { 0, 0, 0, 0 }));

  return self->address_ink;
}

guint
crm_letter_pages_get_n_lost (const CrmLetterPages *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_lost;
}

void
letter_pages_add (CrmLetterPages *self)
{
  g_ptr_array_add (self->pages, g_array_new (FALSE, FALSE, sizeof (TypeItem)));
}

void
letter_pages_put_line (CrmLetterPages *self,
                       guint page,
                       const TypeLine *line,
                       double x,
                       double top,
                       double grey)
{
  TypeItem item = {
    .x = x + line->x, .y = top + line->baseline - line->top, .grey = grey, .line = line->line
  };

  g_array_append_val ((GArray *) g_ptr_array_index (self->pages, page), item);
}

double
letter_pages_put (CrmLetterPages *self,
                  guint page,
                  TypeBlock *block,
                  double x,
                  double top,
                  double grey)
{
  for (guint i = 0; i < block->n_lines; i++)
    letter_pages_put_line (self, page, &block->lines[i], x, top + block->lines[i].top, grey);
  g_ptr_array_add (self->blocks, type_block_ref (block));

  return top + block->height;
}

void
letter_pages_put_rule (CrmLetterPages *self, guint page, double x, double y, double width)
{
  TypeItem item = { .x = x, .y = y, .rule = width, .grey = 0.5 };

  g_array_append_val ((GArray *) g_ptr_array_index (self->pages, page), item);
}
