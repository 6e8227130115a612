#include "server/crm-server-run-private.h"

#include "server/crm-server-admin.h"
#include "server/crm-server-error.h"
#include "server/crm-server-password.h"

#include <stdio.h>
#include <string.h>

/* One command on an open store. */
typedef struct
{
  CrmServerStore *store;
  const CrmServerOptions *options;
  const char *argument; /* "" when it takes none */
} Command;

typedef gboolean (*CommandFunc) (Command *self, GError **error);

static gboolean
fail_usage (GError **error, const char *message)
{
  g_set_error (error,
               CRM_SERVER_ERROR,
               CRM_SERVER_ERROR_USAGE,
               "%s; crm-server --help tells the commands",
               message);
  return FALSE;
}

static gboolean
read_password (Command *self, char **password, GError **error)
{
  if (self->options->password_file == NULL)
    return fail_usage (error, "--password-file FILE is missing");
  *password = crm_server_password_read (self->options->password_file, error);

  return *password != NULL;
}

static gboolean
run_init (Command *self, GError **error)
{
  g_autofree char *password = NULL;

  return read_password (self, &password, error) &&
         crm_server_admin_add_user (self->store,
                                    self->options->admin,
                                    password,
                                    self->options->profile,
                                    TRUE,
                                    error);
}

static gboolean
run_user_add (Command *self, GError **error)
{
  g_autofree char *password = NULL;

  return read_password (self, &password, error) &&
         crm_server_admin_add_user (self->store,
                                    self->argument,
                                    password,
                                    self->options->profile,
                                    FALSE,
                                    error);
}

static gboolean
run_user_password (Command *self, GError **error)
{
  g_autofree char *password = NULL;

  return read_password (self, &password, error) &&
         crm_server_admin_set_password (self->store, self->argument, password, error);
}

static gboolean
run_user_disable (Command *self, GError **error)
{
  return crm_server_admin_disable_user (self->store, self->argument, error);
}

static gboolean
run_user_list (Command *self, GError **error)
{
  g_autoptr (GPtrArray) users = self->store->ops->list_users (self->store, error);

  if (users == NULL)
    return FALSE;
  for (guint i = 0; i < users->len; i++)
    {
      const CrmServerUser *user = users->pdata[i];

      printf ("%s\t%s\t%s\t%s\n",
              user->name,
              user->profile,
              user->admin ? "admin" : "user",
              user->disabled ? "disabled" : "active");
    }

  return TRUE;
}

static gboolean
run_device_list (Command *self, GError **error)
{
  static const char *const states[] = { "active", "signed-out", "revoked" };
  g_autoptr (GPtrArray) devices = self->store->ops->list_devices (self->store, error);

  if (devices == NULL)
    return FALSE;
  for (guint i = 0; i < devices->len; i++)
    {
      const CrmServerDevice *device = devices->pdata[i];
      g_autoptr (CrmServerUser)
          user = self->store->ops->get_user (self->store, device->user, error);

      if (user == NULL)
        return FALSE;
      printf ("%s\t%s\t%s\t%s\t%s\n",
              device->id,
              user->name,
              device->name,
              device->created,
              states[device->state]);
    }

  return TRUE;
}

static gboolean
run_device_revoke (Command *self, GError **error)
{
  return crm_server_admin_revoke (self->store, self->argument, error);
}

/* @name: nullable: all */
static gboolean
print_profiles (Command *self, const char *name, GError **error)
{
  g_autoptr (GPtrArray) profiles = self->store->ops->list_profiles (self->store, error);
  gboolean found = name == NULL;

  if (profiles == NULL)
    return FALSE;
  for (guint i = 0; i < profiles->len; i++)
    {
      const CrmServerProfile *profile = profiles->pdata[i];

      if (name == NULL)
        printf ("%s\n", profile->name);
      else if (strcmp (name, profile->name) == 0)
        {
          printf ("%s\n", profile->rights);
          found = TRUE;
        }
    }
  if (!found)
    g_set_error (error,
                 CRM_SERVER_ERROR,
                 CRM_SERVER_ERROR_NOT_FOUND,
                 "There is no profile “%s”: profile list tells which there are",
                 name);

  return found;
}

static gboolean
run_profile_list (Command *self, GError **error)
{
  return print_profiles (self, NULL, error);
}

static gboolean
run_profile_show (Command *self, GError **error)
{
  return print_profiles (self, self->argument, error);
}

static gboolean
run_backup (Command *self, GError **error)
{
  return self->store->ops->back_up (self->store, self->argument, error);
}

