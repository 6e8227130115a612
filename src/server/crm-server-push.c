#include "server/crm-server-batch-private.h"

#include "base/crm-bug.h"
#include "wire/crm-wire-limit.h"

#include <string.h>

/* Above this many deletes in one action, or this share of what there is, it is a mistake or a
 * thief. */
#define MAX_DELETES       500
#define MAX_DELETES_SHARE 20

static gboolean
fail (GError **error, CrmWireError code, const char *message)
{
  g_set_error_literal (error, CRM_WIRE_ERROR, (int) code, message);
  return FALSE;
}

static gboolean
check_request (CrmServerCall *call, const CrmPushRequest *request, GError **error)
{
  g_autoptr (CrmServerHead) head = call->store->ops->get_head (call->store, error);

  if (head == NULL)
    return FALSE;
  if (g_strcmp0 (request->replica, call->device->replica) != 0)
    return fail (error, CRM_WIRE_ERROR_FORBIDDEN, "The token is of another replica");
  if (request->schema > CRM_WIRE_SCHEMA || request->schema < 1)
    return fail (error, CRM_WIRE_ERROR_SCHEMA, "The server does not know this version's kinds");
  if (request->epoch != NULL && strcmp (request->epoch, head->epoch) != 0)
    return fail (error, CRM_WIRE_ERROR_EPOCH, "The server was restored from a backup since");

  return TRUE;
}

/* The digest up to n; zeros before the first. FALSE with an error, also when there is no such set.
 */
static gboolean
get_digest (CrmServerBatch *batch, gint64 n, guint8 digest[CRM_SERVER_HASH_SIZE], GError **error)
{
  g_autoptr (CrmServerSet) set = NULL;

  memset (digest, 0, CRM_SERVER_HASH_SIZE);
  if (n == 0)
    return TRUE;
  set = batch->store->ops->find_replica_set (batch->store, batch->replica->id, n, error);
  if (set == NULL)
    return crm_server_call_miss (error, CRM_WIRE_ERROR_INTERNAL, "An earlier set is missing");
  memcpy (digest, set->digest, CRM_SERVER_HASH_SIZE);

  return TRUE;
}

/* Sent before: the stored result, unless it is another set under the same number. */
static gboolean
answer_known (CrmServerBatch *batch, const CrmWireSet *wire, GPtrArray *known, GError **error)
{
  guint8 previous[CRM_SERVER_HASH_SIZE];
  guint8 digest[CRM_SERVER_HASH_SIZE];
  CrmServerSet *set;

  if (!get_digest (batch, wire->n - 1, previous, error))
    return FALSE;
  set = batch->store->ops->find_replica_set (batch->store, batch->replica->id, wire->n, error);
  if (set == NULL)
    return crm_server_call_miss (error, CRM_WIRE_ERROR_INTERNAL, "An earlier set is missing");
  g_ptr_array_add (known, set);

  crm_wire_set_get_digest (wire, previous, digest);
  if (memcmp (digest, set->digest, sizeof digest) != 0 && !CRM_BUG ("no-digest-check"))
    return fail (error, CRM_WIRE_ERROR_FORK, "The server has another set under this number");

  return TRUE;
}

/* Of a reason that its set is refused for, as much as there is room for. */
static char *
dup_start (const char *text, gsize size)
{
  g_autofree char *start = text != NULL ? g_strndup (text, size) : NULL;

  return start != NULL ? g_utf8_make_valid (start, -1) : NULL;
}

static CrmServerSet *
make_set (CrmServerBatch *batch, const CrmWireSet *wire)
{
  CrmServerSet *set = g_new0 (CrmServerSet, 1);

  set->seq = CRM_SERVER_PROVISIONAL + batch->sets->len;
  set->id = g_strdup (wire->id);
  set->replica = g_strdup (batch->replica->id);
  set->n = wire->n;
  set->user = g_strdup (batch->user->id);
  set->user_name = g_strdup (batch->user->name);
  set->action = g_strdup (wire->action);
  set->group = g_strdup (wire->group);
  set->why = dup_start (wire->why, CRM_WIRE_MAX_WHY);
  set->client_ts = g_strdup (wire->at);
  set->skew_ms = batch->skew_ms;
  set->server_ts = g_strdup (batch->now);
  set->all = wire->all;
  g_ptr_array_add (batch->sets, set);

  return set;
}

