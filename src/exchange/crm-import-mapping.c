/*
 * What each column of a file means. Headers are compared with the aliases of the descriptions;
 * "Naam" and its like mean different things beside different columns, so they are decided last.
 */

#include "exchange/crm-import-plan-private.h"

#include "base/crm-text.h"

#include <string.h>

#define FULL_NAME_HEADERS                                                                          \
  "contactpersoon|naamcontactpersoon|contactnaam|contact|contactname|contactperson|volledigenaam|" \
  "naamvolledig|"                                                                                  \
  "fullname|displayname|weergavenaam|naampersoon|persoon|person|"
#define UID_HEADERS "uid|uuid|guid|"
#define ID_HEADERS  "id|recordid|contactid|accountid|personid|organisationid|"

typedef struct
{
  CrmImportTarget target;
  guint score;
} Candidate;

static gboolean
in_list (const char *list, const char *header)
{
  g_autofree char *squashed = crm_text_squash (header);
  g_autofree char *item = g_strconcat (squashed, "|", NULL);
  const char *found;

  for (found = strstr (list, item); found != NULL; found = strstr (found + 1, item))
    if (found == list || found[-1] == '|')
      return *squashed != '\0';

  return FALSE;
}

static CrmImportColumn *
column_at (const CrmImportPlan *self, guint index)
{
  return g_ptr_array_index (self->columns, index);
}

static gboolean
is_taken (const CrmImportPlan *self, const CrmImportTarget *target)
{
  return target->role != CRM_TARGET_NONE &&
         crm_import_plan_find (self, target->role, target->field) >= 0;
}

/* The field of @kind that @header means best. */
static const CrmField *
find_field (const CrmKind *kind, const char *header, guint *score)
{
  const CrmField *best = NULL;
  guint i;

  *score = 0;
  for (i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);
      guint found = crm_import_header_match (field, header);

      if (found > *score)
        {
          *score = found;
          best = field;
        }
    }

  return best;
}

/* Our own exports begin with "uid" and "kind"; who takes the ids out to make new records of them
 * leaves "kind", and what it says. -1: not one of ours. */
static int
find_own_kind (const CrmImportPlan *self)
{
  const GPtrArray *samples;
  guint i;

  if (self->columns->len > 1 && g_str_equal (column_at (self, 0)->name, "uid") &&
      g_str_equal (column_at (self, 1)->name, "kind"))
    return 1;
  if (!g_str_equal (column_at (self, 0)->name, "kind"))
    return -1;

  samples = column_at (self, 0)->samples;
  for (i = 0; i < samples->len; i++)
    if (crm_model_find_kind (self->model, g_ptr_array_index (samples, i)) == NULL)
      return -1;

  return samples->len > 0 ? 0 : -1;
}

static gboolean
has_own_start (const CrmImportPlan *self)
{
  return find_own_kind (self) >= 0;
}

static const CrmField *
find_link (const CrmImportPlan *self, const CrmKind *kind, const char *name)
{
  const CrmField *field = crm_kind_find_field (kind, name);

  if (field == NULL && g_str_equal (self->kind, "relation"))
    field = crm_kind_find_field (crm_model_find_kind (self->model, "organisation"), name);

  return field != NULL && field->type == CRM_FIELD_LINK ? field : NULL;
}

/* Ids of records, and of what links point at. */
static Candidate
find_special (const CrmImportPlan *self,
              const CrmKind *kind,
              guint index,
              const CrmColumnCensus *census)
{
  const char *header = column_at (self, index)->name;
  Candidate candidate = { { CRM_TARGET_NONE, NULL }, 6 };

  if (in_list (UID_HEADERS, header) ||
      (census->n_ids * 2 > census->n_filled && in_list (ID_HEADERS, header)))
    candidate.target.role = CRM_TARGET_UID;
  else if (g_str_equal (header, "kind") &&
           ((int) index == find_own_kind (self) || g_str_equal (self->kind, "relation")))
    candidate.target.role = CRM_TARGET_KIND;
  else if (g_str_has_suffix (header, "_uid"))
    {
      g_autofree char *name = g_strndup (header, strlen (header) - strlen ("_uid"));
      const CrmField *field = find_link (self, kind, name);

      if (field != NULL)
        candidate.target = (CrmImportTarget) { CRM_TARGET_LINK_UID, field->name };
    }

  return candidate;
}

