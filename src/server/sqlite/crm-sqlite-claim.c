#include "server/sqlite/crm-sqlite-store-private.h"

#include "server/crm-server-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

gboolean
crm_sqlite_give_away (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  GStatBuf owner;

  if (geteuid () != 0 || g_stat (folder, &owner) != 0 ||
      lchown (path, owner.st_uid, owner.st_gid) == 0)
    return TRUE;

  g_set_error (error,
               CRM_SERVER_ERROR,
               CRM_SERVER_ERROR_FAILED,
               "“%s” cannot be given to the owner of its folder: %s",
               path,
               g_strerror (errno));
  return FALSE;
}

struct _CrmSqliteClaim
{
  int fd;
};

CrmSqliteClaim *
crm_sqlite_claim_new (const char *path, GError **error)
{
  g_autofree char *name = g_strconcat (path, "-serving", NULL);
  CrmSqliteClaim *self;
  int fd = open (name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    {
      self = g_new0 (CrmSqliteClaim, 1);
      self->fd = fd;
      if (crm_sqlite_give_away (name, error))
        return self;
      crm_sqlite_claim_free (self);
      return NULL;
    }

  if (fd >= 0 && errno == EWOULDBLOCK)
    g_set_error (error,
                 CRM_SERVER_ERROR,
                 CRM_SERVER_ERROR_BUSY,
                 "A crm-server runs on “%s” already: stop it first",
                 path);
  else
    g_set_error (error,
                 CRM_SERVER_ERROR,
                 CRM_SERVER_ERROR_FAILED,
                 "“%s” cannot be locked: %s",
                 name,
                 g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return NULL;
}

/* The system lets go of it too when the process ends, however it ends. The file stays: whoever
 * removes it would let two in. */
void
crm_sqlite_claim_free (CrmSqliteClaim *self)
{
  if (self == NULL)
    return;

  close (self->fd);
  g_free (self);
}
