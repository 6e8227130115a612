#include "exchange/crm-import-merge.h"

#include "base/crm-text.h"
#include "exchange/crm-import-value.h"
#include "model/crm-address.h"
#include "model/crm-value.h"

#include <string.h>

static const char *const house_fields[] = {
  "street", "house_number", "house_letter", "house_addition", NULL
};

static char *
format_house (const char *const parts[4])
{
  CrmStreetLine line = {
    (char *) parts[0], (char *) parts[1], (char *) parts[2], (char *) parts[3]
  };
  g_autofree char *text = crm_street_line_format (&line);

  return crm_text_squash (text);
}

/* Street and number are one thing: "61 bis" and 61 with "bis" are the same house, and a new number
 * does not keep the letter of the old one. TRUE when the house is as it was. */
static gboolean
merge_house (CrmRecord *record, const CrmImportValues *values, gboolean *changed)
{
  const char *old[4];
  const char *new[4];
  g_autofree char *old_line = NULL;
  g_autofree char *new_line = NULL;
  guint i;

  for (i = 0; i < 4; i++)
    {
      old[i] = crm_record_peek (record, house_fields[i]);
      new[i] = crm_import_values_get (values, house_fields[i]);
    }
  if (new[0] == NULL &&new[1] == NULL)
    return FALSE;
  /* A file with only numbers tells nothing of the street. */
  if (new[0] == NULL)
    new[0] = old[0];
  if (new[1] == NULL && g_strcmp0 (new[0], old[0]) == 0)
    return TRUE;

  old_line = format_house (old);
  new_line = format_house (new);
  if (g_str_equal (old_line, new_line))
    return TRUE;

  for (i = 0; i < 4; i++)
    crm_record_set (record, house_fields[i], new[i]);
  *changed = TRUE;

  return TRUE;
}

/* Another surname takes its own prefix, also when that is none. */
static void
merge_prefix (CrmRecord *record, const CrmImportValues *values, gboolean *changed)
{
  const char *new = crm_import_values_get (values, "surname");
  const char *old = crm_record_peek (record, "surname");
  g_autofree char *new_folded = NULL;
  g_autofree char *old_folded = NULL;

  if (new == NULL || old == NULL || crm_import_values_get (values, "surname_prefix") != NULL ||
      crm_record_get (record, "surname_prefix") == NULL)
    return;

  new_folded = crm_text_squash (new);
  old_folded = crm_text_squash (old);
  if (g_str_equal (new_folded, old_folded))
    return;

  crm_record_set (record, "surname_prefix", NULL);
  *changed = TRUE;
}

/* "LEIDEN" and "leiden" say no more than "Leiden", "Zoe" no more than "Zoë". */
static gboolean
says_less (const char *new, const char *old)
{
  g_autofree char *new_folded = crm_text_fold (new);
  g_autofree char *old_folded = crm_text_fold (old);
  g_autofree char *up = NULL;
  g_autofree char *down = NULL;

  if (!g_str_equal (new_folded, old_folded))
    return FALSE;
  if (g_str_is_ascii (new) && !g_str_is_ascii (old))
    return TRUE;

  up = g_utf8_strup (new, -1);
  down = g_utf8_strdown (new, -1);

  return g_str_equal (new, up) || g_str_equal (new, down);
}

/* A note grows, so that neither text is lost; a text that is in it already adds nothing. */
static char *
merge_note (const char *old, const char *new)
{
  if (strstr (old, new) != NULL)
    return g_strdup (old);

  return g_strconcat (old, "\n\n", new, NULL);
}

/* The value that @old and @new make together. */
static char *
merge_value (const CrmField *field, const char *old, const char *new, gboolean own)
{
  if (old == NULL || own)
    return g_strdup (new);
  if (field->type == CRM_FIELD_SET)
    return crm_import_set_union (old, new);
  if (field->policy == CRM_POLICY_MAX)
    return g_strdup (strcmp (old, new) >= 0 ? old : new);
  if (field->type == CRM_FIELD_LONG_TEXT)
    return merge_note (old, new);
  if (field->type == CRM_FIELD_TEXT && says_less (new, old))
    return g_strdup (old);

  return g_strdup (new);
}

static const char *
name_column (const CrmImportPlan *plan, const CrmImportValues *values, guint index)
{
  if (values->column[index] == 0)
    return NULL;

  return crm_import_plan_get_column (plan, values->column[index] - 1)->name;
}

static gboolean
merge_field (CrmRecord *record,
             const CrmImportValues *values,
             guint index,
             CrmImportDraft *draft,
             const CrmImportPlan *plan)
{
  const CrmField *field = crm_kind_get_field (values->kind, index);
  const char *old = crm_record_get_at (record, index);
  const char *new = values->values[index];
  const char *column = name_column (plan, values, index);
  g_autofree char *merged = NULL;

  if (crm_value_equal (old, new))
    {
      if (values->bad[index])
        crm_import_draft_add_note (draft, CRM_IMPORT_NOTE_KEPT_AS_TEXT, column, new, NULL);
      return FALSE;
    }
  if (old != NULL && g_str_equal (field->name, "number"))
    {
      crm_import_draft_add_note (draft, CRM_IMPORT_NOTE_NUMBER_KEPT, column, new, old);
      return FALSE;
    }
  if (values->bad[index] && old != NULL && crm_value_check (field, old, NULL))
    {
      crm_import_draft_add_note (draft, CRM_IMPORT_NOTE_NOT_TAKEN_OVER, column, new, old);
      return FALSE;
    }
  if (values->bad[index])
    crm_import_draft_add_note (draft, CRM_IMPORT_NOTE_KEPT_AS_TEXT, column, new, NULL);

  merged = merge_value (field, old, new, crm_import_plan_is_own (plan));
  if (crm_value_equal (old, merged))
    return FALSE;
  crm_record_set_at (record, index, merged);

  return TRUE;
}

gboolean
crm_import_merge (CrmRecord *record,
                  const CrmImportValues *values,
                  CrmImportDraft *draft,
                  const CrmImportPlan *plan)
{
  gboolean relation = crm_kind_is_relation (values->kind);
  gboolean changed = FALSE;
  gboolean house = FALSE;
  guint i;

  g_return_val_if_fail (CRM_IS_RECORD (record), FALSE);

  if (relation && !crm_import_plan_is_own (plan))
    {
      house = merge_house (record, values, &changed);
      merge_prefix (record, values, &changed);
    }

  for (i = 0; i < crm_kind_get_n_fields (values->kind); i++)
    {
      if (values->values[i] == NULL)
        continue;
      if (house && g_strv_contains (house_fields, crm_kind_get_field (values->kind, i)->name))
        continue;
      changed |= merge_field (record, values, i, draft, plan);
    }

  return changed;
}

gboolean
crm_import_merge_missing (CrmRecord *record, const CrmImportValues *values)
{
  gboolean changed = FALSE;
  gboolean housed;
  guint i;

  g_return_val_if_fail (CRM_IS_RECORD (record), FALSE);

  /* An address is one thing here too: the number of one street is none of another. */
  housed = crm_record_peek (record, "street") != NULL ||
           crm_record_peek (record, "house_number") != NULL;
  for (i = 0; i < crm_kind_get_n_fields (values->kind); i++)
    {
      if (values->values[i] == NULL || crm_record_get_at (record, i) != NULL ||
          (housed && g_strv_contains (house_fields, crm_kind_get_field (values->kind, i)->name)))
        continue;
      crm_record_set_at (record, i, values->values[i]);
      changed = TRUE;
    }

  return changed;
}
