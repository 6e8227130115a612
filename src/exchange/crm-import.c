#include "exchange/crm-import.h"

#include "base/crm-text.h"
#include "exchange/crm-import-run-private.h"
#include "store/query/crm-query.h"

static void
import_clear (CrmImportRun *self)
{
  g_clear_pointer (&self->builder, crm_import_builder_free);
  g_clear_pointer (&self->memory, crm_import_memory_free);
  g_clear_pointer (&self->index, crm_import_index_free);
  g_clear_pointer (&self->lines, g_hash_table_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->links, g_hash_table_unref);
  g_clear_pointer (&self->rejects, crm_import_rejects_free);
  g_clear_pointer (&self->action, crm_action_free);
  g_clear_pointer (&self->result, crm_import_result_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmImportRun, import_clear)

static void
sample_free (gpointer data)
{
  CrmImportSample *sample = data;

  g_clear_object (&sample->record);
  g_free (sample->employer);
  g_free (sample);
}

static CrmImportResult *
result_new (void)
{
  CrmImportResult *self = g_new0 (CrmImportResult, 1);

  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_import_note_free);
  self->samples = g_ptr_array_new_with_free_func (sample_free);

  return self;
}

void
crm_import_result_free (CrmImportResult *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->samples);
  g_free (self->group);
  g_free (self->rejected_file);
  g_free (self);
}

gboolean
crm_import_run_put (CrmImportRun *self, CrmRecord *record, GError **error)
{
  return self->action == NULL || crm_action_put (self->action, record, error);
}

void
crm_import_run_note_bad_values (CrmImportRun *self,
                                CrmImportDraft *draft,
                                const CrmImportValues *values)
{
  guint i;

  for (i = 0; i < crm_kind_get_n_fields (values->kind); i++)
    if (values->bad[i] && values->values[i] != NULL)
      crm_import_draft_add_note (draft,
                                 CRM_IMPORT_NOTE_KEPT_AS_TEXT,
                                 values->column[i] > 0
                                     ? crm_import_plan_get_column (self->plan,
                                                                   values->column[i] - 1)
                                           ->name
                                     : NULL,
                                 values->values[i],
                                 NULL);
}

CrmRecord *
crm_import_run_make_record (const CrmImportValues *values, const char *id)
{
  CrmRecord *record = crm_record_new (values->kind, id);
  guint i;

  for (i = 0; i < crm_kind_get_n_fields (values->kind); i++)
    if (values->values[i] != NULL)
      crm_record_set_at (record, i, values->values[i]);

  return record;
}

static void
add_sample (CrmImportRun *self,
            const CrmImportDraft *draft,
            CrmImportVerdict verdict,
            CrmRecord *record)
{
  CrmImportSample *sample;

  if (self->result->samples->len >= CRM_IMPORT_SAMPLES_MAX)
    return;

  sample = g_new0 (CrmImportSample, 1);
  sample->line = draft->line;
  sample->verdict = verdict;
  sample->record = record != NULL ? g_object_ref (record) : NULL;
  sample->employer = g_strdup (draft->employer);
  sample->n_notes = draft->notes->len;
  g_ptr_array_add (self->result->samples, sample);
}

static void
take_notes (CrmImportRun *self, CrmImportDraft *draft, const char *id)
{
  guint i;

  for (i = 0; i < draft->notes->len; i++)
    {
      CrmImportNote *note = g_ptr_array_index (draft->notes, i);

      self->result->n_possible += note->code == CRM_IMPORT_NOTE_POSSIBLE;
      self->result->n_repeated += note->code == CRM_IMPORT_NOTE_REPEATED;
      if (note->id == NULL)
        note->id = g_strdup (id);
    }

  self->result->n_notes += draft->notes->len;
  while (draft->notes->len > 0 && self->result->notes->len < CRM_IMPORT_NOTES_MAX)
    g_ptr_array_add (self->result->notes, g_ptr_array_steal_index (draft->notes, 0));
}

void
crm_import_run_count (CrmImportRun *self,
                      CrmImportDraft *draft,
                      CrmImportVerdict verdict,
                      CrmRecord *record)
{
  switch (verdict)
    {
    case CRM_IMPORT_NEW:
      self->result->n_new++;
      break;
    case CRM_IMPORT_UPDATED:
      self->result->n_updated++;
      break;
    case CRM_IMPORT_UNCHANGED:
      self->result->n_unchanged++;
      break;
    case CRM_IMPORT_REJECTED:
    default:
      self->result->n_rejected++;
      break;
    }

  add_sample (self, draft, verdict, record);
  take_notes (self, draft, record != NULL ? crm_record_get_id (record) : NULL);
}

