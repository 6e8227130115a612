#include "db/crm-db.h"
#include "wire/crm-inflate.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

/* The program itself, spoken to over real sockets. */

#define PASSWORD "correct horse"
#define REPLICA  "01900000-0000-7000-8000-00000000aaaa"

static char *program;

typedef struct
{
  char *dir;
  char *database;
  GPid pid;
  char *url;
  SoupSession *session;
  char *token;
  char *epoch;
} Fixture;

static void
run_command (Fixture *fixture, const char *const *words)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *password = g_build_filename (fixture->dir, "password", NULL);
  g_autofree char *option = g_strconcat ("--password-file=", password, NULL);
  g_autoptr (GError) error = NULL;
  int status;

  g_file_set_contents (password, PASSWORD "\n", -1, &error);
  g_assert_no_error (error);
  g_ptr_array_add (argv, program);
  g_ptr_array_add (argv, (gpointer) "--database");
  g_ptr_array_add (argv, fixture->database);
  g_ptr_array_add (argv, option);
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) words[i]);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL,
                (char **) argv->pdata,
                NULL,
                G_SPAWN_DEFAULT,
                NULL,
                NULL,
                NULL,
                NULL,
                &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
start (Fixture *fixture)
{
  char *argv[] = {
    program, (char *) "--database", fixture->database, (char *) "--listen", (char *) "127.0.0.1:0",
    NULL
  };
  g_autoptr (GIOChannel) channel = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  int out;

  g_spawn_async_with_pipes (NULL,
                            argv,
                            NULL,
                            G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL,
                            NULL,
                            NULL,
                            &fixture->pid,
                            NULL,
                            &out,
                            NULL,
                            &error);
  g_assert_no_error (error);
  channel = g_io_channel_unix_new (out);
  g_io_channel_set_close_on_unref (channel, TRUE);
  g_io_channel_read_line (channel, &line, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (line, "listening on http://127.0.0.1:"));
  g_strchomp (line);
  g_set_str (&fixture->url, line + strlen ("listening on "));
}

/* Returns the exit status as waitpid() gives it. */
static int
stop (Fixture *fixture, int number)
{
  int status = 0;

  kill (fixture->pid, number);
  g_assert_cmpint (waitpid (fixture->pid, &status, 0), ==, fixture->pid);
  g_spawn_close_pid (fixture->pid);
  fixture->pid = 0;

  return status;
}

/* @body: nullable. The status; 0 when there was no answer. */
static guint
call (Fixture *fixture, const char *method, const char *path, const char *body, char **reply)
{
  g_autofree char *address = g_strconcat (fixture->url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, address);
  g_autoptr (GBytes) answer = NULL;

  if (fixture->token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", fixture->token, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (message),
                                    "Authorization",
                                    value);
    }
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  answer = soup_session_send_and_read (fixture->session, message, NULL, NULL);
  if (reply != NULL)
    *reply = answer != NULL ? g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer))
                            : NULL;

  return answer != NULL ? soup_message_get_status (message) : 0;
}

