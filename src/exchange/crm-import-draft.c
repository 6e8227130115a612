#include "exchange/crm-import-draft.h"

#include "base/crm-id.h"
#include "base/crm-text.h"
#include "exchange/crm-csv-writer.h"
#include "exchange/crm-import-mend.h"
#include "exchange/crm-import-plan-private.h"
#include "exchange/crm-import-value.h"
#include "model/crm-value.h"

#include <string.h>

/* A column with more different values is no choice, so remembering them gains nothing. */
#define MEMORY_MAX 2000

typedef struct
{
  char *value;
  gboolean good;
} Parsed;

struct _CrmImportBuilder
{
  const CrmImportPlan *plan;
  CrmImportDraft draft;
  /* Per column: text to Parsed for the fields whose values come again and again; else NULL. */
  GPtrArray *memories;
  int country_column;
  gboolean relation;
};

static void
parsed_free (gpointer data)
{
  Parsed *parsed = data;

  g_free (parsed->value);
  g_free (parsed);
}

void
crm_import_draft_add_note (CrmImportDraft *self,
                           CrmImportNoteCode code,
                           const char *column,
                           const char *value,
                           const char *other)
{
  g_autofree char *shown = NULL;

  if (value != NULL && g_utf8_strlen (value, -1) > 80)
    {
      g_autofree char *start = g_utf8_substring (value, 0, 80);

      shown = g_strconcat (start, "…", NULL);
      value = shown;
    }

  g_ptr_array_add (self->notes, crm_import_note_new (code, self->line, column, value, other));
}

CrmImportBuilder *
crm_import_builder_new (const CrmImportPlan *plan)
{
  CrmImportBuilder *self = g_new0 (CrmImportBuilder, 1);
  guint i;

  self->plan = plan;
  self->relation = crm_import_plan_is_relation (plan);
  self->country_column = crm_import_plan_find (plan, CRM_TARGET_FIELD, "country");
  if (self->relation)
    {
      self->draft.person = crm_import_values_new (crm_model_find_kind (plan->model, "person"));
      self->draft.organisation = crm_import_values_new (crm_model_find_kind (plan->model,
                                                                             "organisation"));
    }
  else
    self->draft.other = crm_import_values_new (crm_model_find_kind (plan->model, plan->kind));
  self->draft.notes = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_import_note_free);
  self->draft.link_uids = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->memories = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  for (i = 0; i < plan->columns->len; i++)
    g_ptr_array_add (self->memories,
                     g_hash_table_new_full (g_str_hash, g_str_equal, g_free, parsed_free));

  return self;
}

static void
draft_clear (CrmImportDraft *self)
{
  crm_import_values_clear (self->person);
  crm_import_values_clear (self->organisation);
  crm_import_values_clear (self->other);
  g_clear_pointer (&self->uid, g_free);
  g_clear_pointer (&self->employer, g_free);
  g_clear_pointer (&self->employer_uid, g_free);
  g_hash_table_remove_all (self->link_uids);
  g_ptr_array_set_size (self->notes, 0);
  self->main = NULL;
  self->nameless = FALSE;
}

void
crm_import_builder_free (CrmImportBuilder *self)
{
  if (self == NULL)
    return;

  draft_clear (&self->draft);
  crm_import_values_free (self->draft.person);
  crm_import_values_free (self->draft.organisation);
  crm_import_values_free (self->draft.other);
  g_hash_table_unref (self->draft.link_uids);
  g_ptr_array_unref (self->draft.notes);
  g_ptr_array_unref (self->memories);
  g_free (self);
}

static const CrmImportColumn *
column_at (CrmImportBuilder *self, guint index)
{
  return g_ptr_array_index (self->plan->columns, index);
}

static gboolean
is_remembered (const CrmField *field)
{
  return field->type == CRM_FIELD_CHOICE || field->type == CRM_FIELD_SET ||
         field->type == CRM_FIELD_DATE || field->check == CRM_CHECK_COUNTRY ||
         field->check == CRM_CHECK_LANGUAGE;
}

