#include "bench-laptop.h"

#include "bench-company.h"

#include <string.h>

#define USER     "anna"
#define PASSWORD "correct horse"

void
bench_run_until (const gboolean *done)
{
  while (!*done)
    g_main_context_iteration (NULL, TRUE);
}

/* ---- The server ---- */

static char *
find_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *dir = g_path_get_dirname (self);

  return g_build_filename (dir, "..", "..", "src", "server", "crm-server", NULL);
}

static void
init_database (const char *program, const char *database, const char *password)
{
  GError *error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE,
                                                      &error,
                                                      program,
                                                      "--database",
                                                      database,
                                                      "init",
                                                      "--admin",
                                                      USER,
                                                      "--password-file",
                                                      password,
                                                      NULL);

  bench_check (error);
  g_subprocess_wait_check (process, NULL, &error);
  bench_check (error);
}

BenchServer *
bench_server_new (guint n, guint n_people)
{
  BenchServer *self = g_new0 (BenchServer, 1);
  g_autofree char *program = find_program ();
  g_autofree char *password = NULL;
  g_autofree char *path = NULL;
  g_autofree char *database = NULL;
  g_autoptr (GDataInputStream) out = NULL;
  g_autofree char *line = NULL;
  GError *error = NULL;

  self->dir = g_dir_make_tmp ("crm-bench-XXXXXX", &error);
  bench_check (error);
  password = g_build_filename (self->dir, "password", NULL);
  path = g_build_filename (self->dir, "server.db", NULL);
  database = g_strconcat ("sqlite:", path, NULL);
  g_file_set_contents (password, PASSWORD "\n", -1, &error);
  bench_check (error);
  init_database (program, database, password);
  self->people = g_ptr_array_new_with_free_func (g_free);
  if (n > 0)
    bench_company_fill (path, USER, PASSWORD, n, self->people, n_people);
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                    &error,
                                    program,
                                    "--database",
                                    database,
                                    "--listen",
                                    "127.0.0.1:0",
                                    NULL);
  bench_check (error);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (out, NULL, NULL, &error);
  bench_check (error);
  self->url = g_strdup (line + strlen ("listening on "));

  return self;
}

void
bench_server_free (BenchServer *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  bench_remove (self->dir);
  g_object_unref (self->process);
  g_ptr_array_unref (self->people);
  g_free (self->dir);
  g_free (self->url);
  g_free (self);
}

/* ---- Laptops ---- */

static void
done_cb (BenchLaptop *self)
{
  self->done = TRUE;
}

static void
changed_cb (CrmStore *store, const CrmStoreChange *change, BenchLaptop *self)
{
  if (self->awaited != NULL && crm_store_change_touches (change, self->awaited))
    self->seen = TRUE;
}

BenchLaptop *
bench_laptop_new (BenchWorld *world)
{
  BenchLaptop *self = g_new0 (BenchLaptop, 1);
  GError *error = NULL;

  self->store = crm_store_open (world->dir, world->key, NULL, FALSE, &error);
  bench_check (error);
  self->sync = crm_sync_new (self->store, NULL);
  g_signal_connect_swapped (self->sync, "done", G_CALLBACK (done_cb), self);
  g_signal_connect (self->store, "changed", G_CALLBACK (changed_cb), self);

  return self;
}

void
bench_laptop_free (BenchLaptop *self)
{
  gpointer left = self->store;

  crm_sync_stop (self->sync);
  g_signal_handlers_disconnect_by_data (self->store, self);
  g_object_add_weak_pointer (G_OBJECT (self->store), &left);
  g_object_unref (self->sync);
  g_object_unref (self->store);
  while (left != NULL)
    g_main_context_iteration (NULL, FALSE);
  g_free (self);
}

static void
logged_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;

  crm_sync_login_finish (CRM_SYNC (source), result, &error);
  bench_check (error);
  *(gboolean *) data = TRUE;
}

void
bench_laptop_log_in (BenchLaptop *self, const char *url)
{
  gboolean done = FALSE;

  crm_sync_login_async (self->sync, url, USER, PASSWORD, NULL, logged_in_cb, &done);
  bench_run_until (&done);
}

void
bench_laptop_exchange (gpointer data)
{
  BenchLaptop *self = data;
  GError *error = NULL;

  self->done = FALSE;
  crm_sync_start (self->sync, FALSE, &error);
  bench_check (error);
  bench_run_until (&self->done);
  if (crm_sync_get_state (self->sync) != CRM_SYNC_IN_STEP)
    g_error ("%s: %s",
             crm_sync_state_get_name (crm_sync_get_state (self->sync)),
             crm_sync_get_message (self->sync));
}

void
bench_laptop_watch (BenchLaptop *self)
{
  GError *error = NULL;

  crm_sync_start (self->sync, TRUE, &error);
  bench_check (error);
  while (crm_sync_get_state (self->sync) != CRM_SYNC_IN_STEP)
    g_main_context_iteration (NULL, TRUE);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;

  g_free (crm_store_apply_finish (CRM_STORE (source), result, &error));
  bench_check (error);
  *(gboolean *) data = TRUE;
}

void
bench_laptop_set (BenchLaptop *self, const char *id, const char *field, const char *value)
{
  const CrmKind *kind = crm_model_find_kind (crm_store_get_model (self->store), "person");
  CrmChangeSet *set = crm_change_set_new ("person.edit");
  gboolean done = FALSE;

  crm_change_set_set (set, kind, id, field, value);
  crm_store_apply_async (self->store, set, NULL, applied_cb, &done);
  bench_run_until (&done);
}

void
bench_laptop_await (BenchLaptop *self, const char *id)
{
  self->awaited = id;
  bench_run_until (&self->seen);
  self->awaited = NULL;
  self->seen = FALSE;
}
