#include "store/key/crm-key-finder.h"

#include "crm-config.h"
#include "store/crm-replica.h"
#include "store/key/crm-key-change.h"

#include <glib/gstdio.h>
#include <string.h>

char *
crm_key_finder_dup_default_dir (void)
{
  return g_build_filename (g_get_user_data_dir (), CRM_APP_ID, "default", NULL);
}

/* Beside the folder, not in it: a copy of the folder is then no use to a thief. */
static char *
dup_private_path (const char *dir)
{
  g_autofree char *path = g_canonicalize_filename (dir, NULL);

  return g_strconcat (path, ".key", NULL);
}

static gboolean
make_parent (const char *path, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path);

  if (g_mkdir_with_parents (parent, 0700) == 0)
    return TRUE;

  g_set_error (error,
               CRM_STORE_ERROR,
               CRM_STORE_ERROR_FAILED,
               "The folder %s cannot be made: %s",
               parent,
               g_strerror (errno));
  return FALSE;
}

static CrmKey *
read_file (const char *dir, const char *path, gboolean exists, GError **error)
{
  CrmKey *key = crm_key_new_from_file (path, error);

  return key != NULL && exists ? crm_key_change_settle (dir, path, NULL, key) : key;
}

static CrmKey *
find_in_file (const char *dir, const char *path, gboolean exists, GError **error)
{
  g_autoptr (CrmKey) key = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS) || exists)
    return read_file (dir, path, exists, error);

  key = crm_key_new_random ();
  if (!make_parent (path, error) || !crm_key_save (key, path, error))
    return NULL;

  return g_steal_pointer (&key);
}

/* The file is looked at before the keyring: one with another key would hide the one that fits. It
 * is put aside, not removed. */
static gboolean
put_aside (const char *path, const CrmKey *key, gboolean *same, GError **error)
{
  g_autoptr (CrmKey) old = NULL;
  g_autofree char *aside = NULL;

  *same = FALSE;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  old = crm_key_new_from_file (path, NULL);
  *same = old != NULL &&
          memcmp (crm_key_get_bytes (old), crm_key_get_bytes (key), CRM_KEY_SIZE) == 0;
  if (*same)
    return TRUE;

  aside = g_strconcat (path, ".old", NULL);
  if (g_rename (path, aside) == 0)
    return TRUE;

  g_set_error (error,
               CRM_STORE_ERROR,
               CRM_STORE_ERROR_FAILED,
               "The key file %s cannot be renamed: %s",
               path,
               g_strerror (errno));
  return FALSE;
}

gboolean
crm_key_finder_keep (const char *dir,
                     const CrmKey *key,
                     CrmKeyring *keyring,
                     char **kept_in,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GError) keyring_error = NULL;
  g_autofree char *path = NULL;
  gboolean same;

  g_return_val_if_fail (dir != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (CRM_IS_KEYRING (keyring), FALSE);
  g_return_val_if_fail (kept_in != NULL && *kept_in == NULL, FALSE);

  path = dup_private_path (dir);
  if (!put_aside (path, key, &same, error))
    return FALSE;
  if (same)
    {
      *kept_in = g_steal_pointer (&path);
      return TRUE;
    }
  if (crm_keyring_store_key (keyring, dir, key, cancellable, &keyring_error))
    return TRUE;

  g_message ("No keyring keeps the key: %s", keyring_error->message);
  if (!make_parent (path, error) || !crm_key_save (key, path, error))
    return FALSE;

  *kept_in = g_steal_pointer (&path);

  return TRUE;
}

CrmKey *
crm_key_finder_find (const char *dir,
                     const char *key_file,
                     CrmKeyring *keyring,
                     char **kept_in,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree char *private_path = NULL;
  g_autoptr (CrmKey) key = NULL;
  g_autoptr (GError) keyring_error = NULL;
  gboolean exists;

  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (CRM_IS_KEYRING (keyring), NULL);
  g_return_val_if_fail (kept_in != NULL && *kept_in == NULL, NULL);

  exists = crm_replica_exists (dir);
  if (key_file != NULL)
    return find_in_file (dir, key_file, exists, error);

  private_path = dup_private_path (dir);
  if (g_file_test (private_path, G_FILE_TEST_EXISTS))
    {
      *kept_in = g_strdup (private_path);
      return read_file (dir, private_path, exists, error);
    }

  key = crm_keyring_lookup_key (keyring, dir, cancellable, &keyring_error);
  if (key != NULL && exists)
    return crm_key_change_settle (dir, NULL, keyring, g_steal_pointer (&key));
  if (key != NULL)
    return g_steal_pointer (&key);
  if (!exists)
    {
      key = crm_key_new_random ();
      return crm_key_finder_keep (dir, key, keyring, kept_in, cancellable, error)
                 ? g_steal_pointer (&key)
                 : NULL;
    }

  g_set_error (error,
               CRM_STORE_ERROR,
               CRM_STORE_ERROR_KEY,
               "The key of %s was not found: %s; unlock the keyring, or name a key file with "
               "--key-file",
               dir,
               keyring_error != NULL ? keyring_error->message : "the keyring has none for it");
  return NULL;
}
