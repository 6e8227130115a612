#include "sync/crm-sync-machine-private.h"

#include "wire/crm-segment.h"

void
crm_sync_boot_send (CrmSyncMachine *self, gint64 scope)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;
  g_autofree char *path = NULL;

  if (!crm_sync_store_begin_boot (self->replica, scope, &error) ||
      !crm_sync_store_load_boot (self->replica, &scope, &after, &error))
    {
      crm_sync_machine_store_failed (self, error);
      return;
    }

  path = g_strdup_printf ("/v1/boot?sc=%" G_GINT64_FORMAT "%s%s",
                          scope,
                          after != NULL ? "&after=" : "",
                          after != NULL ? after : "");
  crm_sync_machine_set_state (self, CRM_SYNC_WORKING, NULL);
  crm_sync_machine_send (self, CRM_SYNC_PHASE_BOOT, "GET", path, NULL);
}

static gboolean
put_row (CrmPullWriter *writer, gint64 scope, const CrmRowLine *line, GError **error)
{
  g_autofree CrmPulledField *fields = g_new0 (CrmPulledField, MAX (line->n_fields, 1));
  const CrmPulledRow row = { .kind = line->kind,
                             .id = line->id,
                             .row_seq = line->row_seq,
                             .full = TRUE,
                             .scopes = &scope,
                             .n_scopes = 1,
                             .fields = fields,
                             .n_fields = line->n_fields };

  for (guint i = 0; i < line->n_fields; i++)
    fields[i] = (CrmPulledField) { line->fields[i].name,
                                   line->fields[i].value.text,
                                   line->fields[i].seq };

  return crm_pull_writer_put_row (writer, &row, error);
}

static gboolean
put_rows (CrmPullWriter *writer,
          CrmSegmentReader *reader,
          gint64 scope,
          guint *n_rows,
          GError **error)
{
  g_autoptr (GError) read_error = NULL;
  const CrmRowLine *line;

  for (*n_rows = 0; (line = crm_segment_reader_next (reader, &read_error)) != NULL; (*n_rows)++)
    if (!put_row (writer, scope, line, error))
      return FALSE;
  if (read_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&read_error));

  return FALSE;
}

static gboolean
apply (CrmSyncMachine *self, CrmSegmentReader *reader, GError **error)
{
  const CrmSegmentHeader *header = crm_segment_reader_get_header (reader);
  const char *after = crm_segment_reader_get_end (reader)->after;
  g_autoptr (CrmPullWriter) writer = crm_pull_writer_begin (self->replica, error);
  g_autoptr (CrmPullResult) result = NULL;
  guint n_rows;

  if (writer == NULL ||
      !crm_pull_writer_set_boot (writer, header->scope, header->seq, after, error) ||
      !put_rows (writer, reader, header->scope, &n_rows, error) ||
      !(result = crm_pull_writer_finish (writer, NULL, 0, error)))
    return FALSE;

  self->n_loaded += n_rows;
  self->n_to_load = header->live;
  if (after != NULL)
    return TRUE;

  self->n_loaded = 0;
  self->n_to_load = 0;

  return crm_sync_store_finish_boot (self->replica, NULL, error);
}

void
crm_sync_boot_take (CrmSyncMachine *self, GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmSegmentReader) reader = crm_segment_reader_new (body, &error);

  if (reader == NULL)
    {
      crm_sync_answer_cut (self, body, error);
      return;
    }
  if (g_strcmp0 (crm_segment_reader_get_header (reader)->epoch, self->epoch) != 0)
    {
      crm_sync_machine_ask (self, "It says of itself that it was restored");
      return;
    }

  if (apply (self, reader, &error))
    {
      self->n_retries = 0;
      self->pulled = FALSE;
      crm_sync_machine_go_on (self);
    }
  else if (error->domain == CRM_WIRE_ERROR)
    crm_sync_answer_bad (self, error);
  /* A cache on the way is behind. */
  else if (g_error_matches (error, CRM_STORE_ERROR, CRM_STORE_ERROR_STALE))
    {
      crm_sync_machine_set_state (self, CRM_SYNC_SERVER_ERROR, error->message);
      crm_sync_machine_back_off (self, 0);
    }
  else
    crm_sync_machine_store_failed (self, error);
}
