#include "crm-sync-world.h"

#include <signal.h>
#include <string.h>

void
crm_sync_world_init (int *argc, char ***argv)
{
  crm_cli_fixture_init (argc, argv);
  crm_server_process_take_program (argc, *argv);
}

static void
log_in (CrmSyncWorld *self, Fixture *laptop, const char *user)
{
  g_autofree char *password = g_build_filename (self->server.dir, "password", NULL);

  crm_cli_run_args (laptop,
                    "login",
                    crm_sync_proxy_get_url (self->proxy),
                    "--user",
                    user,
                    "--password-file",
                    password,
                    NULL);
  crm_cli_assert_done (laptop);
}

void
crm_sync_world_set_up (CrmSyncWorld *self, gconstpointer unused)
{
  crm_server_process_set_up (&self->server, NULL);
  self->proxy = crm_sync_proxy_new ();
  crm_sync_proxy_set_server (self->proxy, self->server.url);
  crm_cli_set_up (&self->one, NULL);
  crm_cli_set_up (&self->two, NULL);
  log_in (self, &self->one, "anna");
  log_in (self, &self->two, "bob");
}

void
crm_sync_world_tear_down (CrmSyncWorld *self, gconstpointer unused)
{
  crm_cli_tear_down (&self->one, NULL);
  crm_cli_tear_down (&self->two, NULL);
  crm_sync_proxy_free (self->proxy);
  crm_server_process_tear_down (&self->server, NULL);
}

void
crm_sync_world_start_server (CrmSyncWorld *self)
{
  crm_server_process_start (&self->server, NULL);
  crm_sync_proxy_set_server (self->proxy, self->server.url);
}

void
crm_sync_world_sync (Fixture *laptop)
{
  crm_cli_run_args (laptop, "sync", NULL);
  crm_cli_assert_done (laptop);
}

void
crm_sync_world_sync_both (CrmSyncWorld *self)
{
  crm_sync_world_sync (&self->one);
  crm_sync_world_sync (&self->two);
  crm_sync_world_sync (&self->one);
}

void
crm_sync_world_set (Fixture *laptop, const char *id, const char *pair, const char *why)
{
  if (why != NULL)
    crm_cli_run_args (laptop, "set", id, pair, "--why", why, NULL);
  else
    crm_cli_run_args (laptop, "set", id, pair, NULL);
  crm_cli_assert_done (laptop);
}

char *
crm_sync_world_get (Fixture *laptop, const char *id, const char *field)
{
  g_autoptr (JsonObject) record = NULL;

  crm_cli_run_args (laptop, "show", id, "--json", NULL);
  if (laptop->status != 0)
    return NULL;

  record = crm_cli_get_line (laptop, 0);

  return g_strdup (json_object_get_string_member_with_default (record, field, NULL));
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
dump (Fixture *laptop, const char *kind)
{
  g_auto (GStrv) lines = NULL;

  crm_cli_run_args (laptop, "list", kind, "--json", NULL);
  crm_cli_assert_done (laptop);
  lines = g_strsplit (laptop->out, "\n", -1);
  qsort (lines, g_strv_length (lines), sizeof *lines, compare);

  return g_strjoinv ("\n", lines);
}

void
crm_sync_world_assert_equal (CrmSyncWorld *self, const char *kind)
{
  g_autofree char *first = dump (&self->one, kind);
  g_autofree char *second = dump (&self->two, kind);

  g_assert_cmpuint (strlen (first), ==, strlen (second));
  if (strcmp (first, second) != 0)
    g_assert_cmpstr (first, ==, second);
  crm_cli_run_args (&self->one, "check", NULL);
  crm_cli_assert_done (&self->one);
  crm_cli_run_args (&self->two, "check", NULL);
  crm_cli_assert_done (&self->two);
}

gint64
crm_sync_world_get_count (Fixture *laptop, const char *name)
{
  g_autoptr (JsonObject) status = NULL;

  crm_cli_run_args (laptop, "status", "--json", NULL);
  crm_cli_assert_done (laptop);
  status = crm_cli_get_line (laptop, 0);

  return json_object_get_int_member (status, name);
}