static char *
parse_cell (CrmImportBuilder *self,
            guint index,
            const CrmField *field,
            const char *cell,
            const char *country,
            gboolean *good)
{
  const CrmImportColumn *column = column_at (self, index);
  GHashTable *memory = g_ptr_array_index (self->memories, index);
  const Parsed *known;
  Parsed *parsed;
  char *value;

  if (!is_remembered (field))
    return crm_import_value_parse (field, cell, column->date_order, country, self->plan->own, good);

  known = g_hash_table_lookup (memory, cell);
  if (known != NULL)
    {
      *good = known->good;
      return g_strdup (known->value);
    }

  value = crm_import_value_parse (field, cell, column->date_order, country, self->plan->own, good);
  if (g_hash_table_size (memory) < MEMORY_MAX && strlen (cell) < 200)
    {
      parsed = g_new (Parsed, 1);
      parsed->value = g_strdup (value);
      parsed->good = *good;
      g_hash_table_insert (memory, g_strdup (cell), parsed);
    }

  return value;
}

/* Into @values when its kind has the field; FALSE when it has not. */
static gboolean
set_cell (CrmImportBuilder *self,
          CrmImportValues *values,
          guint column,
          const char *name,
          const char *cell,
          const char *country)
{
  int index = crm_kind_find_index (values->kind, name);
  gboolean good = TRUE;
  char *value;

  if (index < 0)
    return FALSE;

  value = parse_cell (self, column, crm_kind_get_field (values->kind, index), cell, country, &good);
  if (value == NULL)
    return TRUE;

  g_free (values->values[index]);
  values->values[index] = value;
  values->bad[index] = !good;
  values->column[index] = column + 1;

  return TRUE;
}

/* A field of the row's record: of the person when there is one, else of the organisation. */
static void
take_field (CrmImportBuilder *self, guint index, const char *cell, const char *country)
{
  CrmImportDraft *draft = &self->draft;
  const char *name = column_at (self, index)->target.field;
  gboolean taken = FALSE;

  if (draft->other != NULL)
    set_cell (self, draft->other, index, name, cell, country);
  else if (draft->nameless)
    {
      set_cell (self, draft->person, index, name, cell, country);
      set_cell (self, draft->organisation, index, name, cell, country);
    }
  else if (g_str_equal (name, "organisation") || g_str_equal (name, "parent"))
    return;
  else
    {
      taken = set_cell (self, draft->main, index, name, cell, country);
      if (!taken && draft->main == draft->person)
        taken = set_cell (self, draft->organisation, index, name, cell, country);
      /* "De heer" alone says nobody's name, so nothing is lost with it. */
      if (!taken && !g_str_equal (name, "form_of_address"))
        crm_import_draft_add_note (draft,
                                   CRM_IMPORT_NOTE_NEEDS_PERSON,
                                   column_at (self, index)->name,
                                   cell,
                                   NULL);
    }
}

static const char *
get_cell (CrmImportBuilder *self, const CrmCsvRow *row, CrmTargetRole role, const char *field)
{
  int index = crm_import_plan_find (self->plan, role, field);
  const char *cell = index >= 0 ? crm_csv_row_get (row, index) : "";

  while (g_ascii_isspace (*cell))
    cell++;

  return cell;
}

static gboolean
names_person (CrmImportBuilder *self, const CrmCsvRow *row)
{
  static const char *const names[] = {
    "surname", "given_name", "call_name", "initials", "partner_surname"
  };
  const char *full = get_cell (self, row, CRM_TARGET_FULL_NAME, NULL);
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    if (*get_cell (self, row, CRM_TARGET_FIELD, names[i]) != '\0')
      return TRUE;

  /* One column of names may hold companies too. */
  if (*full == '\0' || g_str_equal (self->plan->kind, "person"))
    return *full != '\0';

  return crm_import_plan_find (self->plan, CRM_TARGET_FIELD, "organisation") >= 0 ||
         !crm_import_has_legal_form (full);
}

