#include "cli/crm-cli.h"

#include "store/crm-backup.h"
#include "store/key/crm-key-finder.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

G_DEFINE_QUARK (crm-cli-error-quark, crm_cli_error)

gboolean
crm_cli_usage_error (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, CRM_CLI_ERROR, CRM_CLI_ERROR_USAGE, message);

  return FALSE;
}

gboolean
crm_cli_expect (char **args, int least, int most, GError **error)
{
  const int n = (int) g_strv_length (args);

  if (n < least)
    return crm_cli_usage_error (error, "an argument is missing");
  if (most >= 0 && n > most)
    return crm_cli_usage_error (error, "“%s” is one argument too many", args[most]);

  return TRUE;
}

char *
crm_cli_dup_dir (CrmCli *self)
{
  return self->data_dir != NULL ? g_strdup (self->data_dir) : crm_key_finder_dup_default_dir ();
}

char *
crm_cli_show_path (const char *path)
{
  return g_filename_display_name (path);
}

CrmKey *
crm_cli_find_key (CrmCli *self, char **kept_in, GError **error)
{
  g_autofree char *dir = crm_cli_dup_dir (self);
  g_autoptr (CrmKeyring) keyring = crm_keyring_new_system ();

  if (!crm_replica_exists (dir))
    {
      g_autofree char *shown = crm_cli_show_path (dir);

      g_set_error (error,
                   CRM_STORE_ERROR,
                   CRM_STORE_ERROR_NOT_FOUND,
                   "There is no replica in %s; “crm-cli --data %s init” makes one",
                   shown,
                   shown);
      return NULL;
    }

  if (self->key_file != NULL && crm_key_file_is_shared (self->key_file))
    crm_cli_warn ("others can read the key file %s; “chmod 600” keeps it yours", self->key_file);

  return crm_key_finder_find (dir, self->key_file, keyring, kept_in, NULL, error);
}

CrmReplica *
crm_cli_open (CrmCli *self, CrmReplicaMode mode, GError **error)
{
  g_autofree char *dir = crm_cli_dup_dir (self);
  g_autofree char *kept_in = NULL;
  g_autoptr (CrmKey) key = crm_cli_find_key (self, &kept_in, error);

  return key != NULL ? crm_replica_open (dir, key, self->model, mode, error) : NULL;
}

const CrmKind *
crm_cli_find_kind (CrmCli *self, const char *name, GError **error)
{
  const CrmKind *kind = crm_model_find_kind (self->model, name);

  if (kind == NULL)
    g_set_error (error,
                 CRM_MODEL_ERROR,
                 CRM_MODEL_ERROR_UNKNOWN,
                 "There is no kind “%s”; “crm-cli kinds” lists them",
                 name);

  return kind;
}

static gpointer
wait_for_signals (gpointer data)
{
  GCancellable *cancellable = data;
  sigset_t signals;
  int number;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  if (sigwait (&signals, &number) == 0)
    g_cancellable_cancel (cancellable);
  /* Who asks twice does not want to wait; the next start undoes what was half done. */
  if (sigwait (&signals, &number) == 0)
    _exit (128 + number);

  return NULL;
}

void
crm_cli_watch_signals (CrmCli *self)
{
  g_autoptr (GThread) thread = NULL;
  sigset_t signals;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  thread = g_thread_new ("signals", wait_for_signals, self->cancellable);
}

char *
crm_cli_read_password (const char *file, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *shown = crm_cli_show_path (file);
  gsize length;

  if (!g_file_get_contents (file, &text, &length, error))
    return NULL;
  text[strcspn (text, "\r\n")] = '\0';
  if (text[0] == '\0')
    {
      g_set_error (error,
                   CRM_CLI_ERROR,
                   CRM_CLI_ERROR_FAILED,
                   "The first line of %s is empty; it must be the password",
                   shown);
      return NULL;
    }

  return g_steal_pointer (&text);
}

void
crm_cli_print (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  vprintf (format, args);
  va_end (args);
}

void
crm_cli_print_json (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *line = NULL;

  json_node_take_object (node, object);
  line = json_to_string (node, FALSE);
  puts (line);
}

void
crm_cli_warn (const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_strdelimit (message, "\r\n", ' ');
  fprintf (stderr, "crm-cli: %s\n", message);
}

void
crm_cli_add_string (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}
