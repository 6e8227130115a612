#include "crm-server-process.h"

#include "db/crm-db.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *program;

void
crm_server_process_take_program (int *argc, char **argv)
{
  for (int i = 1; i + 1 < *argc; i++)
    if (strcmp (argv[i], "--crm-server") == 0)
      {
        program = argv[i + 1];
        *argc = i;
        argv[i] = NULL;
      }
  g_assert_nonnull (program);
}

const char *
crm_server_process_get_program (void)
{
  return program;
}

static char **
make_argv (CrmServerProcess *self, const char *line)
{
  g_autoptr (GString) text = g_string_new (line);
  g_autofree char *password = g_build_filename (self->dir, "password", NULL);
  g_auto (GStrv) words = NULL;
  g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();

  g_string_replace (text, "DIR", self->dir, 0);
  g_string_replace (text, "PW", password, 0);
  words = g_strsplit (text->str, " ", -1);
  g_strv_builder_add_many (argv, program, "--database", self->database, NULL);
  if (line[0] != '\0')
    g_strv_builder_addv (argv, (const char **) words);

  return g_strv_builder_end (argv);
}

int
crm_server_process_run (CrmServerProcess *self, const char *line, char **output)
{
  g_auto (GStrv) argv = make_argv (self, line);
  g_autofree char *unread = NULL;
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL,
                argv,
                NULL,
                G_SPAWN_DEFAULT,
                NULL,
                NULL,
                output != NULL ? output : &unread,
                &err,
                &status,
                &error);
  g_assert_no_error (error);
  g_test_message ("%s: %d %s", line, WEXITSTATUS (status), err);

  return WEXITSTATUS (status);
}

static char *
read_line (int fd)
{
  g_autoptr (GIOChannel) channel = g_io_channel_unix_new (fd);
  g_autoptr (GError) error = NULL;
  char *line = NULL;

  g_io_channel_set_close_on_unref (channel, TRUE);
  g_io_channel_read_line (channel, &line, NULL, NULL, &error);
  g_assert_no_error (error);

  return line;
}

void
crm_server_process_start (CrmServerProcess *self, const char *options)
{
  g_autofree char *line = g_strconcat (options != NULL ? options : "",
                                       options != NULL ? " " : "",
                                       options != NULL && strstr (options, "--listen") != NULL
                                           ? "--"
                                           : "--listen 127.0.0.1:0",
                                       NULL);
  g_auto (GStrv) argv = make_argv (self, line);
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;
  const int log = g_open (self->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  int out;

  g_assert_cmpint (log, >=, 0);
  g_spawn_async_with_pipes_and_fds (NULL,
                                    (const char *const *) argv,
                                    NULL,
                                    G_SPAWN_DO_NOT_REAP_CHILD,
                                    NULL,
                                    NULL,
                                    -1,
                                    -1,
                                    log,
                                    NULL,
                                    NULL,
                                    0,
                                    &self->pid,
                                    NULL,
                                    &out,
                                    NULL,
                                    &error);
  g_assert_no_error (error);
  close (log);
  said = read_line (out);
  g_assert_nonnull (said);
  g_assert_true (g_str_has_prefix (said, "listening on http"));
  g_strchomp (said);
  g_set_str (&self->url, said + strlen ("listening on "));
}

int
crm_server_process_stop (CrmServerProcess *self, int signal)
{
  int status = 0;

  kill (self->pid, signal);
  g_assert_cmpint (waitpid (self->pid, &status, 0), ==, self->pid);
  g_spawn_close_pid (self->pid);
  self->pid = 0;

  return status;
}

static guint
send_with (CrmServerProcess *self,
           SoupSession *session,
           const char *method,
           const char *path,
           const char *body,
           char **reply)
{
  g_autofree char *address = g_strconcat (self->url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, address);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  if (self->token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", self->token, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (message),
                                    "Authorization",
                                    value);
    }
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  answer = soup_session_send_and_read (session, message, NULL, &error);
  if (answer == NULL)
    g_test_message ("%s %s: %s", method, path, error->message);
  if (reply != NULL)
    *reply = answer != NULL ? g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer))
                            : NULL;

  return answer != NULL ? soup_message_get_status (message) : 0;
}

guint
crm_server_process_call (CrmServerProcess *self,
                         const char *method,
                         const char *path,
                         const char *body,
                         char **reply)
{
  return send_with (self, self->session, method, path, body, reply);
}

guint
crm_server_process_call_apart (CrmServerProcess *self,
                               const char *method,
                               const char *path,
                               const char *body,
                               char **reply)
{
  g_autoptr (SoupSession) session = soup_session_new ();

  return send_with (self, session, method, path, body, reply);
}

