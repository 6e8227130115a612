#include "ui/relations/crm-filter.h"

struct _CrmFilter
{
  GArray *terms; /* of CrmFilterTerm */
};

static void
clear_term (gpointer data)
{
  CrmFilterTerm *term = data;

  g_free (term->value);
}

/* A month is 30.44 days: people who say "six months" mean about that. */
static guint
count_days (const CrmFilterTerm *term)
{
  switch (term->unit)
    {
    case CRM_FILTER_WEEKS:
      return term->amount * 7;

    case CRM_FILTER_MONTHS:
      return (term->amount * 3044 + 50) / 100;

    case CRM_FILTER_DAYS:
    default:
      return term->amount;
    }
}

static char *
dup_quoted (const CrmFilterTerm *term)
{
  g_autoptr (GString) text = g_string_new (term->value);

  if (term->field->type == CRM_FIELD_NUMBER || term->field->type == CRM_FIELD_MONEY ||
      term->field->type == CRM_FIELD_DATE)
    return g_string_free_and_steal (g_steal_pointer (&text));
  /* A time is filtered by its day. */
  if (term->field->type == CRM_FIELD_TIME)
    {
      g_string_truncate (text, MIN (text->len, strlen ("2026-03-01")));
      return g_string_free_and_steal (g_steal_pointer (&text));
    }

  g_string_replace (text, "\\", "\\\\", 0);
  g_string_replace (text, "\"", "\\\"", 0);
  g_string_prepend_c (text, '"');
  g_string_append_c (text, '"');

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* A link is compared by the name of what it points at. */
static char *
dup_path (const CrmField *field)
{
  return field->type == CRM_FIELD_LINK ? g_strconcat (field->name, ".name", NULL)
                                       : g_strdup (field->name);
}

static char *
dup_term (const CrmFilterTerm *term)
{
  g_autofree char *path = dup_path (term->field);
  g_autofree char *value = crm_filter_op_takes_value (term->op) ? dup_quoted (term) : NULL;

  if (term->field->type == CRM_FIELD_BOOL)
    return g_strdup_printf (term->op == CRM_FILTER_IS ? "%s = true" : "not %s = true", path);

  switch (term->op)
    {
    case CRM_FILTER_CONTAINS:
      return g_strdup_printf ("%s ~ %s", path, value);

    case CRM_FILTER_IS:
      return g_strdup_printf ("%s = %s", path, value);

    case CRM_FILTER_IS_NOT:
      return g_strdup_printf ("not %s = %s", path, value);

    case CRM_FILTER_EMPTY:
      return g_strdup_printf ("%s = \"\"", term->field->name);

    case CRM_FILTER_FILLED:
      return g_strdup_printf ("%s != \"\"", term->field->name);

    case CRM_FILTER_LESS:
    case CRM_FILTER_BEFORE:
      return g_strdup_printf ("%s < %s", path, value);

    case CRM_FILTER_MORE:
      return g_strdup_printf ("%s > %s", path, value);

    case CRM_FILTER_SINCE:
      return g_strdup_printf ("%s >= %s", path, value);

    case CRM_FILTER_WITHIN:
      return g_strdup_printf ("%s >= today-%u", path, count_days (term));

    case CRM_FILTER_LONGER_AGO:
      return g_strdup_printf ("(%s < today-%u or %s = \"\")", path, count_days (term), path);

    case CRM_FILTER_N_OPS:
    default:
      g_assert_not_reached ();
    }
}

CrmFilter *
crm_filter_new (void)
{
  CrmFilter *self = g_new0 (CrmFilter, 1);

  self->terms = g_array_new (FALSE, FALSE, sizeof (CrmFilterTerm));
  g_array_set_clear_func (self->terms, clear_term);

  return self;
}

CrmFilter *
crm_filter_copy (const CrmFilter *self)
{
  CrmFilter *copy = crm_filter_new ();

  g_return_val_if_fail (self != NULL, copy);

  for (guint i = 0; i < self->terms->len; i++)
    crm_filter_add (copy, crm_filter_get_term (self, i));

  return copy;
}

void
crm_filter_free (CrmFilter *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->terms);
  g_free (self);
}

guint
crm_filter_get_n_terms (const CrmFilter *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->terms->len;
}

const CrmFilterTerm *
crm_filter_get_term (const CrmFilter *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->terms->len, NULL);

  return &g_array_index (self->terms, CrmFilterTerm, index);
}

void
crm_filter_add (CrmFilter *self, const CrmFilterTerm *term)
{
  CrmFilterTerm copy;

  g_return_if_fail (self != NULL);
  g_return_if_fail (term != NULL && term->field != NULL);

  copy = *term;
  copy.value = g_strdup (term->value);
  g_array_append_val (self->terms, copy);
}

gboolean
crm_filter_term_is_complete (const CrmFilterTerm *term)
{
  g_return_val_if_fail (term != NULL, FALSE);

  if (term->field->type == CRM_FIELD_BOOL || term->op == CRM_FILTER_EMPTY ||
      term->op == CRM_FILTER_FILLED)
    return TRUE;
  if (crm_filter_op_takes_amount (term->op))
    return term->amount > 0;

  return term->value != NULL && term->value[0] != '\0';
}

CrmExpr *
crm_filter_to_expr (const CrmFilter *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  CrmExpr *expr;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->terms->len; i++)
    {
      const CrmFilterTerm *term = crm_filter_get_term (self, i);
      g_autofree char *part = crm_filter_term_is_complete (term) ? dup_term (term) : NULL;

      if (part == NULL)
        continue;
      if (text->len > 0)
        g_string_append (text, " and ");
      g_string_append (text, part);
    }
  if (text->len == 0)
    return NULL;

  expr = crm_expr_parse (text->str, &error);
  if (expr == NULL)
    g_warning ("The filter “%s” is not understood: %s", text->str, error->message);

  return expr;
}

GPtrArray *
crm_filter_list_fields (const CrmModel *model)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *fields = g_ptr_array_new ();

  g_return_val_if_fail (model != NULL, fields);

  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    {
      const CrmKind *kind = crm_model_get_kind (model, i);

      for (guint j = 0; crm_kind_is_relation (kind) && j < crm_kind_get_n_fields (kind); j++)
        {
          const CrmField *field = crm_kind_get_field (kind, j);

          if (field->section != CRM_SECTION_HIDDEN &&
              g_hash_table_add (seen, (gpointer) field->name))
            g_ptr_array_add (fields, (gpointer) field);
        }
    }

  return fields;
}
