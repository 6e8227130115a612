#include "wire/crm-page.h"

#include "base/crm-id.h"
#include "wire/crm-envelope-private.h"
#include "wire/crm-message-private.h"
#include "wire/crm-page-private.h"

struct _CrmPageReader
{
  CrmEnvelopeReader envelope;
  CrmHeaderLine header;
  CrmEndLine end;
  CrmPageLine line;
};

static gboolean
read_header (const CrmJson *node, CrmHeaderLine *header, GError **error)
{
  if (!crm_json_get_int (node, "proto", &header->proto, error) ||
      !crm_json_get_string (node, "epoch", &header->epoch, error) ||
      !crm_json_get_string (node, "from", &header->from, error) ||
      !crm_json_get_int (node, "seq", &header->seq, error))
    return FALSE;
  if (header->proto == CRM_WIRE_PROTO)
    return TRUE;

  g_set_error (error,
               CRM_WIRE_ERROR,
               CRM_WIRE_ERROR_PROTO,
               "The server speaks protocol %" G_GINT64_FORMAT,
               header->proto);

  return FALSE;
}

static gboolean
read_row_field (const CrmJson *node, CrmArena *arena, gint64 v, CrmRowField *field, GError **error)
{
  const CrmJson *value = node->child;

  if (!crm_json_is_name (node->name) || node->type != CRM_JSON_ARRAY || value == NULL)
    return crm_json_fail (error, "%.80s: expected a value and its version", node->name);

  field->name = node->name;
  field->seq = v;
  if (value->next != NULL && !crm_json_to_int (value->next, &field->seq, error))
    return FALSE;

  return crm_wire_value_read (value, arena, &field->value, error);
}

static gboolean
read_row_fields (const CrmJson *node, CrmArena *arena, CrmRowLine *row, GError **error)
{
  const CrmJson *object;
  CrmRowField *fields;

  if (!crm_json_get_object (node, "f", &object, error))
    return FALSE;
  if (object == NULL)
    return TRUE;

  row->fields = fields = crm_arena_new0 (arena, CrmRowField, object->n_children);
  row->n_fields = object->n_children;
  for (const CrmJson *child = object->child; child != NULL; child = child->next)
    if (!read_row_field (child, arena, row->seq, fields++, error))
      return FALSE;

  return TRUE;
}

static gboolean
read_row (const CrmJson *node, CrmArena *arena, CrmRowLine *row, GError **error)
{
  if (!crm_json_need_name (node, "kind", &row->kind, error) ||
      !crm_json_need_id (node, "id", &row->id, error) ||
      !crm_json_get_int (node, "v", &row->seq, error) ||
      !crm_json_get_int (node, "r", &row->row_seq, error) ||
      !crm_json_get_bool (node, "full", &row->full, error) ||
      !crm_message_get_ints (node, "sc", arena, &row->scopes, &row->n_scopes, error) ||
      !read_row_fields (node, arena, row, error))
    return FALSE;

  return row->seq > 0 || crm_json_fail (error, "v is missing");
}

static gboolean
read_gone (const CrmJson *node, CrmGoneLine *gone, GError **error)
{
  return crm_json_need_name (node, "kind", &gone->kind, error) &&
         crm_json_need_id (node, "id", &gone->id, error) &&
         crm_json_get_int (node, "v", &gone->seq, error);
}

static gboolean
read_scope (const CrmJson *node, CrmArena *arena, CrmScopeLine *scope, GError **error)
{
  const CrmJson *object;
  CrmMask *masks;

  if (!crm_json_get_int (node, "sc", &scope->scope, error) ||
      !crm_json_get_object (node, "mask", &object, error))
    return FALSE;
  if (scope->scope == 0)
    return crm_json_fail (error, "sc is missing");
  if (object == NULL)
    return TRUE;

  scope->masks = masks = crm_arena_new0 (arena, CrmMask, object->n_children);
  scope->n_masks = object->n_children;
  for (const CrmJson *child = object->child; child != NULL; child = child->next, masks++)
    {
      masks->kind = child->name;
      if (!crm_json_is_name (child->name) || !crm_json_to_int (child, &masks->groups, NULL))
        return crm_json_fail (error, "mask: expected kinds and their groups");
    }

  return TRUE;
}

gboolean
crm_set_line_read (const CrmJson *node, CrmSetLine *set, GError **error)
{
  return crm_json_get_int (node, "seq", &set->seq, error) &&
         crm_json_get_string (node, "id", &set->id, error) &&
         crm_json_get_string (node, "user", &set->user, error) &&
         crm_json_get_string (node, "device", &set->device, error) &&
         crm_json_get_string (node, "at", &set->at, error) &&
         crm_json_get_string (node, "action", &set->action, error) &&
         crm_json_get_string (node, "why", &set->why, error) &&
         crm_json_get_string (node, "group", &set->group, error) &&
         crm_json_get_string (node, "replica", &set->replica, error) &&
         crm_json_get_int (node, "n", &set->n, error) &&
         (set->seq > 0 || crm_json_fail (error, "seq is missing"));
}

