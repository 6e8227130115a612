#include "crm-sim-client.h"

#include "base/crm-clock.h"
#include "model/crm-merge.h"
#include "store/crm-sync-store.h"
#include "wire/crm-page.h"
#include "wire/crm-pull.h"
#include "wire/crm-push.h"
#include "wire/crm-wire-limit.h"

#include <string.h>

#define MAX_SETS  20
#define MAX_ROWS  7
#define MAX_PAGES 400

typedef struct
{
  char *path;
  char *token;
  GBytes *body;
} Late;

static void
free_late (gpointer data)
{
  Late *late = data;

  g_free (late->path);
  g_free (late->token);
  g_bytes_unref (late->body);
  g_free (late);
}

GPtrArray *
crm_sim_network_new_late (void)
{
  return g_ptr_array_new_with_free_func (free_late);
}

void
crm_sim_network_deliver_late (CrmSimNetwork *self)
{
  const guint place = crm_sim_random_below (self->random, self->late->len);
  g_auto (CrmServerResponse) response = { 0 };
  Late *late;

  if (self->late->len == 0)
    return;

  late = g_ptr_array_index (self->late, place);
  crm_sim_server_handle (self->server,
                         late->path,
                         late->token,
                         late->body,
                         self->random,
                         &response);
  g_ptr_array_remove_index (self->late, place);
}

static void
keep_copy (CrmSimNetwork *self, const char *path, const char *token, GBytes *body)
{
  Late *late = g_new0 (Late, 1);

  late->path = g_strdup (path);
  late->token = g_strdup (token);
  late->body = g_bytes_ref (body);
  g_ptr_array_add (self->late, late);
}

/* What arrives of a reply; NULL: nothing that the client can use. */
static GBytes *
spoil_reply (CrmSimNetwork *self, CrmServerResponse *response)
{
  static const char portal[] = "<!DOCTYPE html><title>Welkom</title>";
  static const char empty[] = "";
  gsize size;

  if (response->status != 200 || response->body == NULL)
    return NULL;
  if (crm_sim_random_chance (self->random, self->weather->reply_lost))
    return NULL;
  if (crm_sim_random_chance (self->random, self->weather->foreign))
    return crm_sim_random_chance (self->random, 50) ? g_bytes_new_static (portal, strlen (portal))
                                                    : g_bytes_new_static (empty, 0);
  size = g_bytes_get_size (response->body);
  if (crm_sim_random_chance (self->random, self->weather->cut))
    return g_bytes_new_from_bytes (response->body,
                                   0,
                                   crm_sim_random_below (self->random, (guint) size));

  return g_bytes_ref (response->body);
}

/* One request through the network. @status: of the reply, 0 when there was none. */
static GBytes *
exchange (CrmSimNetwork *self,
          const char *path,
          const char *token,
          GString *json,
          GString *told,
          guint *status)
{
  g_autoptr (GBytes) body = g_bytes_new (json->str, json->len);
  g_auto (CrmServerResponse) response = { 0 };
  g_autoptr (GBytes) reply = NULL;

  *status = 0;
  if (crm_sim_random_chance (self->random, self->weather->lost))
    return NULL;
  if (crm_sim_random_chance (self->random, self->weather->late))
    keep_copy (self, path, token, body);
  if (crm_sim_random_chance (self->random, self->weather->killed))
    crm_sim_disk_plan (crm_sim_server_get_disk (self->server),
                       CRM_SIM_FAULT_KILL,
                       CRM_SIM_OP_ANY & ~CRM_SIM_OP_READ,
                       crm_sim_random_below (self->random, 30),
                       1);
  if (crm_sim_random_chance (self->random, self->weather->twice) &&
      !crm_sim_server_handle (self->server, path, token, body, self->random, &response))
    return NULL;
  crm_server_response_clear (&response);
  if (!crm_sim_server_handle (self->server, path, token, body, self->random, &response))
    return NULL;
  crm_sim_disk_heal (crm_sim_server_get_disk (self->server));

  *status = response.status;
  reply = spoil_reply (self, &response);
  g_string_append_printf (told,
                          " %s %u %s,",
                          path,
                          response.status,
                          response.code != NULL ? response.code
                          : reply == NULL       ? "lost"
                                                : "");

  return g_steal_pointer (&reply);
}

/* ---- push ---- */

static CrmWireValue
make_old (CrmArena *arena, const CrmField *field, const char *old)
{
  char hex[2 * CRM_SET_DIGEST_SIZE + 1];
  const char *text = old == NULL || crm_merge_needs_old (field) ? old
                                                                : crm_set_digest_shorten (old, hex);

  if (text == old)
    return crm_wire_value_for_field (field, old);

  return (CrmWireValue) { CRM_WIRE_TEXT, crm_arena_strdup (arena, text) };
}