void
crm_server_process_log_in (CrmServerProcess *self)
{
  g_autofree char *reply = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  g_assert_cmpuint (crm_server_process_call (self,
                                             "POST",
                                             "/v1/device",
                                             "{\"user\":\"anna\",\"password\":"
                                             "\"" CRM_SERVER_PROCESS_PASSWORD
                                             "\",\"replica\":\"" CRM_SERVER_PROCESS_REPLICA "\"}",
                                             &reply),
                    ==,
                    200);
  root = json_from_string (reply, NULL);
  object = json_node_get_object (root);
  g_set_str (&self->token, json_object_get_string_member (object, "token"));
  g_set_str (&self->epoch, json_object_get_string_member (object, "epoch"));
}

void
crm_server_process_set_up_stopped (CrmServerProcess *self, gconstpointer unused)
{
  g_autofree char *password = NULL;

  self->dir = g_dir_make_tmp ("crm-server-XXXXXX", NULL);
  self->path = g_build_filename (self->dir, "server.db", NULL);
  self->log = g_build_filename (self->dir, "log", NULL);
  self->database = g_strconcat ("sqlite:", self->path, NULL);
  self->session = soup_session_new ();
  password = g_build_filename (self->dir, "password", NULL);
  g_assert_true (g_file_set_contents (password, CRM_SERVER_PROCESS_PASSWORD "\n", -1, NULL));
  g_assert_cmpint (crm_server_process_run (self, "init --admin anna --password-file PW", NULL),
                   ==,
                   0);
  g_assert_cmpint (crm_server_process_run (self, "user add bob --password-file PW", NULL), ==, 0);
}

void
crm_server_process_set_up (CrmServerProcess *self, gconstpointer unused)
{
  crm_server_process_set_up_stopped (self, unused);
  crm_server_process_start (self, NULL);
  crm_server_process_log_in (self);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
crm_server_process_tear_down (CrmServerProcess *self, gconstpointer unused)
{
  if (self->pid != 0)
    crm_server_process_stop (self, SIGKILL);
  remove_folder (self->dir);
  g_object_unref (self->session);
  g_free (self->dir);
  g_free (self->path);
  g_free (self->database);
  g_free (self->log);
  g_free (self->url);
  g_free (self->token);
  g_free (self->epoch);
}

GSocketConnection *
crm_server_process_connect (CrmServerProcess *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GUri) uri = g_uri_parse (self->url, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection = g_socket_client_connect_to_host (client,
                                                                   "127.0.0.1",
                                                                   (guint16) g_uri_get_port (uri),
                                                                   NULL,
                                                                   &error);

  g_assert_no_error (error);

  return connection;
}

gboolean
crm_server_connection_is_open (GSocketConnection *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  g_autoptr (GError) error = NULL;
  char bytes[4096];
  gssize got;

  do
    got = g_socket_receive_with_blocking (socket, bytes, sizeof bytes, FALSE, NULL, &error);
  while (got > 0);

  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

char *
crm_server_process_write_push (CrmServerProcess *self, guint n)
{
  return g_strdup_printf ("{\"proto\":1,\"schema\":1,\"epoch\":\"%s\",\"replica\":"
                          "\"" CRM_SERVER_PROCESS_REPLICA
                          "\",\"now\":\"2026-03-01T08:00:00Z\",\"sets\":[{\"id\":\"01900000-0000-"
                          "7000-9000-%012x\",\"n\":%u,\"action\":\"test\",\"mode\":\"all\",\"at\":"
                          "\"2026-03-01T08:00:00Z\",\"ops\":[{\"kind\":\"person\",\"id\":"
                          "\"01900000-0000-7000-8000-%012x\",\"op\":\"new\",\"f\":{\"surname\":{"
                          "\"v\":\"Bakker\"}}}]}]}",
                          self->epoch,
                          n,
                          n,
                          n);
}

char *
crm_server_process_dup_cursor (CrmServerProcess *self)
{
  g_autofree char *reply = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonNode) end = NULL;

  g_assert_cmpuint (crm_server_process_call (self,
                                             "POST",
                                             "/v1/pull",
                                             "{\"proto\":1,\"schema\":1,\"boot\":true}",
                                             &reply),
                    ==,
                    200);
  g_strchomp (reply);
  lines = g_strsplit (reply, "\n", -1);
  end = json_from_string (lines[g_strv_length (lines) - 1], NULL);

  return g_strdup (json_object_get_string_member (json_node_get_object (end), "cur"));
}

gint64
crm_server_process_count (CrmServerProcess *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDb) db = crm_db_open (self->path, NULL, CRM_DB_READ_ONLY, &error);
  gint64 count = -1;

  g_assert_no_error (error);
  g_assert_true (crm_db_query_int64 (db, sql, &count, &error));
  g_assert_no_error (error);

  return count;
}

guint64
crm_server_process_get_memory (CrmServerProcess *self, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", self->pid);
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  line = strstr (text, name);
  g_assert_nonnull (line);

  return g_ascii_strtoull (line + strlen (name), NULL, 10);
}
