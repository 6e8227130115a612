#include "cli/crm-cli-commands.h"

#include "cli/crm-cli-fields.h"
#include "model/crm-value.h"
#include "store/log/crm-change-log.h"

#include <string.h>

static char *why;

const GOptionEntry crm_cli_why_options[] = {
  { "why", 0, 0, G_OPTION_ARG_FILENAME, &why, "Reason that history shows", "TEXT" },
  G_OPTION_ENTRY_NULL,
};

static CrmChangeSet *
begin_set (const CrmKind *kind, const char *verb)
{
  g_autofree char *action = g_strconcat (crm_kind_get_name (kind), ".", verb, NULL);
  CrmChangeSet *set = crm_change_set_new (action);

  if (why != NULL)
    crm_change_set_set_why (set, why);

  return set;
}

/* A country first: a phone number without one is a number of that country. */
static gboolean
set_pairs (CrmReplica *replica, CrmRecord *record, char **pairs, GError **error)
{
  for (guint i = 0; pairs[i] != NULL; i++)
    if (g_str_has_prefix (pairs[i], "country=") &&
        !crm_cli_set_pair (replica, record, pairs[i], error))
      return FALSE;
  for (guint i = 0; pairs[i] != NULL; i++)
    if (!g_str_has_prefix (pairs[i], "country=") &&
        !crm_cli_set_pair (replica, record, pairs[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
check_required (CrmRecord *record, GError **error)
{
  const CrmKind *kind = crm_record_get_kind (record);

  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);

      if (crm_field_has_flag (field, CRM_FIELD_REQUIRED) && crm_record_get_at (record, i) == NULL)
        {
          g_set_error (error,
                       CRM_MODEL_ERROR,
                       CRM_MODEL_ERROR_VALUE,
                       "%s: a %s needs it; add “%s=…”",
                       field->name,
                       crm_kind_get_name (kind),
                       field->name);
          return FALSE;
        }
    }

  return TRUE;
}

static void
print_id (CrmCli *self, const char *name, const char *id)
{
  JsonObject *object;

  if (!self->json)
    {
      crm_cli_print ("%s\n", id);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, name, id);
  crm_cli_print_json (object);
}

gboolean
crm_cli_new (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (CrmChangeSet) set = NULL;
  const CrmKind *kind;

  if (!crm_cli_expect (args, 2, -1, error))
    return FALSE;
  kind = crm_cli_find_kind (self, args[0], error);
  if (kind == NULL)
    return FALSE;
  if (crm_kind_is_system (kind))
    {
      g_set_error (error,
                   CRM_MODEL_ERROR,
                   CRM_MODEL_ERROR_UNKNOWN,
                   "A %s is made by the program itself",
                   args[0]);
      return FALSE;
    }
  replica = crm_cli_open (self, CRM_REPLICA_READ_WRITE, error);
  if (replica == NULL)
    return FALSE;

  record = crm_record_new (kind, NULL);
  if (!set_pairs (replica, record, args + 1, error) || !check_required (record, error))
    return FALSE;
  set = begin_set (kind, "new");
  crm_change_set_put (set, record);
  if (!crm_replica_apply (replica, set, NULL, error))
    return FALSE;
  print_id (self, "id", crm_record_get_id (record));

  return TRUE;
}

/* Only the fields that were named, so that what others changed in the meantime stays. */
static gboolean
add_changes (CrmChangeSet *set, CrmRecord *before, CrmRecord *after, char **pairs, GError **error)
{
  const CrmKind *kind = crm_record_get_kind (after);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_autofree char *field = NULL;
      const char *value;

      if (!crm_cli_split_pair (pairs[i], &field, &value, error))
        return FALSE;
      value = crm_record_get (after, field);
      if (!crm_value_equal (crm_record_get (before, field), value))
        crm_change_set_set (set, kind, crm_record_get_id (after), field, value);
    }

  return TRUE;
}

gboolean
crm_cli_set (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (CrmRecord) before = NULL;
  g_autoptr (CrmRecord) after = NULL;
  g_autoptr (CrmChangeSet) set = NULL;
  g_autofree char *set_id = NULL;

  if (!crm_cli_expect (args, 2, -1, error))
    return FALSE;
  replica = crm_cli_open (self, CRM_REPLICA_READ_WRITE, error);
  if (replica == NULL)
    return FALSE;
  before = crm_replica_get (replica, args[0], error);
  if (before == NULL)
    return FALSE;

  after = crm_record_copy (before);
  set = begin_set (crm_record_get_kind (after), "edit");
  if (!set_pairs (replica, after, args + 1, error) || !check_required (after, error) ||
      !add_changes (set, before, after, args + 1, error) ||
      !crm_replica_apply (replica, set, &set_id, error))
    return FALSE;
  if (set_id != NULL)
    print_id (self, "set", set_id);

  return TRUE;
}

gboolean
crm_cli_delete (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (CrmChangeSet) set = NULL;
  g_autofree char *set_id = NULL;

  if (!crm_cli_expect (args, 1, 1, error))
    return FALSE;
  replica = crm_cli_open (self, CRM_REPLICA_READ_WRITE, error);
  if (replica == NULL)
    return FALSE;
  record = crm_replica_get (replica, args[0], error);
  if (record == NULL)
    return FALSE;

  set = begin_set (crm_record_get_kind (record), "delete");
  crm_change_set_delete (set, crm_record_get_kind (record), args[0]);
  if (!crm_replica_apply (replica, set, &set_id, error))
    return FALSE;
  if (set_id != NULL)
    print_id (self, "set", set_id);

  return TRUE;
}

static void
print_undone_json (const CrmUndoResult *result)
{
  JsonObject *object = json_object_new ();
  JsonArray *kept = json_array_new ();

  crm_cli_add_string (object, "action", result->action);
  crm_cli_add_string (object, "set", result->set);
  crm_cli_add_string (object, "title", result->title);
  json_object_set_int_member (object, "records", result->n_records);
  for (guint i = 0; result->kept != NULL && i < result->kept->len; i++)
    json_array_add_string_element (kept, crm_record_get_id (result->kept->pdata[i]));
  json_object_set_array_member (object, "kept", kept);
  crm_cli_print_json (object);
}

static gboolean
print_undone (CrmCli *self, CrmUndoResult *undone, const char *word)
{
  g_autoptr (CrmUndoResult) result = undone;

  if (result == NULL)
    return FALSE;
  if (self->json)
    {
      print_undone_json (result);
      return TRUE;
    }

  crm_cli_print ("%s %s%s%s: %u %s\n",
                 word,
                 result->action,
                 result->title != NULL ? ", " : "",
                 result->title != NULL ? result->title : "",
                 result->n_records,
                 result->n_records == 1 ? "record" : "records");
  for (guint i = 0; result->kept != NULL && i < result->kept->len; i++)
    {
      g_autofree char *title = crm_record_dup_title (result->kept->pdata[i]);

      crm_cli_print ("kept, changed since: %s %s\n",
                     crm_record_get_id (result->kept->pdata[i]),
                     title);
    }

  return TRUE;
}

gboolean
crm_cli_undo (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmReplica) replica = NULL;

  if (!crm_cli_expect (args, 0, 1, error))
    return FALSE;
  replica = crm_cli_open (self, CRM_REPLICA_READ_WRITE, error);
  if (replica == NULL)
    return FALSE;
  crm_cli_watch_signals (self);

  return print_undone (self,
                       crm_replica_undo (replica, args[0], NULL, self->cancellable, error),
                       "undone:");
}

gboolean
crm_cli_redo (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmReplica) replica = NULL;

  if (!crm_cli_expect (args, 0, 0, error))
    return FALSE;
  replica = crm_cli_open (self, CRM_REPLICA_READ_WRITE, error);
  if (replica == NULL)
    return FALSE;
  crm_cli_watch_signals (self);

  return print_undone (self,
                       crm_replica_redo (replica, NULL, self->cancellable, error),
                       "done again:");
}
