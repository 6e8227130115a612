#pragma once

#include "exchange/crm-import-plan-private.h"
#include "store/log/crm-origin.h"

G_BEGIN_DECLS

/*
 * What became of rows: of this file so far, and of files that were imported before. Whoever is
 * matched by what rows and records say is matched otherwise once they say something else; a row
 * that came in before is the record that it was then. That, and nothing else, makes that importing
 * a file again changes nothing.
 */
typedef struct _CrmImportMemory CrmImportMemory;

CrmImportMemory *crm_import_memory_new (CrmReplica *replica, const CrmImportPlan *plan);
void crm_import_memory_free (CrmImportMemory *self);

/* @row is the one at hand from now on. */
void crm_import_memory_look (CrmImportMemory *self, const CrmCsvRow *row);
/* What it became, and its employer; nullable, lent until the next row. */
const char *crm_import_memory_get_record (const CrmImportMemory *self);
const char *crm_import_memory_get_employer (const CrmImportMemory *self);
/* It became @record; the ids are lent until crm_import_memory_save(), @employer nullable. */
void crm_import_memory_keep (CrmImportMemory *self, const char *record, const char *employer);
gboolean crm_import_memory_save (CrmImportMemory *self, CrmAction *action, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportMemory, crm_import_memory_free)

G_END_DECLS
