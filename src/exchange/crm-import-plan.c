#include "exchange/crm-import-plan-private.h"

static void
column_free (gpointer data)
{
  CrmImportColumn *column = data;

  g_free (column->name);
  g_clear_pointer (&column->samples, g_ptr_array_unref);
  g_free (column);
}

static gpointer
column_copy (gconstpointer source, gpointer user_data)
{
  const CrmImportColumn *column = source;
  CrmImportColumn *copy = g_new (CrmImportColumn, 1);

  *copy = *column;
  copy->name = g_strdup (column->name);
  copy->samples = g_ptr_array_copy (column->samples, (GCopyFunc) (void (*) (void)) g_strdup, NULL);
  g_ptr_array_set_free_func (copy->samples, g_free);

  return copy;
}

CrmImportPlan *
crm_import_plan_new (CrmModel *model,
                     GFile *file,
                     const CrmImportOptions *options,
                     GCancellable *cancellable,
                     GError **error)
{
  static const CrmImportOptions defaults = { 0 };
  g_autoptr (CrmImportPlan) self = NULL;
  g_autoptr (GArray) census = NULL;

  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (options == NULL)
    options = &defaults;

  self = g_new0 (CrmImportPlan, 1);
  self->model = crm_model_ref (model);
  self->file = g_object_ref (file);
  self->columns = g_ptr_array_new_with_free_func (column_free);
  census = g_array_new (FALSE, TRUE, sizeof (CrmColumnCensus));

  if (!crm_csv_format_detect (file, &options->format, &self->format, cancellable, error) ||
      !crm_import_plan_scan (self, census, cancellable, error) ||
      !crm_import_plan_map (self, census, options->kind, options->maps, error))
    return NULL;

  return g_steal_pointer (&self);
}

CrmImportPlan *
crm_import_plan_copy (const CrmImportPlan *self)
{
  CrmImportPlan *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (CrmImportPlan, 1);
  *copy = *self;
  copy->model = crm_model_ref (self->model);
  copy->file = g_object_ref (self->file);
  copy->kind = g_strdup (self->kind);
  copy->columns = g_ptr_array_copy (self->columns, (GCopyFunc) column_copy, NULL);
  g_ptr_array_set_free_func (copy->columns, column_free);

  return copy;
}

void
crm_import_plan_free (CrmImportPlan *self)
{
  if (self == NULL)
    return;

  crm_model_unref (self->model);
  g_object_unref (self->file);
  g_free (self->kind);
  g_ptr_array_unref (self->columns);
  g_free (self);
}

GFile *
crm_import_plan_get_file (const CrmImportPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->file;
}

CrmModel *
crm_import_plan_get_model (const CrmImportPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->model;
}

const char *
crm_import_plan_get_kind (const CrmImportPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->kind;
}

const CrmCsvFormat *
crm_import_plan_get_format (const CrmImportPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->format;
}

guint64
crm_import_plan_get_n_rows (const CrmImportPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

guint
crm_import_plan_get_n_columns (const CrmImportPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->columns->len;
}

const CrmImportColumn *
crm_import_plan_get_column (const CrmImportPlan *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->columns->len, NULL);

  return g_ptr_array_index (self->columns, index);
}

gboolean
crm_import_plan_is_own (const CrmImportPlan *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->own;
}

gboolean
crm_import_plan_is_relation (const CrmImportPlan *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_str_equal (self->kind, "relation") || g_str_equal (self->kind, "person") ||
         g_str_equal (self->kind, "organisation");
}

gboolean
crm_import_target_equal (const CrmImportTarget *a, const CrmImportTarget *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->role == b->role && g_strcmp0 (a->field, b->field) == 0;
}

int
crm_import_plan_find (const CrmImportPlan *self, CrmTargetRole role, const char *field)
{
  CrmImportTarget target = { role, field };
  guint i;

  g_return_val_if_fail (self != NULL, -1);

  for (i = 0; i < self->columns->len; i++)
    {
      const CrmImportColumn *column = g_ptr_array_index (self->columns, i);

      if (crm_import_target_equal (&column->target, &target))
        return i;
    }

  return -1;
}

void
crm_import_plan_set_target (CrmImportPlan *self, guint column, const CrmImportTarget *target)
{
  int holder;

  g_return_if_fail (self != NULL && column < self->columns->len);
  g_return_if_fail (target != NULL);

  holder = crm_import_plan_find (self, target->role, target->field);
  if (holder >= 0)
    ((CrmImportColumn *) g_ptr_array_index (self->columns, holder))->target = (CrmImportTarget) {
      0
    };
  ((CrmImportColumn *) g_ptr_array_index (self->columns, column))->target = *target;
}

void
crm_import_plan_set_date_order (CrmImportPlan *self, guint column, CrmDateOrder order)
{
  g_return_if_fail (self != NULL && column < self->columns->len);

  ((CrmImportColumn *) g_ptr_array_index (self->columns, column))->date_order = order;
}

static void
list_fields (const CrmKind *kind, const CrmKind *except, CrmTargetRole role, GArray *targets)
{
  guint i;

  for (i = 0; kind != NULL && i < crm_kind_get_n_fields (kind); i++)
    {
      CrmImportTarget target = { role, crm_kind_get_field (kind, i)->name };

      if (except == NULL || crm_kind_find_field (except, target.field) == NULL)
        g_array_append_val (targets, target);
    }
}

GArray *
crm_import_plan_list_targets (const CrmImportPlan *self)
{
  g_autoptr (GArray) targets = NULL;
  const CrmKind *person;
  CrmImportTarget special = { CRM_TARGET_NONE, NULL };

  g_return_val_if_fail (self != NULL, NULL);

  targets = g_array_new (FALSE, TRUE, sizeof (CrmImportTarget));
  g_array_append_val (targets, special);
  special.role = CRM_TARGET_UID;
  g_array_append_val (targets, special);

  if (!g_str_equal (self->kind, "relation"))
    {
      if (g_str_equal (self->kind, "person"))
        {
          special.role = CRM_TARGET_FULL_NAME;
          g_array_append_val (targets, special);
        }
      list_fields (crm_model_find_kind (self->model, self->kind), NULL, CRM_TARGET_FIELD, targets);
      return g_steal_pointer (&targets);
    }

  special.role = CRM_TARGET_FULL_NAME;
  g_array_append_val (targets, special);
  person = crm_model_find_kind (self->model, "person");
  list_fields (person, NULL, CRM_TARGET_FIELD, targets);
  list_fields (crm_model_find_kind (self->model, "organisation"),
               person,
               CRM_TARGET_FIELD,
               targets);
  list_fields (crm_model_find_kind (self->model, "organisation"),
               NULL,
               CRM_TARGET_EMPLOYER,
               targets);

  return g_steal_pointer (&targets);
}
