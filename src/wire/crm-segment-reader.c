#include "wire/crm-segment.h"

#include "wire/crm-envelope-private.h"
#include "wire/crm-segment-private.h"
#include "wire/crm-wire-limit.h"

#include <string.h>

typedef struct
{
  const char *name;
  const CrmJson *value; /* of the next row */
  const CrmJson *seq;   /* the next row that has a version of its own, then that version */
} Column;

struct _CrmSegmentReader
{
  CrmEnvelopeReader envelope;
  CrmSegmentHeader header;
  CrmSegmentEnd end;

  /* The line that is being read. */
  const char *kind;
  gint64 n;
  gint64 index;
  const char *ids;
  char hex[CRM_SEGMENT_ID_DIGITS + 1];
  const CrmJson *row_seq;
  const CrmJson *seq;
  gint64 last_row_seq;
  GArray *columns; /* (element-type Column) */

  /* The row given out. */
  CrmRowLine row;
  char id[37];
  GArray *fields; /* (element-type CrmRowField) */
};

static gboolean
read_header (CrmSegmentReader *self, GError **error)
{
  const CrmJson *node = self->envelope.first_line;
  CrmSegmentHeader *header = &self->header;

  if (!crm_json_get_int (node, "proto", &header->proto, error) ||
      !crm_json_get_string (node, "epoch", &header->epoch, error) ||
      !crm_json_get_int (node, "sc", &header->scope, error) ||
      !crm_json_need_string (node, "cur", &header->cursor, error) ||
      !crm_json_get_int (node, "seq", &header->seq, error) ||
      !crm_json_get_int (node, "live", &header->live, error))
    return FALSE;
  if (header->proto == CRM_WIRE_PROTO)
    return header->scope > 0 || crm_json_fail (error, "sc is missing");

  g_set_error (error,
               CRM_WIRE_ERROR,
               CRM_WIRE_ERROR_PROTO,
               "The server speaks protocol %" G_GINT64_FORMAT,
               header->proto);

  return FALSE;
}