void
crm_import_run_note_repeated (CrmImportDraft *draft, guint64 line)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, line);

  /* What else there is to say about the row was said at the row it repeats. */
  g_ptr_array_set_size (draft->notes, 0);
  crm_import_draft_add_note (draft, CRM_IMPORT_NOTE_REPEATED, NULL, text, NULL);
}

gboolean
crm_import_run_reject (CrmImportRun *self,
                       const CrmCsvRow *row,
                       CrmImportDraft *draft,
                       GError **error)
{
  const CrmImportNote *note = g_ptr_array_index (draft->notes, draft->notes->len - 1);
  g_autofree char *reason = crm_import_note_dup_reason (note);

  if (self->action != NULL &&
      !crm_import_rejects_add (self->rejects, row, reason, self->cancellable, error))
    return FALSE;
  crm_import_run_count (self, draft, CRM_IMPORT_REJECTED, NULL);

  return TRUE;
}

/* A row that names nobody is known by a number that any other row may give: it comes last. */
static gboolean
import_nameless (CrmImportRun *self, const CrmCsvRow *row, GError **error)
{
  CrmImportDraft *draft;

  if (!crm_import_builder_build (self->builder, row, &draft) || !draft->nameless)
    return TRUE;
  crm_import_memory_look (self->memory, row);

  return crm_import_run_relation (self, row, draft, error);
}

static gboolean
import_row (CrmImportRun *self, const CrmCsvRow *row, GError **error)
{
  CrmImportDraft *draft;

  self->result->n_rows++;
  if (!crm_import_builder_build (self->builder, row, &draft))
    return crm_import_run_reject (self, row, draft, error);
  if (draft->nameless)
    {
      self->n_nameless++;
      return TRUE;
    }
  crm_import_memory_look (self->memory, row);

  return draft->other != NULL ? crm_import_run_other (self, row, draft, error)
                              : crm_import_run_relation (self, row, draft, error);
}

typedef gboolean (*RowFunc) (CrmImportRun *self, const CrmCsvRow *row, GError **error);

