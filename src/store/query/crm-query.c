#include "store/query/crm-query-private.h"

#include "base/crm-text.h"

CrmQuery *
crm_query_new (const char *kinds)
{
  CrmQuery *self;

  g_return_val_if_fail (kinds != NULL, NULL);

  self = g_new0 (CrmQuery, 1);
  self->kinds = g_strdup (g_str_equal (kinds, "relation") ? "person|organisation" : kinds);

  return self;
}

CrmQuery *
crm_query_copy (const CrmQuery *self)
{
  CrmQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = crm_query_new (self->kinds);
  crm_query_set_where (copy, self->where);
  crm_query_set_text (copy, self->text);
  crm_query_set_sort (copy, self->sort, self->descending);

  return copy;
}

const char *
crm_query_get_kinds (const CrmQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->kinds;
}

void
crm_query_free (CrmQuery *self)
{
  if (self == NULL)
    return;

  g_free (self->kinds);
  g_clear_pointer (&self->where, crm_expr_free);
  g_free (self->text);
  g_free (self->sort);
  g_free (self);
}

void
crm_query_set_where (CrmQuery *self, const CrmExpr *where)
{
  CrmExpr *copy;

  g_return_if_fail (self != NULL);

  copy = where != NULL ? crm_expr_copy (where) : NULL;
  g_clear_pointer (&self->where, crm_expr_free);
  self->where = copy;
}

void
crm_query_set_text (CrmQuery *self, const char *text)
{
  g_return_if_fail (self != NULL);

  g_set_str (&self->text, crm_text_is_empty (text) ? NULL : text);
}

void
crm_query_set_sort (CrmQuery *self, const char *field, gboolean descending)
{
  g_return_if_fail (self != NULL);

  g_set_str (&self->sort, field);
  self->descending = !!descending;
}

static gboolean
equal_where (const CrmExpr *a, const CrmExpr *b)
{
  g_autofree char *text_a = a != NULL ? crm_expr_to_string (a) : NULL;
  g_autofree char *text_b = b != NULL ? crm_expr_to_string (b) : NULL;

  return g_strcmp0 (text_a, text_b) == 0;
}

gboolean
crm_query_equal (const CrmQuery *a, const CrmQuery *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  return g_str_equal (a->kinds, b->kinds) && g_strcmp0 (a->text, b->text) == 0 &&
         g_strcmp0 (a->sort, b->sort) == 0 && a->descending == b->descending &&
         equal_where (a->where, b->where);
}

static gboolean
has_link (const CrmKind *kind, const CrmKind *to)
{
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);

      if (field->type == CRM_FIELD_LINK && crm_field_targets (field, crm_kind_get_name (to)))
        return TRUE;
    }

  return FALSE;
}

/* What a row shows: the record, the title of what it points at, and how many relations point at it.
 */
static guint
get_shown_mask (const CrmKind *kind, const CrmModel *model)
{
  guint mask = 1u << crm_kind_get_number (kind);

  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    {
      const CrmKind *other = crm_model_get_kind (model, i);

      if (has_link (kind, other) || (crm_kind_is_relation (other) && has_link (other, kind)))
        mask |= 1u << crm_kind_get_number (other);
    }

  return mask;
}

guint
crm_query_get_kinds_mask (const CrmQuery *self, const CrmModel *model)
{
  g_auto (GStrv) names = g_strsplit (self->kinds, "|", -1);
  guint mask = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      const CrmKind *kind = crm_model_find_kind (model, names[i]);

      if (kind != NULL)
        mask |= get_shown_mask (kind, model);
    }

  return mask;
}
