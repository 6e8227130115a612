#include "server/crm-server-machine-private.h"

#include "base/crm-id.h"
#include "wire/crm-past.h"
#include "wire/crm-wire-limit.h"

#include <string.h>

/* Fields, and bytes of their values, at which an answer ends: with the set that they are of. */
#define MAX_FIELDS 1000
#define MAX_BYTES  CRM_WIRE_MAX_PAGE

/* @text: (nullable): JSON as it is stored. What is allocated lives in @arena. */
static gboolean
read_value (const char *text, CrmArena *arena, CrmWireValue *value, GError **error)
{
  const CrmJson *node;

  *value = (CrmWireValue) { CRM_WIRE_EMPTY, NULL };
  if (text == NULL)
    return TRUE;
  node = crm_json_parse (arena, text, strlen (text), error);

  return node != NULL && crm_wire_value_read (node, arena, value, error);
}

static void
start_change (CrmPastChange *past, const CrmServerChange *change, CrmPastField *fields)
{
  past->set = crm_server_set_get_line (change->set);
  past->op = CRM_SET_OP_SET;
  past->kind = change->kind;
  past->fields = fields;
  past->n_fields = 0;
}

/* What an answer is made of. */
typedef struct
{
  CrmArena *arena;
  CrmPastChange *changes;
  guint n_changes;
  CrmPastField *fields; /* the next one */
  /* (element-type utf8 CrmPastField): of the change that is being added */
  GHashTable *named;
} Answer;

/* A set that wrote a field twice led from the first value to the last. */
static gboolean
add_field (Answer *self, const CrmServerChange *change, GError **error)
{
  CrmPastChange *past = &self->changes[self->n_changes - 1];
  CrmPastField *field = g_hash_table_lookup (self->named, change->field);

  if (change->field[0] == '\0')
    {
      past->op = g_strcmp0 (change->new_value, "\"new\"") == 0 ? CRM_SET_OP_NEW : CRM_SET_OP_DELETE;
      return TRUE;
    }
  if (field == NULL)
    {
      field = self->fields++;
      field->name = change->field;
      past->n_fields++;
      g_hash_table_insert (self->named, change->field, field);
      if (!read_value (change->old_value, self->arena, &field->old, error))
        return FALSE;
    }

  return read_value (change->new_value, self->arena, &field->value, error);
}

static gboolean
add_change (Answer *self, const CrmServerChange *change, GError **error)
{
  if (self->n_changes == 0 || self->changes[self->n_changes - 1].set.seq != change->seq)
    {
      g_hash_table_remove_all (self->named);
      start_change (&self->changes[self->n_changes++], change, self->fields);
    }

  return add_field (self, change, error);
}

static gboolean
reply (CrmServerCall *call, GPtrArray *changes, gint64 before, GError **error)
{
  g_autoptr (CrmArena) arena = crm_arena_new ();
  g_autoptr (GHashTable) named = g_hash_table_new (g_str_hash, g_str_equal);
  Answer self = { .arena = arena,
                  .changes = crm_arena_new0 (arena, CrmPastChange, changes->len),
                  .fields = crm_arena_new0 (arena, CrmPastField, changes->len),
                  .named = named };
  GString *json;

  for (guint i = 0; i < changes->len; i++)
    if (!add_change (&self, changes->pdata[i], error))
      return FALSE;

  json = g_string_new (NULL);
  crm_past_write (&(CrmPast) { .changes = self.changes,
                               .n_changes = self.n_changes,
                               .before = before },
                  json);
  crm_server_call_reply_json (call, json);

  return TRUE;
}

gboolean
crm_server_handle_history (CrmServerCall *call, GError **error)
{
  const char *text = crm_server_call_get_query (call, "before");
  g_autoptr (GPtrArray) changes = NULL;
  gint64 before = 0;
  gboolean more;

  if (!crm_id_is_valid (call->argument))
    return crm_server_call_miss (error, CRM_WIRE_ERROR_NOT_FOUND, "There is no such record");
  if (text != NULL && !g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &before, NULL))
    return crm_server_call_miss (error, CRM_WIRE_ERROR_INVALID, "“before” is no number");

  changes = call->store->ops->list_changes (call->store,
                                            call->argument,
                                            before,
                                            MAX_FIELDS,
                                            MAX_BYTES,
                                            &more,
                                            error);
  if (changes == NULL)
    return FALSE;
  if (changes->len == 0 && before == 0)
    return crm_server_call_miss (error, CRM_WIRE_ERROR_NOT_FOUND, "There is no such record");

  return reply (call,
                changes,
                more ? ((const CrmServerChange *) changes->pdata[changes->len - 1])->seq : 0,
                error);
}