static gboolean
each_row (CrmImportRun *self, RowFunc func, CrmProgress *progress, GError **error)
{
  g_autoptr (CrmCsvReader) reader = NULL;
  g_autoptr (GError) local = NULL;
  gboolean header = self->plan->format.header == CRM_HEADER_PRESENT;
  CrmCsvRow row;

  reader = crm_csv_reader_open (self->plan->file, &self->plan->format, self->cancellable, error);
  if (reader == NULL)
    return FALSE;

  while (crm_csv_reader_next (reader, &row, self->cancellable, &local))
    {
      if (!header && !func (self, &row, error))
        return FALSE;
      header = FALSE;
      crm_replica_yield (self->replica);
      crm_progress_set (progress,
                        self->result->n_rows,
                        MAX (self->plan->n_rows, self->result->n_rows));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

static gboolean
import_rows (CrmImportRun *self, CrmProgress *progress, GError **error)
{
  return each_row (self, import_row, progress, error) &&
         (self->n_nameless == 0 || each_row (self, import_nameless, progress, error));
}

/* Nothing could be named, so every row would be refused: better said at once. */
static gboolean
check_plan (const CrmImportPlan *plan, GError **error)
{
  static const char *const names[] = { "surname",      "given_name", "call_name", "initials",
                                       "organisation", "name",       "number" };
  g_autofree char *file = NULL;
  gsize i;

  if (crm_import_plan_find (plan, CRM_TARGET_UID, NULL) >= 0 ||
      crm_import_plan_find (plan, CRM_TARGET_FULL_NAME, NULL) >= 0)
    return TRUE;
  for (i = 0; i < G_N_ELEMENTS (names) && crm_import_plan_is_relation (plan); i++)
    if (crm_import_plan_find (plan, CRM_TARGET_FIELD, names[i]) >= 0)
      return TRUE;
  for (i = 0; i < plan->columns->len && !crm_import_plan_is_relation (plan); i++)
    if (crm_import_plan_get_column (plan, i)->target.role == CRM_TARGET_FIELD)
      return TRUE;

  file = g_file_get_parse_name (plan->file);
  g_set_error (error,
               CRM_EXCHANGE_ERROR,
               CRM_EXCHANGE_ERROR_MAPPING,
               crm_import_plan_is_relation (plan)
                   ? "%s: line 1: no column with names was found; say which it is with --map "
                     "surname=COLUMN or --map organisation=COLUMN"
                   : "%s: line 1: no column was recognised; say what they are with --map "
                     "FIELD=COLUMN",
               file);

  return FALSE;
}

static void
note_columns (CrmImportRun *self)
{
  guint i;

  for (i = 0; i < self->plan->columns->len; i++)
    {
      const CrmImportColumn *column = crm_import_plan_get_column (self->plan, i);

      if (column->target.role != CRM_TARGET_NONE || column->n_filled == 0)
        continue;
      g_ptr_array_add (self->result->notes,
                       crm_import_note_new (CRM_IMPORT_NOTE_COLUMN, 0, column->name, NULL, NULL));
      self->result->n_notes++;
    }
}

static gboolean
add_name_cb (CrmRecord *record, gpointer user_data)
{
  GHashTable *names = user_data;

  if (crm_record_get (record, "name") != NULL)
    g_hash_table_insert (names,
                         crm_text_fold (crm_record_get (record, "name")),
                         g_strdup (crm_record_get_id (record)));

  return TRUE;
}

/* What the rows are matched with. */
static gboolean
load_known (CrmImportRun *self, GError **error)
{
  const CrmKind *kind = crm_model_find_kind (self->plan->model, self->plan->kind);
  g_autoptr (CrmQuery) query = NULL;

  if (crm_import_plan_is_relation (self->plan))
    {
      self->index = crm_import_index_new (self->replica, self->cancellable, error);
      return self->index != NULL;
    }

  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (crm_kind_find_field (kind, "name") == NULL)
    return TRUE;

  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  query = crm_query_new (self->plan->kind);

  return crm_replica_each (self->replica,
                           query,
                           0,
                           add_name_cb,
                           self->names,
                           self->cancellable,
                           error);
}

static gboolean
prepare (CrmImportRun *self, GError **error)
{
  /* Of two at once neither would know the records of the other. */
  if (!(self->flags & CRM_IMPORT_DRY_RUN))
    {
      self->action = crm_action_begin_alone (self->replica, "import", NULL, error);
      if (self->action == NULL)
        return FALSE;
      crm_action_set_bulk (self->action, self->plan->n_rows > 2000);
    }

  self->builder = crm_import_builder_new (self->plan);
  self->memory = crm_import_memory_new (self->replica, self->plan);
  self->rejects = crm_import_rejects_new (self->plan);
  self->result = result_new ();
  note_columns (self);

  return load_known (self, error);
}

static gboolean
finish (CrmImportRun *self, GError **error)
{
  guint n_changed = 0;
  g_autofree char *group = NULL;

  if (self->action == NULL)
    return TRUE;

  group = g_strdup (crm_action_get_group (self->action));
  /* Written before the last word is said, so that no refused row is lost when the disk is full. */
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
      !crm_import_rejects_close (self->rejects,
                                 &self->result->rejected_file,
                                 self->cancellable,
                                 error) ||
      !crm_import_memory_save (self->memory, self->action, error) ||
      !crm_action_finish (self->action, &n_changed, error))
    return FALSE;
  if (n_changed > 0)
    self->result->group = g_steal_pointer (&group);

  return TRUE;
}

CrmImportResult *
crm_import_run (CrmReplica *replica,
                const CrmImportPlan *plan,
                CrmImportFlags flags,
                CrmProgress *progress,
                GCancellable *cancellable,
                GError **error)
{
  g_auto (CrmImportRun)
      self = { .replica = replica, .plan = plan, .flags = flags, .cancellable = cancellable };
  gint64 started = g_get_monotonic_time ();

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);
  g_return_val_if_fail (plan != NULL, NULL);

  if (!check_plan (plan, error) || !prepare (&self, error))
    return NULL;

  if (!import_rows (&self, progress, error) || !finish (&self, error))
    {
      /* Freeing the action takes back what it wrote. */
      return NULL;
    }
  self.result->seconds = (g_get_monotonic_time () - started) / 1e6;

  return g_steal_pointer (&self.result);
}
