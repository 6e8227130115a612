#include "wire/crm-segment.h"

#include "wire/crm-envelope-private.h"
#include "wire/crm-json-writer.h"
#include "wire/crm-segment-private.h"

#include <string.h>

/* A field of all rows of one kind. */
typedef struct
{
  char *name;
  GString *values;
  guint n; /* values so far; rows without one are filled up */
  GString *seqs;
} Column;

struct _CrmSegmentWriter
{
  CrmEnvelopeWriter envelope;
  guint n_rows;

  /* The kind that is being written. */
  char *kind;
  guint n;
  GPtrArray *columns; /* (element-type Column): in the order met */
  GHashTable *by_name;
  GString *ids;
  GString *row_seqs;
  GString *seqs;
  char last_hex[CRM_SEGMENT_ID_DIGITS + 1];
  gint64 last_row_seq;
};

static void
free_column (gpointer data)
{
  Column *column = data;

  g_free (column->name);
  g_string_free (column->values, TRUE);
  g_string_free (column->seqs, TRUE);
  g_free (column);
}

CrmSegmentWriter *
crm_segment_writer_new (const CrmSegmentHeader *header)
{
  CrmSegmentWriter *self = g_new0 (CrmSegmentWriter, 1);
  GString *text;

  g_return_val_if_fail (header != NULL, NULL);

  self->columns = g_ptr_array_new_with_free_func (free_column);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->ids = g_string_new (NULL);
  self->row_seqs = g_string_new (NULL);
  self->seqs = g_string_new (NULL);

  crm_envelope_writer_init (&self->envelope);
  text = self->envelope.text;
  crm_envelope_writer_begin (&self->envelope, "hdr");
  crm_json_put_int (text, "proto", header->proto);
  crm_json_put_string (text, "epoch", header->epoch);
  crm_json_put_int (text, "sc", header->scope);
  crm_json_put_string (text, "cur", header->cursor);
  crm_json_put_int (text, "seq", header->seq);
  if (header->live > 0)
    crm_json_put_int (text, "live", header->live);
  crm_envelope_writer_finish (&self->envelope);

  return self;
}

void
crm_segment_writer_free (CrmSegmentWriter *self)
{
  if (self == NULL)
    return;

  crm_envelope_writer_clear (&self->envelope);
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->columns);
  g_string_free (self->ids, TRUE);
  g_string_free (self->row_seqs, TRUE);
  g_string_free (self->seqs, TRUE);
  g_free (self->kind);
  g_free (self);
}

static void
put_array (GString *text, const char *name, GString *items)
{
  crm_json_open (text, name, '[');
  g_string_append_len (text, items->str, items->len);
  crm_json_close (text, ']');
}

static void
fill_up (Column *column, guint n)
{
  for (; column->n < n; column->n++)
    crm_json_add_string (column->values, NULL);
}

static void
put_columns (CrmSegmentWriter *self, GString *text)
{
  crm_json_open (text, "f", '{');
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = self->columns->pdata[i];

      fill_up (column, self->n);
      put_array (text, column->name, column->values);
    }
  crm_json_close (text, '}');

  crm_json_open (text, "s", '{');
  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = self->columns->pdata[i];

      if (column->seqs->len > 0)
        put_array (text, column->name, column->seqs);
    }
  crm_json_close (text, '}');
}

static void
flush (CrmSegmentWriter *self)
{
  GString *text = self->envelope.text;

  if (self->n == 0)
    return;

  crm_envelope_writer_begin (&self->envelope, "cols");
  crm_json_put_string (text, "kind", self->kind);
  crm_json_put_int (text, "n", self->n);
  crm_json_put_string (text, "id", self->ids->str);
  put_array (text, "r", self->row_seqs);
  put_array (text, "v", self->seqs);
  put_columns (self, text);
  crm_envelope_writer_finish (&self->envelope);

  g_hash_table_remove_all (self->by_name);
  g_ptr_array_set_size (self->columns, 0);
  g_string_truncate (self->ids, 0);
  g_string_truncate (self->row_seqs, 0);
  g_string_truncate (self->seqs, 0);
  self->n = 0;
  self->last_hex[0] = '\0';
  self->last_row_seq = 0;
}

static Column *
get_column (CrmSegmentWriter *self, const char *name)
{
  Column *column = g_hash_table_lookup (self->by_name, name);

  if (column != NULL)
    return column;

  column = g_new0 (Column, 1);
  column->name = g_strdup (name);
  column->values = g_string_new (NULL);
  column->seqs = g_string_new (NULL);
  g_ptr_array_add (self->columns, column);
  g_hash_table_insert (self->by_name, column->name, column);

  return column;
}

/* How many digits it shares with the one before, as a digit to base 36, and the rest of them. */
static void
add_id (CrmSegmentWriter *self, const char *id)
{
  char hex[CRM_SEGMENT_ID_DIGITS + 1];
  guint n = 0;
  guint shared = 0;

  for (; *id != '\0' && n < CRM_SEGMENT_ID_DIGITS; id++)
    if (*id != '-')
      hex[n++] = *id;
  hex[n] = '\0';

  while (hex[shared] != '\0' && hex[shared] == self->last_hex[shared])
    shared++;
  g_string_append_c (self->ids, CRM_SEGMENT_DIGITS[shared]);
  g_string_append (self->ids, hex + shared);
  memcpy (self->last_hex, hex, sizeof hex);
}

static void
add_field (CrmSegmentWriter *self, const CrmRowLine *row, const CrmRowField *field)
{
  Column *column = get_column (self, field->name);

  fill_up (column, self->n);
  if (field->value.type == CRM_WIRE_EMPTY)
    fill_up (column, self->n + 1);
  else
    {
      if (column->n > 0)
        g_string_append_c (column->values, ',');
      crm_wire_value_write (&field->value, column->values);
      column->n++;
    }

  if (field->seq != row->row_seq)
    {
      crm_json_add_int (column->seqs, self->n);
      crm_json_add_int (column->seqs, field->seq);
    }
}

void
crm_segment_writer_add (CrmSegmentWriter *self, const CrmRowLine *row)
{
  g_return_if_fail (self != NULL && self->envelope.text != NULL);
  g_return_if_fail (row != NULL);

  if (g_strcmp0 (self->kind, row->kind) != 0)
    {
      flush (self);
      g_set_str (&self->kind, row->kind);
    }

  add_id (self, row->id);
  crm_json_add_int (self->row_seqs, row->row_seq - self->last_row_seq);
  crm_json_add_int (self->seqs, row->seq - row->row_seq);
  self->last_row_seq = row->row_seq;
  for (guint i = 0; i < row->n_fields; i++)
    add_field (self, row, &row->fields[i]);
  self->n++;
  self->n_rows++;
}

guint
crm_segment_writer_get_n_rows (CrmSegmentWriter *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

GBytes *
crm_segment_writer_end (CrmSegmentWriter *self, const CrmSegmentEnd *end)
{
  g_return_val_if_fail (self != NULL && self->envelope.text != NULL, NULL);
  g_return_val_if_fail (end != NULL, NULL);

  flush (self);
  crm_envelope_writer_begin (&self->envelope, "end");
  crm_json_put_string (self->envelope.text, "after", end->after);
  crm_envelope_writer_seal (&self->envelope);

  return crm_envelope_writer_steal (&self->envelope);
}
