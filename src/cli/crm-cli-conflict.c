#include "cli/crm-cli-commands.h"

#include "model/crm-record-json.h"
#include "model/crm-value.h"
#include "store/sync/crm-conflict.h"

#include <string.h>

static gboolean refused;
static char *why;

const GOptionEntry crm_cli_conflicts_options[] = {
  { "refused",
    0,
    0,
    G_OPTION_ARG_NONE,
    &refused,
    "Changes of this device that the server did not take, in place of conflicts",
    NULL },
  G_OPTION_ENTRY_NULL,
};

const GOptionEntry crm_cli_resolve_options[] = {
  { "why", 0, 0, G_OPTION_ARG_FILENAME, &why, "Reason that history shows", "TEXT" },
  G_OPTION_ENTRY_NULL,
};

static const char *
get_type_name (CrmConflictType type)
{
  switch (type)
    {
    case CRM_CONFLICT_DELETE:
      return "delete";

    case CRM_CONFLICT_NUMBER:
      return "number";

    case CRM_CONFLICT_DOUBLE:
      return "double";

    case CRM_CONFLICT_REFUSED:
      return "refused";

    case CRM_CONFLICT_PARKED:
      return "parked";

    case CRM_CONFLICT_FIELD:
    default:
      return "field";
    }
}

static gboolean
is_refusal (const CrmConflict *conflict)
{
  return conflict->type == CRM_CONFLICT_REFUSED || conflict->type == CRM_CONFLICT_PARKED;
}

/* ---- conflicts ---- */

static void
add_value (JsonObject *object,
           const char *name,
           const CrmKind *kind,
           const char *field,
           const char *value)
{
  const CrmField *described = kind != NULL && field != NULL ? crm_kind_find_field (kind, field)
                                                            : NULL;

  if (value != NULL && described != NULL)
    json_object_set_member (object, name, crm_value_to_json (described, value));
  else
    crm_cli_add_string (object, name, value);
}

static JsonObject *
begin_line (const char *id, const CrmKind *kind, const char *record, const char *field)
{
  JsonObject *object = json_object_new ();

  crm_cli_add_string (object, "id", id);
  crm_cli_add_string (object, "kind", kind != NULL ? crm_kind_get_name (kind) : NULL);
  crm_cli_add_string (object, "record", record);
  crm_cli_add_string (object, "field", field);

  return object;
}

static void
print_conflict_json (const CrmConflict *conflict)
{
  JsonObject *object = begin_line (conflict->id, conflict->kind, conflict->record, conflict->field);

  add_value (object, "mine", conflict->kind, conflict->field, conflict->mine);
  add_value (object, "theirs", conflict->kind, conflict->field, conflict->theirs);
  add_value (object, "original", conflict->kind, conflict->field, conflict->original);
  crm_cli_add_string (object, "mine_author", conflict->mine_author);
  crm_cli_add_string (object, "theirs_author", conflict->theirs_author);
  crm_cli_add_string (object, "mine_reason", conflict->mine_why);
  crm_cli_add_string (object, "theirs_reason", conflict->theirs_why);
  crm_cli_add_string (object, "type", get_type_name (conflict->type));
  crm_cli_add_string (object, "at", conflict->at);
  crm_cli_print_json (object);
}

static const char *
show (const char *text)
{
  return text != NULL ? text : "-";
}

static void
print_side (const char *side, const char *value, const char *author, const char *reason)
{
  crm_cli_print ("  %-8s %s", side, show (value));
  if (author != NULL)
    crm_cli_print (" (%s%s%s)", author, reason != NULL ? ": " : "", reason != NULL ? reason : "");
  crm_cli_print ("\n");
}

/* Of a record that the one deleted and the other changed. */
static const char *
show_fate (gboolean late)
{
  return late ? "delete it" : "keep it";
}

static void
print_conflict (const CrmConflict *conflict)
{
  const gboolean whole = conflict->type == CRM_CONFLICT_DELETE && conflict->field == NULL;

  crm_cli_print ("%s %s %s, %s\n",
                 conflict->id,
                 get_type_name (conflict->type),
                 conflict->title != NULL ? conflict->title : show (conflict->record),
                 show (conflict->field));
  print_side ("mine",
              whole ? show_fate (conflict->mine_is_late) : conflict->mine,
              conflict->mine_author,
              conflict->mine_why);
  print_side ("theirs",
              whole ? show_fate (!conflict->mine_is_late) : conflict->theirs,
              conflict->theirs_author,
              conflict->theirs_why);
  if (!whole)
    print_side ("original", conflict->original, NULL, NULL);
}

