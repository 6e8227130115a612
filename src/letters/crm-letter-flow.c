#include "letters/crm-typesetter-private.h"

/*
 * Fills pages from top to bottom. A paragraph is broken over two pages only with at least two lines
 * on each (no widows or orphans), a heading stays with what follows, and the closing with the
 * signature and two lines of text before it, or the whole of a short paragraph, so that no page
 * holds a signature alone.
 */
#define MIN_LINES 2

typedef struct
{
  CrmLetterPages *pages;
  GArray *parts;
  guint page;
  double y;
  /* Nothing stands on this page yet. */
  gboolean fresh;
} Flow;

static TypePart *
get_part (Flow *self, guint index)
{
  return &g_array_index (self->parts, TypePart, index);
}

static double
get_height (const TypePart *part)
{
  return part->block != NULL ? part->block->height : part->room;
}

static double
get_lines_height (const TypePart *part, guint first, guint n)
{
  const TypeLine *last = &part->block->lines[first + n - 1];

  return last->top + last->height - part->block->lines[first].top;
}

/* What must at least stand on the page where the part starts. */
static double
get_least_height (const TypePart *part)
{
  if (part->block == NULL || part->keep_whole || part->block->n_lines < 2 * MIN_LINES)
    return get_height (part);

  return get_lines_height (part, 0, MIN_LINES);
}

/* The parts from @index that hang together, with the beginning of the one they hang on. */
static double
get_chain_height (Flow *self, guint index)
{
  double height = 0;
  guint i;

  for (i = index; i + 1 < self->parts->len && get_part (self, i)->keep_next; i++)
    height += (i > index ? get_part (self, i)->space_before : 0) + get_height (get_part (self, i));

  return height + (i > index ? get_part (self, i)->space_before : 0) +
         get_least_height (get_part (self, i));
}

static void
turn_page (Flow *self)
{
  letter_pages_add (self->pages);
  self->page++;
  self->y = TOP;
  self->fresh = TRUE;
}

static void
put_lines (Flow *self, TypePart *part, guint first, guint n)
{
  const TypeBlock *block = part->block;

  for (guint i = first; i < first + n; i++)
    letter_pages_put_line (self->pages,
                           self->page,
                           &block->lines[i],
                           part->x,
                           self->y + block->lines[i].top - block->lines[first].top,
                           0);
  if (first == 0 && part->marker != NULL && part->marker->n_lines > 0)
    letter_pages_put (self->pages, self->page, part->marker, part->marker_x, self->y, 0);

  self->y += get_lines_height (part, first, n);
  self->fresh = FALSE;
}

static guint
count_fitting (const TypePart *part, guint first, double room)
{
  guint n = 0;

  while (first + n < part->block->n_lines && get_lines_height (part, first, n + 1) <= room + 0.01)
    n++;

  return n;
}

static gboolean
is_before_closing (Flow *self, guint index)
{
  TypePart *next;

  if (get_part (self, index)->keep_next || index + 1 >= self->parts->len)
    return FALSE;

  next = get_part (self, index + 1);
  return next->keep_next && next->block != NULL && !next->keep_whole;
}

/* Whether the @n lines from @first and then the closing do not both fit on this page. */
static gboolean
pushes_closing (Flow *self, guint index, guint first, guint n)
{
  double after;

  if (!is_before_closing (self, index))
    return FALSE;

  after = self->y + get_lines_height (get_part (self, index), first, n) +
          get_part (self, index + 1)->space_before;
  return after + get_chain_height (self, index + 1) > BOTTOM;
}

/* How many lines from @first go on this page; 0 when the part had better start on the next. */
static guint
choose_lines (Flow *self, guint index, guint first)
{
  TypePart *part = get_part (self, index);
  guint left = part->block->n_lines - first;
  guint n = count_fitting (part, first, BOTTOM - self->y);
  gboolean after_heading = index > 0 && get_part (self, index - 1)->keep_next;

  if (n == left && pushes_closing (self, index, first, n))
    {
      if (left >= 2 * MIN_LINES)
        return left - MIN_LINES;
      if (!self->fresh && first == 0 && !after_heading)
        return 0;
    }

  if (n < left)
    {
      if (part->keep_whole && !self->fresh)
        return 0;
      if (left - n < MIN_LINES)
        n = left > MIN_LINES ? left - MIN_LINES : 0;
      if (n < MIN_LINES && !self->fresh)
        return 0;
      if (n == 0)
        n = MAX (1, count_fitting (part, first, BOTTOM - self->y));
    }

  return n;
}

static void
put_block (Flow *self, guint index)
{
  TypePart *part = get_part (self, index);
  guint first = 0;

  g_ptr_array_add (self->pages->blocks, type_block_ref (part->block));

  while (first < part->block->n_lines)
    {
      guint n = choose_lines (self, index, first);

      if (n > 0)
        put_lines (self, part, first, n);
      first += n;
      if (first < part->block->n_lines)
        turn_page (self);
    }
}

static void
put_part (Flow *self, guint index)
{
  TypePart *part = get_part (self, index);
  gboolean in_chain = index > 0 && get_part (self, index - 1)->keep_next;

  if (part->new_page)
    {
      if (!self->fresh)
        turn_page (self);
      return;
    }

  if (!self->fresh)
    self->y += part->space_before;
  if (!in_chain && !self->fresh && self->y + get_chain_height (self, index) > BOTTOM)
    turn_page (self);

  if (part->block != NULL)
    {
      put_block (self, index);
      return;
    }

  if (self->y + part->room > BOTTOM && !self->fresh)
    turn_page (self);
  if (part->rule)
    letter_pages_put_rule (self->pages,
                           self->page,
                           part->x,
                           self->y + part->room / 2,
                           RIGHT - LEFT);
  self->y += part->room;
  self->fresh = FALSE;
}

void
letter_flow_set (CrmLetterPages *pages, GArray *parts, double top)
{
  Flow flow = { .pages = pages, .parts = parts, .y = top };

  for (guint i = 0; i < parts->len; i++)
    put_part (&flow, i);
}
