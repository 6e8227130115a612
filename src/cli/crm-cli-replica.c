#include "cli/crm-cli-commands.h"

#include "cli/crm-cli-progress.h"
#include "store/crm-backup.h"
#include "store/demo/crm-demo.h"
#include "store/key/crm-key-change.h"
#include "store/key/crm-key-finder.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* More than any firm has, and a number that a slip of the keyboard makes. */
#define MAX_DEMO 1000000

static char *password_file;
static int demo;
static gboolean with_recovery;

const GOptionEntry crm_cli_init_options[] = {
  { "demo", 0, 0, G_OPTION_ARG_INT, &demo, "Fill it with so many made-up relations", "N" },
  { "recovery-key",
    0,
    0,
    G_OPTION_ARG_NONE,
    &with_recovery,
    "Make a recovery key, to be printed, too",
    NULL },
  G_OPTION_ENTRY_NULL,
};

const GOptionEntry crm_cli_password_options[] = {
  { "password-file",
    0,
    0,
    G_OPTION_ARG_FILENAME,
    &password_file,
    "File whose first line is the password",
    "FILE" },
  G_OPTION_ENTRY_NULL,
};

/* The folder, which must hold no replica, and a key for it that is kept. */
static CrmKey *
make_key (CrmCli *self, const char *dir, GError **error)
{
  g_autoptr (CrmKeyring) keyring = crm_keyring_new_system ();
  g_autoptr (CrmKey) key = NULL;
  g_autofree char *kept_in = NULL;

  if (crm_replica_exists (dir))
    {
      g_autofree char *shown = crm_cli_show_path (dir);

      g_set_error (error,
                   CRM_STORE_ERROR,
                   CRM_STORE_ERROR_EXISTS,
                   "There is a replica in %s already; name another folder with --data",
                   shown);
      return NULL;
    }
  key = crm_key_finder_find (dir, self->key_file, keyring, &kept_in, self->cancellable, error);
  if (key != NULL && kept_in != NULL)
    crm_cli_warn ("no keyring answers; the key is in %s", kept_in);

  return g_steal_pointer (&key);
}

static gboolean
has_key_file (CrmCli *self)
{
  return self->key_file != NULL && g_file_test (self->key_file, G_FILE_TEST_EXISTS);
}

/* A key and a folder that were made for nothing; what was there before stays. */
static void
clean_up (const char *dir, const char *key_file, gboolean had_key)
{
  if (key_file != NULL && !had_key)
    g_unlink (key_file);
  /* Only when it is empty. */
  g_rmdir (dir);
}

/* @recovery: (nullable) */
static void
print_made (CrmCli *self, const char *name, CrmReplica *replica, const char *recovery)
{
  JsonObject *object;

  if (!self->json)
    {
      crm_cli_print ("%s %s in %s\n",
                     name,
                     crm_replica_get_id (replica),
                     crm_replica_get_dir (replica));
      if (recovery != NULL)
        crm_cli_print ("recovery key, print it and keep it elsewhere: %s\n", recovery);
      return;
    }
  object = json_object_new ();
  crm_cli_add_string (object, "replica", crm_replica_get_id (replica));
  crm_cli_add_string (object, "dir", crm_replica_get_dir (replica));
  crm_cli_add_string (object, "recovery_key", recovery);
  crm_cli_print_json (object);
}

/* (transfer full): NULL on error */
static char *
make_recovery (const char *dir, const CrmKey *key, GError **error)
{
  g_autofree char *wrapped = NULL;
  g_autofree char *printed = crm_recovery_key_new (key, &wrapped, error);

  if (printed == NULL || !crm_recovery_key_save (dir, wrapped, error))
    return NULL;

  return g_steal_pointer (&printed);
}

gboolean
crm_cli_init (CrmCli *self, char **args, GError **error)
{
  const gboolean had_key = has_key_file (self);
  g_autofree char *dir = crm_cli_dup_dir (self);
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (CrmCliProgress) progress = NULL;
  g_autoptr (CrmKey) key = NULL;
  g_autofree char *recovery = NULL;

  if (!crm_cli_expect (args, 0, 0, error))
    return FALSE;
  if (demo < 0 || demo > MAX_DEMO)
    return crm_cli_usage_error (error, "--demo is 1 to %d, not %d", MAX_DEMO, demo);
  key = make_key (self, dir, error);
  if (key == NULL)
    return FALSE;
  replica = crm_replica_create (dir, key, self->model, error);
  if (replica == NULL)
    {
      clean_up (dir, self->key_file, had_key);
      return FALSE;
    }
  if (with_recovery && !(recovery = make_recovery (dir, key, error)))
    return FALSE;
  crm_cli_watch_signals (self);
  progress = crm_cli_progress_start ();
  if (demo > 0 && !crm_demo_fill (replica,
                                  (guint) demo,
                                  crm_cli_progress_get (progress),
                                  self->cancellable,
                                  error))
    return FALSE;
  g_clear_pointer (&progress, crm_cli_progress_stop);
  print_made (self, "made replica", replica, recovery);

  return TRUE;
}

