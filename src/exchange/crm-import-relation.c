#include "exchange/crm-import-run-private.h"

#include "base/crm-text.h"
#include "exchange/crm-import-keys.h"
#include "exchange/crm-import-merge.h"

/* An organisation that is known already; fills what it lacks. */
static gboolean
fill_employer (CrmImportRun *self,
               CrmImportEntry *entry,
               CrmImportDraft *draft,
               gboolean *changed,
               GError **error)
{
  g_autoptr (CrmRecord) stored = NULL;
  g_autoptr (CrmRecord) copy = NULL;

  if (draft->main == draft->organisation || crm_import_values_is_empty (draft->organisation))
    return TRUE;

  stored = entry->record != NULL ? g_object_ref (entry->record)
                                 : crm_replica_get (self->replica, entry->id, error);
  if (stored == NULL)
    return FALSE;
  copy = crm_record_copy (stored);
  if (crm_import_index_has_number (self->index,
                                   TRUE,
                                   crm_import_values_get (draft->organisation, "number"),
                                   entry->id))
    crm_import_values_take (draft->organisation, "number", NULL);
  if (!crm_import_merge_missing (copy, draft->organisation))
    return TRUE;

  *changed = TRUE;
  g_set_object (&entry->record, copy);
  crm_import_index_add (self->index, copy);

  return crm_import_run_put (self, copy, error);
}

/* Some programs write the head office at itself. */
static gboolean
names_itself (const CrmImportDraft *draft)
{
  g_autofree char *name = NULL;
  g_autofree char *parent = NULL;

  if (draft->main != draft->organisation || draft->employer_uid != NULL)
    return FALSE;
  name = crm_import_squash (crm_import_values_get (draft->organisation, "name"));
  parent = crm_import_squash (draft->employer);

  return g_str_equal (name, parent);
}

/*
 * Finds or makes the organisation that the row's person works for, or that the row's organisation
 * is part of. @stored: (nullable): that person or organisation as it is; @id: (out) (nullable):
 * NULL when the row names none
 */
static gboolean
take_employer (CrmImportRun *self,
               CrmImportDraft *draft,
               CrmRecord *stored,
               const char **id,
               gboolean *changed,
               GError **error)
{
  const CrmKind *kind;
  CrmImportEntry *entry;
  g_autoptr (CrmRecord) record = NULL;
  const char *current = NULL;

  *id = NULL;
  if ((draft->employer == NULL && draft->employer_uid == NULL) || names_itself (draft))
    return TRUE;

  if (stored != NULL)
    current = crm_record_peek (stored, draft->main == draft->person ? "organisation" : "parent");
  entry = crm_import_index_find (self->index, crm_import_memory_get_employer (self->memory));
  if (entry == NULL || !entry->organisation)
    entry = crm_import_index_find_organisation (self->index, draft, current);
  if (entry != NULL)
    {
      *id = entry->id;
      return fill_employer (self, entry, draft, changed, error);
    }
  if (draft->employer == NULL)
    {
      /* Our own export of a link to what is gone: kept, so that nothing is lost on the way. */
      *id = self->plan->own ? draft->employer_uid : NULL;
      return TRUE;
    }

  kind = crm_model_find_kind (self->plan->model, "organisation");
  if (draft->main == draft->organisation)
    record = crm_record_new (kind, draft->employer_uid);
  else
    {
      crm_import_run_note_bad_values (self, draft, draft->organisation);
      record = crm_import_run_make_record (draft->organisation, draft->employer_uid);
    }
  crm_record_set (record, "name", draft->employer);
  entry = crm_import_index_add (self->index, record);
  entry->in_passing = TRUE;
  entry->record = g_object_ref (record);
  *id = entry->id;
  *changed = TRUE;
  self->result->n_organisations++;

  return crm_import_run_put (self, record, error);
}

static void
set_employer (CrmImportDraft *draft, const char *id)
{
  const char *field = draft->main == draft->person ? "organisation" : "parent";

  if (id != NULL)
    crm_import_values_take (draft->main, field, g_strdup (id));
}

