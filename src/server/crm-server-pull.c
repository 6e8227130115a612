#include "server/crm-server-machine-private.h"

#include "base/crm-bug.h"
#include "server/crm-server-cursor.h"
#include "server/crm-server-page.h"
#include "wire/crm-pull.h"
#include "wire/crm-wire-limit.h"

#include <string.h>

#define MAX_WAIT 50
/* Of the line of a set, without its reason. */
#define SET_BYTES 300

/* One pull while its page is made, in one snapshot of the database. */
typedef struct
{
  CrmServerCall *call;
  CrmServerStore *store;
  CrmPullRequest *request;
  CrmServerHead *head;
  CrmServerCursor *cursor; /* NULL: the scopes are going to be booted */
  CrmServerReplica *replica;
  GPtrArray *scopes;  /* (element-type CrmServerUserScope) */
  GPtrArray *entries; /* (element-type CrmServerEntry) */
  GPtrArray *results; /* (element-type CrmServerSet) */
  gboolean more;
  gint64 reached; /* by a page without more to come */

  CrmPageWriter *page;
  GTree *sets; /* (element-type gint64 CrmServerSet): whose seq rows of the page name */
  gsize set_bytes;
  guint n_done;
} Pull;

static void
pull_clear (Pull *self)
{
  g_clear_pointer (&self->request, crm_pull_request_free);
  g_clear_pointer (&self->head, crm_server_head_free);
  g_clear_pointer (&self->cursor, crm_server_cursor_free);
  g_clear_pointer (&self->replica, crm_server_replica_free);
  g_clear_pointer (&self->scopes, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_clear_pointer (&self->page, crm_page_writer_free);
  g_clear_pointer (&self->sets, g_tree_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pull, pull_clear)

static int
compare_seqs (gconstpointer a, gconstpointer b, gpointer unused)
{
  const gint64 one = *(const gint64 *) a;
  const gint64 other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

/* Whether what it says is all there is: a boot, or a page in between, is not. */
static gboolean
is_settled (Pull *self)
{
  return self->cursor != NULL && !self->more && self->request->n_booting == 0;
}

static gboolean
read_cursor (Pull *self, GError **error)
{
  if (self->request->cursor == NULL)
    {
      if (!self->request->boots)
        self->cursor = crm_server_cursor_new_first (self->head, self->call->user);
      return TRUE;
    }

  self->cursor = crm_server_cursor_parse (self->request->cursor, error);

  return self->cursor != NULL &&
         crm_server_cursor_check (self->cursor, self->store, self->head, error);
}

static gboolean
read_entries (Pull *self, GError **error)
{
  const guint max_rows = MIN (CRM_WIRE_MAX_ROWS, self->call->machine->max_rows);
  const guint limit = self->request->max > 0 ? (guint) MIN (self->request->max, max_rows)
                                             : max_rows;
  CrmServerPosition after;

  /* All that a user has comes by booting his scopes. */
  if (self->cursor == NULL)
    {
      self->entries = g_ptr_array_new ();
      return TRUE;
    }

  after = (CrmServerPosition) { self->cursor->seq, self->cursor->kind, self->cursor->id };
  self->entries = self->store->ops->list_entries (self->store,
                                                  self->call->user->id,
                                                  &after,
                                                  self->head->seq,
                                                  limit + 1,
                                                  error);
  if (self->entries == NULL)
    return FALSE;
  if (self->entries->len > limit)
    {
      self->more = TRUE;
      g_ptr_array_set_size (self->entries, (int) limit);
    }

  return TRUE;
}

static gboolean
read_all (Pull *self, GError **error)
{
  CrmServerCall *call = self->call;

  if (!(self->head = self->store->ops->get_head (self->store, error)) ||
      !read_cursor (self, error) ||
      !(self->scopes = self->store->ops->list_user_scopes (self->store, call->user->id, error)))
    return FALSE;
  self->replica = self->store->ops->get_replica (self->store, call->device->replica, FALSE, error);
  if (self->replica == NULL)
    return crm_server_call_miss (error, CRM_WIRE_ERROR_FORBIDDEN, "The replica is not known");
  if (!read_entries (self, error))
    return FALSE;
  self->results = self->store->ops->list_results (self->store,
                                                  self->replica->id,
                                                  self->request->acked,
                                                  error);

  return self->results != NULL;
}

/* A scope that came, or went, since everything was sent. */
static gboolean
is_news (Pull *self, const CrmServerUserScope *scope)
{
  if (self->request->cursor == NULL)
    return scope->until == 0;

  return MAX (scope->since, scope->until) > self->cursor->whole;
}

static gboolean
is_idle (Pull *self)
{
  if (!is_settled (self) || self->entries->len > 0 || self->replica->last_n != self->request->acked)
    return FALSE;
  for (guint i = 0; i < self->scopes->len; i++)
    if (is_news (self, self->scopes->pdata[i]))
      return FALSE;

  return TRUE;
}

static gboolean
waits (Pull *self)
{
  const char *text = crm_server_call_get_query (self->call, "wait");
  gint64 seconds;

  if (text == NULL || self->call->request->waited || !is_idle (self) ||
      !g_ascii_string_to_signed (text, 10, 1, G_MAXINT, &seconds, NULL))
    return FALSE;

  self->call->response->outcome = CRM_SERVER_WAIT;
  self->call->response->wait_seq = self->head->seq;
  self->call->response->wait_seconds = (guint) MIN (seconds, MAX_WAIT);

  return TRUE;
}

static void
add_scopes (Pull *self)
{
  CrmModel *model = self->call->machine->model;
  const guint n_kinds = crm_model_get_n_kinds (model);
  g_autofree CrmMask *masks = g_new0 (CrmMask, n_kinds);

  /* Until profiles say otherwise: every group of every kind. */
  for (guint i = 0; i < n_kinds; i++)
    masks[i] = (CrmMask) { crm_kind_get_name (crm_model_get_kind (model, i)), 0xffff };

  for (guint i = 0; i < self->scopes->len; i++)
    {
      const CrmServerUserScope *scope = self->scopes->pdata[i];
      CrmPageLine line = { .type = scope->until != 0 ? CRM_LINE_DROP : CRM_LINE_SCOPE,
                           .scope = { .scope = scope->scope } };

      if (!is_news (self, scope))
        continue;
      if (scope->until == 0)
        {
          line.scope.masks = masks;
          line.scope.n_masks = n_kinds;
        }
      crm_page_writer_add (self->page, &line);
    }
}

static gboolean
name_seq (Pull *self, gint64 seq, GError **error)
{
  CrmServerSet *set;

  if (seq <= self->cursor->whole || g_tree_lookup (self->sets, &seq) != NULL)
    return TRUE;
  if (!(set = self->store->ops->get_set (self->store, seq, error)))
    return crm_server_call_miss (error, CRM_WIRE_ERROR_INTERNAL, "A set is missing");

  g_tree_insert (self->sets, &set->seq, set);
  self->set_bytes += SET_BYTES + (set->why != NULL ? strlen (set->why) : 0);

  return TRUE;
}

static gboolean
is_booting (Pull *self, const CrmServerEntry *entry)
{
  for (guint i = 0; i < self->request->n_booting; i++)
    for (guint j = 0; j < entry->scopes->len; j++)
      if (self->request->booting[i] == g_array_index (entry->scopes, gint64, j))
        return TRUE;

  return FALSE;
}

static gboolean
add_row (Pull *self, const CrmServerEntry *entry, GError **error)
{
  g_autoptr (CrmServerRecord) record = NULL;
  g_auto (CrmServerRow) row = { 0 };
  const gboolean full = (entry->joined > self->cursor->whole && !CRM_BUG ("partial-row")) ||
                        is_booting (self, entry);
  CrmPageLine line;

  record = self->store->ops->get_record (self->store, entry->id, FALSE, error);
  if (record == NULL)
    return crm_server_call_miss (error, CRM_WIRE_ERROR_INTERNAL, "A record is missing");
  crm_server_row_fill (&row, record, full ? -1 : self->cursor->whole, entry->scopes);

  if (!name_seq (self, record->born, error))
    return FALSE;
  for (guint i = 0; i < row.line.n_fields; i++)
    if (!name_seq (self, row.line.fields[i].seq, error))
      return FALSE;

  line = (CrmPageLine) { .type = strcmp (entry->kind, CRM_SERVER_CONFLICT_KIND) == 0
                                     ? CRM_LINE_CONFLICT
                                     : CRM_LINE_ROW,
                         .row = row.line };
  crm_page_writer_add (self->page, &line);
  self->call->machine->counts.rows_sent++;

  return TRUE;
}

/* A record that was deleted says by which set; one that only left what may be seen does not. */
static gboolean
add_gone (Pull *self, const CrmServerEntry *entry, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (CrmServerRecord) record = NULL;
  CrmPageLine line = { .type = CRM_LINE_GONE, .gone = { entry->kind, entry->id, 0 } };

  record = self->store->ops->get_record (self->store, entry->id, FALSE, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (record != NULL && record->deleted)
    line.gone.seq = record->row_seq;

  crm_page_writer_add (self->page, &line);

  return name_seq (self, line.gone.seq > 0 ? line.gone.seq : entry->seq, error);
}

static gboolean
add_entries (Pull *self, GError **error)
{
  for (; self->n_done < self->entries->len; self->n_done++)
    {
      const CrmServerEntry *entry = self->entries->pdata[self->n_done];

      if (crm_page_writer_get_size (self->page) + self->set_bytes >= CRM_WIRE_MAX_PAGE)
        {
          self->more = TRUE;
          break;
        }
      /* Another of the scopes has it further up, and it will be sent from there. */
      if (entry->later)
        continue;
      if (entry->gone && CRM_BUG ("gone-untold"))
        continue;
      if (!(entry->gone ? add_gone (self, entry, error) : add_row (self, entry, error)))
        return FALSE;
    }

  return TRUE;
}

static void
add_sets (Pull *self)
{
  for (GTreeNode *node = g_tree_node_first (self->sets); node != NULL;
       node = g_tree_node_next (node))
    crm_page_writer_add (self->page,
                         &(CrmPageLine) {
                             .type = CRM_LINE_SET,
                             .set = crm_server_set_get_line (g_tree_node_value (node)) });
}

static void
add_results (Pull *self)
{
  if (!is_settled (self))
    return;

  for (guint i = 0; i < self->results->len; i++)
    {
      CrmPageLine line = { .type = CRM_LINE_RESULT };

      crm_server_set_get_result (self->results->pdata[i], &line.result);
      crm_page_writer_add (self->page, &line);
      g_strfreev ((char **) line.result.conf);
    }
}

/* What is to be booted may be older than now: then the delta starts there. */
static gboolean
find_reached (Pull *self, GError **error)
{
  self->reached = self->head->seq;

  return self->cursor != NULL || crm_server_call_find_generation (self->call,
                                                                  self->head,
                                                                  self->scopes,
                                                                  &self->reached,
                                                                  error);
}

/* Where the next page starts. */
static char *
make_cursor (Pull *self, GError **error)
{
  g_autoptr (CrmServerCursor) next = crm_server_cursor_new (self->head, self->call->user);
  guint8 h[CRM_SERVER_HASH_SIZE];
  const CrmServerEntry *last;

  next->seq = self->reached;
  next->whole = self->reached;
  if (self->more && !CRM_BUG ("head-token"))
    {
      last = self->entries->pdata[self->n_done - 1];
      next->seq = last->seq;
      next->whole = self->cursor->whole;
      g_set_str (&next->kind, last->kind);
      g_set_str (&next->id, last->id);
    }
  if (!self->store->ops->get_hash (self->store, next->seq, h, error))
    return NULL;
  memcpy (next->h, h, sizeof next->h);

  return crm_server_cursor_format (next);
}

static gboolean
read_checks (Pull *self, GArray *checks, GError **error)
{
  if (self->more)
    return TRUE;

  for (guint i = 0; i < self->scopes->len; i++)
    {
      const CrmServerUserScope *scope = self->scopes->pdata[i];
      CrmServerScopeHead head;
      CrmScopeCheck check;

      if (scope->until != 0)
        continue;
      if (!self->store->ops->get_scope_head (self->store, scope->scope, &head, error))
        return FALSE;
      check = (CrmScopeCheck) { scope->scope, head.live, crm_id_sum_to_hex (&head.ids) };
      g_array_append_val (checks, check);
    }

  return TRUE;
}

static void
clear_check (gpointer check)
{
  g_free ((char *) ((CrmScopeCheck *) check)->id_xor);
}

static gboolean
end_page (Pull *self, GError **error)
{
  g_autoptr (GArray) checks = g_array_new (FALSE, TRUE, sizeof (CrmScopeCheck));
  g_autofree char *cursor = make_cursor (self, error);
  char digest[2 * CRM_SET_DIGEST_SIZE + 1];
  CrmEndLine end = { .cursor = cursor, .more = self->more };

  g_array_set_clear_func (checks, clear_check);
  if (cursor == NULL || !read_checks (self, checks, error))
    return FALSE;
  end.checks = (const CrmScopeCheck *) (gpointer) checks->data;
  end.n_checks = checks->len;
  if (is_settled (self) && self->replica->last_n > 0)
    {
      crm_set_digest_to_hex (self->replica->last_digest, digest);
      end.ack_n = self->replica->last_n;
      end.ack_digest = digest;
    }

  self->call->response->outcome = CRM_SERVER_REPLY;
  self->call->response->status = 200;
  self->call->response->content_type = CRM_PAGE_TYPE;
  self->call->response->body = crm_page_writer_end (self->page, &end);

  return TRUE;
}

/* Before the answer leaves, so that a server that is killed does not take for made without knowing
 * of each other what was not. A disk that is full keeps nobody from reading. */
static void
remember_place (Pull *self)
{
  g_autoptr (GError) error = NULL;

  if (!is_settled (self) || self->head->seq <= self->replica->cursor_seq)
    return;

  self->store->ops->roll_back (self->store);
  if (!self->store->ops->move_replica (self->store, self->replica->id, self->head->seq, &error))
    g_info ("The place of %s was not kept: %s", self->replica->id, error->message);
}

gboolean
crm_server_handle_pull (CrmServerCall *call, GError **error)
{
  gsize size;
  const char *body = crm_server_call_get_body (call, &size);
  g_auto (Pull) self = { .call = call, .store = call->store };

  if (!(self.request = crm_pull_request_read (body, size, error)) ||
      !call->store->ops->begin (call->store, FALSE, error) || !read_all (&self, error))
    return FALSE;
  if (waits (&self))
    return TRUE;

  if (!find_reached (&self, error))
    return FALSE;

  self.sets = g_tree_new_full (compare_seqs, NULL, NULL, (GDestroyNotify) crm_server_set_free);
  self.page = crm_page_writer_new (&(CrmHeaderLine) { .proto = CRM_WIRE_PROTO,
                                                      .epoch = self.head->epoch,
                                                      .from = self.request->cursor,
                                                      .seq = self.reached });
  add_scopes (&self);
  if (!add_entries (&self, error))
    return FALSE;
  add_sets (&self);
  add_results (&self);

  if (!end_page (&self, error))
    return FALSE;
  remember_place (&self);

  return TRUE;
}
