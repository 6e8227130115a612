#pragma once

#include "base/crm-progress.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_PROGRESS_DIALOG (crm_progress_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CrmProgressDialog, crm_progress_dialog, CRM, PROGRESS_DIALOG, AdwDialog)

/* How far a long action is, with a way to stop it. */
CrmProgressDialog *
crm_progress_dialog_new (const char *title, CrmProgress *progress, GCancellable *cancellable);
/* Shown only when the action is not done within half a second. */
void crm_progress_dialog_present_late (CrmProgressDialog *self, GtkWidget *parent);
/* Closes it, or keeps it from coming. */
void crm_progress_dialog_done (CrmProgressDialog *self);

G_END_DECLS
