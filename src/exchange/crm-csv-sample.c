#include "exchange/crm-csv-sample.h"

#include <csv.h>
#include <string.h>

/* Rows with more cells than this all count as having this many. */
#define WIDTHS 512

typedef struct
{
  guint n_cells;
  guint first; /* cells of the first row */
  guint n_rows;
  guint rows_by_width[WIDTHS];
} Shape;

static void
cell_cb (void *cell, size_t length, void *data)
{
  Shape *shape = data;

  shape->n_cells++;
}

static void
row_cb (int terminator, void *data)
{
  Shape *shape = data;

  if (shape->n_rows++ == 0)
    shape->first = shape->n_cells;
  shape->rows_by_width[MIN (shape->n_cells, WIDTHS - 1)]++;
  shape->n_cells = 0;
}

static void
measure (const char *text,
         gsize length,
         gboolean complete,
         char separator,
         char quote,
         Shape *shape)
{
  struct csv_parser parser;

  memset (shape, 0, sizeof *shape);
  csv_init (&parser, 0);
  csv_set_delim (&parser, separator);
  csv_set_quote (&parser, quote);
  csv_parse (&parser, text, length, cell_cb, row_cb, shape);
  /* The last row of a part may be half a row. */
  if (complete)
    csv_fini (&parser, cell_cb, row_cb, shape);
  csv_free (&parser);

  if (shape->n_rows == 0 && !complete)
    row_cb (-1, shape);
}

/* Many columns in nearly all rows is what a separator looks like; that the first row has as many
 * cells as the others tells a separator from a comma in addresses and notes. */
static double
score (const Shape *shape)
{
  guint best = 2;
  double share;
  guint i;

  if (shape->n_rows == 0)
    return 0;

  for (i = 3; i < WIDTHS; i++)
    if (shape->rows_by_width[i] > shape->rows_by_width[best])
      best = i;
  if (shape->rows_by_width[best] == 0 || shape->first < 2)
    return 0;

  share = (double) shape->rows_by_width[best] / shape->n_rows;
  if (shape->first != best)
    share *= 0.4;

  return share * share * (1 + MIN (best, 30) / 10.0);
}

static char
detect_separator (const char *text, gsize length, gboolean complete, char quote)
{
  static const char candidates[] = { ';', ',', '\t', '|' };
  g_autofree Shape *shape = g_new (Shape, 1);
  double best_score = 0.1;
  char best = '\0';
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      double found;

      measure (text, length, complete, candidates[i], quote, shape);
      found = score (shape);
      if (found > best_score)
        {
          best_score = found;
          best = candidates[i];
        }
    }

  /* One column: a separator that it does not have keeps "Vries, de" in one cell. */
  for (i = 0; best == '\0' && i < G_N_ELEMENTS (candidates); i++)
    if (memchr (text, candidates[i], length) == NULL)
      best = candidates[i];

  return best != '\0' ? best : ';';
}

/* An apostrophe quotes only when it opens and closes cells and the double quote never does: names
 * like 't Hoen and 's-Hertogenbosch open with one. */
static char
detect_quote (const char *text, gsize length)
{
  guint apostrophes = 0;
  guint quotes = 0;
  guint lone = 0;
  gsize i;

  for (i = 0; i + 1 < length; i++)
    {
      gboolean opens = i == 0 || strchr (";,\t|\n\r", text[i - 1]) != NULL;
      gsize end;

      if (!opens)
        continue;
      if (text[i] == '"')
        quotes++;
      if (text[i] != '\'')
        continue;
      for (end = i + 1; end < length && strchr ("'\n\r", text[end]) == NULL; end++)
        ;
      if (end + 1 < length && text[end] == '\'' && strchr (";,\t|\n\r", text[end + 1]) != NULL)
        apostrophes++;
      else
        lone++;
    }

  return quotes == 0 && apostrophes > 3 * lone && apostrophes >= 2 ? '\'' : '"';
}

void
crm_csv_sample_detect (const char *text, gsize length, gboolean complete, CrmCsvFormat *format)
{
  g_return_if_fail (text != NULL);
  g_return_if_fail (format != NULL);

  if (format->quote == '\0')
    format->quote = detect_quote (text, length);
  if (format->separator == '\0')
    format->separator = detect_separator (text, length, complete, format->quote);
}
