#include "sync/crm-sync-machine-private.h"

#include "base/crm-bug.h"
#include "base/crm-clock.h"
#include "model/crm-merge.h"
#include "wire/crm-push.h"
#include "wire/crm-wire-limit.h"

/* Failures in a row after which one set is thought to be the cause. */
#define MAX_FAILURES 5
/* What the envelope and the escapes of JSON may add is left free. */
#define MAX_BYTES (CRM_WIRE_MAX_BODY / 2)

/* What a request points to while it is written. */
typedef struct
{
  GPtrArray *arrays; /* of fields and ops */
  GPtrArray *texts;
} Keep;

static CrmWireValue
make_old (const CrmKind *kind, const CrmSyncField *field, Keep *keep)
{
  const CrmField *described = crm_kind_find_field (kind, field->name);
  char hex[2 * CRM_SET_DIGEST_SIZE + 1];
  const char *text;
  char *copy;

  if (field->old == NULL || crm_merge_needs_old (described))
    return crm_wire_value_for_field (described, field->old);

  text = crm_set_digest_shorten (field->old, hex);
  if (text == field->old)
    return crm_wire_value_for_field (described, field->old);

  copy = g_strdup (text);
  g_ptr_array_add (keep->texts, copy);

  return (CrmWireValue) { CRM_WIRE_TEXT, copy };
}

static CrmWireOp
make_op (const CrmSyncOp *op, Keep *keep)
{
  CrmWireField *fields = g_new0 (CrmWireField, MAX (op->fields->len, 1));

  g_ptr_array_add (keep->arrays, fields);
  for (guint i = 0; i < op->fields->len; i++)
    {
      const CrmSyncField *field = g_ptr_array_index (op->fields, i);
      const CrmField *described = crm_kind_find_field (op->kind, field->name);

      fields[i] = (CrmWireField) { .name = field->name,
                                   .value = crm_wire_value_for_field (described, field->value),
                                   .old = make_old (op->kind, field, keep),
                                   .base = field->base };
    }

  return (CrmWireOp) { .op = op->op,
                       .kind = crm_kind_get_name (op->kind),
                       .id = op->id,
                       .base = op->base,
                       .fields = fields,
                       .n_fields = op->fields->len };
}

static CrmWireSet
make_set (const CrmSyncSet *set, Keep *keep)
{
  CrmWireOp *ops = g_new0 (CrmWireOp, MAX (set->ops->len, 1));
  char *previous = g_malloc (2 * CRM_SET_DIGEST_SIZE + 1);

  g_ptr_array_add (keep->arrays, ops);
  g_ptr_array_add (keep->texts, previous);
  crm_set_digest_to_hex (set->previous, previous);
  for (guint i = 0; i < set->ops->len; i++)
    ops[i] = make_op (g_ptr_array_index (set->ops, i), keep);

  return (CrmWireSet) { .id = set->id,
                        .n = set->n,
                        .prev = previous,
                        .action = set->action,
                        .group = set->group,
                        .why = set->why,
                        .at = set->at,
                        .all = set->all,
                        .confirm = set->confirmed,
                        .ops = ops,
                        .n_ops = set->ops->len };
}

static GString *
write_request (CrmSyncMachine *self, GPtrArray *sets)
{
  g_autoptr (GPtrArray) arrays = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree CrmWireSet *wire = g_new0 (CrmWireSet, sets->len);
  g_autofree char *at = crm_clock_format (self->sources.now (self->sources.data));
  Keep keep = { arrays, texts };
  GString *json = g_string_new (NULL);

  for (guint i = 0; i < sets->len; i++)
    wire[i] = make_set (g_ptr_array_index (sets, i), &keep);
  crm_push_request_write (&(CrmPushRequest) { .proto = CRM_WIRE_PROTO,
                                              .schema = CRM_WIRE_SCHEMA,
                                              .epoch = self->epoch,
                                              .replica = crm_replica_get_id (self->replica),
                                              .now = at,
                                              .sets = wire,
                                              .n_sets = sets->len },
                          json);

  return json;
}

