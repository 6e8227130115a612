#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

/* A folder with a replica, and the program that works on it. */
typedef struct
{
  char *dir;
  /* Of the last run. */
  int status;
  char *out;
  char *err;
} Fixture;

/* Takes "--crm-cli PROGRAM" out of the arguments; before g_test_init(). */
void crm_cli_fixture_init (int *argc, char ***argv);
const char *crm_cli_get_program (void);
/* For g_test_add(): with a replica in it, and without one. */
void crm_cli_set_up (Fixture *fixture, gconstpointer unused);
void crm_cli_set_up_empty (Fixture *fixture, gconstpointer unused);
void crm_cli_tear_down (Fixture *fixture, gconstpointer unused);

/* "crm-cli --data … --key-file … ARG…"; ends with NULL. */
void crm_cli_run_args (Fixture *fixture, ...) G_GNUC_NULL_TERMINATED;
void crm_cli_run_argv (Fixture *fixture, const char *const *args);
/* The same without those two options. */
void crm_cli_run_plain (Fixture *fixture, ...) G_GNUC_NULL_TERMINATED;
/* The same, with standard input. */
void crm_cli_run_input (Fixture *fixture, const char *input, ...) G_GNUC_NULL_TERMINATED;
/* Starts and does not wait; (transfer full) */
GSubprocess *crm_cli_start (Fixture *fixture, ...) G_GNUC_NULL_TERMINATED;
/* With no file above @bytes, as on a full disk. */
void crm_cli_run_limited (Fixture *fixture, guint64 bytes, ...) G_GNUC_NULL_TERMINATED;

/* Exit 0 and nothing on stderr. */
void crm_cli_assert_done (Fixture *fixture);
/* The exit code, one line on stderr that has @part, nothing on stdout. */
void crm_cli_assert_failed (Fixture *fixture, int status, const char *part);
/* Makes a record; its id. */
char *crm_cli_make (Fixture *fixture, const char *kind, const char *pair);
/* How many records of a kind there are. */
guint crm_cli_count (Fixture *fixture, const char *kind);
/* Line @index of the output. (transfer full) */
JsonObject *crm_cli_get_line (Fixture *fixture, guint index);
char *crm_cli_path (Fixture *fixture, const char *name);
void crm_cli_write (Fixture *fixture, const char *name, const char *text);
guint crm_cli_count_lines (const char *text);
