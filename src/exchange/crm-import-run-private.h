#pragma once

#include "exchange/crm-import-index.h"
#include "exchange/crm-import-memory.h"
#include "exchange/crm-import-plan-private.h"
#include "exchange/crm-import-rejects.h"
#include "exchange/crm-import.h"

G_BEGIN_DECLS

/* One import while it runs; crm-import.c owns it, the files per kind of record take its rows. */
typedef struct
{
  CrmReplica *replica;
  const CrmImportPlan *plan;
  CrmImportFlags flags;
  GCancellable *cancellable;

  CrmImportBuilder *builder;
  CrmImportMemory *memory;
  CrmImportIndex *index; /* relations only */
  guint64 n_nameless;    /* rows that wait until all others were read */
  GHashTable *lines;     /* other kinds: id to the line of its row */
  GHashTable *names;     /* tags and templates: folded name to id */
  GHashTable *links;     /* other kinds: what a link said to its id, "" for nothing */
  CrmImportRejects *rejects;
  CrmAction *action; /* NULL: dry run */
  CrmImportResult *result;
} CrmImportRun;

/* Into the action; nothing in a dry run. */
gboolean crm_import_run_put (CrmImportRun *self, CrmRecord *record, GError **error);
CrmRecord *crm_import_run_make_record (const CrmImportValues *values, const char *id);
/* Values that fail their check are kept in a new record and named. */
void crm_import_run_note_bad_values (CrmImportRun *self,
                                     CrmImportDraft *draft,
                                     const CrmImportValues *values);
void crm_import_run_note_repeated (CrmImportDraft *draft, guint64 line);
void crm_import_run_count (CrmImportRun *self,
                           CrmImportDraft *draft,
                           CrmImportVerdict verdict,
                           CrmRecord *record);
gboolean crm_import_run_reject (CrmImportRun *self,
                                const CrmCsvRow *row,
                                CrmImportDraft *draft,
                                GError **error);

gboolean crm_import_run_relation (CrmImportRun *self,
                                  const CrmCsvRow *row,
                                  CrmImportDraft *draft,
                                  GError **error);
gboolean crm_import_run_other (CrmImportRun *self,
                               const CrmCsvRow *row,
                               CrmImportDraft *draft,
                               GError **error);

G_END_DECLS
