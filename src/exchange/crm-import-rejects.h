#pragma once

#include "exchange/crm-csv-reader.h"
#include "exchange/crm-import-plan.h"

G_BEGIN_DECLS

/* FILE.rejected.csv: line, reason and the cells of each refused row. There only when a row was
 * refused and crm_import_rejects_close() was called; so an import that fails leaves none. */
typedef struct _CrmImportRejects CrmImportRejects;

CrmImportRejects *crm_import_rejects_new (const CrmImportPlan *plan);
gboolean crm_import_rejects_add (CrmImportRejects *self,
                                 const CrmCsvRow *row,
                                 const char *reason,
                                 GCancellable *cancellable,
                                 GError **error);
/* @path: (out) (nullable) (transfer full): where it is, NULL when no row was refused */
gboolean crm_import_rejects_close (CrmImportRejects *self,
                                   char **path,
                                   GCancellable *cancellable,
                                   GError **error);
void crm_import_rejects_free (CrmImportRejects *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportRejects, crm_import_rejects_free)

G_END_DECLS
