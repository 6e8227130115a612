#include "crm-server-process.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/* A backup put back by the program itself. What laptops do then is in sync/sync-restore. */

static void
push (CrmServerProcess *server, guint n, guint expected)
{
  g_autofree char *body = crm_server_process_write_push (server, n);

  g_assert_cmpuint (crm_server_process_call (server, "POST", "/v1/push", body, NULL), ==, expected);
}

static guint
pull (CrmServerProcess *server, const char *cursor, char **reply)
{
  g_autofree char *body = g_strdup_printf ("{\"proto\":1,\"schema\":1,\"cur\":\"%s\"}", cursor);

  return crm_server_process_call (server, "POST", "/v1/pull", body, reply);
}

/* Whoever pulled before hears that the epoch is another; the order goes on above all that was. */
static void
test_restore (CrmServerProcess *server, gconstpointer unused)
{
  g_autofree char *cursor = NULL;
  g_autofree char *said = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *fresh = NULL;
  g_autofree char *page = NULL;
  g_autofree char *epoch = g_strdup (server->epoch);

  push (server, 1, 200);
  g_assert_cmpint (crm_server_process_run (server, "backup DIR/backup.db", NULL), ==, 0);
  push (server, 2, 200);
  push (server, 3, 200);
  cursor = crm_server_process_dup_cursor (server);
  /* Not under a server that runs. */
  g_assert_cmpint (crm_server_process_run (server, "restore DIR/backup.db", NULL), ==, 1);
  crm_server_process_stop (server, SIGKILL);

  g_assert_cmpint (crm_server_process_run (server, "restore DIR/backup.db", &said), ==, 0);
  g_assert_nonnull (strstr (said, ".before-"));
  g_assert_cmpint (crm_server_process_run (server, "check", NULL), ==, 0);
  crm_server_process_start (server, NULL);
  g_assert_cmpuint (pull (server, cursor, &refused), ==, 410);
  g_assert_nonnull (strstr (refused, "\"epoch\""));
  push (server, 2, 410);

  /* A place in the new order is good, also before anything has come to it. */
  fresh = crm_server_process_dup_cursor (server);
  g_assert_cmpuint (pull (server, fresh, &page), ==, 200);
  crm_server_process_log_in (server);
  g_assert_cmpstr (server->epoch, !=, epoch);
  push (server, 2, 200);
  g_free (page);
  g_assert_cmpuint (pull (server, fresh, &page), ==, 200);
  g_assert_nonnull (strstr (page, "Bakker"));
  crm_server_process_stop (server, SIGTERM);
  g_assert_cmpint (crm_server_process_run (server, "check", NULL), ==, 0);
  g_assert_cmpint (crm_server_process_count (server, "SELECT count(*) FROM change_set"), ==, 2);
  g_assert_cmpint (crm_server_process_count (server,
                                             "SELECT max(seq) > 1000000000000 FROM change_set"),
                   ==,
                   1);
}

/* Where nothing was, and where what was there is no database any more. */
static void
test_empty_place (CrmServerProcess *server, gconstpointer unused)
{
  g_autofree char *said = NULL;

  g_assert_cmpint (crm_server_process_run (server, "backup DIR/backup.db", NULL), ==, 0);
  g_unlink (server->path);
  g_assert_cmpint (crm_server_process_run (server, "restore DIR/backup.db", &said), ==, 0);
  g_assert_cmpstr (said, ==, "");
  g_assert_cmpint (crm_server_process_run (server, "check", NULL), ==, 0);

  g_assert_true (g_file_set_contents (server->path, "broken", -1, NULL));
  g_assert_cmpint (crm_server_process_run (server, "check", NULL), ==, 1);
  g_assert_cmpint (crm_server_process_run (server, "restore DIR/backup.db", NULL), ==, 0);
  g_assert_cmpint (crm_server_process_run (server, "check", NULL), ==, 0);
}

/* What is no whole backup changes nothing. */
static void
test_broken (CrmServerProcess *server, gconstpointer unused)
{
  g_autofree char *backup = g_build_filename (server->dir, "backup.db", NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_cmpint (crm_server_process_run (server, "restore DIR/none.db", NULL), ==, 1);
  g_assert_cmpint (crm_server_process_run (server, "restore PW", NULL), ==, 1);
  g_assert_cmpint (crm_server_process_run (server, "backup DIR/backup.db", NULL), ==, 0);
  g_assert_true (g_file_get_contents (backup, &bytes, &size, NULL));
  memset (bytes + size / 2, 0x5a, size / 4);
  g_assert_true (g_file_set_contents (backup, bytes, (gssize) size, NULL));
  g_assert_cmpint (crm_server_process_run (server, "restore DIR/backup.db", NULL), ==, 1);
  g_assert_cmpint (crm_server_process_run (server, "check", NULL), ==, 0);
  g_assert_cmpint (crm_server_process_run (server, "user list", NULL), ==, 0);
}

/* One process at a time serves a file. */
static void
test_claim (CrmServerProcess *server, gconstpointer unused)
{
  crm_server_process_start (server, NULL);
  g_assert_cmpint (crm_server_process_run (server, "--listen 127.0.0.1:0", NULL), ==, 1);
  crm_server_process_stop (server, SIGKILL);
  crm_server_process_start (server, NULL);
}

int
main (int argc, char *argv[])
{
  crm_server_process_take_program (&argc, argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, set_up, func)                                                                    \
  g_test_add ("/server/sqlite-restore/" path,                                                      \
              CrmServerProcess,                                                                    \
              NULL,                                                                                \
              set_up,                                                                              \
              func,                                                                                \
              crm_server_process_tear_down)
  ADD ("restore", crm_server_process_set_up, test_restore);
  ADD ("empty-place", crm_server_process_set_up_stopped, test_empty_place);
  ADD ("broken", crm_server_process_set_up_stopped, test_broken);
  ADD ("claim", crm_server_process_set_up_stopped, test_claim);
#undef ADD

  return g_test_run ();
}
