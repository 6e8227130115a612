#include "cli/crm-cli-commands.h"

#include "store/sync/crm-sync-store.h"

static void
print_line (const char *name, const char *value)
{
  crm_cli_print ("%-10s %s\n", name, value != NULL ? value : "-");
}

static void
print_count (const char *name, gint64 count)
{
  crm_cli_print ("%-10s %" G_GINT64_FORMAT "\n", name, count);
}

static void
print_text (CrmReplica *replica, const char *user, const char *server, const CrmSyncCounts *counts)
{
  print_line ("replica", crm_replica_get_id (replica));
  print_line ("user", user);
  print_line ("server", server);
  print_count ("pending", counts->pending);
  print_count ("conflicts", counts->conflicts);
  print_count ("parked", counts->parked);
  print_count ("rejected", counts->rejected);
  print_line ("last_sync", counts->last_contact);
}

static void
print_json (CrmReplica *replica, const char *user, const char *server, const CrmSyncCounts *counts)
{
  JsonObject *object = json_object_new ();

  crm_cli_add_string (object, "replica", crm_replica_get_id (replica));
  crm_cli_add_string (object, "user", user);
  crm_cli_add_string (object, "server", server);
  json_object_set_int_member (object, "pending", counts->pending);
  json_object_set_int_member (object, "conflicts", counts->conflicts);
  json_object_set_int_member (object, "parked", counts->parked);
  json_object_set_int_member (object, "rejected", counts->rejected);
  crm_cli_add_string (object, "last_sync", counts->last_contact);
  crm_cli_print_json (object);
}

gboolean
crm_cli_status (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (CrmSyncCounts) counts = NULL;
  g_autofree char *user = NULL;
  g_autofree char *server = NULL;

  if (!crm_cli_expect (args, 0, 0, error))
    return FALSE;
  replica = crm_cli_open (self, CRM_REPLICA_READ_ONLY, error);
  if (replica == NULL || !(counts = crm_sync_store_count (replica, error)))
    return FALSE;

  user = crm_sync_store_dup_state (replica, CRM_SYNC_STATE_USER);
  server = crm_sync_store_dup_state (replica, CRM_SYNC_STATE_SERVER);
  if (self->json)
    print_json (replica, user, server, counts);
  else
    print_text (replica, user, server, counts);

  return TRUE;
}
