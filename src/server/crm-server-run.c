#include "server/crm-server-run.h"

#include "server/crm-server-error.h"
#include "server/crm-server-log.h"
#include "server/crm-server-run-private.h"

#include "crm-config.h"

#include <stdio.h>

static GOptionContext *
new_context (CrmServerOptions *options)
{
  GOptionContext *context = g_option_context_new ("[COMMAND…]");
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "database", 0, 0, G_OPTION_ARG_STRING, &options->database, "sqlite:PATH", "URL" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options->listen, "Port 0 picks a free one; 127.0.0.1:8470 if not given", "ADDR:PORT" },
    { "tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &options->certificate, "Certificate, PEM", "FILE" },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &options->key, "Its key, PEM", "FILE" },
    { "insecure", 0, 0, G_OPTION_ARG_NONE, &options->insecure, "Plain http also to other machines", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version", NULL },
    { "admin", 0, 0, G_OPTION_ARG_STRING, &options->admin, "init: the first user", "NAME" },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &options->password_file, "Its first line is the password", "FILE" },
    { "profile", 0, 0, G_OPTION_ARG_STRING, &options->profile, "What the user may do", "NAME" },
    G_OPTION_ENTRY_NULL,
  };
  /* clang-format on */

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, "Keeps the replicas of CRM in step.");
  g_option_context_set_description (context, crm_server_describe_commands ());

  return context;
}

static gboolean
run (CrmServerOptions *options, int argc, char *argv[], GError **error)
{
  g_autoptr (GOptionContext) context = new_context (options);
  g_autoptr (GError) local_error = NULL;

  if (!g_option_context_parse (context, &argc, &argv, &local_error))
    {
      g_set_error_literal (error, CRM_SERVER_ERROR, CRM_SERVER_ERROR_USAGE, local_error->message);
      return FALSE;
    }
  if (options->version)
    {
      printf ("crm-server %s\n", CRM_VERSION);
      return TRUE;
    }
  if (options->database == NULL)
    {
      g_set_error (error,
                   CRM_SERVER_ERROR,
                   CRM_SERVER_ERROR_USAGE,
                   "--database URL is missing; crm-server --help tells more");
      return FALSE;
    }
  if (argc > 1)
    return crm_server_run_command (options, argv + 1, error);

  crm_server_log_init ();

  return crm_server_serve (options, error);
}

int
crm_server_run (int argc, char *argv[])
{
  CrmServerOptions options = { 0 };
  g_autoptr (GError) error = NULL;
  int code = 0;

  if (!run (&options, argc, argv, &error))
    {
      code = g_error_matches (error, CRM_SERVER_ERROR, CRM_SERVER_ERROR_USAGE) ? 2 : 1;
      fprintf (stderr, "crm-server: %s\n", error->message);
    }
  else if (fflush (stdout) != 0)
    code = 1;

  g_free (options.database);
  g_free (options.listen);
  g_free (options.certificate);
  g_free (options.key);
  g_free (options.admin);
  g_free (options.password_file);
  g_free (options.profile);

  return code;
}
