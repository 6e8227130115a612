#include "cli/crm-cli-commands.h"

#include "base/crm-id.h"
#include "model/crm-record-json.h"
#include "model/crm-value.h"
#include "store/log/crm-history.h"
#include "store/sync/crm-sync-store.h"

#include <string.h>

/* What people read for a value: of a link the name of what it points at. */
static char *
dup_shown (CrmReplica *replica, const CrmField *field, const char *value)
{
  g_autoptr (CrmRecord) target = NULL;
  g_autofree char *title = NULL;

  if (field->type != CRM_FIELD_LINK)
    return crm_value_display (field, value);
  target = crm_replica_find (replica, value);
  if (target == NULL)
    return g_strdup (value);
  title = crm_record_dup_title (target);

  return g_strdup_printf ("%s (%s)", title, value);
}

static void
print_record (CrmReplica *replica, CrmRecord *record)
{
  const CrmKind *kind = crm_record_get_kind (record);
  g_autofree char *title = crm_record_dup_title (record);

  crm_cli_print ("%s %s: %s\n", crm_kind_get_name (kind), crm_record_get_id (record), title);
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);
      g_autofree char *shown = NULL;

      if (crm_record_get_at (record, i) == NULL)
        continue;
      shown = dup_shown (replica, field, crm_record_get_at (record, i));
      crm_cli_print ("%-20s %s\n", field->name, shown);
    }
}

gboolean
crm_cli_show (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (CrmRecord) record = NULL;
  g_autofree char *line = NULL;

  if (!crm_cli_expect (args, 1, 1, error))
    return FALSE;
  replica = crm_cli_open (self, CRM_REPLICA_READ_ONLY, error);
  if (replica == NULL)
    return FALSE;
  record = crm_replica_get (replica, args[0], error);
  if (record == NULL)
    return FALSE;

  if (!self->json)
    {
      print_record (replica, record);
      return TRUE;
    }
  line = crm_record_to_json_line (record);
  crm_cli_print ("%s\n", line);

  return TRUE;
}

static const CrmField *
find_field (CrmRecord *record, const char *name)
{
  return record != NULL && name != NULL ? crm_kind_find_field (crm_record_get_kind (record), name)
                                        : NULL;
}

static void
add_value (JsonObject *object, const char *name, const CrmField *field, const char *value)
{
  if (value == NULL)
    return;
  if (field != NULL)
    json_object_set_member (object, name, crm_value_to_json (field, value));
  else
    json_object_set_string_member (object, name, value);
}

static void
print_entry_json (CrmRecord *record, const CrmHistoryEntry *entry)
{
  const CrmField *field = find_field (record, entry->field);
  JsonObject *object = json_object_new ();

  crm_cli_add_string (object, "set", entry->set);
  crm_cli_add_string (object, "at", entry->at);
  crm_cli_add_string (object, "author", entry->author);
  crm_cli_add_string (object, "device", entry->device);
  crm_cli_add_string (object, "action", entry->action);
  crm_cli_add_string (object, "field", entry->field);
  add_value (object, "old", field, entry->old_value);
  add_value (object, "new", field, entry->new_value);
  crm_cli_add_string (object, "reason", entry->why);
  crm_cli_print_json (object);
}

static void
print_entry (const CrmHistoryEntry *entry)
{
  crm_cli_print ("%s %s %s", entry->at, entry->author != NULL ? entry->author : "-", entry->action);
  if (entry->field != NULL)
    crm_cli_print (" %s: “%s” → “%s”",
                   entry->field,
                   entry->old_value != NULL ? entry->old_value : "",
                   entry->new_value != NULL ? entry->new_value : "");
  if (entry->why != NULL)
    crm_cli_print (" (%s)", entry->why);
  crm_cli_print (" [%s]\n", entry->set);
}

/* As it is after the server was asked, if there is one. */
static CrmReplica *
open_with_past (CrmCli *self, const char *id, GError **error)
{
  g_autoptr (CrmReplica) replica = crm_cli_open (self, CRM_REPLICA_READ_ONLY, error);
  g_autofree char *server = NULL;

  if (replica == NULL)
    return NULL;

  server = crm_sync_store_dup_state (replica, CRM_SYNC_STATE_SERVER);
  if (server == NULL || !crm_id_is_valid (id))
    return g_steal_pointer (&replica);

  crm_cli_fetch_past (self, id);

  return crm_cli_open (self, CRM_REPLICA_READ_ONLY, error);
}

gboolean
crm_cli_history (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  if (!crm_cli_expect (args, 1, 1, error))
    return FALSE;
  replica = open_with_past (self, args[0], error);
  if (replica == NULL)
    return FALSE;
  entries = crm_replica_get_history (replica, args[0], error);
  if (entries == NULL)
    return FALSE;
  record = crm_replica_find (replica, args[0]);
  /* One that came from the server whole has none here. */
  if (entries->len == 0 && record == NULL)
    {
      g_set_error (error,
                   CRM_STORE_ERROR,
                   CRM_STORE_ERROR_NOT_FOUND,
                   "There is and was no record “%s”",
                   args[0]);
      return FALSE;
    }

  for (guint i = 0; i < entries->len; i++)
    if (self->json)
      print_entry_json (record, entries->pdata[i]);
    else
      print_entry (entries->pdata[i]);

  return TRUE;
}
