#pragma once

#include "model/crm-model-error.h"
#include "store/crm-replica.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define CRM_CLI_ERROR (crm_cli_error_quark ())

typedef enum
{
  /* The command is not written as its help says: exit 2. Every other error is exit 1. */
  CRM_CLI_ERROR_USAGE,
  /* The command was carried out, and what it looked at is not in order. */
  CRM_CLI_ERROR_FAILED,
} CrmCliError;

GQuark crm_cli_error_quark (void);

/* One run of the program: what was asked for before and beside the command. */
typedef struct
{
  char *data_dir; /* nullable: the default one */
  char *key_file; /* nullable: the keyring */
  gboolean json;
  CrmModel *model;
  GCancellable *cancellable;
} CrmCli;

/* @args: what follows the command and its options; NULL-terminated. */
typedef gboolean (*CrmCliFunc) (CrmCli *self, char **args, GError **error);

typedef struct
{
  const char *name;
  /* What stands behind the name: "KIND FIELD=VALUE…" */
  const char *usage;
  const char *summary;
  /* Ends with an empty entry; NULL when there are none. */
  const GOptionEntry *options;
  CrmCliFunc run;
} CrmCliCommand;

/* In the order of the help; the last has no name. */
const CrmCliCommand *crm_cli_get_commands (void);

/* Parses, runs, prints at most one line on stderr. Returns the exit code. */
int crm_cli_run (int argc, char **argv);

/* How many arguments a command takes; fails with %CRM_CLI_ERROR_USAGE. @most: -1 for any number. */
gboolean crm_cli_expect (char **args, int least, int most, GError **error);
gboolean crm_cli_usage_error (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

char *crm_cli_dup_dir (CrmCli *self);
/* The key of the replica, which must be there. */
/* @kept_in: as of crm_key_finder_find(). */
CrmKey *crm_cli_find_key (CrmCli *self, char **kept_in, GError **error);
CrmReplica *crm_cli_open (CrmCli *self, CrmReplicaMode mode, GError **error);
/* Fails when there is no kind @name; "relation" is none here. */
const CrmKind *crm_cli_find_kind (CrmCli *self, const char *name, GError **error);
/* From now on Ctrl+C and SIGTERM cancel what runs, which then leaves nothing half done. */
void crm_cli_watch_signals (CrmCli *self);
/* The first line of a file; fails when it is empty. */
char *crm_cli_read_password (const char *file, GError **error);
/* A path as it was typed, in the encoding of file names, to UTF-8 for messages. */
char *crm_cli_show_path (const char *path);

/* To stdout. */
void crm_cli_print (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* One line of JSON; takes @object. */
void crm_cli_print_json (JsonObject *object);
/* To stderr, one line; not an error. */
void crm_cli_warn (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Members that are absent when the value is. */
void crm_cli_add_string (JsonObject *object, const char *name, const char *value);

G_END_DECLS
