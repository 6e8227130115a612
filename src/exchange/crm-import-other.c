#include "exchange/crm-import-run-private.h"

#include "base/crm-text.h"
#include "exchange/crm-import-merge.h"

#include <string.h>

/* What a link says, as id; empty with a note when nothing or more than one thing is called so. */
static void
resolve_link (CrmImportRun *self, CrmImportDraft *draft, guint index)
{
  CrmImportValues *values = draft->other;
  const CrmField *field = crm_kind_get_field (values->kind, index);
  const char *uid = g_hash_table_lookup (draft->link_uids, field->name);
  g_autoptr (GError) error = NULL;
  const char *known;
  char *id;

  if (uid != NULL)
    {
      crm_import_values_take (values, field->name, g_strdup (uid));
      return;
    }
  if (values->values[index] == NULL)
    return;

  known = g_hash_table_lookup (self->links, values->values[index]);
  if (known == NULL)
    {
      id = crm_replica_resolve_link (self->replica, field, values->values[index], &error);
      if (id == NULL)
        id = g_strdup (g_error_matches (error, CRM_STORE_ERROR, CRM_STORE_ERROR_AMBIGUOUS) ? "?"
                                                                                           : "");
      g_hash_table_insert (self->links, g_strdup (values->values[index]), id);
      known = id;
    }
  if (strlen (known) > 1)
    {
      crm_import_values_take (values, field->name, g_strdup (known));
      return;
    }

  crm_import_draft_add_note (draft,
                             *known == '?' ? CRM_IMPORT_NOTE_LINK_AMBIGUOUS
                                           : CRM_IMPORT_NOTE_LINK_UNKNOWN,
                             crm_import_plan_get_column (self->plan, values->column[index] - 1)
                                 ->name,
                             values->values[index],
                             NULL);
  crm_import_values_take (values, field->name, NULL);
}

/* What the row was when it came in before, if that is still there. */
static const char *
find_remembered (CrmImportRun *self, const CrmImportDraft *draft)
{
  const char *id = crm_import_memory_get_record (self->memory);
  g_autoptr (CrmRecord) record = NULL;

  if (id == NULL || g_hash_table_contains (self->lines, id))
    return id;
  record = crm_replica_find (self->replica, id);

  return record != NULL && crm_record_get_kind (record) == draft->other->kind ? id : NULL;
}

static char *
find_other (CrmImportRun *self, const CrmImportDraft *draft, char **folded)
{
  const char *name = crm_import_values_get (draft->other, "name");
  const char *remembered = find_remembered (self, draft);

  *folded = self->names != NULL && name != NULL ? crm_text_fold (name) : NULL;
  if (remembered != NULL)
    return g_strdup (remembered);
  if (draft->uid != NULL)
    return g_strdup (draft->uid);
  if (*folded != NULL && g_hash_table_contains (self->names, *folded))
    return g_strdup (g_hash_table_lookup (self->names, *folded));

  return crm_import_draft_dup_made_id (draft);
}

/* The row is the first of the record with @id. */
static void
take_line (CrmImportRun *self, const CrmImportDraft *draft, const char *id)
{
  char *taken = g_strdup (id);

  g_hash_table_insert (self->lines, taken, GSIZE_TO_POINTER (draft->line));
  crm_import_memory_keep (self->memory, taken, NULL);
}

/* Activities, tags, templates: by id; what has a name by its name; else by what the row says. */
gboolean
crm_import_run_other (CrmImportRun *self,
                      const CrmCsvRow *row,
                      CrmImportDraft *draft,
                      GError **error)
{
  g_autoptr (CrmRecord) stored = NULL;
  g_autoptr (CrmRecord) record = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *id = NULL;
  CrmImportVerdict verdict = CRM_IMPORT_NEW;
  gpointer line;
  gpointer taken;
  guint i;

  for (i = 0; i < crm_kind_get_n_fields (draft->other->kind); i++)
    if (crm_kind_get_field (draft->other->kind, i)->type == CRM_FIELD_LINK)
      resolve_link (self, draft, i);

  id = find_other (self, draft, &folded);
  if (g_hash_table_lookup_extended (self->lines, id, &taken, &line))
    {
      crm_import_memory_keep (self->memory, taken, NULL);
      crm_import_run_note_repeated (draft, GPOINTER_TO_SIZE (line));
      crm_import_run_count (self, draft, CRM_IMPORT_UNCHANGED, NULL);
      return TRUE;
    }

  stored = crm_replica_find (self->replica, id);
  if (stored != NULL && crm_record_get_kind (stored) != draft->other->kind)
    {
      crm_import_draft_add_note (draft, CRM_IMPORT_NOTE_OTHER_KIND, NULL, id, NULL);
      return crm_import_run_reject (self, row, draft, error);
    }
  if (stored != NULL)
    {
      record = crm_record_copy (stored);
      verdict = crm_import_merge (record, draft->other, draft, self->plan) ? CRM_IMPORT_UPDATED
                                                                           : CRM_IMPORT_UNCHANGED;
    }
  else
    {
      crm_import_run_note_bad_values (self, draft, draft->other);
      record = crm_import_run_make_record (draft->other, id);
    }

  take_line (self, draft, crm_record_get_id (record));
  if (folded != NULL)
    g_hash_table_insert (self->names,
                         g_steal_pointer (&folded),
                         g_strdup (crm_record_get_id (record)));
  if (verdict != CRM_IMPORT_UNCHANGED && !crm_import_run_put (self, record, error))
    return FALSE;
  crm_import_run_count (self, draft, verdict, record);

  return TRUE;
}