/* What the server cannot take as long as it does not have what it was made upon stays here too. */
static GPtrArray *
list_sets (CrmSyncMachine *self, GError **error)
{
  gint64 acked;
  gint64 after;
  guint n_parked;

  if (!crm_sync_store_load_numbers (self->replica, &acked, NULL, error))
    return NULL;
  after = MAX (acked, self->pushed);
  if (!crm_sync_store_park_more (self->replica, after, &n_parked, error))
    return NULL;
  if (n_parked > 0)
    crm_sync_machine_act (self, CRM_SYNC_ACTION_PARKED);

  return crm_sync_store_list_sets (self->replica, after, self->batch_max, MAX_BYTES, error);
}

gboolean
crm_sync_push_send (CrmSyncMachine *self, gboolean *sent)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sets = list_sets (self, &error);
  const CrmSyncSet *first;
  const CrmSyncSet *last;

  *sent = FALSE;
  if (sets == NULL)
    {
      crm_sync_machine_store_failed (self, error);
      return FALSE;
    }
  if (sets->len == 0)
    return TRUE;

  first = g_ptr_array_index (sets, 0);
  last = g_ptr_array_index (sets, sets->len - 1);
  self->batch_first = first->n;
  self->batch_last = last->n;
  *sent = TRUE;
  crm_sync_machine_set_state (self, CRM_SYNC_WORKING, NULL);
  crm_sync_machine_send (self, CRM_SYNC_PHASE_PUSH, "POST", "/v1/push", write_request (self, sets));

  return TRUE;
}

void
crm_sync_push_take (CrmSyncMachine *self, const char *text, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmPushReply) reply = crm_push_reply_read (text, size, &error);

  if (reply == NULL)
    {
      crm_sync_answer_bad (self, error);
      return;
    }

  /* A hint: what became of each set, and that it is there, is what the next pull tells. */
  self->pushed = self->batch_last;
  if (CRM_BUG ("outbox-cleared"))
    self->pushed = crm_sync_store_get_last (self->replica);
  self->pulled = FALSE;
  self->n_retries = 0;
  /* Not the ones that cannot be sent: the next may be more. */
  if (self->batch_max == CRM_WIRE_MAX_SETS)
    self->n_failed = 0;
  self->batch_max = MIN (2 * self->batch_max, CRM_WIRE_MAX_SETS);
  crm_sync_machine_go_on (self);
}

static void
park (CrmSyncMachine *self, const char *why)
{
  g_autoptr (GError) error = NULL;

  self->batch_max = CRM_WIRE_MAX_SETS;
  self->n_failed = 0;
  if (!crm_sync_store_park (self->replica, self->batch_first, why, NULL, &error))
    {
      crm_sync_machine_store_failed (self, error);
      return;
    }

  crm_sync_machine_act (self, CRM_SYNC_ACTION_PARKED);
  crm_sync_machine_go_on (self);
}

static void
send_fewer (CrmSyncMachine *self)
{
  const gint64 n_sets = self->batch_last - self->batch_first + 1;

  self->batch_max = (guint) MAX (n_sets / 2, 1);
  crm_sync_machine_go_on (self);
}

/*
 * A set that the server stumbles over would block all that follow. After some failures it is
 * searched for by halves; when it fails alone twice, and a pull between the two works, it is the
 * set and not the server.
 */
void
crm_sync_push_failed (CrmSyncMachine *self, const GError *error)
{
  self->n_failed++;
  crm_sync_machine_set_state (self, CRM_SYNC_SERVER_ERROR, error->message);
  if (self->n_failed < MAX_FAILURES)
    {
      crm_sync_machine_back_off (self, 0);
      return;
    }

  if (self->batch_last > self->batch_first)
    send_fewer (self);
  else if (self->suspect == self->batch_first && self->pulled_since && !CRM_BUG ("poison-blocks"))
    park (self, error->message);
  else
    {
      self->suspect = self->batch_first;
      self->pulled_since = FALSE;
      self->batch_max = 1;
      crm_sync_pull_send (self, CRM_SYNC_PHASE_PULL, FALSE);
    }
}

void
crm_sync_push_too_big (CrmSyncMachine *self, const GError *error)
{
  if (self->batch_last > self->batch_first)
    send_fewer (self);
  else
    park (self, error->message);
}