static void
remember (CrmImportRun *self, CrmImportEntry *entry, const char *employer)
{
  const CrmImportEntry *organisation = crm_import_index_find (self->index, employer);

  crm_import_memory_keep (self->memory, entry->id, organisation != NULL ? organisation->id : NULL);
}

/* A number is one record's; a second one keeps its place empty. */
static void
check_number (CrmImportRun *self, CrmImportDraft *draft, const char *except)
{
  const char *number = crm_import_values_get (draft->main, "number");
  int index = crm_kind_find_index (draft->main->kind, "number");

  if (number == NULL || !crm_import_index_has_number (self->index,
                                                      draft->main == draft->organisation,
                                                      number,
                                                      except))
    return;

  crm_import_draft_add_note (draft,
                             CRM_IMPORT_NOTE_NUMBER_TAKEN,
                             draft->main->column[index] > 0
                                 ? crm_import_plan_get_column (self->plan,
                                                               draft->main->column[index] - 1)
                                       ->name
                                 : NULL,
                             number,
                             NULL);
  crm_import_values_take (draft->main, "number", NULL);
}

static void
note_possible (CrmImportRun *self, CrmImportDraft *draft, const char *employer)
{
  CrmImportEntry *entry = crm_import_index_find_possible (self->index, draft, employer);
  g_autoptr (CrmRecord) record = NULL;
  g_autofree char *title = NULL;
  CrmImportNote *note;

  if (entry == NULL)
    return;

  /* Of the same file it may not be written yet. */
  if (entry->line == 0 && self->result->n_notes < CRM_IMPORT_NOTES_MAX)
    record = crm_replica_find (self->replica, entry->id);
  title = record != NULL    ? crm_record_dup_title (record)
          : entry->line > 0 ? g_strdup_printf ("line %" G_GUINT64_FORMAT, entry->line)
                            : g_strdup (entry->id);
  crm_import_draft_add_note (draft, CRM_IMPORT_NOTE_POSSIBLE, NULL, title, NULL);
  note = g_ptr_array_index (draft->notes, draft->notes->len - 1);
  note->id = g_strdup (entry->id);
}

static gboolean
add_new (CrmImportRun *self, CrmImportDraft *draft, GError **error)
{
  g_autoptr (CrmRecord) record = NULL;
  g_autofree char *made = NULL;
  const char *employer = NULL;
  CrmImportEntry *entry;
  gboolean changed = FALSE;

  made = draft->uid == NULL ? crm_import_draft_dup_made_id (draft) : NULL;
  if (!take_employer (self, draft, NULL, &employer, &changed, error))
    return FALSE;
  set_employer (draft, employer);
  check_number (self, draft, NULL);
  note_possible (self, draft, employer);
  crm_import_run_note_bad_values (self, draft, draft->main);

  record = crm_import_run_make_record (draft->main, draft->uid != NULL ? draft->uid : made);
  entry = crm_import_index_add (self->index, record);
  entry->line = draft->line;
  crm_import_index_claim (self->index, draft, entry);
  remember (self, entry, employer);
  if (entry->organisation)
    g_set_object (&entry->record, record);
  if (!crm_import_run_put (self, record, error))
    return FALSE;
  crm_import_run_count (self, draft, CRM_IMPORT_NEW, record);

  return TRUE;
}

/* By e-mail and surname: a family may share a mailbox. */
static void
note_first_name (CrmImportDraft *draft, CrmRecord *stored)
{
  const char *new = draft->main == draft->person ? crm_import_values_get (draft->main, "given_name")
                                                 : NULL;
  const char *old = crm_record_peek (stored, "given_name");
  const char *number = crm_import_values_get (draft->main, "number");
  g_autofree char *new_folded = crm_text_squash (new);
  g_autofree char *old_folded = crm_text_squash (old);

  if (new == NULL || old == NULL || draft->uid != NULL || new_folded[0] == old_folded[0])
    return;
  if (number != NULL && g_strcmp0 (number, crm_record_peek (stored, "number")) == 0)
    return;

  crm_import_draft_add_note (draft, CRM_IMPORT_NOTE_OTHER_FIRST_NAME, NULL, new, old);
}

