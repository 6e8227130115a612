#include "store/crm-backup.h"
#include "store/crm-replica-private.h"

#include <glib/gstdio.h>
#include <string.h>

/*
 * PRAGMA rekey writes every page anew in one transaction, through the WAL, and the salt of the file
 * stays: a kill before the commit leaves the old file, one after it leaves a WAL that only the new
 * key reads. A copy that is renamed over the old file would not do: other connections would go on
 * with the file that has no name any more, and a WAL left by a kill would be played into the new
 * file.
 */
static gboolean
run_rekey (CrmReplica *self, const CrmKey *new_key, GError **error)
{
  static const char start[] = "PRAGMA rekey = \"x'";
  char sql[sizeof start + 2 * CRM_KEY_SIZE + 2];
  const guint8 *bytes = crm_key_get_bytes (new_key);
  char *end = g_stpcpy (sql, start);
  gboolean done;

  for (guint i = 0; i < CRM_KEY_SIZE; i++, end += 2)
    g_snprintf (end, 3, "%02x", bytes[i]);
  g_stpcpy (end, "'\"");
  done = crm_db_exec (self->db, sql, error);
  explicit_bzero (sql, sizeof sql);

  return done;
}

/* From the WAL to the file: until then the file has pages that the old key reads. */
static gboolean
move_to_file (CrmReplica *self, GError **error)
{
  gint64 busy = 0;

  if (!crm_db_query_int64 (self->db, "PRAGMA wal_checkpoint (TRUNCATE)", &busy, error))
    return FALSE;
  if (busy == 0)
    return TRUE;

  g_set_error (error,
               CRM_STORE_ERROR,
               CRM_STORE_ERROR_BUSY,
               "“%s” has the new key, but another program reads it and keeps parts under the old "
               "one; close that and open this again",
               self->dir);

  return FALSE;
}

/* The pragma says that all went well also when it rolled back for want of room (SQLCipher 4.6). */
static gboolean
has_key (CrmReplica *self, const CrmKey *key, GError **error)
{
  g_autoptr (CrmDb) db = crm_db_open (crm_db_get_path (self->db),
                                      crm_key_get_bytes (key),
                                      CRM_DB_READ_ONLY,
                                      error);

  return db != NULL;
}

/* After a change that failed: this connection would write pages with the new key from now on. */
static gboolean
go_back (CrmReplica *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (error == NULL || *error == NULL || g_error_matches (*error, CRM_DB_ERROR, CRM_DB_ERROR_KEY))
    {
      g_clear_error (error);
      g_set_error (error,
                   CRM_DB_ERROR,
                   CRM_DB_ERROR_FULL,
                   "No room to write all of “%s” anew under another key",
                   crm_db_get_path (self->db));
    }
  if (!crm_replica_reopen (self, &local_error))
    g_message ("The replica stays closed: %s", local_error->message);

  return crm_store_error_translate (error);
}

gboolean
crm_replica_rekey (CrmReplica *self, const CrmKey *new_key, GError **error)
{
  g_autofree char *recovery = NULL;

  g_return_val_if_fail (CRM_IS_REPLICA (self), FALSE);
  g_return_val_if_fail (new_key != NULL, FALSE);

  /* What is in the WAL under the old key goes to the file first, so that one key is in each. */
  if (!crm_replica_check_writable (self, error) ||
      !crm_db_exec (self->db, "PRAGMA wal_checkpoint (TRUNCATE)", error))
    return crm_store_error_translate (error);
  if (!run_rekey (self, new_key, error) || !has_key (self, new_key, error))
    return go_back (self, error);

  crm_key_free (self->key);
  self->key = crm_key_copy (new_key);

  /* It wraps the old key. */
  recovery = g_build_filename (self->dir, "recovery", NULL);
  g_unlink (recovery);

  return move_to_file (self, error) || crm_store_error_translate (error);
}
