#pragma once

#include "letters/crm-letter-composer.h"
#include "letters/crm-letters.h"
#include "store/crm-store.h"

G_BEGIN_DECLS

/*
 * What the pages of letters ask of the replica, as functions for crm_store_run_async(); they run on
 * its threads and touch no widget.
 */

/* CrmLettersSetup, from no data. Reader. */
typedef struct
{
  GPtrArray *templates; /* (element-type CrmRecord) */
  CrmLetterSettings *settings;
} CrmLettersSetup;

void crm_letters_setup_free (CrmLettersSetup *self);
gpointer crm_letters_work_load (CrmReplica *replica,
                                gpointer unused,
                                GCancellable *cancellable,
                                GError **error);

/* CrmLettersPreview from a CrmLettersRequest with one id. Reader. */
typedef struct
{
  CrmRecord *template;
  char **ids;
  /* Of making only. */
  char *output;
  gboolean each;
  gboolean skip;
  CrmProgress *progress; /* nullable */
} CrmLettersRequest;

/* Copies all but the progress, which it references. */
CrmLettersRequest *crm_letters_request_new (CrmRecord *template, const char *const *ids);
void crm_letters_request_free (CrmLettersRequest *self);

typedef struct
{
  CrmLetter *letter;
  CrmRecord *relation;
} CrmLettersPreview;

void crm_letters_preview_free (CrmLettersPreview *self);
gpointer crm_letters_work_preview (CrmReplica *replica,
                                   gpointer request,
                                   GCancellable *cancellable,
                                   GError **error);

/* CrmLettersChecked from a CrmLettersRequest. Reader. */
typedef struct
{
  GPtrArray *notes;   /* (element-type CrmLetterNote) */
  GHashTable *titles; /* id -> name of the relation or template */
} CrmLettersChecked;

void crm_letters_checked_free (CrmLettersChecked *self);
gpointer crm_letters_work_check (CrmReplica *replica,
                                 gpointer request,
                                 GCancellable *cancellable,
                                 GError **error);

/* CrmLettersResult from a CrmLettersRequest. Writer. */
gpointer crm_letters_work_make (CrmReplica *replica,
                                gpointer request,
                                GCancellable *cancellable,
                                GError **error);

/* GINT_TO_POINTER (TRUE) from CrmLetterSettings. Writer. */
gpointer crm_letters_work_save_settings (CrmReplica *replica,
                                         gpointer settings,
                                         GCancellable *cancellable,
                                         GError **error);

G_END_DECLS
