#include "store/crm-backup.h"

#include "store/crm-copy-private.h"
#include "store/crm-replica-private.h"
#include "store/crm-sealed-file-private.h"

#include <errno.h>
#include <glib/gstdio.h>

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
  if (g_rename (from, to) == 0)
    return crm_copy_sync_folder (to, error);

  g_set_error (error,
               G_FILE_ERROR,
               g_file_error_from_errno (errno),
               "“%s” cannot be written: %s",
               to,
               g_strerror (errno));

  return FALSE;
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
                              error))
    return FALSE;

  if (!(read_key = crm_sealed_file_read (work.sealed, password, NULL, cancellable, error)))
    return FALSE;

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

  if (!(copy_key = crm_sealed_file_read (file, password, sealed.copy, cancellable, error)) ||
      !crm_copy_database (sealed.copy, copy_key, made.copy, key, NULL, cancellable, error))
    return FALSE;

  return move (made.copy, database, error);
}

gboolean
crm_backup_restore (const char *file,
                    const char *password,
                    const char *dir,
                    const CrmKey *key,
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
    {
      g_set_error (error,
                   G_FILE_ERROR,
                   g_file_error_from_errno (errno),
                   "Folder “%s”: %s",
                   dir,
                   g_strerror (errno));
      return FALSE;
    }

  return restore (file, password, dir, key, cancellable, error) ||
         crm_store_error_translate (error);
}