static void
log_in (Fixture *fixture)
{
  g_autofree char *reply = NULL;
  g_autoptr (JsonNode) root = NULL;

  g_assert_cmpuint (call (fixture,
                          "POST",
                          "/v1/device",
                          "{\"user\":\"anna\",\"password\":\"" PASSWORD "\",\"replica\":\"" REPLICA
                          "\"}",
                          &reply),
                    ==,
                    200);
  root = json_from_string (reply, NULL);
  g_set_str (&fixture->token, json_object_get_string_member (json_node_get_object (root), "token"));
  g_set_str (&fixture->epoch, json_object_get_string_member (json_node_get_object (root), "epoch"));
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  const char *const words[] = { "--admin", "anna", "init", NULL };
  g_autofree char *path = NULL;

  fixture->dir = g_dir_make_tmp ("crm-server-XXXXXX", NULL);
  path = g_build_filename (fixture->dir, "server.db", NULL);
  fixture->database = g_strconcat ("sqlite:", path, NULL);
  fixture->session = soup_session_new ();
  run_command (fixture, words);
  start (fixture);
  log_in (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  const char *name;

  if (fixture->pid != 0)
    stop (fixture, SIGKILL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->dir);
  g_object_unref (fixture->session);
  g_free (fixture->dir);
  g_free (fixture->database);
  g_free (fixture->url);
  g_free (fixture->token);
  g_free (fixture->epoch);
}

/* One new person, its id and that of the set made of @n. */
static char *
write_push (Fixture *fixture, guint n)
{
  return g_strdup_printf ("{\"proto\":1,\"schema\":1,\"epoch\":\"%s\",\"replica\":\"" REPLICA
                          "\",\"now\":\"2026-03-01T08:00:00Z\",\"sets\":[{\"id\":\"01900000-0000-"
                          "7000-9000-%012x\",\"n\":%u,\"action\":\"test\",\"mode\":\"all\",\"at\":"
                          "\"2026-03-01T08:00:00Z\",\"ops\":[{\"kind\":\"person\",\"id\":"
                          "\"01900000-0000-7000-8000-%012x\",\"op\":\"new\",\"f\":{\"surname\":{"
                          "\"v\":\"Bakker\"}}}]}]}",
                          fixture->epoch,
                          n,
                          n,
                          n);
}

static void
test_stop (Fixture *fixture, gconstpointer unused)
{
  int status;

  g_assert_cmpuint (call (fixture, "GET", "/healthz", NULL, NULL), ==, 200);
  status = stop (fixture, SIGTERM);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

/* A push whose sender does not hear the end of it, because the server is killed meanwhile. */
static gpointer
push_in_thread (gpointer data)
{
  Fixture *fixture = ((gpointer *) data)[0];
  const char *body = ((gpointer *) data)[1];
  g_autoptr (SoupSession) session = soup_session_new ();
  Fixture own = { .url = fixture->url, .token = fixture->token, .session = session };

  call (&own, "POST", "/v1/push", body, NULL);

  return NULL;
}

/* Pitfall 7, with a real kill: nothing twice, nothing lost, whenever it comes. */
static void
test_kill (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->dir, "server.db", NULL);
  g_autoptr (CrmDb) db = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_sets = 0;
  gint64 n_records = 0;

  for (guint n = 1; n <= 12; n++)
    {
      g_autofree char *body = write_push (fixture, n);
      gpointer data[] = { fixture, body };
      GThread *thread = g_thread_new ("push", push_in_thread, data);

      g_usleep ((n % 6) * 700);
      stop (fixture, SIGKILL);
      g_thread_join (thread);
      start (fixture);
      g_assert_cmpuint (call (fixture, "POST", "/v1/push", body, NULL), ==, 200);
    }
  stop (fixture, SIGTERM);

  db = crm_db_open (path, NULL, CRM_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_true (crm_db_query_int64 (db, "SELECT count(*) FROM change_set", &n_sets, NULL));
  g_assert_true (crm_db_query_int64 (db, "SELECT count(*) FROM record", &n_records, NULL));
  g_assert_cmpint (n_sets, ==, 12);
  g_assert_cmpint (n_records, ==, 12);
}

static char *
dup_cursor (Fixture *fixture)
{
  g_autofree char *reply = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonNode) end = NULL;

  g_assert_cmpuint (call (fixture, "POST", "/v1/pull", "{\"proto\":1,\"schema\":1}", &reply),
                    ==,
                    200);
  g_strchomp (reply);
  lines = g_strsplit (reply, "\n", -1);
  end = json_from_string (lines[g_strv_length (lines) - 1], NULL);

  return g_strdup (json_object_get_string_member (json_node_get_object (end), "cur"));
}

typedef struct
{
  Fixture *fixture;
  char *body;
  gint64 done;
  char *reply;
} Waiting;

static gpointer
wait_in_thread (gpointer data)
{
  Waiting *waiting = data;
  g_autoptr (SoupSession) session = soup_session_new ();
  Fixture own = { .url = waiting->fixture->url,
                  .token = waiting->fixture->token,
                  .session = session };

  call (&own, "POST", "/v1/pull?wait=50", waiting->body, &waiting->reply);
  waiting->done = g_get_monotonic_time ();

  return NULL;
}

/* Who waits hears of a change at once. */
static void
test_wait (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *cursor = dup_cursor (fixture);
  g_autofree char *push = write_push (fixture, 1);
  Waiting waiting = { .fixture = fixture };
  GThread *thread;
  gint64 pushed;

  waiting.body = g_strdup_printf ("{\"proto\":1,\"schema\":1,\"cur\":\"%s\"}", cursor);
  thread = g_thread_new ("wait", wait_in_thread, &waiting);
  g_usleep (200000);
  g_assert_cmpint (waiting.done, ==, 0);
  g_assert_cmpuint (call (fixture, "POST", "/v1/push", push, NULL), ==, 200);
  pushed = g_get_monotonic_time ();
  g_thread_join (thread);
  g_assert_nonnull (strstr (waiting.reply, "Bakker"));
  g_test_message ("%" G_GINT64_FORMAT " µs", waiting.done - pushed);
  /* A goal of 50 ms, and a machine that others use. */
  g_assert_cmpint (waiting.done - pushed, <, 2000000);
  g_free (waiting.body);
  g_free (waiting.reply);
}

/* Stopping answers those who wait. */
static void
test_stop_waiting (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *cursor = dup_cursor (fixture);
  Waiting waiting = { .fixture = fixture };
  GThread *thread;
  int status;

  waiting.body = g_strdup_printf ("{\"proto\":1,\"schema\":1,\"cur\":\"%s\"}", cursor);
  thread = g_thread_new ("wait", wait_in_thread, &waiting);
  g_usleep (200000);
  status = stop (fixture, SIGTERM);
  g_thread_join (thread);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  g_assert_nonnull (strstr (waiting.reply, "\"end\""));
  g_free (waiting.body);
  g_free (waiting.reply);
}

static guint
push_packed (Fixture *fixture, GBytes *packed, char **reply)
{
  g_autofree char *address = g_strconcat (fixture->url, "/v1/push", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", address);
  g_autofree char *value = g_strconcat ("Bearer ", fixture->token, NULL);
  g_autoptr (GBytes) answer = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", value);
  soup_message_headers_replace (soup_message_get_request_headers (message),
                                "Content-Encoding",
                                "gzip");
  soup_message_set_request_body_from_bytes (message, "application/json", packed);
  answer = soup_session_send_and_read (fixture->session, message, NULL, NULL);
  *reply = answer != NULL ? g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer))
                          : g_strdup ("");

  return answer != NULL ? soup_message_get_status (message) : 0;
}

