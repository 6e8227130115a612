#include "wire/crm-pull.h"

#include "base/crm-text.h"
#include "wire/crm-json-writer.h"
#include "wire/crm-message-private.h"

void
crm_pull_request_write (const CrmPullRequest *self, GString *json)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (json != NULL);

  crm_json_open (json, NULL, '{');
  crm_json_put_int (json, "proto", self->proto);
  crm_json_put_int (json, "schema", self->schema);
  crm_json_put_string (json, "cur", self->cursor);
  crm_json_put_int (json, "max", self->max);
  crm_json_put_int (json, "acked", self->acked);
  crm_json_put_true (json, "boot", self->boots);
  if (self->n_booting > 0)
    {
      crm_json_open (json, "booting", '[');
      for (guint i = 0; i < self->n_booting; i++)
        crm_json_add_int (json, self->booting[i]);
      crm_json_close (json, ']');
    }
  crm_json_close (json, '}');
}

CrmPullRequest *
crm_pull_request_read (const char *text, gsize size, GError **error)
{
  g_autoptr (CrmPullRequest) self = g_new0 (CrmPullRequest, 1);
  const CrmJson *root = crm_message_parse (text, size, &self->arena, error);

  if (root == NULL || !crm_message_check (root, &self->proto, &self->schema, error) ||
      !crm_json_get_string (root, "cur", &self->cursor, error) ||
      !crm_json_get_int (root, "max", &self->max, error) ||
      !crm_json_get_int (root, "acked", &self->acked, error) ||
      !crm_json_get_bool (root, "boot", &self->boots, error) ||
      !crm_message_get_ints (root, "booting", self->arena, &self->booting, &self->n_booting, error))
    return NULL;

  if (crm_text_is_empty (self->cursor))
    self->cursor = NULL;

  return g_steal_pointer (&self);
}

void
crm_pull_request_free (CrmPullRequest *self)
{
  if (self == NULL)
    return;

  crm_arena_free (self->arena);
  g_free (self);
}