CrmSegmentReader *
crm_segment_reader_new (GBytes *body, GError **error)
{
  g_autoptr (CrmSegmentReader) self = g_new0 (CrmSegmentReader, 1);

  g_return_val_if_fail (body != NULL, NULL);

  self->columns = g_array_new (FALSE, TRUE, sizeof (Column));
  self->fields = g_array_new (FALSE, TRUE, sizeof (CrmRowField));
  if (!crm_envelope_reader_init (&self->envelope, body, error) || !read_header (self, error) ||
      !crm_json_get_string (self->envelope.last_line, "after", &self->end.after, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
crm_segment_reader_free (CrmSegmentReader *self)
{
  if (self == NULL)
    return;

  crm_envelope_reader_clear (&self->envelope);
  g_array_unref (self->columns);
  g_array_unref (self->fields);
  g_free (self);
}

const CrmSegmentHeader *
crm_segment_reader_get_header (CrmSegmentReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->header;
}

const CrmSegmentEnd *
crm_segment_reader_get_end (CrmSegmentReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->end;
}

/* An array of @n. */
static gboolean
get_column (const CrmJson *node, const char *name, gint64 n, const CrmJson **first, GError **error)
{
  const CrmJson *array;

  if (!crm_json_get_array (node, name, &array, error))
    return FALSE;
  if (array == NULL || array->n_children != n)
    return crm_json_fail (error, "%.80s: expected %" G_GINT64_FORMAT " values", name, n);
  *first = array->child;

  return TRUE;
}

static gboolean
open_columns (CrmSegmentReader *self, const CrmJson *node, GError **error)
{
  const CrmJson *fields, *seqs, *array;

  g_array_set_size (self->columns, 0);
  if (!crm_json_get_object (node, "f", &fields, error) ||
      !crm_json_get_object (node, "s", &seqs, error))
    return FALSE;

  for (const CrmJson *field = fields != NULL ? fields->child : NULL; field != NULL;
       field = field->next)
    {
      Column column = { .name = field->name };

      if (!crm_json_is_name (field->name))
        return crm_json_fail (error, "f: “%.80s” is not the name of a field", field->name);
      if (!get_column (fields, field->name, self->n, &column.value, error) ||
          !crm_json_get_array (seqs, field->name, &array, error))
        return FALSE;
      column.seq = array != NULL ? array->child : NULL;
      if (array != NULL && array->n_children % 2 != 0)
        return crm_json_fail (error, "s: expected rows and versions");
      g_array_append_val (self->columns, column);
    }

  return TRUE;
}

static gboolean
open_line (CrmSegmentReader *self, const CrmJson *node, GError **error)
{
  self->index = 0;
  self->hex[0] = '\0';
  self->last_row_seq = 0;

  return crm_json_need_name (node, "kind", &self->kind, error) &&
         crm_json_get_int (node, "n", &self->n, error) &&
         crm_json_need_string (node, "id", &self->ids, error) &&
         get_column (node, "r", self->n, &self->row_seq, error) &&
         get_column (node, "v", self->n, &self->seq, error) && open_columns (self, node, error);
}

/* To the next row, over lines that this version does not know. */
static gboolean
find_row (CrmSegmentReader *self, GError **error)
{
  const CrmJson *node;
  const char *type = NULL;
  g_autoptr (GError) local_error = NULL;

  while (self->index >= self->n)
    {
      self->n = 0;
      self->index = 0;
      node = crm_envelope_reader_next (&self->envelope, &type, &local_error);
      if (node != NULL && strcmp (type, "cols") == 0)
        open_line (self, node, &local_error);
      if (local_error != NULL)
        {
          self->n = 0;
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (node == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_id (CrmSegmentReader *self, GError **error)
{
  static const guint8 dashes[] = { 8, 12, 16, 20 };
  const char *digit = *self->ids != '\0' ? strchr (CRM_SEGMENT_DIGITS, *self->ids) : NULL;
  const gsize shared = digit != NULL ? (gsize) (digit - CRM_SEGMENT_DIGITS) : G_MAXSIZE;
  const gsize rest = CRM_SEGMENT_ID_DIGITS - shared;
  char *out = self->id;

  if (shared > strlen (self->hex) || strnlen (self->ids + 1, rest) < rest)
    return crm_json_fail (error, "id: expected ids");
  memcpy (self->hex + shared, self->ids + 1, rest);
  self->hex[CRM_SEGMENT_ID_DIGITS] = '\0';
  self->ids += 1 + rest;
  if (strspn (self->hex, "0123456789abcdef") != CRM_SEGMENT_ID_DIGITS)
    return crm_json_fail (error, "id: expected hex digits");

  for (guint i = 0, dash = 0; i < CRM_SEGMENT_ID_DIGITS; i++)
    {
      if (dash < G_N_ELEMENTS (dashes) && i == dashes[dash])
        {
          *out++ = '-';
          dash++;
        }
      *out++ = self->hex[i];
    }
  *out = '\0';

  return TRUE;
}

/* Differences may be below 0; sums may not, nor above what is whole at both ends. */
static gboolean
add_difference (const CrmJson *node, gint64 from, gint64 *sum, GError **error)
{
  const gboolean negative = node->type == CRM_JSON_NUMBER && node->text[0] == '-';
  CrmJson size = *node;
  gint64 difference;

  if (negative)
    {
      size.text++;
      size.length--;
    }
  if (!crm_json_to_int (&size, &difference, error))
    return FALSE;
  *sum = negative ? from - difference : from + difference;

  return (*sum >= 0 && *sum <= CRM_WIRE_MAX_INT) || crm_json_fail (error, "A version is too large");
}

static gboolean
read_seqs (CrmSegmentReader *self, GError **error)
{
  if (!add_difference (self->row_seq, self->last_row_seq, &self->row.row_seq, error) ||
      !add_difference (self->seq, self->row.row_seq, &self->row.seq, error))
    return FALSE;

  self->last_row_seq = self->row.row_seq;
  self->row_seq = self->row_seq->next;
  self->seq = self->seq->next;

  return TRUE;
}

/* TRUE and @has_seq when the field has a version of its own in this row. */
static gboolean
read_own_seq (CrmSegmentReader *self,
              Column *column,
              gint64 *seq,
              gboolean *has_seq,
              GError **error)
{
  gint64 index;

  *has_seq = FALSE;
  if (column->seq == NULL)
    return TRUE;
  if (!crm_json_to_int (column->seq, &index, error))
    return FALSE;
  if (index != self->index)
    return index > self->index || crm_json_fail (error, "s: expected rows in order");

  *has_seq = TRUE;
  if (!crm_json_to_int (column->seq->next, seq, error))
    return FALSE;
  column->seq = column->seq->next->next;

  return TRUE;
}

static gboolean
read_fields (CrmSegmentReader *self, GError **error)
{
  g_array_set_size (self->fields, 0);
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = &g_array_index (self->columns, Column, i);
      CrmRowField field = { .name = column->name, .seq = self->row.row_seq };
      gboolean has_seq;

      if (!crm_wire_value_read (column->value, self->envelope.arena, &field.value, error) ||
          !read_own_seq (self, column, &field.seq, &has_seq, error))
        return FALSE;
      column->value = column->value->next;
      if (has_seq || field.value.type != CRM_WIRE_EMPTY)
        g_array_append_val (self->fields, field);
    }

  return TRUE;
}

const CrmRowLine *
crm_segment_reader_next (CrmSegmentReader *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!find_row (self, error))
    return NULL;

  self->row = (CrmRowLine) {
    .kind = self->kind,
    .id = self->id,
    .full = TRUE,
    .scopes = &self->header.scope,
    .n_scopes = 1,
  };
  if (!read_id (self, error) || !read_seqs (self, error) || !read_fields (self, error))
    return NULL;
  self->row.fields = (const CrmRowField *) (gpointer) self->fields->data;
  self->row.n_fields = self->fields->len;
  self->index++;

  return &self->row;
}
