#include "server/crm-server-record.h"

#include "wire/crm-json-writer.h"

#include <string.h>

static void
free_field (gpointer data)
{
  CrmServerField *field = data;

  g_free (field->name);
  g_free (field->text);
  g_free (field);
}

CrmServerRecord *
crm_server_record_new (const char *kind, const char *id)
{
  CrmServerRecord *self = g_new0 (CrmServerRecord, 1);

  self->kind = g_strdup (kind);
  self->id = g_strdup (id);
  self->root = g_strdup (id);
  self->fields = g_ptr_array_new_with_free_func (free_field);

  return self;
}

static void
add_field (CrmServerRecord *self,
           const char *name,
           CrmWireType type,
           const char *text,
           gint64 version)
{
  CrmServerField *field = g_new0 (CrmServerField, 1);

  field->name = g_strdup (name);
  field->type = type;
  field->text = g_strdup (text);
  field->version = version;
  g_ptr_array_add (self->fields, field);
}

CrmServerRecord *
crm_server_record_copy (const CrmServerRecord *self)
{
  CrmServerRecord *copy = crm_server_record_new (self->kind, self->id);

  g_free (copy->root);
  copy->root = g_strdup (self->root);
  copy->born = self->born;
  copy->row_seq = self->row_seq;
  copy->deleted = self->deleted;
  for (guint i = 0; i < self->fields->len; i++)
    {
      const CrmServerField *field = self->fields->pdata[i];

      add_field (copy, field->name, field->type, field->text, field->version);
    }

  return copy;
}

void
crm_server_record_free (CrmServerRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->kind);
  g_free (self->id);
  g_free (self->root);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

static CrmServerField *
find (const CrmServerRecord *self, const char *name)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      CrmServerField *field = self->fields->pdata[i];

      if (strcmp (field->name, name) == 0)
        return field;
    }

  return NULL;
}

static gboolean
parse_versions (CrmServerRecord *self, CrmArena *arena, const char *versions, GError **error)
{
  const CrmJson *root = crm_json_parse (arena, versions, strlen (versions), error);

  if (root == NULL)
    return FALSE;

  for (const CrmJson *node = root->child; node != NULL; node = node->next)
    {
      CrmServerField *field = find (self, node->name);
      gint64 seq;

      if (!crm_json_to_int (node, &seq, error))
        return FALSE;
      if (field != NULL)
        field->version = seq;
      else
        add_field (self, node->name, CRM_WIRE_EMPTY, NULL, seq);
    }

  return TRUE;
}

gboolean
crm_server_record_parse (CrmServerRecord *self,
                         const char *fields,
                         const char *versions,
                         GError **error)
{
  g_autoptr (CrmArena) arena = crm_arena_new ();
  g_autoptr (GError) local_error = NULL;
  CrmNamedValue *values;
  guint n = 0;

  g_return_val_if_fail (fields != NULL, FALSE);

  values = crm_named_values_read (fields, arena, &n, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    add_field (self, values[i].name, values[i].value.type, values[i].value.text, self->born);

  return versions == NULL || parse_versions (self, arena, versions, error);
}

char *
crm_server_record_dup_fields (const CrmServerRecord *self)
{
  g_autofree CrmNamedValue *values = g_new0 (CrmNamedValue, self->fields->len + 1);
  GString *json = g_string_sized_new (256);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const CrmServerField *field = self->fields->pdata[i];

      values[i].name = field->name;
      values[i].value.type = field->type;
      values[i].value.text = field->text;
    }
  crm_named_values_write (values, self->fields->len, json);

  return g_string_free_and_steal (json);
}

char *
crm_server_record_dup_versions (const CrmServerRecord *self)
{
  GString *json = NULL;

  for (guint i = 0; i < self->fields->len; i++)
    {
      const CrmServerField *field = self->fields->pdata[i];

      if (field->version == self->born)
        continue;
      if (json == NULL)
        {
          json = g_string_sized_new (64);
          crm_json_open (json, NULL, '{');
        }
      crm_json_add_name (json, field->name);
      crm_json_add_int (json, field->version);
    }
  if (json == NULL)
    return NULL;
  crm_json_close (json, '}');

  return g_string_free_and_steal (json);
}

const CrmServerField *
crm_server_record_find (const CrmServerRecord *self, const char *field)
{
  return find (self, field);
}

const char *
crm_server_record_get (const CrmServerRecord *self, const char *field)
{
  const CrmServerField *found = find (self, field);

  return found != NULL ? found->text : NULL;
}

CrmWireValue
crm_server_record_get_value (const CrmServerRecord *self, const char *field)
{
  const CrmServerField *found = find (self, field);

  if (found == NULL)
    return (CrmWireValue) { CRM_WIRE_EMPTY, NULL };

  return (CrmWireValue) { found->type, found->text };
}

gint64
crm_server_record_get_version (const CrmServerRecord *self, const char *field)
{
  const CrmServerField *found = find (self, field);

  return found != NULL ? found->version : self->born;
}

void
crm_server_record_set (CrmServerRecord *self,
                       const char *field,
                       const CrmWireValue *value,
                       gint64 seq)
{
  CrmServerField *found = find (self, field);

  self->row_seq = MAX (self->row_seq, seq);
  if (found == NULL)
    {
      add_field (self, field, value->type, value->text, seq);
      return;
    }

  found->type = value->type;
  g_set_str (&found->text, value->text);
  found->version = seq;
}

/* In JSON some take two bytes, and what has no letter six. */
static gsize
measure_text (const char *text)
{
  gsize size = 0;

  for (const char *c = text; *c != '\0'; c++)
    size += (guchar) *c < 0x20 ? 6 : *c == '"' || *c == '\\' ? 2 : 1;

  return size;
}

gsize
crm_server_record_measure (const CrmServerRecord *self)
{
  gsize size = 0;

  for (guint i = 0; i < self->fields->len; i++)
    {
      const CrmServerField *field = self->fields->pdata[i];

      size += field->text != NULL ? measure_text (field->text) : 0;
    }

  return size;
}

void
crm_server_record_clear (CrmServerRecord *self, gint64 seq)
{
  g_ptr_array_set_size (self->fields, 0);
  self->born = seq;
  self->row_seq = seq;
  self->deleted = FALSE;
}

gint64
crm_server_seq_settle (gint64 seq, gint64 first)
{
  return seq >= CRM_SERVER_PROVISIONAL ? first + (seq - CRM_SERVER_PROVISIONAL) : seq;
}

void
crm_server_record_settle (CrmServerRecord *self, gint64 first)
{
  self->born = crm_server_seq_settle (self->born, first);
  self->row_seq = crm_server_seq_settle (self->row_seq, first);
  for (guint i = 0; i < self->fields->len; i++)
    {
      CrmServerField *field = self->fields->pdata[i];

      field->version = crm_server_seq_settle (field->version, first);
    }
}