static gboolean
read_check (const CrmJson *node, CrmScopeCheck *check, GError **error)
{
  const CrmJson *scope = node->child;
  const CrmJson *count = scope != NULL ? scope->next : NULL;
  const CrmJson *id_xor = count != NULL ? count->next : NULL;

  if (node->type != CRM_JSON_ARRAY || id_xor == NULL || id_xor->type != CRM_JSON_STRING ||
      !crm_json_to_int (scope, &check->scope, NULL) ||
      !crm_json_to_int (count, &check->count, NULL))
    return crm_json_fail (error, "chk: expected scope, count and xor");
  check->id_xor = id_xor->text;

  return TRUE;
}

static gboolean
read_checks (const CrmJson *node, CrmArena *arena, CrmEndLine *end, GError **error)
{
  const CrmJson *array;
  CrmScopeCheck *checks;

  if (!crm_json_get_array (node, "chk", &array, error))
    return FALSE;
  if (array == NULL)
    return TRUE;

  end->checks = checks = crm_arena_new0 (arena, CrmScopeCheck, array->n_children);
  end->n_checks = array->n_children;
  for (const CrmJson *child = array->child; child != NULL; child = child->next)
    if (!read_check (child, checks++, error))
      return FALSE;

  return TRUE;
}

static gboolean
read_end (const CrmJson *node, CrmArena *arena, CrmEndLine *end, GError **error)
{
  const CrmJson *ack;
  guint8 digest[CRM_SET_DIGEST_SIZE];

  if (!crm_json_need_string (node, "cur", &end->cursor, error) ||
      !crm_json_get_bool (node, "more", &end->more, error) ||
      !crm_json_get_object (node, "ack", &ack, error) ||
      !crm_json_get_int (ack, "n", &end->ack_n, error) ||
      !crm_json_get_string (ack, "h", &end->ack_digest, error) ||
      !read_checks (node, arena, end, error))
    return FALSE;

  return end->ack_n == 0 || crm_set_digest_from_hex (end->ack_digest, digest) ||
         crm_json_fail (error, "ack: expected a digest");
}

CrmPageReader *
crm_page_reader_new (GBytes *body, GError **error)
{
  g_autoptr (CrmPageReader) self = g_new0 (CrmPageReader, 1);

  g_return_val_if_fail (body != NULL, NULL);

  if (!crm_envelope_reader_init (&self->envelope, body, error) ||
      !read_header (self->envelope.first_line, &self->header, error) ||
      !read_end (self->envelope.last_line, self->envelope.kept, &self->end, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
crm_page_reader_free (CrmPageReader *self)
{
  if (self == NULL)
    return;

  crm_envelope_reader_clear (&self->envelope);
  g_free (self);
}

const CrmHeaderLine *
crm_page_reader_get_header (CrmPageReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->header;
}

const CrmEndLine *
crm_page_reader_get_end (CrmPageReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->end;
}

static gboolean
read_line (CrmPageLine *line, const CrmJson *node, CrmArena *arena, GError **error)
{
  switch (line->type)
    {
    case CRM_LINE_ROW:
    case CRM_LINE_CONFLICT:
      return read_row (node, arena, &line->row, error);

    case CRM_LINE_GONE:
      return read_gone (node, &line->gone, error);

    case CRM_LINE_DROP:
    case CRM_LINE_SCOPE:
      return read_scope (node, arena, &line->scope, error);

    case CRM_LINE_SET:
      return crm_set_line_read (node, &line->set, error);

    case CRM_LINE_RESULT:
      return crm_set_result_read (node, arena, &line->result, error);

    case CRM_LINE_HEADER:
    case CRM_LINE_END:
    default:
      return crm_json_fail (error, "A page has one header and one end");
    }
}

const CrmPageLine *
crm_page_reader_next (CrmPageReader *self, GError **error)
{
  const CrmJson *node;
  const char *name = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  while ((node = crm_envelope_reader_next (&self->envelope, &name, error)) != NULL)
    {
      const int type = crm_line_find_type (name);

      if (type < 0)
        continue;
      self->line = (CrmPageLine) { .type = (CrmLineType) type };

      return read_line (&self->line, node, self->envelope.arena, error) ? &self->line : NULL;
    }

  return NULL;
}
