#include "crm-small-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

static gboolean
write_to (const char *path, const char *text)
{
  const int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  const gssize length = (gssize) strlen (text);
  gboolean done;

  if (fd < 0)
    return FALSE;
  done = write (fd, text, length) == length;
  close (fd);

  return done;
}

/* A user namespace in which we are who we were, and may mount. */
static gboolean
enter_user (void)
{
  g_autofree char *uid = g_strdup_printf ("%u %u 1", geteuid (), geteuid ());
  g_autofree char *gid = g_strdup_printf ("%u %u 1", getegid (), getegid ());

  return unshare (CLONE_NEWUSER | CLONE_NEWNS) == 0 && write_to ("/proc/self/setgroups", "deny") &&
         write_to ("/proc/self/uid_map", uid) && write_to ("/proc/self/gid_map", gid);
}

gboolean
crm_small_disk_enter (const char **why)
{
  if (unshare (CLONE_NEWNS) != 0 && !enter_user ())
    {
      *why = "the system allows no mounts, not in a user namespace either";
      return FALSE;
    }
  if (mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0)
    return TRUE;

  *why = "mounts cannot be made private";

  return FALSE;
}

void
crm_small_disk_mount (const char *path, guint64 bytes)
{
  g_autofree char *options = g_strdup_printf ("size=%" G_GUINT64_FORMAT ",mode=700", bytes);

  g_assert_no_errno (mount ("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV, options));
}

void
crm_small_disk_unmount (const char *path)
{
  g_assert_no_errno (umount2 (path, MNT_DETACH));
}

static char *
dup_ballast (const char *path)
{
  return g_build_filename (path, "ballast", NULL);
}

gboolean
crm_small_disk_fill (const char *path, guint64 left)
{
  g_autofree char *name = dup_ballast (path);
  struct statvfs room;
  guint64 n_free;
  int fd;

  g_assert_no_errno (statvfs (path, &room));
  n_free = (guint64) room.f_bavail * room.f_bsize;
  if (n_free < left)
    return FALSE;

  fd = g_open (name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  g_assert_cmpint (fd, >=, 0);
  if (n_free > left)
    g_assert_cmpint (posix_fallocate (fd, 0, (goffset) (n_free - left)), ==, 0);
  close (fd);

  return TRUE;
}

void
crm_small_disk_free (const char *path)
{
  g_autofree char *name = dup_ballast (path);

  g_assert_no_errno (g_unlink (name));
}
