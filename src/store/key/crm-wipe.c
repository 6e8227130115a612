#include "store/key/crm-wipe.h"

#include "store/crm-store-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* What a replica puts into its folder. */
static const char *const names[] = { "replica.db",  "replica.db-wal", "replica.db-shm",
                                     "recovery",    "rekey",          "actions",
                                     "attachments", "backups",        "sync.lock" };

/* A removed file may be found again; one of zeros holds nothing. */
static void
blank (const char *path)
{
  static const char zeros[256];
  const int fd = open (path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);

  if (fd < 0)
    return;
  if (write (fd, zeros, sizeof zeros) < 0 || fsync (fd) != 0)
    g_message ("The key file cannot be written over: %s", g_strerror (errno));
  close (fd);
}

static gboolean
remove_key_file (const char *path, GError **error)
{
  g_autofree char *shown = NULL;

  blank (path);
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;

  shown = g_filename_display_name (path);
  g_set_error (error,
               CRM_STORE_ERROR,
               CRM_STORE_ERROR_FAILED,
               "The key in %s cannot be removed: %s; remove it by hand",
               shown,
               g_strerror (errno));
  return FALSE;
}

static void
remove_all (const char *path)
{
  const gboolean is_folder = g_file_test (path, G_FILE_TEST_IS_DIR) &&
                             !g_file_test (path, G_FILE_TEST_IS_SYMLINK);
  g_autoptr (GDir) folder = is_folder ? g_dir_open (path, 0, NULL) : NULL;
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  if (g_remove (path) != 0 && errno != ENOENT)
    g_message ("“%s” cannot be removed: %s", path, g_strerror (errno));
}

gboolean
crm_wipe_run (const char *dir, const char *key_file, CrmKeyring *keyring, GError **error)
{
  g_return_val_if_fail (dir != NULL, FALSE);
  g_return_val_if_fail (keyring == NULL || CRM_IS_KEYRING (keyring), FALSE);

  if (key_file != NULL && !remove_key_file (key_file, error))
    return FALSE;
  if (keyring != NULL && (!crm_keyring_clear_key (keyring, dir, NULL, error) ||
                          !crm_keyring_store_token (keyring, dir, NULL, NULL, error)))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (dir, names[i], NULL);

      remove_all (path);
    }
  /* Only when nothing of other people's is in it. */
  g_rmdir (dir);

  return TRUE;
}
