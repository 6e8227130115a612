#include "model/crm-kind.h"

#include "model/crm-kinds-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _CrmKind
{
  const CrmKindData *data;
  /* The description and, at the end, fields that were added to this model. */
  CrmField *fields;
  guint n_fields;
  /* Name (of the field) to index + 1. */
  GHashTable *indices;
};

struct _CrmModel
{
  gatomicrefcount ref_count;
  CrmKind *kinds;
  guint n_kinds;
};

const char *
crm_kind_get_name (const CrmKind *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  return kind->data->name;
}

const char *
crm_kind_get_label (const CrmKind *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  return g_dgettext (GETTEXT_PACKAGE, kind->data->label);
}

const char *
crm_kind_get_plural (const CrmKind *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  return g_dgettext (GETTEXT_PACKAGE, kind->data->plural);
}

const char *
crm_kind_get_icon (const CrmKind *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  return kind->data->icon;
}

gboolean
crm_kind_is_relation (const CrmKind *kind)
{
  g_return_val_if_fail (kind != NULL, FALSE);

  return kind->data->relation;
}

gboolean
crm_kind_is_system (const CrmKind *kind)
{
  g_return_val_if_fail (kind != NULL, FALSE);

  return kind->data->system;
}

guint
crm_kind_get_number (const CrmKind *kind)
{
  g_return_val_if_fail (kind != NULL, 0);

  return kind->data->number;
}

guint
crm_kind_get_n_fields (const CrmKind *kind)
{
  g_return_val_if_fail (kind != NULL, 0);

  return kind->n_fields;
}

const CrmField *
crm_kind_get_field (const CrmKind *kind, guint index)
{
  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (index < kind->n_fields, NULL);

  return &kind->fields[index];
}

int
crm_kind_find_index (const CrmKind *kind, const char *name)
{
  g_return_val_if_fail (kind != NULL, -1);

  if (name == NULL)
    return -1;

  return GPOINTER_TO_INT (g_hash_table_lookup (kind->indices, name)) - 1;
}

const CrmField *
crm_kind_find_field (const CrmKind *kind, const char *name)
{
  const int index = crm_kind_find_index (kind, name);

  return index < 0 ? NULL : &kind->fields[index];
}

const CrmField *
crm_kind_find_header (const CrmKind *kind, const char *header)
{
  CrmFieldMatch best = CRM_FIELD_MATCH_NONE;
  const CrmField *found = NULL;

  g_return_val_if_fail (kind != NULL, NULL);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const CrmFieldMatch match = crm_field_match_header (&kind->fields[i], header);

      if (match > best)
        {
          best = match;
          found = &kind->fields[i];
        }
    }

  return found;
}

static void
init_kind (CrmKind *kind,
           const CrmKindData *data,
           const CrmField *fields,
           guint n,
           const CrmField *more)
{
  kind->data = data;
  kind->n_fields = n + (more != NULL ? 1 : 0);
  kind->fields = g_new (CrmField, kind->n_fields);
  memcpy (kind->fields, fields, n * sizeof *fields);
  if (more != NULL)
    kind->fields[n] = *more;

  kind->indices = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < kind->n_fields; i++)
    g_hash_table_insert (kind->indices, (char *) kind->fields[i].name, GINT_TO_POINTER (i + 1));
}

static CrmModel *
new_model (guint n_kinds)
{
  CrmModel *model = g_new0 (CrmModel, 1);

  g_atomic_ref_count_init (&model->ref_count);
  model->n_kinds = n_kinds;
  model->kinds = g_new0 (CrmKind, n_kinds);

  return model;
}

CrmModel *
crm_model_get_default (void)
{
  static CrmModel *model;

  if (g_once_init_enter_pointer (&model))
    {
      CrmModel *made = new_model (crm_kinds_n_data);

      for (guint i = 0; i < crm_kinds_n_data; i++)
        init_kind (&made->kinds[i],
                   &crm_kinds_data[i],
                   crm_kinds_data[i].fields,
                   (guint) crm_kinds_data[i].n_fields,
                   NULL);
      g_once_init_leave_pointer (&model, made);
    }

  return model;
}

static gboolean
is_free (const CrmKind *kind, const CrmField *field)
{
  for (guint i = 0; i < kind->n_fields; i++)
    if (kind->fields[i].number == field->number || strcmp (kind->fields[i].name, field->name) == 0)
      return FALSE;

  return TRUE;
}

CrmModel *
crm_model_new_with_field (const CrmModel *base, const char *kind_name, const CrmField *field)
{
  const CrmKind *kind;
  CrmModel *model;

  g_return_val_if_fail (base != NULL, NULL);
  g_return_val_if_fail (field != NULL && field->name != NULL && field->label != NULL, NULL);
  kind = crm_model_find_kind (base, kind_name);
  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (is_free (kind, field), NULL);

  model = new_model (base->n_kinds);
  for (guint i = 0; i < base->n_kinds; i++)
    init_kind (&model->kinds[i],
               base->kinds[i].data,
               base->kinds[i].fields,
               base->kinds[i].n_fields,
               &base->kinds[i] == kind ? field : NULL);

  return model;
}

CrmModel *
crm_model_ref (CrmModel *model)
{
  g_return_val_if_fail (model != NULL, NULL);

  g_atomic_ref_count_inc (&model->ref_count);

  return model;
}

void
crm_model_unref (CrmModel *model)
{
  g_return_if_fail (model != NULL);

  if (!g_atomic_ref_count_dec (&model->ref_count))
    return;

  for (guint i = 0; i < model->n_kinds; i++)
    {
      g_free (model->kinds[i].fields);
      g_hash_table_unref (model->kinds[i].indices);
    }
  g_free (model->kinds);
  g_free (model);
}

guint
crm_model_get_n_kinds (const CrmModel *model)
{
  g_return_val_if_fail (model != NULL, 0);

  return model->n_kinds;
}

const CrmKind *
crm_model_get_kind (const CrmModel *model, guint index)
{
  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (index < model->n_kinds, NULL);

  return &model->kinds[index];
}

const CrmKind *
crm_model_find_kind (const CrmModel *model, const char *name)
{
  g_return_val_if_fail (model != NULL, NULL);

  for (guint i = 0; i < model->n_kinds; i++)
    if (g_strcmp0 (model->kinds[i].data->name, name) == 0)
      return &model->kinds[i];

  return NULL;
}

const CrmKind *
crm_model_find_kind_by_number (const CrmModel *model, guint number)
{
  g_return_val_if_fail (model != NULL, NULL);

  for (guint i = 0; i < model->n_kinds; i++)
    if (model->kinds[i].data->number == number)
      return &model->kinds[i];

  return NULL;
}
