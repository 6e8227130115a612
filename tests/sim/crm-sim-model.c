#include "crm-sim-model.h"

#include "store/query/crm-query.h"

/* Of a long list of differences nobody reads more. */
#define MAX_TOLD 4

typedef struct
{
  int refs;
  const char *kind; /* interned */
  GHashTable *values;
} Row;

struct _CrmSimModel
{
  int refs;
  GHashTable *rows; /* (element-type utf8 Row) */
};

static void
row_unref (gpointer data)
{
  Row *row = data;

  if (--row->refs > 0)
    return;

  g_hash_table_unref (row->values);
  g_free (row);
}

static Row *
row_new (const char *kind)
{
  Row *row = g_new0 (Row, 1);

  row->refs = 1;
  row->kind = g_intern_string (kind);
  row->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return row;
}

static Row *
row_copy (Row *row)
{
  Row *copy = row_new (row->kind);
  GHashTableIter iter;
  gpointer field, value;

  g_hash_table_iter_init (&iter, row->values);
  while (g_hash_table_iter_next (&iter, &field, &value))
    g_hash_table_insert (copy->values, g_strdup (field), g_strdup (value));

  return copy;
}

CrmSimModel *
crm_sim_model_new (void)
{
  CrmSimModel *self = g_new0 (CrmSimModel, 1);

  self->refs = 1;
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, row_unref);

  return self;
}

CrmSimModel *
crm_sim_model_copy (CrmSimModel *self)
{
  CrmSimModel *copy = crm_sim_model_new ();
  GHashTableIter iter;
  gpointer id, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    {
      ((Row *) row)->refs++;
      g_hash_table_insert (copy->rows, g_strdup (id), row);
    }

  return copy;
}

CrmSimModel *
crm_sim_model_ref (CrmSimModel *self)
{
  self->refs++;

  return self;
}

void
crm_sim_model_free (CrmSimModel *self)
{
  if (--self->refs > 0)
    return;

  g_hash_table_unref (self->rows);
  g_free (self);
}

/* One that no copy shares. */
static Row *
own_row (CrmSimModel *self, const char *kind, const char *id)
{
  Row *row = g_hash_table_lookup (self->rows, id);

  if (row != NULL && row->refs == 1)
    return row;

  row = row != NULL ? row_copy (row) : row_new (kind);
  g_hash_table_insert (self->rows, g_strdup (id), row);

  return row;
}

void
crm_sim_model_touch (CrmSimModel *self, const char *kind, const char *id)
{
  own_row (self, kind, id);
}

void
crm_sim_model_set (CrmSimModel *self,
                   const char *kind,
                   const char *id,
                   const char *field,
                   const char *value)
{
  Row *row = own_row (self, kind, id);

  if (value == NULL)
    g_hash_table_remove (row->values, field);
  else
    g_hash_table_insert (row->values, g_strdup (field), g_strdup (value));
}

void
crm_sim_model_remove (CrmSimModel *self, const char *id)
{
  g_hash_table_remove (self->rows, id);
}

gboolean
crm_sim_model_has (CrmSimModel *self, const char *id)
{
  return g_hash_table_contains (self->rows, id);
}

const char *
crm_sim_model_get (CrmSimModel *self, const char *id, const char *field)
{
  Row *row = g_hash_table_lookup (self->rows, id);

  return row != NULL ? g_hash_table_lookup (row->values, field) : NULL;
}

