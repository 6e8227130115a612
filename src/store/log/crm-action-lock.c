#include "store/log/crm-action-lock-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct _CrmActionLock
{
  char *path;
  int fd;
};

static gboolean
fail (const char *path, GError **error)
{
  const int code = errno;

  g_set_error (error,
               G_FILE_ERROR,
               g_file_error_from_errno (code),
               "Lock “%s”: %s",
               path,
               g_strerror (code));

  return FALSE;
}

/* The one who had the lock may have removed the file between our open and our lock. */
static gboolean
is_same_file (int fd, const char *path)
{
  struct stat by_fd;
  struct stat by_path;

  return fstat (fd, &by_fd) == 0 && stat (path, &by_path) == 0 && by_fd.st_ino == by_path.st_ino &&
         by_fd.st_dev == by_path.st_dev;
}

CrmActionLock *
crm_action_lock_take (const char *dir, const char *id, GError **error)
{
  g_autofree char *name = g_strconcat (id, ".lock", NULL);
  g_autofree char *folder = g_build_filename (dir, "actions", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  CrmActionLock *self;
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0 && !fail (folder, error))
    return NULL;

  while (TRUE)
    {
      fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
      if (fd < 0 && !fail (path, error))
        return NULL;

      if (flock (fd, LOCK_EX | LOCK_NB) != 0)
        {
          if (errno != EWOULDBLOCK)
            fail (path, error);
          close (fd);
          return NULL;
        }

      if (is_same_file (fd, path))
        break;
      close (fd);
    }

  self = g_new0 (CrmActionLock, 1);
  self->path = g_steal_pointer (&path);
  self->fd = fd;

  return self;
}

void
crm_action_lock_free (CrmActionLock *self)
{
  if (self == NULL)
    return;

  g_unlink (self->path);
  close (self->fd);
  g_free (self->path);
  g_free (self);
}
