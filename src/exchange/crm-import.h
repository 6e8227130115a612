#pragma once

#include "base/crm-progress.h"
#include "exchange/crm-import-note.h"
#include "exchange/crm-import-plan.h"
#include "store/log/crm-change-log.h"

G_BEGIN_DECLS

typedef enum
{
  CRM_IMPORT_NEW,
  CRM_IMPORT_UPDATED,
  CRM_IMPORT_UNCHANGED,
  CRM_IMPORT_REJECTED,
} CrmImportVerdict;

/* One of the first rows as it went, or would go. */
typedef struct
{
  guint64 line;
  CrmImportVerdict verdict;
  CrmRecord *record; /* nullable: as it is after the import */
  char *employer;    /* nullable: name of the organisation */
  guint n_notes;
} CrmImportSample;

typedef struct
{
  guint64 n_rows;
  guint64 n_new; /* rows, not organisations made along the way */
  guint64 n_updated;
  guint64 n_unchanged;
  guint64 n_rejected;
  guint64 n_organisations; /* made along the way */
  guint64 n_possible;
  guint64 n_repeated;
  double seconds;
  /* (element-type CrmImportNote): the first %CRM_IMPORT_NOTES_MAX; @n_notes says how many there
   * were. */
  GPtrArray *notes;
  guint64 n_notes;
  /* (element-type CrmImportSample): of the first %CRM_IMPORT_SAMPLES_MAX rows. */
  GPtrArray *samples;
  char *group;         /* nullable: what crm_replica_undo() takes; NULL when nothing was written */
  char *rejected_file; /* nullable: path of the file with the refused rows */
} CrmImportResult;

#define CRM_IMPORT_NOTES_MAX   1000
#define CRM_IMPORT_SAMPLES_MAX 50

typedef enum
{
  CRM_IMPORT_DEFAULT = 0,
  /* Counts and notes as the import would give them; nothing is written. */
  CRM_IMPORT_DRY_RUN = 1 << 0,
} CrmImportFlags;

/*
 * crm_import_run:
 *
 * Imports all rows as one action that one undo takes back; cancelled or failed, it leaves nothing.
 * A row is refused only when it cannot be read or names neither person nor organisation; refused
 * rows are written to FILE.rejected.csv beside the file. The rules of matching are in
 * crm-import-index.h. One at a time runs on a replica: another fails with %CRM_STORE_ERROR_BUSY.
 * Blocking, on the thread of @replica.
 *
 * Importing a file again changes nothing. Of files that say different things the last one stands,
 * and each row is the record that it was before, as long as that is there and its import is not
 * undone; so files that come in turn make nothing twice.
 */
CrmImportResult *crm_import_run (CrmReplica *replica,
                                 const CrmImportPlan *plan,
                                 CrmImportFlags flags,
                                 CrmProgress *progress,
                                 GCancellable *cancellable,
                                 GError **error);
void crm_import_result_free (CrmImportResult *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportResult, crm_import_result_free)

G_END_DECLS