/* A copy of the replica has sent it already, under another id and number: done is done. */
static gboolean
find_twin (CrmServerBatch *batch, CrmServerSet *set, gboolean *found, GError **error)
{
  g_autoptr (CrmServerSet) twin = NULL;
  g_autoptr (GError) local_error = NULL;

  for (guint i = 0; i + 1 < batch->sets->len; i++)
    if (g_strcmp0 (((CrmServerSet *) batch->sets->pdata[i])->id, set->id) == 0)
      return fail (error, CRM_WIRE_ERROR_INVALID, "Two sets have the same id");

  twin = batch->store->ops->find_set (batch->store, set->id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  *found = twin != NULL;
  if (twin != NULL)
    {
      g_clear_pointer (&set->id, g_free);
      set->status = g_strdup (twin->status);
      set->code = g_strdup (twin->code);
      set->conflicts = g_strdup (twin->conflicts);
    }

  return TRUE;
}

/* What the push as a whole is about to delete counts from its first set on, so that an action is
 * not stopped halfway. */
static gboolean
check_deletes (CrmServerApply *apply, GError **error)
{
  CrmServerBatch *batch = apply->batch;
  const char *group = apply->wire->group;
  gint64 n = 0;
  gint64 all = 0;
  guint planned;

  /* A set alone has at most as many records as may go unasked. */
  G_STATIC_ASSERT (CRM_WIRE_MAX_OPS <= MAX_DELETES);
  if (group == NULL || apply->wire->confirm)
    return TRUE;
  planned = GPOINTER_TO_UINT (g_hash_table_lookup (batch->deletes, group));
  if (planned == 0)
    return TRUE;
  if (!batch->store->ops->count_deletes (batch->store, group, &n, error) ||
      !batch->store->ops->count_records (batch->store, &all, error))
    return FALSE;

  if (n + planned > MAX (MAX_DELETES, all / MAX_DELETES_SHARE))
    apply->refused = "mass_delete";

  return TRUE;
}

/* What is not as the replica has it is sent again whole. */
static gboolean
send_again (CrmServerApply *apply, const CrmWireOp *op, GError **error)
{
  CrmServerTouched *touched = crm_server_batch_touch (apply->batch, op->id, error);

  if (touched == NULL)
    return FALSE;
  touched->seq = apply->set->seq;
  touched->joined = TRUE;

  return TRUE;
}

/* Field by field, what one op may not do is no reason against the others. */
static gboolean
skip_op (CrmServerApply *apply, const CrmWireOp *op, GError **error)
{
  if (apply->partly == NULL)
    apply->partly = apply->refused;
  apply->refused = NULL;

  return send_again (apply, op, error);
}

/* What no page could hold is not taken. */
static void
check_sizes (CrmServerApply *apply)
{
  for (guint i = 0; i < apply->wire->n_ops; i++)
    {
      const CrmServerTouched *touched = g_hash_table_lookup (apply->batch->records,
                                                             apply->wire->ops[i].id);
      const CrmServerRecord *record = touched->record;

      if (touched->saved && record != NULL && !record->deleted &&
          (record->fields->len > CRM_SERVER_RECORD_FIELDS ||
           crm_server_record_measure (record) > CRM_SERVER_RECORD_BYTES))
        apply->refused = crm_wire_error_get_name (CRM_WIRE_ERROR_TOO_BIG);
    }
}

static gboolean
apply_ops (CrmServerApply *apply, GError **error)
{
  const CrmWireSet *wire = apply->wire;

  if (wire->problem != 0)
    apply->refused = crm_wire_error_get_name (wire->problem);
  else if (!check_deletes (apply, error))
    return FALSE;
  if (apply->refused != NULL)
    return TRUE;

  for (guint i = 0; i < wire->n_ops; i++)
    {
      if (!crm_server_apply_op (apply, &wire->ops[i], error))
        return FALSE;
      if (apply->refused == NULL)
        continue;
      if (wire->all)
        return TRUE;
      if (!skip_op (apply, &wire->ops[i], error))
        return FALSE;
    }
  check_sizes (apply);

  return TRUE;
}

/* Only what was in the way is worth a conflict: the rest is in the refused set itself. */
static void
drop_clashes (CrmServerApply *apply)
{
  for (guint i = apply->clashes->len; i > 0; i--)
    {
      const CrmServerClash *clash = apply->clashes->pdata[i - 1];

      if (strcmp (clash->type, "delete") != 0 && strcmp (apply->refused, "conflict") != 0)
        g_ptr_array_remove_index (apply->clashes, i - 1);
    }
}

static gboolean
refuse (CrmServerApply *apply, GError **error)
{
  CrmServerBatch *batch = apply->batch;

  crm_server_batch_settle_set (batch, FALSE);
  g_ptr_array_set_size (batch->changes, (int) apply->n_changes_before);
  g_ptr_array_set_size (batch->conflicts, (int) apply->n_conflicts_before);
  apply->set->n_deletes = 0;
  apply->set->code = g_strdup (apply->refused);
  apply->set->status = g_strdup ("rejected");

  for (guint i = 0; i < apply->wire->n_ops; i++)
    if (!send_again (apply, &apply->wire->ops[i], error))
      return FALSE;
  drop_clashes (apply);

  return crm_server_apply_store_clashes (apply, error);
}

static gboolean
accept (CrmServerApply *apply, GError **error)
{
  if (!crm_server_apply_numbers (apply, error) || !crm_server_apply_doubles (apply, error) ||
      !crm_server_apply_keep_up (apply, error) || !crm_server_apply_store_clashes (apply, error))
    return FALSE;

  crm_server_batch_settle_set (apply->batch, TRUE);
  apply->set->code = g_strdup (apply->partly);
  apply->set->status = g_strdup (apply->clashes->len > 0 || apply->partly ? "conflict"
                                 : apply->merged                          ? "merged"
                                                                          : "ok");

  return TRUE;
}

static gboolean
apply_new_set (CrmServerBatch *batch, const CrmWireSet *wire, CrmServerSet *set, GError **error)
{
  g_autoptr (GPtrArray)
      clashes = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_server_clash_free);
  CrmServerApply apply = { .batch = batch,
                           .wire = wire,
                           .set = set,
                           .n_changes_before = batch->changes->len,
                           .n_conflicts_before = batch->conflicts->len,
                           .clashes = clashes };

  if (!apply_ops (&apply, error))
    return FALSE;

  return apply.refused != NULL ? refuse (&apply, error) : accept (&apply, error);
}

