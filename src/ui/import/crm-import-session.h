#pragma once

#include "exchange/crm-import.h"
#include "store/crm-store.h"

G_BEGIN_DECLS

typedef enum
{
  CRM_IMPORT_STATE_EMPTY, /* no file yet */
  CRM_IMPORT_STATE_READING,
  CRM_IMPORT_STATE_UNREADABLE, /* see the error */
  CRM_IMPORT_STATE_READY,      /* there is a plan */
  CRM_IMPORT_STATE_IMPORTING,
  CRM_IMPORT_STATE_DONE, /* there is a result */
} CrmImportState;

#define CRM_TYPE_IMPORT_SESSION (crm_import_session_get_type ())

G_DECLARE_FINAL_TYPE (CrmImportSession, crm_import_session, CRM, IMPORT_SESSION, GObject)

/*
 * From a file to its import, off the main thread: the file is read, then tried each time something
 * is changed, then imported.
 *
 * Signals: "state-changed"; "preview-changed" when a trial begins or ends.
 */
CrmImportSession *crm_import_session_new (CrmStore *store);

CrmStore *crm_import_session_get_store (CrmImportSession *self);
CrmImportState crm_import_session_get_state (CrmImportSession *self);
/* NULL until the file is read; changed only by the functions below. */
const CrmImportPlan *crm_import_session_get_plan (CrmImportSession *self);
const GError *crm_import_session_get_error (CrmImportSession *self);
/* What importing would do; NULL until the first trial is done. Stays while the next one runs. */
const CrmImportResult *crm_import_session_get_preview (CrmImportSession *self);
/* Why there is no preview: no column of names, for one. */
const GError *crm_import_session_get_preview_error (CrmImportSession *self);
gboolean crm_import_session_is_trying (CrmImportSession *self);
/* What importing did. */
const CrmImportResult *crm_import_session_get_result (CrmImportSession *self);
CrmProgress *crm_import_session_get_progress (CrmImportSession *self);

void crm_import_session_set_file (CrmImportSession *self, GFile *file);
/* Reads the file again. @kind: nullable, as guessed then. */
void crm_import_session_set_kind (CrmImportSession *self, const char *kind);
void crm_import_session_set_format (CrmImportSession *self, const CrmCsvFormat *format);
void
crm_import_session_set_target (CrmImportSession *self, guint column, const CrmImportTarget *target);
/* For all columns of dates. */
void crm_import_session_set_date_order (CrmImportSession *self, CrmDateOrder order);

void crm_import_session_start (CrmImportSession *self);
/* Stops reading or importing; an import leaves nothing. */
void crm_import_session_cancel (CrmImportSession *self);

G_END_DECLS
