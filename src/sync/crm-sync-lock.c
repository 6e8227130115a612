#include "sync/crm-sync-lock-private.h"

#include "sync/crm-sync.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

struct _CrmSyncLock
{
  int fd;
};

CrmSyncLock *
crm_sync_lock_take (const char *dir, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *shown = NULL;
  CrmSyncLock *self;
  int fd;

  g_return_val_if_fail (dir != NULL, NULL);

  path = g_build_filename (dir, "sync.lock", NULL);
  shown = g_filename_display_name (path);
  fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    {
      self = g_new0 (CrmSyncLock, 1);
      self->fd = fd;
      return self;
    }

  if (fd >= 0 && errno == EWOULDBLOCK)
    g_set_error_literal (error,
                         CRM_SYNC_ERROR,
                         CRM_SYNC_ERROR_BUSY,
                         "Another program keeps this replica in step with the server; close it, or "
                         "leave it to that one");
  else
    g_set_error (error,
                 G_IO_ERROR,
                 g_io_error_from_errno (errno),
                 "%s cannot be locked: %s",
                 shown,
                 g_strerror (errno));
  if (fd >= 0)
    close (fd);

  return NULL;
}

void
crm_sync_lock_free (CrmSyncLock *self)
{
  if (self == NULL)
    return;

  /* The file stays: one that is removed could be locked by two. */
  close (self->fd);
  g_free (self);
}