static gboolean
update (CrmImportRun *self, CrmImportEntry *entry, CrmImportDraft *draft, GError **error)
{
  g_autoptr (CrmRecord) stored = NULL;
  g_autoptr (CrmRecord) record = NULL;
  const char *employer = NULL;
  gboolean changed = FALSE;
  CrmImportVerdict verdict;

  stored = entry->record != NULL ? g_object_ref (entry->record)
                                 : crm_replica_get (self->replica, entry->id, error);
  if (stored == NULL)
    return FALSE;
  record = crm_record_copy (stored);
  entry->line = draft->line;

  if (!draft->nameless && !take_employer (self, draft, stored, &employer, &changed, error))
    return FALSE;
  set_employer (draft, employer);
  remember (self, entry, employer);
  if (crm_record_get (record, "number") == NULL)
    check_number (self, draft, entry->id);
  note_first_name (draft, stored);

  if (crm_import_merge (record, draft->main, draft, self->plan))
    {
      changed = TRUE;
      if (entry->organisation)
        g_set_object (&entry->record, record);
      crm_import_index_add (self->index, record);
      if (!crm_import_run_put (self, record, error))
        return FALSE;
    }

  verdict = entry->in_passing ? CRM_IMPORT_NEW
            : changed         ? CRM_IMPORT_UPDATED
                              : CRM_IMPORT_UNCHANGED;
  crm_import_run_count (self, draft, verdict, record);

  return TRUE;
}

/* The id of an employer that is a person's names nobody; the row's own is another matter. */
static void
check_employer_id (CrmImportRun *self, CrmImportDraft *draft)
{
  if (!crm_import_index_has_other_kind (self->index, draft->employer_uid, TRUE))
    return;

  crm_import_draft_add_note (draft, CRM_IMPORT_NOTE_UID_TAKEN, NULL, draft->employer_uid, NULL);
  g_clear_pointer (&draft->employer_uid, g_free);
}

static gboolean
take_relation (CrmImportRun *self, CrmImportEntry *entry, CrmImportDraft *draft, GError **error)
{
  crm_import_index_claim (self->index, draft, entry);
  if (entry->line == 0)
    return update (self, entry, draft, error);

  remember (self, entry, NULL);
  crm_import_run_note_repeated (draft, entry->line);
  crm_import_run_count (self, draft, CRM_IMPORT_UNCHANGED, entry->record);

  return TRUE;
}

/* The record that the row was when it came in before. */
static CrmImportEntry *
find_remembered (CrmImportRun *self, const CrmImportDraft *draft)
{
  CrmImportEntry *entry = crm_import_index_find (self->index,
                                                 crm_import_memory_get_record (self->memory));

  return entry != NULL &&
                 (draft->nameless || entry->organisation == (draft->main == draft->organisation))
             ? entry
             : NULL;
}

gboolean
crm_import_run_relation (CrmImportRun *self,
                         const CrmCsvRow *row,
                         CrmImportDraft *draft,
                         GError **error)
{
  CrmImportEntry *entry = find_remembered (self, draft);

  if (entry == NULL && !draft->nameless &&
      crm_import_index_has_other_kind (self->index, draft->uid, draft->main == draft->organisation))
    {
      crm_import_draft_add_note (draft, CRM_IMPORT_NOTE_OTHER_KIND, NULL, draft->uid, NULL);
      return crm_import_run_reject (self, row, draft, error);
    }
  check_employer_id (self, draft);
  if (entry == NULL)
    entry = crm_import_index_match (self->index, draft);

  if (draft->nameless && entry == NULL)
    {
      crm_import_draft_add_note (draft, CRM_IMPORT_NOTE_NAMELESS, NULL, NULL, NULL);
      return crm_import_run_reject (self, row, draft, error);
    }
  if (draft->nameless)
    draft->main = entry->organisation ? draft->organisation : draft->person;

  return entry == NULL ? add_new (self, draft, error) : take_relation (self, entry, draft, error);
}
