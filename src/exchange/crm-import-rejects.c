#include "exchange/crm-import-rejects.h"

#include "exchange/crm-csv-writer.h"

#include <string.h>

struct _CrmImportRejects
{
  const CrmImportPlan *plan;
  GFile *file;
  CrmCsvWriter *writer; /* nullable: no row was refused yet */
};

/* "klanten.csv.rejected.csv"; a file without a path of this computer's has none beside it. */
static GFile *
choose_file (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *rejected = g_strconcat (name, ".rejected.csv", NULL);

  return folder != NULL ? g_file_get_child (folder, rejected) : g_file_new_for_path (rejected);
}

CrmImportRejects *
crm_import_rejects_new (const CrmImportPlan *plan)
{
  CrmImportRejects *self;

  g_return_val_if_fail (plan != NULL, NULL);

  self = g_new0 (CrmImportRejects, 1);
  self->plan = plan;
  self->file = choose_file (crm_import_plan_get_file (plan));

  return self;
}

static gboolean
open_writer (CrmImportRejects *self, GCancellable *cancellable, GError **error)
{
  guint i;

  self->writer = crm_csv_writer_open (self->file,
                                      crm_import_plan_get_format (self->plan)->separator,
                                      TRUE,
                                      cancellable,
                                      error);
  if (self->writer == NULL)
    {
      g_prefix_error (error, "the refused rows cannot be written: ");
      return FALSE;
    }

  crm_csv_writer_add (self->writer, "line");
  crm_csv_writer_add (self->writer, "reason");
  for (i = 0; i < crm_import_plan_get_n_columns (self->plan); i++)
    crm_csv_writer_add (self->writer, crm_import_plan_get_column (self->plan, i)->name);

  return crm_csv_writer_end_row (self->writer, cancellable, error);
}

gboolean
crm_import_rejects_add (CrmImportRejects *self,
                        const CrmCsvRow *row,
                        const char *reason,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autofree char *line = NULL;
  guint i;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (row != NULL, FALSE);

  if (self->writer == NULL && !open_writer (self, cancellable, error))
    return FALSE;

  line = g_strdup_printf ("%" G_GUINT64_FORMAT, row->line);
  crm_csv_writer_add (self->writer, line);
  crm_csv_writer_add (self->writer, reason);
  for (i = 0; i < MIN (row->n_cells, CRM_CSV_CELLS_MAX); i++)
    crm_csv_writer_add (self->writer, row->cells[i]);

  return crm_csv_writer_end_row (self->writer, cancellable, error);
}

gboolean
crm_import_rejects_close (CrmImportRejects *self,
                          char **path,
                          GCancellable *cancellable,
                          GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  *path = NULL;
  if (self->writer == NULL)
    return TRUE;
  if (!crm_csv_writer_close (self->writer, cancellable, error))
    return FALSE;
  *path = g_file_get_parse_name (self->file);

  return TRUE;
}

void
crm_import_rejects_free (CrmImportRejects *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->writer, crm_csv_writer_free);
  g_clear_object (&self->file);
  g_free (self);
}
