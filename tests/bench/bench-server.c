/*
 * The server's machine without its sockets: a push of one change against a bare transaction that
 * writes the same rows to the same file, and a pull that finds nothing.
 */

#include "bench.h"

#include "base/crm-id.h"
#include "db/crm-db.h"
#include "db/crm-transaction.h"
#include "server/crm-server-admin.h"
#include "server/crm-server-machine.h"
#include "server/crm-server-token.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define N_PUSHES 400
#define PASSWORD "correct horse"
#define RECORD   "01900000-0000-7000-8000-000000000001"

typedef struct
{
  char *dir;
  char *path;
  CrmServerStore *store;
  CrmServerMachine *machine;
  char *token;
  char *replica;
  gint64 n;
  char *cursor;
  gsize size; /* of the last answer */
  CrmDb *bare;
} World;

static char *
call (World *self, const char *method, const char *path, const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_auto (CrmServerResponse) response = { 0 };
  const CrmServerRequest request = {
    .method = method, .path = path, .token = self->token, .address = "", .body = bytes
  };

  crm_server_machine_handle_whole (self->machine, &request, &response);
  if (response.status != 200)
    g_error ("%s %s: %u", method, path, response.status);
  self->size = g_bytes_get_size (response.body);

  return g_strndup (g_bytes_get_data (response.body, NULL), self->size);
}

static void
push (gpointer data)
{
  World *self = data;
  g_autofree char *set = crm_id_new ();
  g_autofree char *op =
      self->n == 0 ? g_strdup ("\"op\":\"new\",\"f\":{\"city\":{\"v\":\"Delft\"}}")
                   : g_strdup_printf ("\"op\":\"set\",\"f\":{\"city\":{\"v\":\"%" G_GINT64_FORMAT
                                      "\",\"b\":\"n%" G_GINT64_FORMAT "\"}}",
                                      self->n,
                                      self->n);
  g_autofree char *body = g_strdup_printf ("{\"proto\":1,\"schema\":1,\"replica\":\"%s\",\"now\":"
                                           "\"2026-03-01T08:00:00Z\",\"sets\":[{"
                                           "\"id\":\"%s\",\"n\":%" G_GINT64_FORMAT
                                           ",\"action\":\"bench\",\"mode\":\"all\","
                                           "\"at\":\"2026-03-01T08:00:00Z\",\"ops\":[{\"kind\":"
                                           "\"person\",\"id\":\"" RECORD "\",%s}]}]}",
                                           self->replica,
                                           set,
                                           self->n + 1,
                                           op);
  g_autofree char *reply = call (self, "POST", "/v1/push", body);

  if (strstr (reply, "\"ok\"") == NULL)
    g_error ("%s", reply);
  self->n++;
}

static void
push_many (gpointer data)
{
  for (guint i = 0; i < N_PUSHES; i++)
    push (data);
}

/* What a push has to write, and nothing else. */
static void
write_bare (World *self, gint64 n)
{
  static const char *const statements[] = {
    "UPDATE seq SET seq = seq + 1",
    "INSERT INTO change_set SELECT seq, randomblob (32), hex (randomblob (16)), seq,"
    " randomblob (32), hex (randomblob (16)), 'bench', '2026-03-01T08:00:00Z' FROM seq",
    "INSERT INTO change_field SELECT seq, 'person', '" RECORD
    "', 'city', 'Delft', 'Gouda' FROM seq",
    "UPDATE record SET row_seq = (SELECT seq FROM seq), fields = '{\"city\":\"Gouda\"}'",
    "UPDATE entry SET seq = (SELECT seq FROM seq)",
    "UPDATE replica SET last_n = last_n + 1, last_digest = randomblob (32)",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmTransaction)
      transaction = crm_transaction_begin (self->bare, CRM_TRANSACTION_WRITE, &error);

  for (guint i = 0; error == NULL && i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (CrmStmt) stmt = crm_db_prepare (self->bare, statements[i], &error);

      if (stmt != NULL)
        crm_stmt_run (stmt, &error);
    }
  if (error == NULL)
    crm_transaction_commit (transaction, &error);
  bench_check (error);
}

