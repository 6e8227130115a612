#include "server/sqlite/crm-sqlite-store-private.h"

#include "base/crm-clock.h"
#include "base/crm-id.h"
#include "server/crm-server-error.h"

#include <errno.h>
#include <glib/gstdio.h>

static gboolean
fail (GError **error, const char *path)
{
  g_set_error (error,
               CRM_SERVER_ERROR,
               CRM_SERVER_ERROR_FAILED,
               "“%s” cannot be put in its place: %s",
               path,
               g_strerror (errno));
  return FALSE;
}

/* What is no whole database of a server takes the place of none. */
static gboolean
check_backup (const char *file, GError **error)
{
  g_autoptr (CrmServerStore) store = crm_sqlite_store_open_to_read (file, error);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  if (store == NULL || !store->ops->check (store, problems, error))
    return FALSE;
  if (problems->len == 0)
    return TRUE;

  g_set_error (error,
               CRM_SERVER_ERROR,
               CRM_SERVER_ERROR_FAILED,
               "“%s” has %u faults, the first: %s",
               file,
               problems->len,
               (char *) problems->pdata[0]);
  return FALSE;
}

/*
 * A new epoch, so that every laptop asks again for all it has and gives again what the backup
 * lacks. What they give was made on versions that the backup never had: a number that stood for one
 * thing then must not stand for another now, or an edit would pass for one made on what it never
 * saw. So the order goes on far above all that can have been given, by the time: nobody makes a
 * change every ten microseconds, and time does not come back.
 */
static gboolean
begin_epoch (const char *path, GError **error)
{
  static const char sql[] = "UPDATE clock SET epoch = :epoch, seq = max (seq + 1, :seq)";
  g_autoptr (CrmServerStore) store = crm_sqlite_store_open (path, FALSE, error);
  g_autofree char *epoch = crm_id_new ();
  CrmStmt *stmt;

  if (store == NULL || !store->ops->begin (store, TRUE, error) ||
      !(stmt = crm_db_prepare (crm_sqlite_store_get_db (store), sql, error)))
    return FALSE;
  crm_stmt_bind_text (stmt, ":epoch", epoch);
  crm_stmt_bind_int64 (stmt, ":seq", crm_clock_now () / 10);

  return crm_sqlite_run (stmt, error) && store->ops->commit (store, error);
}

/* A name that is free, also for who restores twice in a second. */
static char *
name_aside (const char *path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  char *name = g_strconcat (path, ".before-", stamp, NULL);

  for (guint n = 2; g_file_test (name, G_FILE_TEST_EXISTS); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.before-%s-%u", path, stamp, n);
    }

  return name;
}

/* With what belongs to it, so that it is still a database under the other name. */
static gboolean
move_aside (const char *path, const char *aside, GError **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

      if (g_file_test (from, G_FILE_TEST_EXISTS) && g_rename (from, to) != 0)
        return fail (error, to);
    }

  return TRUE;
}

static gboolean
replace (const char *part, const char *path, char **aside, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = name_aside (path);
  const gboolean was_there = g_file_test (path, G_FILE_TEST_EXISTS);

  if (!move_aside (path, name, error))
    return FALSE;
  if (g_rename (part, path) != 0)
    return fail (error, path);
  if (was_there)
    *aside = g_steal_pointer (&name);

  return crm_sqlite_sync_file (folder, error);
}

gboolean
crm_sqlite_restore (const char *path, const char *file, char **aside, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autoptr (CrmSqliteClaim) claim = NULL;
  gboolean done;

  g_return_val_if_fail (path != NULL && file != NULL, FALSE);
  g_return_val_if_fail (aside != NULL, FALSE);

  *aside = NULL;
  if (!(claim = crm_sqlite_claim_new (path, error)) || !check_backup (file, error))
    return FALSE;
  g_unlink (part);
  done = crm_sqlite_copy (file, part, error) && begin_epoch (part, error) &&
         crm_sqlite_give_away (part, error) && crm_sqlite_sync_file (part, error) &&
         replace (part, path, aside, error);
  if (!done)
    g_unlink (part);

  return done;
}