/* Kilobytes of "VmHWM:" in /proc/PID/status. */
static guint64
read_peak (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", pid);
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  line = strstr (text, "VmHWM:");
  g_assert_nonnull (line);

  return g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10);
}

/* Pitfall 32: what is packed is unpacked, but not without end. */
static void
test_packed (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *push = write_push (fixture, 1);
  g_autoptr (GBytes) plain = g_bytes_new (push, strlen (push));
  g_autoptr (GBytes) packed = crm_wire_gzip (plain, 6);
  g_autofree char *zeros = g_malloc0 (200 * 1024 * 1024);
  g_autoptr (GBytes) huge = g_bytes_new_take (g_steal_pointer (&zeros), 200 * 1024 * 1024);
  g_autoptr (GBytes) bomb = crm_wire_gzip (huge, 9);
  g_autofree char *reply = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *clear = g_strdup_printf ("/proc/%d/clear_refs", fixture->pid);
  guint64 before;

  g_assert_cmpuint (push_packed (fixture, packed, &reply), ==, 200);

  g_file_set_contents_full (clear, "5", 1, G_FILE_SET_CONTENTS_NONE, 0666, NULL);
  before = read_peak (fixture->pid);
  g_assert_cmpuint (push_packed (fixture, bomb, &refused), ==, 413);
  g_assert_nonnull (strstr (refused, "too_big"));
  if (g_getenv ("CRM_SANITIZED") == NULL)
    g_assert_cmpuint (read_peak (fixture->pid), <, before + 64 * 1024);
}

