#include "exchange/crm-import-plan-private.h"

#include "base/crm-id.h"
#include "base/crm-text.h"
#include "model/crm-address.h"

#include <string.h>

#define SAMPLES 3

typedef struct
{
  CrmImportPlan *plan;
  GArray *census;
  guint64 n_short;
  guint last_width;
  guint64 last_line;
} Scan;

static gboolean
parse_digits (const char **text, guint max, guint *number, guint *digits)
{
  *number = 0;
  for (*digits = 0; g_ascii_isdigit (**text) && *digits <= max; (*text)++, (*digits)++)
    *number = *number * 10 + (**text - '0');

  return *digits > 0 && *digits <= max;
}

/* "1-3-2026", "2026/03/01 14:05": three numbers with - / or . between. */
static void
count_date (CrmColumnCensus *census, const char *text)
{
  guint first, second, third, digits, first_digits;
  char separator;

  if (!parse_digits (&text, 4, &first, &first_digits) || strchr ("-/.", *text) == NULL ||
      *text == '\0')
    return;
  separator = *text++;
  if (!parse_digits (&text, 2, &second, &digits) || *text++ != separator)
    return;
  if (!parse_digits (&text, 4, &third, &digits) || (*text != '\0' && strchr (" T", *text) == NULL))
    return;

  census->n_dates++;
  census->n_slashes += separator == '/';
  if (first_digits == 4)
    census->n_year_first++;
  else if (first > 12)
    census->n_day_first++;
  else if (second > 12)
    census->n_month_first++;
}

static void
count_value (CrmColumnCensus *census, const char *value)
{
  const char *at = strchr (value, '@');
  g_autofree char *postcode = NULL;

  census->n_filled++;
  if (g_ascii_isdigit (value[0]))
    {
      count_date (census, value);
      if (strlen (value) <= 8 && (postcode = crm_postcode_normalize (value)) != NULL)
        census->n_postcodes++;
    }
  if (at != NULL && at != value && strchr (at, '.') != NULL && strchr (value, ' ') == NULL)
    census->n_emails++;
  if (strlen (value) == 36 && crm_id_is_valid (value))
    census->n_ids++;
  if (census->n_filled <= 1000 && crm_import_has_legal_form (value))
    census->n_legal_forms++;
}

static void
keep_sample (CrmImportColumn *column, const char *value)
{
  guint i;

  if (column->samples->len >= SAMPLES)
    return;
  for (i = 0; i < column->samples->len; i++)
    if (g_str_equal (g_ptr_array_index (column->samples, i), value))
      return;

  g_ptr_array_add (column->samples,
                   g_utf8_strlen (value, -1) > 200 ? g_utf8_substring (value, 0, 200)
                                                   : g_strdup (value));
}

/* The first letter or sign of @cell that is no white space. */
static const char *
skip_spaces (const char *cell)
{
  while (g_ascii_isspace (*cell))
    cell++;

  return cell;
}

static void
scan_row (Scan *scan, const CrmCsvRow *row)
{
  guint n_columns = scan->plan->columns->len;
  guint i;

  scan->plan->n_rows++;
  scan->n_short += row->n_cells < scan->plan->n_expected;
  scan->last_width = row->n_cells;
  scan->last_line = row->line;
  /* It will be refused, so it says nothing about the columns. */
  if (row->n_cells > n_columns)
    return;

  for (i = 0; i < MIN (row->n_cells, n_columns); i++)
    {
      const char *value = skip_spaces (row->cells[i]);

      if (*value == '\0')
        continue;
      count_value (&g_array_index (scan->census, CrmColumnCensus, i), value);
      keep_sample (g_ptr_array_index (scan->plan->columns, i), value);
    }
}

/* Values give themselves away: an address, a number, a date. Names of columns have none of these.
 */
static gboolean
looks_like_data (const char *cell)
{
  CrmColumnCensus census = { 0 };

  count_value (&census, skip_spaces (cell));

  return census.n_dates > 0 || census.n_emails > 0 || census.n_ids > 0 || census.n_postcodes > 0 ||
         (strpbrk (cell, "0123456789") != NULL &&
          strspn (skip_spaces (cell), "0123456789 +-().,") == strlen (skip_spaces (cell)) &&
          strlen (cell) > 3);
}

static gboolean
is_header (const CrmImportPlan *self, const CrmCsvRow *row)
{
  guint n_known = 0;
  guint n_data = 0;
  guint n_empty = 0;
  guint i;

  for (i = 0; i < MIN (row->n_cells, CRM_CSV_CELLS_MAX); i++)
    {
      const char *cell = row->cells[i];

      n_empty += *skip_spaces (cell) == '\0';
      n_known += crm_import_header_is_known (self->model, cell);
      n_data += looks_like_data (cell);
    }

  if (n_known > 0)
    return n_known > n_data;

  return n_data == 0 && n_empty == 0;
}

