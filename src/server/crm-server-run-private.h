#pragma once

#include <glib.h>

/* Options, those of the commands too. */
typedef struct
{
  char *database;
  char *listen;
  char *certificate;
  char *key;
  gboolean insecure;

  gboolean version;
  char *admin;
  char *password_file;
  char *profile;
} CrmServerOptions;

/* crm-server-serve.c: until SIGTERM or SIGINT. */
gboolean crm_server_serve (const CrmServerOptions *options, GError **error);
/* crm-server-commands.c. @words: the command and its arguments, NULL-terminated. */
gboolean crm_server_run_command (const CrmServerOptions *options, char **words, GError **error);
/* The commands, one a line. */
const char *crm_server_describe_commands (void);
