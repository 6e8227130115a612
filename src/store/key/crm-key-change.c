#include "store/key/crm-key-change.h"

#include "store/crm-backup.h"
#include "store/log/crm-action-lock-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* There while a change runs, so that opening looks for a second key only after a kill. */
static char *
dup_marker (const char *dir)
{
  return g_build_filename (dir, "rekey", NULL);
}

/* Beside the old key, under its name with this behind it, the new one lies. */
static char *
dup_new_name (const char *name)
{
  return g_strconcat (name, ".new", NULL);
}

static gboolean
keep_new (const char *dir, const char *file, CrmKeyring *keyring, const CrmKey *key, GError **error)
{
  g_autofree char *name = dup_new_name (file != NULL ? file : dir);

  /* Of a change that was killed before the replica had it: the old key opened it just now. */
  if (file != NULL)
    g_unlink (name);

  return file != NULL ? crm_key_save (key, name, error)
                      : crm_keyring_store_key (keyring, name, key, NULL, error);
}

static CrmKey *
load_new (const char *dir, const char *file, CrmKeyring *keyring)
{
  g_autofree char *name = dup_new_name (file != NULL ? file : dir);

  return file != NULL ? crm_key_new_from_file (name, NULL)
                      : crm_keyring_lookup_key (keyring, name, NULL, NULL);
}

/* Of a change that did not happen. */
static void
forget_new (const char *dir, const char *file, CrmKeyring *keyring)
{
  g_autofree char *marker = dup_marker (dir);
  g_autofree char *name = dup_new_name (file != NULL ? file : dir);

  g_unlink (marker);
  if (file != NULL)
    g_unlink (name);
  else
    crm_keyring_clear_key (keyring, name, NULL, NULL);
}

/* Where the old one was; the marker goes last. */
static gboolean
put_in_place (const char *dir,
              const char *file,
              CrmKeyring *keyring,
              const CrmKey *key,
              GError **error)
{
  g_autofree char *marker = dup_marker (dir);
  g_autofree char *name = dup_new_name (file != NULL ? file : dir);

  if (file != NULL && g_rename (name, file) != 0)
    {
      g_set_error (error,
                   CRM_STORE_ERROR,
                   CRM_STORE_ERROR_KEY,
                   "The new key is in %s and could not replace %s: %s; move it there",
                   name,
                   file,
                   g_strerror (errno));
      return FALSE;
    }
  if (file == NULL && (!crm_keyring_store_key (keyring, dir, key, NULL, error) ||
                       !crm_keyring_clear_key (keyring, name, NULL, error)))
    return FALSE;
  g_unlink (marker);

  return TRUE;
}

static gboolean
opens (const char *dir, const CrmKey *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmReplica) replica = crm_replica_open (dir, key, NULL, CRM_REPLICA_READ_ONLY, &error);

  return !g_error_matches (error, CRM_STORE_ERROR, CRM_STORE_ERROR_KEY);
}

CrmKey *
crm_key_change_settle (const char *dir, const char *file, CrmKeyring *keyring, CrmKey *key)
{
  g_autofree char *marker = NULL;
  g_autoptr (CrmKey) new_key = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (dir != NULL, key);

  marker = dup_marker (dir);
  if (!g_file_test (marker, G_FILE_TEST_EXISTS))
    return key;
  new_key = load_new (dir, file, keyring);
  /* The change may be running still, so a new key that does not fit yet is left alone. */
  if (new_key == NULL || opens (dir, key) || !opens (dir, new_key))
    return key;

  if (!put_in_place (dir, file, keyring, new_key, &error))
    g_message ("%s", error->message);
  crm_key_free (key);

  return g_steal_pointer (&new_key);
}

static gboolean
renew_recovery (const char *dir, const CrmKey *key, char **recovery, GError **error)
{
  g_autofree char *wrapped = NULL;
  g_autofree char *printed = crm_recovery_key_new (key, &wrapped, error);

  if (printed == NULL || !crm_recovery_key_save (dir, wrapped, error))
    return FALSE;
  *recovery = g_steal_pointer (&printed);

  return TRUE;
}

/* One change at a time: of two, the key of the first would be lost. */
static CrmActionLock *
take_lock (const char *dir, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  CrmActionLock *lock = crm_action_lock_take (dir, "rekey", &local_error);

  if (lock == NULL && local_error == NULL)
    g_set_error (error,
                 CRM_STORE_ERROR,
                 CRM_STORE_ERROR_BUSY,
                 "Another program is giving “%s” a new key; wait until it is done",
                 dir);
  else if (lock == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return lock;
}

static gboolean
mark (const char *dir, GError **error)
{
  g_autofree char *marker = dup_marker (dir);

  return g_file_set_contents_full (marker,
                                   "",
                                   0,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600,
                                   error);
}

static gboolean
has_key (CrmReplica *replica, const CrmKey *key)
{
  g_autoptr (CrmKey) own = crm_replica_dup_key (replica);

  return memcmp (crm_key_get_bytes (own), crm_key_get_bytes (key), CRM_KEY_SIZE) == 0;
}

gboolean
crm_key_change_run (CrmReplica *replica,
                    const char *file,
                    CrmKeyring *keyring,
                    char **recovery,
                    GError **error)
{
  const char *dir;
  g_autofree char *old_recovery = NULL;
  g_autoptr (CrmActionLock) lock = NULL;
  g_autoptr (CrmKey) key = crm_key_new_random ();

  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);
  g_return_val_if_fail (recovery != NULL && *recovery == NULL, FALSE);

  dir = crm_replica_get_dir (replica);
  old_recovery = crm_recovery_key_load (dir, NULL);
  if (!(lock = take_lock (dir, error)))
    return FALSE;

  if (!keep_new (dir, file, keyring, key, error) || !mark (dir, error) ||
      !crm_replica_rekey (replica, key, error))
    {
      /* One that failed when the replica had the new key leaves both. */
      if (!has_key (replica, key))
        forget_new (dir, file, keyring);
      return FALSE;
    }

  return put_in_place (dir, file, keyring, key, error) &&
         (old_recovery == NULL || renew_recovery (dir, key, recovery, error));
}