/* In the place of the database, so that is not open. */
static gboolean
run_restore (Command *self, GError **error)
{
  g_autofree char *aside = NULL;

  if (!crm_server_store_restore (self->options->database, self->argument, &aside, error))
    return FALSE;
  if (aside != NULL)
    printf ("The database that was there is %s\n", aside);

  return TRUE;
}

static gboolean
run_check (Command *self, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  if (!self->store->ops->check (self->store, problems, error))
    return FALSE;
  for (guint i = 0; i < problems->len; i++)
    printf ("%s\n", (char *) problems->pdata[i]);
  if (problems->len == 0)
    {
      printf ("ok\n");
      return TRUE;
    }

  g_set_error (error,
               CRM_SERVER_ERROR,
               CRM_SERVER_ERROR_FAILED,
               "The database has %u faults: put back a backup",
               problems->len);
  return FALSE;
}

typedef struct
{
  const char *words[2]; /* the second nullable */
  const char *argument; /* nullable: what it is called */
  CommandFunc run;
} CommandEntry;

static const CommandEntry entries[] = {
  { { "init", NULL }, NULL, run_init },
  { { "user", "add" }, "NAME", run_user_add },
  { { "user", "password" }, "NAME", run_user_password },
  { { "user", "disable" }, "NAME", run_user_disable },
  { { "user", "list" }, NULL, run_user_list },
  { { "device", "list" }, NULL, run_device_list },
  { { "device", "revoke" }, "DEVICE", run_device_revoke },
  { { "profile", "list" }, NULL, run_profile_list },
  { { "profile", "show" }, "NAME", run_profile_show },
  { { "backup", NULL }, "FILE", run_backup },
  { { "restore", NULL }, "FILE", run_restore },
  { { "check", NULL }, NULL, run_check },
};

const char *
crm_server_describe_commands (void)
{
  return "Commands:\n"
         "  init --admin NAME --password-file F             a new database with its first user\n"
         "  user add NAME --password-file F [--profile P]   user password NAME --password-file F\n"
         "  user disable NAME                               user list\n"
         "  device list                                     device revoke DEVICE\n"
         "  profile list                                    profile show NAME\n"
         "  backup FILE                                     restore FILE\n"
         "  check                                           the database against itself\n"
         "Without a command it serves. Exit status: 0 done, 1 failed, 2 wrong usage.";
}

static void
fail_words (GError **error, char **words, const char *why)
{
  g_autofree char *line = g_strjoinv (" ", words);
  g_autofree char *message = g_strdup_printf ("“%s”: %s", line, why);

  fail_usage (error, message);
}

/* @argument: (out): "" when it takes none. NULL with @error. */
static const CommandEntry *
find_entry (char **words, const char **argument, GError **error)
{
  const guint n_words = g_strv_length (words);

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      const CommandEntry *entry = &entries[i];
      const guint n_names = entry->words[1] != NULL ? 2 : 1;
      const guint n_wanted = n_names + (entry->argument != NULL ? 1 : 0);

      if (strcmp (words[0], entry->words[0]) != 0 ||
          (n_names == 2 && g_strcmp0 (words[1], entry->words[1]) != 0))
        continue;
      if (n_words == n_wanted)
        {
          *argument = entry->argument != NULL ? words[n_names] : "";
          return entry;
        }
      fail_words (error,
                  words,
                  n_words < n_wanted ? "an argument is missing" : "that is an argument too many");
      return NULL;
    }
  fail_words (error, words, "there is no such command");

  return NULL;
}

gboolean
crm_server_run_command (const CrmServerOptions *options, char **words, GError **error)
{
  g_autoptr (CrmServerStore) store = NULL;
  const char *argument;
  const CommandEntry *entry = find_entry (words, &argument, error);
  const gboolean is_init = entry != NULL && entry->run == run_init;
  Command command;

  if (entry == NULL)
    return FALSE;
  if (is_init && options->admin == NULL)
    return fail_usage (error, "init: --admin NAME is missing");
  /* Nothing is made when its first user cannot be. */
  if (is_init)
    {
      g_autofree char *password = NULL;
      g_autofree char *hash = NULL;

      command = (Command) { .options = options };
      if (!read_password (&command, &password, error) ||
          !(hash = crm_server_password_hash (password, error)))
        return FALSE;
    }
  if (entry->run != run_restore &&
      !(store = crm_server_store_open (options->database, is_init, error)))
    return FALSE;

  command = (Command) { store, options, argument };

  return entry->run (&command, error);
}