static gboolean
take_set (CrmServerBatch *batch, const CrmWireSet *wire, GError **error)
{
  CrmServerReplica *replica = batch->replica;
  guint8 prev[CRM_SERVER_HASH_SIZE];
  CrmServerSet *set;
  gboolean twin = FALSE;

  if (wire->n > replica->last_n + 1)
    return fail (error, CRM_WIRE_ERROR_GAP, "Sets before this one are missing");
  if (wire->prev != NULL && !CRM_BUG ("no-digest-check") &&
      (!crm_set_digest_from_hex (wire->prev, prev) ||
       memcmp (prev, replica->last_digest, sizeof prev) != 0))
    return fail (error, CRM_WIRE_ERROR_FORK, "The server has another set before this one");

  set = make_set (batch, wire);
  crm_wire_set_get_digest (wire, replica->last_digest, set->digest);
  memcpy (replica->last_digest, set->digest, sizeof set->digest);
  replica->last_n = wire->n;

  if (!find_twin (batch, set, &twin, error))
    return FALSE;

  return twin || apply_new_set (batch, wire, set, error);
}

static void
count (CrmServerCall *call, GPtrArray *sets)
{
  for (guint i = 0; i < sets->len; i++)
    call->machine->counts.sets[crm_server_set_get_status (sets->pdata[i])]++;
}

static void
reply (CrmServerCall *call, GPtrArray *known, GPtrArray *taken)
{
  g_autoptr (GArray) results = g_array_new (FALSE, TRUE, sizeof (CrmSetResult));
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  GString *json = g_string_new (NULL);
  GPtrArray *lists[] = { known, taken };

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len; i++)
      {
        CrmSetResult result;

        crm_server_set_get_result (lists[l]->pdata[i], &result);
        g_ptr_array_add (conflicts, (gpointer) result.conf);
        g_array_append_val (results, result);
      }
  crm_push_reply_write (&(CrmPushReply) { .results = (const CrmSetResult *) (gpointer)
                                                         results->data,
                                          .n_results = results->len },
                        json);
  crm_server_call_reply_json (call, json);
}

static gboolean
run (CrmServerCall *call, CrmServerBatch *batch, const CrmPushRequest *request, GError **error)
{
  g_autoptr (GPtrArray)
      known = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_server_set_free);
  const gint64 last_n = batch->replica->last_n;
  gint64 head = 0;

  if (!crm_server_batch_load (batch, request, error))
    return FALSE;
  for (guint i = 0; i < request->n_sets; i++)
    {
      const CrmWireSet *wire = &request->sets[i];

      if (wire->n <= last_n ? !answer_known (batch, wire, known, error)
                            : !take_set (batch, wire, error))
        return FALSE;
    }

  if (batch->sets->len > 0)
    {
      batch->replica->cursor_seq = MAX (batch->replica->cursor_seq, batch->seen);
      if (!crm_server_batch_write (batch, &head, error) ||
          !call->store->ops->commit (call->store, error))
        return FALSE;
    }
  call->response->head = head;
  count (call, batch->sets);
  reply (call, known, batch->sets);

  return TRUE;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmServerBatch, crm_server_batch_free)

gboolean
crm_server_handle_push (CrmServerCall *call, GError **error)
{
  gsize size;
  const char *body = crm_server_call_get_body (call, &size);
  g_autoptr (CrmPushRequest) request = crm_push_request_read (body, size, error);
  g_autoptr (CrmServerReplica) replica = NULL;
  g_autoptr (CrmServerBatch) batch = NULL;

  if (request == NULL || !call->store->ops->begin (call->store, TRUE, error))
    return FALSE;
  /* In the same transaction: whoever was shut out before it commits is not let in. */
  g_clear_pointer (&call->user, crm_server_user_free);
  g_clear_pointer (&call->device, crm_server_device_free);
  g_clear_pointer (&call->response->user, g_free);
  if (!crm_server_call_authorize (call, error) || !check_request (call, request, error))
    return FALSE;

  replica = call->store->ops->get_replica (call->store, request->replica, TRUE, error);
  if (replica == NULL)
    return crm_server_call_miss (error, CRM_WIRE_ERROR_FORBIDDEN, "The replica is not known");
  batch = crm_server_batch_new (call, replica, request);

  return run (call, batch, request, error);
}