static void
print_refusal_json (const CrmConflict *conflict, const CrmConflictValue *value)
{
  JsonObject *object = begin_line (conflict->id, value->kind, value->record, value->field);

  add_value (object, "mine", value->kind, value->field, value->new_value);
  add_value (object, "original", value->kind, value->field, value->old_value);
  if (value->deleted)
    json_object_set_boolean_member (object, "deleted", TRUE);
  crm_cli_add_string (object, "type", get_type_name (conflict->type));
  crm_cli_add_string (object, "code", conflict->code);
  crm_cli_add_string (object, "at", conflict->at);
  crm_cli_print_json (object);
}

static void
print_refusal (const CrmConflict *conflict, const CrmConflictValue *value)
{
  crm_cli_print ("%s %s (%s) %s, ",
                 conflict->id,
                 get_type_name (conflict->type),
                 show (conflict->code),
                 value->title != NULL ? value->title : show (value->record));
  if (value->deleted)
    crm_cli_print ("deleted\n");
  else
    crm_cli_print ("%s: “%s” → “%s”\n",
                   show (value->field),
                   value->old_value != NULL ? value->old_value : "",
                   value->new_value != NULL ? value->new_value : "");
}

static void
print_item (CrmCli *self, const CrmConflict *conflict)
{
  if (!is_refusal (conflict))
    {
      (self->json ? print_conflict_json : print_conflict) (conflict);
      return;
    }

  for (guint i = 0; conflict->values != NULL && i < conflict->values->len; i++)
    (self->json ? print_refusal_json : print_refusal) (conflict,
                                                       g_ptr_array_index (conflict->values, i));
}

gboolean
crm_cli_conflicts (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;

  if (!crm_cli_expect (args, 0, 0, error))
    return FALSE;
  replica = crm_cli_open (self, CRM_REPLICA_READ_ONLY, error);
  if (replica == NULL || !(conflicts = crm_replica_list_conflicts (replica, FALSE, error)))
    return FALSE;

  for (guint i = 0; i < conflicts->len; i++)
    {
      const CrmConflict *conflict = g_ptr_array_index (conflicts, i);

      if (is_refusal (conflict) == refused)
        print_item (self, conflict);
    }

  return TRUE;
}

/* ---- resolve ---- */

/* What was refused has no other side: mine is to try again, theirs to let it go. */
static gboolean
settle_refusal (CrmReplica *replica, const char *id, const char *choice, char **set, GError **error)
{
  if (strcmp (choice, "mine") == 0)
    return crm_replica_retry_refusal (replica, id, set, error);
  if (strcmp (choice, "theirs") == 0)
    return crm_replica_dismiss_refusal (replica, id, error);

  return crm_cli_usage_error (error,
                              "“%s” was refused: “mine” tries again, “theirs” lets it go",
                              id);
}

static gboolean
is_of_refusal (CrmReplica *replica, const char *id)
{
  g_autoptr (CrmConflict) conflict = crm_replica_find_conflict (replica, id, NULL);

  return conflict != NULL && is_refusal (conflict);
}

static gboolean
resolve (CrmReplica *replica, char **ids, const char *choice, char **set, GError **error)
{
  CrmConflictChoice side = CRM_CONFLICT_VALUE;

  if (ids[1] == NULL && is_of_refusal (replica, ids[0]))
    return settle_refusal (replica, ids[0], choice, set, error);
  if (strcmp (choice, "mine") == 0)
    side = CRM_CONFLICT_MINE;
  else if (strcmp (choice, "theirs") == 0)
    side = CRM_CONFLICT_THEIRS;

  return crm_replica_resolve_conflicts (replica,
                                        (const char *const *) ids,
                                        side,
                                        side == CRM_CONFLICT_VALUE ? choice : NULL,
                                        why,
                                        set,
                                        error);
}

gboolean
crm_cli_resolve (CrmCli *self, char **args, GError **error)
{
  const guint n = g_strv_length (args);
  g_autoptr (CrmReplica) replica = NULL;
  g_auto (GStrv) ids = NULL;
  g_autofree char *set = NULL;
  JsonObject *object;

  if (!crm_cli_expect (args, 2, -1, error))
    return FALSE;
  replica = crm_cli_open (self, CRM_REPLICA_READ_WRITE, error);
  if (replica == NULL)
    return FALSE;

  ids = g_strdupv (args);
  g_clear_pointer (&ids[n - 1], g_free);
  if (!resolve (replica, ids, args[n - 1], &set, error))
    return FALSE;
  if (set == NULL)
    return TRUE;
  if (!self->json)
    {
      crm_cli_print ("%s\n", set);
      return TRUE;
    }

  object = json_object_new ();
  crm_cli_add_string (object, "set", set);
  crm_cli_print_json (object);

  return TRUE;
}