/* Persons and organisations in one file: a field that both have belongs to whom the row names. */
static Candidate
find_relation (const CrmImportPlan *self, const char *header)
{
  const CrmKind *person = crm_model_find_kind (self->model, "person");
  const CrmKind *organisation = crm_model_find_kind (self->model, "organisation");
  guint of_person, of_organisation;
  const CrmField *a = find_field (person, header, &of_person);
  const CrmField *b = find_field (organisation, header, &of_organisation);
  Candidate candidate = { { CRM_TARGET_FIELD, NULL }, MAX (of_person, of_organisation) };

  if (a != NULL && of_person >= of_organisation)
    candidate.target.field = a->name;
  else if (b != NULL)
    candidate.target.field = g_str_equal (b->name, "name") && !has_own_start (self) ? "organisation"
                                                                                    : b->name;

  return candidate;
}

static Candidate
find_target (const CrmImportPlan *self, guint index, const CrmColumnCensus *census)
{
  const char *kind_name = g_str_equal (self->kind, "relation") ? "person" : self->kind;
  const CrmKind *kind = crm_model_find_kind (self->model, kind_name);
  const char *header = column_at (self, index)->name;
  Candidate candidate = find_special (self, kind, index, census);
  const CrmField *field;

  if (candidate.target.role != CRM_TARGET_NONE)
    return candidate;

  if (g_str_equal (kind_name, "person") && in_list (FULL_NAME_HEADERS, header))
    return (Candidate) { { CRM_TARGET_FULL_NAME, NULL }, 4 };
  if (g_str_equal (self->kind, "relation"))
    candidate = find_relation (self, header);
  else
    {
      field = find_field (kind, header, &candidate.score);
      candidate.target = (CrmImportTarget) { CRM_TARGET_FIELD, field != NULL ? field->name : NULL };
    }

  if (candidate.target.field == NULL)
    candidate = (Candidate) { { CRM_TARGET_NONE, NULL }, 0 };

  return candidate;
}

/* "Naam": of a person or an organisation, whole or only the last part. */
static gboolean
is_plain_name (const CrmImportPlan *self, const char *header)
{
  return crm_import_plan_is_relation (self) && !g_str_equal (self->kind, "organisation") &&
         !has_own_start (self) && in_list ("naam|name|", header);
}

static gboolean
has_field (const CrmImportPlan *self, const char *field)
{
  return crm_import_plan_find (self, CRM_TARGET_FIELD, field) >= 0;
}

static CrmImportTarget
decide_plain_name (const CrmImportPlan *self, const CrmColumnCensus *census)
{
  gboolean has_parts = has_field (self, "given_name") || has_field (self, "initials") ||
                       has_field (self, "call_name") || has_field (self, "surname_prefix");
  gboolean has_full = has_field (self, "surname") ||
                      crm_import_plan_find (self, CRM_TARGET_FULL_NAME, NULL) >= 0;
  gboolean has_organisation = has_field (self, "organisation");

  if (has_full)
    return has_organisation ? (CrmImportTarget) { CRM_TARGET_NONE, NULL }
                            : (CrmImportTarget) { CRM_TARGET_FIELD, "organisation" };
  if (has_parts)
    return (CrmImportTarget) { CRM_TARGET_FIELD, "surname" };
  if (!has_organisation && g_str_equal (self->kind, "relation") &&
      (has_field (self, "chamber_number") || has_field (self, "vat_number") ||
       census->n_legal_forms * 2 > MIN (census->n_filled, 1000)))
    return (CrmImportTarget) { CRM_TARGET_FIELD, "organisation" };

  return (CrmImportTarget) { CRM_TARGET_FULL_NAME, NULL };
}

/* "Nr." after a street is the house, elsewhere the relation. */
static void
mend_house_number (CrmImportPlan *self, guint index)
{
  CrmImportColumn *column = column_at (self, index);
  gboolean after_street = index > 0 &&
                          g_strcmp0 (column_at (self, index - 1)->target.field, "street") == 0;
  CrmImportTarget target = { CRM_TARGET_FIELD, after_street ? "house_number" : "number" };

  if (in_list ("nr|no|", column->name) && !is_taken (self, &target))
    column->target = target;
}

static void
map_headers (CrmImportPlan *self, const GArray *census)
{
  g_autofree Candidate *candidates = g_new0 (Candidate, self->columns->len);
  guint score, i;

  for (i = 0; i < self->columns->len; i++)
    if (!is_plain_name (self, column_at (self, i)->name))
      candidates[i] = find_target (self, i, &g_array_index (census, CrmColumnCensus, i));

  /* The surest first, so that a weak likeness does not take another column's field. */
  for (score = 6; score > 0; score--)
    for (i = 0; i < self->columns->len; i++)
      if (candidates[i].score == score && !is_taken (self, &candidates[i].target))
        column_at (self, i)->target = candidates[i].target;

  for (i = 0; i < self->columns->len; i++)
    {
      CrmImportColumn *column = column_at (self, i);
      CrmImportTarget target;

      mend_house_number (self, i);
      if (!is_plain_name (self, column->name))
        continue;
      target = decide_plain_name (self, &g_array_index (census, CrmColumnCensus, i));
      if (!is_taken (self, &target))
        column->target = target;
    }
}

