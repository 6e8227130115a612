#include "store/crm-backup.h"

#include "base/crm-file-error.h"
#include "store/crm-copy-private.h"
#include "store/crm-replica-private.h"
#include "store/key/crm-sealed-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Files that are on the way; removed when they go out of scope, whatever happened. */
typedef struct
{
  char *copy;
  char *sealed;
} Work;

static void
clear_work (Work *work)
{
  if (work->copy != NULL)
    crm_copy_remove (work->copy);
  if (work->sealed != NULL)
    g_unlink (work->sealed);
  g_free (work->copy);
  g_free (work->sealed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, clear_work)

static gboolean
move (const char *from, const char *to, GError **error)
{
  if (g_rename (from, to) != 0)
    return crm_store_error_set_file (error, to, errno);

  return crm_copy_sync_folder (to, error);
}

/* People asked for @file and know nothing of the names on the way. Always FALSE. */
static gboolean
blame (const char *file, const Work *work, GError **error)
{
  const char *const names[] = { work->copy, work->sealed };

  for (guint i = 0; error != NULL && i < G_N_ELEMENTS (names); i++)
    if (strstr ((*error)->message, names[i]) != NULL)
      crm_file_error_blame (error, file, names[i]);

  return FALSE;
}

/* The engine would not say why it cannot. */
static gboolean
make_private (const char *path)
{
  const int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  return fd >= 0 && close (fd) == 0;
}

/* Copy under a key of its own, seal, read the sealed file back, and only then give it its name. */
static gboolean
back_up (CrmReplica *self,
         const char *file,
         const char *password,
         CrmProgress *progress,
         GCancellable *cancellable,
         GError **error)
{
  g_auto (Work) work = { NULL };
  g_autoptr (CrmKey) copy_key = crm_key_new_random ();
  g_autoptr (CrmKey) read_key = NULL;

  work.copy = g_strdup_printf ("%s.%08x.db", file, g_random_int ());
  work.sealed = g_strdup_printf ("%s.%08x.part", file, g_random_int ());

  if (!make_private (work.copy))
    return crm_store_error_set_file (error, file, errno);

  if (!crm_copy_database (crm_db_get_path (self->db),
                          self->key,
                          work.copy,
                          copy_key,
                          progress,
                          cancellable,
                          error) ||
      !crm_sealed_file_write (work.copy,
                              copy_key,
                              work.sealed,
                              password,
                              progress,
                              cancellable,
                              error) ||
      !(read_key =
            crm_sealed_file_read (work.sealed, password, NULL, progress, cancellable, error)))
    return blame (file, &work, error);

  return move (work.sealed, file, error);
}

gboolean
crm_replica_backup (CrmReplica *self,
                    const char *file,
                    const char *password,
                    CrmProgress *progress,
                    GCancellable *cancellable,
                    GError **error)
{
  g_return_val_if_fail (CRM_IS_REPLICA (self), FALSE);
  g_return_val_if_fail (file != NULL, FALSE);
  g_return_val_if_fail (password != NULL, FALSE);
  g_return_val_if_fail (self->db != NULL, FALSE);

  return back_up (self, file, password, progress, cancellable, error) ||
         crm_store_error_translate (error);
}

static gboolean
restore (const char *file,
         const char *password,
         const char *dir,
         const CrmKey *key,
         CrmProgress *progress,
         GCancellable *cancellable,
         GError **error)
{
  g_auto (Work) sealed = { NULL };
  g_auto (Work) made = { NULL };
  g_autofree char *database = g_build_filename (dir, "replica.db", NULL);
  g_autoptr (CrmKey) copy_key = NULL;

  sealed.copy = g_strconcat (database, ".sealed", NULL);
  made.copy = g_strconcat (database, ".new", NULL);
  crm_copy_remove (made.copy);

  if (!(copy_key =
            crm_sealed_file_read (file, password, sealed.copy, progress, cancellable, error)) ||
      !crm_copy_database (sealed.copy, copy_key, made.copy, key, progress, cancellable, error))
    return FALSE;

  return move (made.copy, database, error);
}

gboolean
crm_backup_restore (const char *file,
                    const char *password,
                    const char *dir,
                    const CrmKey *key,
                    CrmProgress *progress,
                    GCancellable *cancellable,
                    GError **error)
{
  g_return_val_if_fail (file != NULL, FALSE);
  g_return_val_if_fail (password != NULL, FALSE);
  g_return_val_if_fail (dir != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  if (crm_replica_exists (dir))
    {
      g_set_error (error,
                   CRM_STORE_ERROR,
                   CRM_STORE_ERROR_EXISTS,
                   "There is a replica in “%s” already; restore into an empty folder",
                   dir);
      return FALSE;
    }
  if (g_mkdir_with_parents (dir, 0700) != 0)
    return crm_store_error_set_file (error, dir, errno);

  return restore (file, password, dir, key, progress, cancellable, error) ||
         crm_store_error_translate (error);
}