static CrmWireOp
make_op (CrmArena *arena, const CrmSyncOp *op)
{
  CrmWireField *fields = crm_arena_new0 (arena, CrmWireField, op->fields->len + 1);

  for (guint i = 0; i < op->fields->len; i++)
    {
      const CrmSyncField *field = op->fields->pdata[i];
      const CrmField *described = crm_kind_find_field (op->kind, field->name);

      fields[i] = (CrmWireField) { .name = field->name,
                                   .value = crm_wire_value_for_field (described, field->value),
                                   .old = make_old (arena, described, field->old),
                                   .base = field->base };
    }

  return (CrmWireOp) { .op = (CrmSetOp) op->op,
                       .kind = crm_kind_get_name (op->kind),
                       .id = op->id,
                       .base = op->base,
                       .fields = fields,
                       .n_fields = op->fields->len };
}

static CrmWireSet
make_set (CrmArena *arena, const CrmSyncSet *set)
{
  CrmWireOp *ops = crm_arena_new0 (arena, CrmWireOp, set->ops->len + 1);
  char *previous = crm_arena_alloc (arena, 2 * CRM_SET_DIGEST_SIZE + 1, 1);

  crm_set_digest_to_hex (set->previous, previous);
  for (guint i = 0; i < set->ops->len; i++)
    ops[i] = make_op (arena, set->ops->pdata[i]);

  return (CrmWireSet) { .id = set->id,
                        .n = set->n,
                        .prev = previous,
                        .action = set->action,
                        .group = set->group,
                        .why = set->why,
                        .at = set->at,
                        .all = set->all,
                        .ops = ops,
                        .n_ops = set->ops->len };
}

/* FALSE when there is nothing more to push now. */
static gboolean
push_once (CrmReplica *replica,
           const char *token,
           CrmSimNetwork *network,
           gint64 *pushed,
           GString *told,
           char **failure)
{
  g_autoptr (CrmArena) arena = crm_arena_new ();
  g_autoptr (GString) json = g_string_new (NULL);
  g_autofree char *now = crm_clock_format (crm_clock_now ());
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
      sets = crm_sync_store_list_sets (replica, *pushed, MAX_SETS, 1 << 20, &error);
  g_autoptr (GBytes) reply = NULL;
  CrmPushRequest request = { .proto = CRM_WIRE_PROTO,
                             .schema = CRM_WIRE_SCHEMA,
                             .replica = crm_replica_get_id (replica),
                             .now = now };
  CrmWireSet *wire;
  guint status;

  if (sets == NULL || sets->len == 0)
    return FALSE;

  wire = crm_arena_new0 (arena, CrmWireSet, sets->len);
  for (guint i = 0; i < sets->len; i++)
    {
      const CrmSyncSet *set = sets->pdata[i];
      guint8 digest[CRM_SET_DIGEST_SIZE];

      wire[i] = make_set (arena, set);
      crm_wire_set_get_digest (&wire[i], set->previous, digest);
      if (memcmp (digest, set->digest, sizeof digest) != 0)
        *failure = g_strdup_printf ("set %" G_GINT64_FORMAT " does not have the digest of the log",
                                    set->n);
    }
  request.sets = wire;
  request.n_sets = sets->len;
  crm_push_request_write (&request, json);
  reply = exchange (network, "/v1/push", token, json, told, &status);
  /* None of its numbers was ever given to another set, and none left out. */
  if (status >= 400 && status < 500)
    *failure = g_strdup_printf ("the server refuses a push with %u:%s", status, told->str);
  if (reply == NULL)
    return FALSE;

  *pushed = ((CrmSyncSet *) sets->pdata[sets->len - 1])->n;

  return TRUE;
}

/* ---- pull ---- */

static gboolean
put_row (CrmPullWriter *writer, const CrmRowLine *line, GError **error)
{
  g_autofree CrmPulledField *fields = g_new0 (CrmPulledField, line->n_fields + 1);
  const CrmPulledRow row = { .kind = line->kind,
                             .id = line->id,
                             .row_seq = line->row_seq,
                             .full = line->full,
                             .scopes = line->scopes,
                             .n_scopes = line->n_scopes,
                             .fields = fields,
                             .n_fields = line->n_fields };

  for (guint i = 0; i < line->n_fields; i++)
    fields[i] = (CrmPulledField) { line->fields[i].name,
                                   line->fields[i].value.text,
                                   line->fields[i].seq };

  return crm_pull_writer_put_row (writer, &row, error);
}