static void
write_many (gpointer data)
{
  for (gint64 i = 0; i < N_PUSHES; i++)
    write_bare (data, i);
}

static void
open_bare (World *self)
{
  g_autofree char *path = g_build_filename (self->dir, "bare.db", NULL);
  g_autoptr (GError) error = NULL;

  self->bare = crm_db_open (path, NULL, CRM_DB_CREATE, &error);
  bench_check (error);
  crm_db_exec (self->bare,
               "CREATE TABLE seq (seq INTEGER); INSERT INTO seq VALUES (0);"
               "CREATE TABLE change_set (seq INTEGER PRIMARY KEY, h, replica, n, digest, id UNIQUE,"
               " action, at, UNIQUE (replica, n));"
               "CREATE TABLE change_field (seq, kind, id, field, old, new);"
               "CREATE INDEX change_field_record ON change_field (id, seq);"
               "CREATE TABLE record (id PRIMARY KEY, row_seq, fields);"
               "INSERT INTO record VALUES ('" RECORD "', 0, '');"
               "CREATE TABLE entry (id PRIMARY KEY, seq); CREATE INDEX entry_seq ON entry (seq);"
               "INSERT INTO entry VALUES ('" RECORD "', 0);"
               "CREATE TABLE replica (id, last_n, last_digest);"
               "INSERT INTO replica VALUES ('', 0, '')",
               &error);
  bench_check (error);
}

static char *
get_member (const char *text, const char *name)
{
  g_autoptr (JsonNode) root = json_from_string (text, NULL);

  return g_strdup (json_object_get_string_member (json_node_get_object (root), name));
}

static void
pull (gpointer data)
{
  World *self = data;
  g_autofree char *body = g_strdup_printf ("{\"proto\":1,\"schema\":1%s%s%s}",
                                           self->cursor != NULL ? ",\"cur\":\"" : ",\"boot\":true",
                                           self->cursor != NULL ? self->cursor : "",
                                           self->cursor != NULL ? "\"" : "");
  g_autofree char *page = call (self, "POST", "/v1/pull", body);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (page), "\n", -1);

  g_free (self->cursor);
  self->cursor = get_member (lines[g_strv_length (lines) - 1], "cur");
}

static void
set_up (World *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  g_autofree char *reply = NULL;

  self->dir = g_dir_make_tmp ("crm-bench-XXXXXX", &error);
  bench_check (error);
  self->path = g_build_filename (self->dir, "server.db", NULL);
  self->store = crm_server_store_open (self->path, TRUE, &error);
  bench_check (error);
  crm_server_admin_add_user (self->store, "anna", PASSWORD, NULL, TRUE, &error);
  bench_check (error);
  self->machine = crm_server_machine_new (self->store, crm_model_get_default ());
  self->replica = crm_id_new ();
  body = g_strdup_printf ("{\"user\":\"anna\",\"password\":\"" PASSWORD "\",\"replica\":\"%s\"}",
                          self->replica);
  reply = call (self, "POST", "/v1/device", body);
  self->token = get_member (reply, "token");
  open_bare (self);
}

static void
tear_down (World *self)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  crm_server_machine_free (self->machine);
  crm_server_store_free (self->store);
  crm_db_close (self->bare);
  g_object_unref (self->bare);
  dir = g_dir_open (self->dir, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->dir);
  g_free (self->dir);
  g_free (self->path);
  g_free (self->token);
  g_free (self->replica);
  g_free (self->cursor);
}

int
main (void)
{
  World world = { 0 };
  double bare, pushed;

  set_up (&world);
  bare = bench_median (3, write_many, &world) / N_PUSHES;
  pushed = bench_median (3, push_many, &world) / N_PUSHES;
  /* At least 70 % of the bare transactions in a second. */
  bench_report_gate ("push of one change", pushed, bare, 1 / 0.7, "ms");

  pull (&world);
  bench_report_goal ("pull, nothing changed", bench_median (200, pull, &world), 5, "ms");
  bench_report_goal ("pull, nothing changed, answer", (double) world.size, 1024, "bytes");
  tear_down (&world);

  return bench_finish ();
}
