#include "crm-server-process.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* The program under a kill, a full disk and several at once. */

#define N_KILLS      12
#define N_KILLS_SLOW 50

static void
test_stop (CrmServerProcess *server, gconstpointer unused)
{
  int status;

  g_assert_cmpuint (crm_server_process_call (server, "GET", "/healthz", NULL, NULL), ==, 200);
  status = crm_server_process_stop (server, SIGTERM);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

typedef struct
{
  CrmServerProcess *server;
  const char *body;
} Push;

/* A push whose sender does not hear the end of it, because the server is killed meanwhile. */
static gpointer
push_in_thread (gpointer data)
{
  const Push *push = data;

  crm_server_process_call_apart (push->server, "POST", "/v1/push", push->body, NULL);

  return NULL;
}

/* Pitfalls 7 and 27, with a real kill: nothing twice, nothing lost, whenever it comes. */
static void
test_kill (CrmServerProcess *server, gconstpointer unused)
{
  const guint n_kills = g_test_slow () ? N_KILLS_SLOW : N_KILLS;
  g_autoptr (GRand) rand = g_rand_new_with_seed (27);
  g_autofree char *said = NULL;

  for (guint n = 1; n <= n_kills; n++)
    {
      g_autofree char *body = crm_server_process_write_push (server, n);
      Push push = { server, body };
      GThread *thread = g_thread_new ("push", push_in_thread, &push);

      /* A push takes a few milliseconds from the first byte to the reply. */
      g_usleep ((gulong) g_rand_int_range (rand, 0, 8000));
      crm_server_process_stop (server, SIGKILL);
      g_thread_join (thread);
      crm_server_process_start (server, NULL);
      g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/push", body, NULL), ==, 200);
    }
  crm_server_process_stop (server, SIGKILL);

  g_assert_cmpint (crm_server_process_run (server, "check", &said), ==, 0);
  g_assert_cmpstr (said, ==, "ok\n");
  g_assert_cmpint (crm_server_process_count (server, "SELECT count(*) FROM change_set"),
                   ==,
                   n_kills);
  g_assert_cmpint (crm_server_process_count (server, "SELECT count(*) FROM record"), ==, n_kills);
}

/* A login that nobody hears of is done again; what is asked again after a kill is told again. */
static void
test_kill_others (CrmServerProcess *server, gconstpointer unused)
{
  static const char login[] = "{\"user\":\"anna\",\"password\":\"" CRM_SERVER_PROCESS_PASSWORD
                              "\",\"replica\":\"" CRM_SERVER_PROCESS_REPLICA "\"}";
  g_autofree char *push = crm_server_process_write_push (server, 1);
  g_autofree char *reply = NULL;
  g_autofree char *segment = NULL;
  g_autofree char *again = NULL;
  g_autofree char *said = NULL;

  g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/push", push, NULL), ==, 200);
  g_assert_cmpuint (crm_server_process_call (server, "GET", "/v1/boot?sc=1", NULL, &segment),
                    ==,
                    200);
  g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/device", login, NULL), ==, 200);
  crm_server_process_stop (server, SIGKILL);
  crm_server_process_start (server, NULL);
  g_assert_cmpuint (crm_server_process_call (server, "GET", "/v1/boot?sc=1", NULL, &again),
                    ==,
                    200);
  g_assert_cmpstr (again, ==, segment);
  crm_server_process_log_in (server);
  g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/push", push, &reply), ==, 200);
  g_assert_nonnull (strstr (reply, "\"seq\":1"));
  g_assert_cmpint (crm_server_process_count (server, "SELECT count(*) FROM replica"), ==, 1);
  g_assert_cmpint (crm_server_process_count (server, "SELECT count(*) FROM change_set"), ==, 1);
  g_assert_cmpint (crm_server_process_run (server, "check", &said), ==, 0);
}

/* Two on one database would not hear of each other's changes: the second says so and goes. */
static void
test_second (CrmServerProcess *server, gconstpointer unused)
{
  g_assert_cmpint (crm_server_process_run (server, "--listen 127.0.0.1:0", NULL), ==, 1);
  g_assert_cmpint (crm_server_process_run (server, "restore DIR/none", NULL), ==, 1);
  g_assert_cmpuint (crm_server_process_call (server, "GET", "/healthz", NULL, NULL), ==, 200);
  g_assert_cmpint (crm_server_process_run (server, "user list", NULL), ==, 0);
}

/* A disk without room: said in words a laptop understands, nothing half done, reading goes on, and
 * it mends itself. */
static void
test_full (CrmServerProcess *server, gconstpointer unused)
{
  const struct rlimit none = { 4096, RLIM_INFINITY };
  const struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };
  g_autofree char *push = crm_server_process_write_push (server, 1);
  g_autofree char *refused = NULL;
  g_autofree char *full = NULL;
  g_autofree char *again = NULL;
  g_autofree char *cursor = NULL;
  g_autofree char *said = NULL;

  g_assert_cmpint (prlimit (server->pid, RLIMIT_FSIZE, &none, NULL), ==, 0);
  g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/push", push, &refused), ==, 507);
  g_assert_nonnull (strstr (refused, "\"full\""));
  g_assert_nonnull (strstr (refused, "retry_after"));
  cursor = crm_server_process_dup_cursor (server);
  g_assert_cmpuint (crm_server_process_call (server, "GET", "/v1/hello", NULL, NULL), ==, 200);
  g_assert_cmpuint (crm_server_process_call (server, "GET", "/metrics", NULL, &full), ==, 200);
  g_assert_nonnull (strstr (full, "\ncrm_disk_full 1\n"));

  g_assert_cmpint (prlimit (server->pid, RLIMIT_FSIZE, &all, NULL), ==, 0);
  g_assert_cmpint (crm_server_process_count (server, "SELECT count(*) FROM change_set"), ==, 0);
  g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/push", push, NULL), ==, 200);
  g_assert_cmpuint (crm_server_process_call (server, "GET", "/metrics", NULL, &again), ==, 200);
  g_assert_nonnull (strstr (again, "\ncrm_disk_full 0\n"));
  crm_server_process_stop (server, SIGTERM);
  g_assert_cmpint (crm_server_process_run (server, "check", &said), ==, 0);
}

static void
test_metrics (CrmServerProcess *server, gconstpointer unused)
{
  g_autofree char *push = crm_server_process_write_push (server, 1);
  g_autofree char *reply = NULL;

  g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/push", push, NULL), ==, 200);
  g_assert_cmpuint (crm_server_process_call (server, "GET", "/metrics", NULL, &reply), ==, 200);
  g_assert_nonnull (strstr (reply, "crm_sets_total{status=\"ok\"} 1\n"));
  g_assert_nonnull (strstr (reply, "crm_requests_total{path=\"/v1/push\",status=\"200\"} 1\n"));
}

int
main (int argc, char *argv[])
{
  crm_server_process_take_program (&argc, argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/server/process/" path,                                                             \
              CrmServerProcess,                                                                    \
              NULL,                                                                                \
              crm_server_process_set_up,                                                           \
              func,                                                                                \
              crm_server_process_tear_down)
  ADD ("stop", test_stop);
  ADD ("kill", test_kill);
  ADD ("kill-others", test_kill_others);
  ADD ("second", test_second);
  ADD ("full", test_full);
  ADD ("metrics", test_metrics);
#undef ADD

  return g_test_run ();
}