void
crm_sim_model_overlay (CrmSimModel *self, CrmSimModel *other)
{
  GHashTableIter iter;
  gpointer id, row;

  g_hash_table_iter_init (&iter, other->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    {
      ((Row *) row)->refs++;
      g_hash_table_insert (self->rows, g_strdup (id), row);
    }
}

CrmSimModel *
crm_sim_model_steal_kind (CrmSimModel *self, const char *kind)
{
  CrmSimModel *stolen = crm_sim_model_new ();
  GHashTableIter iter;
  gpointer id, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    if (g_str_equal (((Row *) row)->kind, kind))
      {
        g_hash_table_iter_steal (&iter);
        g_hash_table_insert (stolen->rows, id, row);
      }

  return stolen;
}

guint
crm_sim_model_get_n (CrmSimModel *self)
{
  return g_hash_table_size (self->rows);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
crm_sim_model_list_ids (CrmSimModel *self, const char *kind)
{
  GPtrArray *ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    if (g_str_equal (((Row *) row)->kind, kind))
      g_ptr_array_add (ids, id);
  g_ptr_array_sort (ids, compare_ids);

  return ids;
}

static gboolean
add_record (CrmRecord *record, gpointer data)
{
  CrmSimModel *self = data;
  const CrmKind *kind = crm_record_get_kind (record);
  const char *id = crm_record_get_id (record);

  crm_sim_model_touch (self, crm_kind_get_name (kind), id);
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    crm_sim_model_set (self,
                       crm_kind_get_name (kind),
                       id,
                       crm_kind_get_field (kind, i)->name,
                       crm_record_get_at (record, i));

  return TRUE;
}

CrmSimModel *
crm_sim_model_new_from_replica (CrmReplica *replica, GError **error)
{
  CrmModel *model = crm_replica_get_model (replica);
  g_autoptr (CrmSimModel) self = crm_sim_model_new ();

  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    {
      const char *kind = crm_kind_get_name (crm_model_get_kind (model, i));
      g_autoptr (CrmQuery) query = crm_query_new (kind);

      if (!crm_replica_each (replica, query, 0, add_record, self, NULL, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

/* "surname: is “Bos”, should be nothing" for each field that differs. */
static void
tell_fields (GString *text, const char *id, Row *is, Row *should)
{
  g_autoptr (GList) fields = g_hash_table_get_keys (is->values);
  g_autoptr (GHashTable) all = g_hash_table_new (g_str_hash, g_str_equal);

  fields = g_list_concat (fields, g_hash_table_get_keys (should->values));
  fields = g_list_sort (fields, (GCompareFunc) g_strcmp0);
  for (GList *l = fields; l != NULL; l = l->next)
    {
      const char *value = g_hash_table_lookup (is->values, l->data);
      const char *expected = g_hash_table_lookup (should->values, l->data);

      if (!g_hash_table_add (all, l->data) || g_strcmp0 (value, expected) == 0)
        continue;
      g_string_append_printf (text,
                              "%s %s: %s is “%.60s”, should be “%.60s”; ",
                              is->kind,
                              id,
                              (char *) l->data,
                              value != NULL ? value : "",
                              expected != NULL ? expected : "");
    }
}

static gboolean
is_same_row (Row *row, Row *other)
{
  GHashTableIter iter;
  gpointer field, value;

  if (row == other)
    return TRUE;
  if (row->kind != other->kind ||
      g_hash_table_size (row->values) != g_hash_table_size (other->values))
    return FALSE;

  g_hash_table_iter_init (&iter, row->values);
  while (g_hash_table_iter_next (&iter, &field, &value))
    if (g_strcmp0 (value, g_hash_table_lookup (other->values, field)) != 0)
      return FALSE;

  return TRUE;
}

char *
crm_sim_model_dup_difference (CrmSimModel *self, CrmSimModel *other)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GList) ids = g_hash_table_get_keys (self->rows);
  guint n_told = 0;

  ids = g_list_sort (g_list_concat (ids, g_hash_table_get_keys (other->rows)),
                     (GCompareFunc) g_strcmp0);
  for (GList *l = ids; l != NULL && n_told < MAX_TOLD; l = l->next)
    {
      Row *row = g_hash_table_lookup (self->rows, l->data);
      Row *expected = g_hash_table_lookup (other->rows, l->data);

      if (l->next != NULL && g_str_equal (l->data, l->next->data))
        continue;
      if (row != NULL && expected != NULL && is_same_row (row, expected))
        continue;

      n_told++;
      if (row == NULL || expected == NULL)
        g_string_append_printf (text,
                                "%s %s should %sbe there; ",
                                (row != NULL ? row : expected)->kind,
                                (char *) l->data,
                                expected == NULL ? "not " : "");
      else
        tell_fields (text, l->data, row, expected);
    }

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static void
tell_row (const char *id, Row *row, Row *other, CrmSimDifference func, gpointer data)
{
  GHashTableIter iter;
  gpointer field, value;

  g_hash_table_iter_init (&iter, other->values);
  while (g_hash_table_iter_next (&iter, &field, &value))
    if (row == NULL || g_strcmp0 (g_hash_table_lookup (row->values, field), value) != 0)
      func (id, field, value, data);
  if (row == NULL)
    return;

  g_hash_table_iter_init (&iter, row->values);
  while (g_hash_table_iter_next (&iter, &field, NULL))
    if (!g_hash_table_contains (other->values, field))
      func (id, field, NULL, data);
}

void
crm_sim_model_foreach_difference (CrmSimModel *self,
                                  CrmSimModel *other,
                                  CrmSimDifference func,
                                  gpointer data)
{
  GHashTableIter iter;
  gpointer id, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    if (!g_hash_table_contains (other->rows, id))
      func (id, "", NULL, data);

  g_hash_table_iter_init (&iter, other->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    {
      Row *was = g_hash_table_lookup (self->rows, id);

      if (was == row)
        continue;
      if (was == NULL)
        func (id, "", "here", data);
      tell_row (id, was, row, func, data);
    }
}