/* Without headers only what gives itself away is mapped. */
static void
map_values (CrmImportPlan *self, const GArray *census)
{
  guint i;

  for (i = 0; i < self->columns->len; i++)
    {
      const CrmColumnCensus *column = &g_array_index (census, CrmColumnCensus, i);
      CrmImportTarget target = { CRM_TARGET_FIELD, NULL };

      if (column->n_filled == 0)
        continue;
      if (column->n_ids * 2 > column->n_filled)
        target = (CrmImportTarget) { CRM_TARGET_UID, NULL };
      else if (!crm_import_plan_is_relation (self))
        continue;
      else if (column->n_emails * 2 > column->n_filled)
        target.field = "email";
      else if (column->n_postcodes * 2 > column->n_filled)
        target.field = "postcode";
      else if (column->n_legal_forms * 2 > MIN (column->n_filled, 1000))
        target.field = g_str_equal (self->kind, "organisation") ? "name" : "organisation";

      if ((target.field != NULL || target.role == CRM_TARGET_UID) && !is_taken (self, &target))
        column_at (self, i)->target = target;
    }
}

/* What the column "kind" of our own export says. */
static const char *
read_kind (const CrmImportPlan *self)
{
  const GPtrArray *samples = column_at (self, find_own_kind (self))->samples;
  const CrmKind *kind = samples->len > 0
                            ? crm_model_find_kind (self->model, g_ptr_array_index (samples, 0))
                            : NULL;

  return kind == NULL || crm_kind_is_relation (kind) ? "relation" : crm_kind_get_name (kind);
}

/* The kind that knows the most headers; a relation when two know as many. */
static const char *
guess_kind (const CrmImportPlan *self)
{
  const char *best = "relation";
  guint best_score = 0;
  guint i, j;

  if (has_own_start (self))
    return read_kind (self);

  for (j = 0; j < self->columns->len; j++)
    {
      Candidate candidate = find_relation (self, column_at (self, j)->name);

      best_score += candidate.score > 0 || in_list (FULL_NAME_HEADERS, column_at (self, j)->name);
    }

  for (i = 0; i < crm_model_get_n_kinds (self->model); i++)
    {
      const CrmKind *kind = crm_model_get_kind (self->model, i);
      guint found = 0;
      guint score;

      if (crm_kind_is_relation (kind) || crm_kind_is_system (kind))
        continue;
      for (j = 0; j < self->columns->len; j++)
        {
          find_field (kind, column_at (self, j)->name, &score);
          found += score > 0;
        }
      if (found > best_score)
        {
          best_score = found;
          best = crm_kind_get_name (kind);
        }
    }

  return best;
}

/* Our own exports name every column by its field. */
static gboolean
is_own (const CrmImportPlan *self)
{
  const CrmKind *person = crm_model_find_kind (self->model, "person");
  const CrmKind *kind = crm_model_find_kind (self->model, self->kind);
  guint i;

  if (self->format.header != CRM_HEADER_PRESENT || !has_own_start (self))
    return FALSE;

  for (i = find_own_kind (self) + 1; i < self->columns->len; i++)
    {
      const CrmImportColumn *column = column_at (self, i);

      if (column->target.role == CRM_TARGET_LINK_UID || column->target.role == CRM_TARGET_KIND)
        continue;
      if (crm_kind_find_field (kind != NULL ? kind : person, column->name) == NULL &&
          (kind != NULL || crm_kind_find_field (crm_model_find_kind (self->model, "organisation"),
                                                column->name) == NULL))
        return FALSE;
    }

  return TRUE;
}

static int
find_column (const CrmImportPlan *self, const char *name)
{
  g_autofree char *folded = crm_text_fold (name);
  guint64 number;
  guint i;

  for (i = 0; i < self->columns->len; i++)
    if (g_str_equal (column_at (self, i)->name, name))
      return i;
  for (i = 0; i < self->columns->len; i++)
    {
      g_autofree char *header = crm_text_fold (column_at (self, i)->name);

      if (g_str_equal (header, folded))
        return i;
    }
  if (g_ascii_string_to_unsigned (name, 10, 1, self->columns->len, &number, NULL))
    return number - 1;

  return -1;
}

