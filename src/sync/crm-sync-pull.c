#include "sync/crm-sync-machine-private.h"

#include "base/crm-bug.h"
#include "base/crm-clock.h"
#include "wire/crm-page.h"
#include "wire/crm-pull.h"
#include "wire/crm-wire-limit.h"

#define WAIT_SECONDS 50
/* Between two waits without news. */
#define IDLE_MS 200

void
crm_sync_pull_send (CrmSyncMachine *self, CrmSyncPhase phase, gboolean wait)
{
  g_autofree char *path = wait ? g_strdup_printf ("/v1/pull?wait=%d", WAIT_SECONDS)
                               : g_strdup ("/v1/pull");
  g_autoptr (GError) error = NULL;
  g_autofree char *cursor = NULL;
  GString *body;
  const gint64 scope = 1;
  CrmPullRequest request = { .proto = CRM_WIRE_PROTO,
                             .schema = CRM_WIRE_SCHEMA,
                             .max = CRM_WIRE_MAX_ROWS };

  /* Without its cursor it would be told that it has everything. */
  if ((phase == CRM_SYNC_PHASE_PULL &&
       !crm_sync_store_load_state (self->replica, CRM_SYNC_STATE_CURSOR, &cursor, &error)) ||
      !crm_sync_store_load_numbers (self->replica, &request.acked, NULL, &error))
    {
      crm_sync_machine_store_failed (self, error);
      return;
    }
  if (phase == CRM_SYNC_PHASE_ASK_ACK)
    cursor = g_strdup (self->asked_cursor);
  request.cursor = cursor;
  request.boots = cursor == NULL;
  self->from_start = cursor == NULL;
  if (self->whole)
    {
      request.booting = &scope;
      request.n_booting = 1;
    }

  body = g_string_new (NULL);
  crm_pull_request_write (&request, body);
  self->waiting = wait;
  crm_sync_machine_send (self, phase, "POST", path, body);
}

/* ---- Lines ---- */

static gboolean
put_row (CrmPullWriter *writer, const CrmRowLine *line, GError **error)
{
  g_autofree CrmPulledField *fields = g_new0 (CrmPulledField, MAX (line->n_fields, 1));
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
add_scope (CrmPullWriter *writer, const CrmScopeLine *line, GError **error)
{
  g_autoptr (GString) mask = g_string_new (NULL);

  for (guint i = 0; i < line->n_masks; i++)
    g_string_append_printf (mask,
                            "%s:%" G_GINT64_FORMAT ";",
                            line->masks[i].kind,
                            line->masks[i].groups);

  return crm_pull_writer_add_scope (writer, line->scope, mask->str, error);
}

static gboolean
add_set (CrmSyncMachine *self, CrmPullWriter *writer, const CrmSetLine *line, GError **error)
{
  const gboolean own = g_strcmp0 (line->replica, crm_replica_get_id (self->replica)) == 0;
  const CrmPulledSet set = { .seq = line->seq,
                             .id = line->id,
                             .user = line->user,
                             .device = line->device,
                             .at = line->at,
                             .action = line->action,
                             .why = line->why,
                             .group = line->group,
                             .n = own ? line->n : 0 };

  self->foreign |= !own;

  return crm_pull_writer_add_set (writer, &set, error);
}

static gboolean
add_result (CrmPullWriter *writer, const CrmSetResult *result, GError **error)
{
  g_autofree const char **conflicts = g_new0 (const char *, result->n_conf + 1);

  for (guint i = 0; i < result->n_conf; i++)
    conflicts[i] = result->conf[i];

  return crm_pull_writer_add_result (writer,
                                     result->n,
                                     crm_set_status_get_name (result->status),
                                     result->code,
                                     conflicts,
                                     error);
}

static gboolean
put_line (CrmSyncMachine *self, CrmPullWriter *writer, const CrmPageLine *line, GError **error)
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

    case CRM_LINE_DROP:
      return crm_pull_writer_drop_scope (writer, line->scope.scope, error);

    case CRM_LINE_SCOPE:
      return add_scope (writer, &line->scope, error);

    case CRM_LINE_SET:
      return add_set (self, writer, &line->set, error);

    case CRM_LINE_RESULT:
      return add_result (writer, &line->result, error);

    case CRM_LINE_HEADER:
    case CRM_LINE_END:
    default:
      return TRUE;
    }
}

