#include "wire/crm-page.h"

#include "wire/crm-envelope-private.h"
#include "wire/crm-json-writer.h"
#include "wire/crm-message-private.h"
#include "wire/crm-page-private.h"

struct _CrmPageWriter
{
  CrmEnvelopeWriter envelope;
};

CrmPageWriter *
crm_page_writer_new (const CrmHeaderLine *header)
{
  CrmPageWriter *self = g_new0 (CrmPageWriter, 1);
  GString *text;

  g_return_val_if_fail (header != NULL, NULL);

  crm_envelope_writer_init (&self->envelope);
  text = self->envelope.text;
  crm_envelope_writer_begin (&self->envelope, "hdr");
  crm_json_put_int (text, "proto", header->proto);
  crm_json_put_string (text, "epoch", header->epoch);
  crm_json_put_string (text, "from", header->from);
  if (header->seq > 0)
    crm_json_put_int (text, "seq", header->seq);
  crm_envelope_writer_finish (&self->envelope);

  return self;
}

void
crm_page_writer_free (CrmPageWriter *self)
{
  if (self == NULL)
    return;

  crm_envelope_writer_clear (&self->envelope);
  g_free (self);
}

static void
put_scopes (GString *text, const CrmRowLine *row)
{
  if (row->n_scopes == 0)
    return;

  crm_json_open (text, "sc", '[');
  for (guint i = 0; i < row->n_scopes; i++)
    crm_json_add_int (text, row->scopes[i]);
  crm_json_close (text, ']');
}

static void
put_row (GString *text, const CrmRowLine *row)
{
  crm_json_put_string (text, "kind", row->kind);
  crm_json_put_string (text, "id", row->id);
  crm_json_put_int (text, "v", row->seq);
  crm_json_put_int (text, "r", row->row_seq);
  crm_json_put_int (text, "full", row->full ? 1 : 0);
  put_scopes (text, row);
  crm_json_open (text, "f", '{');
  for (guint i = 0; i < row->n_fields; i++)
    {
      crm_json_open (text, row->fields[i].name, '[');
      crm_wire_value_write (&row->fields[i].value, text);
      crm_json_add_int (text, row->fields[i].seq);
      crm_json_close (text, ']');
    }
  crm_json_close (text, '}');
}

static void
put_scope (GString *text, const CrmScopeLine *scope, gboolean masked)
{
  crm_json_put_int (text, "sc", scope->scope);
  if (!masked)
    return;

  crm_json_open (text, "mask", '{');
  for (guint i = 0; i < scope->n_masks; i++)
    {
      crm_json_add_name (text, scope->masks[i].kind);
      crm_json_add_int (text, scope->masks[i].groups);
    }
  crm_json_close (text, '}');
}

void
crm_set_line_put (const CrmSetLine *set, GString *text)
{
  crm_json_put_int (text, "seq", set->seq);
  crm_json_put_string (text, "id", set->id);
  crm_json_put_string (text, "user", set->user);
  crm_json_put_string (text, "device", set->device);
  crm_json_put_string (text, "at", set->at);
  crm_json_put_string (text, "action", set->action);
  crm_json_put_string (text, "why", set->why);
  crm_json_put_string (text, "group", set->group);
  crm_json_put_string (text, "replica", set->replica);
  crm_json_put_int (text, "n", set->n);
}

static const char *const type_names[] = {
  [CRM_LINE_HEADER] = "hdr", [CRM_LINE_ROW] = "row",    [CRM_LINE_CONFLICT] = "conf",
  [CRM_LINE_GONE] = "gone",  [CRM_LINE_DROP] = "drop",  [CRM_LINE_SCOPE] = "scope",
  [CRM_LINE_SET] = "set",    [CRM_LINE_RESULT] = "res", [CRM_LINE_END] = "end",
};

int
crm_line_find_type (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (type_names); i++)
    if (g_strcmp0 (type_names[i], name) == 0)
      return (int) i;

  return -1;
}

void
crm_page_writer_add (CrmPageWriter *self, const CrmPageLine *line)
{
  GString *text;

  g_return_if_fail (self != NULL && self->envelope.text != NULL);
  g_return_if_fail (line != NULL);

  text = self->envelope.text;
  crm_envelope_writer_begin (&self->envelope, type_names[line->type]);
  switch (line->type)
    {
    case CRM_LINE_ROW:
    case CRM_LINE_CONFLICT:
      put_row (text, &line->row);
      break;

    case CRM_LINE_GONE:
      crm_json_put_string (text, "kind", line->gone.kind);
      crm_json_put_string (text, "id", line->gone.id);
      if (line->gone.seq > 0)
        crm_json_put_int (text, "v", line->gone.seq);
      break;

    case CRM_LINE_DROP:
    case CRM_LINE_SCOPE:
      put_scope (text, &line->scope, line->type == CRM_LINE_SCOPE);
      break;

    case CRM_LINE_SET:
      crm_set_line_put (&line->set, text);
      break;

    case CRM_LINE_RESULT:
      crm_set_result_put (&line->result, text);
      break;

    case CRM_LINE_HEADER:
    case CRM_LINE_END:
    default:
      g_return_if_reached ();
    }
  crm_envelope_writer_finish (&self->envelope);
}

gsize
crm_page_writer_get_size (CrmPageWriter *self)
{
  g_return_val_if_fail (self != NULL && self->envelope.text != NULL, 0);

  return self->envelope.text->len;
}

static void
put_checks (GString *text, const CrmEndLine *end)
{
  if (end->n_checks == 0)
    return;

  crm_json_open (text, "chk", '[');
  for (guint i = 0; i < end->n_checks; i++)
    {
      crm_json_open (text, NULL, '[');
      crm_json_add_int (text, end->checks[i].scope);
      crm_json_add_int (text, end->checks[i].count);
      crm_json_add_string (text, end->checks[i].id_xor);
      crm_json_close (text, ']');
    }
  crm_json_close (text, ']');
}

GBytes *
crm_page_writer_end (CrmPageWriter *self, const CrmEndLine *end)
{
  GString *text;

  g_return_val_if_fail (self != NULL && self->envelope.text != NULL, NULL);
  g_return_val_if_fail (end != NULL, NULL);

  text = self->envelope.text;
  crm_envelope_writer_begin (&self->envelope, "end");
  crm_json_put_string (text, "cur", end->cursor);
  crm_envelope_writer_seal (&self->envelope);
  crm_json_add_name (text, "more");
  g_string_append (text, end->more ? "true" : "false");
  if (end->ack_n > 0)
    {
      crm_json_open (text, "ack", '{');
      crm_json_put_int (text, "n", end->ack_n);
      crm_json_put_string (text, "h", end->ack_digest);
      crm_json_close (text, '}');
    }
  put_checks (text, end);

  return crm_envelope_writer_steal (&self->envelope);
}