/* A body that is too big is refused with a reason, and the next request is served. */
static void
test_too_big (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *body = g_strnfill (9 * 1024 * 1024, ' ');

  g_assert_cmpuint (call (fixture, "POST", "/v1/push", body, NULL), ==, 413);
  g_assert_cmpuint (call (fixture, "GET", "/v1/hello", NULL, NULL), ==, 200);
}

/* Pitfall 33: many who send nearly nothing do not keep the others waiting, and are cut off. */
static void
test_slow (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GPtrArray) idle = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GUri) uri = g_uri_parse (fixture->url, G_URI_FLAGS_NONE, NULL);
  gint64 slowest = 0;
  char byte;

  for (guint i = 0; i < 500; i++)
    {
      GSocketConnection *connection = g_socket_client_connect_to_host (client,
                                                                       "127.0.0.1",
                                                                       (guint16)
                                                                           g_uri_get_port (uri),
                                                                       NULL,
                                                                       NULL);

      g_assert_nonnull (connection);
      g_output_stream_write (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             "G",
                             1,
                             NULL,
                             NULL);
      g_ptr_array_add (idle, connection);
    }
  for (guint i = 0; i < 100; i++)
    {
      const gint64 started = g_get_monotonic_time ();

      g_assert_cmpuint (call (fixture, "GET", "/v1/hello", NULL, NULL), ==, 200);
      slowest = MAX (slowest, g_get_monotonic_time () - started);
    }
  g_test_message ("slowest of 100 beside 500: %" G_GINT64_FORMAT " µs", slowest);
  g_assert_cmpint (slowest, <, 1000000);

  /* No header within ten seconds: the end, or an answer that says so. */
  g_socket_set_timeout (g_socket_connection_get_socket (idle->pdata[0]), 20);
  while (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (idle->pdata[0])),
                              &byte,
                              1,
                              NULL,
                              NULL) > 0)
    ;
  g_assert_cmpuint (call (fixture, "GET", "/v1/hello", NULL, NULL), ==, 200);
}

static void
test_metrics (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *push = write_push (fixture, 1);
  g_autofree char *reply = NULL;

  g_assert_cmpuint (call (fixture, "POST", "/v1/push", push, NULL), ==, 200);
  g_assert_cmpuint (call (fixture, "GET", "/metrics", NULL, &reply), ==, 200);
  g_assert_nonnull (strstr (reply, "crm_sets_total{status=\"ok\"} 1\n"));
  g_assert_nonnull (strstr (reply, "crm_requests_total{path=\"/v1/push\",status=\"200\"} 1\n"));
}

static void
take_program (int *argc, char **argv)
{
  for (int i = 1; i + 1 < *argc; i++)
    if (strcmp (argv[i], "--crm-server") == 0)
      {
        program = argv[i + 1];
        *argc = i;
        argv[i] = NULL;
        return;
      }
}

int
main (int argc, char *argv[])
{
  take_program (&argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (program);

#define ADD(path, func) g_test_add ("/server/process/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("stop", test_stop);
  ADD ("kill", test_kill);
  ADD ("wait", test_wait);
  ADD ("stop-waiting", test_stop_waiting);
  ADD ("packed", test_packed);
  ADD ("too-big", test_too_big);
  ADD ("slow", test_slow);
  ADD ("metrics", test_metrics);
#undef ADD

  return g_test_run ();
}
