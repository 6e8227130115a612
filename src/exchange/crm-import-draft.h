#pragma once

#include "exchange/crm-csv-reader.h"
#include "exchange/crm-import-note.h"
#include "exchange/crm-import-plan.h"
#include "exchange/crm-import-values.h"

G_BEGIN_DECLS

/*
 * A row of a file as values of a record, before it is known which record. Made by a builder that
 * keeps what is the same for all rows; used again for each row.
 */
typedef struct
{
  guint64 line;
  /* The row's record: main->kind is NULL when the row names nobody and only an id or a number says
   * whose row it is; the values are then in @person and @organisation both. */
  CrmImportValues *main;
  CrmImportValues *person;
  CrmImportValues *organisation; /* the record itself, or the employer of the person */
  CrmImportValues *other;        /* kinds that are no relation */
  gboolean nameless;
  char *uid;
  char *employer;        /* name of the person's organisation, or the parent of an organisation */
  char *employer_uid;    /* nullable */
  GHashTable *link_uids; /* field name to id, kinds that are no relation */
  GPtrArray *notes;      /* (element-type CrmImportNote) */
} CrmImportDraft;

typedef struct _CrmImportBuilder CrmImportBuilder;

CrmImportBuilder *crm_import_builder_new (const CrmImportPlan *plan);
void crm_import_builder_free (CrmImportBuilder *self);
/* The draft is lent until the next row. FALSE: the row is refused and its last note says why. */
gboolean
crm_import_builder_build (CrmImportBuilder *self, const CrmCsvRow *row, CrmImportDraft **draft);

void crm_import_draft_add_note (CrmImportDraft *self,
                                CrmImportNoteCode code,
                                const char *column,
                                const char *value,
                                const char *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportBuilder, crm_import_builder_free)

G_END_DECLS