static gint64
get_seq (const CrmPageLine *line)
{
  if (line->type == CRM_LINE_ROW || line->type == CRM_LINE_CONFLICT)
    return line->row.seq;

  return line->type == CRM_LINE_SET ? line->set.seq : 0;
}

/* @seq: (out): the highest that is named; @n_lines: (out) */
static gboolean
put_lines (CrmSyncMachine *self,
           CrmPullWriter *writer,
           CrmPageReader *reader,
           gint64 *seq,
           GError **error)
{
  g_autoptr (GError) read_error = NULL;
  const CrmPageLine *line;

  while ((line = crm_page_reader_next (reader, &read_error)) != NULL)
    {
      *seq = MAX (*seq, get_seq (line));
      if (!put_line (self, writer, line, error))
        return FALSE;
    }
  if (read_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&read_error));

  return FALSE;
}

/* @forked: (out) */
static gboolean
put_ack (CrmPullWriter *writer, const CrmEndLine *end, gboolean *forked, GError **error)
{
  guint8 digest[CRM_SET_DIGEST_SIZE];

  *forked = FALSE;
  if (end->more || end->ack_n <= 0 || !crm_set_digest_from_hex (end->ack_digest, digest))
    return TRUE;

  return crm_pull_writer_ack (writer, end->ack_n, digest, forked, error);
}

/* ---- A page ---- */

static gboolean
save_contact (CrmSyncMachine *self, GError **error)
{
  g_autofree char *at = crm_clock_format (self->sources.now (self->sources.data));

  return crm_sync_store_set_state (self->replica, CRM_SYNC_STATE_LAST_CONTACT, at, error);
}

static CrmPullResult *
apply (CrmSyncMachine *self, CrmPageReader *reader, gboolean *forked, GError **error)
{
  g_autoptr (CrmPullWriter) writer = crm_pull_writer_begin (self->replica, error);
  const CrmEndLine *end = crm_page_reader_get_end (reader);
  /* A segment that was read before it lacks what is not pulled any more. */
  gint64 seq = end->more ? 0 : crm_page_reader_get_header (reader)->seq;

  self->foreign = FALSE;
  if (writer == NULL || !put_lines (self, writer, reader, &seq, error) ||
      !put_ack (writer, end, forked, error) || !save_contact (self, error))
    return NULL;
  /* Nothing is known of a twin's number but that it is not ours. */
  if (*forked)
    return NULL;
  if (!crm_sync_store_set_state (self->replica, CRM_SYNC_STATE_EPOCH, self->epoch, error))
    return NULL;

  return crm_pull_writer_finish (writer, end->cursor, seq, error);
}

/* The wait ended without news: nothing has to be written. */
static gboolean
is_idle (CrmSyncMachine *self, CrmPageReader *reader)
{
  const CrmEndLine *end = crm_page_reader_get_end (reader);
  g_autofree char *cursor = crm_sync_store_dup_state (self->replica, CRM_SYNC_STATE_CURSOR);

  return !end->more && g_strcmp0 (cursor, end->cursor) == 0 &&
         end->ack_n <= crm_sync_store_get_acked (self->replica);
}

static void
take_error (CrmSyncMachine *self, gboolean forked, const GError *error)
{
  if (forked)
    crm_sync_answer_fork (self);
  else if (g_error_matches (error, CRM_STORE_ERROR, CRM_STORE_ERROR_PARTIAL) && !self->whole)
    {
      self->whole = TRUE;
      crm_sync_machine_go_on (self);
    }
  else if (error->domain == CRM_WIRE_ERROR)
    crm_sync_answer_bad (self, error);
  else
    crm_sync_machine_store_failed (self, error);
}