static char *
dup_organisation_name (CrmImportBuilder *self, const CrmCsvRow *row, gboolean person)
{
  const char *cell = get_cell (self, row, CRM_TARGET_FIELD, "organisation");

  if (*cell == '\0')
    cell = get_cell (self, row, CRM_TARGET_FIELD, "name");
  if (*cell == '\0')
    cell = get_cell (self, row, CRM_TARGET_EMPLOYER, "name");
  if (*cell == '\0' && !person && !g_str_equal (self->plan->kind, "person"))
    cell = get_cell (self, row, CRM_TARGET_FULL_NAME, NULL);

  return crm_text_clean (crm_csv_unguard (cell));
}

/* Whose row it is. */
static void
decide_kind (CrmImportBuilder *self, const CrmCsvRow *row)
{
  CrmImportDraft *draft = &self->draft;
  const char *kind = get_cell (self, row, CRM_TARGET_KIND, NULL);
  gboolean person = names_person (self, row);
  g_autofree char *organisation = NULL;

  if (draft->other != NULL)
    {
      draft->main = draft->other;
      return;
    }

  if (g_str_equal (kind, "person"))
    person = TRUE;
  if (g_str_equal (self->plan->kind, "organisation") || g_str_equal (kind, "organisation"))
    person = FALSE;
  organisation = dup_organisation_name (self, row, person);
  draft->nameless = !person && *kind == '\0' &&
                    (organisation == NULL || g_str_equal (self->plan->kind, "person"));
  if (draft->nameless)
    return;

  draft->main = person ? draft->person : draft->organisation;
  if (person)
    draft->employer = g_steal_pointer (&organisation);
  else
    {
      crm_import_values_take (draft->organisation, "name", g_steal_pointer (&organisation));
      draft->employer =
          crm_text_clean (crm_csv_unguard (get_cell (self, row, CRM_TARGET_FIELD, "parent")));
    }
}

static void
take_uid (CrmImportBuilder *self, guint index, const char *cell)
{
  CrmImportDraft *draft = &self->draft;
  g_autofree char *clean = crm_text_clean (cell);
  g_autofree char *lower = clean != NULL ? g_ascii_strdown (clean, -1) : NULL;

  if (lower == NULL)
    return;
  if (!crm_id_is_valid (lower))
    {
      crm_import_draft_add_note (draft,
                                 CRM_IMPORT_NOTE_NO_UID,
                                 column_at (self, index)->name,
                                 clean,
                                 NULL);
      return;
    }

  if (column_at (self, index)->target.role == CRM_TARGET_UID)
    draft->uid = g_steal_pointer (&lower);
  else if (self->relation)
    draft->employer_uid = g_steal_pointer (&lower);
  else
    g_hash_table_replace (draft->link_uids,
                          (gpointer) column_at (self, index)->target.field,
                          g_steal_pointer (&lower));
}

static void
take_cells (CrmImportBuilder *self, const CrmCsvRow *row)
{
  const char *country_cell = self->country_column >= 0 ? crm_csv_row_get (row, self->country_column)
                                                       : "";
  const CrmField *field = self->relation ? crm_kind_find_field (self->draft.person->kind, "country")
                                         : NULL;
  g_autofree char *country = NULL;
  gboolean good = FALSE;
  guint i;

  if (field != NULL && *country_cell != '\0')
    country = parse_cell (self, self->country_column, field, country_cell, NULL, &good);
  if (!good)
    g_clear_pointer (&country, g_free);

  for (i = 0; i < MIN (row->n_cells, self->plan->columns->len); i++)
    {
      const CrmImportTarget *target = &column_at (self, i)->target;

      if (*row->cells[i] == '\0')
        continue;
      if (target->role == CRM_TARGET_FIELD)
        take_field (self, i, row->cells[i], country);
      else if (target->role == CRM_TARGET_UID || target->role == CRM_TARGET_LINK_UID)
        take_uid (self, i, row->cells[i]);
      else if (target->role == CRM_TARGET_EMPLOYER &&
               self->draft.main != self->draft.organisation && !self->draft.nameless)
        set_cell (self, self->draft.organisation, i, target->field, row->cells[i], country);
      else if (target->role == CRM_TARGET_EMPLOYER && self->draft.main != NULL)
        set_cell (self, self->draft.main, i, target->field, row->cells[i], country);
    }
}