static void
add_column (CrmImportPlan *self, const char *name, GArray *census)
{
  CrmImportColumn *column = g_new0 (CrmImportColumn, 1);

  column->name = crm_text_clean (name);
  column->named = column->name != NULL;
  if (!column->named)
    column->name = g_strdup_printf ("%u", self->columns->len + 1);
  column->samples = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->columns, column);
  g_array_set_size (census, self->columns->len);
}

static const CrmImportColumn *
column_at (const CrmImportPlan *self, guint index)
{
  return g_ptr_array_index (self->columns, index);
}

static gboolean
take_first_row (Scan *scan, const CrmCsvRow *row, GError **error)
{
  CrmImportPlan *self = scan->plan;
  guint n_cells = row->n_cells;
  guint i;

  if (n_cells > CRM_CSV_CELLS_MAX)
    {
      g_autofree char *name = g_file_get_parse_name (self->file);

      g_set_error (error,
                   CRM_EXCHANGE_ERROR,
                   CRM_EXCHANGE_ERROR_TOO_WIDE,
                   "%s: line %" G_GUINT64_FORMAT ": %u cells; at most %u columns were expected",
                   name,
                   row->line,
                   n_cells,
                   CRM_CSV_CELLS_MAX);
      return FALSE;
    }

  if (self->format.header == CRM_HEADER_DETECT)
    self->format.header = is_header (self, row) ? CRM_HEADER_PRESENT : CRM_HEADER_ABSENT;

  for (i = 0; i < n_cells; i++)
    {
      add_column (self,
                  self->format.header == CRM_HEADER_PRESENT ? row->cells[i] : NULL,
                  scan->census);
      if (self->format.header == CRM_HEADER_ABSENT || column_at (self, i)->named)
        self->n_expected = i + 1;
    }
  if (self->format.header == CRM_HEADER_ABSENT)
    scan_row (scan, row);

  return TRUE;
}

/* A separator after the last name is a habit of some programs and no column; a column that has
 * values without a name is one. */
static void
drop_empty_columns (CrmImportPlan *self, GArray *census)
{
  guint n = self->columns->len;

  while (n > MAX (self->n_expected, 1) &&
         g_array_index (census, CrmColumnCensus, n - 1).n_filled == 0)
    n--;
  g_ptr_array_set_size (self->columns, n);
  g_array_set_size (census, n);
}

/* Half a row at the end, in a file whose rows are whole otherwise. */
static gboolean
check_end (const Scan *scan, CrmCsvReader *reader, GError **error)
{
  CrmImportPlan *self = scan->plan;
  g_autofree char *name = g_file_get_parse_name (self->file);

  if (self->columns->len == 0)
    {
      g_set_error (error,
                   CRM_EXCHANGE_ERROR,
                   CRM_EXCHANGE_ERROR_EMPTY,
                   "%s: the file has only empty lines; a row of column names and rows of values "
                   "were expected",
                   name);
      return FALSE;
    }

  if (self->n_rows < 3 || scan->n_short != 1 || scan->last_width >= self->n_expected ||
      !crm_csv_reader_ended_open (reader))
    return TRUE;

  g_set_error (error,
               CRM_EXCHANGE_ERROR,
               CRM_EXCHANGE_ERROR_CUT_OFF,
               "%s: line %" G_GUINT64_FORMAT
               ": the file ends in the middle of a row, after %u of %u cells; it is cut off",
               name,
               scan->last_line,
               scan->last_width,
               self->n_expected);

  return FALSE;
}

static void
decide_dates (CrmImportPlan *self, const GArray *census)
{
  guint i;

  for (i = 0; i < self->columns->len; i++)
    {
      const CrmColumnCensus *column = &g_array_index (census, CrmColumnCensus, i);
      CrmImportColumn *result = g_ptr_array_index (self->columns, i);

      result->n_filled = column->n_filled;
      result->has_dates = column->n_dates * 2 > column->n_filled;
      result->date_order = CRM_DATE_DMY;
      if (column->n_year_first * 2 > column->n_dates)
        result->date_order = CRM_DATE_YMD;
      else if (column->n_month_first > column->n_day_first)
        result->date_order = CRM_DATE_MDY;
    }
}

gboolean
crm_import_plan_scan (CrmImportPlan *self,
                      GArray *census,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (CrmCsvReader) reader = NULL;
  g_autoptr (GError) local = NULL;
  Scan scan = { .plan = self, .census = census };
  CrmCsvRow row;

  reader = crm_csv_reader_open (self->file, &self->format, cancellable, error);
  if (reader == NULL)
    return FALSE;

  while (crm_csv_reader_next (reader, &row, cancellable, &local))
    {
      if (self->columns->len > 0)
        scan_row (&scan, &row);
      else if (!take_first_row (&scan, &row, error))
        return FALSE;
    }

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!check_end (&scan, reader, error))
    return FALSE;

  drop_empty_columns (self, census);
  decide_dates (self, census);

  return TRUE;
}
