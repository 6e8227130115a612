#include "exchange/crm-export.h"

#include "exchange/crm-csv-writer.h"
#include "model/crm-record.h"

#include <string.h>

/* A column of the file: a field by name, of any of the kinds. */
typedef struct
{
  const char *name;
  gboolean link;
} Column;

typedef struct
{
  CrmReplica *replica;
  CrmCsvWriter *writer;
  GArray *columns;
  GHashTable *titles; /* id of a linked record to its name */
  CrmProgress *progress;
  guint64 done;
  guint64 total;
  GCancellable *cancellable;
  GError *error;
} Export;

/* As many names are remembered as there are employers in a large file; then it starts again. */
#define TITLES_MAX 50000

static void
add_column (GArray *columns, const CrmField *field)
{
  Column column = { field->name, field->type == CRM_FIELD_LINK };
  guint i;

  for (i = 0; i < columns->len; i++)
    if (g_str_equal (g_array_index (columns, Column, i).name, field->name))
      return;

  g_array_append_val (columns, column);
}

static gboolean
add_named (GArray *columns, const CrmModel *model, char **kinds, const char *name, GError **error)
{
  guint i;

  for (i = 0; kinds[i] != NULL; i++)
    {
      const CrmField *field = crm_kind_find_field (crm_model_find_kind (model, kinds[i]), name);

      if (field == NULL)
        continue;
      add_column (columns, field);
      return TRUE;
    }

  g_set_error (error,
               CRM_EXCHANGE_ERROR,
               CRM_EXCHANGE_ERROR_MAPPING,
               "there is no field “%s” to export",
               name);

  return FALSE;
}

static gboolean
choose_columns (Export *self, char **kinds, const char *const *fields, GError **error)
{
  const CrmModel *model = crm_replica_get_model (self->replica);
  guint i, j;

  for (i = 0; kinds[i] != NULL; i++)
    {
      const CrmKind *kind = crm_model_find_kind (model, kinds[i]);

      if (kind != NULL && !crm_kind_is_system (kind))
        continue;

      g_set_error (error,
                   CRM_EXCHANGE_ERROR,
                   CRM_EXCHANGE_ERROR_MAPPING,
                   "there is no kind “%s”",
                   kinds[i]);
      return FALSE;
    }

  for (; fields != NULL && *fields != NULL; fields++)
    if (!g_str_equal (*fields, "uid") && !add_named (self->columns, model, kinds, *fields, error))
      return FALSE;
  if (self->columns->len > 0)
    return TRUE;

  for (i = 0; kinds[i] != NULL; i++)
    {
      const CrmKind *kind = crm_model_find_kind (model, kinds[i]);

      for (j = 0; j < crm_kind_get_n_fields (kind); j++)
        add_column (self->columns, crm_kind_get_field (kind, j));
    }

  return TRUE;
}

static gboolean
write_header (Export *self, GError **error)
{
  guint i;

  crm_csv_writer_add (self->writer, "uid");
  crm_csv_writer_add (self->writer, "kind");
  for (i = 0; i < self->columns->len; i++)
    {
      const Column *column = &g_array_index (self->columns, Column, i);

      crm_csv_writer_add (self->writer, column->name);
      if (column->link)
        {
          g_autofree char *uid = g_strconcat (column->name, "_uid", NULL);

          crm_csv_writer_add (self->writer, uid);
        }
    }

  return crm_csv_writer_end_row (self->writer, self->cancellable, error);
}

/* The name of what a link points at; NULL when it points at nothing (any more). */
static const char *
find_title (Export *self, const char *id)
{
  g_autoptr (CrmRecord) record = NULL;
  gpointer title;

  if (g_hash_table_lookup_extended (self->titles, id, NULL, &title))
    return title;

  if (g_hash_table_size (self->titles) >= TITLES_MAX)
    g_hash_table_remove_all (self->titles);
  record = crm_replica_find (self->replica, id);
  title = record != NULL ? crm_record_dup_title (record) : NULL;
  g_hash_table_insert (self->titles, g_strdup (id), title);

  return title;
}

static gboolean
write_record (CrmRecord *record, gpointer user_data)
{
  Export *self = user_data;
  guint i;

  crm_csv_writer_add (self->writer, crm_record_get_id (record));
  crm_csv_writer_add (self->writer, crm_kind_get_name (crm_record_get_kind (record)));
  for (i = 0; i < self->columns->len; i++)
    {
      const Column *column = &g_array_index (self->columns, Column, i);
      const char *value = crm_record_peek (record, column->name);

      crm_csv_writer_add (self->writer,
                          column->link && value != NULL ? find_title (self, value) : value);
      if (column->link)
        crm_csv_writer_add (self->writer, value);
    }
  self->done++;
  crm_progress_set (self->progress, self->done, MAX (self->total, self->done));

  return crm_csv_writer_end_row (self->writer, self->cancellable, &self->error) &&
         !g_cancellable_set_error_if_cancelled (self->cancellable, &self->error);
}

static gboolean
write_found (Export *self, const CrmQuery *query, GError **error)
{
  gint64 total = crm_replica_count (self->replica, query, self->cancellable, error);

  if (total < 0)
    return FALSE;
  self->total = total;

  return crm_replica_each (self->replica, query, 0, write_record, self, self->cancellable, error);
}

static void
write_chosen (Export *self, const char *const *ids)
{
  guint i;

  self->total = g_strv_length ((char **) ids);
  for (i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (CrmRecord) record = crm_replica_find (self->replica, ids[i]);

      if (record != NULL && !write_record (record, self))
        return;
    }
}

static gboolean
write_all (Export *self, const CrmQuery *query, const char *const *ids, GError **error)
{
  if (!write_header (self, error))
    return FALSE;

  if (ids != NULL)
    write_chosen (self, ids);
  else if (!write_found (self, query, error))
    {
      g_clear_error (&self->error);
      return FALSE;
    }
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }

  return crm_csv_writer_close (self->writer, self->cancellable, error);
}

gboolean
crm_export (CrmReplica *replica,
            const CrmQuery *query,
            GFile *file,
            const CrmExportOptions *options,
            CrmProgress *progress,
            GCancellable *cancellable,
            guint64 *n_records,
            GError **error)
{
  static const CrmExportOptions defaults = { 0 };
  g_autoptr (GArray) columns = g_array_new (FALSE, TRUE, sizeof (Column));
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (CrmCsvWriter) writer = NULL;
  g_auto (GStrv) kinds = NULL;
  Export self = { .replica = replica,
                  .columns = columns,
                  .titles = titles,
                  .progress = progress,
                  .cancellable = cancellable };

  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);
  g_return_val_if_fail (query != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  if (options == NULL)
    options = &defaults;

  kinds = g_strsplit (g_str_equal (crm_query_get_kinds (query), "relation")
                          ? "person|organisation"
                          : crm_query_get_kinds (query),
                      "|",
                      -1);
  if (!choose_columns (&self, kinds, options->fields, error))
    return FALSE;
  writer = crm_csv_writer_open (file,
                                options->separator != '\0' ? options->separator : ';',
                                !options->without_bom,
                                cancellable,
                                error);
  self.writer = writer;
  if (writer == NULL || !write_all (&self, query, options->ids, error))
    return FALSE;
  if (n_records != NULL)
    *n_records = self.done;

  return TRUE;
}
