#include "cli/crm-cli.h"

#include "crm-config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char usage[] = "COMMAND [ARGUMENT…]";

static const CrmCliCommand *
find_command (const char *name)
{
  for (const CrmCliCommand *command = crm_cli_get_commands (); command->name != NULL; command++)
    if (strcmp (command->name, name) == 0)
      return command;

  return NULL;
}

/* The options that may stand before the command and behind it. */
static void
add_shared_options (CrmCli *self, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &self->data_dir, "Folder of the replica", "DIR" },
    { "key-file", 0, 0, G_OPTION_ARG_FILENAME, &self->key_file, "File that holds its key", "FILE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, "Print lines of JSON", NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

static char *
describe_commands (void)
{
  GString *text = g_string_new ("Commands:\n");

  for (const CrmCliCommand *command = crm_cli_get_commands (); command->name != NULL; command++)
    g_string_append_printf (text, "  %-11s %s\n", command->name, command->summary);
  g_string_append (text,
                   "\n“crm-cli COMMAND --help” tells more. Exit status: 0 done, 1 failed, 2 wrong "
                   "usage.");

  return g_string_free_and_steal (text);
}

/* Usage errors of GOption become ours, so that they end with 2. */
static gboolean
parse (GOptionContext *context, char ***argv, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (g_option_context_parse_strv (context, argv, &local_error))
    return TRUE;

  return crm_cli_usage_error (error, "%s", local_error->message);
}

static gboolean
parse_shared (CrmCli *self, char ***argv, gboolean *version, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autofree char *description = describe_commands ();
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, version, "Print the version", NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_set_summary (context,
                                "CRM without a window: the same records, for scripts and "
                                "administrators.");
  g_option_context_set_description (context, description);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_add_main_entries (context, entries, NULL);
  add_shared_options (self, context);

  return parse (context, argv, error);
}

/* @argv: from the command's name on. */
static gboolean
run_command (CrmCli *self, const CrmCliCommand *command, char **argv, GError **error)
{
  g_autofree char *parameters = g_strconcat (command->name, " ", command->usage, NULL);
  g_autoptr (GOptionContext) context = g_option_context_new (parameters);
  g_auto (GStrv) args = g_strdupv (argv);
  char **operands;

  /* The name stands in the usage line, where GOption puts that of the program. */
  g_free (args[0]);
  args[0] = g_strdup ("crm-cli");
  g_option_context_set_summary (context, command->summary);
  if (command->options != NULL)
    g_option_context_add_main_entries (context, command->options, NULL);
  add_shared_options (self, context);
  if (!parse (context, &args, error))
    return FALSE;

  operands = args + 1;
  /* What follows "--" is an argument also when it starts with a hyphen. */
  if (operands[0] != NULL && strcmp (operands[0], "--") == 0)
    operands++;

  return command->run (self, operands, error);
}

static gboolean
run (CrmCli *self, char ***argv, const CrmCliCommand **command, GError **error)
{
  gboolean version = FALSE;

  if (!parse_shared (self, argv, &version, error))
    return FALSE;
  if (version)
    {
      crm_cli_print ("crm-cli %s\n", CRM_VERSION);
      return TRUE;
    }
  if ((*argv)[0] == NULL || (*argv)[1] == NULL)
    return crm_cli_usage_error (error, "no command");

  *command = find_command ((*argv)[1]);
  if (*command == NULL)
    return crm_cli_usage_error (error, "there is no command “%s”", (*argv)[1]);

  return run_command (self, *command, *argv + 1, error);
}

/* A full disk or a closed pipe must not pass for success. */
static gboolean
flush_output (GError **error)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;

  g_set_error (error,
               CRM_CLI_ERROR,
               CRM_CLI_ERROR_FAILED,
               "Standard output cannot be written: %s",
               g_strerror (errno));
  return FALSE;
}

static int
report (const GError *error, const CrmCliCommand *command)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      crm_cli_warn ("stopped; nothing was changed");
      return 1;
    }
  if (!g_error_matches (error, CRM_CLI_ERROR, CRM_CLI_ERROR_USAGE))
    {
      crm_cli_warn ("%s", error->message);
      return 1;
    }
  crm_cli_warn ("%s; see “crm-cli %s%s--help”",
                error->message,
                command != NULL ? command->name : "",
                command != NULL ? " " : "");

  return 2;
}

int
crm_cli_run (int argc, char **argv)
{
  CrmCli self = { .model = crm_model_get_default () };
  const CrmCliCommand *command = NULL;
  g_auto (GStrv) args = g_strdupv (argv);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gboolean done;

  self.cancellable = cancellable;
  done = run (&self, &args, &command, &error);
  if (done)
    done = flush_output (&error);
  else
    flush_output (NULL);
  g_free (self.data_dir);
  g_free (self.key_file);

  return done ? 0 : report (error, command);
}