static void
report (CrmSyncMachine *self, CrmPullResult *result)
{
  if (self->foreign)
    self->n_arrived += result->n_rows;
  if (result->stepped_back->len > 0)
    crm_sync_machine_add_action (self, CRM_SYNC_ACTION_STEPPED_BACK)
        ->stepped_back = g_ptr_array_ref (result->stepped_back);
}

/* Another epoch than that of the cursor: the server should have said so. */
static gboolean
is_other_epoch (CrmSyncMachine *self, CrmPageReader *reader)
{
  return g_strcmp0 (crm_page_reader_get_header (reader)->epoch, self->epoch) != 0;
}

/* A server that does not wait must not be asked in a loop. */
static void
wait_a_little (CrmSyncMachine *self)
{
  self->phase = CRM_SYNC_PHASE_IDLE;
  self->waiting = FALSE;
  crm_sync_machine_add_action (self, CRM_SYNC_ACTION_TIMER)->milliseconds = IDLE_MS;
}

void
crm_sync_pull_take (CrmSyncMachine *self, GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmPageReader) reader = crm_page_reader_new (body, &error);
  g_autoptr (CrmPullResult) result = NULL;
  gboolean forked = FALSE;
  gboolean more;

  if (reader == NULL)
    {
      crm_sync_answer_cut (self, body, error);
      return;
    }
  if (is_other_epoch (self, reader))
    {
      crm_sync_machine_ask (self, "It says of itself that it was restored");
      return;
    }

  more = crm_page_reader_get_end (reader)->more;
  if (is_idle (self, reader))
    {
      if (self->waiting)
        {
          wait_a_little (self);
          return;
        }
    }
  else
    {
      if (CRM_BUG ("cursor-before-data"))
        crm_sync_store_set_state (self->replica,
                                  CRM_SYNC_STATE_CURSOR,
                                  crm_page_reader_get_end (reader)->cursor,
                                  NULL);
      if (!(result = apply (self, reader, &forked, &error)))
        {
          take_error (self, forked, error);
          return;
        }
      report (self, result);
    }

  /* Rows that were asked for whole, and a first place, came without an answer to what was pushed.
   */
  self->pulled = !more && !self->whole && !self->from_start;
  self->pulled_since = TRUE;
  self->whole = FALSE;
  self->n_retries = 0;
  /* It was put back since it said that it has them. */
  if (self->pulled && !CRM_BUG ("outbox-cleared"))
    self->pushed = MIN (self->pushed, crm_page_reader_get_end (reader)->ack_n);
  if (crm_sync_check_take (self, crm_page_reader_get_end (reader), &error))
    crm_sync_machine_go_on (self);
  else
    crm_sync_machine_store_failed (self, error);
}

/* ---- Where a restored server stands ---- */

void
crm_sync_pull_take_asked (CrmSyncMachine *self, GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmPageReader) reader = crm_page_reader_new (body, &error);
  const CrmEndLine *end;

  if (reader == NULL)
    {
      crm_sync_answer_cut (self, body, error);
      return;
    }

  end = crm_page_reader_get_end (reader);
  g_set_str (&self->epoch, crm_page_reader_get_header (reader)->epoch);
  if (self->phase == CRM_SYNC_PHASE_ASK_CURSOR)
    {
      g_set_str (&self->asked_cursor, end->cursor);
      crm_sync_pull_send (self, CRM_SYNC_PHASE_ASK_ACK, FALSE);
      return;
    }

  g_clear_pointer (&self->asked_cursor, g_free);
  self->pushed = 0;
  self->pulled = FALSE;
  if (!crm_sync_store_reconcile (self->replica, self->epoch, end->ack_n, &error))
    {
      crm_sync_machine_store_failed (self, error);
      return;
    }

  crm_sync_pull_send (self, CRM_SYNC_PHASE_PULL, FALSE);
}
