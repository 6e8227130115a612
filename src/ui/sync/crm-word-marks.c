#include "ui/sync/crm-word-marks.h"

#include <string.h>

/* The table has the square of it. */
#define MAX_WORDS 400

typedef struct
{
  guint start; /* bytes */
  guint end;
} Word;

static GArray *
list_words (const char *text)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  const char *p = text;

  while (*p != '\0')
    {
      Word word;

      while (*p != '\0' && g_unichar_isspace (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      word.start = (guint) (p - text);
      while (*p != '\0' && !g_unichar_isspace (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      word.end = (guint) (p - text);
      if (word.end > word.start)
        g_array_append_val (words, word);
    }

  return words;
}

static gboolean
is_equal (const char *a, const Word *in_a, const char *b, const Word *in_b)
{
  guint size = in_a->end - in_a->start;

  return size == in_b->end - in_b->start && memcmp (a + in_a->start, b + in_b->start, size) == 0;
}

static void
mark (PangoAttrList *attributes, guint start, guint end)
{
  PangoAttribute *const marks[] = { pango_attr_weight_new (PANGO_WEIGHT_BOLD),
                                    pango_attr_underline_new (PANGO_UNDERLINE_SINGLE) };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      marks[i]->start_index = start;
      marks[i]->end_index = end;
      pango_attr_list_insert (attributes, marks[i]);
    }
}

/* Longest common subsequences of what is left, by their starts. */
static guint16 *
make_table (const char *a, GArray *in_a, const char *b, GArray *in_b)
{
  gsize width = in_b->len + 1;
  guint16 *table = g_new0 (guint16, (in_a->len + 1) * width);

  for (guint i = in_a->len; i-- > 0;)
    for (guint j = in_b->len; j-- > 0;)
      if (is_equal (a, &g_array_index (in_a, Word, i), b, &g_array_index (in_b, Word, j)))
        table[i * width + j] = (guint16) (table[(i + 1) * width + j + 1] + 1);
      else
        table[i * width + j] = MAX (table[(i + 1) * width + j], table[i * width + j + 1]);

  return table;
}

static void
mark_by_table (PangoAttrList *attributes, const char *a, GArray *in_a, const char *b, GArray *in_b)
{
  g_autofree guint16 *table = make_table (a, in_a, b, in_b);
  gsize width = in_b->len + 1;
  guint j = 0;

  for (guint i = 0; i < in_a->len; i++)
    {
      const Word *word = &g_array_index (in_a, Word, i);

      while (j < in_b->len && table[i * width + j] == table[i * width + j + 1])
        j++;
      if (j < in_b->len && is_equal (a, word, b, &g_array_index (in_b, Word, j)))
        j++;
      else
        mark (attributes, word->start, word->end);
    }
}

static void
mark_middle (PangoAttrList *attributes, const char *a, GArray *in_a, const char *b, GArray *in_b)
{
  guint n = MIN (in_a->len, in_b->len);
  guint head = 0;
  guint tail = 0;

  while (head < n &&
         is_equal (a, &g_array_index (in_a, Word, head), b, &g_array_index (in_b, Word, head)))
    head++;
  while (tail < n - head && is_equal (a,
                                      &g_array_index (in_a, Word, in_a->len - 1 - tail),
                                      b,
                                      &g_array_index (in_b, Word, in_b->len - 1 - tail)))
    tail++;
  if (head + tail < in_a->len)
    mark (attributes,
          g_array_index (in_a, Word, head).start,
          g_array_index (in_a, Word, in_a->len - 1 - tail).end);
}

/* When every word differs, marks say nothing. */
static gboolean
shares_a_word (const char *a, GArray *in_a, const char *b, GArray *in_b)
{
  for (guint i = 0; i < in_a->len; i++)
    for (guint j = 0; j < in_b->len; j++)
      if (is_equal (a, &g_array_index (in_a, Word, i), b, &g_array_index (in_b, Word, j)))
        return TRUE;

  return FALSE;
}

PangoAttrList *
crm_word_marks_new (const char *text, const char *other)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  g_autoptr (GArray) in_text = NULL;
  g_autoptr (GArray) in_other = NULL;

  g_return_val_if_fail (text != NULL, attributes);

  if (other == NULL)
    return attributes;
  in_text = list_words (text);
  in_other = list_words (other);
  if (in_text->len > MAX_WORDS || in_other->len > MAX_WORDS)
    mark_middle (attributes, text, in_text, other, in_other);
  else if (shares_a_word (text, in_text, other, in_other))
    mark_by_table (attributes, text, in_text, other, in_other);

  return attributes;
}