/* NULL when it is not named or cannot be read. */
static char *
dup_password (GError **error)
{
  if (password_file != NULL)
    return crm_cli_read_password (password_file, error);

  crm_cli_usage_error (error, "--password-file is missing");

  return NULL;
}

gboolean
crm_cli_backup (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (CrmCliProgress) progress = NULL;
  g_autofree char *password = NULL;

  if (!crm_cli_expect (args, 1, 1, error))
    return FALSE;
  password = dup_password (error);
  if (password == NULL)
    return FALSE;
  replica = crm_cli_open (self, CRM_REPLICA_READ_ONLY, error);
  if (replica == NULL)
    return FALSE;
  crm_cli_watch_signals (self);
  progress = crm_cli_progress_start ();

  return crm_replica_backup (replica,
                             args[0],
                             password,
                             crm_cli_progress_get (progress),
                             self->cancellable,
                             error);
}

gboolean
crm_cli_restore (CrmCli *self, char **args, GError **error)
{
  const gboolean had_key = has_key_file (self);
  g_autofree char *dir = crm_cli_dup_dir (self);
  g_autofree char *password = NULL;
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (CrmCliProgress) progress = NULL;
  g_autoptr (CrmKey) key = NULL;

  if (!crm_cli_expect (args, 1, 1, error))
    return FALSE;
  password = dup_password (error);
  if (password == NULL)
    return FALSE;
  key = make_key (self, dir, error);
  if (key == NULL)
    return FALSE;
  crm_cli_watch_signals (self);
  progress = crm_cli_progress_start ();
  if (!crm_backup_restore (args[0],
                           password,
                           dir,
                           key,
                           crm_cli_progress_get (progress),
                           self->cancellable,
                           error))
    {
      clean_up (dir, self->key_file, had_key);
      return FALSE;
    }

  g_clear_pointer (&progress, crm_cli_progress_stop);
  replica = crm_replica_open (dir, key, self->model, CRM_REPLICA_READ_WRITE, error);
  if (replica == NULL)
    return FALSE;
  print_made (self, "restored replica", replica, NULL);

  return TRUE;
}

static void
print_recovery (CrmCli *self, const char *recovery)
{
  JsonObject *object;

  if (!self->json)
    {
      crm_cli_print ("the old recovery key opens nothing any more; print the new one: %s\n",
                     recovery);
      return;
    }
  object = json_object_new ();
  crm_cli_add_string (object, "recovery_key", recovery);
  crm_cli_print_json (object);
}

/* A kill at any moment does no harm, so signals are left as they are. */
gboolean
crm_cli_rekey (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmKeyring) keyring = crm_keyring_new_system ();
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (CrmCliProgress) progress = NULL;
  g_autofree char *kept_in = NULL;
  g_autofree char *recovery = NULL;
  g_autoptr (CrmKey) key = NULL;
  g_autofree char *dir = crm_cli_dup_dir (self);
  gboolean done;

  if (!crm_cli_expect (args, 0, 0, error))
    return FALSE;
  key = crm_cli_find_key (self, &kept_in, error);
  if (key == NULL)
    return FALSE;
  replica = crm_replica_open (dir, key, self->model, CRM_REPLICA_READ_WRITE, error);
  if (replica == NULL)
    return FALSE;

  progress = crm_cli_progress_start ();
  done = crm_key_change_run (replica,
                             self->key_file != NULL ? self->key_file : kept_in,
                             keyring,
                             &recovery,
                             error);
  g_clear_pointer (&progress, crm_cli_progress_stop);
  if (recovery != NULL)
    print_recovery (self, recovery);

  return done;
}

gboolean
crm_cli_check (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (CrmCliProgress) progress = NULL;

  if (!crm_cli_expect (args, 0, 0, error))
    return FALSE;
  replica = crm_cli_open (self, CRM_REPLICA_READ_ONLY, error);
  if (replica == NULL)
    return FALSE;
  crm_cli_watch_signals (self);
  progress = crm_cli_progress_start ();
  problems = crm_replica_check (replica, self->cancellable, error);
  g_clear_pointer (&progress, crm_cli_progress_stop);
  if (problems == NULL)
    return FALSE;

  for (guint i = 0; i < problems->len; i++)
    {
      JsonObject *object;

      if (!self->json)
        {
          crm_cli_print ("%s\n", (char *) problems->pdata[i]);
          continue;
        }
      object = json_object_new ();
      crm_cli_add_string (object, "problem", problems->pdata[i]);
      crm_cli_print_json (object);
    }
  if (problems->len == 0)
    return TRUE;

  g_set_error (error,
               CRM_CLI_ERROR,
               CRM_CLI_ERROR_FAILED,
               "%u %s wrong with the replica; restore a backup into another folder",
               problems->len,
               problems->len == 1 ? "thing is" : "things are");
  return FALSE;
}
