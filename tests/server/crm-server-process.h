#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The program itself on a database in a folder of its own, with the users anna and bob, spoken to
 * over real sockets. */

#define CRM_SERVER_PROCESS_PASSWORD "correct horse"
#define CRM_SERVER_PROCESS_REPLICA  "01900000-0000-7000-8000-00000000aaaa"

typedef struct
{
  char *dir;
  char *path;     /* of the database */
  char *database; /* its URL */
  char *log;      /* what it wrote to standard error since it was set up */
  GPid pid;       /* 0: it does not run */
  char *url;
  SoupSession *session;
  char *token;
  char *epoch;
} CrmServerProcess;

/* Takes "--crm-server PATH" off the end of the arguments. */
void crm_server_process_take_program (int *argc, char **argv);
const char *crm_server_process_get_program (void);

/* With a database, not running. */
void crm_server_process_set_up_stopped (CrmServerProcess *self, gconstpointer unused);
/* Running, and anna logged in. */
void crm_server_process_set_up (CrmServerProcess *self, gconstpointer unused);
void crm_server_process_tear_down (CrmServerProcess *self, gconstpointer unused);

/* @line: words parted by spaces, DIR and PW (a password file) stand for the fixture's, and come
 * behind "--database URL". @output: (out) (optional). The exit status. */
int crm_server_process_run (CrmServerProcess *self, const char *line, char **output);
/* @options: nullable, as above; without "--listen" a port of 127.0.0.1 is chosen. */
void crm_server_process_start (CrmServerProcess *self, const char *options);
/* Returns the exit status as waitpid() gives it. */
int crm_server_process_stop (CrmServerProcess *self, int signal);
void crm_server_process_log_in (CrmServerProcess *self);

/* @body: nullable. The status; 0 when there was no answer. */
guint crm_server_process_call (CrmServerProcess *self,
                               const char *method,
                               const char *path,
                               const char *body,
                               char **reply);
/* The same from any thread, with a session of its own. */
guint crm_server_process_call_apart (CrmServerProcess *self,
                                     const char *method,
                                     const char *path,
                                     const char *body,
                                     char **reply);

/* A socket, for what no client does. */
GSocketConnection *crm_server_process_connect (CrmServerProcess *self);
/* The other end has not let go; what it said is dropped. */
gboolean crm_server_connection_is_open (GSocketConnection *connection);

/* A push of one set numbered @n: a new person, their ids made of @n. */
char *crm_server_process_write_push (CrmServerProcess *self, guint n);
/* Of an empty body, the first pull. */
char *crm_server_process_dup_cursor (CrmServerProcess *self);
/* One number that a query gives. */
gint64 crm_server_process_count (CrmServerProcess *self, const char *sql);
/* "VmHWM:" in kilobytes. */
guint64 crm_server_process_get_memory (CrmServerProcess *self, const char *name);

G_END_DECLS