static gboolean
parse_target (const CrmImportPlan *self, const char *name, CrmImportTarget *target)
{
  const CrmKind *kind = crm_model_find_kind (self->model,
                                             g_str_equal (self->kind, "relation") ? "person"
                                                                                  : self->kind);
  const CrmKind *organisation = crm_model_find_kind (self->model, "organisation");
  const CrmField *field = NULL;

  *target = (CrmImportTarget) { CRM_TARGET_FIELD, NULL };
  if (g_str_equal (name, "uid") || g_str_equal (name, "id"))
    target->role = CRM_TARGET_UID;
  else if (g_str_equal (name, "full_name") && g_str_equal (crm_kind_get_name (kind), "person"))
    target->role = CRM_TARGET_FULL_NAME;
  else if (g_str_has_prefix (name, "organisation.") && g_str_equal (self->kind, "relation"))
    {
      target->role = CRM_TARGET_EMPLOYER;
      field = crm_kind_find_field (organisation, name + strlen ("organisation."));
    }
  else
    {
      field = crm_kind_find_field (kind, name);
      if (field == NULL && g_str_equal (self->kind, "relation"))
        field = crm_kind_find_field (organisation, name);
    }

  if (field != NULL)
    target->field = field->name;

  return field != NULL || target->role == CRM_TARGET_UID || target->role == CRM_TARGET_FULL_NAME;
}

static char *
list_names (const CrmImportPlan *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint i;

  for (i = 0; i < self->columns->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", column_at (self, i)->name);

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static gboolean
map_by_hand (CrmImportPlan *self, const char *map, GError **error)
{
  const char *equals = strchr (map, '=');
  g_autofree char *name = g_strndup (map, equals != NULL ? (gsize) (equals - map) : strlen (map));
  g_autofree char *names = NULL;
  CrmImportTarget target;
  int column;

  if (equals == NULL || !parse_target (self, name, &target))
    {
      g_set_error (error,
                   CRM_EXCHANGE_ERROR,
                   CRM_EXCHANGE_ERROR_MAPPING,
                   equals == NULL ? "“%s” is no FIELD=COLUMN"
                                  : "there is no field “%s” to import a column into",
                   name);
      return FALSE;
    }

  if (equals[1] == '\0')
    {
      column = crm_import_plan_find (self, target.role, target.field);
      if (column >= 0)
        column_at (self, column)->target = (CrmImportTarget) { 0 };
      return TRUE;
    }

  column = find_column (self, equals + 1);
  if (column < 0)
    {
      names = list_names (self);
      g_set_error (error,
                   CRM_EXCHANGE_ERROR,
                   CRM_EXCHANGE_ERROR_MAPPING,
                   "the file has no column “%s”; it has: %s",
                   equals + 1,
                   names);
      return FALSE;
    }
  crm_import_plan_set_target (self, column, &target);

  return TRUE;
}

/* A later map that takes the field or the column of an earlier one would lose it in silence. */
static gboolean
is_kept (CrmImportPlan *self, const char *map, GError **error)
{
  const char *equals = strchr (map, '=');
  g_autofree char *name = g_strndup (map, equals - map);
  CrmImportTarget target;
  int column;

  if (equals[1] == '\0' || !parse_target (self, name, &target))
    return TRUE;
  column = find_column (self, equals + 1);
  if (column < 0 || crm_import_target_equal (&column_at (self, column)->target, &target))
    return TRUE;

  g_set_error (error,
               CRM_EXCHANGE_ERROR,
               CRM_EXCHANGE_ERROR_MAPPING,
               "“%s” cannot go with the other maps: each field has one column and each column one "
               "field",
               map);
  return FALSE;
}

gboolean
crm_import_plan_map (CrmImportPlan *self,
                     const GArray *census,
                     const char *kind,
                     const char *const *maps,
                     GError **error)
{
  const CrmKind *known = kind != NULL ? crm_model_find_kind (self->model, kind) : NULL;
  guint i;

  if (kind != NULL && !g_str_equal (kind, "relation") &&
      (known == NULL || crm_kind_is_system (known)))
    {
      g_set_error (error,
                   CRM_EXCHANGE_ERROR,
                   CRM_EXCHANGE_ERROR_MAPPING,
                   "there is no kind “%s”",
                   kind);
      return FALSE;
    }

  self->kind = g_strdup (kind != NULL                                ? kind
                         : self->format.header == CRM_HEADER_PRESENT ? guess_kind (self)
                                                                     : "relation");
  if (self->format.header == CRM_HEADER_PRESENT)
    map_headers (self, census);
  else
    map_values (self, census);
  self->own = is_own (self);

  for (i = 0; maps != NULL && maps[i] != NULL; i++)
    if (!map_by_hand (self, maps[i], error))
      return FALSE;
  for (i = 0; maps != NULL && maps[i] != NULL; i++)
    if (!is_kept (self, maps[i], error))
      return FALSE;

  return TRUE;
}