static gboolean
refuse (CrmImportDraft *draft, CrmImportNoteCode code, guint64 value, guint64 other)
{
  g_autofree char *value_text = g_strdup_printf ("%" G_GUINT64_FORMAT, value);
  g_autofree char *other_text = g_strdup_printf ("%" G_GUINT64_FORMAT, other);

  crm_import_draft_add_note (draft, code, NULL, value_text, other_text);

  return code == CRM_IMPORT_NOTE_SHORT_ROW;
}

static gboolean
check_shape (CrmImportBuilder *self, const CrmCsvRow *row)
{
  guint n_columns = self->plan->columns->len;
  guint i;

  if (row->n_cells > CRM_CSV_CELLS_MAX)
    return refuse (&self->draft, CRM_IMPORT_NOTE_LONG_ROW, row->n_cells, n_columns);

  for (i = 0; i < row->n_cells; i++)
    {
      const char *cell = row->cells[i];

      /* Cells that are empty were only there for the eye. */
      if (i >= n_columns && cell[strspn (cell, " \t\n")] != '\0')
        return refuse (&self->draft, CRM_IMPORT_NOTE_LONG_ROW, row->n_cells, n_columns);
      if (i < n_columns && strnlen (cell, CRM_VALUE_MAX + 1) > CRM_VALUE_MAX)
        return refuse (&self->draft, CRM_IMPORT_NOTE_LONG_CELL, strlen (cell), CRM_VALUE_MAX);
    }

  if (row->n_cells < self->plan->n_expected)
    return refuse (&self->draft, CRM_IMPORT_NOTE_SHORT_ROW, row->n_cells, self->plan->n_expected);

  return TRUE;
}

static gboolean
check_required (CrmImportBuilder *self)
{
  CrmImportDraft *draft = &self->draft;
  guint i;

  if (draft->nameless)
    {
      if (draft->uid != NULL || crm_import_values_get (draft->person, "number") != NULL)
        return TRUE;
      crm_import_draft_add_note (draft, CRM_IMPORT_NOTE_NAMELESS, NULL, NULL, NULL);
      return FALSE;
    }
  if (draft->other == NULL)
    return TRUE;

  if (crm_import_values_is_empty (draft->other))
    {
      crm_import_draft_add_note (draft, CRM_IMPORT_NOTE_INCOMPLETE, NULL, "value", NULL);
      return FALSE;
    }
  /* What was written down without saying what it was is a note. */
  if (g_str_equal (self->plan->kind, "activity"))
    crm_import_values_fill (draft->other, "type", "note");
  for (i = 0; i < crm_kind_get_n_fields (draft->other->kind); i++)
    if (crm_field_has_flag (crm_kind_get_field (draft->other->kind, i), CRM_FIELD_REQUIRED) &&
        draft->other->values[i] == NULL && draft->uid == NULL)
      {
        crm_import_draft_add_note (draft,
                                   CRM_IMPORT_NOTE_INCOMPLETE,
                                   NULL,
                                   crm_kind_get_field (draft->other->kind, i)->name,
                                   NULL);
        return FALSE;
      }

  return TRUE;
}

gboolean
crm_import_builder_build (CrmImportBuilder *self, const CrmCsvRow *row, CrmImportDraft **draft)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (row != NULL, FALSE);

  draft_clear (&self->draft);
  self->draft.line = row->line;
  *draft = &self->draft;

  if (!check_shape (self, row))
    return FALSE;
  if (row->damaged)
    crm_import_draft_add_note (&self->draft, CRM_IMPORT_NOTE_DAMAGED, NULL, NULL, NULL);

  decide_kind (self, row);
  take_cells (self, row);
  if (self->relation && !self->plan->own)
    {
      if (self->draft.main == self->draft.person)
        crm_import_mend_names (self->draft.person,
                               crm_csv_unguard (get_cell (self, row, CRM_TARGET_FULL_NAME, NULL)));
      crm_import_mend_address (self->draft.person);
      crm_import_mend_address (self->draft.organisation);
    }

  return check_required (self);
}