static gboolean
put_set (CrmReplica *replica, CrmPullWriter *writer, const CrmSetLine *line, GError **error)
{
  const gboolean own = g_strcmp0 (line->replica, crm_replica_get_id (replica)) == 0;
  const CrmPulledSet set = { .seq = line->seq,
                             .user = line->user,
                             .device = line->device,
                             .at = line->at,
                             .action = line->action,
                             .why = line->why,
                             .group = line->group,
                             .n = own ? line->n : 0 };

  return crm_pull_writer_add_set (writer, &set, error);
}

static gboolean
put_line (CrmReplica *replica, CrmPullWriter *writer, const CrmPageLine *line, GError **error)
{
  switch (line->type)
    {
    case CRM_LINE_ROW:
    case CRM_LINE_CONFLICT:
      return put_row (writer, &line->row, error);

    case CRM_LINE_GONE:
      return crm_pull_writer_remove_row (writer,
                                         line->gone.kind,
                                         line->gone.id,
                                         line->gone.seq,
                                         error);

    case CRM_LINE_SCOPE:
      return crm_pull_writer_add_scope (writer, line->scope.scope, "", error);

    case CRM_LINE_DROP:
      return crm_pull_writer_drop_scope (writer, line->scope.scope, error);

    case CRM_LINE_SET:
      return put_set (replica, writer, &line->set, error);

    case CRM_LINE_RESULT:
      return crm_pull_writer_add_result (writer,
                                         line->result.n,
                                         crm_set_status_get_name (line->result.status),
                                         line->result.code,
                                         NULL,
                                         error);

    case CRM_LINE_HEADER:
    case CRM_LINE_END:
    default:
      return TRUE;
    }
}

static gboolean
put_page (CrmReplica *replica, CrmPageReader *reader, char **failure, GError **error)
{
  const CrmEndLine *end = crm_page_reader_get_end (reader);
  g_autoptr (CrmPullWriter) writer = crm_pull_writer_begin (replica, error);
  g_autoptr (CrmPullResult) result = NULL;
  g_autoptr (GError) read_error = NULL;
  const CrmPageLine *line;
  guint8 digest[CRM_SET_DIGEST_SIZE];
  gboolean forked = FALSE;

  if (writer == NULL)
    return FALSE;
  while ((line = crm_page_reader_next (reader, &read_error)) != NULL)
    if (!put_line (replica, writer, line, error))
      return FALSE;
  if (read_error != NULL)
    *failure = g_strdup_printf ("a page of the server is not understood: %s", read_error->message);
  if (!end->more && end->ack_n > 0 && crm_set_digest_from_hex (end->ack_digest, digest) &&
      !crm_pull_writer_ack (writer, end->ack_n, digest, &forked, error))
    return FALSE;
  if (forked)
    *failure = g_strdup ("the server acknowledges another set than ours");

  result = crm_pull_writer_finish (writer, end->cursor, 0, error);

  return result != NULL;
}

/* @more: whether to go on. FALSE when the exchange ended early. */
static gboolean
pull_once (CrmReplica *replica,
           const char *token,
           CrmSimNetwork *network,
           gboolean *more,
           GString *told,
           char **failure)
{
  g_autofree char *cursor = crm_sync_store_dup_state (replica, CRM_SYNC_STATE_CURSOR);
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (CrmPageReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  guint status;

  crm_pull_request_write (&(CrmPullRequest) { .proto = CRM_WIRE_PROTO,
                                              .schema = CRM_WIRE_SCHEMA,
                                              .cursor = cursor,
                                              .max = 1 + crm_sim_random_below (network->random,
                                                                               MAX_ROWS),
                                              .acked = crm_sync_store_get_acked (replica) },
                          json);
  reply = exchange (network, "/v1/pull", token, json, told, &status);
  if (status >= 400 && status < 500)
    *failure = g_strdup_printf ("the server refuses a pull with %u:%s", status, told->str);
  if (reply == NULL || !(reader = crm_page_reader_new (reply, NULL)))
    return FALSE;

  *more = crm_page_reader_get_end (reader)->more || cursor == NULL;
  if (put_page (replica, reader, failure, &error))
    return TRUE;

  g_string_append_printf (told, " page: %s,", error->message);

  return FALSE;
}

gboolean
crm_sim_client_sync (CrmReplica *replica,
                     const char *token,
                     CrmSimNetwork *network,
                     GString *told,
                     char **failure)
{
  gint64 pushed = crm_sync_store_get_acked (replica);
  gboolean more = TRUE;

  while (push_once (replica, token, network, &pushed, told, failure) && *failure == NULL)
    ;
  for (guint i = 0; more && *failure == NULL; i++)
    {
      if (!pull_once (replica, token, network, &more, told, failure))
        return FALSE;
      if (i > MAX_PAGES)
        *failure = g_strdup ("pulling does not come to an end");
    }

  return *failure == NULL &&
         crm_sync_store_get_acked (replica) >= crm_sync_store_get_last (replica);
}
