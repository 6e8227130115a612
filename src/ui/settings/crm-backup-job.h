#pragma once

#include "base/crm-progress.h"
#include "store/crm-store.h"

G_BEGIN_DECLS

/* Making or restoring one back-up, in the background. */
typedef struct
{
  CrmStore *store;
  GFile *file;
  char *passphrase; /* wiped when freed */
  CrmProgress *progress;
  GCancellable *cancellable;
} CrmBackupJob;

/* @file, @passphrase: nullable, for a job that only needs progress and a way to stop. */
CrmBackupJob *crm_backup_job_new (CrmStore *store, GFile *file, const char *passphrase);
void crm_backup_job_free (CrmBackupJob *self);

/* Both take the job over. */
void crm_backup_job_back_up (CrmBackupJob *self, GAsyncReadyCallback callback, gpointer user_data);
/* Into a new folder beside that of the store, under a new key that the keyring keeps. */
void crm_backup_job_restore (CrmBackupJob *self, GAsyncReadyCallback callback, gpointer user_data);
/* @dir: (out) (optional): where it was restored */
gboolean crm_backup_job_finish (GAsyncResult *result, char **dir, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmBackupJob, crm_backup_job_free)

G_END_DECLS
